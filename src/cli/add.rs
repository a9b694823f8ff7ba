//! `add`: a window in words, or another date of a window.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::Args;

use super::arguments::{length, time_of_day};
use super::changing::{Change, Changing, within_months};
use super::find;
use super::random::random_word;
use super::registry::Run;
use super::reply::{Failure, Reply};
use crate::model::{Edit, LocalMinute, Minutes, Plan, Subject};
use crate::quick_add::read_window;
use crate::schedule::Schedule;
use crate::sheet::{RecordKind, same_names};
use crate::wording::typed::read_iso_date;

/// Add a window in words, or another date of a window
///
/// The words are those of Quick add: name, when, start, length and group, for example: windowsill add plan.windowsill Core
/// DB every Saturday after Patch Tuesday 22:00 4h The rest. With --date, the words name a window, which gets one more date.
#[derive(Debug, Args)]
pub struct Add {
    /// Plan to change
    plan: PathBuf,
    /// The window in words; of several arguments, the first is a name if it has several words. With --date, a window (id
    /// or name)
    #[arg(required = true)]
    words: Vec<String>,
    /// Add this date to the window
    #[arg(long, value_name = "DATE", value_parser = read_iso_date)]
    date: Option<NaiveDate>,
    /// Start on this date on the window's clock [default: the usual start]
    #[arg(long, value_name = "HH:MM", value_parser = time_of_day, requires = "date")]
    start: Option<NaiveTime>,
    /// Length on this date, e.g. 4h [default: the usual length]
    #[arg(long, value_name = "LENGTH", value_parser = length, requires = "date")]
    length: Option<Minutes>,
    #[command(flatten)]
    changing: Changing,
}

impl Run for Add {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        self.changing.change(&self.plan, clock, |schedule, _| match self.date {
            Some(on) => self.date(schedule, on),
            None => self.window(&schedule.plan),
        })
    }
}

impl Add {
    fn window(&self, plan: &Plan) -> Result<Change, Failure> {
        let typed = read_window(&self.line(), plan).map_err(Failure)?;
        let window = typed.to_window(plan, &random_word().chars().take(6).collect::<String>());
        let details = vec![typed.dates_in_words(plan), format!("Id: {}", window.id)];
        let (id, edit) = (window.id.clone(), Edit::PutWindow(window));
        let same = |plan: Plan| same_names(RecordKind::Windows, &[Subject::Window(id.clone())], &plan);
        let notes = plan.apply(&edit).ok().and_then(same).into_iter().collect();
        Ok(Change { details, notes, ..Change::of_window(&id, edit) })
    }

    /// The words as they would be typed in one line. Shells take the quotes of a name away.
    fn line(&self) -> String {
        match self.words.as_slice() {
            [name, rest @ ..] if !rest.is_empty() && name.contains(char::is_whitespace) && !name.contains('"') => {
                format!("\"{name}\" {}", rest.join(" "))
            }
            words => words.join(" "),
        }
    }

    fn date(&self, schedule: &Schedule, on: NaiveDate) -> Result<Change, Failure> {
        let wanted = self.words.join(" ");
        let record = find::record(schedule.plan.windows(), &wanted)?;
        let name = &record.name;
        within_months(schedule.plan.horizon(), name, on)?;
        let window = schedule.window(&record.id).ok_or_else(|| Failure(format!("Unknown window \"{wanted}\"")))?;
        let usual = record.usual_times(on);
        let start = LocalMinute::new(on, self.start.unwrap_or(usual.start));
        let edit = window
            .add_date(start, self.length.unwrap_or(usual.duration))
            .map_err(|taken| Failure(format!("The date {on} cannot be added to {name}: {}", taken.reason())))?;
        Ok(Change::of_window(&record.id, edit))
    }
}
