//! `history`: the last saved versions of a plan.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use super::arguments::{ReportForm, is_standard_output};
use super::plan::{check_new_name, file_name, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use super::report_file::ReportArguments;
use super::working;
use crate::export::json_list;
use crate::model::PlanId;
use crate::store::{self, ProgramFolders, SaveError, Version, VersionEntry};
use crate::wording::{file_size, iso};

/// List the last saved versions of a plan and what each changed, or write one of them
///
/// Each time a plan is saved on this machine, it is kept as a version: at most 10 for each plan, and at most 64 MB.
#[derive(Debug, Args)]
pub struct History {
    /// Plan whose versions to list; it may be damaged or deleted
    plan: PathBuf,
    /// Write this version instead of listing all; 1 is the newest
    #[arg(long, value_name = "N", conflicts_with = "format")]
    show: Option<usize>,
    /// Output format of the list [default: that of the file's ending, text on standard output]
    #[arg(long, value_enum)]
    format: Option<ReportForm>,
    /// File to write: .txt or .json for the list, a new plan for a version; - is standard output [default: -]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Run for History {
    fn run(&self, _clock: DateTime<Utc>) -> Result<Reply, Failure> {
        match self.show {
            Some(number) => self.write_version(number),
            None => self.list(),
        }
    }
}

impl History {
    fn list(&self) -> Result<Reply, Failure> {
        let arguments = ReportArguments { format: self.format, output: self.output.clone() };
        let report = arguments.checked(&[&self.plan])?;
        let PlanVersions { versions, others, notes } = PlanVersions::find(&self.plan)?;
        let name = file_name(&self.plan);
        let mut entries = store::version_log(&versions, working::progress());
        entries.extend(store::log_of_other_plans(&others));
        let text = match report.form {
            ReportForm::Json => json(&entries),
            ReportForm::Text if entries.is_empty() => {
                format!("No versions of {name} are kept here yet: each save keeps one\n")
            }
            ReportForm::Text => text(&entries),
        };
        Ok(report.reply(text, &format!("Versions of {name}"))?.with_notes(notes))
    }

    /// Writes a version to standard output or to a new plan file.
    fn write_version(&self, number: usize) -> Result<Reply, Failure> {
        let output = self.output.as_deref().filter(|output| !is_standard_output(output));
        if let Some(output) = output {
            store::guard_plan(output, Some(&self.plan))?;
            check_new_name(output)?;
        }
        let PlanVersions { mut versions, others, notes } = PlanVersions::find(&self.plan)?;
        versions.extend(others);
        let text = version_at(&versions, number, &self.plan)?.text()?;
        let Some(output) = output else { return Ok(Reply::new(text).with_notes(notes)) };
        // As with recovered changes, an existing file may be a plan that somebody needs.
        store::write_new_bytes(output, text.as_bytes()).map_err(|error| match error {
            SaveError::AlreadyThere(path) => Failure::at(&path, "the file already exists (choose another name)"),
            error => error.into(),
        })?;
        if store::is_stream(output) {
            return Ok(Reply::default().with_notes(notes));
        }
        let written = format!("Version {number} of {} saved as {}\n", file_name(&self.plan), output.display());
        Ok(Reply::new(written).with_notes(notes))
    }
}

/// The versions of a plan file.
struct PlanVersions {
    /// The newest first.
    versions: Vec<Version>,
    /// Those of other plans that were in the file before.
    others: Vec<Version>,
    notes: Vec<String>,
}

impl PlanVersions {
    /// # Errors
    /// A plan that cannot be read and has no versions either.
    fn find(path: &Path) -> Result<Self, Failure> {
        let (id, failure) = match read_schedule(path) {
            Ok(read) => (Some(read.schedule.plan.id().clone()), None),
            Err(failure) => (None, Some(failure)),
        };
        let versions = versions_for(path, id.as_ref())?;
        let others = store::versions_of_other_plans(&data_folder()?, path, id.as_ref())?;
        match failure {
            Some(failure) if versions.is_empty() => Err(failure),
            failure => Ok(Self { versions, others, notes: failure.map(|failure| failure.0).into_iter().collect() }),
        }
    }
}

fn versions_for(path: &Path, id: Option<&PlanId>) -> Result<Vec<Version>, Failure> {
    Ok(store::kept_versions(&data_folder()?, path, id)?)
}

fn data_folder() -> Result<PathBuf, Failure> {
    let folders = ProgramFolders::find();
    folders.map(|folders| folders.data).ok_or_else(|| {
        Failure("no data folder was found that could have versions (set HOME or WINDOWSILL_HOME)".into())
    })
}

fn version_at<'a>(versions: &'a [Version], number: usize, plan: &Path) -> Result<&'a Version, Failure> {
    let version = number.checked_sub(1).and_then(|index| versions.get(index));
    version.ok_or_else(|| {
        let advice = match versions.len() {
            0 => "no versions are kept here yet".to_owned(),
            1 => "use 1, the only version".to_owned(),
            count => format!("use 1, the newest, to {count}; see `windowsill history`"),
        };
        Failure::at(plan, format!("unknown version {number} ({advice})"))
    })
}

/// A version of the plan at `path` by its number in the list.
///
/// # Errors
/// No version has that number.
pub fn numbered_version(path: &Path, id: &PlanId, number: usize) -> Result<Version, Failure> {
    version_at(&versions_for(path, Some(id))?, number, path).cloned()
}

/// A line for each version.
fn text(entries: &[VersionEntry]) -> String {
    let mut out = String::new();
    for (index, entry) in entries.iter().enumerate() {
        let VersionEntry { version, saved, changes, .. } = entry;
        // Writing into a string does not fail.
        let _ = writeln!(out, "{:>2}  {saved}  {:>8}  {changes}", index + 1, file_size(version.size()));
    }
    out
}

/// A version for programs.
#[derive(Serialize)]
struct VersionRow<'a> {
    number: usize,
    saved_at: String,
    size: u64,
    changes: &'a str,
    readable: bool,
    file: String,
}

fn json(entries: &[VersionEntry]) -> String {
    let rows: Vec<VersionRow<'_>> = entries
        .iter()
        .enumerate()
        .map(|(index, entry)| VersionRow {
            number: index + 1,
            saved_at: iso::utc_second(entry.version.saved_at),
            size: entry.version.size(),
            changes: &entry.changes,
            readable: entry.is_readable,
            file: entry.version.path.to_string_lossy().into_owned(),
        })
        .collect();
    json_list(&rows)
}
