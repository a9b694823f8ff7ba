//! All figures of a plan at an instant, added up from its items.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::counted::{Counted, CountedItem, Names};
use super::figures::Figures;
use super::forecast::ForecastMonth;
use super::item::midnight;
use super::metrics::{DaysToPatch, Metrics};
use super::months::{first_of_month, month_name, month_of};
use super::options::{ComplianceOptions, NONE};
use super::period::Attempts;
use crate::model::{Environment, UtcMinute};
use crate::schedule::Schedule;
use crate::schedule::advisory_severity;
use crate::wording::iso;

/// The figures of a plan at an instant. Serialised, they are the JSON of `windowsill compliance`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Totals {
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
    /// How many overdue and how many pending items an occurrence will install: by the position of its window and its
    /// original date.
    #[serde(skip)]
    pub installs: BTreeMap<(u32, NaiveDate), (usize, usize)>,
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

/// What is added up of all items, by numbers instead of names.
struct Sums {
    overall: Figures,
    /// By severity, then those without one.
    severities: Vec<Option<Figures>>,
    /// In the order of [`Environment::ALL`].
    environments: Vec<Option<Figures>>,
    /// By area, then those in none.
    areas: Vec<Option<Figures>>,
    /// By group, then those in none.
    groups: Vec<Option<Figures>>,
    days: DaysToPatch,
    installs: BTreeMap<(u32, NaiveDate), (usize, usize)>,
}

fn add(to: &mut Figures, counted: Counted, weight: u64) {
    to.add(counted.state, counted.is_unverified, weight);
}

fn count(to: &mut Option<Figures>, counted: Counted, weight: u64) {
    add(to.get_or_insert_default(), counted, weight);
}

impl Sums {
    fn new(items: &[CountedItem], names: &Names, severities: usize, count_hosts: bool) -> Self {
        let [areas, groups, _] = names.lengths();
        let mut sums = Self {
            overall: Figures::default(),
            severities: vec![None; severities + 1],
            environments: vec![None; Environment::ALL.len()],
            areas: vec![None; areas + 1],
            groups: vec![None; groups + 1],
            days: DaysToPatch::new(severities),
            installs: BTreeMap::new(),
        };
        for item in items {
            let weight = weight(item, count_hosts);
            add(&mut sums.overall, item.now, weight);
            count(&mut sums.severities[item.severity.map_or(severities, usize::from)], item.now, weight);
            count(&mut sums.environments[item.environment as usize], item.now, weight);
            count(&mut sums.areas[item.area.map_or(areas, |area| area as usize)], item.now, weight);
            let set = names.set(item.groups);
            for group in set {
                count(&mut sums.groups[*group as usize], item.now, weight);
            }
            if set.is_empty() {
                count(&mut sums.groups[groups], item.now, weight);
            }
            if let Some(minutes) = item.minutes_to_patch {
                sums.days.add(item.severity, minutes);
            }
            if let Some(by) = item.by {
                let (overdue, pending) = sums.installs.entry(by).or_default();
                *(if item.days_overdue.is_some() { overdue } else { pending }) += 1;
            }
        }
        sums
    }
}

fn weight(item: &CountedItem, count_hosts: bool) -> u64 {
    if count_hosts { u64::from(item.hosts) } else { 1 }
}

impl Totals {
    /// `items`: those published by the instant, by advisory, then system.
    pub fn new(
        schedule: &Schedule,
        options: &ComplianceOptions,
        (items, names): (&[CountedItem], &Names),
        attempts: Attempts,
    ) -> Self {
        let policy = schedule.plan.policy();
        let sums = Sums::new(items, names, policy.severities.len(), options.count_hosts);
        let severity = |index: usize| policy.severities.get(index).map_or(NONE, |severity| &severity.name).to_owned();
        let [areas, groups, _] = names.lengths();
        let area = |index: usize| if index == areas { NONE } else { names.area(index as u32).as_str() }.to_owned();
        let group = |index: usize| if index == groups { NONE } else { names.group(index as u32).as_str() }.to_owned();
        let by_severity = by_name(&sums.severities, severity);
        let environment = |index: usize| Environment::ALL[index].name().to_owned();
        Self {
            version: 1,
            at: options.at,
            overall: sums.overall,
            metrics: Metrics::new(policy, sums.days, attempts, &by_severity),
            by_severity,
            by_environment: by_name(&sums.environments, environment),
            by_area: by_name(&sums.areas, area),
            by_group: by_name(&sums.groups, group),
            overdue: overdue(schedule, items),
            trend: trend(schedule, items, options),
            forecast: forecast(schedule, items, options),
            installs: sums.installs,
        }
    }
}

