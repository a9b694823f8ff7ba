//! What the dialog *Git* and `git status` show: the state of a plan, what is uncommitted and what is to pull, in words.

use std::ffi::OsString;
use std::sync::Arc;

use super::error::GitError;
use super::file::{GitFile, os_text};
use super::history::read_plan;
use super::log::incoming;
use super::process::read;
use super::status::{GitFileState, GitStatus};
use crate::model::{Plan, UtcMinute};
use crate::progress::Progress;
use crate::schedule::revision::{PlanCommit, RecordChange, record_changes};
use crate::schedule::{Schedule, Zone};
use crate::store::fingerprint::Fingerprint;
use crate::wording::{counted, moment};

/// More incoming commits are only counted.
const MOST_COMMITS: usize = 50;

/// The state of a plan in Git, and what differs.
#[derive(Debug)]
pub struct GitReport {
    pub status: GitStatus,
    /// What differs between the committed plan and the plan, or why that is unknown. All of it for a new file.
    pub uncommitted: Result<Vec<RecordChange>, String>,
    /// None if nothing is to pull.
    pub incoming: Option<IncomingChanges>,
    /// Whether the file was changed by somebody else since it was opened.
    pub is_outdated: bool,
    /// "origin/main, as of the last fetch on Sat 13 Mar 2027 22:05"
    pub upstream: Option<String>,
}

/// The commits of the upstream that the branch lacks, as of the last fetch.
#[derive(Debug)]
pub struct IncomingChanges {
    /// The newest first.
    pub commits: Vec<PlanCommit>,
    /// Older commits, which are not listed.
    pub more: usize,
    /// What they change in this plan, or why that is unknown.
    pub changes: Result<Vec<RecordChange>, String>,
}

/// Reads the state of a plan. `current` is the plan as it will be committed, `opened` the content of its file as it was
/// last opened or saved.
///
/// # Errors
/// Git cannot be used.
pub fn git_report(
    file: &GitFile,
    current: &Schedule,
    opened: Option<&Fingerprint>,
    now: UtcMinute,
    progress: &Progress,
) -> Result<GitReport, GitError> {
    let status = file.status(progress)?;
    let today = current.zone.local(now).date();
    let path = file.committed_path(&status, progress)?;
    let committed = if status.has_commits { version(file, "HEAD", &path, progress)? } else { None };
    let uncommitted = match committed {
        None => Ok(Vec::new()),
        Some(committed) => committed
            .map(|plan| record_changes(&derived(plan, current), current, today))
            .map_err(|why| format!("The committed plan cannot be read: {why}. Commit this plan to replace it.")),
    };
    let incoming = match status.to_pull() {
        0 => None,
        count => Some(incoming_changes(file, &path, count as usize, current, now, progress)?),
    };
    let upstream = status.upstream.as_ref().map(|upstream| {
        let fetched = status.fetched_at.map_or_else(
            || "nothing was fetched since it was cloned".to_owned(),
            |at| format!("as of the last fetch on {}", moment(current.zone.local(at))),
        );
        format!("{}, {fetched}", upstream.name)
    });
    Ok(GitReport { status, uncommitted, incoming, upstream, is_outdated: file.is_outdated(opened) })
}

fn incoming_changes(
    file: &GitFile,
    path: &[u8],
    count: usize,
    current: &Schedule,
    now: UtcMinute,
    progress: &Progress,
) -> Result<IncomingChanges, GitError> {
    let commits = incoming(file, MOST_COMMITS, progress)?;
    let today = current.zone.local(now).date();
    let base = read(&file.folder, ["merge-base", "HEAD", "@{upstream}"], progress);
    let base = match base {
        Ok(hash) => version(file, String::from_utf8_lossy(&hash).trim(), path, progress)?,
        Err(GitError::Failed(_)) => None,
        Err(error) => return Err(error),
    };
    let theirs = version(file, "@{upstream}", path, progress)?;
    let changes = match (base, theirs) {
        (Some(Ok(base)), Some(Ok(theirs))) => {
            let base = derived(base, current);
            let theirs = derived(theirs, &base);
            Ok(record_changes(&base, &theirs, today))
        }
        (None, _) => Err("The version that both have in common does not have this plan.".to_owned()),
        (_, None) => Err("They remove or rename this plan.".to_owned()),
        (Some(Err(why)), _) => Err(format!("The version that both have in common cannot be read: {why}.")),
        (_, Some(Err(why))) => Err(format!("Their plan cannot be read: {why}. Ask them to mend it before you pull.")),
    };
    let more = count.saturating_sub(commits.len());
    Ok(IncomingChanges { commits, more, changes })
}

fn derived(plan: Plan, before: &Schedule) -> Schedule {
    Schedule::derive(&Arc::new(plan), Some(before))
}

/// The plan at a revision; none if it is not there. The inner error says why it cannot be read.
fn version(
    file: &GitFile,
    revision: &str,
    path: &[u8],
    progress: &Progress,
) -> Result<Option<Result<Plan, String>>, GitError> {
    let mut object = format!("{revision}:").into_bytes();
    object.extend_from_slice(path);
    let arguments = ["cat-file", "blob"].map(OsString::from).into_iter().chain([os_text(object)]);
    match read(&file.folder, arguments, progress) {
        Ok(bytes) => Ok(Some(read_plan(&bytes))),
        Err(GitError::Failed(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

impl GitReport {
    /// What differs from the committed plan; nothing if that cannot be read or does not exist.
    pub fn changes(&self) -> &[RecordChange] {
        self.uncommitted.as_deref().unwrap_or_default()
    }

    /// What is uncommitted, in one sentence each.
    pub fn uncommitted_in_words(&self) -> Vec<String> {
        let renamed = self.status.renamed_from.as_deref();
        let renamed = renamed.map(|path| format!("Renamed from {}", String::from_utf8_lossy(path)));
        let is_otherwise_changed = self.status.file != GitFileState::Committed && renamed.is_none();
        let changes = match &self.uncommitted {
            _ if self.status.is_new() => vec!["The whole plan: it was never committed".to_owned()],
            Ok(changes) if changes.is_empty() && is_otherwise_changed => {
                vec!["Only the way it is written: the plan says the same".to_owned()]
            }
            Ok(changes) => changes.iter().map(RecordChange::in_words).collect(),
            Err(why) => vec![why.clone()],
        };
        renamed.into_iter().chain(changes).collect()
    }
}

impl IncomingChanges {
    /// "2 commits to pull"
    pub fn title(&self) -> String {
        format!("{} to pull", counted(self.commits.len() + self.more, "commit"))
    }

    /// "Move Core DB, by A. Osei on Sat 13 Mar 2027 22:05 (a1b2c3d4)"
    pub fn commits_in_words(&self, zone: &Zone) -> Vec<String> {
        let words = |commit: &PlanCommit| {
            let at = moment(zone.local(commit.at));
            format!("{}, by {} on {at} ({})", commit.subject, commit.author_name(), commit.short_hash())
        };
        let more = (self.more > 0).then(|| format!("and {} before", counted(self.more, "commit")));
        self.commits.iter().map(words).chain(more).collect()
    }

    /// What they change in the plan, a line each.
    pub fn changes_in_words(&self) -> Vec<String> {
        match &self.changes {
            Ok(changes) if changes.is_empty() => vec!["They do not change this plan.".to_owned()],
            Ok(changes) => changes.iter().map(RecordChange::in_words).collect(),
            Err(why) => vec![why.clone()],
        }
    }
}
