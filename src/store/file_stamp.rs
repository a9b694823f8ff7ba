//! What the file system says about a file without reading it.

use std::io;
use std::path::Path;
use std::time::SystemTime;

use chrono::{DateTime, Utc};

use crate::model::UtcMinute;

/// Length, times and number of a file. If it is the same as before, so is the content, except for changes within the
/// precision of the file system's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileStamp {
    length: u64,
    modified: Option<SystemTime>,
    /// Device, number, and when anything about the file changed.
    identity: (u64, u64, i64, i64),
}

impl FileStamp {
    /// Reads the stamp of the file, or of the file that a link leads to. None if it is missing.
    pub(super) fn read(path: &Path) -> io::Result<Option<Self>> {
        match std::fs::metadata(path) {
            Ok(found) => {
                let modified = found.modified().ok();
                Ok(Some(Self { length: found.len(), modified, identity: identity(&found) }))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// When the content was last changed, if the file system knows.
    pub(super) fn modified_at(&self) -> Option<UtcMinute> {
        // Times that chrono cannot hold are not those of a file.
        let seconds = self.modified?.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
        DateTime::<Utc>::from_timestamp(i64::try_from(seconds).ok()?, 0).map(UtcMinute::from_utc)
    }
}

#[cfg(unix)]
fn identity(found: &std::fs::Metadata) -> (u64, u64, i64, i64) {
    use std::os::unix::fs::MetadataExt as _;
    (found.dev(), found.ino(), found.ctime(), found.ctime_nsec())
}

#[cfg(not(unix))]
fn identity(_: &std::fs::Metadata) -> (u64, u64, i64, i64) {
    (0, 0, 0, 0)
}
