//! The planned downtime of each service in each calendar year, beside its target.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::periods::{Period, Periods};
use crate::model::{LocalMinute, Minutes, Plan, ServiceTarget, System, UtcMinute, WindowKind};
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::window_schedule::WindowSchedule;

/// A service in a calendar year of the plan's zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceYear {
    pub service: String,
    pub year: i32,
    /// The first instant of the year.
    pub begins_at: UtcMinute,
    /// The position of the first of its systems in the plan's table.
    pub first_system: usize,
    pub systems: usize,
    /// The planned downtime, in which overlapping stops count once.
    pub down: Minutes,
    /// How often it stops.
    pub stops: usize,
    pub target: Option<ServiceTarget>,
    /// The length of the year: 365 or 366 days.
    length: Minutes,
}

impl ServiceYear {
    /// The downtime that the target allows, in whole minutes, rounded down: 99.9 % of 365 days is 8 h 45.
    pub fn allowed(&self) -> Option<Minutes> {
        let allowed = u64::from(self.length.0) * u64::from(self.target.as_ref()?.down_per_100_000()) / 100_000;
        Some(Minutes(u32::try_from(allowed).unwrap_or(u32::MAX)))
    }

    /// Whether it is down for longer than its target allows.
    pub fn is_over(&self) -> bool {
        self.target.as_ref().is_some_and(|target| {
            u64::from(self.down.0) * 100_000 > u64::from(self.length.0) * u64::from(target.down_per_100_000())
        })
    }
}

/// How long an occurrence stops the systems in its scope: the window's impact, or else its work with the verification. If
/// the work is not estimated, all of the occurrence. Nothing stops if the work keeps the service up.
pub fn impact(window: &WindowSchedule, occurrence: &Occurrence) -> Minutes {
    match window.window.impact_minutes {
        Some(minutes) => Minutes(minutes),
        None if keeps_service_up(window) => Minutes(0),
        None => window.fit(occurrence).map_or_else(|_| occurrence.real_length(), |fit| fit.work),
    }
}

/// Whether the systems stay up during the work, by its strategy or the type of the window.
pub fn keeps_service_up(window: &WindowSchedule) -> bool {
    window.window.kind == WindowKind::Rolling || window.window.strategy.keeps_service_up()
}

/// The services for which `is_wanted` holds, by name, in each year of the plan.
pub fn service_years(schedule: &Schedule, is_wanted: impl Fn(&str) -> bool) -> Vec<ServiceYear> {
    let plan = &*schedule.plan;
    let mut by_service = BTreeMap::<&str, Vec<usize>>::new();
    for (position, system) in plan.systems().iter().enumerate() {
        by_service.entry(system.service_name()).or_default().push(position);
    }
    by_service.retain(|service, _| is_wanted(service));
    if by_service.is_empty() {
        return Vec::new();
    }
    let twins = Twins::new(plan);
    let years = years(schedule);
    let of_service = |(service, systems): (&str, Vec<usize>)| {
        let down = service_down(schedule, &twins, &systems);
        let of_year = |(year, from, to): &(i32, UtcMinute, UtcMinute)| {
            let parts: Vec<Period> = down.between(*from, *to).collect();
            ServiceYear {
                service: service.to_owned(),
                year: *year,
                begins_at: *from,
                first_system: systems[0],
                systems: systems.len(),
                down: parts.iter().map(|(begin, end)| Minutes(end.since(*begin).unsigned_abs())).sum(),
                stops: parts.len(),
                target: plan.policy().service_target(service).cloned(),
                length: Minutes(to.since(*from).unsigned_abs()),
            }
        };
        years.iter().map(of_year).collect::<Vec<_>>()
    };
    by_service.into_iter().flat_map(of_service).collect()
}

/// The calendar years of the plan's months, each with its first instant and that of the next year in the plan's zone.
fn years(schedule: &Schedule) -> Vec<(i32, UtcMinute, UtcMinute)> {
    let horizon = schedule.plan.horizon();
    let begins = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX);
    let begins_at = |year: i32| schedule.zone.resolve(LocalMinute::midnight(begins(year))).at;
    let years = horizon.from.year()..=horizon.last().year();
    years.map(|year| (year, begins_at(year), begins_at(year + 1))).collect()
}

/// When a service is down: while one of its systems is, and the twin of that one as well.
fn service_down(schedule: &Schedule, twins: &Twins, systems: &[usize]) -> Periods {
    let mut windows = BTreeSet::<u32>::new();
    let mut all = Vec::new();
    for position in systems {
        match twins.twin(*position) {
            Some(twin) => all.extend(system_down(schedule, *position).shared_with(&system_down(schedule, twin)).iter()),
            // The systems of a group have the same windows: each is asked once.
            None => windows.extend(schedule.covering.windows_covering(*position)),
        }
    }
    all.extend(windows.into_iter().flat_map(|index| stops(&schedule.windows[index as usize])));
    Periods::new(all)
}

/// When the windows that cover a system stop it.
fn system_down(schedule: &Schedule, position: usize) -> Periods {
    let windows = schedule.covering.windows_covering(position).iter();
    Periods::new(windows.flat_map(|index| stops(&schedule.windows[*index as usize])).collect())
}

fn stops(window: &Arc<WindowSchedule>) -> impl Iterator<Item = Period> + '_ {
    let stop = |each: &Occurrence| (each.start_at, each.start_at.plus(impact(window, each).signed()));
    window.expansion.occurrences.iter().map(stop)
}

/// The other half of each system in a high-availability pair. One of the two must name the other.
struct Twins(BTreeMap<usize, usize>);

impl Twins {
    fn new(plan: &Plan) -> Self {
        let mut twins = BTreeMap::new();
        let named = |(position, system): (usize, &Arc<System>)| {
            let twin = plan.systems().position(system.twin.as_ref()?)?;
            (twin != position).then_some((position, twin))
        };
        let named: Vec<(usize, usize)> = plan.systems().iter().enumerate().filter_map(named).collect();
        // What a system says itself comes first.
        for (position, twin) in &named {
            twins.insert(*position, *twin);
        }
        for (position, twin) in named {
            twins.entry(twin).or_insert(position);
        }
        Self(twins)
    }

    fn twin(&self, position: usize) -> Option<usize> {
        self.0.get(&position).copied()
    }
}
