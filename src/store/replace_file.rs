//! Replaces files in such a way that a crash, a full disk or another program never destroys the old one: the new one is
//! written beside it, then renamed.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::attributes::FileAttributes;
use super::error::SaveError;
use super::existing::Existing;
use super::new_file::{Readers, TEMPORARY, new_file_beside, temporary_prefix};
use super::own_file::open_own;
use super::paths::{follow_link, parent_folder, sync_folder};
use super::plan_guard::guard_plan;
use super::rewrite;
use super::stream::{is_stream, write_to_stream};

/// Writes any other file than a plan, such as an export, as safely as a plan. An existing file is replaced, unless it is a
/// plan. A pipe, a device or a socket is written to and stays what it is.
///
/// # Errors
/// [`SaveError::IsOtherPlan`], or the error of the file system; the old file is still there then. [`SaveError::Unsynced`]
/// if the new one is.
pub fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    guard_plan(path, None)?;
    write_over_plan(path, bytes)
}

/// Writes a file as [`write_bytes`] does, even over a plan: for what Git itself would do with the plan of a merge.
///
/// # Errors
/// Those of [`write_bytes`], except that a plan is replaced.
pub fn write_over_plan(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    if is_stream(path) {
        return write_to_stream(path, bytes).map_err(SaveError::failed(path));
    }
    sweep(path);
    let unsynced = replace(path, bytes, Existing::Replace, Rewrite::AsExport)?;
    unsynced.map_or(Ok(()), |error| Err(SaveError::Unsynced { error, path: path.to_owned() }))
}

/// Writes a file as [`write_bytes`] does, but keeps an existing one.
///
/// # Errors
/// [`SaveError::AlreadyThere`], and those of [`write_bytes`].
pub fn write_new_bytes(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    if is_stream(path) {
        return write_to_stream(path, bytes).map_err(SaveError::failed(path));
    }
    sweep(path);
    let unsynced = replace(path, bytes, Existing::Keep, Rewrite::AsExport)?;
    unsynced.map_or(Ok(()), |error| Err(SaveError::Unsynced { error, path: path.to_owned() }))
}

/// Writes a file of the program's own folders, which nobody else may read.
///
/// # Errors
/// The error of the file system; the old file is still there then.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    sweep(path);
    let target = follow_link(path);
    let write = || {
        let mut temporary = new_file_beside(&target, TEMPORARY, Readers::Nobody)?;
        write_synced(&mut temporary, |file| file.write_all(bytes))?;
        temporary.persist(&target).map_err(|error| error.error)?;
        sync_folder(parent_folder(&target))
    };
    write().map_err(SaveError::failed(path))
}

/// Creates a folder of the program's own, which nobody else may read.
///
/// # Errors
/// The error of the file system.
pub(super) fn create_private_folder(path: &Path) -> Result<(), SaveError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(SaveError::failed(path))
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
            && let Ok(Some(file)) = open_own(&entry.path(), File::options().write(true))
            && file.try_lock().is_ok()
        {
            // Failing to remove it is harmless: the plan does not depend on it.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// How a file is rewritten, if a renamed file would not keep its owner, its other names or its attributes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rewrite {
    /// So that an interrupted write can be completed.
    AsPlan,
    /// It can be exported again.
    AsExport,
}

/// Replaces the file at `path`. Returns why the folder could not be flushed, if it could not: the file is written then.
pub(super) fn replace(
    path: &Path,
    bytes: &[u8],
    existing: Existing,
    rewriting: Rewrite,
) -> Result<Option<io::Error>, SaveError> {
    replace_with(
        path,
        existing,
        |file| file.write_all(bytes),
        sync_folder,
        |target, old| match rewriting {
            Rewrite::AsPlan => rewrite::rewrite_plan(target, bytes, old, existing),
            Rewrite::AsExport => rewrite::rewrite_export(target, bytes),
        },
    )
}

fn replace_with(
    path: &Path,
    existing: Existing,
    write: impl FnOnce(&mut File) -> io::Result<()>,
    sync: impl FnOnce(&Path) -> io::Result<()>,
    rewrite_file: impl FnOnce(&Path, &FileAttributes) -> Result<(), SaveError>,
) -> Result<Option<io::Error>, SaveError> {
    let failed = SaveError::failed(path);
    let target = follow_link(path);
    if target.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    let old = FileAttributes::read(&target).map_err(&failed)?;
    if existing == Existing::Keep && old.is_some() {
        return Err(SaveError::AlreadyThere(path.to_owned()));
    }
    if let Some(old) = old.as_ref().filter(|old| old.has_other_names()) {
        return rewrite_file(&target, old).map(|()| None);
    }
    let readers = if old.is_some() { Readers::Nobody } else { Readers::AsAnyNewFile };
    let mut temporary = new_file_beside(&target, TEMPORARY, readers).map_err(&failed)?;
    if let Some(old) = &old
        && let Err(error) = old.give_to(temporary.as_file())
    {
        log::info!("{} is rewritten, since a new file cannot have its owner and rights: {error}", path.display());
        drop(temporary);
        return rewrite_file(&target, old).map(|()| None);
    }
    write_synced(&mut temporary, write).map_err(&failed)?;
    // Without working locks, another program may have saved while this one wrote.
    existing.check(path)?;
    match existing {
        Existing::Replace | Existing::ReplaceContent(_) => temporary.persist(&target),
        Existing::Keep => temporary.persist_noclobber(&target),
    }
    .map_err(|error| match error.error {
        error if error.kind() == io::ErrorKind::AlreadyExists => SaveError::AlreadyThere(path.to_owned()),
        error => failed(error),
    })?;
    Ok(sync(parent_folder(&target)).err())
}

