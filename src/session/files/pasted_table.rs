//! A pasted table as a source of imports.

use std::io::Read;
use std::sync::Arc;

use crate::import::{Source, SourceFile};
use crate::progress::Progress;

/// What a pasted table is called where others have the name of a file.
pub const CLIPBOARD: &str = "the clipboard";

struct PastedTable(Arc<str>);

impl SourceFile for PastedTable {
    fn name(&self) -> &str {
        CLIPBOARD
    }

    fn is_named(&self) -> bool {
        true
    }

    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    fn open(&self) -> Result<Box<dyn Read + '_>, String> {
        Ok(Box::new(self.0.as_bytes()))
    }
}

/// The source for the text of a table.
pub fn pasted_source(text: Arc<str>, progress: &Progress) -> Source<'_> {
    Source::new(vec![Box::new(PastedTable(text))], progress)
}
