//! Saving so that a crash, a full disk or another program never costs the old file: written beside it, then renamed.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::error::SaveError;
use super::format::to_text;
use super::stamp::Stamp;
use crate::model::Plan;

const TEMPORARY: &str = ".windowsill-tmp";
/// Longer file names are cut before random letters and our ending are put to them; file systems allow 255 bytes.
const LONGEST_PREFIX: usize = 60;

/// Saves a plan. `expected` is what the caller believes to be on disk: the stamp of what it opened or saved last, or
/// none for a file that should not be there yet. A file that was deleted meanwhile is written again.
///
/// # Errors
/// [`SaveError::ChangedOnDisk`] or [`SaveError::AlreadyThere`] where something else is on disk; nothing is written then.
/// Otherwise what the disk said.
pub fn save(path: &Path, plan: &Plan, expected: Option<&Stamp>) -> Result<Stamp, SaveError> {
    let text = text_of(plan, path)?;
    let found = Stamp::of_file(path).map_err(SaveError::failed(path))?;
    match (expected, found) {
        (Some(expected), Some(found)) if *expected != found => return Err(SaveError::ChangedOnDisk(path.to_owned())),
        (None, Some(_)) => return Err(SaveError::AlreadyThere(path.to_owned())),
        (None, None) => replace(path, text.as_bytes(), Existing::Kept)?,
        (Some(_), _) => replace(path, text.as_bytes(), Existing::Replaced)?,
    }
    Ok(Stamp::of_bytes(text.as_bytes()))
}

/// Saves a plan whatever is on disk, after a person has said so.
///
/// # Errors
/// What the disk said; the old file is still there then.
pub fn save_anyway(path: &Path, plan: &Plan) -> Result<Stamp, SaveError> {
    let text = text_of(plan, path)?;
    replace(path, text.as_bytes(), Existing::Replaced)?;
    Ok(Stamp::of_bytes(text.as_bytes()))
}

/// The plan's text; `path` is where it is to go.
pub(super) fn text_of(plan: &Plan, path: &Path) -> Result<String, SaveError> {
    to_text(plan).map_err(|error| SaveError::failed(path)(io::Error::other(error)))
}

/// Writes any other file, such as an export, as safely as a plan. Replaces what was there.
///
/// # Errors
/// What the disk said; the old file is still there then.
pub fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    sweep(path);
    replace(path, bytes, Existing::Replaced)
}

/// Removes what a crash has left of our unfinished saves of that file. What is being written right now is locked
/// and stays.
pub(super) fn sweep(path: &Path) {
    let path = target_of(path);
    let prefix = temporary_prefix(&path);
    let Ok(entries) = fs::read_dir(folder_of(&path)) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(&prefix)
            && name.ends_with(TEMPORARY)
            && File::options().write(true).open(entry.path()).is_ok_and(|file| file.try_lock().is_ok())
        {
            // Whoever cannot remove it will not miss it either: the plan does not depend on it.
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Existing {
    Replaced,
    Kept,
}

fn replace(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), SaveError> {
    replace_with(path, existing, |file| file.write_all(bytes))
}

fn replace_with(
    path: &Path,
    existing: Existing,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<(), SaveError> {
    let failed = SaveError::failed(path);
    let target = target_of(path);
    if target.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    let mut temporary = temporary_beside(&target).map_err(&failed)?;
    // Tells sweepers that it is being written. On a disk that knows no locks nothing is ever swept.
    let _ = temporary.as_file().try_lock();
    write(temporary.as_file_mut()).map_err(&failed)?;
    if let Ok(old) = fs::metadata(&target) {
        temporary.as_file().set_permissions(old.permissions()).map_err(&failed)?;
    }
    temporary.as_file().sync_all().map_err(&failed)?;
    match existing {
        Existing::Replaced => temporary.persist(&target),
        Existing::Kept => temporary.persist_noclobber(&target),
    }
    .map_err(|error| match error.error {
        error if error.kind() == io::ErrorKind::AlreadyExists => SaveError::AlreadyThere(path.to_owned()),
        error => failed(error),
    })?;
    sync_folder(folder_of(&target)).map_err(&failed)
}

fn temporary_beside(target: &Path) -> io::Result<NamedTempFile> {
    let prefix = temporary_prefix(target);
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: others may read what the person's umask lets them.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder_of(target))
}

/// ".plan.ron." for "plan.ron".
fn temporary_prefix(target: &Path) -> String {
    let name = target.file_name().map(OsString::from).unwrap_or_default().to_string_lossy().into_owned();
    let end = name.floor_char_boundary(LONGEST_PREFIX);
    format!(".{}.", &name[..end])
}

/// Where the bytes of `path` are: a symbolic link is written through, also one whose target is not there yet.
pub(super) fn target_of(path: &Path) -> PathBuf {
    if let Ok(real) = fs::canonicalize(path) {
        return real;
    }
    match fs::read_link(path) {
        Ok(link) => folder_of(path).join(link),
        Err(_) => path.to_owned(),
    }
}

pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The rename is on disk only when the folder is.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some network file systems know no sync of folders; the file itself is safe.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        result => result,
    }
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// What stands in a folder, sorted.
    pub(in crate::store) fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_write_that_fails_half_way_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.ron");
        fs::write(&path, "old").unwrap();
        let error = replace_with(&path, Existing::Replaced, |file| {
            file.write_all(b"ne")?;
            Err(io::ErrorKind::StorageFull.into())
        })
        .unwrap_err();
        assert_eq!(error.to_string(), format!("The disk is full. Make room, then save again: {}", path.display()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names(folder.path()), ["plan.ron"]);
    }

    #[test]
    fn sweeping_takes_our_orphans_and_leaves_what_is_being_written_and_what_is_others() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.ron");
        for name in [".plan.ron.abc.windowsill-tmp", ".other.ron.abc.windowsill-tmp", ".plan.ron.swp", "plan.ron"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let busy = temporary_beside(&path).unwrap();
        busy.as_file().try_lock().unwrap();
        sweep(&path);
        let mut left = vec![".other.ron.abc.windowsill-tmp", ".plan.ron.swp", "plan.ron"];
        let busy_name = busy.path().file_name().unwrap().to_str().unwrap();
        left.push(busy_name);
        left.sort_unstable();
        assert_eq!(names(folder.path()), left);
    }

    #[test]
    fn a_very_long_name_can_be_saved() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("{}.ron", "ü".repeat(120)));
        write_bytes(&path, b"x").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"x");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_links_are_written_through() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link, dangling) =
            (folder.path().join("real.ron"), folder.path().join("link.ron"), folder.path().join("later.ron"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("real.ron", &link).unwrap();
        symlink("born.ron", &dangling).unwrap();
        write_bytes(&link, b"new").unwrap();
        write_bytes(&dangling, b"born").unwrap();
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(names(folder.path()), ["born.ron", "later.ron", "link.ron", "real.ron"]);
    }
}
