//! What the figures need of items, in few bytes and without borrowing the plan: a plan has tens of thousands of items.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

use chrono::NaiveDate;

use super::forecast::ExpectedItem;
use super::item::{Item, ItemState};
use super::months::month_of;
use super::period::Period;
use crate::model::{AreaId, Environment, GroupId, UtcMinute};
use crate::schedule::Schedule;

/// How an item counts, now or as the planned windows leave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub state: ItemState,
    pub is_unverified: bool,
    /// The first day of the month in which it counts.
    pub month: Option<NaiveDate>,
}

impl Counted {
    fn new(schedule: &Schedule, item: &Item<'_>) -> Self {
        Self {
            state: item.state,
            is_unverified: item.is_unverified(),
            month: item.counts_at().map(|at| month_of(schedule, at)),
        }
    }
}

/// An item with what the planned windows make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedItem {
    /// The positions in the plan's tables.
    pub advisory: u32,
    pub system: u32,
    /// The index among the policy's severities.
    pub severity: Option<u16>,
    pub environment: Environment,
    /// By their numbers in [`Names`].
    pub area: Option<u32>,
    pub groups: u32,
    pub hosts: u32,
    pub now: Counted,
    pub expected: Counted,
    /// The occurrence that will install it: the position of its window, and its original date.
    pub by: Option<(u32, NaiveDate)>,
    pub days_overdue: Option<u32>,
    /// From when it counts until it was done, if that was in the period.
    pub minutes_to_patch: Option<i32>,
}

/// Values, each once, with their numbers.
#[derive(Debug)]
struct Numbered<T> {
    values: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { values: Vec::new(), numbers: HashMap::new() }
    }
}

impl<T: Hash + Eq + Clone> Numbered<T> {
    fn number<Q: Hash + Eq + ToOwned<Owned = T> + ?Sized>(&mut self, value: &Q) -> u32
    where
        T: Borrow<Q>,
    {
        if let Some(number) = self.numbers.get(value) {
            return *number;
        }
        let number = self.values.len() as u32;
        self.values.push(value.to_owned());
        self.numbers.insert(value.to_owned(), number);
        number
    }
}

/// The areas and groups that items name.
#[derive(Debug, Default)]
pub struct Names {
    areas: Numbered<AreaId>,
    groups: Numbered<GroupId>,
    sets: Numbered<Vec<u32>>,
    /// The set that is looked up.
    set: Vec<u32>,
}

impl Names {
    pub fn area(&self, number: u32) -> &AreaId {
        &self.areas.values[number as usize]
    }

    pub fn group(&self, number: u32) -> &GroupId {
        &self.groups.values[number as usize]
    }

    /// The numbers of the groups of a set.
    pub fn set(&self, number: u32) -> &[u32] {
        &self.sets.values[number as usize]
    }

    /// How many areas, groups and sets there are.
    pub fn lengths(&self) -> [usize; 3] {
        [self.areas.values.len(), self.groups.values.len(), self.sets.values.len()]
    }

    /// An item for the figures. `advisory` and `system` are its positions in the plan's tables.
    pub fn count(
        &mut self,
        schedule: &Schedule,
        (advisory, system): (usize, usize),
        (item, expected): (&Item<'_>, &ExpectedItem<'_>),
        period: Period,
    ) -> CountedItem {
        let severities = &schedule.plan.policy().severities;
        let severity = item.severity.and_then(|one| severities.iter().position(|each| std::ptr::eq(each, one)));
        self.set.clear();
        self.set.extend(item.groups.iter().map(|group| self.groups.number(*group)));
        let by = expected.by.and_then(|(window, occurrence)| {
            let position = schedule.plan.windows().position(window.id())?;
            Some((position as u32, occurrence.original_on()))
        });
        CountedItem {
            advisory: advisory as u32,
            system: system as u32,
            severity: severity.map(|index| index as u16),
            environment: item.environment,
            area: item.area.map(|area| self.areas.number(area)),
            groups: self.sets.number(&self.set[..]),
            hosts: item.hosts,
            now: Counted::new(schedule, item),
            expected: Counted::new(schedule, &expected.item),
            by,
            days_overdue: item.days_overdue(period.to_at),
            minutes_to_patch: minutes_to_patch(item, period),
        }
    }
}

fn minutes_to_patch(item: &Item<'_>, period: Period) -> Option<i32> {
    let done_at: UtcMinute = item.done.map(|done| done.at).filter(|at| period.contains(*at))?;
    Some(done_at.since(item.counts_from_at))
}
