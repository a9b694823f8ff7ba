//! B003 rollback-untested: nobody has tested the rollback, or not recently.

use chrono::NaiveDate;

use crate::checks::{Check, Context, Finding, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{Subject, System};
use crate::schedule::WindowSchedule;
use crate::wording::{counted, date, list_in_sentence};

pub static RULE: Rule = Rule {
    code: "B003",
    name: "rollback-untested",
    severity: Severity::Warning,
    summary: "The rollback of a window, or of a system in it, was never tested, or longer ago than the policy allows.",
    why: "A rollback that fails can cost more than the fault that it should undo. It is also the first thing that a \
          change board asks about.",
    example: "Core DB: rollback was never tested for Core DB primary; the policy requires a test every 365 days.",
    remedy: "Rehearse the rollback on a test system and enter the date for the system or in the window's backout plan.",
    checks: &[Check::Window(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let days = cx.plan().policy().rollback_test_days;
    let oldest = cx.today.checked_sub_days(chrono::Days::new(days.into())).unwrap_or(NaiveDate::MIN);
    let rehearsed_on = window.window.backout.tested_on;
    // A rehearsal of the whole window counts for each system in it.
    let tested_on = |system: &System| system.rollback_tested_on.max(rehearsed_on);
    let systems = &window.scope.systems;
    if systems.iter().all(|system| tested_on(system).is_some_and(|on| on >= oldest)) {
        return;
    }
    let names_of = |is_it: &dyn Fn(Option<NaiveDate>) -> bool| {
        list_in_sentence(
            systems.iter().filter(|system| is_it(tested_on(system))).map(|system| system.name.as_str()),
            MOST_NAMES,
        )
    };
    let never = names_of(&|on| on.is_none());
    let what = if never.is_empty() {
        let last = systems.iter().filter_map(|system| tested_on(system)).min().unwrap_or(oldest);
        let is_old = |on: Option<NaiveDate>| on.is_some_and(|on| on < oldest);
        let (old, last) = (names_of(&is_old), date(last));
        match systems.iter().filter(|system| is_old(tested_on(system))).count() {
            0 | 1 => format!("was last tested on {last} for {old}"),
            _ => format!("was tested too long ago for {old}, the longest ago on {last}"),
        }
    } else {
        format!("was never tested for {never}")
    };
    let (name, every) = (&window.window.name, counted(days, "day"));
    let message = format!("{name}: rollback {what}; the policy requires a test every {every}");
    sink.add(Finding::new(&RULE, Subject::Window(window.id().clone()), message));
}
