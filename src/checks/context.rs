//! What rules may know, and what they share: reckoned when the first one asks, once a run.

use std::cell::OnceCell;
use std::sync::Arc;

use chrono::NaiveDate;

use super::frozen::Frozen;
use super::holidays::Holidays;
use crate::model::{Advisory, Plan};
use crate::schedule::{Carriage, Occurrence, Schedule, Standing, WindowSchedule};

/// What rules may know.
pub struct Context<'a> {
    pub schedule: &'a Schedule,
    /// The local date of "now" in the plan's zone.
    pub today: NaiveDate,
    freezes: OnceCell<Vec<Frozen<'a>>>,
    holidays: OnceCell<Holidays<'a>>,
}

impl<'a> Context<'a> {
    /// `today`: the local date of "now" in the plan's zone.
    pub fn new(schedule: &'a Schedule, today: NaiveDate) -> Self {
        Self { schedule, today, freezes: OnceCell::new(), holidays: OnceCell::new() }
    }

    pub fn plan(&self) -> &'a Plan {
        &self.schedule.plan
    }

    /// The plan's freezes with their instants and systems.
    pub(super) fn freezes(&self) -> &[Frozen<'a>] {
        self.freezes.get_or_init(|| {
            let plan = self.plan();
            plan.freezes.iter().map(|freeze| Frozen::of(freeze, plan, &self.schedule.zone)).collect()
        })
    }

    /// Whether the occurrence lies in a freeze that covers its window.
    pub fn is_frozen(&self, window: &WindowSchedule, occurrence: &Occurrence) -> bool {
        let is_frozen =
            |freeze: &Frozen<'_>| freeze.touches(occurrence.start_at, occurrence.end_at) && freeze.covers(window);
        self.freezes().iter().any(is_frozen)
    }

    /// What becomes of an advisory as the plan stands.
    pub fn carriage(&self, advisory: &'a Arc<Advisory>) -> Carriage<'a> {
        Carriage::of(self.schedule, advisory, self.today, |window, occurrence| self.is_frozen(window, occurrence))
    }

    /// Where each advisory stands and what becomes of it, in the order of their ids.
    pub fn carriages(&self) -> impl Iterator<Item = (Standing, Carriage<'a>)> {
        self.plan().advisories.iter().map(|advisory| {
            let carriage = self.carriage(advisory);
            (carriage.standing(self.today, self.schedule), carriage)
        })
    }

    /// All holidays of the plan by day.
    pub(super) fn holidays(&self) -> &Holidays<'a> {
        self.holidays.get_or_init(|| Holidays::of(self.plan()))
    }
}
