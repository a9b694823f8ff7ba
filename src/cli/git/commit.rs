//! `git commit`: commits a plan, with a message made from what changed.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use crate::cli::arguments::ReportForm;
use crate::cli::json;
use crate::cli::plan::{OpenedSchedule, read_schedule};
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::cli::working;
use crate::export::revision::commit_message;
use crate::model::UtcMinute;
use crate::schedule::Schedule;
use crate::store::{GitFile, git_report};

/// Commit a plan alone, with a message that says what changed
///
/// Hooks run as they do in Git. Nothing is pushed.
#[derive(Debug, Args)]
pub struct Commit {
    /// Plan in a Git work tree
    plan: PathBuf,
    /// Message instead of the one made from the changes
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    message: Option<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: ReportForm,
}

/// What was committed, for programs.
#[derive(Serialize)]
struct CommitReport<'a> {
    version: u32,
    done: String,
    commit: &'a str,
    subject: &'a str,
}

impl Run for Commit {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let failed = |error| Failure::at(&self.plan, error);
        let file = GitFile::require(&self.plan).map_err(failed)?;
        let message = match &self.message {
            Some(message) => message.clone(),
            None => message(&file, &schedule, clock).map_err(failed)?,
        };
        let made = file.commit(&message, None, working::progress()).map_err(failed)?;
        let subject = message.trim().lines().next().unwrap_or_default();
        if self.format == ReportForm::Json {
            let report = CommitReport { version: 1, done: made.in_words(), commit: &made.hash, subject };
            let advice = made.advice().map(str::to_owned);
            let notes = notes.into_iter().chain(advice).collect();
            return Ok(Reply::new(json::object(&report)?).with_notes(notes));
        }
        let advice = made.advice().map(|advice| format!("{advice}\n")).unwrap_or_default();
        Ok(Reply::in_words(&format!("{}: {subject}\n{advice}", made.in_words())).with_notes(notes))
    }
}

/// The message that says what changed.
fn message(file: &GitFile, schedule: &Schedule, clock: DateTime<Utc>) -> Result<String, crate::store::GitError> {
    let report = git_report(file, schedule, None, UtcMinute::from_utc(clock), working::progress())?;
    Ok(commit_message(report.changes(), schedule.plan.title(), report.status.is_new()))
}
