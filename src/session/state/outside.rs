//! What others wrote to the plan's file or to conflicted copies of it, until it is decided what to do about it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::session::state::file_state::KnownContent;
use crate::store::{ConflictedCopy, Fingerprint, FoundPlan, WatchNews};

/// All changes from outside.
#[derive(Default)]
pub struct OutsideChanges {
    /// For the thread that watches the file.
    pub(in crate::session) known: Arc<KnownFingerprint>,
    /// News that wait for the end of a save.
    pub(in crate::session) waiting: Option<WatchNews>,
    pub(in crate::session) file: Option<FileChange>,
    pub(in crate::session) copies: Vec<CopyChange>,
    pub(in crate::session) outcome: Option<MergeOutcome>,
    /// Merges and reloads since the last save, the oldest first.
    pub(in crate::session) steps: Vec<OutsideStep>,
    /// Whether the card is hidden until it is shown again or something else happens.
    pub(in crate::session) is_hidden: bool,
    /// Whether the card takes the keyboard focus; set for one frame.
    pub wants_focus: bool,
}

/// The content of the plan's file that the program has opened or saved.
#[derive(Debug, Default)]
pub(in crate::session) struct KnownFingerprint(Mutex<Option<Fingerprint>>);

impl KnownFingerprint {
    pub fn get(&self) -> Option<Fingerprint> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn set(&self, known: Option<Fingerprint>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = known;
    }
}

/// What has become of the plan's file.
#[derive(Clone, Debug)]
pub enum FileChange {
    Changed(ChangedFile),
    Missing,
    /// It is not a plan, or cannot be read. The reason is a sentence.
    Unreadable(String),
}

/// A plan that somebody else wrote to the plan's file.
#[derive(Clone, Debug)]
pub struct ChangedFile {
    pub found: Arc<FoundPlan>,
    /// "anna@desk-7", if the lock file says so.
    pub who: Option<String>,
    /// "at 14:03" or "on Sat 13 Mar 2027 14:03", on the plan's clock.
    pub when: Option<String>,
    /// What differs from the plan as it was last opened or saved, in one line.
    pub changes: String,
    /// Whether it is a version of this plan that this program can save.
    pub is_mergeable: bool,
}

/// A conflicted copy of the plan.
#[derive(Clone, Debug)]
pub struct CopyChange {
    pub copy: ConflictedCopy,
    pub when: Option<String>,
    /// What merging it would change, in one line; empty if it only leaves conflicts.
    pub changes: String,
    /// How many conflicts merging it would leave.
    pub conflicts: usize,
    pub base: MergeBase,
    pub state: CopyState,
    pub is_postponed: bool,
}

/// What was done with a conflicted copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyState {
    Offered,
    /// It has nothing that the plan does not have.
    NothingNew,
    /// It could not be merged. The reason is a sentence.
    Unmergeable(String),
    /// It is not a plan, or damaged. The reason is a sentence.
    Unreadable(String),
    /// It was merged by the step that led to the state with this number.
    Merged(u64),
    /// It was merged, and the plan was saved since.
    Saved,
}

/// The version with which both sides of a merge began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeBase {
    /// The plan as it was last opened or saved.
    Saved,
    /// A kept version, and when it was saved.
    Version(String),
    Unknown,
}

/// What a merge led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeOutcome {
    /// The name of the file that was merged.
    pub name: String,
    /// What changed in the plan, in one line; empty if it only led to conflicts.
    pub changes: String,
    pub conflicts: usize,
    /// Their records that got new ids, as sentences without a full stop.
    pub renamed: Vec<String>,
    /// The findings that neither side had: code and message.
    pub findings: Vec<String>,
    pub base: MergeBase,
    /// The number of the state to which the merge led.
    pub(in crate::session) step: u64,
}

impl MergeOutcome {
    /// Whether there is something to look at.
    pub fn is_notable(&self) -> bool {
        self.conflicts > 0 || !self.renamed.is_empty() || !self.findings.is_empty() || self.base == MergeBase::Unknown
    }
}

/// A merge or reload of the plan's file: a step of undo, and what was known of the file before and after it.
#[derive(Debug)]
pub(in crate::session) struct OutsideStep {
    pub number: u64,
    pub before: KnownContent,
    pub after: KnownContent,
    pub change: Option<FileChange>,
}

/// What the card is about.
#[derive(Clone, Copy, Debug)]
pub enum OutsideCard<'a> {
    Outcome(&'a MergeOutcome),
    File(&'a FileChange),
    Copy(&'a CopyChange),
}

impl OutsideChanges {
    /// What the card shows; none if it is hidden or there is nothing to decide.
    pub fn card(&self) -> Option<OutsideCard<'_>> {
        if self.is_hidden {
            return None;
        }
        let copy = || self.open_copies().find(|copy| !copy.is_postponed);
        let outcome = self.outcome.as_ref().map(OutsideCard::Outcome);
        outcome.or_else(|| self.file.as_ref().map(OutsideCard::File)).or_else(|| copy().map(OutsideCard::Copy))
    }

    /// Whether there is something to decide, shown or not.
    pub fn is_open(&self) -> bool {
        self.outcome.is_some() || self.file.is_some() || self.open_copies().next().is_some()
    }

    /// The conflicted copies about which there is something to decide.
    pub fn open_copies(&self) -> impl Iterator<Item = &CopyChange> {
        self.copies.iter().filter(|copy| !matches!(copy.state, CopyState::Merged(_)))
    }

    /// What has become of the plan's file, if it is not as it was opened or saved.
    pub fn file(&self) -> Option<&FileChange> {
        self.file.as_ref()
    }

    pub(in crate::session) fn copy_at(&mut self, path: &Path) -> Option<&mut CopyChange> {
        self.copies.iter_mut().find(|copy| copy.copy.path == path)
    }

    /// The copy that the card shows.
    pub(in crate::session) fn shown_copy(&self) -> Option<&CopyChange> {
        match self.card() {
            Some(OutsideCard::Copy(copy)) => Some(copy),
            Some(OutsideCard::File(_) | OutsideCard::Outcome(_)) | None => None,
        }
    }

    /// The file that the card offers to compare with, other than the plan's own.
    pub(in crate::session) fn shown_copy_path(&self) -> Option<PathBuf> {
        self.shown_copy().map(|copy| copy.copy.path.clone())
    }
}
