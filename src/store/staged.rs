//! Many files that belong together: all of them are put into a folder, or none.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempDir};

use super::error::SaveError;
use super::save::sync_folder;

/// Files on their way into a folder. They are written into a hidden one inside it first, which is gone when this is
/// dropped: whoever stops half way leaves nothing behind.
pub struct Staged {
    folder: PathBuf,
    hidden: TempDir,
    names: Vec<String>,
}

impl Staged {
    /// Makes the folder where it is not there yet.
    ///
    /// # Errors
    /// What the disk said.
    pub fn into_folder(folder: &Path) -> Result<Self, SaveError> {
        let failed = SaveError::failed(folder);
        fs::create_dir_all(folder).map_err(&failed)?;
        let hidden = Builder::new().prefix(".windowsill-").tempdir_in(folder).map_err(&failed)?;
        Ok(Self { folder: folder.to_owned(), hidden, names: Vec::new() })
    }

    /// Puts those files into the folder, all of them or none.
    ///
    /// # Errors
    /// What the disk said, or a name that leads elsewhere.
    pub fn write<'f>(folder: &Path, files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Result<(), SaveError> {
        let mut staged = Self::into_folder(folder)?;
        for (name, bytes) in files {
            staged.add(name, bytes)?;
        }
        staged.finish()
    }

    /// Writes one more; `name` is that of a file in the folder, not a path.
    ///
    /// # Errors
    /// What the disk said, or a name that leads elsewhere.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), SaveError> {
        let target = self.folder.join(name);
        let failed = SaveError::failed(&target);
        if Path::new(name).file_name().is_none_or(|file| file != name) {
            return Err(failed(io::ErrorKind::InvalidFilename.into()));
        }
        let mut file = File::create(self.hidden.path().join(name)).map_err(&failed)?;
        file.write_all(bytes).map_err(&failed)?;
        file.sync_all().map_err(&failed)?;
        self.names.push(name.to_owned());
        Ok(())
    }

    /// Puts all of them into the folder, where they replace files of the same names. When this is back, they are
    /// safely on disk.
    ///
    /// # Errors
    /// What the disk said; some files may be in the folder by then.
    pub fn finish(self) -> Result<(), SaveError> {
        for name in &self.names {
            let target = self.folder.join(name);
            fs::rename(self.hidden.path().join(name), &target).map_err(SaveError::failed(&target))?;
        }
        sync_folder(&self.folder).map_err(SaveError::failed(&self.folder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn nothing_is_in_the_folder_until_all_is_and_then_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("new/folder");
        let mut staged = Staged::into_folder(&folder).unwrap();
        fs::write(folder.join("a.txt"), "old").unwrap();
        staged.add("a.txt", b"new").unwrap();
        staged.add("b.txt", b"b").unwrap();
        assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), "old");
        staged.finish().unwrap();
        assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), "new");
        assert_eq!(names(&folder), ["a.txt", "b.txt"]);
    }

    #[test]
    fn whoever_stops_half_way_leaves_nothing_behind() {
        let home = tempfile::tempdir().unwrap();
        let mut staged = Staged::into_folder(home.path()).unwrap();
        staged.add("a.txt", b"a").unwrap();
        drop(staged);
        assert!(names(home.path()).is_empty());
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let mut staged = Staged::into_folder(home.path()).unwrap();
        for name in ["../a.txt", "/a.txt", "a/b.txt", "..", ""] {
            assert!(staged.add(name, b"").is_err(), "{name:?}");
        }
    }
}
