//! `lessons`: the notes of all nights.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;

use super::arguments::{ListArguments, today};
use super::delivery::write_list;
use super::find;
use super::plan::{OpenedSchedule, read_schedule};
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::lists::{LessonQuery, List};

/// List what was learned: the notes of all nights, or of those that contain some words
#[derive(Debug, Args)]
pub struct Lessons {
    /// Plan to read
    plan: PathBuf,
    /// Words that the notes, the window's name or the outcome must contain
    words: Vec<String>,
    /// Only what matters for this window: its own nights, and those of similar windows
    #[arg(long)]
    window: Option<String>,
    #[command(flatten)]
    output: ListArguments,
}

impl Run for Lessons {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let window = self.window.as_deref().map(|wanted| find::record(schedule.plan.windows(), wanted)).transpose()?;
        let query = LessonQuery { words: self.words.clone(), window: window.map(|window| window.id.clone()) };
        let today = today(&schedule, clock);
        write_list(List::Lessons(query), &self.output, &self.plan, &Source::new(&schedule, today), notes)
    }
}
