//! The file of the open plan: where it is, what is in it, and who may write to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::Plan;
use crate::session::state::clock::Stopwatch;
use crate::session::state::recovery_file::RecoveryFile;
use crate::store;
use crate::store::{Access, Fingerprint, Lock, LockOutcome, OpenedPlan, SaveError, UnknownField};

/// Where the current plan is on disk, and which of its states is there.
#[derive(Default)]
pub struct FileState {
    pub path: Option<PathBuf>,
    /// The plan as it is on disk, or one that needs no saving, like the unchanged sample.
    pub(in crate::session) saved: Option<Arc<Plan>>,
    /// The content of the file that a save may replace without a question.
    pub(in crate::session) fingerprint: Option<Fingerprint>,
    /// Whether `saved` does not have that content: a recovered plan began with an earlier one.
    pub(in crate::session) has_earlier_base: bool,
    pub(in crate::session) lock: Option<Arc<Lock>>,
    /// Why the plan is read-only, if it is.
    pub(in crate::session) read_only: Option<String>,
    /// Fields of the file that this program does not know. Saving would drop them.
    pub(in crate::session) unknown_fields: Vec<UnknownField>,
    /// The number of the file's format if that is older than the one that is written.
    pub(in crate::session) older_format: Option<u32>,
    /// Whether a newer program wrote the file, so that this one may have lost or misread something.
    pub(in crate::session) newer_format: bool,
    pub(in crate::session) recovery: Option<Arc<RecoveryFile>>,
    /// The plan in the recovery file.
    pub(in crate::session) autosaved: Option<Arc<Plan>>,
    /// Started when an autosave became due.
    pub(in crate::session) due: Option<Stopwatch>,
    /// The job that writes the plan's file or its known times.
    pub(in crate::session) saving: Option<u64>,
    /// The file that it saves the plan to.
    pub(in crate::session) saving_to: Option<PathBuf>,
    /// The save to start after that one.
    pub(in crate::session) next_save: Option<SaveOrder>,
    /// New times are accepted after that.
    pub(in crate::session) accepts_next: bool,
    /// The job that opens another plan.
    pub(in crate::session) opening: Option<u64>,
}

/// What is known about the content of the plan's file.
#[derive(Clone, Debug)]
pub(in crate::session) struct KnownContent {
    pub fingerprint: Option<Fingerprint>,
    pub saved: Option<Arc<Plan>>,
    pub has_earlier_base: bool,
}

/// A save that was requested.
#[derive(Debug)]
pub struct SaveOrder {
    pub path: PathBuf,
    pub overwrite: Overwrite,
}

/// Which file a save may replace.
#[derive(Clone, Copy, Debug)]
pub enum Overwrite {
    /// Only the file as it was last opened or saved.
    WhatWasOpened,
    Anything,
}

impl FileState {
    /// The state of a plan without a file.
    pub fn none() -> Self {
        Self::default()
    }

    /// The state of a plan that was opened from `path`, and the plan.
    pub(in crate::session) fn opened(path: PathBuf, opened: OpenedPlan) -> (Self, Plan) {
        let OpenedPlan { plan, unknown_fields, fingerprint, access, older_format, newer_format, completed_save: _ } =
            opened;
        let (lock, read_only) = match access {
            Access::Writable(lock) => (Some(lock), None),
            Access::ReadOnly(reason) => (None, Some(reason)),
        };
        let file = Self {
            path: Some(path),
            fingerprint: Some(fingerprint),
            lock,
            read_only,
            unknown_fields,
            older_format,
            newer_format,
            ..Self::default()
        };
        (file, plan)
    }

    /// The state of a plan whose file is missing or unreadable. `held` may be its lock.
    pub(in crate::session) fn unreadable(path: PathBuf, held: Option<Arc<Lock>>) -> Self {
        let (lock, read_only) = match held.filter(|held| held.covers(&path)) {
            Some(held) => (Some(held), None),
            None => match Lock::acquire(&path) {
                LockOutcome::Held(lock) => (Some(Arc::new(lock)), None),
                LockOutcome::HeldBy(who) => (None, Some(format!("It is open elsewhere: {who}"))),
                // The next save says what is wrong with the folder.
                LockOutcome::Unavailable(_) => (None, None),
            },
        };
        Self { path: Some(path), lock, read_only, ..Self::default() }
    }

    /// What is known about the content of the file.
    pub(in crate::session) fn on_disk(&self) -> KnownContent {
        KnownContent {
            fingerprint: self.fingerprint,
            saved: self.saved.clone(),
            has_earlier_base: self.has_earlier_base,
        }
    }

    /// Notes that the file has this content, and that a save may replace it.
    pub(in crate::session) fn set_on_disk(&mut self, content: KnownContent) {
        let KnownContent { fingerprint, saved, has_earlier_base } = content;
        (self.fingerprint, self.saved, self.has_earlier_base) = (fingerprint, saved, has_earlier_base);
    }

    pub fn is_saved(&self, plan: &Arc<Plan>) -> bool {
        self.saved.as_ref().is_some_and(|saved| Arc::ptr_eq(saved, plan))
    }

    /// The plan as it is on disk, or one that needs no saving.
    pub fn saved(&self) -> Option<&Arc<Plan>> {
        self.saved.as_ref()
    }

    /// The plan's own file; none if it was never saved.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Refuses to write an output over this plan's own file.
    pub fn guard(&self, destination: &Path) -> Result<(), SaveError> {
        store::guard_plan(destination, self.path.as_deref())
    }

    pub fn read_only_reason(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// The file's name for titles; "Not saved yet" without one.
    pub fn name(&self) -> String {
        let name = self.path.as_deref().and_then(Path::file_name);
        name.map_or_else(|| "Not saved yet".to_owned(), |name| name.to_string_lossy().into_owned())
    }
}
