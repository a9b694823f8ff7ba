//! Dragging an occurrence to another day: a ghost while the button is down, one edit when it is released.

use chrono::NaiveDate;

use crate::model::{Edit, WindowId};
use crate::schedule::Schedule;

/// An occurrence that is being dragged to another day.
#[derive(Clone, Debug)]
pub struct Drag {
    pub window: WindowId,
    /// Its original date.
    pub on: NaiveDate,
    /// The day under the pointer.
    pub to: Option<NaiveDate>,
}

impl Drag {
    /// The edit to make on release; `None` if the date would not change.
    pub fn edit(&self, schedule: &Schedule) -> Option<Edit> {
        let to = self.to?;
        let (window, occurrence) = schedule.occurrence(&self.window, self.on)?;
        if occurrence.on() == to {
            return None;
        }
        Some(window.move_to_date(occurrence, to))
    }
}
