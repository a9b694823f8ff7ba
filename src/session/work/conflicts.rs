//! Resolves the conflict at the cursor of the list of findings.

use std::sync::Arc;

use crate::checks::UNRESOLVED_CONFLICT;
use crate::merge::{Side, conflict_in_words, resolution};
use crate::model::Conflict;
use crate::session::session::Session;

impl Session {
    /// The conflict that the current finding is about.
    pub fn current_conflict(&self) -> Option<&Arc<Conflict>> {
        let finding = self.current_finding()?.finding;
        if !finding.is_of(UNRESOLVED_CONFLICT) {
            return None;
        }
        let plan = self.document.plan();
        let is_about = |conflict: &&Arc<Conflict>| conflict_in_words(plan, conflict) == finding.message;
        plan.conflicts().iter().find(is_about)
    }

    /// Resolves the current conflict with the value of that side.
    pub(in crate::session) fn resolve_conflict(&mut self, side: Side) {
        let Some(conflict) = self.current_conflict() else { return };
        match resolution(self.plan(), conflict, side) {
            Ok(edit) => self.edit(&edit),
            Err(error) => self.show_error(format!("{error}.")),
        }
    }
}
