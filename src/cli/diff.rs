//! `diff`: what changed between two versions of a plan, or since the owners were sent invites.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::arguments::Now;
use super::delivery::check;
use super::plan::{OpenedSchedule, file_name, read_schedule};
use super::registry::Run;
use super::reply::{FOUND, Failure, Reply};
use crate::export::revision::{FORMS, RevisionForm, TEXT};
use crate::export::{Basis, Source};
use crate::output::{FormFrom, Order};

/// Compare two versions of a plan, or a plan with what owners were sent; exits with 1 if they differ
///
/// Occurrences are matched by window and original date. For each difference, lists who must be notified, by when, and
/// whether there is still time.
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
    #[arg(long, value_parser = forms())]
    format: Option<&'static RevisionForm>,
    /// File to write instead of standard output
    #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true)]
    output: PathBuf,
    #[command(flatten)]
    now: Now,
}

impl Run for Diff {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let plans: Vec<&Path> = [&self.old].into_iter().chain(&self.new).map(PathBuf::as_path).collect();
        let (form, from) = match self.format {
            Some(form) => (form, FormFrom::Order),
            None if self.output.extension().is_none() => (&TEXT, FormFrom::Order),
            None => (&TEXT, FormFrom::Ending),
        };
        let delivery = check(Order::Changes(form), &self.output, from, &plans)?;
        let OpenedSchedule { schedule: old, mut notes } = read_schedule(&self.old)?;
        let new = match &self.new {
            Some(path) => {
                let new = read_schedule(path)?;
                notes.extend(new.notes);
                Some(new.schedule)
            }
            None => None,
        };
        let (schedule, basis) = match &new {
            Some(new) => (new, Basis { name: file_name(&self.old), earlier: Some(&old) }),
            None => (&old, Basis { name: "what was sent".to_owned(), earlier: None }),
        };
        if old.plan.id() != schedule.plan.id() {
            notes.push(format!(
                "These are different plans ({} and {}), not two versions of one plan",
                old.plan.id(),
                schedule.plan.id()
            ));
        }
        let source = Source::new(schedule, self.now.today(schedule, clock)).compared_with(Some(basis));
        let reply = delivery.reply(&source, notes)?;
        let code = if source.revision().is_some_and(|(found, _)| found.is_empty()) { 0 } else { FOUND };
        Ok(Reply { code, ..reply })
    }
}

/// Reads the id of a form of changes.
fn forms() -> impl TypedValueParser<Value = &'static RevisionForm> {
    PossibleValuesParser::new(FORMS.map(|form| form.id))
        .try_map(|id| FORMS.into_iter().find(|form| form.id == id).ok_or("unknown format"))
}
