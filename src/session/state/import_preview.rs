//! An import as it is previewed.

use std::path::PathBuf;
use std::sync::Arc;

use crate::import::{ImportKind, Imported, Options};

/// An import that waits for a yes.
#[derive(Clone, Debug)]
pub struct ImportPreview {
    pub paths: Vec<PathBuf>,
    /// The table that was pasted instead of read from a file.
    pub pasted: Option<Arc<str>>,
    pub kind: &'static ImportKind,
    pub options: Options,
    /// What was read last, or why nothing could be read; `None` until the first reading is done.
    pub imported: Option<Result<Imported, String>>,
    /// The job that reads the files with the options, if these were changed since.
    pub job: Option<u64>,
}
