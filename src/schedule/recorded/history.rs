//! What happened to each system, in the order of time: patched, voided, scanned clean.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{LocalMinute, ResultOutcome, SystemId, SystemResult, UtcMinute};
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::time::occurrence::Occurrence;

/// Something that happened to a system.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    pub at: UtcMinute,
    pub kind: EventKind<'a>,
}

#[derive(Clone, Copy, Debug)]
pub enum EventKind<'a> {
    /// A scan still found something, or the system was rolled back: what was done before is void.
    Voided,
    /// The result of an occurrence that started at `start_at`.
    Result { start_at: UtcMinute, result: &'a SystemResult },
    /// A scan found nothing.
    ScannedClean,
}

impl EventKind<'_> {
    /// The order of events at the same instant: what was done at that very instant is not void, and of results that ended
    /// together the one that started later comes last.
    fn order(self) -> (u8, Option<UtcMinute>) {
        match self {
            Self::Voided => (0, None),
            Self::Result { start_at, .. } => (1, Some(start_at)),
            Self::ScannedClean => (2, None),
        }
    }
}

/// What happened to the systems of a plan.
#[derive(Debug, Default)]
pub struct History<'a> {
    by_system: BTreeMap<&'a SystemId, Vec<Event<'a>>>,
}

impl<'a> History<'a> {
    pub fn new(schedule: &'a Schedule) -> Self {
        let mut history = Self::default();
        let plan = &*schedule.plan;
        for result in plan.results() {
            let (start_at, at) = times(schedule, result);
            history.add(&result.key.system, at, EventKind::Result { start_at, result });
            if result.outcome() == ResultOutcome::RolledBack {
                history.add(&result.key.system, at, EventKind::Voided);
            }
        }
        for scan in plan.scans() {
            for system in &scan.open {
                history.add(system, scan.key.at, EventKind::Voided);
            }
            let results = plan.results().for_occurrence(&scan.key.window, scan.key.on);
            let scope = schedule.window(&scan.key.window).map(|window| &window.scope.systems);
            let worked_on = results.iter().map(|result| &result.key.system);
            let covered = scope.into_iter().flatten().map(|system| &system.id);
            let scanned: BTreeSet<&SystemId> = worked_on.chain(covered).collect();
            for system in scanned.into_iter().filter(|system| !scan.open.contains(system)) {
                history.add(system, scan.key.at, EventKind::ScannedClean);
            }
        }
        history.by_system.values_mut().for_each(|events| events.sort_by_key(|event| (event.at, event.kind.order())));
        history
    }

    fn add(&mut self, system: &'a SystemId, at: UtcMinute, kind: EventKind<'a>) {
        self.by_system.entry(system).or_default().push(Event { at, kind });
    }

    /// The events of a system, sorted by time.
    pub fn events(&self, system: &SystemId) -> &[Event<'a>] {
        self.by_system.get(system).map_or(&[], Vec::as_slice)
    }
}

/// When the occurrence of a result started, and when its work ended: the actual end, or else the planned one, at its moved
/// time. If its window is gone, the actual times count alone, or else the original date.
pub fn times(schedule: &Schedule, result: &SystemResult) -> (UtcMinute, UtcMinute) {
    let key = &result.key;
    let planned = schedule.occurrence(&key.window, key.on).map(|(_, occurrence)| *occurrence).or_else(|| {
        let window = schedule.window(&key.window)?;
        Some(Occurrence::usual(&window.window, &window.expansion.zone, key.on))
    });
    let midnight = || schedule.zone.resolve(LocalMinute::midnight(key.on)).at;
    let start_at = planned.map(|each| each.start_at).or(result.started_at).unwrap_or_else(midnight);
    let end_at = result.ended_at.or(planned.map(|each| each.end_at)).unwrap_or(start_at);
    (start_at, end_at)
}

/// When the work of a result ended: the actual end, or else the planned one.
pub fn ended_at(schedule: &Schedule, result: &SystemResult) -> UtcMinute {
    times(schedule, result).1
}
