//! Rewrites a plan file, if a renamed file would not keep its owner, its other names or its attributes.
//!
//! The new text is first written to a file beside the plan, in the form of a recovery file. While the plan is written,
//! its first line names that file, so an interrupted write is recognised and completed by whoever opens the plan next.

use std::fs::{self, File};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::attributes::FileAttributes;
use super::error::{LoadError, LoadProblem, SaveError};
use super::existing::Existing;
use super::fingerprint::Fingerprint;
use super::interrupted_save::{InterruptedSave, LONGEST_MARK, SAVING, mark};
use super::new_file::{Readers, TEMPORARY, new_file_beside, temporary_prefix};
use super::own_file::open_own;
use super::paths::{full_path, parent_folder, sync_folder};
use super::recovery_text::{RecoveryOwner, RecoveryText};
use super::stream::{is_stream, open_to_read};
use super::text::{LARGEST_FILE, first_bytes, read_bytes};
use crate::encoding::decode_unicode;

/// Rewrites the file of a plan.
///
/// # Errors
/// The error of the file system. The plan is as before then, or begins with the line that names the file with the text.
pub(super) fn rewrite_plan(
    target: &Path,
    bytes: &[u8],
    old: &FileAttributes,
    existing: Existing,
) -> Result<(), SaveError> {
    let failed = SaveError::failed(target);
    let mut file = open_for_writing(target)?;
    let before = read_bytes(target, LARGEST_FILE).map_err(|_| SaveError::ChangedOnDisk(target.to_owned()))?;
    reserve(&file, bytes.len()).map_err(&failed)?;
    let journal = write_journal(target, bytes, &before, old).map_err(&failed)?;
    if let Err(error) = existing.check(target) {
        let _ = fs::remove_file(&journal);
        return Err(error);
    }
    if let Err(error) = overwrite(&mut file, bytes, &journal) {
        // If that fails, too, the line at its beginning stays.
        if restore(&mut file, &before).is_ok() {
            let _ = fs::remove_file(&journal);
        }
        return Err(failed(error));
    }
    // Failing to remove it is harmless: its text is that of the plan.
    let _ = fs::remove_file(&journal);
    Ok(())
}

/// Rewrites the file of an export.
///
/// # Errors
/// The error of the file system.
pub(super) fn rewrite_export(target: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let mut file = open_for_writing(target)?;
    let mut write = || {
        reserve(&file, bytes.len())?;
        restore(&mut file, bytes)
    };
    write().map_err(SaveError::failed(target))
}

