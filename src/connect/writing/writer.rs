//! A writer: a form in which a system takes windows.

use std::fmt;

use chrono::NaiveDate;

use super::abilities::Abilities;
use super::entries::{Entries, ExpressedWindow};
use super::express::Meter;
use super::report;
use crate::export::{FileType, Output};
use crate::model::UtcMinute;
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
    /// The date on the plan's clock.
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

/// A file for a system, with remarks about it.
#[derive(Debug)]
pub struct SystemFile {
    pub text: String,
    /// What cannot be written or is lost, one sentence each without a full stop.
    pub losses: Vec<String>,
    /// What a person must know or fill in, likewise.
    pub remarks: Vec<String>,
    /// How the windows are expressed, as a sentence.
    pub summary: String,
    /// Whether it has no window, although the system can have some.
    pub is_empty: bool,
}

impl Writer {
    /// How it takes each window of the plan, in the order of their ids. `now` decides which dates are over.
    pub fn express<'a>(&'static self, schedule: &'a Schedule, now: UtcMinute) -> Vec<ExpressedWindow<'a>> {
        let meter = Meter::new(schedule, now, self.abilities);
        parallel::map_indices(schedule.windows.len(), |index| meter.express(&schedule.windows[index]))
    }

    /// Writes the file.
    pub fn file(&'static self, schedule: &Schedule, now: UtcMinute) -> SystemFile {
        let today = schedule.zone.local(now).date();
        let request = WriteRequest { schedule, today, windows: self.express(schedule, now) };
        let WrittenFile { text, mut remarks } = (self.write)(&request);
        remarks.extend(report::renamed(&request.windows, &schedule.plan, self.abilities));
        let is_written = |each: &ExpressedWindow<'_>| !matches!(each.entries, Entries::Nothing);
        let has_windows = request.windows.iter().any(is_written);
        SystemFile {
            text,
            losses: report::remarks(&request.windows),
            remarks,
            summary: report::summary(&request.windows),
            is_empty: self.abilities.can_write() && !has_windows,
        }
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
