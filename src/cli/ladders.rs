//! `cycles` and `reach`: the ladders in time.

use super::arguments::{Cycles, Reach, TextOrJson};
use super::plan::{Viewed, view};
use super::{Failure, Reply};
use crate::export::{cycles, reach};
use crate::model::{LadderId, Plan};

pub fn cycles(options: &Cycles) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(&options.plan)?;
    let ladder = options.ladder.as_deref().map(|id| known_ladder(&schedule.plan, id)).transpose()?;
    let text = match options.format {
        TextOrJson::Text => cycles::text(&schedule, ladder.as_ref()),
        TextOrJson::Json => cycles::json(&schedule, ladder.as_ref()),
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

fn known_ladder(plan: &Plan, id: &str) -> Result<LadderId, Failure> {
    if let Some(ladder) = plan.ladders.get(&id.into()) {
        return Ok(ladder.id.clone());
    }
    let ids: Vec<&str> = plan.ladders.iter().map(|ladder| ladder.id.as_str()).collect();
    let advice = if ids.is_empty() { "The plan has none".to_owned() } else { format!("There are {}", ids.join(", ")) };
    Err(Failure(format!("There is no ladder \"{id}\". {advice}")))
}
