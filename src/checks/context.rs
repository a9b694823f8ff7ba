//! What checks may look at. What several of them need is calculated once per run, when the first one asks for it.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

use crate::checks::facts::allowed_hours::LimitedAreas;
use crate::checks::facts::carrier_work::CarrierWork;
use crate::checks::facts::holidays::Holidays;
use crate::checks::facts::ladder_releases::FollowedReleases;
use crate::checks::facts::notice_horizon;
use crate::model::{Advisory, ChangeFreeze, Plan, SystemId};
use crate::schedule::agreement::dependents::Dependents;
use crate::schedule::{AdvisoryState, Event, FreezeTimes, History, Rollout, Schedule};

/// What checks may look at.
pub struct Context<'a> {
    pub schedule: &'a Schedule,
    /// The current date in the plan's zone.
    pub today: NaiveDate,
    freezes: OnceLock<Vec<FreezeTimes<'a>>>,
    history: OnceLock<History<'a>>,
    dependents: OnceLock<Dependents>,
    holidays: OnceLock<Holidays<'a>>,
    carrier_work: OnceLock<CarrierWork<'a>>,
    limited_areas: OnceLock<LimitedAreas<'a>>,
    followed_releases: OnceLock<FollowedReleases<'a>>,
    last_date_near: OnceLock<NaiveDate>,
}

impl<'a> Context<'a> {
    /// `today`: the current date in the plan's zone.
    pub fn new(schedule: &'a Schedule, today: NaiveDate) -> Self {
        Self {
            schedule,
            today,
            freezes: OnceLock::new(),
            history: OnceLock::new(),
            dependents: OnceLock::new(),
            holidays: OnceLock::new(),
            carrier_work: OnceLock::new(),
            limited_areas: OnceLock::new(),
            followed_releases: OnceLock::new(),
            last_date_near: OnceLock::new(),
        }
    }

    /// A context in which `freeze` replaces the plan's freeze of the same id.
    pub(super) fn with_freeze(schedule: &'a Schedule, today: NaiveDate, freeze: &'a ChangeFreeze) -> Self {
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

    /// What was recorded of the systems.
    fn history(&self) -> &History<'a> {
        self.history.get_or_init(|| History::new(self.schedule))
    }

    /// What was recorded of a system, sorted by time.
    pub(super) fn events(&self, system: &SystemId) -> &[Event<'a>] {
        self.history().events(system)
    }

    /// The last date on which there can be an occurrence whose notice is due soon.
    pub(super) fn last_date_near(&self) -> NaiveDate {
        *self.last_date_near.get_or_init(|| notice_horizon::last_date_near(self.plan(), self.today))
    }

    /// When the plan's windows install an advisory.
    pub fn rollout(&self, advisory: &'a Arc<Advisory>) -> Rollout<'a> {
        Rollout::new(self.schedule, advisory, self.today, self.freezes(), self.history())
    }

    /// The state of each advisory and when the plan's windows install it, in the order of their ids.
    pub fn rollouts(&self) -> impl Iterator<Item = (AdvisoryState, Rollout<'a>)> {
        self.plan().advisories().iter().map(|advisory| {
            let rollout = self.rollout(advisory);
            (rollout.standing(self.today, self.schedule), rollout)
        })
    }

    /// Which systems depend on which.
    pub(super) fn dependents(&self) -> &Dependents {
        self.dependents.get_or_init(|| Dependents::new(self.plan()))
    }

    /// The plan's holidays by day.
    pub(super) fn holidays(&self) -> &Holidays<'a> {
        self.holidays.get_or_init(|| Holidays::new(self.plan()))
    }

    /// What carriers announced.
    pub(super) fn carrier_work(&self) -> &CarrierWork<'a> {
        self.carrier_work.get_or_init(|| CarrierWork::new(self.plan()))
    }

    /// The business areas that allow work at some hours only.
    pub(super) fn limited_areas(&self) -> &LimitedAreas<'a> {
        self.limited_areas.get_or_init(|| LimitedAreas::new(self.plan()))
    }

    /// The releases that ladders follow.
    pub(super) fn followed_releases(&self) -> &FollowedReleases<'a> {
        self.followed_releases.get_or_init(|| FollowedReleases::new(self.schedule))
    }
}
