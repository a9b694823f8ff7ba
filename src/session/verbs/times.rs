//! Commands that change the start and the length of the selected occurrence.

use crate::model::{DatedChange, Edit, Minutes};
use crate::schedule::{Occurrence, WindowSchedule};
use crate::session::session::Session;
use crate::session::verbs::action::Selection;

/// By how many minutes a command changes a start or a length.
pub(in crate::session) const STEP: i32 = 30;

impl Session {
    /// Starts the selected occurrence this many steps later, or earlier if negative.
    pub(super) fn shift_start(&mut self, steps: i32) {
        self.change_selected(|window, occurrence| {
            Some(window.move_to(occurrence, occurrence.local_start.shifted(steps * STEP)))
        });
        self.turn_to_selection();
    }

    /// Makes the selected occurrence this many steps longer, or shorter if negative, but never shorter than one step.
    pub(super) fn lengthen(&mut self, steps: i32) {
        self.change_selected(|window, occurrence| {
            let minutes = occurrence.duration.signed().saturating_add(steps * STEP);
            let duration = Minutes(u32::try_from(minutes).ok()?).min(Minutes::LONGEST);
            let is_possible = duration.0 >= STEP as u32 && duration != occurrence.duration;
            is_possible.then(|| window.change_times(occurrence, occurrence.local_start, duration))
        });
    }

    /// Gives the times of the selected occurrence to all from its date on.
    pub(super) fn keep_times_from_here(&mut self) {
        self.change_selected(|window, occurrence| {
            let from = occurrence.original_on();
            let change = DatedChange {
                from,
                start: Some(occurrence.local_start.time()),
                duration: Some(occurrence.duration),
                shift_days: i32::try_from((occurrence.on() - from).num_days()).ok()?,
            };
            Some(Edit::PutDatedChange { window: window.id().clone(), change })
        });
    }

    fn change_selected(&mut self, edit: impl FnOnce(&WindowSchedule, &Occurrence) -> Option<Edit>) {
        let Selection::Occurrence(window, on) = &self.navigation.selection else { return };
        let Some((window, occurrence)) = self.document.schedule.occurrence(window, *on) else { return };
        if let Some(edit) = edit(window, occurrence) {
            self.edit(&edit);
        }
    }
}
