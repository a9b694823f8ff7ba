//! Saving in such a way that a crash, a full disk or another program never destroys the old file: the new one is
//! written beside it, then renamed.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::error::SaveError;
use super::fingerprint::Fingerprint;
use super::format::to_text;
use super::stream::{MOST_LINKS, is_stream, write_to_stream};
use crate::model::Plan;

const TEMPORARY: &str = ".windowsill-tmp";
/// Longer names are cut before random letters and our ending are appended, since file systems allow 255 bytes.
const LONGEST_PREFIX: usize = 60;

/// Saves a plan. `expected` is the fingerprint of the file as the caller opened or saved it last, or none for a new
/// file. A file that was deleted in the meantime is written again.
///
/// # Errors
/// [`SaveError::ChangedOnDisk`] or [`SaveError::AlreadyThere`] if something else is on disk, or the error of the file
/// system. Nothing is changed then.
pub fn save(path: &Path, plan: &Plan, expected: Option<&Fingerprint>) -> Result<Fingerprint, SaveError> {
    let text = plan_text(plan, path)?;
    if is_stream(path) {
        return Err(SaveError::NotFile(path.to_owned()));
    }
    let found = Fingerprint::read(path).map_err(SaveError::failed(path))?;
    match (expected, found) {
        (Some(expected), Some(found)) if *expected != found => return Err(SaveError::ChangedOnDisk(path.to_owned())),
        (None, Some(_)) => return Err(SaveError::AlreadyThere(path.to_owned())),
        (None, None) => replace(path, text.as_bytes(), Existing::Keep)?,
        (Some(_), _) => replace(path, text.as_bytes(), Existing::Replace)?,
    }
    Ok(Fingerprint::from_bytes(text.as_bytes()))
}

/// Saves a plan and overwrites the file, even if it changed. For use after a person has confirmed it.
///
/// # Errors
/// The error of the file system; the old file is still there then.
pub fn save_anyway(path: &Path, plan: &Plan) -> Result<Fingerprint, SaveError> {
    let text = plan_text(plan, path)?;
    if is_stream(path) {
        return Err(SaveError::NotFile(path.to_owned()));
    }
    replace(path, text.as_bytes(), Existing::Replace)?;
    Ok(Fingerprint::from_bytes(text.as_bytes()))
}

/// The plan's text. `path` is its destination, for the error.
pub(super) fn plan_text(plan: &Plan, path: &Path) -> Result<String, SaveError> {
    to_text(plan).map_err(|error| SaveError::failed(path)(io::Error::other(error)))
}

/// Writes any other file, such as an export, as safely as a plan. An existing file is replaced. A pipe, a device or a
/// socket is written to and stays what it is.
///
/// # Errors
/// The error of the file system; the old file is still there then.
pub fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    if is_stream(path) {
        return write_to_stream(path, bytes).map_err(SaveError::failed(path));
    }
    sweep(path);
    replace(path, bytes, Existing::Replace)
}

/// Removes temporary files that a crash during an earlier save of this file left behind. Files that are being written
/// right now are locked, and stay.
pub(super) fn sweep(path: &Path) {
    let path = follow_link(path);
    let prefix = temporary_prefix(&path);
    let Ok(entries) = fs::read_dir(parent_folder(&path)) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(&prefix)
            && name.ends_with(TEMPORARY)
            && File::options().write(true).open(entry.path()).is_ok_and(|file| file.try_lock().is_ok())
        {
            // Failing to remove it is harmless: the plan does not depend on it.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// What to do with an existing file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Existing {
    Replace,
    Keep,
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
    let target = follow_link(path);
    if target.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    let mut temporary = temporary_beside(&target).map_err(&failed)?;
    // The lock keeps `sweep` away. On a disk without locks nothing is ever swept.
    let _ = temporary.as_file().try_lock();
    write(temporary.as_file_mut()).map_err(&failed)?;
    if let Ok(old) = fs::metadata(&target) {
        temporary.as_file().set_permissions(old.permissions()).map_err(&failed)?;
    }
    temporary.as_file().sync_all().map_err(&failed)?;
    match existing {
        Existing::Replace => temporary.persist(&target),
        Existing::Keep => temporary.persist_noclobber(&target),
    }
    .map_err(|error| match error.error {
        error if error.kind() == io::ErrorKind::AlreadyExists => SaveError::AlreadyThere(path.to_owned()),
        error => failed(error),
    })?;
    sync_folder(parent_folder(&target)).map_err(&failed)
}

fn temporary_beside(target: &Path) -> io::Result<NamedTempFile> {
    let prefix = temporary_prefix(target);
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As for any new file, the person's umask decides who else may read it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(parent_folder(target))
}

/// ".plan.ron." for "plan.ron".
fn temporary_prefix(target: &Path) -> String {
    let name = target.file_name().map(OsString::from).unwrap_or_default().to_string_lossy().into_owned();
    let end = name.floor_char_boundary(LONGEST_PREFIX);
    format!(".{}.", &name[..end])
}

/// The file that `path` leads to. Symbolic links are followed, even to a file that does not exist yet.
pub(super) fn follow_link(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        if let Ok(real) = fs::canonicalize(&path) {
            return real;
        }
        match fs::read_link(&path) {
            Ok(link) => path = parent_folder(&path).join(link),
            Err(_) => break,
        }
    }
    path
}

pub(super) fn parent_folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Flushes a folder: only then is the rename on disk.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some network file systems cannot flush folders; the file itself is safe.
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

    /// The names in a folder, sorted.
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
        let error = replace_with(&path, Existing::Replace, |file| {
            file.write_all(b"ne")?;
            Err(io::ErrorKind::StorageFull.into())
        })
        .unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("The disk is full: free some space, then save again ({})", path.display())
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names(folder.path()), ["plan.ron"]);
    }

    #[test]
    fn sweeping_removes_our_orphans_only() {
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
    fn permissions_are_kept_and_links_are_followed() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link, dangling) =
            (folder.path().join("real.ron"), folder.path().join("link.ron"), folder.path().join("later.ron"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("real.ron", &link).unwrap();
        symlink("middle.ron", &dangling).unwrap();
        symlink("born.ron", folder.path().join("middle.ron")).unwrap();
        write_bytes(&link, b"new").unwrap();
        write_bytes(&dangling, b"born").unwrap();
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(names(folder.path()), ["born.ron", "later.ron", "link.ron", "middle.ron", "real.ron"]);
        assert!(fs::symlink_metadata(folder.path().join("middle.ron")).unwrap().is_symlink());
    }
}