/// The figures by name. Of the same name, they are one.
fn by_name(figures: &[Option<Figures>], name: impl Fn(usize) -> String) -> BTreeMap<String, Figures> {
    let mut all = BTreeMap::<String, Figures>::new();
    for (index, figures) in figures.iter().enumerate() {
        if let Some(figures) = figures {
            *all.entry(name(index)).or_default() += *figures;
        }
    }
    all
}

fn overdue(schedule: &Schedule, items: &[CountedItem]) -> Vec<Overdue> {
    let plan = &*schedule.plan;
    let line = |items: &[CountedItem]| {
        let open = || items.iter().filter(|item| item.days_overdue.is_some());
        let first = open().next()?;
        let advisory = &plan.advisories().as_slice()[first.advisory as usize];
        let system = |item: &CountedItem| plan.systems().as_slice()[item.system as usize].id.to_string();
        Some(Overdue {
            advisory: advisory.id.to_string(),
            severity: advisory_severity(advisory, plan.policy()).map(|severity| severity.name.clone()),
            systems: open().map(system).collect(),
            days: first.days_overdue?,
        })
    };
    let mut all: Vec<Overdue> = items.chunk_by(|a, b| a.advisory == b.advisory).filter_map(line).collect();
    all.sort_by(|a, b| b.days.cmp(&a.days).then_with(|| a.advisory.cmp(&b.advisory)));
    all
}

/// The figures of months, by their first days. There are few, so this is faster than a map.
#[derive(Default)]
struct Months(Vec<(NaiveDate, Figures)>);

impl Months {
    fn month(&mut self, month: NaiveDate) -> &mut Figures {
        let index = self.0.binary_search_by_key(&month, |(each, _)| *each).unwrap_or_else(|index| {
            self.0.insert(index, (month, Figures::default()));
            index
        });
        &mut self.0[index].1
    }
}

/// The months from the first day to the instant. One that only begins with the instant is listed if it has items.
fn trend(schedule: &Schedule, items: &[CountedItem], options: &ComplianceOptions) -> Vec<MonthFigures> {
    let at = options.at;
    let mut months = Months::default();
    let (first, last) = (first_of_month(options.first_on(schedule)), month_of(schedule, at));
    let mut month = first;
    while month <= last {
        if midnight(&schedule.zone, month) < at {
            months.month(month);
        }
        let Some(next) = month.checked_add_months(chrono::Months::new(1)) else { break };
        month = next;
    }
    for item in items {
        if let Some(month) = item.now.month.filter(|month| first <= *month && *month <= last) {
            add(months.month(month), item.now, weight(item, options.count_hosts));
        }
    }
    months.0.into_iter().map(|(month, figures)| MonthFigures { month: month_name(month), figures }).collect()
}

/// The months from that of the instant to the last one in which an item counts.
fn forecast(schedule: &Schedule, items: &[CountedItem], options: &ComplianceOptions) -> Vec<ForecastMonth> {
    let first = month_of(schedule, options.at);
    let mut months = Months::default();
    for item in items {
        if let Some(month) = item.expected.month.filter(|month| *month >= first) {
            add(months.month(month), item.expected, weight(item, options.count_hosts));
        }
    }
    months.0.into_iter().map(|(month, figures)| ForecastMonth { month: month_name(month), figures }).collect()
}
