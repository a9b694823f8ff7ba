//! A writer: a form in which a system takes windows.

use std::fmt;

use chrono::NaiveDate;

use super::abilities::Abilities;
use super::entries::ExpressedWindow;
use super::express::Meter;
use super::report;
use crate::export::{FileType, Output};
use crate::parallel;
use crate::schedule::Schedule;

/// A form in which a system takes windows.
pub struct Writer {
    /// For `--as`: "terraform".
    pub format: &'static str,
    pub output: Output,
    pub file_type: FileType,
    pub abilities: &'static Abilities,
    pub write: fn(&WriteRequest<'_>) -> WrittenFile,
}

/// What a writer writes from.
pub struct WriteRequest<'a> {
    pub schedule: &'a Schedule,
    pub today: NaiveDate,
    /// All windows of the plan, in the order of their ids. Those that are impossible have no entries.
    pub windows: Vec<ExpressedWindow<'a>>,
}

/// A file that a writer made.
#[derive(Debug, Default)]
pub struct WrittenFile {
    pub text: String,
    /// What a person must know or fill in, one sentence each without a full stop.
    pub remarks: Vec<String>,
}

impl Writer {
    /// How it takes each window of the plan, in the order of their ids. `today` decides which dates are over.
    pub fn express<'a>(&'static self, schedule: &'a Schedule, today: NaiveDate) -> Vec<ExpressedWindow<'a>> {
        let meter = Meter::new(schedule, today, self.abilities);
        parallel::map_indices(schedule.windows.len(), |index| meter.express(&schedule.windows[index]))
    }

    /// Writes the file. The remarks begin with what cannot be written or is lost. The text is how the windows are expressed,
    /// as a sentence.
    pub fn file(&'static self, schedule: &Schedule, today: NaiveDate) -> (WrittenFile, String) {
        let request = WriteRequest { schedule, today, windows: self.express(schedule, today) };
        let WrittenFile { text, remarks } = (self.write)(&request);
        let mut all = report::remarks(&request.windows);
        all.extend(remarks);
        (WrittenFile { text, remarks: all }, report::summary(&request.windows))
    }
}

impl PartialEq for Writer {
    fn eq(&self, other: &Self) -> bool {
        self.output.id == other.output.id
    }
}

impl Eq for Writer {}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.output.id)
    }
}
