//! What happened to each system, in the order of time: patched, voided, scanned clean.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::model::{FollowUpScan, LocalMinute, ResultKey, ResultOutcome, SystemId, SystemResult, UtcMinute, WindowId};
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
    by_system: HashMap<&'a SystemId, Vec<Event<'a>>>,
}

impl<'a> History<'a> {
    pub fn new(schedule: &'a Schedule) -> Self {
        Self::for_systems(schedule, |_| true)
    }

    /// What happened to some of the systems.
    pub fn for_systems(schedule: &'a Schedule, is_wanted: impl Fn(&SystemId) -> bool) -> Self {
        let mut history = Self::default();
        let plan = &*schedule.plan;
        let mut all_times = ResultTimes::new(schedule);
        for result in plan.results().iter().filter(|result| is_wanted(&result.key.system)) {
            let (start_at, at) = all_times.find(result);
            history.add(&result.key.system, at, EventKind::Result { start_at, result });
            if result.outcome() == ResultOutcome::RolledBack {
                history.add(&result.key.system, at, EventKind::Voided);
            }
        }
        for scan in plan.scans() {
            for system in scan.open.iter().filter(|system| is_wanted(system)) {
                history.add(system, scan.key.at, EventKind::Voided);
            }
            let scanned: BTreeSet<&SystemId> = scanned(schedule, scan).filter(|system| is_wanted(system)).collect();
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

/// The systems that a scan looked at, some of them twice: those with a result of its occurrence, and those in scope.
pub fn scanned<'a>(schedule: &'a Schedule, scan: &'a FollowUpScan) -> impl Iterator<Item = &'a SystemId> {
    let results = schedule.plan.results().for_occurrence(&scan.key.window, scan.key.on);
    let scope = schedule.window(&scan.key.window).map(|window| &window.scope.systems);
    let covered = scope.into_iter().flatten().map(|system| &system.id);
    results.iter().map(|result| &result.key.system).chain(covered)
}

/// The times of results, one after the other: those of an occurrence follow each other, and it is looked up once.
pub struct ResultTimes<'a> {
    schedule: &'a Schedule,
    last: Option<(&'a WindowId, NaiveDate, Option<Occurrence>)>,
}

impl<'a> ResultTimes<'a> {
    pub fn new(schedule: &'a Schedule) -> Self {
        Self { schedule, last: None }
    }

    /// When the occurrence of a result started, and when its work ended: the actual end, or else the planned one, at its
    /// moved time. If its window is gone, the actual times count alone, or else the original date.
    pub fn find(&mut self, result: &'a SystemResult) -> (UtcMinute, UtcMinute) {
        let key = &result.key;
        let known = self.last.filter(|(window, on, _)| *window == &key.window && *on == key.on);
        let planned = known.map_or_else(|| planned(self.schedule, key), |(_, _, planned)| planned);
        self.last = Some((&key.window, key.on, planned));
        let midnight = || self.schedule.zone.resolve(LocalMinute::midnight(key.on)).at;
        let start_at = planned.map(|each| each.start_at).or(result.started_at).unwrap_or_else(midnight);
        let end_at = result.ended_at.or(planned.map(|each| each.end_at)).unwrap_or(start_at);
        (start_at, end_at)
    }
}

fn planned(schedule: &Schedule, key: &ResultKey) -> Option<Occurrence> {
    schedule.occurrence(&key.window, key.on).map(|(_, occurrence)| *occurrence).or_else(|| {
        let window = schedule.window(&key.window)?;
        Some(Occurrence::usual(&window.window, &window.expansion.zone, key.on))
    })
}

/// When the work of a result ended: the actual end, or else the planned one.
pub fn ended_at(schedule: &Schedule, result: &SystemResult) -> UtcMinute {
    ResultTimes::new(schedule).find(result).1
}
