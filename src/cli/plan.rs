//! Reading and changing plan files, for all commands.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::reply::Failure;
use crate::model::{Plan, UtcMinute};
use crate::schedule::Schedule;
use crate::store::{
    self, Access, Fingerprint, LoadProblem, LoadedPlan, Lock, LockOutcome, OpenedPlan, ProgramFolders, ReadPlan,
    UnknownField,
};
use crate::wording::within_sentence;

/// The schedule of a plan that is only read, and therefore not locked.
pub struct OpenedSchedule {
    pub schedule: Schedule,
    /// Warnings about unknown fields.
    pub notes: Vec<String>,
}

/// # Errors
/// A file that cannot be read or is not a plan, with line and column.
pub fn read_schedule(path: &Path) -> Result<OpenedSchedule, Failure> {
    read_schedule_and_text(path).map(|(opened, _)| opened)
}

/// The schedule of a plan, and the text that it was read from.
///
/// # Errors
/// Those of [`read_schedule`].
pub fn read_schedule_and_text(path: &Path) -> Result<(OpenedSchedule, String), Failure> {
    let ReadPlan { loaded, text, completed_save } = store::read_plan(path)?;
    let mut notes = unknown_fields(&loaded.unknown_fields, path);
    notes.extend(completed_save.then(|| completed(path)));
    Ok((OpenedSchedule { schedule: derive(loaded.plan), notes }, text))
}

/// A plan that is merged with another; none for an empty file, if it may be empty. Unless `drops_unknown`, a plan with
/// fields that this program does not know is refused, because the merged plan would not have them.
///
/// # Errors
/// A file that cannot be read or is not a plan, with line and column, or that a newer program wrote.
pub fn read_plan(path: &Path, drops_unknown: bool, may_be_empty: bool) -> Result<Option<Plan>, Failure> {
    let loaded = match store::read_plan(path) {
        Err(error) if may_be_empty && matches!(error.problem, LoadProblem::Blank) => return Ok(None),
        read => read?.loaded,
    };
    refuse_unknown(&loaded, path, drops_unknown, "merging it", "nothing was merged")?;
    Ok(Some(loaded.plan))
}

/// The schedule of a plan from which another plan is made. Unless `drops_unknown`, a plan with fields that this program
/// does not know is refused, because the other plan would not have them.
///
/// # Errors
/// A file that cannot be read or is not a plan, with line and column, or that a newer program wrote.
pub fn read_whole_schedule(path: &Path, drops_unknown: bool, doing: &str) -> Result<OpenedSchedule, Failure> {
    let ReadPlan { loaded, completed_save, .. } = store::read_plan(path)?;
    refuse_unknown(&loaded, path, drops_unknown, doing, "nothing was written")?;
    let mut notes = unknown_fields(&loaded.unknown_fields, path);
    notes.extend(completed_save.then(|| completed(path)));
    Ok(OpenedSchedule { schedule: derive(loaded.plan), notes })
}

/// Refuses a plan of a newer program and, unless `drops_unknown`, one with unknown fields. `doing` is what would lose
/// them, `outcome` says that it was not done.
fn refuse_unknown(
    loaded: &LoadedPlan,
    path: &Path,
    drops_unknown: bool,
    doing: &str,
    outcome: &str,
) -> Result<(), Failure> {
    if loaded.newer_format {
        let message = format!("it was written by a newer Windowsill, and {doing} with this version could lose data");
        return Err(Failure::at(path, message));
    }
    if !loaded.unknown_fields.is_empty() && !drops_unknown {
        let mut lines = unknown_fields(&loaded.unknown_fields, path);
        lines.push(format!(
            "{}: {outcome}, because that would lose its unknown fields (correct the plan, or add --drop-unknown)",
            path.display()
        ));
        return Err(Failure(lines.join("\n")));
    }
    Ok(())
}

/// A plan file that is locked for changes until this value is dropped.
pub struct LockedPlan<'a> {
    pub plan: Plan,
    /// Warnings about unknown fields.
    pub notes: Vec<String>,
    path: &'a Path,
    fingerprint: Fingerprint,
    older_format: Option<u32>,
    _lock: Arc<Lock>,
}

impl<'a> LockedPlan<'a> {
    /// Opens a plan to change it. Unless `drops_unknown`, a plan with fields that this program does not know is refused,
    /// because saving it would lose them.
    ///
    /// # Errors
    /// A file that cannot be read or written, or is open elsewhere.
    pub fn open(path: &'a Path, drops_unknown: bool) -> Result<Self, Failure> {
        let OpenedPlan { plan, unknown_fields: unknown, fingerprint, access, older_format, completed_save, .. } =
            store::open(path)?;
        let lock = match access {
            Access::Writable(lock) => lock,
            Access::ReadOnly(reason) => {
                let message = format!("the plan cannot be changed now, so nothing was done. {reason}");
                return Err(Failure::at(path, message));
            }
        };
        let mut notes = unknown_fields(&unknown, path);
        notes.extend(completed_save.then(|| completed(path)));
        if !unknown.is_empty() && !drops_unknown {
            notes.push(format!(
                "{}: nothing was done, because saving the plan would lose its unknown fields (correct the plan, or add \
                 --drop-unknown)",
                path.display()
            ));
            return Err(Failure(notes.join("\n")));
        }
        Ok(Self { plan, notes, path, fingerprint, older_format, _lock: lock })
    }

