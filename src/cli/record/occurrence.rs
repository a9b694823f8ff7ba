//! The occurrence that something is recorded about.

use chrono::NaiveDate;
use clap::Args;

use crate::cli::find;
use crate::cli::reply::Failure;
use crate::schedule::{Schedule, WindowOccurrence};
use crate::wording::typed::read_iso_date;

// An occurrence.
#[derive(Debug, Args)]
pub struct OccurrenceArguments {
    /// Window (id or name)
    #[arg(long, value_name = "WINDOW")]
    window: String,
    /// Date of the occurrence: the original one, or the one on which it takes place
    #[arg(long, value_name = "DATE", value_parser = read_iso_date)]
    on: NaiveDate,
}

impl OccurrenceArguments {
    /// # Errors
    /// An unknown window, or a date without an occurrence.
    pub fn find<'a>(&self, schedule: &'a Schedule) -> Result<WindowOccurrence<'a>, Failure> {
        let (window, occurrence) = find::occurrence(schedule, &self.window, self.on)?;
        let window =
            schedule.window(window.id()).ok_or_else(|| Failure(format!("Unknown window \"{}\"", self.window)))?;
        Ok((window, occurrence))
    }
}
