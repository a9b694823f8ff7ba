//! When a person can be booked: their working hours and absences.

use crate::model::{Absence, LocalMinute, Person, day_number};
use crate::schedule::time::hours::{WeeklyHours, WorkPeriod};

/// Why a person is not available.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle<'a> {
    Away(&'a Absence),
    OutsideHours,
}

/// A person's hours and absences, prepared for quick checks.
#[derive(Debug)]
pub struct Availability {
    /// None for a person who can be booked at any hour.
    hours: Option<WeeklyHours>,
    /// The first and last day of each absence, sorted and separate from each other.
    away: Vec<(i32, i32)>,
}

impl Availability {
    pub fn new(person: &Person) -> Self {
        let mut days: Vec<(i32, i32)> = person.away.iter().map(days).collect();
        days.retain(|(first, last)| first <= last);
        days.sort_unstable();
        let mut away: Vec<(i32, i32)> = Vec::with_capacity(days.len());
        for (first, last) in days {
            match away.last_mut() {
                Some(before) if first <= before.1 => before.1 = before.1.max(last),
                _ => away.push((first, last)),
            }
        }
        Self { hours: hours(person), away }
    }

    /// Whether they are available from `from` to `to`, in the plan's local time.
    pub fn allows(&self, from: LocalMinute, to: LocalMinute) -> bool {
        self.is_there(from, to) && allow(self.hours.as_ref(), from, to)
    }

    /// Whether they are not away on any day from `from` to `to`, in the plan's local time.
    pub fn is_there(&self, from: LocalMinute, to: LocalMinute) -> bool {
        let (first, last) = days_between(from, to);
        let next = self.away.partition_point(|(_, end)| *end < first);
        self.away.get(next).is_none_or(|(start, _)| *start > last)
    }
}

/// The hours in which a person can be booked; none if any hour will do.
fn hours(person: &Person) -> Option<WeeklyHours> {
    (!person.available.is_empty()).then(|| WeeklyHours::new(&person.available))
}

fn allow(hours: Option<&WeeklyHours>, from: LocalMinute, to: LocalMinute) -> bool {
    hours.is_none_or(|hours| hours.allow(WorkPeriod::new(from.0, to.0.saturating_sub(from.0))))
}

fn days(away: &Absence) -> (i32, i32) {
    (day_number(away.first_on), day_number(away.last_on))
}

/// The first and last day of a period. A period that ends at midnight does not include the day that begins then.
fn days_between(from: LocalMinute, to: LocalMinute) -> (i32, i32) {
    let day = |minute: i32| minute.div_euclid(24 * 60);
    (day(from.0), day(to.0.saturating_sub(1).max(from.0)))
}

/// Why a person is not available. Absences come before working hours.
pub fn obstacle(person: &Person, from: LocalMinute, to: LocalMinute) -> Option<Obstacle<'_>> {
    let (first, last) = days_between(from, to);
    let touches = |away: &&Absence| {
        let (start, end) = days(away);
        start <= end && start <= last && first <= end
    };
    let is_outside = || !allow(hours(person).as_ref(), from, to);
    let away = person.away.iter().find(touches).map(Obstacle::Away);
    away.or_else(|| is_outside().then_some(Obstacle::OutsideHours))
}
