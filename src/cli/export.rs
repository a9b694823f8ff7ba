//! `list`, `rota`, `advisories` and `export`: what others read.

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};

use super::arguments::{Advisories, List, ListFormat};
use super::exports::Export;
use super::plan::{Viewed, view, write};
use super::{Failure, Reply, find, invites, ledger};
use crate::checks::Context;
use crate::export::advisories;
use crate::export::checklist;
use crate::export::list::{self, Span};
use crate::export::paper::{self, Document, Paper};
use crate::export::rota;
use crate::model::UtcMinute;
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

/// Dates that a message names.
const MOST_DATES: usize = 6;

pub fn list(options: &List) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(&options.plan)?;
    let span = Span { from: options.from, to: options.to };
    let text = match options.format {
        ListFormat::Text => list::text(&schedule, span),
        ListFormat::Csv => list::csv(&schedule, span),
        ListFormat::Json => list::json(&schedule, span),
    };
    Ok(Reply::new(text).with_notes(notes))
}

pub fn rota(options: &List) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(&options.plan)?;
    let span = Span { from: options.from, to: options.to };
    let text = match options.format {
        ListFormat::Text => rota::text(&schedule, span),
        ListFormat::Csv => rota::csv(&schedule, span),
        ListFormat::Json => rota::json(&schedule, span),
    };
    Ok(Reply::new(text).with_notes(notes))
}

pub fn advisories(options: &Advisories, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(&options.plan)?;
    let today = schedule.zone.local(UtcMinute::from_utc(options.now.unwrap_or(now))).date();
    let cx = Context::new(&schedule, today);
    let text = match options.format {
        ListFormat::Text => advisories::text(&cx),
        ListFormat::Csv => advisories::csv(&cx),
        ListFormat::Json => advisories::json(&cx),
    };
    Ok(Reply::new(text).with_notes(notes))
}

pub fn run(what: &Export, now: DateTime<Utc>) -> Result<Reply, Failure> {
    match what {
        Export::Ledger { plan, output, area } => ledger::write_ledger(plan, output, area.as_deref(), now),
        Export::Notices { plan, output } => ledger::write_notices(plan, output, now),
        Export::Calendar(options) => super::calendar::run(options, now),
        Export::Checklist { plan, output, window, on } => {
            let written = written_as(output)?;
            let Viewed { schedule, notes } = view(plan)?;
            let (window, occurrence) = occurrence(&schedule, window, *on)?;
            let revision = paper::revision(&schedule.plan);
            let pack = checklist::single(&schedule, window, occurrence, &revision);
            let text = written(&pack.map_err(|error| Failure(error.to_string()))?);
            Ok(write(output, text, plan)?.with_notes(notes))
        }
        Export::Invites(options) => invites::run(options, now),
    }
}

/// The format that a file's ending asks for.
fn written_as(path: &Path) -> Result<fn(&Document) -> String, Failure> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("md" | "markdown") => Ok(paper::markdown),
        Some("html" | "htm") => Ok(|pack| paper::html(pack, Paper::A4)),
        Some("txt") => Ok(paper::text),
        _ => Err(Failure(format!(
            "A checklist is written as .html, .md or .txt. Give the file one of these endings: {}",
            path.display()
        ))),
    }
}

/// The occurrence of that original date, else the one that takes place on that date.
fn occurrence<'a>(
    schedule: &'a Schedule,
    window: &str,
    on: NaiveDate,
) -> Result<(&'a WindowSchedule, &'a Occurrence), Failure> {
    let record = find::one(&schedule.plan.windows, window)?;
    let missing = || Failure(format!("There is no window \"{window}\" in the plan"));
    let window = schedule.window(&record.id).ok_or_else(missing)?;
    let all = &window.expansion.occurrences;
    let found = window.expansion.of_date(on).or_else(|| all.iter().find(|occurrence| occurrence.on() == on));
    let found = found.ok_or_else(|| {
        let mut near: Vec<NaiveDate> = all.iter().map(Occurrence::original_on).collect();
        near.sort_by_key(|date| (*date - on).num_days().abs());
        near.truncate(MOST_DATES);
        near.sort();
        let near: Vec<String> = near.iter().map(ToString::to_string).collect();
        let advice =
            if near.is_empty() { "It has none at all".to_owned() } else { format!("Near it are {}", near.join(", ")) };
        Failure(format!("{} has no occurrence on {on}. {advice}", record.name))
    })?;
    Ok((window, found))
}
