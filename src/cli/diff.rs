//! `diff`: what changed between two versions of a plan, since the owners were sent invites, or because of other zone data.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::arguments::{CsvArguments, Now};
use super::delivery::check;
use super::history::numbered_version;
use super::known_times;
use super::plan::{OpenedSchedule, derive, file_name, read_schedule};
use super::registry::Run;
use super::reply::{FOUND, Failure, Reply};
use crate::export::revision::{FORMS, RevisionForm, RevisionOrder, TEXT};
use crate::export::{Basis, Source};
use crate::output::{FormFrom, Order};
use crate::schedule::Schedule;

/// Compare two versions of a plan, or a plan with what people know of it; exits with 1 if they differ
///
/// Occurrences are matched by window and original date. For each difference, lists who must be notified, by when, and
/// whether there is still time.
#[derive(Debug, Args)]
pub struct Diff {
    /// Earlier version of the plan; with --sent, --known-times or --version, the plan
    old: PathBuf,
    /// Current version of the plan
    #[arg(
        required_unless_present_any = ["sent", "known_times", "version"],
        conflicts_with_all = ["sent", "known_times", "version"],
    )]
    new: Option<PathBuf>,
    /// Compare the plan with the invites that its owners were sent last
    #[arg(long)]
    sent: bool,
    /// Compare the plan with its times as calculated on this machine with earlier time zone data
    #[arg(long, conflicts_with = "sent")]
    known_times: bool,
    /// Compare the plan with a version that was saved on this machine, as numbered by `history`; 1 is the newest
    #[arg(long, value_name = "N", conflicts_with_all = ["sent", "known_times"])]
    version: Option<usize>,
    /// Output format [default: by the ending of FILE, otherwise text]
    #[arg(long, value_parser = forms())]
    format: Option<&'static RevisionForm>,
    /// File to write instead of standard output
    #[arg(short, long, value_name = "FILE", default_value = "-", hide_default_value = true)]
    output: PathBuf,
    #[command(flatten)]
    csv: CsvArguments,
    #[command(flatten)]
    now: Now,
}

impl Run for Diff {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let plans: Vec<&Path> = [&self.old].into_iter().chain(&self.new).map(PathBuf::as_path).collect();
        let from = if self.format.is_some() { FormFrom::Order } else { FormFrom::Ending };
        let form = self.format.unwrap_or(&TEXT);
        let order = RevisionOrder { form, csv: self.csv.style() };
        let delivery = check(Order::Changes(order), &self.output, from, &plans)?;
        let OpenedSchedule { schedule: old, mut notes } = read_schedule(&self.old)?;
        let new = match &self.new {
            Some(path) => {
                let new = read_schedule(path)?;
                notes.extend(new.notes);
                Some(new.schedule)
            }
            None => None,
        };
        let schedule = new.as_ref().unwrap_or(&old);
        let today = self.now.today(schedule, clock);
        let version = self.version.map(|number| read_version(&self.old, &old, number)).transpose()?;
        let known = if self.known_times { known_times::earlier(&self.old, schedule, today) } else { None };
        let basis = if self.known_times {
            let earlier = known.as_ref().map_or(schedule, |known| &known.earlier);
            Basis { name: known_times::name(known.as_ref()), earlier: Some(earlier) }
        } else if let Some((name, version)) = &version {
            Basis { name: name.clone(), earlier: Some(version) }
        } else if new.is_some() {
            Basis { name: file_name(&self.old), earlier: Some(&old) }
        } else {
            Basis { name: "what was sent".to_owned(), earlier: None }
        };
        if old.plan.id() != schedule.plan.id() {
            notes.push(format!(
                "These are different plans ({} and {}), not two versions of one plan",
                old.plan.id(),
                schedule.plan.id()
            ));
        }
        let source = Source::new(schedule, today).compared_with(Some(basis));
        let reply = delivery.reply(&source, notes)?;
        let code = if source.revision().is_some_and(|(found, _)| found.is_empty()) { 0 } else { FOUND };
        Ok(Reply { code, ..reply })
    }
}

/// A version of the plan at `path`, and its name: "version 2".
fn read_version(path: &Path, current: &Schedule, number: usize) -> Result<(String, Schedule), Failure> {
    let loaded = numbered_version(path, current.plan.id(), number)?.load()?;
    Ok((format!("version {number}"), derive(loaded.plan)))
}

/// Reads the id of a form of changes.
fn forms() -> impl TypedValueParser<Value = &'static RevisionForm> {
    let forms = FORMS.into_iter().filter(|form| form.is_text);
    PossibleValuesParser::new(forms.map(|form| form.id))
        .try_map(|id| FORMS.into_iter().find(|form| form.id == id).ok_or("unknown format"))
}
