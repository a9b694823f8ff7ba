//! `list`, `rota`, `advisories` and `export`: what others read.

use chrono::{DateTime, NaiveDate, Utc};

use super::arguments::{Advisories, List as ListOptions, ListFormat};
use super::delivery::print_list;
use super::exports::Export;
use super::plan::{Viewed, view};
use super::{Failure, Reply, invites, ledger, print};
use crate::export::lists::{CSV, JSON, List, ListForm, Span, TEXT};
use crate::model::UtcMinute;
use crate::output::Source;
use crate::schedule::Schedule;

/// The form of lists that a format names.
pub fn form_of_list(format: ListFormat) -> &'static ListForm {
    match format {
        ListFormat::Text => &TEXT,
        ListFormat::Csv => &CSV,
        ListFormat::Json => &JSON,
    }
}

/// The plan's date at an instant.
pub fn today(schedule: &Schedule, now: DateTime<Utc>) -> NaiveDate {
    schedule.zone.local(UtcMinute::from_utc(now)).date()
}

pub fn list(options: &ListOptions, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(&options.plan)?;
    let list = List::Occurrences(Span { from: options.from, to: options.to });
    let source = Source::new(&schedule, today(&schedule, now));
    Ok(print_list(list, form_of_list(options.format), &source)?.with_notes(notes))
}

pub fn rota(options: &ListOptions, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(&options.plan)?;
    let list = List::Rota(Span { from: options.from, to: options.to });
    let source = Source::new(&schedule, today(&schedule, now));
    Ok(print_list(list, form_of_list(options.format), &source)?.with_notes(notes))
}

pub fn advisories(options: &Advisories, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(&options.plan)?;
    let source = Source::new(&schedule, today(&schedule, options.now.unwrap_or(now)));
    Ok(print_list(List::Advisories, form_of_list(options.format), &source)?.with_notes(notes))
}

pub fn run(what: &Export, now: DateTime<Utc>) -> Result<Reply, Failure> {
    match what {
        Export::Ledger { plan, output, area } => ledger::write_ledger(plan, output, area.as_deref(), now),
        Export::Notices { plan, output } => ledger::write_notices(plan, output, now),
        Export::Calendar(options) => super::calendar::run(options, now),
        Export::Checklist(options) => print::checklist(options, now),
        Export::Planner(options) => print::planner(options, now),
        Export::Year(options) => print::year(options, now),
        Export::Cab(options) => print::cab(options, now),
        Export::Invites(options) => invites::run(options, now),
    }
}
