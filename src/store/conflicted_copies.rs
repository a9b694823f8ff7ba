//! Conflicted copies of a plan: what a sync tool leaves beside it if two people changed it at the same time.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::copy_names::is_copy_name;
use super::error::SaveError;
use super::file_stamp::FileStamp;
use super::fingerprint::Fingerprint;
use super::found_plan::FoundPlan;
use super::lock::host_name;
use super::paths::full_path;
use crate::model::{PlanId, UtcMinute};

/// A file beside a plan with the name that a sync tool gives to conflicted copies, and with a plan of the same id or
/// something that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictedCopy {
    pub path: PathBuf,
    pub fingerprint: Fingerprint,
    /// When it was written, if the file system knows.
    pub modified_at: Option<UtcMinute>,
    /// Why it cannot be read as a plan, as a sentence.
    pub unreadable: Option<String>,
}

/// Finds the conflicted copies of a plan. Files are only read again after they have changed.
#[derive(Debug)]
pub(super) struct CopySearch {
    path: PathBuf,
    plan: PlanId,
    known: BTreeMap<PathBuf, SeenFile>,
}

/// What was last seen of a file with the name of a copy.
#[derive(Debug)]
struct SeenFile {
    stamp: FileStamp,
    /// None for another plan.
    copy: Option<ConflictedCopy>,
    /// Whether the file was the same when the folder was listed before. One that is being written cannot be read.
    is_settled: bool,
}

impl CopySearch {
    pub(super) fn new(path: PathBuf, plan: PlanId) -> Self {
        Self { path, plan, known: BTreeMap::new() }
    }

    /// The copies that are there now, sorted by path. A folder that cannot be listed has none. A copy that cannot be read
    /// is found the second time, unless it was written again.
    pub(super) fn find(&mut self) -> Vec<ConflictedCopy> {
        let mut known = std::mem::take(&mut self.known);
        for path in candidates(&self.path) {
            let Ok(Some(stamp)) = FileStamp::read(&path) else { continue };
            let entry = match known.remove(&path) {
                Some(entry) if entry.stamp == stamp => SeenFile { is_settled: true, ..entry },
                _ => SeenFile { stamp, copy: self.read(&path), is_settled: false },
            };
            self.known.insert(path, entry);
        }
        let is_complete = |copy: &&ConflictedCopy, seen: &SeenFile| seen.is_settled || copy.unreadable.is_none();
        self.known
            .values()
            .filter_map(|seen| seen.copy.as_ref().filter(|copy| is_complete(copy, seen)).cloned())
            .collect()
    }

    /// None for another plan.
    fn read(&self, path: &Path) -> Option<ConflictedCopy> {
        let path = path.to_owned();
        match FoundPlan::read(&path) {
            Ok(found) if found.loaded.plan.id() != &self.plan => None,
            Ok(FoundPlan { fingerprint, modified_at, .. }) => {
                Some(ConflictedCopy { path, fingerprint, modified_at, unreadable: None })
            }
            Err(error) => {
                let fingerprint = Fingerprint::read(&path).ok().flatten().unwrap_or_else(Fingerprint::unknown);
                let modified_at = FileStamp::read(&path).ok().flatten().and_then(|stamp| stamp.modified_at());
                let unreadable = Some(error.problem.to_string());
                Some(ConflictedCopy { path, fingerprint, modified_at, unreadable })
            }
        }
    }
}

/// The conflicted copies of the plan in `path`, sorted by path, also those that cannot be read.
pub fn conflicted_copies(path: &Path, plan: &PlanId) -> Vec<ConflictedCopy> {
    let mut search = CopySearch::new(path.to_owned(), plan.clone());
    search.find();
    search.find()
}

/// The regular files beside a plan that have the name of a copy of it.
fn candidates(plan: &Path) -> Vec<PathBuf> {
    let target = full_path(plan);
    let (Some(folder), Some(name)) = (target.parent(), target.file_name().and_then(|name| name.to_str())) else {
        return Vec::new();
    };
    // Paths are written like that of the plan, which may be relative.
    let shown_in = if plan.is_symlink() { folder } else { plan.parent().unwrap_or(Path::new("")) };
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    let host = host_name();
    let is_copy = |plan: &str, copy: &str| is_copy_name(plan, copy, &host);
    // A copy of "plan-b.ron" has a name that could be that of a copy of "plan.ron".
    let has_closer_owner = |copy: &str| {
        names.iter().any(|other| other.len() > name.len() && is_copy(other, copy) && !is_copy(name, other))
    };
    let copies = names.iter().filter(|copy| is_copy(name, copy) && !has_closer_owner(copy));
    copies.map(|copy| shown_in.join(copy)).collect()
}

/// Deletes a conflicted copy if its content is still `expected`.
///
/// # Errors
/// A copy that has changed, or the error of the file system.
pub fn delete_copy(path: &Path, expected: Fingerprint) -> Result<(), SaveError> {
    match Fingerprint::read(path).map_err(SaveError::failed(path))? {
        None => Ok(()),
        Some(found) if found != expected => Err(SaveError::ChangedOnDisk(path.to_owned())),
        Some(_) => fs::remove_file(path).map_err(SaveError::failed(path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Horizon, Plan};
    use crate::store::to_text;

    #[test]
    fn copies_are_confirmed_by_their_content() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, id: &str| {
            let plan = Plan::new(PlanId::new(id), "Plan", Horizon::year(2027), "UTC");
            fs::write(folder.path().join(name), to_text(&plan).unwrap()).unwrap();
        };
        for name in ["plan.ron", "plan-b.ron", "plan (1).ron", "plan.sync-conflict-20261129-140301-ABCDEFG.ron"] {
            write(name, "p");
        }
        // A copy of another file, of another plan, and an unreadable one.
        write("plan-b (conflicted copy 2026-11-29 140301).ron", "p");
        write("plan (conflicted copy 2026-11-29 140301).ron", "q");
        fs::write(folder.path().join("plan (2).ron"), "(format").unwrap();
        let names = |plan: &str| -> Vec<String> {
            let found = conflicted_copies(&folder.path().join(plan), &PlanId::new("p"));
            found.iter().map(|copy| copy.path.file_name().unwrap().to_string_lossy().into_owned()).collect()
        };
        assert_eq!(
            names("plan.ron"),
            ["plan (1).ron", "plan (2).ron", "plan.sync-conflict-20261129-140301-ABCDEFG.ron"]
        );
        assert_eq!(names("plan-b.ron"), ["plan-b (conflicted copy 2026-11-29 140301).ron"]);
        // Half written before, complete now.
        let mut search = CopySearch::new(folder.path().join("plan.ron"), PlanId::new("p"));
        assert_eq!(search.find().len(), 2);
        let unreadable = |found: &[ConflictedCopy]| found.iter().filter(|copy| copy.unreadable.is_some()).count();
        let found = search.find();
        assert_eq!((found.len(), unreadable(&found)), (3, 1), "{found:?}");
        write("plan (2).ron", "p");
        let found = search.find();
        assert_eq!((found.len(), unreadable(&found)), (3, 0), "{found:?}");
        let copy = search.find().remove(0);
        assert!(delete_copy(&copy.path, Fingerprint::unknown()).is_err());
        delete_copy(&copy.path, copy.fingerprint).unwrap();
        assert_eq!(search.find().len(), 2);
    }
}