fn open_for_writing(target: &Path) -> Result<File, SaveError> {
    match open_own(target, File::options().write(true)) {
        Ok(Some(file)) => Ok(file),
        Ok(None) => Err(SaveError::NotFile(target.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(SaveError::NotWritable(target.to_owned())),
        Err(error) => Err(SaveError::failed(target)(error)),
    }
}

/// Reserves space, so that a full disk is noticed before anything is overwritten.
#[cfg(target_os = "linux")]
fn reserve(file: &File, length: usize) -> io::Result<()> {
    use rustix::fs::{FallocateFlags, fallocate};
    match fallocate(file, FallocateFlags::KEEP_SIZE, 0, length.max(LONGEST_MARK) as u64) {
        Err(error) if matches!(error, rustix::io::Errno::NOSPC | rustix::io::Errno::DQUOT) => Err(error.into()),
        // Some file systems cannot reserve space.
        _ => Ok(()),
    }
}

#[cfg(not(target_os = "linux"))]
fn reserve(_: &File, _: usize) -> io::Result<()> {
    Ok(())
}

/// Writes the file that completes an interrupted save. It may be read by those who may read the plan.
fn write_journal(target: &Path, bytes: &[u8], before: &[u8], old: &FileAttributes) -> io::Result<PathBuf> {
    let plan = std::str::from_utf8(bytes).map_err(io::Error::other)?;
    let base = Some(Fingerprint::from_bytes(before));
    let text = RecoveryText { owner: RecoveryOwner::file(target), base, plan }.to_text();
    let mut file = new_file_beside(target, TEMPORARY, Readers::Nobody)?;
    // The lock keeps other programs from removing it.
    let _ = file.as_file().try_lock();
    old.give_part_to(file.as_file())?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    // Only a complete file may have the name of one that completes a save.
    let name = file.path().file_name().unwrap_or_default().to_string_lossy();
    let path = parent_folder(target).join(format!("{}{SAVING}", name.strip_suffix(TEMPORARY).unwrap_or(&name)));
    file.persist_noclobber(&path).map_err(|error| error.error)?;
    // Without it, only a power failure before the plan is complete would be a problem.
    if let Err(error) = sync_folder(parent_folder(target)) {
        log::warn!("{} could not be synced: {error}", parent_folder(target).display());
    }
    Ok(path)
}

/// Overwrites a plan. Its first line names `journal` until everything else is on disk.
fn overwrite(file: &mut File, bytes: &[u8], journal: &Path) -> io::Result<()> {
    let mark = mark(journal);
    file.seek(SeekFrom::Start(0))?;
    file.write_all(mark.as_bytes())?;
    file.sync_data()?;
    let (head, rest) = bytes.split_at(mark.len().min(bytes.len()));
    file.write_all(rest)?;
    file.set_len(bytes.len().max(mark.len()) as u64)?;
    file.sync_data()?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(head)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}

fn restore(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}

/// Whether saving the plan at `path` was interrupted, or goes on.
pub(super) fn interrupted_save(path: &Path) -> Option<InterruptedSave> {
    // Whatever is read from a pipe is gone.
    if is_stream(path) {
        return None;
    }
    let file = open_to_read(path).ok()?;
    let head = first_bytes(file, LONGEST_MARK as u64).ok()?;
    InterruptedSave::find(&String::from_utf8_lossy(&head))
}

/// Completes an interrupted save. The caller has the lock of the plan. Returns whether there was anything to complete.
///
/// # Errors
/// A plan that is incomplete and cannot be completed.
pub(super) fn complete_save(path: &Path) -> Result<bool, LoadError> {
    let target = full_path(path);
    let Some(interrupted) = interrupted_save(&target) else { return Ok(complete_untouched(&target)) };
    let lost = || LoadProblem::SaveInterrupted { who: interrupted.who.clone(), file: interrupted.journal.clone() };
    let journal = interrupted.journal(&target).ok_or_else(|| lost().at(path))?;
    let Some(text) = read_journal(&journal) else { return Err(lost().at(path)) };
    let plan = RecoveryText::from_text(&text).ok_or_else(|| lost().at(path))?.plan;
    write_from(&target, plan, &journal).map_err(|error| LoadProblem::Unreadable(error).at(path))?;
    Ok(true)
}

/// Completes a save that ended before the plan was touched, and removes the files of those that ended after everything
/// was written.
fn complete_untouched(target: &Path) -> bool {
    let mut completed = false;
    for journal in journals_beside(target) {
        let Some(text) = read_journal(&journal) else { continue };
        let (Some(saving), Ok(found)) = (RecoveryText::from_text(&text), Fingerprint::read(target)) else { continue };
        if found == Some(Fingerprint::from_bytes(saving.plan.as_bytes())) {
            // Failing to remove it is harmless: it is tried again next time.
            let _ = fs::remove_file(&journal);
        } else if saving.base.is_some() && found == saving.base {
            completed |= write_from(target, saving.plan, &journal).is_ok();
        }
    }
    completed
}

fn write_from(target: &Path, plan: &str, journal: &Path) -> io::Result<()> {
    let mut file = open_own(target, File::options().write(true))?.ok_or(io::ErrorKind::InvalidInput)?;
    overwrite(&mut file, plan.as_bytes(), journal)?;
    // Failing to remove it is harmless: its text is that of the plan.
    let _ = fs::remove_file(journal);
    Ok(())
}

/// The files with the text of interrupted saves of the plan at `path`, sorted.
pub(super) fn journals_beside(path: &Path) -> Vec<PathBuf> {
    let target = full_path(path);
    let prefix = temporary_prefix(&target);
    let Ok(entries) = fs::read_dir(parent_folder(&target)) else { return Vec::new() };
    let is_journal = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&prefix) && name.ends_with(SAVING) && is_trusted(path, &target) && belongs_to(path, &target)
    };
    let mut journals: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_journal).collect();
    journals.sort();
    journals
}

/// Whether the file names that plan. The folder may have another path on the machine that wrote it.
fn belongs_to(journal: &Path, target: &Path) -> bool {
    let text = read_journal(journal);
    match text.as_deref().and_then(RecoveryText::from_text).map(|saving| saving.owner) {
        Some(RecoveryOwner::File(path)) => path.file_name() == target.file_name(),
        Some(RecoveryOwner::Untitled(_)) | None => false,
    }
}

fn read_journal(path: &Path) -> Option<String> {
    let file = open_own(path, File::options().read(true)).ok()??;
    // Longer than a plan by its first lines.
    let bytes = first_bytes(file, LARGEST_FILE + (1 << 20)).ok()?;
    decode_unicode(&bytes)
}

/// Whether the owner of the plan, or this user, has written the file. In a shared folder anybody can create one.
#[cfg(unix)]
fn is_trusted(journal: &Path, target: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (Ok(found), Ok(Some(plan))) = (fs::symlink_metadata(journal), FileAttributes::read(target)) else {
        return false;
    };
    found.uid() == plan.owner() || found.uid() == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
fn is_trusted(_: &Path, _: &Path) -> bool {
    true
}
