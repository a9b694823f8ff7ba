//! The open dialog, and what happens after it.

use std::sync::Arc;

use crate::model::Plan;
use crate::session::verbs::action::{After, Dialog};

#[derive(Default)]
pub struct Dialogs {
    /// The open dialog; there is at most one.
    pub open: Option<Dialog>,
    /// Whether the recovery files of an earlier run have been offered.
    pub(in crate::session) has_offered: bool,
    pub(in crate::session) after_save: Option<AfterSave>,
}

/// What to do once the plan is saved.
#[derive(Debug)]
pub(in crate::session) struct AfterSave {
    pub then: After,
    /// The plan whose unsaved changes may be lost without another question.
    pub discarded: Option<Arc<Plan>>,
}
