//! Who changed a plan and when: compares each version in the history of the file with the versions before it.

use std::collections::HashMap;
use std::sync::Arc;

use super::contents::{Content, Contents};
use super::dropped::Dropped;
use super::error::GitError;
use super::file::GitFile;
use super::log::{LogEntry, log};
use super::merged::merged_changes;
use crate::encoding::decode_unicode;
use crate::model::{Plan, PlanParts, UtcMinute};
use crate::progress::Progress;
use crate::schedule::Schedule;
use crate::schedule::revision::{Blame, BlameEntry, PlanCommit, RecordChange, record_changes};
use crate::store::error::LoadProblem;
use crate::store::format::parse;
use crate::store::plan_fault::SyntaxProblem;

/// The changes of a plan, and the commits that were left out.
#[derive(Debug, Default)]
pub struct PlanHistory {
    pub blame: Blame,
    /// Commits whose plan cannot be read, and why.
    pub skipped: Vec<(Arc<PlanCommit>, String)>,
}

/// The history of the plan in `file`, with the changes of `current` that are not committed. It can be cancelled.
///
/// # Errors
/// Git cannot be used, or the file was never committed.
pub fn plan_history(
    file: &GitFile,
    current: &Arc<Plan>,
    now: UtcMinute,
    progress: &Progress,
) -> Result<PlanHistory, GitError> {
    let status = file.status(progress)?;
    if !status.has_commits {
        return Err(GitError::NoHistory);
    }
    let entries = log(file, file.committed_path(&status, progress)?, progress)?;
    let Some(newest) = entries.first() else { return Err(GitError::NoHistory) };
    let contents = Contents::start(file, entries.iter().map(|entry| &*entry.path))?;
    let mut versions = Versions {
        contents,
        known: HashMap::new(),
        children: children(&entries),
        last: None,
        dropped: Dropped::default(),
        history: PlanHistory::default(),
    };
    let mut blamed = Vec::new();
    for (done, entry) in entries.iter().rev().enumerate() {
        if !progress.continues(done, entries.len()) {
            return Err(GitError::Stopped);
        }
        let changes = versions.changes(&entries, entry, progress)?;
        blamed.push((Some(Arc::clone(&entry.commit)), changes));
    }
    if let Some(Some(committed)) = versions.known.get(&newest.commit.hash) {
        let current = derive(shared(Plan::clone(current), Some(committed)), Some(committed));
        blamed.push((None, changes_at(committed, &current, now)));
    }
    let dropped = &versions.dropped;
    let entries = blamed.into_iter().rev().flat_map(|(commit, changes)| {
        let changes = match &commit {
            Some(commit) => dropped.rest(&commit.hash, changes),
            None => changes,
        };
        changes.into_iter().map(move |change| BlameEntry { change, commit: commit.clone() })
    });
    let blame = Blame { entries: entries.collect() };
    Ok(PlanHistory { blame, ..versions.history })
}

/// The versions that were read so far.
struct Versions {
    contents: Contents,
    /// The plan at each commit, or at the nearest commit before it whose plan can be read.
    known: HashMap<String, Option<Schedule>>,
    /// How many commits after it each commit still has to be compared with.
    children: HashMap<String, usize>,
    /// The version that was read last, by the hash of its content.
    last: Option<(String, Schedule)>,
    dropped: Dropped,
    history: PlanHistory,
}

impl Versions {
    /// What a commit changed. Its parents were read before.
    fn changes(
        &mut self,
        entries: &[LogEntry],
        entry: &LogEntry,
        progress: &Progress,
    ) -> Result<Vec<RecordChange>, GitError> {
        let found = entry.parents.iter().filter_map(|parent| Some((parent.clone(), self.take(parent)?)));
        let (commits, parents): (Vec<String>, Vec<Schedule>) = found.unzip();
        let content = self.contents.read(&entry.commit.hash, &entry.path, progress)?;
        let schedule = match self.read(content, parents.first()) {
            Ok(schedule) => schedule,
            Err(why) => {
                let why = format!("{why} (what it changed counts as part of the next commit)");
                self.history.skipped.insert(0, (Arc::clone(&entry.commit), why));
                self.known.insert(entry.commit.hash.clone(), parents.into_iter().next());
                return Ok(Vec::new());
            }
        };
        let changes = match parents.as_slice() {
            [] => changes_at(&empty(&schedule), &schedule, entry.commit.at),
            [parent] => changes_at(parent, &schedule, entry.commit.at),
            several => {
                let today = schedule.zone.local(entry.commit.at).date();
                let known: Vec<(String, Schedule)> = commits.into_iter().zip(several.iter().cloned()).collect();
                self.dropped.note(entries, &known, &schedule, today);
                merged_changes(several, &schedule, today)
            }
        };
        self.known.insert(entry.commit.hash.clone(), Some(schedule));
        Ok(changes)
    }

