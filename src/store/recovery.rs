//! Recovery files: what was not saved yet when the program or the machine went down.
//!
//! One file for each open plan, in the program's own folder. Its first line says which plan it belongs to, the rest is
//! that plan's text. While a program writes to one it holds a lock on it, so that another does not offer it.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::{LoadError, SaveError};
use super::format::{Loaded, parse};
use super::lock::{Lock, LockOutcome};
use super::save::{sweep, target_of, text_of, write_bytes};
use super::stamp::{Stamp, fingerprint};
use super::text::{LARGEST_FILE, read_bytes};
use crate::encoding::decode_unicode;
use crate::model::{Plan, PlanId, slug};

const HEAD: &str = "// Not saved when Windowsill ended. Belongs to ";

/// What a recovery file belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// A plan file, by its full path.
    File(PathBuf),
    /// A plan that was never saved.
    Untitled(PlanId),
}

impl Owner {
    /// The plan file at `path`: the same for every way to write that path.
    pub fn file(path: &Path) -> Self {
        Self::File(target_of(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned())))
    }
}

/// Keeps what is not saved yet of one open plan. Nothing is written before the first [`Recovery::write`].
#[derive(Debug)]
pub struct Recovery {
    owner: Owner,
    folder: PathBuf,
    file: Option<(PathBuf, Lock)>,
}

/// At most so many files of one plan wait for a decision.
const MOST_FILES: usize = 100;

impl Recovery {
    /// `folder` is the program's state folder.
    pub fn new(folder: &Path, owner: Owner) -> Self {
        let owner = match owner {
            Owner::File(path) => Owner::file(&path),
            Owner::Untitled(id) => Owner::Untitled(id),
        };
        Self { owner, folder: folder.join("recovery"), file: None }
    }

    /// Keeps `plan` for after a crash, in the place of what this one kept before. What an earlier run has left stays
    /// until somebody has decided on it.
    ///
    /// # Errors
    /// What the disk said. The plan itself is not concerned.
    pub fn write(&mut self, plan: &Plan) -> Result<(), SaveError> {
        if self.file.is_none() {
            self.file = Some(self.claim()?);
        }
        let Some((path, _)) = &self.file else { return Ok(()) };
        write_bytes(path, format!("{HEAD}{}\n{}", self.owner.to_line(), text_of(plan, path)?).as_bytes())
    }

    /// Removes what was kept: the plan was saved, or closed with a "no".
    ///
    /// # Errors
    /// What the disk said.
    pub fn discard(&mut self) -> Result<(), SaveError> {
        self.file.take().map_or(Ok(()), |(path, _lock)| remove(&path))
    }

    /// A file that is nobody's yet.
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
        Err(SaveError::failed(&self.folder)(std::io::Error::other("too many recovery files wait for a decision")))
    }
}

/// A recovery file that holds something else than the plan file does now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub owner: Owner,
    /// The recovery file.
    pub path: PathBuf,
    /// The plan's text.
    pub text: String,
}

impl Offer {
    /// The plan as it was kept.
    ///
    /// # Errors
    /// As for every plan file.
    pub fn load(&self) -> Result<Loaded, LoadError> {
        parse(&self.text).map_err(|error| error.problem.at(&self.path))
    }

    /// Removes the recovery file.
    ///
    /// # Errors
    /// What the disk said.
    pub fn discard(&self) -> Result<(), SaveError> {
        remove(&self.path)
    }
}

/// What can be recovered, sorted by what it belongs to. Files that a running program writes to are left alone, and
/// those whose plan file holds the same text are removed.
pub fn offers(folder: &Path) -> Vec<Offer> {
    let Ok(entries) = fs::read_dir(folder.join("recovery")) else { return Vec::new() };
    let paths = entries.flatten().map(|entry| entry.path());
    let is_ours = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "ron")
            && !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
    };
    let mut offers: Vec<Offer> = paths.filter(is_ours).filter_map(|path| offer(&path)).collect();
    offers.sort_by(|a, b| (&a.owner, &a.path).cmp(&(&b.owner, &b.path)));
    offers
}

