//! The attributes of a file where the system is not Unix: the read-only flag. The file that replaces another one gets the
//! access control list that its folder gives to new files.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// What is kept when a file is replaced.
#[derive(Clone, Debug)]
pub(super) struct FileAttributes(fs::Permissions);

impl FileAttributes {
    /// The attributes of the file at `path`; none if it does not exist.
    pub(super) fn read(path: &Path) -> io::Result<Option<Self>> {
        match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            found => Ok(Some(Self(found?.permissions()))),
        }
    }

    /// Whether other names lead to the file, too. The standard library does not tell.
    #[expect(clippy::unused_self, reason = "like the function for unix")]
    pub(super) fn has_other_names(&self) -> bool {
        false
    }

    /// Gives all of them to `file`.
    ///
    /// # Errors
    /// The system does not allow that.
    pub(super) fn give_to(&self, file: &File) -> io::Result<()> {
        file.set_permissions(self.0.clone())
    }

    /// Gives none of them: a new file has the rights of its folder.
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "like the function for unix")]
    pub(super) fn give_part_to(&self, _: &File) -> io::Result<()> {
        Ok(())
    }
}
