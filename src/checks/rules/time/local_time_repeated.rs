//! T002 local-time-repeated: the time at which an occurrence starts or ends occurs twice.

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::model::UtcMinute;
use crate::schedule::{LocalTimeKind, Occurrence, WindowSchedule};
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
        let what = match (each.start_clock == LocalTimeKind::Fold, each.end_clock == LocalTimeKind::Fold) {
            (false, false) => continue,
            (true, false) => format!("its start, {}, occurs twice{}", start(each), zones(window, each.start_at)),
            (false, true) => format!("its end, {}, occurs twice{}", end(each), zones(window, each.end_at)),
            (true, true) => {
                let (start, end) = (start(each), end(each));
                format!("its start, {start}, and its end, {end}, occur twice{}", zones(window, each.start_at))
            }
        };
        let message = format!("{}, {}: {what}", window.window.name, date(each.on()));
        sink.add(Finding::for_occurrence(&RULE, window, each, message));
    }
}

/// ", in BST and in GMT; the first is used"
fn zones(window: &WindowSchedule, at: UtcMinute) -> String {
    // No clock is turned back by more than a few hours.
    const LATER: i32 = 6 * 60;
    let zone = &*window.expansion.zone;
    let change = zone.transitions(at, at.plus(LATER)).into_iter().nth(1);
    let second = change.map_or_else(String::new, |change| format!(" and in {}", change.abbreviation));
    format!(", in {}{second}; the first is used", zone.abbreviation(at))
}

fn start(occurrence: &Occurrence) -> String {
    time(occurrence.local_start.time())
}

fn end(occurrence: &Occurrence) -> String {
    time(occurrence.local_end().time())
}
