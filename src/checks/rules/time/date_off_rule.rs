//! T006 date-off-rule: a listed date that does not match the rule in words beside it.

use chrono::{NaiveDate, TimeDelta};

use crate::checks::{Check, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{self, Edit, ListedDate, MaintenanceWindow, OccurrenceChange, Subject};
use crate::schedule::WindowSchedule;
use crate::schedule::time::phrases::days_off;
use crate::wording::{counted, date};

pub static RULE: Rule = Rule {
    code: "T006",
    name: "date-off-rule",
    severity: Severity::Warning,
    summary: "A listed date does not match the rule in words beside it.",
    why: "One of the two is wrong, and some readers go by the other one. Dates typed into a table drift from their \
          rule without anyone noticing.",
    example: "Infrastructure maintenance, Sat 13 Jan 2024 is 7 days after the listed \"first Saturday\" (Sat 6 Jan \
              2024).",
    remedy: "Correct the date, or the words if the date is right.",
    checks: &[Check::Window(check)],
    fix: Some(follow_the_words),
    fold: None,
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let model::Rule::Dates(dates) = &window.window.rule else { return };
    for listed in dates.iter().filter(|listed| !listed.words.is_empty()) {
        let Some((takes_place_on, by_rule)) = by_rule(cx, window, listed) else { continue };
        let days = (takes_place_on - by_rule).num_days();
        let message = format!(
            "{}, {} is {} {} the listed \"{}\" ({})",
            window.window.name,
            date(takes_place_on),
            counted(days.abs(), "day"),
            if days > 0 { "after" } else { "before" },
            listed.words.trim(),
            date(by_rule),
        );
        let at = window.expansion.occurrence_on(listed.on).map(|occurrence| occurrence.start_at);
        let subject = Subject::Window(window.id().clone());
        sink.add(Finding { on: Some(listed.on), at, ..Finding::new(&RULE, subject, message) });
    }
}

/// When a listed date takes place and when it should by its words, if these differ. A moved date counts where it was
/// moved to, a skipped one does not count.
fn by_rule(cx: &Context<'_>, window: &WindowSchedule, listed: &ListedDate) -> Option<(NaiveDate, NaiveDate)> {
    let on = match window.window.exception(listed.on).map(|exception| &exception.change) {
        Some(OccurrenceChange::Moved { to, .. }) => *to,
        Some(OccurrenceChange::Skipped { .. }) => return None,
        _ => listed.on,
    };
    let off = days_off(&listed.words, on, cx.plan().releases(), &window.expansion.zone).filter(|days| *days != 0)?;
    Some((on, on.checked_sub_signed(TimeDelta::days(off.into()))?))
}

/// Replaces the listed date with the one that the words give.
fn follow_the_words(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let window = cx.schedule.window(finding.window.as_ref()?)?;
    let model::Rule::Dates(dates) = &window.window.rule else { return None };
    let on = finding.on?;
    let index = dates.iter().position(|listed| listed.on == on)?;
    let (_, to) = by_rule(cx, window, &dates[index])?;
    let is_listed_twice = dates[index + 1..].iter().any(|listed| listed.on == on);
    if is_listed_twice || window.window.exception(on).is_some() || dates.iter().any(|listed| listed.on == to) {
        return None;
    }
    let mut dates = dates.clone();
    dates[index].on = to;
    dates.sort_by_key(|listed| listed.on);
    let rule = model::Rule::Dates(dates);
    let edit = Edit::PutWindow(MaintenanceWindow { rule, ..MaintenanceWindow::clone(&window.window) });
    Some(Fix { label: format!("Move to {}", date(to)), edit })
}
