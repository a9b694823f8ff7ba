//! Saving a plan, unless something else is on disk than the caller expects.

use std::io;
use std::path::Path;

use super::error::SaveError;
use super::existing::Existing;
use super::fingerprint::Fingerprint;
use super::format::to_text;
use super::replace_file::{Rewrite, replace};
use super::stream::is_stream;
use super::text::LARGEST_FILE;
use crate::model::Plan;

/// A plan that was saved.
#[derive(Debug)]
pub struct SavedPlan {
    /// What is on disk now.
    pub fingerprint: Fingerprint,
    /// [`SaveError::Unsynced`] if a power failure could still undo the save.
    pub unsynced: Option<SaveError>,
}

/// Saves a plan. `expected` is the fingerprint of the file as the caller opened or saved it last, or none for a new
/// file. A file that was deleted in the meantime is written again.
///
/// # Errors
/// [`SaveError::ChangedOnDisk`] or [`SaveError::AlreadyThere`] if something else is on disk, or the error of the file
/// system. Nothing is changed then.
pub fn save(path: &Path, plan: &Plan, expected: Option<&Fingerprint>) -> Result<SavedPlan, SaveError> {
    let text = plan_text(plan, path)?;
    if is_stream(path) {
        return Err(SaveError::NotFile(path.to_owned()));
    }
    let found = Fingerprint::read(path).map_err(SaveError::failed(path))?;
    match (expected, found) {
        (Some(expected), Some(found)) if *expected != found => Err(SaveError::ChangedOnDisk(path.to_owned())),
        (None, Some(_)) => Err(SaveError::AlreadyThere(path.to_owned())),
        (None, None) => write(path, &text, Existing::Keep),
        (Some(expected), _) => write(path, &text, Existing::ReplaceContent(*expected)),
    }
}

/// Saves a plan and overwrites the file, even if it changed. For use after a person has confirmed it.
///
/// # Errors
/// The error of the file system; the old file is still there then.
pub fn save_anyway(path: &Path, plan: &Plan) -> Result<SavedPlan, SaveError> {
    let text = plan_text(plan, path)?;
    if is_stream(path) {
        return Err(SaveError::NotFile(path.to_owned()));
    }
    write(path, &text, Existing::Replace)
}

fn write(path: &Path, text: &str, existing: Existing) -> Result<SavedPlan, SaveError> {
    let unsynced = replace(path, text.as_bytes(), existing, Rewrite::AsPlan).map_err(|error| match error {
        // It may name the file that a link leads to.
        SaveError::ChangedOnDisk(_) => SaveError::ChangedOnDisk(path.to_owned()),
        error => error,
    })?;
    Ok(SavedPlan {
        fingerprint: Fingerprint::from_bytes(text.as_bytes()),
        unsynced: unsynced.map(|error| SaveError::Unsynced { error, path: path.to_owned() }),
    })
}

/// The plan's text. `path` is its destination, for the error.
pub(super) fn plan_text(plan: &Plan, path: &Path) -> Result<String, SaveError> {
    let text = to_text(plan).map_err(|error| SaveError::failed(path)(io::Error::other(error)))?;
    if text.len() as u64 > LARGEST_FILE {
        // It could not be opened again.
        return Err(SaveError::failed(path)(io::ErrorKind::FileTooLarge.into()));
    }
    Ok(text)
}
