//! One advisory on one system that it affects, at an instant.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{
    Advisory, AreaId, Environment, FixState, GroupId, LocalMinute, SeverityDeadline, System, SystemResult, UtcMinute,
};
use crate::schedule::{Done, Event, EventKind, Zone};

/// An advisory on a system, at an instant.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    pub advisory: &'a Arc<Advisory>,
    pub system: &'a Arc<System>,
    /// None if it has no score, or one below all severities of the policy.
    pub severity: Option<&'a SeverityDeadline>,
    /// The start of the later of the days on which it was published and on which a fix became available.
    pub counts_from_at: UtcMinute,
    pub deadline_at: Option<UtcMinute>,
    pub done: Option<Done<'a>>,
    pub state: ItemState,
    /// Those of the system, or of its result if it has one.
    pub environment: Environment,
    pub area: Option<&'a AreaId>,
    pub groups: Vec<&'a GroupId>,
    pub hosts: u32,
}

/// What an item counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemState {
    InTime,
    Late,
    /// Its deadline has passed, and it is not done.
    Open,
    Pending,
    /// Not required for now: a decision says so, or no fix exists yet.
    Excused,
    /// It has no deadline, so it is never due.
    NoDeadline,
}

impl ItemState {
    pub const ALL: [Self; 6] = [Self::InTime, Self::Late, Self::Open, Self::Pending, Self::Excused, Self::NoDeadline];

    /// "in time"
    pub fn name(self) -> &'static str {
        match self {
            Self::InTime => "in time",
            Self::Late => "late",
            Self::Open => "overdue",
            Self::Pending => "pending",
            Self::Excused => "excused",
            Self::NoDeadline => "no deadline",
        }
    }

    /// Whether it counts as due.
    pub fn is_due(self) -> bool {
        matches!(self, Self::InTime | Self::Late | Self::Open)
    }
}

/// An advisory, with what is the same on all its systems.
pub struct AdvisoryTimes<'a> {
    pub advisory: &'a Arc<Advisory>,
    pub severity: Option<&'a SeverityDeadline>,
    pub counts_from_at: UtcMinute,
    pub deadline_at: Option<UtcMinute>,
}

impl<'a> AdvisoryTimes<'a> {
    /// The item of a system at an instant. `groups` are those that the system is in now.
    pub fn item(
        &self,
        system: &'a Arc<System>,
        groups: &[&'a GroupId],
        events: &[Event<'a>],
        zone: &Zone,
        at: UtcMinute,
    ) -> Item<'a> {
        let installed_at = self.advisory.installed_on(&system.id).map(|on| end_of(zone, on));
        let past = &events[..events.partition_point(|event| event.at <= at)];
        let done = Done::find(past, self.counts_from_at, installed_at.filter(|each| *each <= at));
        let carrying = |event: &Event<'a>| match event.kind {
            EventKind::Result { start_at, result } if start_at >= self.counts_from_at => Some(result),
            _ => None,
        };
        let result = done.and_then(|done| done.result).or_else(|| past.iter().rev().find_map(carrying));
        let is_excused = done.is_none() && is_excused(self.advisory, system, zone, at);
        Item {
            advisory: self.advisory,
            system,
            severity: self.severity,
            counts_from_at: self.counts_from_at,
            deadline_at: self.deadline_at,
            state: if is_excused { ItemState::Excused } else { state(self.deadline_at, done, at) },
            done,
            environment: result.map_or(system.environment, |result| result.environment),
            area: result.map_or(system.area.as_ref(), |result| result.area.as_ref()),
            groups: result.map_or_else(|| groups.to_vec(), |result| result.groups.iter().collect()),
            hosts: result.map_or(system.hosts, SystemResult::in_scope),
        }
    }
}

fn state(deadline_at: Option<UtcMinute>, done: Option<Done<'_>>, at: UtcMinute) -> ItemState {
    match (deadline_at, done) {
        (None, _) => ItemState::NoDeadline,
        (Some(deadline_at), Some(done)) if done.at <= deadline_at => ItemState::InTime,
        (Some(_), Some(_)) => ItemState::Late,
        (Some(deadline_at), None) if deadline_at <= at => ItemState::Open,
        (Some(_), None) => ItemState::Pending,
    }
}

impl Item<'_> {
    /// When it counts: at its deadline, or when it was done if that was earlier.
    pub fn counts_at(&self) -> Option<UtcMinute> {
        self.deadline_at.into_iter().chain(self.done.map(|done| done.at)).min()
    }

    /// Whether it is due, done, and not scanned clean since.
    pub fn is_unverified(&self) -> bool {
        self.state.is_due() && self.done.is_some_and(|done| !done.is_verified)
    }

    /// The whole days since its deadline, if it is overdue.
    pub fn days_overdue(&self, at: UtcMinute) -> Option<u32> {
        let deadline_at = self.deadline_at.filter(|_| self.state == ItemState::Open)?;
        Some(at.since(deadline_at).max(0) as u32 / (24 * 60))
    }
}

/// Whether the advisory has no fix yet, or the last decision about the system that is in force says that none is needed.
/// A decision is in force from the start of its first day to the end of its last.
fn is_excused(advisory: &Advisory, system: &System, zone: &Zone, at: UtcMinute) -> bool {
    let has_begun = |on: NaiveDate| midnight(zone, on) <= at;
    let has_ended = |until: NaiveDate| end_of(zone, until) <= at;
    let in_force = advisory.decisions.iter().rev().find(|decision| {
        decision.is_about(&system.id) && has_begun(decision.on) && !decision.until.is_some_and(has_ended)
    });
    advisory.fix == FixState::Missing || in_force.is_some_and(|decision| !decision.verdict.is_installed())
}

/// The start of a day in the plan's zone.
pub fn midnight(zone: &Zone, on: NaiveDate) -> UtcMinute {
    zone.resolve(LocalMinute::midnight(on)).at
}

/// The end of a day in the plan's zone.
pub fn end_of(zone: &Zone, on: NaiveDate) -> UtcMinute {
    midnight(zone, on.succ_opt().unwrap_or(on))
}
