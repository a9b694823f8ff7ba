//! Autosaves unsaved changes to a recovery file, and offers to recover those of an earlier run.
//!
//! Autosaves are jobs, and so is the removal of a recovery file after a save. What is recovered is read at once, and
//! recovery files of discarded changes are removed at once: they are in the program's own folder, and closing the program
//! must not leave one behind.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::model::{Edit, Plan};
use crate::session::session::Session;
use crate::session::state::clock::Stopwatch;
use crate::session::state::comparing::ComparisonBasis;
use crate::session::state::file_state::FileState;
use crate::session::state::recovery_file::{RecoveryFile, Replaced};
use crate::session::state::typing::Typing;
use crate::session::state::unsaved_work::UnsavedChanges;
use crate::session::verbs::action::{Action, After, Dialog, Question, RecoveryStep};
use crate::store;
use crate::store::{PlanOnDisk, Recovery, RecoveryOffer, RecoveryOwner};

/// The delay between an edit and writing the recovery file. At most two seconds of edits may be lost, and writing takes
/// time, too.
const AUTOSAVE_AFTER: Duration = Duration::from_millis(1500);

impl Session {
    pub(in crate::session) fn recover_or_delete(&mut self, offer: Arc<RecoveryOffer>, step: RecoveryStep) {
        self.dialogs.open = None;
        match step {
            RecoveryStep::Restore => self.after_saving(After::Recover { offer, is_compared: false }),
            RecoveryStep::Compare => self.after_saving(After::Recover { offer, is_compared: true }),
            RecoveryStep::Delete => self.dialogs.open = Some(Dialog::Question(Question::DeleteRecovery(offer))),
        }
    }

    /// Opens the recovered plan as an unsaved change of the content that it is based on.
    pub(super) fn recover(&mut self, offer: &Arc<RecoveryOffer>, is_compared: bool) {
        let plan = match offer.load() {
            Ok(loaded) => loaded.plan,
            Err(error) => return self.show_error(error.to_string()),
        };
        self.discard_unsaved_recovery();
        let file = match &offer.owner {
            RecoveryOwner::File(path) => self.file_to_recover(path, offer),
            RecoveryOwner::Untitled(_) => FileState::none(),
        };
        self.start_over(plan, file);
        self.file.recovery = self.continued_recovery(offer);
        self.file.autosaved = Some(Arc::clone(self.plan()));
        self.show_done(recovered(offer.on_disk));
        self.report_read_only();
        if is_compared && self.file.saved.is_some() {
            self.compare(ComparisonBasis::Saved);
        } else if is_compared {
            self.show_error("The plan file cannot be read, so the recovered plan cannot be compared with it.");
        }
    }

    /// The state of the plan file that a recovered plan belongs to. Saving asks if the file has been saved since.
    fn file_to_recover(&self, path: &Path, offer: &RecoveryOffer) -> FileState {
        // The plan itself may be open here.
        let held = self.file.lock.clone();
        let file = match store::open_holding(path, held.as_ref()) {
            Ok(opened) => {
                let has_earlier_base = opened.fingerprint != offer.expected();
                let (file, on_disk) = FileState::opened(path.to_owned(), opened);
                FileState { saved: Some(Arc::new(on_disk)), has_earlier_base, ..file }
            }
            // The file is missing or unreadable. The recovered plan can still be saved there.
            Err(_) => FileState::unreadable(path.to_owned(), held),
        };
        FileState { fingerprint: Some(offer.expected()), ..file }
    }

    /// The recovery file of a recovered plan: that of the earlier run, so that nothing is lost in a second crash.
    fn continued_recovery(&self, offer: &Arc<RecoveryOffer>) -> Option<Arc<RecoveryFile>> {
        let folders = self.surroundings.folders.as_ref()?;
        match Recovery::continuing(&folders.state, offer.owner.clone(), &offer.path) {
            Some(recovery) => Some(RecoveryFile::new(recovery, Vec::new())),
            None => self.new_recovery(vec![Replaced::Offer(Arc::clone(offer))]),
        }
    }

