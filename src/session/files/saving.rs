//! Saves the plan: a job for each save, one at a time.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::{Plan, slug};
use crate::session::files::outside_changes::ChangeRequest;
use crate::session::files::versions::VersionFolder;
use crate::session::session::{ApplyToSession, Session};
use crate::session::state::dialogs::AfterSave;
use crate::session::state::file_state::{Overwrite, SaveOrder};
use crate::session::state::outside::FileChange;
use crate::session::verbs::action::{Dialog, PathRequest, Question};
use crate::store;
use crate::store::{Fingerprint, Lock, LockOutcome, SaveError, SavedPlan};

/// A saved file.
struct Saved {
    plan: SavedPlan,
    /// None if its folder does not allow locks.
    lock: Option<Arc<Lock>>,
}

/// Why a plan was not saved.
enum NotSaved {
    /// Another program holds the lock.
    HeldBy(String),
    /// What is in the file now cannot be kept.
    NotKept(SaveError),
    /// Somebody else wrote something to the file that cannot be merged.
    Unmergeable(Box<FileChange>),
    Failed(SaveError),
}

impl Session {
    /// Whether a job is running that writes the plan's file or its known times. One does so at a time.
    pub(in crate::session) fn is_saving(&self) -> bool {
        self.file.saving.is_some()
    }

    /// Saves to the plan's file, or asks for a path if there is none.
    pub(in crate::session) fn save(&mut self) {
        if self.file.next_save.is_some() {
            // It will save the plan as it is then, to the file that is then the plan's.
            return;
        }
        if let Some(path) = self.file.saving_to.clone() {
            return self.write(SaveOrder { path, overwrite: Overwrite::WhatWasOpened });
        }
        match self.file.path.clone() {
            None => self.ask_where_to_save(),
            Some(_) if self.file.read_only.is_some() => self.ask_where_to_save(),
            Some(path) if !self.file.unknown_fields.is_empty() => {
                let fields = self.file.unknown_fields.iter().map(ToString::to_string).collect();
                self.dialogs.open = Some(Dialog::Question(Question::DropsUnknown { path, fields }));
            }
            Some(path) => self.write(SaveOrder { path, overwrite: Overwrite::WhatWasOpened }),
        }
    }

    pub(in crate::session) fn ask_where_to_save(&mut self) {
        let name = match &self.file.path {
            Some(path) if !self.has_unmergeable_file() => {
                path.file_name().unwrap_or_default().to_string_lossy().into_owned()
            }
            Some(_) | None => format!("{}.{}", slug(self.plan().title()), store::PLAN_ENDINGS[0]),
        };
        self.dialogs.open = Some(Dialog::Path(PathRequest::SaveAs { name }));
    }

    /// Saves to another file, which becomes the plan's file. The dialog has asked before replacing a file.
    pub(in crate::session) fn save_as(&mut self, path: PathBuf) {
        self.dialogs.open = None;
        let path = if path.extension().is_none() { store::with_plan_ending(&path) } else { path };
        let overwrite =
            if self.file.path.as_ref() == Some(&path) { Overwrite::WhatWasOpened } else { Overwrite::Anything };
        self.write(SaveOrder { path, overwrite });
    }

    /// Starts a save. If one is running, this one waits for it: only then is it known what is on disk.
    pub(super) fn write(&mut self, order: SaveOrder) {
        if self.is_saving() {
            self.file.next_save = Some(order);
            return;
        }
        let (plan, fingerprint) = (Arc::clone(self.plan()), self.file.fingerprint);
        let (held, job, times) = (self.file.lock.clone(), self.jobs.next_id(), self.times_file());
        let (versions, request) = (self.version_folder(), self.change_request());
        (self.file.saving, self.file.saving_to) = (Some(job), Some(order.path.clone()));
        self.jobs.start_write(format!("Save {}", order.path.display()), move |_| -> ApplyToSession {
            let saved = save(&order, &plan, fingerprint.as_ref(), held, versions.as_ref());
            let saved = saved.map_err(|why| why.with_what_is_there(&order.path, &request));
            if saved.is_ok()
                && let Some(Err(error)) = times.map(|times| times.update(&order.path))
            {
                log::warn!("the times of the plan are not remembered: {error}");
            }
            let kept = saved.is_ok().then(|| versions.map(|versions| versions.keep(&order.path, &plan))).flatten();
            Box::new(move |session| {
                session.finish_save(job, order.path, plan, saved);
                session.report_version(kept);
            })
        });
    }

