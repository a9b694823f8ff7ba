//! T003 real-length-differs: a clock change makes an occurrence shorter or longer than agreed.

use crate::checks::facts::clock::zones;
use crate::checks::{Check, CommonCause, Context, Finding, Rule, Severity, Sink};
use crate::schedule::WindowSchedule;
use crate::wording::{counted, date};

pub static RULE: Rule = Rule {
    code: "T003",
    name: "real-length-differs",
    severity: Severity::Warning,
    summary: "A clock change during an occurrence makes it shorter or longer than it is on the clock. If it gets \
              longer, it is a note.",
    why: "22:00 to 04:00 is 5 h in the night in which the clocks go forward, but the work takes as long as always. \
          Whether it fits is checked with the real length.",
    example: "Core DB, Sun 28 Mar 2027: lasts 3 h instead of 4 h because the clocks go forward from GMT to BST.",
    remedy: "Check whether the work still fits. If it does not, move the occurrence or agree on a later end.",
    checks: &[Check::Window(check)],
    fix: None,
    fold: Some(in_one_line),
};

fn check(_: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    for occurrence in &window.expansion.occurrences {
        let (length, on_the_clock) = (occurrence.real_length(), occurrence.duration);
        if length == on_the_clock {
            continue;
        }
        let is_shorter = length < on_the_clock;
        let message = format!(
            "{}, {}: lasts {length} instead of {on_the_clock} because the clocks go {}{}",
            window.window.name,
            date(occurrence.on()),
            if is_shorter { "forward" } else { "back" },
            zones(window, occurrence).map_or_else(String::new, |[from, to]| format!(" from {from} to {to}")),
        );
        let severity = if is_shorter { Severity::Warning } else { Severity::Note };
        sink.add(Finding::for_occurrence(&RULE, window, occurrence, message).with_severity(severity));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let how = if cause.severity == Severity::Note { "longer" } else { "shorter" };
    let first = cause.first_in_words(cx);
    let occurrences = counted(cause.occurrences(), "occurrence");
    format!("{}: the clock change makes {occurrences} {how}{first}", cause.name(cx))
}
