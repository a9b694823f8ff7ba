//! `diff`: what is different between two plans, or from what owners were sent.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};

use super::arguments::moment;
use super::plan::{Viewed, refuse_plan, view, write};
use super::{DIFFERENT, Failure, Reply};
use crate::export::revision;
use crate::model::UtcMinute;
use crate::schedule::{Revision, Schedule};

#[derive(Debug, Args)]
pub struct Diff {
    /// The earlier plan; with --sent, the plan
    pub old: PathBuf,
    /// The plan as it is now
    #[arg(required_unless_present = "sent", conflicts_with = "sent")]
    pub new: Option<PathBuf>,
    /// Compare the plan with what its owners were sent last
    #[arg(long)]
    pub sent: bool,
    /// [default: what the ending of the file says, else text]
    #[arg(long, value_enum)]
    pub format: Option<DiffFormat>,
    /// The file to write; standard output where there is none
    #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true)]
    pub output: PathBuf,
    /// The moment to judge notice by, such as 2026-11-21T09:00:00Z [default: the current time]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub now: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum DiffFormat {
    Text,
    Md,
    Html,
    Json,
}

impl DiffFormat {
    /// The format that a file's ending asks for.
    fn of(path: &Path) -> Self {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("md" | "markdown") => Self::Md,
            Some("html" | "htm") => Self::Html,
            Some("json") => Self::Json,
            _ => Self::Text,
        }
    }
}

pub fn run(options: &Diff, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let today = |schedule: &Schedule| schedule.zone.local(UtcMinute::from_utc(options.now.unwrap_or(now))).date();
    if let Some(new) = &options.new {
        refuse_plan(&options.output, new)?;
    }
    let Viewed { schedule: old, mut notes } = view(&options.old)?;
    let (found, basis) = match &options.new {
        None => (Revision::since_sent(&old, today(&old)), "what was sent".to_owned()),
        Some(path) => {
            let new = view(path)?;
            notes.extend(new.notes);
            if old.plan.id != new.schedule.plan.id {
                notes.push(format!(
                    "These are two plans, not one before and after: {} and {}",
                    old.plan.id, new.schedule.plan.id
                ));
            }
            (Revision::between(&old, &new.schedule, today(&new.schedule)), file_name(&options.old))
        }
    };
    let text = match options.format.unwrap_or_else(|| DiffFormat::of(&options.output)) {
        DiffFormat::Text => revision::text(&found, &basis),
        DiffFormat::Md => revision::markdown(&found, &basis),
        DiffFormat::Html => revision::html(&found, &basis),
        DiffFormat::Json => revision::json(&found, &basis),
    };
    let code = if found.is_empty() { 0 } else { DIFFERENT };
    Ok(Reply { code, ..write(&options.output, text, &options.old)?.with_notes(notes) })
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
