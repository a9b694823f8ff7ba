//! Opening a plan: lock, read, parse, and remove what a crash left behind.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use super::error::{LoadError, LoadProblem};
use super::fingerprint::Fingerprint;
use super::format::{LoadedPlan, UnknownField, parse};
use super::lock::{Lock, LockOutcome};
use super::replace_file::sweep;
use super::rewrite::{complete_save, interrupted_save};
use super::text::{LARGEST_FILE, read_bytes};
use crate::encoding::decode_unicode;
use crate::model::Plan;

/// A plan that was opened from a file.
#[derive(Debug)]
pub struct OpenedPlan {
    pub plan: Plan,
    /// The fields that saving would drop.
    pub unknown_fields: Vec<UnknownField>,
    /// What was on disk, for [`save`](super::save).
    pub fingerprint: Fingerprint,
    pub access: Access,
    /// The number of its format if that is older than [`FORMAT`](super::FORMAT).
    pub older_format: Option<u32>,
    /// Whether a newer program wrote it, in a format of which this program may lose or misread something.
    pub newer_format: bool,
    /// Whether its last save had been interrupted, and is complete now.
    pub completed_save: bool,
}

/// A plan that was read from a file without locking it.
#[derive(Debug)]
pub struct ReadPlan {
    pub loaded: LoadedPlan,
    /// What it was read from: a pipe cannot be read twice.
    pub text: String,
    /// Whether its last save had been interrupted, and is complete now.
    pub completed_save: bool,
}

/// Whether a plan may be saved to the file it was opened from.
#[derive(Debug)]
pub enum Access {
    /// For as long as this lock is held.
    Writable(Arc<Lock>),
    /// The reason, as a sentence without a full stop.
    ReadOnly(String),
}

/// Opens the plan at `path` and locks it. Temporary files of a crashed save are removed.
///
/// # Errors
/// A file that cannot be read, is too large, or is not a valid plan, with line and column.
pub fn open(path: &Path) -> Result<OpenedPlan, LoadError> {
    open_holding(path, None)
}

/// Like [`open()`]. If `held` is the lock of the plan at `path`, it stays held, whether the plan can be opened or not.
///
/// # Errors
/// The same as for [`open()`].
pub fn open_holding(path: &Path, held: Option<&Arc<Lock>>) -> Result<OpenedPlan, LoadError> {
    // Locked before it is read, so that nobody can save in between.
    let lock = match held.filter(|held| held.covers(path)) {
        Some(held) => Ok(Arc::clone(held)),
        None => acquire(path),
    };
    let completed_save = lock.is_ok() && complete_save(path)?;
    let bytes = read_bytes(path, LARGEST_FILE)?;
    let (loaded, _) = parse_bytes(&bytes, path)?;
    if lock.is_ok() {
        sweep(path);
    }
    let access = match lock {
        _ if loaded.newer_format => Access::ReadOnly(
            "It was written by a newer Windowsill, and saving it with this version could lose data".to_owned(),
        ),
        Ok(lock) => match write_protection(path) {
            Some(reason) => Access::ReadOnly(reason.to_owned()),
            None => Access::Writable(lock),
        },
        Err(reason) => Access::ReadOnly(reason),
    };
    let LoadedPlan { plan, unknown_fields, older_format, newer_format, .. } = loaded;
    let fingerprint = Fingerprint::from_bytes(&bytes);
    Ok(OpenedPlan { plan, unknown_fields, fingerprint, access, older_format, newer_format, completed_save })
}

/// Reads the plan at `path` without locking it. Only a save that was interrupted in the middle is completed before, for
/// which the plan is locked.
///
/// # Errors
/// The same as for [`open()`].
pub fn read_plan(path: &Path) -> Result<ReadPlan, LoadError> {
    // Held until the save is complete.
    let lock = interrupted_save(path).and_then(|_| acquire(path).ok());
    let completed_save = lock.is_some() && complete_save(path)?;
    let (loaded, text) = parse_bytes(&read_bytes(path, LARGEST_FILE)?, path)?;
    Ok(ReadPlan { loaded, text, completed_save })
}

/// The plan, and its text.
fn parse_bytes(bytes: &[u8], path: &Path) -> Result<(LoadedPlan, String), LoadError> {
    let text =
        decode_unicode(bytes).ok_or_else(|| LoadProblem::NotUtf8 { line: first_invalid_line(bytes) }.at(path))?;
    let loaded = parse(&text).map_err(|error| error.problem.at(path))?;
    Ok((loaded, text))
}

/// Why nothing can be written to the file, if its rights forbid that.
fn write_protection(path: &Path) -> Option<&'static str> {
    let found = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    if found.permissions().readonly() {
        return Some("The file is write-protected");
    }
    let opened = File::options().write(true).open(path);
    let is_denied = opened.is_err_and(|error| error.kind() == ErrorKind::PermissionDenied);
    is_denied.then_some("You have no permission to write to the file")
}

/// Locks the plan at `path`, or says why that is impossible.
fn acquire(path: &Path) -> Result<Arc<Lock>, String> {
    if !path.is_file() {
        return Err("It is not a regular file".to_owned());
    }
    match Lock::acquire(path) {
        LockOutcome::Held(lock) => Ok(Arc::new(lock)),
        LockOutcome::HeldBy(who) => Err(format!("It is open elsewhere: {who}")),
        LockOutcome::Unavailable(reason) => Err(reason),
    }
}

pub(super) fn first_invalid_line(bytes: &[u8]) -> usize {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    String::from_utf8_lossy(&bytes[..valid]).matches('\n').count() + 1
}
