//! `ledger` and `notices`: who agreed to what, and which notice must go out by which day.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::arguments::{Ledger as LedgerOptions, Notices};
use super::delivery::{check, print_list};
use super::export::{form_of_list, today};
use super::plan::{Viewed, view};
use super::{Failure, Reply, find};
use crate::export::lists::List;
use crate::output::{FormFrom, Order, Source};
use crate::schedule::Schedule;

pub fn ledger(options: &LedgerOptions, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(&options.plan)?;
    let list = answers(&schedule, options.area.as_deref())?;
    let source = Source::new(&schedule, today(&schedule, options.now.unwrap_or(now)));
    Ok(print_list(list, form_of_list(options.format), &source)?.with_notes(notes))
}

pub fn notices(options: &Notices, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(&options.plan)?;
    let source = Source::new(&schedule, today(&schedule, options.now.unwrap_or(now)));
    Ok(print_list(List::Notices, form_of_list(options.format), &source)?.with_notes(notes))
}

pub fn write_ledger(plan: &Path, to: &Path, area: Option<&str>, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(plan)?;
    let order = Order::list(answers(&schedule, area)?);
    check(order, to, FormFrom::Ending, &[plan])?.reply(&Source::new(&schedule, today(&schedule, now)), notes)
}

pub fn write_notices(plan: &Path, to: &Path, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(plan)?;
    let order = Order::list(List::Notices);
    check(order, to, FormFrom::Ending, &[plan])?.reply(&Source::new(&schedule, today(&schedule, now)), notes)
}

/// The answers of all business areas, or of one.
fn answers(schedule: &Schedule, area: Option<&str>) -> Result<List, Failure> {
    let area = area.map(|wanted| find::one(&schedule.plan.areas, wanted)).transpose()?;
    Ok(List::Ledger(area.map(|area| area.id.clone())))
}
