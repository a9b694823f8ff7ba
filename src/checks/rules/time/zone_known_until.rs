//! T008 zone-known-until: a zone from a calendar file, after the last clock change that the file defines.

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::model::{Subject, ZoneId};
use crate::schedule::WindowSchedule;
use crate::wording::{counted, date};

pub static RULE: Rule = Rule {
    code: "T008",
    name: "zone-known-until",
    severity: Severity::Note,
    summary: "A window is in a zone that a calendar file brought, and has occurrences after the last clock change that \
              the file defines, although the clocks change every year until then.",
    why: "The file does not say whether the clocks go on changing. From then on, the occurrences may be an hour off.",
    example: "Branch office: its zone Branch time is known until Sun 31 Oct 2027; 2 occurrences come later, the first \
              Sat 20 Nov 2027.",
    remedy: "Choose the IANA zone of that place for the window, or import a calendar that defines the zone for longer.",
    checks: &[Check::Window(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let zone = &window.expansion.zone;
    if !zone.is_custom() {
        return;
    }
    let known = cx.plan().zones().get(&ZoneId::new(zone.name()));
    let Some(until) = known.and_then(|zone| zone.known_until()) else { return };
    let later = window.expansion.starting_from(until);
    let Some(first) = later.first() else { return };
    let count = counted(later.len(), "occurrence");
    let come = if later.len() == 1 { "comes" } else { "come" };
    let message = format!(
        "{}: its zone {} is known until {}; {count} {come} later, the first {}",
        window.window.name,
        zone.name(),
        date(zone.local(until).date()),
        date(first.on()),
    );
    sink.add(Finding::new(&RULE, Subject::Window(window.id().clone()), message));
}
