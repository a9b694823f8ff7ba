//! The computer that the session runs on: its clock, its folders, its desktop.

use std::sync::Arc;

use crate::session::state::clock::Clock;
use crate::session::state::panic_record::PanicRecord;
use crate::store::ProgramFolders;

/// The clock, and the folders of settings and recovery files. Passed in, so that tests have their own.
pub struct Surroundings {
    pub(in crate::session) clock: Box<dyn Clock>,
    /// Without folders nothing is remembered.
    pub(in crate::session) folders: Option<ProgramFolders>,
    /// What a panic writes, and what it wrote.
    pub(in crate::session) panics: Arc<PanicRecord>,
}

/// The desktop around the program's window.
#[derive(Default)]
pub struct Desktop {
    pub is_dark: bool,
    /// Set when the program window may close.
    pub may_close: bool,
    /// What was copied, until the window has put it on the desktop's clipboard.
    pub clipboard: Option<String>,
}
