//! All figures of a plan at an instant, with what they count.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::counted::{CountedItem, Names};
use super::forecast::{self, ExpectedItem};
use super::item::{AdvisoryTimes, Item, midnight};
use super::options::ComplianceOptions;
use super::period::{Attempts, Period};
use super::totals::Totals;
use crate::model::{Advisory, GroupId, Plan, SystemId, UtcMinute};
use crate::schedule::{History, ResultTimes, Schedule, advisory_due_at, advisory_severity};

/// The compliance of a plan at an instant. Its figures are those of the [`Totals`].
#[derive(Clone, Debug)]
pub struct ComplianceReport<'a> {
    totals: Totals,
    /// All items published by then, by advisory, then system: what the figures count.
    pub items: Vec<Item<'a>>,
    /// The same as the planned windows will leave them: what the forecast counts.
    pub expected: Vec<ExpectedItem<'a>>,
}

impl Deref for ComplianceReport<'_> {
    type Target = Totals;

    fn deref(&self) -> &Totals {
        &self.totals
    }
}

impl Serialize for ComplianceReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.totals.serialize(serializer)
    }
}

impl<'a> ComplianceReport<'a> {
    pub fn new(schedule: &'a Schedule, options: &ComplianceOptions) -> Self {
        let items = items(schedule, options.at);
        let expected = forecast::expected(schedule, &items, options.at);
        let mut names = Names::default();
        let counted = counted(schedule, options, (&items, &expected), &mut names);
        let totals = Totals::new(schedule, options, (&counted, &names), attempts(schedule, options));
        Self { totals, items, expected }
    }
}

/// The items for the figures, in the same order.
pub(super) fn counted<'a>(
    schedule: &'a Schedule,
    options: &ComplianceOptions,
    (items, expected): (&[Item<'a>], &[ExpectedItem<'a>]),
    names: &mut Names,
) -> Vec<CountedItem> {
    let (plan, period) = (&*schedule.plan, Period::new(schedule, options));
    let mut advisory: Option<(&Arc<Advisory>, usize)> = None;
    let mut one = |(item, expected): (&Item<'a>, &ExpectedItem<'a>)| {
        // Items of an advisory follow each other.
        let known = advisory.filter(|(known, _)| Arc::ptr_eq(known, item.advisory));
        let at = known.map(|(_, at)| at).or_else(|| plan.advisories().position(&item.advisory.id))?;
        advisory = Some((item.advisory, at));
        let system = plan.systems().position(&item.system.id)?;
        Some(names.count(schedule, (at, system), (item, expected), period))
    };
    items.iter().zip(expected).filter_map(&mut one).collect()
}

/// What was attempted in the period, by all results.
pub(super) fn attempts(schedule: &Schedule, options: &ComplianceOptions) -> Attempts {
    let (period, mut times) = (Period::new(schedule, options), ResultTimes::new(schedule));
    let mut attempts = Attempts::default();
    for result in schedule.plan.results() {
        attempts.add(result, times.find(result).1, period);
    }
    attempts
}

/// The items published by an instant, by advisory, then system.
pub(super) fn items(schedule: &Schedule, at: UtcMinute) -> Vec<Item<'_>> {
    let plan = &*schedule.plan;
    let history = History::new(schedule);
    let groups = groups(plan, |_| true);
    let mut items = Vec::new();
    for advisory in plan.advisories() {
        let Some(times) = advisory_times(schedule, advisory, at) else { continue };
        let mut positions: Vec<usize> = advisory.systems.iter().filter_map(|id| plan.systems().position(id)).collect();
        positions.sort_unstable();
        positions.dedup();
        for position in positions {
            let system = &plan.systems().as_slice()[position];
            let groups = groups.get(&system.id).map_or(&[][..], Vec::as_slice);
            items.push(times.item(system, groups, history.events(&system.id), &schedule.zone, at));
        }
    }
    items
}

/// What is the same on all systems of an advisory. None if it was not published by that instant.
pub(super) fn advisory_times<'a>(
    schedule: &'a Schedule,
    advisory: &'a Arc<Advisory>,
    at: UtcMinute,
) -> Option<AdvisoryTimes<'a>> {
    let zone = &schedule.zone;
    (midnight(zone, advisory.published_on) <= at).then(|| AdvisoryTimes {
        advisory,
        severity: advisory_severity(advisory, schedule.plan.policy()),
        counts_from_at: midnight(zone, advisory.counts_from()),
        deadline_at: advisory_due_at(schedule, advisory),
    })
}

/// The groups of each of these systems, sorted.
pub(super) fn groups(plan: &Plan, is_wanted: impl Fn(&SystemId) -> bool) -> HashMap<&SystemId, Vec<&GroupId>> {
    let mut groups = HashMap::<&SystemId, Vec<&GroupId>>::new();
    for group in plan.ladders().iter().flat_map(|ladder| &ladder.groups) {
        for system in group.systems.iter().filter(|system| is_wanted(system)) {
            groups.entry(system).or_default().push(&group.id);
        }
    }
    for of_system in groups.values_mut() {
        of_system.sort_unstable();
        of_system.dedup();
    }
    groups
}
