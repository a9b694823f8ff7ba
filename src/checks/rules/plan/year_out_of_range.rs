//! P014 year-out-of-range: a date in a year that no plan can have.

use chrono::{Datelike, NaiveDate};

use crate::checks::{Check, Context, Finding, Fix, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{
    self, ChangeFreeze, Edit, Exception, HolidayCalendar, Horizon, MaintenanceWindow, OccurrenceChange, Person, Subject,
};
use crate::schedule::{Rollout, WindowSchedule};
use crate::wording::list_in_sentence;
use crate::wording::typed::{YEARS, is_in_range};

pub static RULE: Rule = Rule {
    code: "P014",
    name: "year-out-of-range",
    severity: Severity::Error,
    summary: "A date is outside the years 1980 to 2100. It is shown, but nothing takes place because of it.",
    why: "Almost always two digits of the year are missing. The rules of time zones are known for these years only, so no \
          clock time can be calculated for other dates.",
    example: "Freeze Year end: 0027-12-13 is outside the years 1980 to 2100, so it has no effect.",
    remedy: "Correct the year.",
    checks: &[
        Check::Records(check_records),
        Check::Freezes(check_freezes),
        Check::Window(check_window),
        Check::Advisory(check_advisory),
    ],
    fix: Some(complete_years),
    fold: None,
};

fn check_records(cx: &Context<'_>, sink: &mut Sink) {
    let plan = cx.plan();
    report(|| Subject::Plan, || "The plan's first day".to_owned(), [plan.horizon().from], sink);
    for calendar in plan.holidays() {
        let days = calendar.days.iter().map(|day| day.on);
        report(|| Subject::Holidays(calendar.id.clone()), || calendar.name.clone(), days, sink);
    }
    for person in plan.people() {
        let days = person.away.iter().flat_map(|away| [away.first_on, away.last_on]);
        report(|| Subject::Person(person.id.clone()), || format!("An absence of {}", person.name), days, sink);
    }
}

fn check_freezes(cx: &Context<'_>, sink: &mut Sink) {
    for freeze in cx.plan().freezes() {
        let days = [freeze.first_on, freeze.last_on];
        report(|| Subject::Freeze(freeze.id.clone()), || format!("Freeze {}", freeze.name), days, sink);
    }
}

fn check_window(_: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let window = &window.window;
    let moved_to = |exception: &Exception| match exception.change {
        OccurrenceChange::Moved { to, .. } => Some(to),
        OccurrenceChange::Skipped { .. } | OccurrenceChange::Added { .. } | OccurrenceChange::Restored => None,
    };
    let exceptions = window.exceptions.iter().flat_map(|exception| [Some(exception.on), moved_to(exception)]).flatten();
    let listed = match &window.rule {
        model::Rule::Dates(dates) => dates.as_slice(),
        model::Rule::Weekly { .. }
        | model::Rule::Monthly { .. }
        | model::Rule::AfterRelease { .. }
        | model::Rule::Foreign(_) => &[],
    };
    let bounds = [window.first, window.last].into_iter().flatten();
    let changes = window.changes.iter().map(|change| change.from);
    let days = bounds.chain(listed.iter().map(|listed| listed.on)).chain(exceptions).chain(changes);
    report(|| Subject::Window(window.id.clone()), || window.name.clone(), days, sink);
}

fn check_advisory(_: &Context<'_>, rollout: &Rollout<'_>, sink: &mut Sink) {
    let advisory = rollout.advisory;
    let of_systems = advisory.in_on_systems.iter().map(|each| each.on);
    let days = [Some(advisory.published_on), advisory.due_on, advisory.in_on].into_iter().flatten().chain(of_systems);
    let name = || format!("{} {}", advisory.number(), advisory.title);
    report(|| Subject::Advisory(advisory.id.clone()), name, days, sink);
}

/// Dates are written with all digits of the year, which is what is wrong with them.
fn report(
    subject: impl Fn() -> Subject,
    name: impl Fn() -> String,
    days: impl IntoIterator<Item = NaiveDate>,
    sink: &mut Sink,
) {
    let mut outside: Vec<NaiveDate> = days.into_iter().filter(|on| !is_in_range(*on)).collect();
    if outside.is_empty() {
        return;
    }
    outside.sort_unstable();
    outside.dedup();
    let (is, has) = if outside.len() == 1 { ("is", "it has") } else { ("are", "they have") };
    let which = list_in_sentence(outside.iter().map(ToString::to_string), MOST_NAMES);
    let (first, last) = (YEARS.start(), YEARS.end());
    let name = name();
    let message = format!("{name}: {which} {is} outside the years {first} to {last}, so {has} no effect");
    sink.add(Finding::new(&RULE, subject(), message));
}

/// Completes years of two digits: 27 becomes 2027. Offers no fix if the record has other dates out of range.
fn complete_years(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let mut completed = Vec::new();
    let mut complete = |on: &mut NaiveDate| {
        if is_in_range(*on) {
            return Some(());
        }
        *on = Some(*on).filter(|on| (0..100).contains(&on.year()))?.with_year(on.year() + 2000)?;
        completed.push(*on);
        Some(())
    };
    let edit = match &finding.subject {
        Subject::Plan => {
            let mut horizon: Horizon = cx.plan().horizon();
            complete(&mut horizon.from)?;
            Edit::SetHorizon(horizon)
        }
        Subject::Freeze(id) => {
            let mut freeze = ChangeFreeze::clone(cx.plan().freezes().get(id)?);
            complete(&mut freeze.first_on)?;
            complete(&mut freeze.last_on)?;
            Edit::PutFreeze(freeze)
        }
        Subject::Holidays(id) => {
            let mut calendar = HolidayCalendar::clone(cx.plan().holidays().get(id)?);
            calendar.days.iter_mut().try_for_each(|day| complete(&mut day.on))?;
            calendar.days.sort();
            Edit::PutHolidays(calendar)
        }
        Subject::Person(id) => {
            let mut person = Person::clone(cx.plan().people().get(id)?);
            for away in &mut person.away {
                complete(&mut away.first_on)?;
                complete(&mut away.last_on)?;
            }
            Edit::PutPerson(person)
        }
        Subject::Window(id) => Edit::PutWindow(completed_window(cx.plan().windows().get(id)?, &mut complete)?),
        _ => return None,
    };
    let which = list_in_sentence(completed.iter().map(ToString::to_string), MOST_NAMES);
    Some(Fix { label: format!("Use {which}"), edit })
}

/// Exceptions and dated changes are left as they are: two of them must not have the same date.
fn completed_window(
    window: &MaintenanceWindow,
    complete: &mut impl FnMut(&mut NaiveDate) -> Option<()>,
) -> Option<MaintenanceWindow> {
    let is_known = |change: &OccurrenceChange| match change {
        OccurrenceChange::Moved { to, .. } => is_in_range(*to),
        OccurrenceChange::Skipped { .. } | OccurrenceChange::Added { .. } | OccurrenceChange::Restored => true,
    };
    if !window.exceptions.iter().all(|exception| is_in_range(exception.on) && is_known(&exception.change)) {
        return None;
    }
    if !window.changes.iter().all(|change| is_in_range(change.from)) {
        return None;
    }
    let mut window = window.clone();
    for on in [&mut window.first, &mut window.last].into_iter().flatten() {
        complete(on)?;
    }
    if let model::Rule::Dates(dates) = &mut window.rule {
        dates.iter_mut().try_for_each(|listed| complete(&mut listed.on))?;
        dates.sort_by_key(|listed| listed.on);
    }
    Some(window)
}
