//! All figures of a plan at an instant.

use std::collections::{BTreeMap, HashMap};

use chrono::{Months, NaiveDate};
use serde::Serialize;

use super::figures::Figures;
use super::forecast::{self, ExpectedItem, ForecastMonth};
use super::item::{AdvisoryTimes, Item, midnight};
use super::metrics::{Metrics, PeriodOfWork};
use super::months::{first_of_month, month_name, month_of};
use crate::model::{GroupId, Plan, SystemId, UtcMinute};
use crate::schedule::{History, Schedule, advisory_due_at, advisory_severity};
use crate::wording::iso;

/// The key of what has no severity, area or group.
pub const NONE: &str = "none";

/// What is calculated.
#[derive(Clone, Copy, Debug)]
pub struct ComplianceOptions {
    /// The instant at which everything is judged.
    pub at: UtcMinute,
    /// The first day of the period of the metrics and the trend. None for the plan's first day.
    pub from: Option<NaiveDate>,
    /// Whether hosts are counted instead of systems.
    pub count_hosts: bool,
}

/// The compliance of a plan at an instant. Serialised, it is the JSON of `windowsill compliance`.
#[derive(Clone, Debug, Serialize)]
pub struct ComplianceReport<'a> {
    /// The number of the form of the JSON.
    version: u32,
    #[serde(serialize_with = "instant")]
    pub at: UtcMinute,
    pub overall: Figures,
    /// By the name of the severity.
    pub by_severity: BTreeMap<String, Figures>,
    /// By the name of the environment.
    pub by_environment: BTreeMap<String, Figures>,
    /// By the id of the business area.
    pub by_area: BTreeMap<String, Figures>,
    /// By the id of the group. A system in two groups counts in both.
    pub by_group: BTreeMap<String, Figures>,
    /// The most overdue first, then by advisory.
    pub overdue: Vec<Overdue>,
    pub metrics: Metrics,
    pub trend: Vec<MonthFigures>,
    /// The months to come, if all goes as planned.
    pub forecast: Vec<ForecastMonth>,
    /// All items published by then, by advisory, then system: what the figures count.
    #[serde(skip)]
    pub items: Vec<Item<'a>>,
    /// The same as the planned windows will leave them: what the forecast counts.
    #[serde(skip)]
    pub expected: Vec<ExpectedItem<'a>>,
}

fn instant<S: serde::Serializer>(at: &UtcMinute, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&iso::utc_second(at.to_utc()))
}

/// An advisory that is overdue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overdue {
    pub advisory: String,
    pub severity: Option<String>,
    /// The ids of the systems on which it is open, sorted.
    pub systems: Vec<String>,
    /// Whole days since its deadline.
    pub days: u32,
}

/// The figures of the items that count in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MonthFigures {
    /// "2027-03"
    pub month: String,
    #[serde(flatten)]
    pub figures: Figures,
}

impl<'a> ComplianceReport<'a> {
    pub fn new(schedule: &'a Schedule, options: &ComplianceOptions) -> Self {
        let ComplianceOptions { at, from, count_hosts } = *options;
        let items = items(schedule, at);
        let expected = forecast::expected(schedule, &items, at);
        let weight = |item: &Item<'_>| if count_hosts { u64::from(item.hosts) } else { 1 };
        let mut overall = Figures::default();
        let [mut by_severity, mut by_environment, mut by_area, mut by_group] =
            [const { BTreeMap::<String, Figures>::new() }; 4];
        for item in &items {
            let weight = weight(item);
            let add = |to: &mut BTreeMap<String, Figures>, key: &str| {
                to.entry(key.to_owned()).or_default().add(item, weight);
            };
            add(&mut by_severity, item.severity.map_or(NONE, |severity| &severity.name));
            add(&mut by_environment, item.environment.name());
            add(&mut by_area, item.area.map_or(NONE, |area| area.as_str()));
            item.groups.iter().for_each(|group| add(&mut by_group, group.as_str()));
            if item.groups.is_empty() {
                add(&mut by_group, NONE);
            }
            overall.add(item, weight);
        }
        let first_on = from.unwrap_or(schedule.plan.horizon().from);
        let period = PeriodOfWork { from_at: midnight(&schedule.zone, first_on), to_at: at };
        Self {
            version: 1,
            at,
            overall,
            metrics: Metrics::new(schedule, &items, &by_severity, period),
            overdue: overdue(&items, at),
            trend: trend(schedule, &items, first_on, at, weight),
            forecast: forecast::months(schedule, &expected, at, weight),
            by_severity,
            by_environment,
            by_area,
            by_group,
            items,
            expected,
        }
    }
}