    /// Continues with what has waited for a job that wrote the plan's file or its known times.
    pub(in crate::session) fn continue_after_write(&mut self) {
        if let Some(next) = self.file.next_save.take() {
            self.write(next);
        } else if std::mem::take(&mut self.file.accepts_next) && self.has_moved_times() {
            self.accept_times();
        } else {
            self.continue_after_save();
        }
    }

    fn finish_save(&mut self, job: u64, path: PathBuf, plan: Arc<Plan>, saved: Result<Saved, NotSaved>) {
        if self.file.saving != Some(job) {
            return self.report_old_save(&path, saved);
        }
        (self.file.saving, self.file.saving_to) = (None, None);
        let next = self.file.next_save.take();
        match saved {
            Ok(saved) => {
                self.apply_saved(&path, plan, saved);
                self.file.next_save = next.filter(|next| next.path != path || self.is_unsaved());
                self.continue_after_write();
            }
            Err(NotSaved::Failed(SaveError::ChangedOnDisk(path)))
                if next.as_ref().is_none_or(|next| next.path == path) =>
            {
                self.forget_keeping_mine();
                self.dialogs.open = Some(Dialog::Question(Question::ChangedOnDisk { path }));
                // What the answer continues with stays.
                let after = self.dialogs.after_save.take();
                self.continue_after_write();
                self.dialogs.after_save = after;
            }
            Err(why) => {
                let message = why.message(&path);
                let is_own = self.file.path.as_ref() == Some(&path);
                if is_own {
                    // The next save may be refused, too.
                    self.forget_keeping_mine();
                }
                if let NotSaved::Unmergeable(change) = why
                    && is_own
                {
                    // The card offers what is possible.
                    self.show_change(*change);
                    self.outside.wants_focus = true;
                }
                self.note_not_saved(&message);
                self.show_error(message);
                self.file.next_save = next.filter(|next| next.path != path);
                if self.file.next_save.is_none() {
                    self.dialogs.after_save = None;
                }
                self.continue_after_write();
            }
        }
    }

    /// Reports on a save of a plan that is no longer open. What is on disk does not concern the plan that is open now.
    fn report_old_save(&mut self, path: &Path, saved: Result<Saved, NotSaved>) {
        match saved {
            Ok(Saved { plan: SavedPlan { unsynced: Some(why), .. }, .. }) => self.show_error(why.to_string()),
            Ok(_) => self.show_done(format!("Saved {}", path.display())),
            Err(why) => self.show_error(why.message(path)),
        }
    }

    /// Ends the wait for the save of that job, whose thread ended without a result.
    pub(in crate::session) fn forget_save(&mut self, job: u64) {
        if self.file.saving == Some(job) {
            (self.file.saving, self.file.saving_to, self.file.next_save) = (None, None, None);
            (self.file.accepts_next, self.dialogs.after_save) = (false, None);
        }
    }

    fn apply_saved(&mut self, path: &Path, plan: Arc<Plan>, saved: Saved) {
        let is_renamed = self.file.path.as_deref() != Some(path);
        self.file.path = Some(path.to_owned());
        self.file.fingerprint = Some(saved.plan.fingerprint);
        self.file.has_earlier_base = false;
        self.file.lock = saved.lock;
        self.file.read_only = None;
        self.file.unknown_fields.clear();
        self.file.newer_format = false;
        self.file.saved = Some(plan);
        self.navigation.new_records.keep_ids();
        self.follow_saved();
        if self.file.is_saved(self.document.history.current()) {
            self.discard_recovery();
        }
        if is_renamed {
            self.rename_recovery();
            self.watch_file();
        }
        self.note_saved_outside_changes();
        self.remember_recent(path);
        self.messages.drop_errors();
        self.refresh_git();
        if let Some(why) = saved.plan.unsynced {
            return self.show_error(why.to_string());
        }
        let saved = format!("Saved {}", self.file.name());
        let message = match self.file.older_format.take() {
            Some(older) => format!("{saved}. {}", store::raised_format(older)),
            None => saved,
        };
        self.show_done(message);
    }

