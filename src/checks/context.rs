//! What rules may know, and what they share: reckoned when the first one asks, once a run.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

use crate::checks::facts::allowed_hours::Allowed;
use crate::checks::facts::answers;
use crate::checks::facts::holidays::Holidays;
use crate::checks::facts::ladder_releases::Climbing;
use crate::model::{Advisory, ChangeFreeze, Plan};
use crate::schedule::FreezeTimes;
use crate::schedule::{AdvisoryState, Rollout, Schedule};

/// What rules may know.
pub struct Context<'a> {
    pub schedule: &'a Schedule,
    /// The local date of "now" in the plan's zone.
    pub today: NaiveDate,
    freezes: OnceLock<Vec<FreezeTimes<'a>>>,
    holidays: OnceLock<Holidays<'a>>,
    allowed_hours: OnceLock<Allowed<'a>>,
    climbing: OnceLock<Climbing<'a>>,
    last_date_near: OnceLock<NaiveDate>,
}

impl<'a> Context<'a> {
    /// `today`: the local date of "now" in the plan's zone.
    pub fn new(schedule: &'a Schedule, today: NaiveDate) -> Self {
        Self {
            schedule,
            today,
            freezes: OnceLock::new(),
            holidays: OnceLock::new(),
            allowed_hours: OnceLock::new(),
            climbing: OnceLock::new(),
            last_date_near: OnceLock::new(),
        }
    }

    /// The same with `freeze` in place of the one of its id.
    pub(super) fn imagining(schedule: &'a Schedule, today: NaiveDate, freeze: &'a ChangeFreeze) -> Self {
        let plan = &*schedule.plan;
        let others = plan.freezes().iter().map(|each| &**each).filter(|each| each.id != freeze.id);
        let all: Vec<_> = others.chain([freeze]).map(|each| FreezeTimes::new(each, plan, &schedule.zone)).collect();
        Self { freezes: OnceLock::from(all), ..Self::new(schedule, today) }
    }

    pub fn plan(&self) -> &'a Plan {
        &self.schedule.plan
    }

    /// The plan's freezes with their instants and systems.
    pub(super) fn freezes(&self) -> &[FreezeTimes<'a>] {
        self.freezes.get_or_init(|| FreezeTimes::all(self.schedule))
    }

    /// The last date on which an occurrence can be whose notice is due soon.
    pub(super) fn last_date_near(&self) -> NaiveDate {
        *self.last_date_near.get_or_init(|| answers::last_date_near(self.plan(), self.today))
    }

    /// What becomes of an advisory as the plan stands.
    pub fn carriage(&self, advisory: &'a Arc<Advisory>) -> Rollout<'a> {
        Rollout::new(self.schedule, advisory, self.today, self.freezes())
    }

    /// Where each advisory stands and what becomes of it, in the order of their ids.
    pub fn carriages(&self) -> impl Iterator<Item = (AdvisoryState, Rollout<'a>)> {
        self.plan().advisories().iter().map(|advisory| {
            let carriage = self.carriage(advisory);
            (carriage.standing(self.today, self.schedule), carriage)
        })
    }

    /// All holidays of the plan by day.
    pub(super) fn holidays(&self) -> &Holidays<'a> {
        self.holidays.get_or_init(|| Holidays::of(self.plan()))
    }

    /// The hours in which business areas allow work, of those that limit them.
    pub(super) fn allowed_hours(&self) -> &Allowed<'a> {
        self.allowed_hours.get_or_init(|| Allowed::of(self.plan()))
    }

    /// The releases that climb ladders.
    pub(super) fn climbing(&self) -> &Climbing<'a> {
        self.climbing.get_or_init(|| Climbing::of(self.schedule))
    }
}
