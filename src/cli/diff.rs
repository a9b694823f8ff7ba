//! `diff`: what changed between two versions of a plan, or since the owners were sent invites.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};

use super::arguments::Now;
use super::plan::{Viewed, view, write};
use super::registry::Run;
use super::reply::{FOUND, Failure, Reply};
use crate::export::revision;
use crate::schedule::{Revision, Schedule};
use crate::store::guard_plan;

/// Compare two versions of a plan, or a plan with what owners were sent; exits with 1 if they differ
///
/// Occurrences are matched by window and original date. For each difference, lists who must be told, by when, and whether
/// there is still time.
#[derive(Debug, Args)]
pub struct Diff {
    /// Earlier version of the plan; with --sent, the plan
    old: PathBuf,
    /// Current version of the plan
    #[arg(required_unless_present = "sent", conflicts_with = "sent")]
    new: Option<PathBuf>,
    /// Compare the plan with the invites that its owners were sent last
    #[arg(long)]
    sent: bool,
    /// Output format [default: by the ending of FILE, otherwise text]
    #[arg(long, value_enum)]
    format: Option<DiffFormat>,
    /// File to write instead of standard output
    #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true)]
    output: PathBuf,
    #[command(flatten)]
    now: Now,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum DiffFormat {
    Text,
    Md,
    Html,
    Json,
}

impl DiffFormat {
    /// The format that the ending of a file name asks for.
    fn for_file(path: &Path) -> Self {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("md" | "markdown") => Self::Md,
            Some("html" | "htm") => Self::Html,
            Some("json") => Self::Json,
            _ => Self::Text,
        }
    }
}

impl Run for Diff {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let today = |schedule: &Schedule| self.now.today(schedule, clock);
        if let Some(new) = &self.new {
            guard_plan(&self.output, Some(new))?;
        }
        let Viewed { schedule: old, mut notes } = view(&self.old)?;
        let (found, basis) = match &self.new {
            None => (Revision::since_sent(&old, today(&old)), "what was sent".to_owned()),
            Some(path) => {
                let new = view(path)?;
                notes.extend(new.notes);
                if old.plan.id() != new.schedule.plan.id() {
                    notes.push(format!(
                        "These are different plans ({} and {}), not two versions of one plan",
                        old.plan.id(),
                        new.schedule.plan.id()
                    ));
                }
                (Revision::between(&old, &new.schedule, today(&new.schedule)), file_name(&self.old))
            }
        };
        let text = match self.format.unwrap_or_else(|| DiffFormat::for_file(&self.output)) {
            DiffFormat::Text => revision::text(&found, &basis),
            DiffFormat::Md => revision::markdown(&found, &basis),
            DiffFormat::Html => revision::html(&found, &basis),
            DiffFormat::Json => revision::json(&found, &basis),
        };
        let code = if found.is_empty() { 0 } else { FOUND };
        Ok(Reply { code, ..write(&self.output, text, &self.old)?.with_notes(notes) })
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
