//! The command that adds a date to a window, besides those of its rule.

use chrono::NaiveDate;

use super::action::Selection;
use crate::model::{Edit, WindowId};
use crate::session::session::Session;
use crate::wording;

impl Session {
    /// The window that gets a date, and the date: the selected day for the window that was selected before it, else the next
    /// day on which the selected window has no date.
    pub(super) fn free_date(&self) -> Option<(&WindowId, NaiveDate)> {
        let horizon = self.plan().horizon();
        let (window, from, is_exact) = match &self.navigation.selection {
            Selection::Day(on) => (self.navigation.last_window.as_ref()?, *on, true),
            Selection::Window(window) => (window, self.selected_day(), false),
            Selection::Occurrence(window, _) => (window, self.selected_day().succ_opt()?, false),
            Selection::Nothing | Selection::Several(_) | Selection::Freeze(_) => return None,
        };
        let schedule = self.document.schedule.window(window)?;
        let is_free = |on: &NaiveDate| schedule.taken_date(*on).is_none();
        let mut days = from.iter_days().take_while(|on| horizon.contains(*on)).take(if is_exact { 1 } else { 366 });
        days.find(is_free).map(|on| (window, on))
    }

    /// "to Core DB, Sat 20 Mar 2027"
    pub(super) fn free_date_in_words(&self) -> Option<String> {
        let (window, on) = self.free_date()?;
        Some(format!("to {}, {}", self.plan().windows().get(window)?.name, wording::date(on)))
    }

    /// Adds the date and selects it, so that the keys that move it can be used at once.
    pub(super) fn add_date(&mut self) {
        let Some((window, on)) = self.free_date() else { return };
        let edit = Edit::AddOccurrence { window: window.clone(), on, start: None, duration: None };
        if self.edit_and_add(&edit, ". Drag it, or press Alt and an arrow key, to move it.") {
            self.show_calendar();
        }
    }
}
