//! What a file held when we last read or wrote it, so that another program's change is noticed before it is
//! overwritten.

use std::path::Path;
use std::str::FromStr;
use std::{fmt, io};

use serde::{Deserialize, Serialize};

use super::text::read_bytes;
use super::{LARGEST_FILE, LoadProblem};
use crate::model::fnv1a;

/// Length and hash of a file's bytes. Two files with the same fingerprint have the same content, whenever they were
/// written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    length: u64,
    #[serde(rename = "fingerprint")]
    hash: u64,
}

impl Fingerprint {
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self { length: bytes.len() as u64, hash: fnv1a(bytes) }
    }

    /// Reads what `Display` writes; none for any other text.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let (length, hash) = text.split_once('-')?;
        Some(Self { length: u64::from_str_radix(length, 16).ok()?, hash: u64::from_str_radix(hash, 16).ok()? })
    }

    /// One that no file has: of a content that is not known.
    pub fn unknown() -> Self {
        Self { length: u64::MAX, hash: 1 }
    }

    /// The fingerprint of what is on disk now; none if there is no file.
    ///
    /// # Errors
    /// A file that exists and cannot be read.
    pub fn read(path: &Path) -> io::Result<Option<Self>> {
        match read_bytes(path, LARGEST_FILE).map_err(|error| error.problem) {
            Ok(bytes) => Ok(Some(Self::from_bytes(&bytes))),
            Err(LoadProblem::Unreadable(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(LoadProblem::Unreadable(error)) => Err(error),
            // No plan of ours is that large, so it only needs to differ from every fingerprint that we made.
            Err(_) => Ok(Some(Self { length: u64::MAX, hash: 0 })),
        }
    }
}

/// As part of a file's name, and in recovery files.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{:016x}", self.length, self.hash)
    }
}

/// Reads what [`Display`](fmt::Display) writes.
impl FromStr for Fingerprint {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (length, hash) = text.split_once('-').ok_or(())?;
        let number = |text| u64::from_str_radix(text, 16).map_err(drop);
        Ok(Self { length: number(length)?, hash: number(hash)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_it_is_written() {
        for fingerprint in [Fingerprint::from_bytes(b""), Fingerprint::from_bytes(b"plan"), Fingerprint::unknown()] {
            assert_eq!(Fingerprint::from_text(&fingerprint.to_string()), Some(fingerprint));
        }
        for text in ["", "-", "4", "x-1", "4-y"] {
            assert_eq!(Fingerprint::from_text(text), None, "{text}");
        }
    }

    #[test]
    fn a_missing_file_has_no_fingerprint() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Fingerprint::read(&folder.path().join("none.ron")).unwrap(), None);
    }
}
