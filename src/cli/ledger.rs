//! `ledger` and `notices`: who agreed to what, and which notice must go out by which day.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::arguments::{Ledger as LedgerOptions, ListFormat, Notices};
use super::plan::{Viewed, view, write};
use super::{Failure, Reply, find};
use crate::export::ledger as export;
use crate::model::UtcMinute;
use crate::schedule::agreement::ledger::Ledger;

/// A plan's ledger, and what else should be known.
struct Seen {
    ledger: Ledger,
    notes: Vec<String>,
}

fn see(plan: &Path, now: DateTime<Utc>) -> Result<Seen, Failure> {
    let Viewed { schedule, notes } = view(plan)?;
    let today = schedule.zone.local(UtcMinute::from_utc(now)).date();
    Ok(Seen { ledger: Ledger::of(&schedule, today, None), notes })
}

pub fn ledger(options: &LedgerOptions, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let Seen { ledger, notes } = see(&options.plan, options.now.unwrap_or(now))?;
    let text = ledger_in(options.format, &ledger, options.area.as_deref())?;
    Ok(Reply::new(text).with_notes(notes))
}

pub fn notices(options: &Notices, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let Seen { ledger, notes } = see(&options.plan, options.now.unwrap_or(now))?;
    Ok(Reply::new(notices_in(options.format, &ledger)).with_notes(notes))
}

pub fn write_ledger(plan: &Path, to: &Path, area: Option<&str>, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let format = format_of(to)?;
    let Seen { ledger, notes } = see(plan, now)?;
    Ok(write(to, ledger_in(format, &ledger, area)?, plan)?.with_notes(notes))
}

pub fn write_notices(plan: &Path, to: &Path, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let format = format_of(to)?;
    let Seen { ledger, notes } = see(plan, now)?;
    Ok(write(to, notices_in(format, &ledger), plan)?.with_notes(notes))
}

fn ledger_in(format: ListFormat, ledger: &Ledger, area: Option<&str>) -> Result<String, Failure> {
    let area = area.map(|wanted| find::one(&ledger.plan.areas, wanted)).transpose()?.map(|area| &area.id);
    Ok(match format {
        ListFormat::Text => export::text(ledger, area),
        ListFormat::Csv => export::csv(ledger, area),
        ListFormat::Json => export::json(ledger, area),
    })
}

fn notices_in(format: ListFormat, ledger: &Ledger) -> String {
    match format {
        ListFormat::Text => export::notices_text(ledger),
        ListFormat::Csv => export::notices_csv(ledger),
        ListFormat::Json => export::notices_json(ledger),
    }
}

/// The format that a file's ending asks for.
fn format_of(path: &Path) -> Result<ListFormat, Failure> {
    if path == Path::new("-") {
        return Ok(ListFormat::Text);
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("csv") => Ok(ListFormat::Csv),
        Some("json") => Ok(ListFormat::Json),
        Some("txt") => Ok(ListFormat::Text),
        _ => Err(Failure(format!(
            "A list is written as .csv, .json or .txt. Give the file one of these endings: {}",
            path.display()
        ))),
    }
}
