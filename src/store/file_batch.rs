//! Many files that belong together: none appears in the folder before all of them are complete.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempDir};

use super::error::SaveError;
use super::paths::sync_folder;
use super::plan_guard::guard_plan;
use super::replace_file::write_bytes;

/// Files on their way into a folder. They are first written into a hidden folder inside it. Dropping the batch before
/// [`FileBatch::commit`] removes that folder, so a cancelled export leaves nothing behind.
pub struct FileBatch {
    folder: PathBuf,
    hidden: TempDir,
    names: Vec<String>,
}

impl FileBatch {
    /// An empty batch for `folder`, which is created if it does not exist.
    ///
    /// # Errors
    /// The error of the file system.
    pub fn new(folder: &Path) -> Result<Self, SaveError> {
        let failed = SaveError::failed(folder);
        fs::create_dir_all(folder).map_err(&failed)?;
        let hidden = Builder::new().prefix(".windowsill-").rand_bytes(12).tempdir_in(folder).map_err(&failed)?;
        Ok(Self { folder: folder.to_owned(), hidden, names: Vec::new() })
    }

    /// Adds a file; `name` is its name in the folder, not a path.
    ///
    /// # Errors
    /// The error of the file system, or a name that is a path.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), SaveError> {
        let target = self.folder.join(name);
        let failed = SaveError::failed(&target);
        if Path::new(name).file_name().is_none_or(|file| file != name) {
            return Err(failed(io::ErrorKind::InvalidFilename.into()));
        }
        let mut file = File::create_new(self.hidden.path().join(name)).map_err(&failed)?;
        file.write_all(bytes).map_err(&failed)?;
        file.sync_all().map_err(&failed)?;
        self.names.push(name.to_owned());
        Ok(())
    }

    /// Moves all files into the folder, where they replace regular files of the same names. Through links, pipes and
    /// devices they are written. They are safely on disk when this returns.
    ///
    /// # Errors
    /// A folder that has the name of a file, or a plan that would be replaced: no file was moved then. Or the error of the file system, after which some
    /// files may be in the folder.
    pub fn commit(self) -> Result<(), SaveError> {
        if let Some(folder) = self.names.iter().map(|name| self.folder.join(name)).find(|target| target.is_dir()) {
            return Err(SaveError::failed(&folder)(io::ErrorKind::IsADirectory.into()));
        }
        self.names.iter().try_for_each(|name| guard_plan(&self.folder.join(name), None))?;
        for name in &self.names {
            let (target, hidden) = (self.folder.join(name), self.hidden.path().join(name));
            let failed = SaveError::failed(&target);
            if fs::symlink_metadata(&target).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
                write_bytes(&target, &fs::read(hidden).map_err(&failed)?)?;
            } else {
                fs::rename(hidden, &target).map_err(&failed)?;
            }
        }
        sync_folder(&self.folder).map_err(|error| SaveError::Unsynced { error, path: self.folder.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::replace_file::tests::names;

    #[test]
    fn files_appear_in_the_folder_all_at_once() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("new/folder");
        let mut batch = FileBatch::new(&folder).unwrap();
        fs::write(folder.join("a.txt"), "old").unwrap();
        batch.add("a.txt", b"new").unwrap();
        batch.add("b.txt", b"b").unwrap();
        assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), "old");
        batch.commit().unwrap();
        assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), "new");
        assert_eq!(names(&folder), ["a.txt", "b.txt"]);
    }

    #[test]
    fn a_folder_with_the_name_of_a_file_stops_all_files() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("b.txt")).unwrap();
        let mut batch = FileBatch::new(home.path()).unwrap();
        batch.add("a.txt", b"a").unwrap();
        batch.add("b.txt", b"b").unwrap();
        let error = batch.commit().unwrap_err();
        assert!(error.to_string().contains("b.txt"), "{error}");
        assert_eq!(names(home.path()), ["b.txt"]);
    }

    #[test]
    fn a_dropped_batch_leaves_nothing_behind() {
        let home = tempfile::tempdir().unwrap();
        let mut batch = FileBatch::new(home.path()).unwrap();
        batch.add("a.txt", b"a").unwrap();
        drop(batch);
        assert!(names(home.path()).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_folder_stays_a_link() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("real.txt"), "old").unwrap();
        std::os::unix::fs::symlink("real.txt", home.path().join("a.txt")).unwrap();
        let mut batch = FileBatch::new(home.path()).unwrap();
        batch.add("a.txt", b"new").unwrap();
        batch.commit().unwrap();
        assert_eq!(fs::read_to_string(home.path().join("real.txt")).unwrap(), "new");
        assert!(fs::symlink_metadata(home.path().join("a.txt")).unwrap().is_symlink());
    }

    #[test]
    fn a_path_is_refused_as_a_name() {
        let home = tempfile::tempdir().unwrap();
        let mut batch = FileBatch::new(home.path()).unwrap();
        for name in ["../a.txt", "/a.txt", "a/b.txt", "..", ""] {
            assert!(batch.add(name, b"").is_err(), "{name:?}");
        }
    }
}
