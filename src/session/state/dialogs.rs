//! The open dialog, and what happens after it.

use crate::session::verbs::action::{After, Dialog};

#[derive(Default)]
pub struct Dialogs {
    /// The open dialog; there is at most one.
    pub open: Option<Dialog>,
    /// Whether the recovery files of an earlier run have been offered.
    pub(in crate::session) has_offered: bool,
    /// What to do once the plan is saved.
    pub(in crate::session) after_save: Option<After>,
}