    /// The plan at a commit, which is forgotten once no other commit needs it.
    fn take(&mut self, commit: &str) -> Option<Schedule> {
        let left = self.children.get_mut(commit)?;
        *left = left.saturating_sub(1);
        if *left == 0 { self.known.remove(commit) } else { self.known.get(commit).cloned() }.flatten()
    }

    fn read(&mut self, content: Option<Content>, parent: Option<&Schedule>) -> Result<Schedule, String> {
        let Content { hash, bytes } = content.ok_or("this commit deletes or renames the file")?;
        if let Some((last, schedule)) = &self.last
            && *last == hash
        {
            return Ok(schedule.clone());
        }
        let bytes = bytes.ok_or("the file is larger than a plan may be")?;
        let plan = read_plan(&bytes)?;
        let before = parent.or(self.last.as_ref().map(|(_, schedule)| schedule));
        let schedule = derive(shared(plan, before), before);
        self.last = Some((hash, schedule.clone()));
        Ok(schedule)
    }
}

/// How many of the commits have each as a parent.
fn children(entries: &[LogEntry]) -> HashMap<String, usize> {
    let mut children = HashMap::new();
    for parent in entries.iter().flat_map(|entry| &entry.parents) {
        *children.entry(parent.clone()).or_default() += 1;
    }
    children
}

/// Reads a committed plan.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn read_plan(bytes: &[u8]) -> Result<Plan, String> {
    let text = decode_unicode(bytes).ok_or("it is not UTF-8 text")?;
    parse(&text).map(|loaded| loaded.plan).map_err(|error| unreadable(error.problem))
}

/// What is wrong with a committed plan, without the remedy for a file: nobody can correct a commit in a text editor.
fn unreadable(problem: LoadProblem) -> String {
    match problem {
        LoadProblem::Syntax(SyntaxProblem { problem, line, column, advice: _ }) => {
            format!("line {line}, column {column}: {problem}")
        }
        LoadProblem::NoFormat => "it is not a Windowsill plan, since it has no format number".to_owned(),
        LoadProblem::Blank => "the file is empty".to_owned(),
        LoadProblem::Calendar => "it is a calendar (.ics) and not a Windowsill plan".to_owned(),
        LoadProblem::NotUtf8 { line } => format!("line {line}: it is not UTF-8 text"),
        problem @ (LoadProblem::Newer { .. }
        | LoadProblem::TooLarge { .. }
        | LoadProblem::BeingSaved { .. }
        | LoadProblem::SaveInterrupted { .. }
        | LoadProblem::Unreadable(_)
        | LoadProblem::DamagedVersion) => format!("{problem:#}"),
    }
}

fn derive(plan: Plan, before: Option<&Schedule>) -> Schedule {
    Schedule::derive(&Arc::new(plan), before)
}

/// The changes as seen on the day of the commit, on the plan's clock.
fn changes_at(before: &Schedule, after: &Schedule, at: UtcMinute) -> Vec<RecordChange> {
    record_changes(before, after, after.zone.local(at).date())
}

/// A plan without records, to compare the first version with.
fn empty(first: &Schedule) -> Schedule {
    let plan = &first.plan;
    let blank = Plan::new(plan.id().clone(), plan.title(), plan.horizon(), plan.zone());
    let parts = PlanParts {
        policy: Arc::clone(plan.policy()),
        zones: plan.zones().clone(),
        releases: plan.releases().clone(),
        ..blank.to_parts()
    };
    derive(Plan::from(parts), None)
}

/// The same plan with the records of an earlier version that are equal. What they share in memory is not calculated
/// again.
fn shared(plan: Plan, before: Option<&Schedule>) -> Plan {
    let Some(before) = before else { return plan };
    let (old, new) = (before.plan.to_parts(), plan.to_parts());
    Plan::from(PlanParts {
        policy: if old.policy == new.policy { old.policy } else { new.policy },
        zones: new.zones.sharing(&old.zones),
        areas: new.areas.sharing(&old.areas),
        systems: new.systems.sharing(&old.systems),
        ladders: new.ladders.sharing(&old.ladders),
        releases: new.releases.sharing(&old.releases),
        windows: new.windows.sharing(&old.windows),
        ..new
    })
}
