//! W003 duration-outside-type: a window that is shorter or longer than its type allows.

use crate::checks::{Check, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{Edit, MaintenanceWindow, Minutes, Subject, WindowType};
use crate::schedule::{Occurrence, WindowSchedule};
use crate::wording::date;

pub static RULE: Rule = Rule {
    code: "W003",
    name: "duration-outside-type",
    severity: Severity::Warning,
    summary: "A window, or one of its occurrences, is shorter or longer than the policy allows for its type.",
    why: "The type decides how much notice the business gets. Six hours announced as a Standard window come as a \
          surprise.",
    example: "SAP extended lasts 6 h; a Standard window lasts 2 h to 4 h.",
    remedy: "Change the window's type or its length, or that of the occurrence.",
    checks: &[Check::Window(check)],
    fix: Some(change_type),
    fold: None,
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let record = &window.window;
    let Some(window_type) = cx.plan().policy().window_type(record.kind) else { return };
    let all = &window.expansion.occurrences;
    let is_used = all.is_empty() || all.iter().any(|each| each.duration == record.duration);
    if is_used && !allows(window_type, record.duration) {
        let message = format!("{} lasts {}{}", record.name, record.duration, usual(window_type));
        sink.add(Finding::new(&RULE, Subject::Window(record.id.clone()), message));
    }
    let own = |each: &&Occurrence| each.duration != record.duration && !allows(window_type, each.duration);
    for each in all.iter().filter(own) {
        let message = format!("{}, {}, lasts {}{}", record.name, date(each.on()), each.duration, usual(window_type));
        sink.add(Finding::for_occurrence(&RULE, window, each, message));
    }
}

/// "; a Standard window lasts 2 h to 4 h"
fn usual(window_type: &WindowType) -> String {
    let usual = match (window_type.shortest, window_type.longest) {
        (Some(shortest), Some(longest)) => format!("{shortest} to {longest}"),
        (Some(shortest), None) => format!("at least {shortest}"),
        (None, Some(longest)) => format!("at most {longest}"),
        (None, None) => return String::new(),
    };
    let kind = window_type.kind.name();
    let article = if kind.starts_with('E') { "an" } else { "a" };
    format!("; {article} {kind} window lasts {usual}")
}

fn allows(window_type: &WindowType, duration: Minutes) -> bool {
    window_type.shortest.is_none_or(|shortest| shortest <= duration)
        && window_type.longest.is_none_or(|longest| duration <= longest)
}

/// Changes to the only other type that allows the window's length. Types without limits do not count: they would allow any.
fn change_type(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let window = cx.plan().windows().get(finding.window.as_ref()?).filter(|_| finding.on.is_none())?;
    let has_limits = |each: &&WindowType| each.shortest.is_some() || each.longest.is_some();
    let mut types = cx.plan().policy().window_types.iter().filter(has_limits);
    let kind = types.find(|each| allows(each, window.duration))?.kind;
    if kind == window.kind || types.any(|each| allows(each, window.duration)) {
        return None;
    }
    let edit = Edit::PutWindow(MaintenanceWindow { kind, ..MaintenanceWindow::clone(window) });
    Some(Fix { label: format!("Change to {}", kind.name()), edit })
}
