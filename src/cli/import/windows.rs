//! `import windows`: maintenance windows from a spreadsheet or a calendar.

use std::path::Path;

use chrono::{DateTime, NaiveTime, Utc};
use clap::Args;

use super::into_plan::{FileIntoPlan, import_file};
use crate::cli::arguments::time_of_day;
use crate::cli::new::unknown_zone;
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::import::{self, CsvOptions};
use crate::model::Minutes;
use crate::schedule::Zone;

/// Import windows from a spreadsheet (.csv) or a calendar (.ics)
///
/// A spreadsheet has the columns name, rule, date, start, duration, zone, kind and group; only name and date are required.
/// A rule in words ("first Saturday", "Saturday after Patch Tuesday") is compared with the dates.
#[derive(Debug, Args)]
pub struct Windows {
    #[command(flatten)]
    input: FileIntoPlan,
    /// Start time for rows without one, e.g. 22:00
    #[arg(long, value_name = "TIME", value_parser = time_of_day)]
    start: Option<NaiveTime>,
    /// Duration for rows without one, e.g. 4h
    #[arg(long)]
    duration: Option<Minutes>,
    /// Time zone for rows without one, e.g. Europe/Berlin
    #[arg(long)]
    zone: Option<String>,
    /// Group for rows without one (id or name)
    #[arg(long)]
    group: Option<String>,
}

impl Run for Windows {
    fn run(&self, _clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let Self { input, start, duration, zone, group } = self;
        if let Some(name) = zone.as_deref().filter(|name| Zone::named(name).is_none()) {
            return Err(Failure(unknown_zone(name)));
        }
        let options = CsvOptions { start: *start, duration: *duration, zone: zone.clone(), group: group.clone() };
        let has_options = options != CsvOptions::default();
        import_file(input, |text, plan| match is_calendar(&input.file, text) {
            true if has_options => Err(Failure(
                "--start, --duration, --zone and --group only apply to spreadsheets; a calendar specifies them itself"
                    .to_owned(),
            )),
            true => Ok(import::windows(text, plan)?),
            false => Ok(import::windows_csv(text, plan, &options)?),
        })
    }
}

/// Whether a file is a calendar rather than a spreadsheet.
fn is_calendar(path: &Path, text: &str) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("ics" | "ical" | "ifb" | "icalendar") => true,
        Some("csv" | "tsv" | "txt") => false,
        _ => text.trim_start_matches('\u{feff}').trim_start().to_ascii_uppercase().starts_with("BEGIN:VCALENDAR"),
    }
}
