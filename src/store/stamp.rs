//! What a file held when we last read or wrote it, so that somebody else's change is noticed before it is overwritten.

use std::path::Path;
use std::{fmt, io};

use serde::{Deserialize, Serialize};

use super::text::read_bytes;
use super::{LARGEST_FILE, LoadProblem};

/// Length and fingerprint of a file's bytes. Two files with one stamp hold the same, whenever they were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    length: u64,
    fingerprint: u64,
}

impl Stamp {
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self { length: bytes.len() as u64, fingerprint: fingerprint(bytes) }
    }

    /// The stamp of what is on disk now; none where there is no file.
    ///
    /// # Errors
    /// A file that is there and cannot be read.
    pub fn of_file(path: &Path) -> io::Result<Option<Self>> {
        match read_bytes(path, LARGEST_FILE).map_err(|error| error.problem) {
            Ok(bytes) => Ok(Some(Self::of_bytes(&bytes))),
            Err(LoadProblem::Unreadable(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(LoadProblem::Unreadable(error)) => Err(error),
            // No plan of ours is that large, so the stamp need only differ from every one that we made.
            Err(_) => Ok(Some(Self { length: u64::MAX, fingerprint: 0 })),
        }
    }
}

/// As part of a file's name.
impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{:016x}", self.length, self.fingerprint)
    }
}

/// FNV-1a with 64 bits (draft-eastlake-fnv): the same in every version of the program. Against accidents, not attacks.
pub(super) fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_is_the_published_one() {
        assert_eq!(fingerprint(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_file_that_is_not_there_has_no_stamp() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Stamp::of_file(&folder.path().join("none.ron")).unwrap(), None);
    }
}
