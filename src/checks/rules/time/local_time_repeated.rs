//! T002 local-time-repeated: the clocks show the time at which an occurrence starts or ends twice.

use crate::checks::words::date;
use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::schedule::{Clock, Occurrence, WindowSchedule};

pub static RULE: Rule = Rule {
    code: "T002",
    name: "local-time-repeated",
    severity: Severity::Note,
    summary: "An occurrence starts or ends at a time that the clocks show twice that night, because they go back over it.",
    why: "Windowsill takes the first of the two; a person or another program may wait for the second.",
    example: "Web patching starts at 02:30 on Sun 31 Oct 2027, which clocks in Berlin show twice.",
    remedy: "Say in the invite which of the two is meant, or choose another hour.",
    checks: &[Check::Window(check)],
    fix: None,
    fold: None,
};

fn check(_: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    for each in &window.expansion.occurrences {
        let what = match (each.start_clock == Clock::Fold, each.end_clock == Clock::Fold) {
            (false, false) => continue,
            (true, false) => format!("clocks show its start, {}, twice; it is the first", start(each)),
            (false, true) => format!("clocks show its end, {}, twice; it is the first", end(window, each)),
            (true, true) => {
                format!(
                    "clocks show its start, {}, and its end, {}, twice; both are the first",
                    start(each),
                    end(window, each)
                )
            }
        };
        let message = format!("{}, {}: {what}", window.window.name, date(each.on()));
        sink.add(Finding::on(&RULE, window, each, message));
    }
}

fn start(occurrence: &Occurrence) -> String {
    occurrence.local_start.time().format("%H:%M").to_string()
}

fn end(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    occurrence.local_start.plus(window.window.duration).time().format("%H:%M").to_string()
}
