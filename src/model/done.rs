//! What an edit does, in words for a person, once it is done: "Moved Core DB to Tue 13 Apr".

use chrono::{NaiveDate, NaiveTime};

use super::{Edit, Minutes, OccurrenceChange, Plan, WindowId};
use crate::wording::{past, short_date, time};

impl Edit {
    /// What was done. `plan` is the plan before the edit.
    pub fn done(&self, plan: &Plan) -> String {
        let moved = match self {
            Self::MoveOccurrence { window, on, to, start, duration } => {
                moved(plan, window, *on, (*to, *start, *duration))
            }
            Self::PutFreeze(new) => plan.freezes().get(&new.id).and_then(|old| {
                let days = |first: NaiveDate, last: NaiveDate| last - first;
                let is_moved =
                    old.first_on != new.first_on && days(old.first_on, old.last_on) == days(new.first_on, new.last_on);
                is_moved.then(|| format!("Moved {} to {}", new.name, short_date(new.first_on)))
            }),
            _ => None,
        };
        moved.unwrap_or_else(|| past(&self.label(plan)))
    }
}

/// What changed in the times of an occurrence: its date, its start, its length, or start and length. None if its window is
/// unknown.
fn moved(
    plan: &Plan,
    id: &WindowId,
    on: NaiveDate,
    (to, start, duration): (NaiveDate, Option<NaiveTime>, Option<Minutes>),
) -> Option<String> {
    let window = plan.windows().get(id)?;
    let (name, date) = (&window.name, short_date(to));
    let usual = window.usual_times(on);
    let old = match window.exception(on).map(|exception| &exception.change) {
        Some(OccurrenceChange::Moved { start, duration, .. } | OccurrenceChange::Added { start, duration }) => {
            usual.with(*start, *duration)
        }
        Some(OccurrenceChange::Skipped { .. } | OccurrenceChange::Restored) | None => usual,
    };
    let new = usual.with(start, duration);
    if date_of(plan, id, on) != Some(to) {
        return Some(format!("Moved {name} to {date}"));
    }
    match (new.start == old.start, new.duration == old.duration) {
        (true, true) => None,
        (false, true) => Some(format!("Moved {name}, {date}, to {}", time(new.start))),
        (true, false) => {
            let verb = if new.duration > old.duration { "Lengthened" } else { "Shortened" };
            Some(format!("{verb} {name}, {date}, to {}", new.duration))
        }
        (false, false) => Some(format!("Changed {name}, {date}, to {} for {}", time(new.start), new.duration)),
    }
}

/// The date on which an occurrence takes place; none if it is skipped or its window is unknown.
fn date_of(plan: &Plan, window: &WindowId, on: NaiveDate) -> Option<NaiveDate> {
    let window = plan.windows().get(window)?;
    match window.exception(on).map(|exception| &exception.change) {
        Some(OccurrenceChange::Moved { to, .. }) => Some(*to),
        Some(OccurrenceChange::Added { .. }) => Some(on),
        Some(OccurrenceChange::Skipped { .. }) => None,
        Some(OccurrenceChange::Restored) | None => Some(window.usual_times(on).date(on)),
    }
}