/// The items published by an instant, by advisory, then system.
fn items(schedule: &Schedule, at: UtcMinute) -> Vec<Item<'_>> {
    let plan = &*schedule.plan;
    let zone = &schedule.zone;
    let history = History::new(schedule);
    let groups = groups(plan);
    let mut items = Vec::new();
    for advisory in plan.advisories() {
        if midnight(zone, advisory.published_on) > at {
            continue;
        }
        let times = AdvisoryTimes {
            advisory,
            severity: advisory_severity(advisory, plan.policy()),
            counts_from_at: midnight(zone, advisory.counts_from()),
            deadline_at: advisory_due_at(schedule, advisory),
        };
        let mut positions: Vec<usize> = advisory.systems.iter().filter_map(|id| plan.systems().position(id)).collect();
        positions.sort_unstable();
        positions.dedup();
        for position in positions {
            let system = &plan.systems().as_slice()[position];
            let groups = groups.get(&system.id).map_or(&[][..], Vec::as_slice);
            items.push(times.item(system, groups, history.events(&system.id), zone, at));
        }
    }
    items
}

/// The groups of each system, sorted.
fn groups(plan: &Plan) -> HashMap<&SystemId, Vec<&GroupId>> {
    let mut groups = HashMap::<&SystemId, Vec<&GroupId>>::new();
    for group in plan.ladders().iter().flat_map(|ladder| &ladder.groups) {
        for system in &group.systems {
            groups.entry(system).or_default().push(&group.id);
        }
    }
    for of_system in groups.values_mut() {
        of_system.sort_unstable();
        of_system.dedup();
    }
    groups
}

fn overdue(items: &[Item<'_>], at: UtcMinute) -> Vec<Overdue> {
    let of_advisory = items.chunk_by(|a, b| a.advisory.id == b.advisory.id);
    let mut all: Vec<Overdue> = of_advisory
        .filter_map(|items| {
            let open = || items.iter().filter(|item| item.days_overdue(at).is_some());
            let first = open().next()?;
            Some(Overdue {
                advisory: first.advisory.id.to_string(),
                severity: first.severity.map(|severity| severity.name.clone()),
                systems: open().map(|item| item.system.id.to_string()).collect(),
                days: first.days_overdue(at)?,
            })
        })
        .collect();
    all.sort_by(|a, b| b.days.cmp(&a.days).then_with(|| a.advisory.cmp(&b.advisory)));
    all
}

/// The months from the first day to the instant. One that only begins with the instant is listed if it has items.
fn trend(
    schedule: &Schedule,
    items: &[Item<'_>],
    first_on: NaiveDate,
    at: UtcMinute,
    weight: impl Fn(&Item<'_>) -> u64,
) -> Vec<MonthFigures> {
    let mut months = BTreeMap::<NaiveDate, Figures>::new();
    let last = month_of(schedule, at);
    let mut month = first_of_month(first_on);
    while month <= last {
        if midnight(&schedule.zone, month) < at {
            months.insert(month, Figures::default());
        }
        let Some(next) = month.checked_add_months(Months::new(1)) else { break };
        month = next;
    }
    let first = first_of_month(first_on);
    for item in items {
        let Some(month) = item.counts_at().map(|at| month_of(schedule, at)) else { continue };
        if first <= month && month <= last {
            months.entry(month).or_default().add(item, weight(item));
        }
    }
    months.into_iter().map(|(month, figures)| MonthFigures { month: month_name(month), figures }).collect()
}
