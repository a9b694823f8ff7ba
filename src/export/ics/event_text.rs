//! The texts of events: UID, title and description, the most important line first.

use crate::export::text::{clean, clip, clip_line, one_line};
use crate::model::uid::occurrence_uid;
use crate::model::{ChangeFreeze, OccurrenceChange, Plan, System};
use crate::schedule::{Occurrence, Origin, Schedule, WindowSchedule};
use crate::wording::{counted, date, list, short_moment_with_zone};

/// Characters of a summary and of one piece of a description. Calendars show less, and AWS accepts 64 KB in all.
pub const LONGEST_SUMMARY: usize = 250;
pub const LONGEST_PART: usize = 2_000;
/// A description names at most this many systems.
const MOST_SYSTEMS: usize = 12;

/// The texts of one event, clean and clipped.
pub struct EventText {
    pub uid: String,
    pub summary: String,
    /// Left out if it is empty.
    pub description: String,
}

impl EventText {
    /// The texts for everyone who reads the calendar.
    pub fn for_everyone(schedule: &Schedule, window: &WindowSchedule, occurrence: &Occurrence) -> Self {
        let systems = window.scope.systems.iter();
        let parts = [
            change(window, occurrence),
            kind(&schedule.plan, window),
            hosts_and_names(systems.map(|system| &**system)),
            roll_back_by(window, occurrence),
            labelled("Change ticket", &window.window.change_ticket),
            labelled("Impact", &window.window.impact),
        ];
        Self { description: lines(parts), ..Self::bare(schedule, window, occurrence) }
    }

    /// Without a description.
    pub fn bare(schedule: &Schedule, window: &WindowSchedule, occurrence: &Occurrence) -> Self {
        Self {
            uid: occurrence_uid(schedule.plan.id(), window.id(), occurrence.original_on()),
            summary: occurrence_summary(window, occurrence),
            description: String::new(),
        }
    }
}

/// A window's name as a title; readers of the RFC and Uyuni want one that is not empty.
pub fn summary(name: &str) -> String {
    match clip_line(name, LONGEST_SUMMARY) {
        name if name.is_empty() => "Maintenance window".to_owned(),
        name => name,
    }
}

/// "Cancelled: Core DB patching" for an occurrence that does not take place: many calendars show a cancelled event like any
/// other.
fn occurrence_summary(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    let name = summary(&window.window.name);
    if occurrence.origin == Origin::Skipped { cancelled_summary(&name) } else { name }
}

/// The title of something that was called off.
pub fn cancelled_summary(title: &str) -> String {
    clip(format!("Cancelled: {title}"), LONGEST_SUMMARY)
}

pub fn freeze_summary(freeze: &ChangeFreeze) -> String {
    clip_line(&format!("Change freeze {}", freeze.name), LONGEST_SUMMARY)
}

/// The parts that are not empty, a line each.
pub fn lines(parts: impl IntoIterator<Item = String>) -> String {
    let parts = parts.into_iter().map(|text| part(&text));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A piece of a description.
pub fn part(text: &str) -> String {
    clip(clean(text).trim().to_owned(), LONGEST_PART)
}

/// "Moved from Sat 13 Mar 2027"
pub fn change(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    let change = window.window.exception(occurrence.original_on()).map(|exception| &exception.change);
    match (occurrence.origin, change) {
        (Origin::Skipped, Some(OccurrenceChange::Skipped { reason })) if !reason.trim().is_empty() => {
            format!("Does not take place: {}", one_line(reason))
        }
        (Origin::Skipped, _) => "Does not take place".to_owned(),
        (Origin::Moved, _) => moved(window, occurrence),
        (Origin::Added, _) => "Additional date".to_owned(),
        (Origin::Rule, _) => String::new(),
    }
}

/// "Moved from Sat 13 Mar 2027", "Lasts 6 h instead of 4 h"
fn moved(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    let original_on = occurrence.original_on();
    let usual = window.window.usual_times(original_on);
    let usual_on = usual.date(original_on);
    if occurrence.on() != usual_on {
        format!("Moved from {}", date(usual_on))
    } else if occurrence.local_start.time() != usual.start || occurrence.duration == usual.duration {
        "Moved to another time".to_owned()
    } else {
        format!("Lasts {} instead of {}", occurrence.duration, usual.duration)
    }
}

/// "Standard maintenance window of Production"
pub fn kind(plan: &Plan, window: &WindowSchedule) -> String {
    let names = window.window.groups.iter().filter_map(|id| plan.group(id)).map(|(_, group)| one_line(&group.name));
    let names = names.collect::<Vec<_>>().join(", ");
    let groups = if names.is_empty() { names } else { format!(" of {names}") };
    format!("{} maintenance window{groups}", window.window.kind.name())
}

/// "40 hosts: Core DB 1, Core DB 2 and 3 more"
pub fn hosts_and_names<'a>(systems: impl Iterator<Item = &'a System> + Clone) -> String {
    if systems.clone().next().is_none() {
        return String::new();
    }
    let hosts = systems.clone().fold(0_u32, |sum, system| sum.saturating_add(system.hosts));
    let names = list(systems.map(|system| one_line(&system.name)), MOST_SYSTEMS);
    format!("{}: {names}", counted(hosts, "host"))
}

/// "Roll back by Sun 14 Mar 00:33 GMT"
pub fn roll_back_by(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    let deadline = window.rollback_deadline_at(occurrence).filter(|_| occurrence.origin != Origin::Skipped);
    deadline.map_or_else(String::new, |at| format!("Roll back by {}", short_moment_with_zone(window.zoned(at))))
}

pub fn labelled(label: &str, text: &str) -> String {
    if text.trim().is_empty() { String::new() } else { format!("{label}: {text}") }
}
