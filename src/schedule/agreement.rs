//! Who must agree to an occurrence, by when they must know of it, and what they said.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::{Occurrence, Scope, WindowSchedule};
use crate::model::{Agreement, BusinessArea, LedgerEntry, LedgerKey, Plan};

/// What one business area said to one occurrence, or has yet to say.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    pub area: &'a Arc<BusinessArea>,
    /// None where notice is informational.
    pub notice: Option<Notice>,
    /// What the ledger holds.
    pub entry: Option<&'a Arc<LedgerEntry>>,
}

/// By when somebody must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    pub days: u16,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
}

impl Answer<'_> {
    pub fn agreement(&self) -> &Agreement {
        self.entry.map_or(&Agreement::NotAsked, |entry| &entry.agreement)
    }

    /// The entry that holds another answer, with the reserve date and the notes that there are. `key` is that of this
    /// answer.
    pub fn noted(&self, key: LedgerKey, agreement: Agreement) -> LedgerEntry {
        match self.entry {
            Some(entry) => LedgerEntry { agreement, ..LedgerEntry::clone(entry) },
            None => LedgerEntry { of: key, agreement, reserve_on: None, notes: String::new() },
        }
    }
}

/// The areas whose systems are worked on, sorted by id. One that the plan does not know cannot agree.
pub fn areas<'a>(plan: &'a Plan, scope: &Scope) -> Vec<&'a Arc<BusinessArea>> {
    let ids = scope.systems.iter().filter_map(|system| system.area.as_ref());
    let mut places: Vec<usize> = ids.filter_map(|id| plan.areas.position(id)).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|place| &plan.areas.as_slice()[place]).collect()
}

/// The answer of `area`, which is one of those that must agree.
pub fn answer<'a>(
    plan: &'a Plan,
    window: &WindowSchedule,
    occurrence: &Occurrence,
    area: &'a Arc<BusinessArea>,
) -> Answer<'a> {
    let entries = plan.ledger.of_window(window.id());
    let wanted = (occurrence.original_on(), &area.id);
    let place = entries.binary_search_by(|entry| (entry.of.on, &entry.of.area).cmp(&wanted));
    let days = plan.notice_days(window.window.kind, area);
    let due_on = |days: u16| occurrence.on().checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN);
    Answer {
        area,
        notice: days.map(|days| Notice { days, due_on: due_on(days) }),
        entry: place.ok().map(|place| &entries[place]),
    }
}

/// All answers to one occurrence, sorted by area.
pub fn answers<'a>(plan: &'a Plan, window: &WindowSchedule, occurrence: &Occurrence) -> Vec<Answer<'a>> {
    areas(plan, &window.scope).into_iter().map(|area| answer(plan, window, occurrence, area)).collect()
}

/// The name under which the ledger keeps an area's answer to that occurrence.
pub fn key(window: &WindowSchedule, occurrence: &Occurrence, area: &BusinessArea) -> LedgerKey {
    LedgerKey { window: window.id().clone(), on: occurrence.original_on(), area: area.id.clone() }
}
