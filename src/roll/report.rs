//! What the plan of a later year shares with the earlier one, or lacks.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::dates::Step;
use crate::model::{HolidayCalendar, HolidayId, Plan, Subject};
use crate::schedule::{Expansion, Origin};

/// Something of the earlier plan that ends, or takes place, in the months of the later one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcrossBoundary {
    /// A window or a freeze.
    pub subject: Subject,
    pub name: String,
    pub starts: NaiveDateTime,
    pub ends: NaiveDateTime,
    /// Whether the earlier plan moved it to a date in the months of the later plan.
    pub is_moved: bool,
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

pub(super) fn calendar_days(calendar: &HolidayCalendar, step: Step) -> CalendarDays {
    let count = |contains: &dyn Fn(NaiveDate) -> bool| calendar.days.iter().filter(|day| contains(day.on)).count();
    CalendarDays {
        id: calendar.id.clone(),
        name: calendar.name.clone(),
        before: count(&|on| step.old.contains(on)),
        after: count(&|on| step.new.contains(on)),
    }
}

/// What began before the first day of the later plan and ends on it or after it, sorted by start.
pub(super) fn across_boundary(plan: &Plan, step: Step) -> Vec<AcrossBoundary> {
    let from = step.new.from;
    let midnight = |on: NaiveDate| on.and_time(NaiveTime::MIN);
    let mut all = Vec::new();
    for window in plan.windows() {
        let expansion = Expansion::new(window, plan);
        for occurrence in expansion.occurrences.iter().filter(|each| each.original_on() < from) {
            let (starts, ends) = (occurrence.local_start.to_naive(), occurrence.local_end().to_naive());
            if ends > midnight(from) {
                let subject = Subject::Window(window.id.clone());
                let is_moved = occurrence.origin == Origin::Moved && starts >= midnight(from);
                all.push(AcrossBoundary { subject, name: window.name.clone(), starts, ends, is_moved });
            }
        }
    }
    for freeze in plan.freezes() {
        for span in freeze.spans(from, from).into_iter().filter(|span| span.first_on < from && !freeze.never_ends()) {
            let subject = Subject::Freeze(freeze.id.clone());
            let ends = midnight(span.last_on.succ_opt().unwrap_or(span.last_on));
            let starts = midnight(span.first_on);
            all.push(AcrossBoundary { subject, name: freeze.name.clone(), starts, ends, is_moved: false });
        }
    }
    all.sort_by(|a, b| (a.starts, &a.subject).cmp(&(b.starts, &b.subject)));
    all
}
