//! Arguments that several commands share, and how their values are read.

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args, ValueEnum};

use super::reply::Failure;
use crate::model::UtcMinute;
use crate::schedule::Schedule;

// No doc comments on structs that are flattened into others: clap would take them as the help of the command.

// The time that a command works with.
#[derive(Debug, Args)]
pub struct Now {
    /// Use this time instead of the current time, e.g. 2026-11-21T09:00:00Z
    #[arg(long, value_name = "TIME", value_parser = utc_time)]
    now: Option<DateTime<Utc>>,
}

impl Now {
    pub fn or(&self, clock: DateTime<Utc>) -> DateTime<Utc> {
        self.now.unwrap_or(clock)
    }

    /// The date on the plan's clock.
    pub fn today(&self, schedule: &Schedule, clock: DateTime<Utc>) -> NaiveDate {
        today(schedule, self.or(clock))
    }
}

/// The date at that time on the plan's clock.
pub fn today(schedule: &Schedule, now: DateTime<Utc>) -> NaiveDate {
    schedule.zone.local(UtcMinute::from_utc(now)).date()
}

// The period that a list covers.
#[derive(Debug, Args)]
pub struct Period {
    /// First day to list, in local time, e.g. 2027-03-01
    #[arg(long, value_name = "DATE")]
    pub from: Option<NaiveDate>,
    /// Last day to list, in local time
    #[arg(long, value_name = "DATE")]
    pub to: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum TextOrJson {
    #[default]
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum ListFormat {
    #[default]
    Text,
    Csv,
    Json,
}

impl ListFormat {
    /// The format that the ending of a file name asks for; text for standard output.
    pub fn for_file(path: &Path) -> Result<Self, Failure> {
        if path == Path::new("-") {
            return Ok(Self::Text);
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("csv") => Ok(Self::Csv),
            Some("json") => Ok(Self::Json),
            Some("txt") => Ok(Self::Text),
            _ => Err(Failure::at(path, "unknown output format (use .csv, .json or .txt)")),
        }
    }
}

/// Reads a time as RFC 3339 writes it: 2026-11-21T09:00:00Z.
pub fn utc_time(text: &str) -> Result<DateTime<Utc>, String> {
    text.parse().map_err(|_| "use e.g. 2026-11-21T09:00:00Z".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_or_refused_with_an_example() {
        assert_eq!(utc_time("2026-11-21T10:00:00+01:00").unwrap().to_string(), "2026-11-21 09:00:00 UTC");
        for text in ["", "now", "2026-11-21", "2026-11-21T09:00"] {
            assert_eq!(utc_time(text), Err("use e.g. 2026-11-21T09:00:00Z".to_owned()), "{text}");
        }
    }

    #[test]
    fn the_ending_of_a_file_name_decides_the_format() {
        let format = |name: &str| ListFormat::for_file(Path::new(name)).map(|format| format!("{format:?}"));
        for (name, expected) in [("-", "Text"), ("a.txt", "Text"), ("a.CSV", "Csv"), ("b/a.json", "Json")] {
            assert_eq!(format(name).unwrap(), expected, "{name}");
        }
        let Failure(message) = format("notices.xls").unwrap_err();
        assert_eq!(message, "notices.xls: unknown output format (use .csv, .json or .txt)");
    }
}
