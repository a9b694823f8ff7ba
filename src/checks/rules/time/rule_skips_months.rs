//! T005 rule-skips-months: a rule that some months cannot follow.

use crate::checks::{Check, Context, Finding, Fix, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{self, Edit, MaintenanceWindow, MonthDay, Subject};
use crate::schedule::WindowSchedule;
use crate::schedule::time::rules::{Days, months_without};
use crate::wording::{list_in_sentence, short_month_and_year, weekday};

pub static RULE: Rule = Rule {
    code: "T005",
    name: "rule-skips-months",
    severity: Severity::Warning,
    summary: "A monthly rule uses a day that some months of the plan do not have: a fifth Monday, day 31.",
    why: "Nothing is patched in those months, and a calendar with a gap looks just like one without.",
    example: "Month end: no day 31 in Feb 2027, Apr 2027, Jun 2027 and 2 more.",
    remedy: "Use the last such weekday or day 28, or add occurrences for those months.",
    checks: &[Check::Window(check)],
    fix: Some(use_a_day_of_every_month),
    fold: None,
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let window = &window.window;
    let model::Rule::Monthly { on, every, offset_days } = window.rule else { return };
    if has_every_month(on) {
        return;
    }
    let days = Days::between(cx.plan().horizon().from, cx.plan().horizon().last());
    let without = months_without(on, every, offset_days, window.first, window.last, days);
    if without.is_empty() {
        return;
    }
    let months = list_in_sentence(without.into_iter().map(short_month_and_year), MOST_NAMES);
    let message = format!("{}: no {} in {}", window.name, on.in_words(), months);
    sink.add(Finding::new(&RULE, Subject::Window(window.id.clone()), message));
}

fn has_every_month(on: MonthDay) -> bool {
    match on {
        MonthDay::Nth(n, _) => (1..=4).contains(&n),
        MonthDay::Last(_) => true,
        MonthDay::Day(day) => (1..=28).contains(&day),
    }
}

/// Uses the last such weekday instead of the fifth, and day 28 instead of a later one.
fn use_a_day_of_every_month(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let window = cx.plan().windows().get(finding.window.as_ref()?)?;
    let model::Rule::Monthly { on, every, offset_days } = window.rule else { return None };
    let (on, label) = match on {
        MonthDay::Nth(5, day) => (MonthDay::Last(day), format!("Use the last {}", weekday(day))),
        MonthDay::Day(29..=31) => (MonthDay::Day(28), "Use day 28".to_owned()),
        _ => return None,
    };
    let rule = model::Rule::Monthly { on, every, offset_days };
    let edit = Edit::PutWindow(MaintenanceWindow { rule, ..MaintenanceWindow::clone(window) });
    Some(Fix { label, edit })
}
