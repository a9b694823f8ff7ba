//! T002 local-time-repeated: the time at which an occurrence starts or ends occurs twice.

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::schedule::{Clock, Occurrence, WindowSchedule};
use crate::wording::{date, time};

pub static RULE: Rule = Rule {
    code: "T002",
    name: "local-time-repeated",
    severity: Severity::Note,
    summary: "An occurrence starts or ends at a time that occurs twice that night, because the clocks go back.",
    why: "Windowsill uses the first of the two; a person or another program may use the second.",
    example: "Web patching starts at 02:30 on Sun 31 Oct 2027, which occurs twice in Berlin.",
    remedy: "Say in the invite which of the two is meant, or choose another hour.",
    checks: &[Check::Window(check)],
    fix: None,
    fold: None,
};

fn check(_: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    for each in &window.expansion.occurrences {
        let what = match (each.start_clock == Clock::Fold, each.end_clock == Clock::Fold) {
            (false, false) => continue,
            (true, false) => format!("its start, {}, occurs twice; the first is used", start(each)),
            (false, true) => format!("its end, {}, occurs twice; the first is used", end(window, each)),
            (true, true) => {
                let (start, end) = (start(each), end(window, each));
                format!("its start, {start}, and its end, {end}, occur twice; the first of each is used")
            }
        };
        let message = format!("{}, {}: {what}", window.window.name, date(each.on()));
        sink.add(Finding::for_occurrence(&RULE, window, each, message));
    }
}

fn start(occurrence: &Occurrence) -> String {
    time(occurrence.local_start.time())
}

fn end(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    time(occurrence.local_start.plus(window.window.duration).time())
}
