//! P011 freeze-ends-before-start: a freeze, an absence or another span ends before it begins, so it has no days.

use chrono::NaiveDate;

use crate::checks::{Check, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{ChangeFreeze, Edit, MaintenanceWindow, Person, ReleaseCalendar, Subject};
use crate::schedule::WindowSchedule;
use crate::wording::date;

pub static RULE: Rule = Rule {
    code: "P011",
    name: "freeze-ends-before-start",
    severity: Severity::Error,
    summary: "The last day of a freeze, an absence, a window or a release rule is before its first day.",
    why: "It has no days: the freeze protects nothing, the person can be booked, the window never takes place. Nobody \
          notices until the night that should have been free.",
    example: "Freeze Year end ends on Mon 13 Dec 2027, before it begins on Mon 3 Jan 2028.",
    remedy: "Correct one of the two dates.",
    checks: &[Check::Freezes(check_freezes), Check::Records(check_records), Check::Window(check_window)],
    fix: Some(swap),
    fold: None,
};

/// A span whose days are optional: first and last.
type Bounds = (Option<NaiveDate>, Option<NaiveDate>);

fn is_reversed((first, last): Bounds) -> bool {
    first.zip(last).is_some_and(|(first, last)| last < first)
}

fn check_freezes(cx: &Context<'_>, sink: &mut Sink) {
    for freeze in cx.plan().freezes() {
        let bounds = (Some(freeze.first_on), Some(freeze.last_on));
        report(Subject::Freeze(freeze.id.clone()), &format!("Freeze {}", freeze.name), bounds, sink);
    }
}

fn check_records(cx: &Context<'_>, sink: &mut Sink) {
    for person in cx.plan().people() {
        for away in &person.away {
            let bounds = (Some(away.first_on), Some(away.last_on));
            report(Subject::Person(person.id.clone()), &format!("An absence of {}", person.name), bounds, sink);
        }
    }
    for calendar in cx.plan().releases() {
        for cadence in &calendar.cadences {
            let bounds = (cadence.valid_from, cadence.valid_to);
            report(Subject::Release(calendar.id.clone()), &format!("A rule of {}", calendar.name), bounds, sink);
        }
    }
}

fn check_window(_: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let bounds = (window.window.first, window.window.last);
    report(Subject::Window(window.id().clone()), &window.window.name, bounds, sink);
}

fn report(subject: Subject, what: &str, bounds: Bounds, sink: &mut Sink) {
    if let (true, (Some(first), Some(last))) = (is_reversed(bounds), bounds) {
        let message = format!("{what} ends on {}, before it begins on {}", date(last), date(first));
        sink.add(Finding::new(&RULE, subject, message));
    }
}

/// Swaps the first and the last day of each such span of the record.
fn swap(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let edit = match &finding.subject {
        Subject::Freeze(id) => {
            let mut freeze = ChangeFreeze::clone(cx.plan().freezes().get(id)?);
            std::mem::swap(&mut freeze.first_on, &mut freeze.last_on);
            Edit::PutFreeze(freeze)
        }
        Subject::Person(id) => {
            let mut person = Person::clone(cx.plan().people().get(id)?);
            for away in person.away.iter_mut().filter(|away| away.last_on < away.first_on) {
                std::mem::swap(&mut away.first_on, &mut away.last_on);
            }
            Edit::PutPerson(person)
        }
        Subject::Release(id) => {
            let mut calendar = ReleaseCalendar::clone(cx.plan().releases().get(id)?);
            for cadence in calendar.cadences.iter_mut().filter(|each| is_reversed((each.valid_from, each.valid_to))) {
                std::mem::swap(&mut cadence.valid_from, &mut cadence.valid_to);
            }
            Edit::PutRelease(calendar)
        }
        Subject::Window(id) => {
            let mut window = MaintenanceWindow::clone(cx.plan().windows().get(id)?);
            std::mem::swap(&mut window.first, &mut window.last);
            Edit::PutWindow(window)
        }
        _ => return None,
    };
    Some(Fix { label: "Swap the first and the last day".to_owned(), edit })
}
