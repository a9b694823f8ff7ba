//! `list`, `rota`, `advisories` and `export`: what others read.

use chrono::{DateTime, Utc};

use super::arguments::{Advisories, List, ListFormat};
use super::exports::Export;
use super::plan::{Viewed, view};
use super::{Failure, Reply, invites, ledger, print};
use crate::checks::Context;
use crate::export::advisories;
use crate::export::list::{self, Span};
use crate::export::rota;
use crate::model::UtcMinute;

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
        Export::Checklist(options) => print::checklist(options, now),
        Export::Planner(options) => print::planner(options, now),
        Export::Year(options) => print::year(options, now),
        Export::Cab(options) => print::cab(options, now),
        Export::Invites(options) => invites::run(options, now),
    }
}
