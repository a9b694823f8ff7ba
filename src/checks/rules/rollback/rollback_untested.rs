//! B003 rollback-untested: nobody has tried the way back, or not lately.

use chrono::NaiveDate;

use crate::checks::words::{date, names};
use crate::checks::{Check, Context, Finding, Rule, Severity, Sink, Subject};
use crate::model::System;
use crate::schedule::WindowSchedule;

pub static RULE: Rule = Rule {
    code: "B003",
    name: "rollback-untested",
    severity: Severity::Warning,
    summary: "The way back of a window, or of a system in it, was never tested, or longer ago than the policy allows.",
    why: "A rollback that fails in the night costs more than the fault that it was to undo. It is also the first thing \
          that a change board asks for.",
    example: "Core DB: rollback was never tested for Core DB primary; the policy wants a test every 365 days.",
    remedy: "Rehearse the rollback on a test system and enter the date, at the system or in the window's backout plan.",
    checks: &[Check::Window(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let days = cx.plan().policy.rollback_test_days;
    let oldest = cx.today.checked_sub_days(chrono::Days::new(days.into())).unwrap_or(NaiveDate::MIN);
    let rehearsed_on = window.window.backout.tested_on;
    // A rehearsal of the whole window counts for each system in it.
    let tested_on = |system: &System| system.rollback_tested_on.max(rehearsed_on);
    let systems = &window.scope.systems;
    if systems.iter().all(|system| tested_on(system).is_some_and(|on| on >= oldest)) {
        return;
    }
    let of = |is_it: &dyn Fn(Option<NaiveDate>) -> bool| {
        names(systems.iter().filter(|system| is_it(tested_on(system))).map(|system| system.name.as_str()))
    };
    let never = of(&|on| on.is_none());
    let what = if never.is_empty() {
        let last = systems.iter().filter_map(|system| tested_on(system)).min().unwrap_or(oldest);
        let old = of(&|on| on.is_some_and(|on| on < oldest));
        format!("was last tested on {} for {old}", date(last))
    } else {
        format!("was never tested for {never}")
    };
    let message = format!("{}: rollback {what}; the policy wants a test every {days} days", window.window.name);
    sink.add(Finding::new(&RULE, Subject::Window(window.id().clone()), message));
}
