//! Whether a fix for something that is exploited would climb a ladder in time, for every day of the plan's months.
//!
//! It climbs by the policy's emergency lane ([`EmergencyLane`]): a group waits only for the groups of the lane's stages
//! that come before it, and for the lane's soak time. Any window may install it. The days are judged as in
//! [`reachability`](super::reachability).

use super::climber::Climber;
use super::reachability::{LadderReachability, SeverityReachability, midnights};
use crate::model::{EmergencyLane, Minutes, SeverityDeadline};
use crate::schedule::freezes::FreezeTimes;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::reach_index::Reach;

/// Each day of the plan's months, for what is exploited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmergencyReachability {
    /// The days and climbs of the lane. It has one severity: the time limit for what is exploited.
    days: LadderReachability,
    /// The sum of the waits between its groups: no climb takes less.
    soak: Minutes,
}

impl EmergencyReachability {
    /// None if the policy has no lane or no time limit, or the ladder no systems.
    pub fn derive(schedule: &Schedule, reach: &Reach, freezes: &[FreezeTimes<'_>]) -> Option<Self> {
        let policy = schedule.plan.policy();
        let (lane, within) = policy.emergency.as_ref().zip(policy.emergency_within())?;
        let climber = Climber::new(schedule, reach, freezes);
        if climber.rungs.is_empty() {
            return None;
        }
        let days = midnights(schedule);
        let climbs = climber.ends_of_waiting(&days, |rung| soak(lane, reach, rung.group));
        let waits = climber.rungs.iter().rev().skip(1).filter(|rung| soak(lane, reach, rung.group).is_some());
        let soak = waits.map(|_| lane.soak).sum();
        let name = EmergencyLane::DEADLINE.to_owned();
        let deadline = SeverityDeadline { name, cvss_from_tenths: 0, within, response: String::new() };
        let severity = SeverityReachability::new(&deadline, &days, &climbs, schedule.ends_at());
        let (ladder, first_day) = (reach.ladder.id.clone(), schedule.plan.horizon().from);
        let days = LadderReachability { ladder, first_day, days, climbs, severities: vec![severity] };
        Some(Self { days, soak })
    }

    /// The days and climbs, whose only severity is [`EmergencyReachability::severity`].
    pub fn days(&self) -> &LadderReachability {
        &self.days
    }

    /// The days by their deadline.
    pub fn severity(&self) -> &SeverityReachability {
        &self.days.severities[0]
    }

    /// The sum of the waits between its groups: no climb takes less.
    pub fn soak(&self) -> Minutes {
        self.soak
    }
}

/// The minutes that later groups wait after that one, if they wait for it.
fn soak(lane: &EmergencyLane, reach: &Reach, group: usize) -> Option<i32> {
    lane.waits_for(&reach.ladder.groups[group]).then(|| lane.soak.signed())
}