    pub(super) fn delete_recovery(&mut self, offer: &RecoveryOffer) {
        if let Err(error) = offer.discard() {
            return self.show_error(error.to_string());
        }
        // The others are still to be decided about.
        self.dialogs.open = recovery_dialog(self.recovery_offers());
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

    /// All recovery files of earlier runs.
    fn recovery_offers(&self) -> Vec<RecoveryOffer> {
        let Some(folders) = &self.surroundings.folders else { return Vec::new() };
        let mut offers = store::recovery_offers(&folders.state);
        if let Some(path) = &self.file.path {
            let known: Vec<_> = offers.iter().map(|offer| offer.path.clone()).collect();
            let more = store::recovery_offers_for(&folders.state, path);
            offers.extend(more.into_iter().filter(|offer| !known.contains(&offer.path)));
        }
        offers
    }

    pub(in crate::session) fn list_recovery_files(&mut self) {
        self.dialogs.open = recovery_dialog(self.recovery_offers());
        if self.dialogs.open.is_none() {
            self.show_message("There are no recovery files");
        }
    }

    /// Offers to recover unsaved changes of earlier runs.
    pub fn offer_recovery(&mut self) {
        if let Some(dialog) = recovery_dialog(self.recovery_offers()) {
            self.dialogs.open = Some(dialog);
        }
        self.dialogs.has_offered = true;
    }

    /// Offers to recover unsaved changes of the plan at `path`. After a start, also those of other plans.
    pub(super) fn offer_recovery_for(&mut self, path: &Path) {
        let Some(folders) = &self.surroundings.folders else { return };
        let mut offers = store::recovery_offers_for(&folders.state, path);
        if !self.dialogs.has_offered {
            let known: Vec<_> = offers.iter().map(|offer| offer.path.clone()).collect();
            let others = store::recovery_offers(&folders.state);
            offers.extend(others.into_iter().filter(|offer| !known.contains(&offer.path)));
        }
        if let Some(dialog) = recovery_dialog(offers) {
            self.dialogs.open = Some(dialog);
        }
        self.dialogs.has_offered = true;
    }

    /// Notes what the field in use would change if it were left now: it is kept for recovery with the plan, but is neither
    /// part of the plan nor of its history. Nothing for a field without text to return.
    pub fn note_typing(&mut self, actions: &[Action]) {
        if actions.is_empty() && self.typing.is_empty() {
            return;
        }
        let can_edit = self.file.read_only.is_none();
        let edits = actions.iter().filter(|_| can_edit).filter_map(|action| self.typed_edit(action)).collect();
        self.typing = Typing::new(edits);
        self.note_unsaved_work();
    }

    fn typed_edit(&self, action: &Action) -> Option<Edit> {
        match action {
            Action::Edit(edit) => Some(edit.clone()),
            Action::Note(key, step) => self.night_edit(key, step.clone()),
            _ => None,
        }
    }

    /// The plan that must not be lost: with what is being typed.
    fn plan_to_keep(&mut self) -> Arc<Plan> {
        let plan = Arc::clone(self.document.plan());
        self.typing.plan_with(&plan)
    }

    /// Notes what must be written if the program has to end at once.
    pub(in crate::session) fn note_unsaved_work(&mut self) {
        let plan = self.plan_to_keep();
        let is_over = self.file.is_saved(&plan) || self.desktop.may_close;
        let file = if is_over { None } else { self.recovery_file() };
        let base = self.file.fingerprint;
        self.unsaved_work.set(file.map(|file| UnsavedChanges { plan, base, file }), self.file.lock.as_ref());
    }

    fn recovery_file(&mut self) -> Option<Arc<RecoveryFile>> {
        if self.file.recovery.is_none() {
            self.file.recovery = self.new_recovery(Vec::new());
        }
        self.file.recovery.clone()
    }

    /// Autosaves if it is due. Returns when to call this again, if needed.
    pub fn tick(&mut self) -> Option<Duration> {
        let plan = self.plan_to_keep();
        if self.file.is_saved(&plan) && self.file.autosaved.as_ref().is_some_and(|kept| !Arc::ptr_eq(kept, &plan)) {
            self.discard_autosave();
        }
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

    /// Autosaves at once, because the program may end before it is due: the desktop asks to close the window.
    pub fn autosave_now(&mut self) {
        let plan = self.plan_to_keep();
        let is_autosaved = self.file.autosaved.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, &plan));
        if !is_autosaved && !self.file.is_saved(&plan) {
            self.file.due = None;
            self.autosave(plan);
        }
    }

    fn autosave(&mut self, plan: Arc<Plan>) {
        let Some(recovery) = self.recovery_file() else { return };
        self.file.autosaved = Some(Arc::clone(&plan));
        let (ticket, base) = (recovery.ticket(), self.file.fingerprint);
        self.jobs.start_write("Write the recovery file", move |_| {
            let kept = recovery.write(ticket, &plan, base);
            Box::new(move |session| {
                if let Err(error) = kept {
                    session.show_error(format!("Recovery file not written. {error}"));
                }
            })
        });
    }

    /// Removes the recovery file after a save. By a job, since an autosave that is still running has to end before.
    pub(super) fn discard_recovery(&mut self) {
        self.file.autosaved = None;
        let Some(recovery) = self.file.recovery.clone() else { return };
        let ticket = recovery.ticket();
        self.jobs.start_write("Remove the recovery file", move |_| {
            if let Err(error) = recovery.discard(ticket) {
                log::warn!("cannot remove a recovery file: {error}");
            }
            Box::new(|_| ())
        });
    }

    /// Removes the recovery file of changes that are undone, or of text that is no longer typed: the plan is as it was saved.
    fn discard_autosave(&mut self) {
        self.file.autosaved = None;
        let Some(recovery) = self.file.recovery.clone() else { return };
        let ticket = recovery.ticket();
        self.jobs.start_write("Remove the recovery file", move |_| {
            if let Err(error) = recovery.discard_unsaved(ticket) {
                log::warn!("cannot remove a recovery file: {error}");
            }
            Box::new(|_| ())
        });
    }

    /// Removes the recovery file of changes that the user discards. What an earlier run left stays until it is saved.
    pub(super) fn discard_unsaved_recovery(&mut self) {
        self.file.autosaved = None;
        if let Some(recovery) = &self.file.recovery
            && let Err(error) = recovery.discard_unsaved(recovery.ticket())
        {
            log::warn!("cannot remove a recovery file: {error}");
        }
    }
}

fn recovery_dialog(offers: Vec<RecoveryOffer>) -> Option<Dialog> {
    let offers: Vec<_> = offers.into_iter().map(Arc::new).collect();
    (!offers.is_empty()).then_some(Dialog::RecoveryFiles(offers))
}

fn recovered(on_disk: PlanOnDisk) -> &'static str {
    match on_disk {
        PlanOnDisk::Unchanged | PlanOnDisk::NeverSaved => {
            "Recovered the unsaved changes of an earlier run. Save the plan to keep them."
        }
        PlanOnDisk::Changed => {
            "Recovered the unsaved changes of an earlier run. The file has been saved since: saving asks before it \
             overwrites that."
        }
        PlanOnDisk::Missing => "Recovered the unsaved changes of an earlier run. The file is gone: saving creates it.",
        PlanOnDisk::Unreadable => {
            "Recovered the unsaved changes of an earlier run. The file cannot be read: save under another name."
        }
    }
}
