//! A plan that another person or program wrote: to the plan's own file, or to a copy beside it.

use std::path::Path;

use super::error::{LoadError, LoadProblem};
use super::file_stamp::FileStamp;
use super::fingerprint::Fingerprint;
use super::format::{LoadedPlan, parse};
use super::interrupted_save::InterruptedSave;
use super::open::first_invalid_line;
use super::text::{LARGEST_FILE, read_bytes};
use crate::encoding::decode_unicode;
use crate::model::UtcMinute;

/// A plan that was read without locking its file.
#[derive(Debug)]
pub struct FoundPlan {
    pub loaded: LoadedPlan,
    /// What is in the file.
    pub fingerprint: Fingerprint,
    /// When it was written, if the file system knows.
    pub modified_at: Option<UtcMinute>,
}

impl FoundPlan {
    /// Reads the plan at `path`. Nothing is changed, not even to complete an interrupted save.
    ///
    /// # Errors
    /// A file that cannot be read, is not a plan, or is being written.
    pub fn read(path: &Path) -> Result<Self, LoadError> {
        Self::from_bytes(&read_bytes(path, LARGEST_FILE)?, path)
    }

    /// `path` is where the content is from.
    pub(super) fn from_bytes(bytes: &[u8], path: &Path) -> Result<Self, LoadError> {
        let text =
            decode_unicode(bytes).ok_or_else(|| LoadProblem::NotUtf8 { line: first_invalid_line(bytes) }.at(path))?;
        if let Some(InterruptedSave { who, .. }) = InterruptedSave::find(&text) {
            return Err(LoadProblem::BeingSaved { who }.at(path));
        }
        let loaded = parse(&text).map_err(|error| error.problem.at(path))?;
        let modified_at = FileStamp::read(path).ok().flatten().and_then(|stamp| stamp.modified_at());
        Ok(Self { loaded, fingerprint: Fingerprint::from_bytes(bytes), modified_at })
    }

    /// Whether this program can save the plan without losing anything.
    pub fn is_complete(&self) -> bool {
        !self.loaded.newer_format && self.loaded.unknown_fields.is_empty()
    }
}
