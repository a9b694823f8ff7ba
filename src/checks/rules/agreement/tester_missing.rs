//! C004 tester-missing: nobody tests after a window that needs it.

use std::collections::BTreeSet;

use crate::checks::facts::duties::{is_testing, lacks_required_tester, needs_tester};
use crate::checks::{Check, CommonCause, Context, Finding, Fix, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{Assignee, Booking, Duty, Edit, MaintenanceWindow, Plan, Subject, Team};
use crate::schedule::{Occurrence, Rota, WindowSchedule};
use crate::wording::{counted, date, list_in_sentence};

pub static RULE: Rule = Rule {
    code: "C004",
    name: "tester-missing",
    severity: Severity::Warning,
    summary: "Nobody is booked to test after an occurrence of a window whose type needs a tester, or nobody in the \
              booked team is free.",
    why: "Some faults only show when people use the systems again. Testers who are asked the day before have other \
          plans. Testers booked with the window find faults while there is still time to roll back.",
    example: "Core DB patching: nobody is booked to test afterwards, 24 occurrences from Sat 13 Mar 2027 on.",
    remedy: "Book a person or a team for testing, for all occurrences or for this one. If a type of window needs no \
             tester, say so in the policy.",
    checks: &[Check::Window(check), Check::Rota(check_rota)],
    fix: Some(book_testers),
    fold: Some(in_one_line),
};

/// Reports occurrences without a booking for testing: all of a window at once if none has one, else one by one.
fn check(cx: &Context<'_>, schedule: &WindowSchedule, sink: &mut Sink) {
    let window = &*schedule.window;
    if !needs_tester(cx.plan(), window) {
        return;
    }
    let to_come = to_come(cx, &schedule.expansion.occurrences);
    let Some(first) = to_come.first() else { return };
    if !window.bookings.iter().any(is_test) {
        let when = date(first.on());
        let message = match to_come.len() {
            1 => format!("{}, {when}: nobody is booked to test afterwards", window.name),
            count => {
                let occurrences = counted(count, "occurrence");
                format!("{}: nobody is booked to test afterwards, {occurrences} from {when} on", window.name)
            }
        };
        sink.add(Finding::new(&RULE, Subject::Window(window.id.clone()), message));
        return;
    }
    for occurrence in to_come.iter().filter(|occurrence| tests_at(window, occurrence).next().is_none()) {
        let message = format!("{}, {}: nobody is booked to test afterwards", window.name, date(occurrence.on()));
        sink.add(Finding::for_occurrence(&RULE, schedule, occurrence, message));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let (which, name, first) = (cause.occurrences_in_words(), cause.name(cx), cause.first_in_words(cx));
    match &cause.subject {
        Subject::Team(_) => format!("Nobody in {name} is free to test after {which}{first}"),
        _ => format!("{name}: nobody is booked to test after {which}{first}"),
    }
}

/// Reports occurrences for which a team is booked in which nobody is free.
fn check_rota(cx: &Context<'_>, rota: &Rota, sink: &mut Sink) {
    let mut reported = BTreeSet::new();
    for shortage in rota.shortages().iter().filter(|shortage| is_testing(shortage.duty)) {
        let (window, on) = (rota.shortage_window(shortage), shortage.on());
        if !lacks_required_tester(cx, rota, window, on) || !reported.insert((&window.id, on)) {
            continue;
        }
        let Some((schedule, occurrence)) = cx.schedule.occurrence(&window.id, on) else { continue };
        if to_come(cx, std::slice::from_ref(occurrence)).is_empty() {
            continue;
        }
        let booked = list_in_sentence(
            tests_at(window, occurrence).filter_map(|booking| match &booking.who {
                Assignee::Team(id) => cx.plan().teams().get(id).map(|team| team.name.as_str()),
                Assignee::Person(_) => None,
            }),
            MOST_NAMES,
        );
        let message =
            format!("{}, {}: nobody in {booked} is free to test afterwards", window.name, date(occurrence.on()));
        let team = Subject::Team(rota.shortage_team(shortage).id.clone());
        sink.add(Finding::for_occurrence(&RULE, schedule, occurrence, message).with_other(team));
    }
}

/// The occurrences from today on. Those in the past can no longer be changed.
fn to_come<'a>(cx: &Context<'_>, occurrences: &'a [Occurrence]) -> &'a [Occurrence] {
    &occurrences[occurrences.partition_point(|occurrence| occurrence.on() < cx.today)..]
}

fn is_test(booking: &Booking) -> bool {
    is_testing(booking.duty)
}

/// The bookings for testing that include an occurrence.
fn tests_at<'a>(window: &'a MaintenanceWindow, occurrence: &Occurrence) -> impl Iterator<Item = &'a Booking> {
    let on = occurrence.original_on();
    window.bookings.iter().filter(move |booking| is_test(booking) && booking.on.is_none_or(|only| only == on))
}

/// Books the team that tests elsewhere or has a name like it, for all occurrences or for the one without a tester.
fn book_testers(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    if finding.other.is_some() {
        return None;
    }
    let team = testers(cx.plan())?;
    let mut window = MaintenanceWindow::clone(cx.plan().windows().get(finding.window.as_ref()?)?);
    let who = Assignee::Team(team.id.clone());
    window.bookings.push(Booking { duty: Duty::USUAL_TESTING, who, on: finding.on });
    Some(Fix { label: format!("Book {} to test afterwards", team.name), edit: Edit::PutWindow(window) })
}

/// The only team that is booked for testing. If none is, the only one with "test" in its name.
fn testers(plan: &Plan) -> Option<&Team> {
    let bookings = plan.windows().iter().flat_map(|window| window.bookings.iter().filter(|booking| is_test(booking)));
    let booked: BTreeSet<_> = bookings
        .filter_map(|booking| match &booking.who {
            Assignee::Team(id) => plan.teams().get(id).map(|team| &team.id),
            Assignee::Person(_) => None,
        })
        .collect();
    let called = |team: &&std::sync::Arc<Team>| team.name.to_lowercase().contains("test");
    let mut candidates: Vec<&Team> = if booked.is_empty() {
        plan.teams().iter().filter(called).map(|team| &**team).collect()
    } else {
        booked.into_iter().filter_map(|id| plan.teams().get(id)).map(|team| &**team).collect()
    };
    let only = candidates.pop().filter(|team| team.people.iter().any(|id| plan.people().contains(id)));
    only.filter(|_| candidates.is_empty())
}
