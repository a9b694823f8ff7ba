//! Arguments that several commands share, and how their values are read.

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::reply::Failure;
use crate::export::ics::TimeForm;
use crate::export::lists::{CsvStyle, FORMS, ListForm, Span, TEXT};
use crate::model::{Minutes, UtcMinute};
use crate::schedule::Schedule;
use crate::store;
use crate::wording::clocks;
use crate::wording::typed::{YEARS, is_in_range, read_iso_date};

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

// How a shared calendar writes its times.
#[derive(Debug, Args)]
pub struct Times {
    /// Write all times in UTC [default: only those of zones whose rules changed lately]
    #[arg(long)]
    utc: bool,
    /// Write all times on the clocks of their zones
    #[arg(long, conflicts_with = "utc")]
    pub local: bool,
}

impl Times {
    pub fn form(&self) -> TimeForm {
        match (self.utc, self.local) {
            (true, _) => TimeForm::Utc,
            (_, true) => TimeForm::Local,
            (false, false) => TimeForm::Automatic,
        }
    }
}

// The period that a list covers.
#[derive(Debug, Args)]
pub struct Period {
    /// First day to list, in local time, e.g. 2027-03-01
    #[arg(long, value_name = "DATE", value_parser = read_iso_date)]
    from: Option<NaiveDate>,
    /// Last day to list, in local time
    #[arg(long, value_name = "DATE", value_parser = read_iso_date)]
    to: Option<NaiveDate>,
}

impl Period {
    /// # Errors
    /// The first day is after the last.
    pub fn span(&self) -> Result<Span, Failure> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(Failure(format!("--from {from} is after --to {to} (swap them)")));
        }
        Ok(Span { from: self.from, to: self.to })
    }
}

/// Reads the id of a form of lists.
fn form_parser() -> impl TypedValueParser<Value = &'static ListForm> {
    PossibleValuesParser::new(FORMS.map(|form| form.id)).try_map(|id| {
        let form = FORMS.into_iter().find(|form| form.id == id);
        form.ok_or("unknown format")
    })
}

// What spreadsheets and scripts expect of CSV.
#[derive(Clone, Debug, Args)]
pub struct CsvArguments {
    /// Write .csv without a byte-order mark, for scripts; Excel then misreads accented letters
    #[arg(long)]
    no_bom: bool,
    /// Write .csv for this program: "excel" uses semicolons, as Excel expects if the comma is the decimal sign
    #[arg(long = "for", value_name = "PROGRAM", value_parser = ["excel"])]
    program: Option<String>,
}

impl CsvArguments {
    pub fn style(&self) -> CsvStyle {
        let style = if self.program.is_some() { CsvStyle::EXCEL } else { CsvStyle::FILE };
        CsvStyle { has_bom: style.has_bom && !self.no_bom, ..style }
    }
}

// The form in which a list is written.
#[derive(Clone, Debug, Args)]
pub struct ListFormArguments {
    /// Output format [default: that of the file's ending, text on standard output]
    #[arg(long, value_parser = form_parser())]
    pub format: Option<&'static ListForm>,
    #[command(flatten)]
    pub csv: CsvArguments,
}

impl ListFormArguments {
    /// The form that was asked for, or else that of the file's ending; text on standard output, and on pipes without an
    /// ending. `file`: None for standard output.
    ///
    /// # Errors
    /// An ending that no form has or that is not that of the form, or a form that standard output cannot show.
    pub fn for_file(&self, file: Option<&Path>) -> Result<&'static ListForm, Failure> {
        let Some(file) = file else {
            let form = self.format.unwrap_or(&TEXT);
            let needs_file =
                || Failure(format!("--format {} needs a file (add -o FILE.{})", form.id, form.file_type.ending()));
            return if form.is_text { Ok(form) } else { Err(needs_file()) };
        };
        let of_ending = ListForm::for_path(file);
        match self.format {
            Some(form) if of_ending == Some(form) || store::is_stream(file) => Ok(form),
            Some(form) => Err(other_ending(file, form.file_type.ending())),
            None if of_ending.is_none() && store::is_stream(file) => Ok(&TEXT),
            None => of_ending.ok_or_else(|| Failure::at(file, "unknown file ending (use .csv, .xlsx, .json or .txt)")),
        }
    }
}

/// Why a file whose ending is not that of `--format` is refused.
pub fn other_ending(file: &Path, ending: &str) -> Failure {
    Failure::at(file, format!("the ending is not that of --format (use .{ending})"))
}

// How a list is written.
#[derive(Debug, Args)]
pub struct ListArguments {
    #[command(flatten)]
    pub form: ListFormArguments,
    /// File to write: .csv, .xlsx, .json or .txt; - is standard output [default: -]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl ListArguments {
    /// The file to write. None for standard output.
    pub fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| !is_standard_output(path))
    }

    /// The form of the output.
    ///
    /// # Errors
    /// Those of [`ListFormArguments::for_file`].
    pub fn form(&self) -> Result<&'static ListForm, Failure> {
        self.form.for_file(self.file())
    }
}

/// The form of what a command reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportForm {
    #[default]
    Text,
    Json,
}

impl ReportForm {
    pub const ALL: [Self; 2] = [Self::Text, Self::Json];

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Json => "json",
        }
    }
}

/// Whether an output is standard output.
pub fn is_standard_output(path: &Path) -> bool {
    path == Path::new("-")
}

/// Reads a time of day on a window's clock: 22:00.
pub fn time_of_day(text: &str) -> Result<NaiveTime, String> {
    clocks::read_typed(text).map_err(|_| "use e.g. 22:00".to_owned())
}

/// Reads a text for people, without the spaces around it.
pub fn words(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() { Err("write at least one word".to_owned()) } else { Ok(text.to_owned()) }
}

/// Reads the length of an occurrence: 4h, 90m, 3h35.
pub fn length(text: &str) -> Result<Minutes, String> {
    text.parse().map_err(|_| "use e.g. 4h or 90m".to_owned())
}

/// Reads a time as RFC 3339 writes it: 2026-11-21T09:00:00Z.
pub fn utc_time(text: &str) -> Result<DateTime<Utc>, String> {
    let at: DateTime<Utc> = text.parse().map_err(|_| "use e.g. 2026-11-21T09:00:00Z".to_owned())?;
    let advice = || format!("use a year from {} to {}, e.g. 2026-11-21T09:00:00Z", YEARS.start(), YEARS.end());
    if is_in_range(at.date_naive()) { Ok(at) } else { Err(advice()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_and_lengths_are_read_or_refused_with_an_example() {
        assert_eq!(time_of_day("22:30").unwrap(), NaiveTime::from_hms_opt(22, 30, 0).unwrap());
        assert_eq!(length("3h35"), Ok(Minutes(215)));
        for text in ["", "24:00", "25:00", "later"] {
            assert_eq!(time_of_day(text), Err("use e.g. 22:00".to_owned()), "{text}");
        }
        for text in ["", "-4h", "4 weeks", "later"] {
            assert_eq!(length(text), Err("use e.g. 4h or 90m".to_owned()), "{text}");
        }
    }

    #[test]
    fn times_are_read_or_refused_with_an_example() {
        assert_eq!(utc_time("2026-11-21T10:00:00+01:00").unwrap().to_string(), "2026-11-21 09:00:00 UTC");
        for text in ["", "now", "2026-11-21", "2026-11-21T09:00"] {
            assert_eq!(utc_time(text), Err("use e.g. 2026-11-21T09:00:00Z".to_owned()), "{text}");
        }
    }
}
