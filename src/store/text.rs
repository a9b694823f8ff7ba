//! Reading text files of any encoding, with a limit on their size.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use super::error::{LoadError, LoadProblem};
use super::stream::open_to_read;
use crate::encoding::{DecodedText, decode};

/// The largest file that is read, in bytes: 64 MB.
pub const LARGEST_FILE: u64 = 64 << 20;

/// Reads a text file of at most `limit` bytes as UTF-8, as UTF-16 if it has a BOM, or else as Windows-1252 with a
/// warning.
///
/// # Errors
/// A file that is too large or cannot be read.
pub fn read_text(path: &Path, limit: u64) -> Result<DecodedText, LoadError> {
    read_bytes(path, limit).map(|bytes| decode(&bytes))
}

/// Reads a file of at most `limit` bytes.
pub(super) fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, LoadError> {
    let unreadable = |error| LoadProblem::Unreadable(error).at(path);
    let file = open_to_read(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(unreadable(ErrorKind::IsADirectory.into()));
    }
    // Reading one byte more than allowed shows that the file is too large even if its length is not known beforehand.
    if metadata.len() <= limit {
        let bytes = first_bytes(file, limit.saturating_add(1)).map_err(unreadable)?;
        if bytes.len() as u64 <= limit {
            return Ok(bytes);
        }
    }
    Err(LoadProblem::TooLarge { limit }.at(path))
}

/// At most the first `most` bytes of a file.
pub(super) fn first_bytes(file: File, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_over_the_limit_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(&path, "0123456789").unwrap();
        assert_eq!(read_text(&path, 10).unwrap().text, "0123456789");
        let error = read_text(&path, 9).unwrap_err();
        assert!(matches!(error.problem, LoadProblem::TooLarge { limit: 9 }));
        assert!(read_text(folder.path(), 10).unwrap_err().to_string().starts_with("This is a folder"));
    }
}