    /// Saves a changed version of the plan. Returns notes, for instance if that raised the number of its format, or if
    /// its folder could not be flushed.
    ///
    /// # Errors
    /// A file that cannot be written, or that was changed in the meantime by a program that ignores the lock.
    pub fn save(&self, changed: &Plan, clock: DateTime<Utc>) -> Result<Vec<String>, store::SaveError> {
        keep_found_version(self.path, self.path, clock);
        let saved = store::save(self.path, changed, Some(&self.fingerprint))?;
        let note = |older| format!("{}: {}", self.path.display(), within_sentence(&store::raised_format(older)));
        let unsynced = saved.unsynced.map(|why| format!("{why:#}"));
        let raised = self.older_format.map(note);
        Ok(raised.into_iter().chain(unsynced).chain(keep_version(self.path, changed, clock)).collect())
    }
}

/// Refuses the name of a new file that does not end like a plan.
///
/// # Errors
/// Another ending. Pipes and devices have none.
pub fn check_new_name(path: &Path) -> Result<(), Failure> {
    match store::problem_with_plan_name(path) {
        Some(problem) if !store::is_stream(path) => Err(Failure::at(path, problem)),
        _ => Ok(()),
    }
}

/// Saves a plan to a new file, which is locked meanwhile, and keeps it as a version. Returns notes. `advice` is what to do
/// if the file exists already.
///
/// # Errors
/// A name that no plan has, an existing file, a file that is open elsewhere or cannot be written.
pub fn save_new(path: &Path, plan: &Plan, clock: DateTime<Utc>, advice: &str) -> Result<Vec<String>, Failure> {
    check_new_name(path)?;
    let _lock = lock(path)?;
    let saved = store::save(path, plan, None).map_err(|error| match error {
        store::SaveError::AlreadyThere(path) => Failure::at(&path, format!("the file already exists ({advice})")),
        error => error.into(),
    })?;
    Ok(notes_on_save(path, plan, saved.unsynced, clock))
}

/// Saves a plan instead of the one in `path`, which is kept as a version first. Returns notes.
///
/// # Errors
/// A file that is open elsewhere, that cannot be written, or whose content cannot be kept: nothing was written then.
pub fn replace_plan(path: &Path, plan: &Plan, clock: DateTime<Utc>) -> Result<Vec<String>, Failure> {
    check_new_name(path)?;
    let _lock = lock(path)?;
    let found = match store::read_plan(path) {
        Err(error) if matches!(error.problem, LoadProblem::Blank) => Fingerprint::read(path)?,
        Err(error) => {
            let advice = "nothing was written, because what is there cannot be kept as a version (rename it first)";
            return Err(Failure(format!("{error:#}\n{}: {advice}", path.display())));
        }
        Ok(_) => {
            let not_kept = |why: &str| {
                let message = format!("nothing was written, because what is there cannot be kept as a version: {why}");
                Failure::at(path, message)
            };
            let folders = ProgramFolders::find()
                .ok_or_else(|| not_kept("no data folder was found (set HOME or WINDOWSILL_HOME)"))?;
            let kept = store::keep_found_version(&folders.data, path, path, UtcMinute::from_utc(clock));
            kept.map_err(|error| not_kept(&format!("{error:#}")))?
        }
    };
    let saved = store::save(path, plan, found.as_ref())?;
    Ok(notes_on_save(path, plan, saved.unsynced, clock))
}

/// Locks the file of a plan that is written. None if its folder cannot have a lock: saving says why.
fn lock(path: &Path) -> Result<Option<Lock>, Failure> {
    match Lock::acquire(path) {
        LockOutcome::HeldBy(who) => {
            let message =
                format!("the file cannot be changed now, so nothing was written. It is open elsewhere: {who}");
            Err(Failure::at(path, message))
        }
        LockOutcome::Held(lock) => Ok(Some(lock)),
        LockOutcome::Unavailable(_) => Ok(None),
    }
}

fn notes_on_save(path: &Path, plan: &Plan, unsynced: Option<store::SaveError>, clock: DateTime<Utc>) -> Vec<String> {
    let unsynced = unsynced.map(|why| format!("{why:#}"));
    unsynced.into_iter().chain(keep_version(path, plan, clock)).collect()
}

/// Keeps a plan that was just saved to `path` as a version. Returns a warning if that fails.
pub fn keep_version(path: &Path, plan: &Plan, clock: DateTime<Utc>) -> Option<String> {
    let data = ProgramFolders::find()?.data;
    let error = store::keep_version(&data, path, plan, UtcMinute::from_utc(clock)).err()?;
    Some(format!("{}: saved, but not kept for `history`: {error:#}", path.display()))
}

/// Keeps what is in the file `source` as a version of the plan in `path`, unless it is kept already. Failing to do so is
/// only logged: the plan that is saved afterwards has it.
pub fn keep_found_version(path: &Path, source: &Path, clock: DateTime<Utc>) {
    let Some(folders) = ProgramFolders::find() else { return };
    if let Err(error) = store::keep_found_version(&folders.data, path, source, UtcMinute::from_utc(clock)) {
        log::warn!("{} is not kept as a version: {error}", source.display());
    }
}

/// The note about an interrupted save.
fn completed(path: &Path) -> String {
    format!("{}: the last save was interrupted, and is complete now", path.display())
}

pub fn derive(plan: Plan) -> Schedule {
    Schedule::derive(&Arc::new(plan), None)
}

/// The name of a plan's file without its folder.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// A warning for each field that this program does not know.
fn unknown_fields(fields: &[UnknownField], path: &Path) -> Vec<String> {
    let warning = |field: &UnknownField| {
        let UnknownField { line, column, .. } = field;
        format!("{}:{line}:{column}: ignored unknown field {}", path.display(), field.name())
    };
    fields.iter().map(warning).collect()
}
