//! What rules may know, and what they share: reckoned when the first one asks, once a run.

use std::cell::OnceCell;

use chrono::NaiveDate;

use super::answers;
use super::frozen::Frozen;
use super::holidays::Holidays;
use crate::model::Plan;
use crate::schedule::Schedule;

/// What rules may know.
pub struct Context<'a> {
    pub schedule: &'a Schedule,
    /// The local date of "now" in the plan's zone.
    pub today: NaiveDate,
    freezes: OnceCell<Vec<Frozen<'a>>>,
    holidays: OnceCell<Holidays<'a>>,
    last_date_near: OnceCell<NaiveDate>,
}

impl<'a> Context<'a> {
    /// `today`: the local date of "now" in the plan's zone.
    pub fn new(schedule: &'a Schedule, today: NaiveDate) -> Self {
        Self { schedule, today, freezes: OnceCell::new(), holidays: OnceCell::new(), last_date_near: OnceCell::new() }
    }

    pub fn plan(&self) -> &'a Plan {
        &self.schedule.plan
    }

    /// The plan's freezes with their instants and systems.
    pub(super) fn freezes(&self) -> &[Frozen<'a>] {
        self.freezes.get_or_init(|| Frozen::all(self.schedule))
    }

    /// The last date on which an occurrence can be whose notice is due soon.
    pub(super) fn last_date_near(&self) -> NaiveDate {
        *self.last_date_near.get_or_init(|| answers::last_date_near(self.plan(), self.today))
    }

    /// All holidays of the plan by day.
    pub(super) fn holidays(&self) -> &Holidays<'a> {
        self.holidays.get_or_init(|| Holidays::of(self.plan()))
    }
}
