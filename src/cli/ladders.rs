//! `cycles` and `reach`: the ladders in time.

use super::arguments::{Cycles, Reach, TextOrJson};
use super::plan::{Viewed, view};
use super::{Failure, Reply, find};
use crate::export::{cycles, reach};

pub fn cycles(options: &Cycles) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(&options.plan)?;
    let ladder = options.ladder.as_deref().map(|wanted| find::one(&schedule.plan.ladders, wanted)).transpose()?;
    let ladder = ladder.map(|ladder| &ladder.id);
    let text = match options.format {
        TextOrJson::Text => cycles::text(&schedule, ladder),
        TextOrJson::Json => cycles::json(&schedule, ladder),
    };
    Ok(Reply::new(text).with_notes(notes))
}

pub fn reach(options: &Reach) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(&options.plan)?;
    let text = match options.format {
        TextOrJson::Text => reach::text(&schedule),
        TextOrJson::Json => reach::json(&schedule),
    };
    Ok(Reply::new(text).with_notes(notes))
}
