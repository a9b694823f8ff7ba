//! A pasted table as a source of imports.

use crate::import::{MemoryFile, Source};
use crate::progress::Progress;

/// What a pasted table is called where others have the name of a file.
pub const CLIPBOARD: &str = "the clipboard";

/// The source for the text of a table.
pub fn pasted_source<'a>(text: &str, progress: &'a Progress) -> Source<'a> {
    Source::new(vec![Box::new(MemoryFile::new(CLIPBOARD, text))], progress)
}