    fn continue_after_save(&mut self) {
        let Some(AfterSave { then, discarded }) = self.dialogs.after_save.take() else { return };
        match discarded {
            Some(plan) if Arc::ptr_eq(&plan, self.plan()) => self.continue_with(then),
            _ => self.after_saving(then),
        }
    }
}

/// Locks the file, unless `held` is its lock, and writes the plan.
fn save(
    order: &SaveOrder,
    plan: &Plan,
    fingerprint: Option<&Fingerprint>,
    held: Option<Arc<Lock>>,
    versions: Option<&VersionFolder>,
) -> Result<Saved, NotSaved> {
    // A second file is locked before anything is written to it.
    let lock = match held.filter(|held| held.covers(&order.path)) {
        Some(held) => Some(held),
        None => match Lock::acquire(&order.path) {
            LockOutcome::Held(lock) => Some(Arc::new(lock)),
            LockOutcome::HeldBy(who) => return Err(NotSaved::HeldBy(who)),
            LockOutcome::Unavailable(_) => None,
        },
    };
    // What others wrote is kept before it is replaced.
    let kept = versions.filter(|_| !store::is_stream(&order.path));
    let kept = kept.map(|versions| versions.keep_found(&order.path, &order.path));
    let plan = match (order.overwrite, kept) {
        (Overwrite::WhatWasOpened, kept) => {
            if let Some(Err(error)) = kept {
                log::warn!("{} is not kept as a version: {error}", order.path.display());
            }
            store::save(&order.path, plan, fingerprint)
        }
        (Overwrite::Anything, Some(Err(error))) => return Err(NotSaved::NotKept(error)),
        (Overwrite::Anything, Some(Ok(Some(found)))) => store::save(&order.path, plan, Some(&found)),
        (Overwrite::Anything, Some(Ok(None)) | None) => store::save_anyway(&order.path, plan),
    };
    plan.map(|plan| Saved { plan, lock }).map_err(NotSaved::Failed)
}

impl NotSaved {
    /// If the file was changed to something that cannot be merged, says so.
    fn with_what_is_there(self, path: &Path, request: &ChangeRequest) -> Self {
        if !matches!(self, Self::Failed(SaveError::ChangedOnDisk(_))) {
            return self;
        }
        match request.read(path) {
            Ok(change) if change.is_mergeable => self,
            Ok(change) => Self::Unmergeable(Box::new(FileChange::Changed(change))),
            Err(error) => Self::Unmergeable(Box::new(FileChange::Unreadable(error.problem.to_string()))),
        }
    }

    fn message(&self, path: &Path) -> String {
        match self {
            Self::HeldBy(who) => {
                format!("This file is open elsewhere ({who}). Save under another name: {}", path.display())
            }
            Self::NotKept(error) => format!(
                "Not saved, because what is in the file now could not be kept in Versions first. {error} Save under \
                 another name."
            ),
            Self::Unmergeable(change) => match &**change {
                FileChange::Changed(change) => format!(
                    "Not saved, because {} now has {}, which cannot be merged. Save under another name.",
                    path.display(),
                    change.found.loaded.plan.title()
                ),
                FileChange::Unreadable(why) => format!(
                    "Not saved, because {} cannot be read as a plan: {why}. Overwrite it or save under \
                     another name.",
                    path.display()
                ),
                FileChange::Missing => format!("Not saved, because {} is gone.", path.display()),
            },
            Self::Failed(error) => error.to_string(),
        }
    }
}
