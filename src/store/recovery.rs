//! Recovery files: unsaved work that survives a crash of the program or the machine.
//!
//! Each open plan has one file in the program's own folder. A program locks the file for as long as it writes to it, so
//! that other programs do not offer it.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::SaveError;
use super::fingerprint::Fingerprint;
use super::lock::{Lock, LockOutcome};
use super::recovery_text::{RecoveryOwner, RecoveryText};
use super::replace_file::{create_private_folder, write_private};
use super::save::plan_text;
use crate::model::Plan;

/// One plan has at most this many recovery files.
const MOST_FILES: usize = 100;

/// The recovery file of one open plan. Nothing is written before the first [`Recovery::write`].
#[derive(Debug)]
pub struct Recovery {
    owner: RecoveryOwner,
    folder: PathBuf,
    file: Option<(PathBuf, Lock)>,
    /// Whether the file is that of an earlier run, whose changes were restored.
    is_restored: bool,
}

impl Recovery {
    /// `folder` is the program's state folder.
    pub fn new(folder: &Path, owner: RecoveryOwner) -> Self {
        let owner = match owner {
            RecoveryOwner::File(path) => RecoveryOwner::file(&path),
            RecoveryOwner::Untitled(id) => RecoveryOwner::Untitled(id),
        };
        Self { owner, folder: recovery_folder(folder), file: None, is_restored: false }
    }

    /// Continues the recovery file of an earlier run, whose changes were restored. None for a file in another folder, or
    /// that another program continues.
    pub fn continuing(folder: &Path, owner: RecoveryOwner, path: &Path) -> Option<Self> {
        let new = Self::new(folder, owner);
        let path = path.parent().is_some_and(|parent| parent == new.folder).then_some(path)?;
        match Lock::acquire(path) {
            LockOutcome::Held(lock) => Some(Self { file: Some((path.to_owned(), lock)), is_restored: true, ..new }),
            LockOutcome::HeldBy(_) | LockOutcome::Unavailable(_) => None,
        }
    }

    /// Writes `plan`, a change of the content `base`, for recovery after a crash, and replaces what was written last.
    /// Files that an earlier run left behind stay until the person decides about them.
    ///
    /// # Errors
    /// The error of the file system. The plan file is not affected.
    pub fn write(&mut self, plan: &Plan, base: Option<Fingerprint>) -> Result<(), SaveError> {
        if self.file.is_none() {
            self.file = Some(self.claim()?);
        }
        let Some((path, _)) = &self.file else { return Ok(()) };
        let text = RecoveryText { owner: self.owner.clone(), base, plan: &plan_text(plan, path)? }.to_text();
        write_private(path, text.as_bytes())
    }

    /// Removes the recovery file, because the changes of the plan were discarded. The file of an earlier run stays: it is
    /// only removed after a save, or if a person chooses that.
    ///
    /// # Errors
    /// The error of the file system.
    pub fn discard_unsaved(&mut self) -> Result<(), SaveError> {
        if self.is_restored {
            (self.file, self.is_restored) = (None, false);
        }
        self.discard()
    }

    /// Removes the recovery file, because the plan was saved.
    ///
    /// # Errors
    /// The error of the file system.
    pub fn discard(&mut self) -> Result<(), SaveError> {
        self.is_restored = false;
        self.file.take().map_or(Ok(()), |(path, _lock)| remove(&path))
    }

    /// Creates a recovery file that belongs to no other program.
    fn claim(&self) -> Result<(PathBuf, Lock), SaveError> {
        create_private_folder(&self.folder)?;
        let name = self.owner.file_stem();
        for number in 1..=MOST_FILES {
            let path = self.folder.join(format!("{name}-{number}.ron"));
            match Lock::acquire(&path) {
                LockOutcome::Held(lock) if !path.exists() => return Ok((path, lock)),
                LockOutcome::Unavailable(reason) => return Err(SaveError::Unlockable { path, reason }),
                _ => {}
            }
        }
        Err(SaveError::TooManyRecoveryFiles(self.folder.clone()))
    }
}

/// The folder of the recovery files in the program's state folder.
pub(super) fn recovery_folder(state: &Path) -> PathBuf {
    state.join("recovery")
}

pub(super) fn remove(path: &Path) -> Result<(), SaveError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(SaveError::failed(path)(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Horizon, PlanId};

    #[test]
    fn the_error_about_too_many_recovery_files_gives_one_advice() {
        let plan = Plan::new(PlanId::new("p"), "Title", Horizon::year(2027), "Europe/Berlin");
        let state = tempfile::tempdir().unwrap();
        let owner = RecoveryOwner::Untitled(PlanId::new("one"));
        let mut recovery = Recovery::new(state.path(), owner);
        let folder = state.path().join("recovery");
        fs::create_dir_all(&folder).unwrap();
        for number in 1..=MOST_FILES {
            fs::write(folder.join(format!("{}-{number}.ron", recovery.owner.file_stem())), "").unwrap();
        }
        let error = recovery.write(&plan, None).unwrap_err().to_string();
        let text = "This plan has too many recovery files: open it and restore or discard them";
        assert_eq!(error, format!("{text} ({})", folder.display()));
    }
}
