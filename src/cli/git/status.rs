//! `git status`: the state of a plan in its work tree.

use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use crate::cli::arguments::ReportForm;
use crate::cli::json;
use crate::cli::plan::{OpenedSchedule, file_name, read_schedule};
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::cli::report_file::ReportArguments;
use crate::cli::working;
use crate::model::UtcMinute;
use crate::schedule::Schedule;
use crate::store::{GitFile, GitReport, git_report};

/// Show the branch of a plan, its uncommitted changes, and the commits to pull as of the last fetch
///
/// Nothing is fetched.
#[derive(Debug, Args)]
pub struct Status {
    /// Plan in a Git work tree
    plan: PathBuf,
    #[command(flatten)]
    report: ReportArguments,
}

/// The state of the plan for programs.
#[derive(Serialize)]
struct StatusRow {
    version: u32,
    status: String,
    upstream: Option<String>,
    /// What is not committed, one line each.
    uncommitted: Vec<String>,
    incoming: Option<IncomingRow>,
    /// What keeps the plan from being committed.
    obstacle: Option<String>,
}

/// What is to pull.
#[derive(Serialize)]
struct IncomingRow {
    title: String,
    commits: Vec<String>,
    changes: Vec<String>,
}

impl StatusRow {
    fn new(report: &GitReport, schedule: &Schedule) -> Self {
        Self {
            version: 1,
            status: report.status.in_words(),
            upstream: report.upstream.clone(),
            uncommitted: report.uncommitted_in_words(),
            incoming: report.incoming.as_ref().map(|incoming| IncomingRow {
                title: incoming.title(),
                commits: incoming.commits_in_words(&schedule.zone),
                changes: incoming.changes_in_words(),
            }),
            obstacle: report.status.obstacle(),
        }
    }
}

impl Run for Status {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let output = self.report.checked(&[&self.plan])?;
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let failed = |error| Failure::at(&self.plan, error);
        let file = GitFile::require(&self.plan).map_err(failed)?;
        let now = UtcMinute::from_utc(clock);
        let report = git_report(&file, &schedule, None, now, working::progress()).map_err(failed)?;
        let name = file_name(&self.plan);
        let what = format!("Status of {name}");
        if output.form == ReportForm::Json {
            let text = json::object(&StatusRow::new(&report, &schedule))?;
            return Ok(output.reply(text, &what)?.with_notes(notes));
        }
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = write_report(&mut text, &report, &schedule, &name);
        Ok(output.reply(text, &what)?.with_notes(notes))
    }
}

fn write_report(out: &mut String, report: &GitReport, schedule: &Schedule, name: &str) -> std::fmt::Result {
    writeln!(out, "{}", report.status.in_words())?;
    if let Some(upstream) = &report.upstream {
        writeln!(out, "Upstream: {upstream}")?;
    }
    let uncommitted = report.uncommitted_in_words();
    if uncommitted.is_empty() {
        writeln!(out, "\n{name} is as in the last commit")?;
    } else {
        writeln!(out, "\nNot committed in {name}:")?;
        uncommitted.iter().try_for_each(|line| writeln!(out, "  {line}"))?;
    }
    if let Some(incoming) = &report.incoming {
        writeln!(out, "\n{}:", incoming.title())?;
        incoming.commits_in_words(&schedule.zone).iter().try_for_each(|line| writeln!(out, "  {line}"))?;
        writeln!(out, "What they change in {name}:")?;
        incoming.changes_in_words().iter().try_for_each(|line| writeln!(out, "  {line}"))?;
    }
    if let Some(obstacle) = report.status.obstacle() {
        writeln!(out, "\n{obstacle}")?;
    }
    Ok(())
}
