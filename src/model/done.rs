//! What an edit does, in words for a person, once it is done: "Moved Core DB to Tue 13 Apr".

use chrono::NaiveDate;

use super::{Edit, OccurrenceChange, Plan, WindowId};
use crate::wording::{past, short_date, time};

impl Edit {
    /// What was done. `plan` is the plan before the edit.
    pub fn done(&self, plan: &Plan) -> String {
        let moved = match self {
            Self::MoveOccurrence { window, on, to, start, .. } => {
                let name = plan.windows().name_of(window);
                let from = date_of(plan, window, *on);
                match start {
                    _ if from != Some(*to) => Some(format!("Moved {name} to {}", short_date(*to))),
                    Some(start) => Some(format!("Moved {name}, {}, to {}", short_date(*to), time(*start))),
                    None => None,
                }
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
