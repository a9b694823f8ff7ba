//! `blame`: who changed what in a plan, from its history in Git.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::ListArguments;
use super::find::record;
use super::plan::{OpenedSchedule, file_name, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use super::report_file::ReportFile;
use super::working;
use crate::export::lists::{BlameList, ListForm, Listing};
use crate::model::{Plan, Subject, UtcMinute, WindowId};
use crate::schedule::Zone;
use crate::schedule::revision::{self, PlanCommit};
use crate::store::{self, GitFile};
use crate::wording::date;

/// List who last changed each window and record, from the history of the plan in Git
///
/// Changes that are not committed come first. Renames of the plan are followed.
#[derive(Debug, Args)]
pub struct Blame {
    /// Plan in a Git work tree
    plan: PathBuf,
    /// Id or name of a window: list all of its changes, the newest first
    window: Option<String>,
    #[command(flatten)]
    output: ListArguments,
}

impl Run for Blame {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, mut notes } = read_schedule(&self.plan)?;
        let failed = |error| Failure::at(&self.plan, error);
        let form = self.output.form()?;
        let file = GitFile::require(&self.plan).map_err(failed)?;
        let now = UtcMinute::from_utc(clock);
        let history = store::plan_history(&file, &schedule.plan, now, working::progress()).map_err(failed)?;
        notes.extend(history.skipped.iter().map(|(commit, why)| skipped(&self.plan, commit, why, &schedule.zone)));
        let blame = match &self.window {
            None => history.blame.last_changes(),
            Some(wanted) => history.blame.for_window(&window(&schedule.plan, &history.blame, wanted)?),
        };
        let list = BlameList { blame: &blame, zone: &schedule.zone };
        self.write(&list, form, notes)
    }
}

impl Blame {
    fn write(&self, list: &dyn Listing, form: &ListForm, notes: Vec<String>) -> Result<Reply, Failure> {
        let style = self.output.form.csv.style();
        let Some(output) = self.output.file() else {
            let bytes = (form.write)(list, style.with_bom(false)).unwrap_or_default();
            return Ok(Reply::new(String::from_utf8_lossy(&bytes).into_owned()).with_notes(notes));
        };
        let too_long = || Failure::at(output, "the list is too long for this form (use .csv)");
        let bytes = (form.write)(list, style).ok_or_else(too_long)?;
        let file = ReportFile::checked(output, form.file_type.endings, &[&self.plan])?;
        let written = file.write(&bytes, &format!("Changes of {}", file_name(&self.plan)))?;
        Ok(Reply::new(written).with_notes(notes))
    }
}

/// The id of the window that is meant: in the plan, or in its history if it was removed.
fn window(plan: &Plan, blame: &revision::Blame, wanted: &str) -> Result<WindowId, Failure> {
    let unknown = match record(plan.windows(), wanted) {
        Ok(window) => return Ok(window.id.clone()),
        Err(unknown) => unknown,
    };
    let lower = wanted.to_lowercase();
    let removed = blame.entries.iter().find_map(|entry| match &entry.change.subject {
        Subject::Window(id) if id.as_str() == wanted || entry.change.name.to_lowercase() == lower => Some(id.clone()),
        _ => None,
    });
    removed.ok_or(unknown)
}

/// A note about a commit whose plan cannot be read.
fn skipped(plan: &Path, commit: &PlanCommit, why: &str, zone: &Zone) -> String {
    let (hash, on) = (commit.short_hash(), date(zone.local(commit.at).date()));
    format!("{}: skipped commit {hash} by {} on {on}: {why}", plan.display(), commit.author_name())
}
