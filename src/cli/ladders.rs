//! `cycles` and `reach`: the ladders in time.

use chrono::{DateTime, Utc};

use super::arguments::{Cycles, Reach, TextOrJson};
use super::delivery::print_list;
use super::export::today;
use super::plan::{Viewed, view};
use super::{Failure, Reply, find};
use crate::export::lists::{JSON, List, ListForm, TEXT};
use crate::output::Source;

/// The form of lists that a format names.
pub fn form_of_records(format: TextOrJson) -> &'static ListForm {
    match format {
        TextOrJson::Text => &TEXT,
        TextOrJson::Json => &JSON,
    }
}

pub fn cycles(options: &Cycles, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(&options.plan)?;
    let ladder = options.ladder.as_deref().map(|wanted| find::one(&schedule.plan.ladders, wanted)).transpose()?;
    let list = List::Cycles(ladder.map(|ladder| ladder.id.clone()));
    let source = Source::new(&schedule, today(&schedule, now));
    Ok(print_list(list, form_of_records(options.format), &source)?.with_notes(notes))
}

pub fn reach(options: &Reach, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(&options.plan)?;
    let source = Source::new(&schedule, today(&schedule, now));
    Ok(print_list(List::Reach, form_of_records(options.format), &source)?.with_notes(notes))
}
