//! Opening a plan: lock, read, parse, and remove what a crash left behind.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::error::{LoadError, LoadProblem};
use super::fingerprint::Fingerprint;
use super::format::{LoadedPlan, UnknownField, parse};
use super::lock::{Lock, LockOutcome};
use super::save::sweep;
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

/// Like [`open`]. If `held` is the lock of the plan at `path`, it stays held, whether the plan can be opened or not.
///
/// # Errors
/// The same as for [`open`].
pub fn open_holding(path: &Path, held: Option<&Arc<Lock>>) -> Result<OpenedPlan, LoadError> {
    // Locked before it is read, so that nobody can save in between.
    let lock = match held.filter(|held| held.covers(path)) {
        Some(held) => Ok(Arc::clone(held)),
        None => acquire(path),
    };
    let bytes = read_bytes(path, LARGEST_FILE)?;
    let text =
        decode_unicode(&bytes).ok_or_else(|| LoadProblem::NotUtf8 { line: first_invalid_line(&bytes) }.at(path))?;
    let loaded = parse(&text).map_err(|error| error.problem.at(path))?;
    if lock.is_ok() {
        sweep(path);
    }
    let write_protected = fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly());
    let access = match lock {
        _ if loaded.newer_format => Access::ReadOnly(
            "It was written by a newer Windowsill, and saving it with this version could lose data".to_owned(),
        ),
        _ if write_protected => Access::ReadOnly("The file is write-protected".to_owned()),
        Ok(lock) => Access::Writable(lock),
        Err(reason) => Access::ReadOnly(reason),
    };
    let LoadedPlan { plan, unknown_fields, older_format, .. } = loaded;
    Ok(OpenedPlan { plan, unknown_fields, fingerprint: Fingerprint::from_bytes(&bytes), access, older_format })
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

fn first_invalid_line(bytes: &[u8]) -> usize {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    String::from_utf8_lossy(&bytes[..valid]).matches('\n').count() + 1
}
