//! The open dialog, and what happens after it.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use crate::import::Topic;
use crate::model::Plan;
use crate::session::verbs::action::{After, Dialog};

#[derive(Default)]
pub struct Dialogs {
    /// The open dialog; there is at most one.
    pub open: Option<Dialog>,
    /// The path that was typed, until its file is open.
    pub(in crate::session) typed: Option<PathBuf>,
    /// The typed path whose file could not be opened, shown until the dialog opens again.
    pub not_opened: Option<FailedPath>,
    /// The path that was chosen last, for a file of any kind.
    pub last_path: Option<PathBuf>,
    /// Whether the recovery files of an earlier run have been offered.
    pub(in crate::session) has_offered: bool,
    pub(in crate::session) after_save: Option<AfterSave>,
    /// Files that are imported once the open import is answered.
    pub(in crate::session) imports: VecDeque<WaitingImport>,
    /// Why files cannot be imported, until the others are done.
    pub(in crate::session) failed_imports: Vec<String>,
    /// Whether the list of what must be decided opens again after the import that was started from it.
    pub(in crate::session) returns_to_meetings: bool,
}

/// A path that was typed, and why its file could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedPath {
    pub path: PathBuf,
    pub reason: String,
}

/// Files that wait for their turn to be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::session) struct WaitingImport {
    /// None if the content decides, or a person.
    pub topic: Option<Topic>,
    pub paths: Vec<PathBuf>,
}

/// What to do once the plan is saved.
#[derive(Debug)]
pub(in crate::session) struct AfterSave {
    pub then: After,
    /// The plan whose unsaved changes may be lost without another question.
    pub discarded: Option<Arc<Plan>>,
}
