//! What a save does with the file that already exists.

use std::path::Path;

use super::error::SaveError;
use super::fingerprint::Fingerprint;

/// What to do with an existing file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Existing {
    Replace,
    /// Replaced only if it still has this content, which is checked when everything is ready to replace it. A missing
    /// file is written again.
    ReplaceContent(Fingerprint),
    Keep,
}

impl Existing {
    /// Refuses to replace a file with another content than is expected.
    pub(super) fn check(self, target: &Path) -> Result<(), SaveError> {
        let Self::ReplaceContent(expected) = self else { return Ok(()) };
        match Fingerprint::read(target).map_err(SaveError::failed(target))? {
            Some(found) if found != expected => Err(SaveError::ChangedOnDisk(target.to_owned())),
            _ => Ok(()),
        }
    }
}