fn offer(path: &Path) -> Option<Offer> {
    let LockOutcome::Held(_lock) = Lock::acquire(path) else { return None };
    sweep(path);
    let whole = decode_unicode(&read_bytes(path, LARGEST_FILE).ok()?)?;
    let (head, text) = whole.split_once('\n')?;
    let owner = Owner::from_line(head.strip_prefix(HEAD)?)?;
    if let Owner::File(plan) = &owner
        && Stamp::of_file(plan).is_ok_and(|stamp| stamp == Some(Stamp::of_bytes(text.as_bytes())))
    {
        // Nothing is lost with it; a file that cannot be removed is looked at again next time.
        let _ = fs::remove_file(path);
        return None;
    }
    Some(Offer { owner, path: path.to_owned(), text: text.to_owned() })
}

fn remove(path: &Path) -> Result<(), SaveError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(SaveError::failed(path)(error)),
        _ => Ok(()),
    }
}

impl Owner {
    /// Readable, and another one for each owner.
    fn file_stem(&self) -> String {
        let (name, bytes) = match self {
            Self::File(path) => {
                (path.file_stem().unwrap_or_default().to_string_lossy(), path.as_os_str().as_encoded_bytes())
            }
            Self::Untitled(id) => ("untitled".into(), id.as_str().as_bytes()),
        };
        format!("{}-{:016x}", slug(&name), fingerprint(bytes))
    }

    /// On one line, whatever is in the name. A path that is not Unicode is kept as near as text can.
    fn to_line(&self) -> String {
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
    fn what_was_not_saved_is_offered_after_a_crash_and_not_while_the_program_runs() {
        let state = tempfile::tempdir().unwrap();
        let file = state.path().join("a \"plan\"\n.ron");
        fs::write(&file, to_text(&plan("Saved")).unwrap()).unwrap();
        let mut recovery = Recovery::new(state.path(), Owner::File(file.clone()));
        recovery.write(&plan("Edited")).unwrap();
        assert_eq!(offers(state.path()), []);
        drop(recovery);
        let found = offers(state.path());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].owner, Owner::File(target_of(&file)));
        assert_eq!(found[0].load().unwrap().plan, plan("Edited"));
        found[0].discard().unwrap();
        assert_eq!(offers(state.path()), []);
    }

    #[test]
    fn what_is_on_disk_already_is_not_offered() {
        let state = tempfile::tempdir().unwrap();
        let file = state.path().join("plan.ron");
        let mut recovery = Recovery::new(state.path(), Owner::File(file.clone()));
        recovery.write(&plan("Same")).unwrap();
        drop(recovery);
        fs::write(&file, to_text(&plan("Same")).unwrap()).unwrap();
        assert_eq!(offers(state.path()), []);
        fs::remove_file(&file).unwrap();
        assert_eq!(offers(state.path()), [], "and its recovery file is gone");
    }

    #[test]
    fn new_plans_are_offered_too_each_with_its_own_file() {
        let state = tempfile::tempdir().unwrap();
        let owners = [Owner::Untitled(PlanId::new("one")), Owner::Untitled(PlanId::new("two"))];
        for owner in &owners {
            Recovery::new(state.path(), owner.clone()).write(&plan("New")).unwrap();
        }
        assert_eq!(offers(state.path()).into_iter().map(|offer| offer.owner).collect::<Vec<_>>(), owners);
        for offer in offers(state.path()) {
            offer.discard().unwrap();
        }
        assert_eq!(offers(state.path()), []);
    }

    #[test]
    fn what_nobody_has_decided_on_is_not_overwritten_and_what_was_saved_goes() {
        let state = tempfile::tempdir().unwrap();
        let owner = Owner::Untitled(PlanId::new("one"));
        Recovery::new(state.path(), owner.clone()).write(&plan("Before the crash")).unwrap();
        let mut second = Recovery::new(state.path(), owner);
        second.write(&plan("After it")).unwrap();
        second.write(&plan("A little later")).unwrap();
        assert_eq!(offers(state.path())[0].load().unwrap().plan, plan("Before the crash"));
        second.discard().unwrap();
        assert_eq!(offers(state.path()).len(), 1);
    }
}
