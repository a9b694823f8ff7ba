//! Offers unsaved changes of an earlier run.

use std::path::Path;

use crate::session::session::Session;
use crate::session::verbs::action::{Dialog, Question};
use crate::store::{self, RecoveryOwner};

impl Session {
    /// Offers what was not saved when the program ended last.
    pub fn offer_recovery(&mut self) {
        let Some(folders) = &self.surroundings.folders else { return };
        if let Some(offer) = store::recovery_offers(&folders.state).into_iter().next() {
            self.dialogs.open = Some(Dialog::Question(Question::Recover(offer)));
        }
        self.dialogs.has_offered = true;
    }

    /// Offers what was not saved of the plan at `path`. With the first plan after a start, other plans count, too.
    pub(in crate::session) fn offer_recovery_of(&mut self, path: &Path) {
        let Some(folders) = &self.surroundings.folders else { return };
        let owner = RecoveryOwner::file(path);
        match store::recovery_offers(&folders.state).into_iter().find(|offer| offer.owner == owner) {
            Some(offer) => self.dialogs.open = Some(Dialog::Question(Question::Recover(offer))),
            None if !self.dialogs.has_offered => self.offer_recovery(),
            None => {}
        }
        self.dialogs.has_offered = true;
    }
}
