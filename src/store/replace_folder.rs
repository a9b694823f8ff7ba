//! Replacing a folder of files as a whole: the new one is written beside it, then renamed.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use tempfile::{Builder, TempDir};

use super::error::SaveError;
use super::paths::{follow_link, parent_folder, sync_folder};
use super::stream::open_to_read;

/// The first bytes of a file, by which an earlier export is recognised. Exports into folders are smaller than this.
const SNIFFED: u64 = 1 << 20;

/// Writes `files` into the folder at `path`, which contains nothing else afterwards. An existing folder is only
/// replaced if `is_ours` recognises all of its files, by name and content, as written by an earlier export.
///
/// # Errors
/// [`SaveError::NotOurs`] if the folder contains anything else, or the error of the file system. The old folder is
/// still there then; if it could not be put back under its name, the error says where it is.
pub fn replace_folder(
    path: &Path,
    files: &[(String, Vec<u8>)],
    is_ours: impl Fn(&str, &[u8]) -> bool,
) -> Result<(), SaveError> {
    let failed = SaveError::failed(path);
    let target = follow_link(path);
    if let Some(name) = foreign_entry(&target, is_ours).map_err(&failed)? {
        return Err(SaveError::NotOurs { folder: path.to_owned(), name });
    }
    let parent = parent_folder(&target);
    let new = temporary(parent).map_err(&failed)?;
    for (name, bytes) in files {
        let written = File::create_new(new.path().join(name)).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        written.map_err(&failed)?;
    }
    sync_folder(new.path()).map_err(&failed)?;
    swap_in(&new, &target).map_err(&failed)?;
    // It has been renamed by now and must not be removed.
    let _ = new.keep();
    sync_folder(parent).map_err(|error| SaveError::Unsynced { error, path: path.to_owned() })
}

/// The alphabetically first entry that no export of ours wrote.
fn foreign_entry(folder: &Path, is_ours: impl Fn(&str, &[u8]) -> bool) -> io::Result<Option<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        entries => entries?,
    };
    let mut foreign = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_ours = entry.file_type()?.is_file() && is_ours(&name, &first_bytes(&entry.path())?);
        if !is_ours {
            foreign.push(name);
        }
    }
    Ok(foreign.into_iter().min())
}

fn first_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_to_read(path)?.take(SNIFFED).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn temporary(parent: &Path) -> io::Result<TempDir> {
    let mut builder = Builder::new();
    builder.prefix(".windowsill-").suffix(".windowsill-tmp").rand_bytes(12);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As for any new folder, the person's umask decides who else may read it.
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    builder.tempdir_in(parent)
}

/// Renames the new folder to `target`. The old one is removed last.
fn swap_in(new: &TempDir, target: &Path) -> io::Result<()> {
    if !target.exists() {
        return fs::rename(new.path(), target);
    }
    let aside = temporary(parent_folder(target))?;
    let old = aside.path().join("old");
    fs::rename(target, &old)?;
    fs::rename(new.path(), target).map_err(|error| put_back(aside, target, error))
}

/// Puts the old folder back after `error`. Without success it stays where it is, and the error names its path.
fn put_back(aside: TempDir, target: &Path, error: io::Error) -> io::Error {
    if fs::rename(aside.path().join("old"), target).is_ok() {
        return error;
    }
    let old = aside.keep().join("old");
    // An error of another kind would be explained without this text.
    io::Error::other(format!("{error}; the old folder is now {}", old.display()))
}

#[cfg(test)]
mod tests {
    use super::super::replace_file::tests::names;
    use super::*;

    fn files(names: &[&str]) -> Vec<(String, Vec<u8>)> {
        names.iter().map(|name| ((*name).to_owned(), b"ours".to_vec())).collect()
    }

    fn is_ours(_: &str, bytes: &[u8]) -> bool {
        bytes == b"ours"
    }

    #[test]
    fn a_folder_is_created_and_replaced_and_nothing_is_left_beside_it() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("calendars");
        replace_folder(&folder, &files(&["a.ics", "b.ics"]), is_ours).unwrap();
        replace_folder(&folder, &files(&["b.ics", "c.ics"]), is_ours).unwrap();
        assert_eq!(
            (names(&folder), names(home.path())),
            (vec!["b.ics".into(), "c.ics".into()], vec!["calendars".into()])
        );
    }

    #[test]
    fn a_folder_with_foreign_files_is_not_replaced() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("letter.txt"), "dear").unwrap();
        let error = replace_folder(home.path(), &files(&["a.ics"]), is_ours).unwrap_err();
        assert!(error.to_string().contains("letter.txt"), "{error}");
        assert_eq!(names(home.path()), ["letter.txt"]);
    }

    #[test]
    fn an_old_folder_that_cannot_be_put_back_is_kept_and_named() {
        let home = tempfile::tempdir().unwrap();
        let aside = temporary(home.path()).unwrap();
        fs::create_dir(aside.path().join("old")).unwrap();
        fs::write(aside.path().join("old/a.ics"), "ours").unwrap();
        // A folder with files cannot be replaced, so the old one cannot get its name back.
        let target = home.path().join("calendars");
        fs::create_dir(&target).unwrap();
        fs::write(target.join("b.ics"), "theirs").unwrap();
        let kept = aside.path().join("old");
        let error = SaveError::failed(&target)(put_back(aside, &target, io::ErrorKind::PermissionDenied.into()));
        assert!(error.to_string().contains(&format!("the old folder is now {}", kept.display())), "{error}");
        assert_eq!(fs::read_to_string(kept.join("a.ics")).unwrap(), "ours");
    }

    #[test]
    fn a_write_that_fails_leaves_the_old_folder_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("calendars");
        replace_folder(&folder, &files(&["a.ics"]), is_ours).unwrap();
        replace_folder(&folder, &files(&["b.ics", "no/such/folder.ics"]), is_ours).unwrap_err();
        assert_eq!((names(&folder), names(home.path())), (vec!["a.ics".into()], vec!["calendars".into()]));
    }
}