fn write_synced(temporary: &mut NamedTempFile, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    // The lock keeps `sweep` away. On a disk without locks nothing is ever swept.
    let _ = temporary.as_file().try_lock();
    write(temporary.as_file_mut())?;
    temporary.as_file().sync_all()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::store::Fingerprint;

    /// The names in a folder, sorted.
    pub(in crate::store) fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn not_rewritten(_: &Path, _: &FileAttributes) -> Result<(), SaveError> {
        panic!("a rename keeps everything")
    }

    #[test]
    fn a_write_that_fails_half_way_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.ron");
        fs::write(&path, "old").unwrap();
        let write = |file: &mut File| {
            file.write_all(b"ne")?;
            Err(io::ErrorKind::StorageFull.into())
        };
        let error = replace_with(&path, Existing::Replace, write, sync_folder, not_rewritten).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("The disk is full: free some space, then save again ({})", path.display())
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names(folder.path()), ["plan.ron"]);
    }

    #[test]
    fn what_another_program_saves_while_the_new_file_is_written_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.ron");
        let opened = Existing::ReplaceContent(Fingerprint::from_bytes(b"opened"));
        for (saved_meanwhile, is_replaced) in [("opened", true), ("theirs", false)] {
            fs::write(&path, "opened").unwrap();
            let write = |file: &mut File| {
                fs::write(&path, saved_meanwhile)?;
                file.write_all(b"ours")
            };
            let result = replace_with(&path, opened, write, sync_folder, not_rewritten);
            assert_eq!(result.is_ok(), is_replaced);
            assert_eq!(matches!(result, Err(SaveError::ChangedOnDisk(_))), !is_replaced);
            assert_eq!(fs::read_to_string(&path).unwrap(), if is_replaced { "ours" } else { "theirs" });
            assert_eq!(names(folder.path()), ["plan.ron"]);
        }
    }

    #[test]
    fn a_folder_that_cannot_be_flushed_is_reported_but_the_file_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.ron");
        let unsynced = |_: &Path| Err(io::Error::other("input/output error"));
        let write = |file: &mut File| file.write_all(b"new");
        let error = replace_with(&path, Existing::Replace, write, unsynced, not_rewritten).unwrap();
        assert_eq!(error.unwrap().to_string(), "input/output error");
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }

    #[test]
    fn sweeping_removes_our_orphans_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.ron");
        for name in [".plan.ron.abc.windowsill-tmp", ".other.ron.abc.windowsill-tmp", ".plan.ron.swp", "plan.ron"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let busy = new_file_beside(&path, TEMPORARY, Readers::AsAnyNewFile).unwrap();
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

    #[cfg(unix)]
    #[test]
    fn links_with_the_names_of_our_files_are_left_alone() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let (path, letter) = (folder.path().join("plan.ron"), folder.path().join("letter"));
        fs::write(&letter, "dear").unwrap();
        symlink("letter", folder.path().join(".plan.ron.abc.windowsill-tmp")).unwrap();
        write_bytes(&path, b"x").unwrap();
        assert_eq!(fs::read_to_string(&letter).unwrap(), "dear");
        assert_eq!(names(folder.path()), [".plan.ron.abc.windowsill-tmp", "letter", "plan.ron"]);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_a_file_before_it_has_the_rights_of_the_old_one() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.ron");
        for mode in [0o600, 0o640, 0o604] {
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let write = |file: &mut File| {
                assert_eq!(file.metadata()?.permissions().mode() & 0o777, mode, "while it is written");
                file.write_all(b"new")
            };
            replace_with(&path, Existing::Replace, write, sync_folder, not_rewritten).unwrap();
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode);
        }
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let state = folder.path().join("state");
        create_private_folder(&state).unwrap();
        fs::write(state.join("file"), "old").unwrap();
        write_private(&state.join("file"), b"new").unwrap();
        assert_eq!((mode(&state), mode(&state.join("file"))), (0o700, 0o600));
    }
}
