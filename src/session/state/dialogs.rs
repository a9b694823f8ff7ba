//! The dialog over the screen, and what waits for its answer.

use crate::session::verbs::action::{After, Dialog};

#[derive(Default)]
pub struct Dialogs {
    /// One at a time.
    pub open: Option<Dialog>,
    /// Whether what an earlier run left was offered once.
    pub(in crate::session) has_offered: bool,
    /// What is done once a save has ended well.
    pub(in crate::session) after_save: Option<After>,
}
