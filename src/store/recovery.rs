//! Recovery files: unsaved work that survives a crash of the program or the machine.
//!
//! Each open plan has one file in the program's own folder. Its first line says which plan it belongs to; the rest is
//! that plan's text. A program locks the file for as long as it writes to it, so that other programs do not offer it.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::{LoadError, SaveError};
use super::fingerprint::Fingerprint;
use super::format::{LoadedPlan, parse};
use super::lock::{Lock, LockOutcome};
use super::plan_guard::full_path;
use super::save::{plan_text, sweep, write_bytes};
use super::text::{LARGEST_FILE, read_bytes};
use crate::encoding::decode_unicode;
use crate::model::{Plan, PlanId, fnv1a, slug};

const HEAD: &str = "// Not saved when Windowsill ended. Belongs to ";

/// What a recovery file belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecoveryOwner {
    /// A plan file, by its full path.
    File(PathBuf),
    /// A plan that was never saved.
    Untitled(PlanId),
}

impl RecoveryOwner {
    /// The plan file at `path`. Different spellings of a path give the same owner.
    pub fn file(path: &Path) -> Self {
        Self::File(full_path(path))
    }
}

/// The recovery file of one open plan. Nothing is written before the first [`Recovery::write`].
#[derive(Debug)]
pub struct Recovery {
    owner: RecoveryOwner,
    folder: PathBuf,
    file: Option<(PathBuf, Lock)>,
}

/// One plan has at most this many recovery files.
const MOST_FILES: usize = 100;

impl Recovery {
    /// `folder` is the program's state folder.
    pub fn new(folder: &Path, owner: RecoveryOwner) -> Self {
        let owner = match owner {
            RecoveryOwner::File(path) => RecoveryOwner::file(&path),
            RecoveryOwner::Untitled(id) => RecoveryOwner::Untitled(id),
        };
        Self { owner, folder: folder.join("recovery"), file: None }
    }

    /// Writes `plan` for recovery after a crash, and replaces what was written last. Files that an earlier run left
    /// behind stay until the person decides about them.
    ///
    /// # Errors
    /// The error of the file system. The plan file is not affected.
    pub fn write(&mut self, plan: &Plan) -> Result<(), SaveError> {
        if self.file.is_none() {
            self.file = Some(self.claim()?);
        }
        let Some((path, _)) = &self.file else { return Ok(()) };
        write_bytes(path, format!("{HEAD}{}\n{}", self.owner.to_line(), plan_text(plan, path)?).as_bytes())
    }

    /// Removes the recovery file, because the plan was saved or its changes were discarded.
    ///
    /// # Errors
    /// The error of the file system.
    pub fn discard(&mut self) -> Result<(), SaveError> {
        self.file.take().map_or(Ok(()), |(path, _lock)| remove(&path))
    }

    /// Creates a recovery file that belongs to no other program.
    fn claim(&self) -> Result<(PathBuf, Lock), SaveError> {
        fs::create_dir_all(&self.folder).map_err(SaveError::failed(&self.folder))?;
        let name = self.owner.file_stem();
        for number in 1..=MOST_FILES {
            let path = self.folder.join(format!("{name}-{number}.ron"));
            match Lock::acquire(&path) {
                LockOutcome::Held(lock) if !path.exists() => return Ok((path, lock)),
                LockOutcome::Unavailable(why) => return Err(SaveError::failed(&path)(std::io::Error::other(why))),
                _ => {}
            }
        }
        Err(SaveError::failed(&self.folder)(std::io::Error::other(
            "too many recovery files of this plan: open it and restore or discard them",
        )))
    }
}

/// A recovery file whose content differs from the plan file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryOffer {
    pub owner: RecoveryOwner,
    /// The recovery file.
    pub path: PathBuf,
    /// The plan's text.
    pub text: String,
}

impl RecoveryOffer {
    /// Parses the plan.
    ///
    /// # Errors
    /// The same as for a plan file.
    pub fn load(&self) -> Result<LoadedPlan, LoadError> {
        parse(&self.text).map_err(|error| error.problem.at(&self.path))
    }

    /// Removes the recovery file.
    ///
    /// # Errors
    /// The error of the file system.
    pub fn discard(&self) -> Result<(), SaveError> {
        remove(&self.path)
    }
}

/// What can be recovered, sorted by owner. Files of running programs are skipped, and files with the same text as their
/// plan file are removed.
pub fn recovery_offers(folder: &Path) -> Vec<RecoveryOffer> {
    let Ok(entries) = fs::read_dir(folder.join("recovery")) else { return Vec::new() };
    let paths = entries.flatten().map(|entry| entry.path());
    let is_ours = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "ron")
            && !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
    };
    let mut offers: Vec<RecoveryOffer> = paths.filter(is_ours).filter_map(|path| offer(&path)).collect();
    offers.sort_by(|a, b| (&a.owner, &a.path).cmp(&(&b.owner, &b.path)));
    offers
}

