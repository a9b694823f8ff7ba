//! Windows that are added in words, or proposed for a ladder.

use crate::checks::has_uncovered_group;
use crate::model::{Edit, LadderId, Subject};
use crate::quick_add::TypedWindow;
use crate::session::session::Session;
use crate::session::state::clock::unique_word;
use crate::session::verbs::action::{Dialog, Selection};

impl Session {
    /// Adds a typed window as one step of undo, and selects it.
    pub(in crate::session) fn add_typed_window(&mut self, typed: &TypedWindow) {
        let window = typed.to_window(self.plan(), &unique_word());
        let id = window.id.clone();
        self.edit(&Edit::PutWindow(window));
        if self.plan().windows().contains(&id) {
            self.navigation.selection = Selection::Window(id);
            self.show_calendar();
        }
    }

    /// The ladder of the current finding, or else the first one, with a group that no window covers.
    pub(in crate::session) fn ladder_to_plan(&self) -> Option<LadderId> {
        let schedule = &self.document.schedule;
        let current = self.current_finding().and_then(|current| match &current.finding.subject {
            Subject::Group(group) => self.plan().group(group).map(|(ladder, _)| ladder.id.clone()),
            Subject::Ladder(ladder) => Some(ladder.clone()),
            _ => None,
        });
        let all = self.plan().ladders().iter().map(|ladder| ladder.id.clone());
        current.into_iter().chain(all).find(|ladder| has_uncovered_group(schedule, ladder))
    }

    pub(in crate::session) fn plan_ladder(&mut self) {
        if let Some(ladder) = self.ladder_to_plan() {
            self.open_dialog(Some(Dialog::LadderWindows(ladder)));
        }
    }
}
