//! `diff`: what is different between two plans, or from what owners were sent.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};

use super::arguments::moment;
use super::delivery::check;
use super::export::today;
use super::plan::{Viewed, view};
use super::{DIFFERENT, Failure, Reply};
use crate::export::revision::{HTML, JSON, MARKDOWN, RevisionForm, TEXT};
use crate::output::{Basis, FormFrom, Order, Source};

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
    fn form(self) -> &'static RevisionForm {
        match self {
            Self::Text => &TEXT,
            Self::Md => &MARKDOWN,
            Self::Html => &HTML,
            Self::Json => &JSON,
        }
    }
}

pub fn run(options: &Diff, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let plans: Vec<&Path> = [&options.old].into_iter().chain(&options.new).map(PathBuf::as_path).collect();
    let (form, from) = match options.format {
        Some(format) => (format.form(), FormFrom::Order),
        None if options.output.extension().is_none() => (&TEXT, FormFrom::Order),
        None => (&TEXT, FormFrom::Ending),
    };
    let delivery = check(Order::Changes(form), &options.output, from, &plans)?;
    let Viewed { schedule: old, mut notes } = view(&options.old)?;
    let mut new = options.new.as_deref().map(view).transpose()?;
    notes.extend(new.as_mut().map(|new| std::mem::take(&mut new.notes)).unwrap_or_default());
    let basis = Basis {
        name: if new.is_some() { file_name(&options.old) } else { "what was sent".to_owned() },
        earlier: new.as_ref().map(|_| &old),
    };
    let schedule = new.as_ref().map_or(&old, |new| &new.schedule);
    if old.plan.id != schedule.plan.id {
        notes.push(format!("These are two plans, not one before and after: {} and {}", old.plan.id, schedule.plan.id));
    }
    let today = today(schedule, options.now.unwrap_or(now));
    let source = Source::new(schedule, today).compared_with(Some(basis));
    let reply = delivery.reply(&source, notes)?;
    let code = if source.revision().is_some_and(|(found, _)| found.is_empty()) { 0 } else { DIFFERENT };
    Ok(Reply { code, ..reply })
}

/// The name of a file without its folder.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