fn offer(path: &Path) -> Option<RecoveryOffer> {
    let LockOutcome::Held(_lock) = Lock::acquire(path) else { return None };
    sweep(path);
    let whole = decode_unicode(&read_bytes(path, LARGEST_FILE).ok()?)?;
    let (head, text) = whole.split_once('\n')?;
    let owner = RecoveryOwner::from_line(head.strip_prefix(HEAD)?)?;
    if let RecoveryOwner::File(plan) = &owner
        && Fingerprint::read(plan).is_ok_and(|on_disk| on_disk == Some(Fingerprint::from_bytes(text.as_bytes())))
    {
        // Failing to remove it is harmless: it is checked again next time.
        let _ = fs::remove_file(path);
        return None;
    }
    Some(RecoveryOffer { owner, path: path.to_owned(), text: text.to_owned() })
}

fn remove(path: &Path) -> Result<(), SaveError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(SaveError::failed(path)(error)),
        _ => Ok(()),
    }
}

impl RecoveryOwner {
    /// Readable, and different for each owner.
    pub(super) fn file_stem(&self) -> String {
        let (name, bytes) = match self {
            Self::File(path) => {
                (path.file_stem().unwrap_or_default().to_string_lossy(), path.as_os_str().as_encoded_bytes())
            }
            Self::Untitled(id) => ("untitled".into(), id.as_str().as_bytes()),
        };
        format!("{}-{:016x}", slug(&name), fnv1a(bytes))
    }

    /// One line, whatever the name contains. A path that is not Unicode is kept as closely as text can.
    pub(super) fn to_line(&self) -> String {
        match self {
            Self::File(path) => format!("the file {:?}", path.to_string_lossy()),
            Self::Untitled(id) => format!("the new plan {:?}", id.as_str()),
        }
    }

    fn from_line(line: &str) -> Option<Self> {
        let name = |text: &str| ron::from_str::<String>(text).ok();
        match line.strip_prefix("the file ") {
            Some(path) => name(path).map(|path| Self::File(path.into())),
            None => name(line.strip_prefix("the new plan ")?).map(|id| Self::Untitled(PlanId::new(&id))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Horizon;
    use crate::store::to_text;

    fn plan(title: &str) -> Plan {
        Plan::new(PlanId::new("p"), title, Horizon::year(2027), "Europe/Berlin")
    }

    #[test]
    fn unsaved_work_is_offered_after_a_crash_but_not_while_the_program_runs() {
        let state = tempfile::tempdir().unwrap();
        let file = state.path().join("a \"plan\"\n.ron");
        fs::write(&file, to_text(&plan("Saved")).unwrap()).unwrap();
        let mut recovery = Recovery::new(state.path(), RecoveryOwner::File(file.clone()));
        recovery.write(&plan("Edited")).unwrap();
        assert_eq!(recovery_offers(state.path()), []);
        drop(recovery);
        let found = recovery_offers(state.path());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].owner, RecoveryOwner::file(&file));
        assert_eq!(found[0].load().unwrap().plan, plan("Edited"));
        found[0].discard().unwrap();
        assert_eq!(recovery_offers(state.path()), []);
    }

    #[test]
    fn saved_work_is_not_offered() {
        let state = tempfile::tempdir().unwrap();
        let file = state.path().join("plan.ron");
        let mut recovery = Recovery::new(state.path(), RecoveryOwner::File(file.clone()));
        recovery.write(&plan("Same")).unwrap();
        drop(recovery);
        fs::write(&file, to_text(&plan("Same")).unwrap()).unwrap();
        assert_eq!(recovery_offers(state.path()), []);
        fs::remove_file(&file).unwrap();
        assert_eq!(recovery_offers(state.path()), [], "and its recovery file is gone");
    }

    #[test]
    fn new_plans_are_offered_each_with_its_own_file() {
        let state = tempfile::tempdir().unwrap();
        let owners = [RecoveryOwner::Untitled(PlanId::new("one")), RecoveryOwner::Untitled(PlanId::new("two"))];
        for owner in &owners {
            Recovery::new(state.path(), owner.clone()).write(&plan("New")).unwrap();
        }
        assert_eq!(recovery_offers(state.path()).into_iter().map(|offer| offer.owner).collect::<Vec<_>>(), owners);
        for offer in recovery_offers(state.path()) {
            offer.discard().unwrap();
        }
        assert_eq!(recovery_offers(state.path()), []);
    }

    #[test]
    fn recovery_files_of_earlier_runs_are_not_overwritten() {
        let state = tempfile::tempdir().unwrap();
        let owner = RecoveryOwner::Untitled(PlanId::new("one"));
        Recovery::new(state.path(), owner.clone()).write(&plan("Before the crash")).unwrap();
        let mut second = Recovery::new(state.path(), owner);
        second.write(&plan("After it")).unwrap();
        second.write(&plan("A little later")).unwrap();
        assert_eq!(recovery_offers(state.path())[0].load().unwrap().plan, plan("Before the crash"));
        second.discard().unwrap();
        assert_eq!(recovery_offers(state.path()).len(), 1);
    }
}
