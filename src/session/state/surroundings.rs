//! The computer that the session runs on: its clock, its folders, its desktop.

use crate::session::state::clock::Clock;
use crate::store::ProgramFolders;

/// The clock, and the folders of settings and recovery files. Passed in, so that tests have their own.
pub struct Surroundings {
    pub(in crate::session) clock: Box<dyn Clock>,
    /// Without folders nothing is remembered.
    pub(in crate::session) folders: Option<ProgramFolders>,
}

/// The desktop around the program's window.
#[derive(Default)]
pub struct Desktop {
    pub is_dark: bool,
    /// Set when the program window may close.
    pub may_close: bool,
}
