//! What a file cancels or changes among records that do not remember their events. They are found and named by their
//! names, and nothing is changed.

use chrono::NaiveDate;

use super::events::Event;
use super::revisions::Resolved;
use crate::import::imported::Imported;
use crate::model::{MaintenanceWindow, Plan, Rule};

/// How many events are named.
const MOST_NAMED: usize = 50;

/// Names the windows of the plan that the file cancels or may have changed.
pub(super) fn tell_windows(resolved: &Resolved, plan: &Plan, imported: &mut Imported) {
    tell(resolved, imported, ["window"; 2], |event| {
        let same = plan.windows().iter().filter(|window| is_called(&window.name, event));
        same.map(|window| Known {
            id: window.id.as_str().to_owned(),
            is_on_date: may_be_on(window, date_of(event)),
            is_remembered: window.imported.is_some(),
            remedy: if matches!(&window.rule, Rule::Dates(dates) if dates.len() == 1) {
                "delete it"
            } else {
                "skip that date in it"
            },
        })
        .collect()
    });
}

/// Names the freezes of the plan that the file cancels or may have changed.
pub(super) fn tell_freezes(resolved: &Resolved, plan: &Plan, imported: &mut Imported) {
    tell(resolved, imported, ["change freeze"; 2], |event| {
        let same = plan.freezes().iter().filter(|freeze| is_called(&freeze.name, event));
        same.map(|freeze| Known {
            id: freeze.id.as_str().to_owned(),
            is_on_date: freeze.first_on <= date_of(event) && date_of(event) <= freeze.last_on,
            is_remembered: freeze.imported.is_some(),
            remedy: "delete it",
        })
        .collect()
    });
}

/// Names the holidays of the plan that the file cancels or may have changed.
pub(super) fn tell_holidays(resolved: &Resolved, plan: &Plan, imported: &mut Imported) {
    tell(resolved, imported, ["holiday", "holiday in calendar"], |event| {
        let has_it = |on: Option<NaiveDate>| {
            plan.holidays().iter().filter(move |calendar| {
                calendar.days.iter().any(|day| is_called(&day.name, event) && on.is_none_or(|on| day.on == on))
            })
        };
        has_it(Some(date_of(event)))
            .map(|calendar| Known {
                id: calendar.id.as_str().to_owned(),
                is_on_date: true,
                is_remembered: calendar.imported.is_some(),
                remedy: "remove the day from it",
            })
            .collect()
    });
}

/// A record of the plan with the name of an event.
struct Known {
    id: String,
    is_on_date: bool,
    /// It remembers its events, so a later revision of them is found.
    is_remembered: bool,
    /// What a person can do about it.
    remedy: &'static str,
}

/// `noun` is what the file cancels, and `what` the words before the id of the record that has it.
fn tell(resolved: &Resolved, imported: &mut Imported, [noun, what]: [&str; 2], known: impl Fn(&Event) -> Vec<Known>) {
    for event in resolved.cancelled.iter().take(MOST_NAMED) {
        let on = date_of(event);
        let title = event.quoted_title();
        let is_dated = event.has_start || event.replaces.is_some();
        let which = if is_dated { format!("{title} on {on}") } else { title };
        let mut known = known(event);
        if known.iter().any(|each| each.is_on_date) {
            known.retain(|each| each.is_on_date);
        }
        for each in &known {
            let message =
                format!("{which} is cancelled, but the plan has {what} \"{}\", which stays: {}", each.id, each.remedy);
            imported.warn(event.line, message);
        }
        if known.is_empty() && event.is_from_cancellation {
            imported.warn(event.line, format!("{which} is cancelled: the plan has no {noun} of that name"));
        }
    }
    let revised = resolved.groups.iter().map(|group| &group.event).filter(|event| event.sequence > 0);
    for event in revised.take(MOST_NAMED) {
        let known = known(event);
        if known.iter().any(|each| each.is_on_date) {
            continue;
        }
        for each in known.into_iter().filter(|each| !each.is_remembered) {
            let message = format!(
                "{} on {} is a later revision (SEQUENCE {}): if it replaces the plan's {what} \"{}\", delete that",
                event.quoted_title(),
                date_of(event),
                event.sequence,
                each.id
            );
            imported.warn(event.line, message);
        }
    }
}

fn is_called(name: &str, event: &Event) -> bool {
    !event.summary.is_empty() && name == event.summary
}

/// The date that the event is about: that of the occurrence which it replaces, or its own.
fn date_of(event: &Event) -> NaiveDate {
    event.replaces.as_ref().unwrap_or(&event.start).written_on()
}

/// Whether the window may take place around that date; zones can change the date by one day.
fn may_be_on(window: &MaintenanceWindow, on: NaiveDate) -> bool {
    match &window.rule {
        Rule::Dates(dates) => dates.iter().any(|date| (date.on - on).num_days().abs() <= 1),
        Rule::Weekly { .. } | Rule::Monthly { .. } | Rule::AfterRelease { .. } | Rule::Foreign(_) => {
            window.first.is_none_or(|first| first <= on) && window.last.is_none_or(|last| on <= last)
        }
    }
}
