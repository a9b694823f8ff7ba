//! Autosaves unsaved changes to a recovery file, and offers to recover those of an earlier run.
//!
//! Only autosaves are jobs. What is recovered is read at once, and recovery files are removed at once: they are in the
//! program's own folder, and closing the program must not leave one behind.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::model::Plan;
use crate::session::session::Session;
use crate::session::state::clock::Stopwatch;
use crate::session::state::file_state::FileState;
use crate::session::state::recovery_file::{RecoveryFile, Replaced};
use crate::session::verbs::action::{Dialog, Question};
use crate::store;
use crate::store::{Recovery, RecoveryOffer, RecoveryOwner};

/// The delay between an edit and writing the recovery file.
const AUTOSAVE_AFTER: Duration = Duration::from_secs(2);

impl Session {
    /// Opens the recovered plan as an unsaved change of the plan on disk.
    pub(super) fn recover(&mut self, offer: &RecoveryOffer) {
        let plan = match offer.load() {
            Ok(loaded) => loaded.plan,
            Err(error) => return self.show_error(error.to_string()),
        };
        match &offer.owner {
            RecoveryOwner::File(path) => {
                // The plan itself may be open here.
                let opened = store::open_holding(path, self.file.lock.as_ref());
                let file = match opened {
                    Ok(opened) => {
                        let (file, on_disk) = FileState::opened(path.clone(), opened);
                        FileState { saved: Some(Arc::new(on_disk)), ..file }
                    }
                    // The file is missing or unreadable. The recovered plan can still be saved there.
                    Err(_) => FileState::missing(path.clone()),
                };
                self.start_over(plan, file);
            }
            RecoveryOwner::Untitled(_) => self.start_over(plan, FileState::none()),
        }
        // What was recovered stays in the old file until it is in a new one, or saved.
        self.file.recovery = self.new_recovery(vec![Replaced::Offer(offer.clone())]);
        self.show_message("Recovered the unsaved changes of an earlier run. Save the plan to keep them.");
    }

    /// A recovery file that belongs to the plan's file.
    fn new_recovery(&self, replaced: Vec<Replaced>) -> Option<Arc<RecoveryFile>> {
        let folders = self.surroundings.folders.as_ref()?;
        let path = self.file.path.clone();
        let owner = path.map_or_else(|| RecoveryOwner::Untitled(self.plan().id().clone()), RecoveryOwner::File);
        Some(RecoveryFile::new(Recovery::new(&folders.state, owner), replaced))
    }

    /// Continues with another recovery file, since the plan has another path.
    pub(super) fn rename_recovery(&mut self) {
        if let Some(old) = self.file.recovery.take() {
            self.file.recovery = self.new_recovery(vec![Replaced::Own(old)]);
            self.file.autosaved = None;
        }
    }

    /// Offers to recover unsaved changes of an earlier run.
    pub fn offer_recovery(&mut self) {
        let Some(folders) = &self.surroundings.folders else { return };
        if let Some(offer) = store::recovery_offers(&folders.state).into_iter().next() {
            self.dialogs.open = Some(Dialog::Question(Question::Recover(offer)));
        }
        self.dialogs.has_offered = true;
    }

    /// Offers to recover unsaved changes of the plan at `path`. After a start, also those of other plans.
    pub(super) fn offer_recovery_of(&mut self, path: &Path) {
        let Some(folders) = &self.surroundings.folders else { return };
        let owner = RecoveryOwner::file(path);
        match store::recovery_offers(&folders.state).into_iter().find(|offer| offer.owner == owner) {
            Some(offer) => self.dialogs.open = Some(Dialog::Question(Question::Recover(offer))),
            None if !self.dialogs.has_offered => self.offer_recovery(),
            None => {}
        }
        self.dialogs.has_offered = true;
    }

    /// Autosaves if it is due. Returns when to call this again, if needed.
    pub fn tick(&mut self) -> Option<Duration> {
        let plan = Arc::clone(self.plan());
        self.hold_for_panics(&plan);
        let is_kept = |kept: &Option<Arc<Plan>>| kept.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, &plan));
        if is_kept(&self.file.autosaved) || self.file.is_saved(&plan) || self.surroundings.folders.is_none() {
            self.file.due = None;
            return None;
        }
        let waited = self.file.due.get_or_insert_with(Stopwatch::start).elapsed();
        if waited < AUTOSAVE_AFTER {
            return Some(AUTOSAVE_AFTER.saturating_sub(waited));
        }
        self.file.due = None;
        self.autosave(plan);
        None
    }

    /// Keeps the unsaved plan within reach of the panic hook.
    fn hold_for_panics(&mut self, plan: &Arc<Plan>) {
        let file = if self.file.is_saved(plan) { None } else { self.own_recovery() };
        self.surroundings.panics.hold(file.map(|file| (Arc::clone(plan), file)));
    }

    /// The recovery file of the open plan.
    fn own_recovery(&mut self) -> Option<Arc<RecoveryFile>> {
        if self.file.recovery.is_none() {
            self.file.recovery = self.new_recovery(Vec::new());
        }
        self.file.recovery.clone()
    }

    fn autosave(&mut self, plan: Arc<Plan>) {
        let Some(recovery) = self.own_recovery() else { return };
        self.file.autosaved = Some(Arc::clone(&plan));
        let ticket = recovery.ticket();
        self.jobs.start_write("Write the recovery file", move |_| {
            let kept = recovery.write(ticket, &plan);
            Box::new(move |session| {
                if let Err(error) = kept {
                    session.show_error(format!("Recovery file not written. {error}"));
                }
            })
        });
    }

    pub(super) fn discard_recovery(&mut self) {
        self.file.autosaved = None;
        if let Some(recovery) = &self.file.recovery
            && let Err(error) = recovery.discard()
        {
            log::warn!("cannot remove a recovery file: {error}");
        }
    }
}
