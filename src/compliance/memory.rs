//! The figures of the last plan, of which a new result changes only the items of its system.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::counted::{CountedItem, Names};
use super::forecast;
use super::item::{AdvisoryTimes, Item};
use super::options::ComplianceOptions;
use super::period::{Attempts, Period};
use super::report::{advisory_times, attempts, counted, groups, items};
use super::totals::Totals;
use crate::model::{Record, SystemId, Table};
use crate::schedule::{History, ResultTimes, Schedule, scanned};

/// Calculates figures, and keeps what the next ones can use. A result, a scan or an import changes the items of the systems
/// that it is about; everything else that items depend on makes it calculate all of them again.
#[derive(Debug, Default)]
pub struct ComplianceMemory {
    last: Option<Kept>,
}

#[derive(Debug)]
struct Kept {
    schedule: Schedule,
    options: ComplianceOptions,
    /// By advisory, then system.
    items: Vec<CountedItem>,
    names: Names,
    /// For each system of the plan, the indices of its items.
    by_system: Vec<Vec<u32>>,
    attempts: Attempts,
}

impl ComplianceMemory {
    /// The figures of a plan at an instant, the same as those of a [`ComplianceReport`](super::ComplianceReport).
    pub fn totals(&mut self, schedule: &Schedule, options: &ComplianceOptions) -> Totals {
        let last = self.last.take().filter(|last| last.is_usable(schedule, options));
        let kept = match last {
            Some(mut last) => {
                last.update(schedule);
                last
            }
            None => Kept::new(schedule, options),
        };
        let totals = Totals::new(schedule, options, (&kept.items, &kept.names), kept.attempts);
        self.last = Some(kept);
        totals
    }
}

impl Kept {
    fn new(schedule: &Schedule, options: &ComplianceOptions) -> Self {
        let all = items(schedule, options.at);
        let expected = forecast::expected(schedule, &all, options.at);
        let mut names = Names::default();
        let items = counted(schedule, options, (&all, &expected), &mut names);
        let mut by_system = vec![Vec::new(); schedule.plan.systems().len()];
        for (index, item) in items.iter().enumerate() {
            by_system[item.system as usize].push(index as u32);
        }
        let (schedule, options) = (schedule.clone(), *options);
        let attempts = attempts(&schedule, &options);
        Self { schedule, options, items, names, by_system, attempts }
    }

    /// Whether only results and scans can be different.
    fn is_usable(&self, schedule: &Schedule, options: &ComplianceOptions) -> bool {
        let ((old, new), windows) = ((&*self.schedule.plan, &*schedule.plan), &self.schedule.windows);
        self.options == *options
            && old.advisories().ptr_eq(new.advisories())
            && old.systems().ptr_eq(new.systems())
            && old.areas().ptr_eq(new.areas())
            && old.ladders().ptr_eq(new.ladders())
            && old.freezes().ptr_eq(new.freezes())
            && Arc::ptr_eq(old.policy(), new.policy())
            && old.horizon() == new.horizon()
            && Arc::ptr_eq(&self.schedule.zone, &schedule.zone)
            && windows.len() == schedule.windows.len()
            && windows.iter().zip(&schedule.windows).all(|(old, new)| Arc::ptr_eq(old, new))
    }

    /// Replaces the items of all systems of which something else was recorded.
    fn update(&mut self, schedule: &Schedule) {
        let before = std::mem::replace(&mut self.schedule, schedule.clone());
        let (old, new) = (&*before.plan, &*schedule.plan);
        let period = Period::new(schedule, &self.options);
        let mut changed = BTreeSet::<&SystemId>::new();
        let (mut old_times, mut new_times) = (ResultTimes::new(schedule), ResultTimes::new(schedule));
        for (old, new) in differences(old.results(), new.results()) {
            if let Some(result) = old {
                self.attempts.subtract(result, old_times.find(result).1, period);
                changed.insert(&result.key.system);
            }
            if let Some(result) = new {
                self.attempts.add(result, new_times.find(result).1, period);
                changed.insert(&result.key.system);
            }
        }
        for (old, new) in differences(old.scans(), new.scans()) {
            let both = [(&before, old), (schedule, new)];
            for (schedule, scan) in both.into_iter().filter_map(|(schedule, scan)| Some((schedule, scan?))) {
                changed.extend(scan.open.iter().chain(scanned(schedule, scan)));
            }
        }
        self.replace_items(schedule, &changed);
    }

    fn replace_items(&mut self, schedule: &Schedule, systems: &BTreeSet<&SystemId>) {
        if systems.is_empty() {
            return;
        }
        let (plan, at) = (&*schedule.plan, self.options.at);
        let is_changed = |system: &SystemId| systems.contains(system);
        let history = History::for_systems(schedule, is_changed);
        let groups = groups(plan, is_changed);
        let mut indices: Vec<u32> = Vec::new();
        let positions = systems.iter().filter_map(|system| plan.systems().position(system));
        positions.for_each(|position| indices.extend(&self.by_system[position]));
        // By advisory, so that what is the same on all systems of one is calculated once.
        indices.sort_unstable();
        let mut times: Option<(u32, AdvisoryTimes<'_>)> = None;
        let mut found: Vec<(u32, Item<'_>)> = Vec::new();
        for index in indices {
            let CountedItem { advisory, system, .. } = self.items[index as usize];
            if times.as_ref().is_none_or(|(known, _)| *known != advisory) {
                let record = &plan.advisories().as_slice()[advisory as usize];
                times = advisory_times(schedule, record, at).map(|found| (advisory, found));
            }
            let Some((_, times)) = &times else { continue };
            let system = &plan.systems().as_slice()[system as usize];
            let groups = groups.get(&system.id).map_or(&[][..], Vec::as_slice);
            found.push((index, times.item(system, groups, history.events(&system.id), &schedule.zone, at)));
        }
        let (indices, items): (Vec<u32>, Vec<Item<'_>>) = found.into_iter().unzip();
        let expected = forecast::expected(schedule, &items, at);
        let new = counted(schedule, &self.options, (&items, &expected), &mut self.names);
        for (index, item) in indices.into_iter().zip(new) {
            self.items[index as usize] = item;
        }
    }
}

/// A record as it was and as it is.
type Difference<'a, T> = (Option<&'a Arc<T>>, Option<&'a Arc<T>>);

/// The records that are not the same in two tables: each as it was and as it is, if it is there.
fn differences<'a, T: Record>(old: &'a Table<T>, new: &'a Table<T>) -> Vec<Difference<'a, T>> {
    let mut found = Vec::new();
    if old.ptr_eq(new) {
        return found;
    }
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return found,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(one), Some(other)) if Arc::ptr_eq(one, other) => {
                old.next();
                new.next();
                continue;
            }
            (Some(one), Some(other)) => one.id().cmp(other.id()),
        };
        found.push(match order {
            Ordering::Less => (old.next(), None),
            Ordering::Equal => (old.next(), new.next()),
            Ordering::Greater => (None, new.next()),
        });
    }
}
