//! Freezes of a table that the plan has already: none is added twice, and what differs is said.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::model::{ChangeFreeze, Plan};

type Key = (NaiveDate, NaiveDate, String);

/// The freezes of the plan, and those of the table.
pub(super) struct KnownFreezes<'a> {
    plan: &'a Plan,
    listed: HashSet<Key>,
    seen: HashSet<Key>,
}

impl<'a> KnownFreezes<'a> {
    pub fn new<'b>(plan: &'a Plan, listed: impl Iterator<Item = &'b ChangeFreeze>) -> Self {
        let once = plan.freezes().iter().filter(|freeze| freeze.every_months.is_none());
        Self { plan, listed: listed.map(key).collect(), seen: once.map(|freeze| key(freeze)).collect() }
    }

    /// # Errors
    /// The plan or an earlier row has it, or the plan has one of that name on other days that overlap it.
    pub fn check(&mut self, freeze: ChangeFreeze) -> Result<ChangeFreeze, String> {
        if !self.seen.insert(key(&freeze)) {
            return Err(format!("\"{}\" from {} is already there", freeze.name, freeze.first_on));
        }
        let other = overlapping(&freeze, self.plan).find(|old| !self.listed.contains(&key(old)));
        match other {
            Some(old) => Err(format!(
                "\"{}\" is in the plan already with other days ({} to {}): change it in the plan, or rename it in the table",
                old.name, old.first_on, old.last_on
            )),
            None => Ok(freeze),
        }
    }
}

/// What stays in the plan although a row says that it is cancelled.
pub(super) fn although_cancelled(freeze: &ChangeFreeze, plan: &Plan) -> Option<String> {
    let old = overlapping(freeze, plan).next()?;
    let days = format!("{} to {}", old.first_on, old.last_on);
    Some(format!("\"{}\" ({days}) stays in the plan although it is cancelled: remove it there", old.name))
}

/// The freezes of that name in the plan that overlap it.
fn overlapping<'a>(freeze: &ChangeFreeze, plan: &'a Plan) -> impl Iterator<Item = &'a ChangeFreeze> {
    let (name, first, last) = (freeze.name.to_lowercase(), freeze.first_on, freeze.last_on);
    let all = plan.freezes().iter().map(|old| &**old).filter(|old| old.every_months.is_none());
    all.filter(move |old| old.name.to_lowercase() == name && old.first_on <= last && old.last_on >= first)
}

fn key(freeze: &ChangeFreeze) -> Key {
    (freeze.first_on, freeze.last_on, freeze.name.clone())
}
