//! `roll`: makes next year's plan from this one.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ReportForm, is_standard_output, today};
use super::changing::Changing;
use super::plan::{check_new_name, derive, read_whole_schedule, save_new};
use super::random::random_word;
use super::registry::Run;
use super::reply::{Failure, Reply};
use super::roll_report::{json, text};
use crate::checks::Findings;
use crate::roll::{Choices, RollTarget, meetings, roll_forward};
use crate::store;

/// Make the plan of a later year from this one
///
/// Rules, systems, ladders, people and the policy stay. Freezes and listed dates get the proposed dates, which are listed with
/// the ones that they come from. Exceptions, answers, sent invites, records, advisories and acceptances stay behind.
#[derive(Debug, Args)]
pub struct Roll {
    /// Plan to roll forward; it is not changed
    plan: PathBuf,
    /// Year in which the new plan begins, e.g. 2028
    #[arg(long, value_name = "YEAR")]
    to: i32,
    /// File to write, or - for standard output; an existing file is never overwritten
    #[arg(short, long, value_name = "NEW", required_unless_present = "dry_run")]
    output: Option<PathBuf>,
    /// Title of the new plan [default: the old title with the later year]
    #[arg(long)]
    title: Option<String>,
    #[command(flatten)]
    changing: Changing,
}

impl Run for Roll {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let Changing { dry_run, drop_unknown, format, now } = &self.changing;
        let is_printed = self.output.as_deref().is_some_and(is_standard_output) && !dry_run;
        let output = self.output.as_ref().filter(|_| !dry_run && !is_printed);
        output.map_or(Ok(()), |path| check_new_name(path))?;
        let opened = read_whole_schedule(&self.plan, *drop_unknown, "rolling it forward")?;
        let old = &opened.schedule.plan;
        let target = RollTarget { year: self.to, word: random_word(), title: self.title.clone() };
        let rolled = roll_forward(old, &target, &Choices::new()).map_err(|error| Failure::at(&self.plan, error))?;
        let mut notes = opened.notes;
        if let Some(path) = output {
            notes.extend(save_new(path, &rolled.plan, clock, "choose another name")?);
        }
        let schedule = derive(rolled.plan.clone());
        let day = today(&schedule, now.or(clock));
        let met = meetings(&schedule, &Findings::check(&schedule, day, None), day, usize::MAX);
        let written_to = self.output.as_ref().filter(|_| !dry_run);
        let path = written_to.map(|path| path.display().to_string());
        let written = match format {
            ReportForm::Text => text(&rolled, &met, path.as_deref()),
            ReportForm::Json => json(&rolled, &met, path.as_deref()),
        };
        if is_printed {
            // The plan is the output, so what was decided goes beside it.
            notes.push(written.trim_end().to_owned());
            return Ok(Reply::new(store::to_text(&rolled.plan)?).with_notes(notes));
        }
        let reply = if *format == ReportForm::Text { Reply::in_words(&written) } else { Reply::new(written) };
        Ok(reply.with_notes(notes))
    }
}
