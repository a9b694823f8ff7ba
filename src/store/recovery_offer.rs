//! The recovery files that earlier runs left behind, and what has become of their plans since.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Utc};

use super::error::{LoadError, SaveError};
use super::fingerprint::Fingerprint;
use super::format::{LoadedPlan, parse};
use super::lock::{Lock, LockOutcome};
use super::own_file::open_own;
use super::recovery::{recovery_folder, remove};
use super::recovery_text::{RecoveryOwner, RecoveryText};
use super::replace_file::sweep;
use super::rewrite::{interrupted_save, journals_beside};
use super::text::{LARGEST_FILE, first_bytes};
use crate::encoding::decode_unicode;
use crate::model::UtcMinute;

/// A recovery file whose content differs from the plan file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryOffer {
    pub owner: RecoveryOwner,
    /// The recovery file.
    pub path: PathBuf,
    /// When it was written, if the file system knows.
    pub written_at: Option<UtcMinute>,
    /// The content of the plan file that it is a change of. None for a plan that was never saved, and for a recovery file
    /// of an earlier version.
    pub base: Option<Fingerprint>,
    pub on_disk: PlanOnDisk,
    /// The plan's text.
    pub text: String,
}

/// What has become of a plan file since a recovery file was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanOnDisk {
    /// It has the content that the recovery file is based on.
    Unchanged,
    /// It has another content: somebody has saved it.
    Changed,
    Missing,
    Unreadable,
    /// The plan was never saved.
    NeverSaved,
}

impl RecoveryOffer {
    /// Parses the plan.
    ///
    /// # Errors
    /// The same as for a plan file.
    pub fn load(&self) -> Result<LoadedPlan, LoadError> {
        parse(&self.text).map_err(|error| error.problem.at(&self.path))
    }

    /// The fingerprint that the plan file must have for a save to replace it without a question.
    pub fn expected(&self) -> Fingerprint {
        self.base.unwrap_or_else(Fingerprint::unknown)
    }

    /// Removes the recovery file.
    ///
    /// # Errors
    /// The error of the file system.
    pub fn discard(&self) -> Result<(), SaveError> {
        remove(&self.path)
    }
}

/// What can be recovered, sorted by owner, the newest first. Files of running programs are skipped, and files with the
/// same text as their plan file are removed. `folder` is the program's state folder.
pub fn recovery_offers(folder: &Path) -> Vec<RecoveryOffer> {
    let Ok(entries) = fs::read_dir(recovery_folder(folder)) else { return Vec::new() };
    let paths = entries.flatten().map(|entry| entry.path());
    let is_ours = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "ron")
            && !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
    };
    let mut offers: Vec<RecoveryOffer> = paths.filter(is_ours).filter_map(|path| offer(&path)).collect();
    sort(&mut offers);
    offers
}

/// What can be recovered of the plan at `path`, the newest first: also saves that were interrupted before
/// somebody else saved the plan.
pub fn recovery_offers_for(folder: &Path, path: &Path) -> Vec<RecoveryOffer> {
    let owner = RecoveryOwner::file(path);
    let mut offers: Vec<RecoveryOffer> =
        recovery_offers(folder).into_iter().filter(|offer| offer.owner == owner).collect();
    // Other saves are complete, or will be by whoever opens the plan.
    let is_overtaken = |offer: &RecoveryOffer| offer.on_disk == PlanOnDisk::Changed && interrupted_save(path).is_none();
    let journals = journals_beside(path);
    offers.extend(journals.iter().filter_map(|journal| read_offer(journal, Some(&owner))).filter(is_overtaken));
    sort(&mut offers);
    offers
}

fn sort(offers: &mut [RecoveryOffer]) {
    offers.sort_by(|a, b| (&a.owner, b.written_at, &a.path).cmp(&(&b.owner, a.written_at, &b.path)));
}

fn offer(path: &Path) -> Option<RecoveryOffer> {
    let LockOutcome::Held(_lock) = Lock::acquire(path) else { return None };
    sweep(path);
    let offer = read_offer(path, None)?;
    let text = Fingerprint::from_bytes(offer.text.as_bytes());
    if let RecoveryOwner::File(plan) = &offer.owner
        && Fingerprint::read(plan).is_ok_and(|on_disk| on_disk == Some(text))
    {
        // Failing to remove it is harmless: it is checked again next time.
        let _ = offer.discard();
        return None;
    }
    Some(offer)
}

/// Reads a recovery file of `owner`, or of the plan that it names.
fn read_offer(path: &Path, owner: Option<&RecoveryOwner>) -> Option<RecoveryOffer> {
    let file = open_own(path, fs::File::options().read(true)).ok()??;
    let written_at = file.metadata().and_then(|found| found.modified()).ok().and_then(minute);
    // Longer than a plan by its first lines.
    let whole = decode_unicode(&first_bytes(file, LARGEST_FILE + (1 << 20)).ok()?)?;
    let text = RecoveryText::from_text(&whole)?;
    let owner = owner.cloned().unwrap_or(text.owner);
    let on_disk = on_disk(&owner, text.base);
    Some(RecoveryOffer {
        owner,
        path: path.to_owned(),
        written_at,
        base: text.base,
        on_disk,
        text: text.plan.to_owned(),
    })
}

fn on_disk(owner: &RecoveryOwner, base: Option<Fingerprint>) -> PlanOnDisk {
    let RecoveryOwner::File(path) = owner else { return PlanOnDisk::NeverSaved };
    match Fingerprint::read(path) {
        Ok(Some(found)) if base == Some(found) => PlanOnDisk::Unchanged,
        Ok(Some(_)) => PlanOnDisk::Changed,
        Ok(None) => PlanOnDisk::Missing,
        Err(_) => PlanOnDisk::Unreadable,
    }
}

fn minute(time: SystemTime) -> Option<UtcMinute> {
    // Times that chrono cannot hold are not those of a file.
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    DateTime::<Utc>::from_timestamp(i64::try_from(seconds).ok()?, 0).map(UtcMinute::from_utc)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Horizon, Plan, PlanId};
    use crate::store::recovery::Recovery;
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
        recovery.write(&plan("Edited"), None).unwrap();
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
        recovery.write(&plan("Same"), None).unwrap();
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
            Recovery::new(state.path(), owner.clone()).write(&plan("New"), None).unwrap();
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
        Recovery::new(state.path(), owner.clone()).write(&plan("Before the crash"), None).unwrap();
        let mut second = Recovery::new(state.path(), owner);
        second.write(&plan("After it"), None).unwrap();
        second.write(&plan("A little later"), None).unwrap();
        assert_eq!(recovery_offers(state.path())[0].load().unwrap().plan, plan("Before the crash"));
        second.discard().unwrap();
        assert_eq!(recovery_offers(state.path()).len(), 1);
    }
}
