//! What the plan of a later year shares with the earlier one, or lacks.

use chrono::{Months, NaiveDate, NaiveDateTime, NaiveTime};

use super::dates::Step;
use crate::model::{HolidayCalendar, HolidayId, Horizon, MaintenanceWindow, Plan, Subject};
use crate::schedule::{Expansion, Occurrence};

/// Something at the beginning of the later plan that a person must know from the earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcrossBoundary {
    /// A window or a freeze.
    pub subject: Subject,
    pub name: String,
    pub starts: NaiveDateTime,
    pub ends: NaiveDateTime,
    pub kind: Crossing,
}

/// How something crosses the first day of the later plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crossing {
    /// It begins before that day and ends on it or later. The earlier plan has it.
    Runs,
    /// The same, but it begins between the months of the two plans, so neither has it.
    InNeither,
    /// The earlier plan has it on a date in the months of the later one, which does not have it.
    OnlyInEarlier,
    /// Both plans have it.
    InBoth,
    /// The later plan has it on this date, but the earlier one moved it to a date before.
    MovedAway,
}

/// How many days of a holiday calendar there are in the months of both plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarDays {
    pub id: HolidayId,
    pub name: String,
    pub before: usize,
    pub after: usize,
}

impl CalendarDays {
    /// Whether the later plan has clearly fewer holidays, so that the days must be imported.
    pub fn is_incomplete(&self) -> bool {
        self.after == 0 || self.after * 4 < self.before * 3
    }
}

/// The holiday calendars with fewer days in the plan's months than any country has, and how many days that is.
pub fn calendars_with_few_days(plan: &Plan) -> Vec<(&str, usize)> {
    const FEWEST_PER_YEAR: usize = 4;
    let horizon = plan.horizon();
    let counted = plan.holidays().iter().map(|calendar| {
        let days = calendar.days.iter().filter(|day| horizon.contains(day.on));
        (calendar.name.as_str(), days.count())
    });
    counted.filter(|(_, days)| days * 12 < FEWEST_PER_YEAR * usize::from(horizon.covered_months())).collect()
}

pub(super) fn calendar_days(calendar: &HolidayCalendar, step: Step) -> CalendarDays {
    let count = |contains: &dyn Fn(NaiveDate) -> bool| calendar.days.iter().filter(|day| contains(day.on)).count();
    CalendarDays {
        id: calendar.id.clone(),
        name: calendar.name.clone(),
        before: count(&|on| step.old.contains(on)),
        after: count(&|on| step.new.contains(on)),
    }
}

/// What crosses the first day of the later plan, sorted by start.
pub(super) fn across_boundary(plan: &Plan, later: &Plan, step: Step) -> Vec<AcrossBoundary> {
    let from = step.new.from;
    let midnight = |on: NaiveDate| on.and_time(NaiveTime::MIN);
    let earlier = up_to(plan, step);
    let mut all: Vec<AcrossBoundary> =
        plan.windows().iter().flat_map(|window| crossing_occurrences(&earlier, later, window, step)).collect();
    for freeze in plan.freezes() {
        for span in freeze.spans(from, from).into_iter().filter(|span| span.first_on < from && !freeze.never_ends()) {
            let subject = Subject::Freeze(freeze.id.clone());
            let ends = midnight(span.last_on.succ_opt().unwrap_or(span.last_on));
            let starts = midnight(span.first_on);
            // Such a freeze is kept with its days.
            all.push(AcrossBoundary { subject, name: freeze.name.clone(), starts, ends, kind: Crossing::Runs });
        }
    }
    all.sort_by(|a, b| (a.starts, &a.subject).cmp(&(b.starts, &b.subject)));
    all
}

/// The earlier plan with the months between the two plans, if there are any.
fn up_to(plan: &Plan, step: Step) -> Plan {
    let most = u32::from(Horizon::MOST_MONTHS);
    let between = u32::try_from(step.years * 12).unwrap_or(most);
    // A plan cannot cover more months than that, so it begins later.
    let from = step.old.from.checked_add_months(Months::new(between.saturating_sub(most))).unwrap_or(step.old.from);
    let months = u16::try_from(between.min(most)).unwrap_or(Horizon::MOST_MONTHS).max(step.old.covered_months());
    let mut parts = plan.to_parts();
    parts.horizon = Horizon { from, months };
    parts.into()
}

fn crossing_occurrences(earlier: &Plan, later: &Plan, window: &MaintenanceWindow, step: Step) -> Vec<AcrossBoundary> {
    let begin = step.new.from.and_time(NaiveTime::MIN);
    let of_later = later.windows().get(&window.id).map(|window| Expansion::new(window, later));
    let of_later: &[Occurrence] = of_later.as_ref().map_or(&[], |expansion| &expansion.occurrences);
    let crossing = |occurrence: &Occurrence| {
        let (starts, ends) = (occurrence.local_start.to_naive(), occurrence.local_end().to_naive());
        let is_early = starts < begin;
        let is_there = |other: &Occurrence| other.original_on() == occurrence.original_on();
        let kind = if is_early && step.new.contains(occurrence.original_on()) {
            of_later.iter().any(is_there).then_some(Crossing::MovedAway)
        } else if is_early {
            let is_known = starts.date() < step.old.end() || occurrence.original_on() < step.old.end();
            let kind = if is_known { Crossing::Runs } else { Crossing::InNeither };
            (ends > begin).then_some(kind)
        } else if occurrence.original_on() < step.new.from {
            let is_same = |other: &Occurrence| other.start_at == occurrence.start_at;
            Some(if of_later.iter().any(is_same) { Crossing::InBoth } else { Crossing::OnlyInEarlier })
        } else {
            None
        };
        let (subject, name) = (Subject::Window(window.id.clone()), window.name.clone());
        kind.map(|kind| AcrossBoundary { subject, name, starts, ends, kind })
    };
    Expansion::new(window, earlier).occurrences.iter().filter_map(crossing).collect()
}
