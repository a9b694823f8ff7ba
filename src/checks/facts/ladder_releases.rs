//! Which vendors' releases climb the ladders that a window works on, and when each is published.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Months, NaiveDate};

use crate::model::{ReleaseId, UtcMinute};
use crate::schedule::{Schedule, WindowSchedule};

/// The releases that climb ladders.
pub struct Climbing<'a> {
    /// For each release that climbs some ladder, by place in the plan's table, whether a system stands on one of them.
    systems: BTreeMap<&'a ReleaseId, Vec<bool>>,
    /// For each of those that are published once a month: month and instant, in order.
    monthly: BTreeMap<&'a ReleaseId, Vec<(i32, UtcMinute)>>,
}

impl<'a> Climbing<'a> {
    pub fn of(schedule: &'a Schedule) -> Self {
        let mut systems: BTreeMap<&ReleaseId, Vec<bool>> = BTreeMap::new();
        for reach in schedule.reaches.iter() {
            let Some(release) = &reach.ladder.release else { continue };
            let stands = systems.entry(release).or_insert_with(|| vec![false; schedule.plan.systems().len()]);
            for place in reach.systems.iter().flatten() {
                stands[*place as usize] = true;
            }
        }
        let monthly = systems.keys().filter_map(|release| Some((*release, monthly(schedule, release)?))).collect();
        Self { systems, monthly }
    }

    /// The releases that climb the ladders of the window's systems, sorted.
    pub fn of_window(&self, window: &'a WindowSchedule) -> impl Iterator<Item = &'a ReleaseId> {
        let stands = move |systems: &Vec<bool>| window.scope.positions.iter().any(|place| systems[*place as usize]);
        self.systems.iter().filter(move |(_, systems)| stands(systems)).map(|(release, _)| *release)
    }

    /// When that release is published in the horizon, by month; none where it is not published once a month.
    pub fn monthly(&self, release: &ReleaseId) -> Option<&[(i32, UtcMinute)]> {
        self.monthly.get(release).map(Vec::as_slice)
    }
}

/// Its releases by month, where each whole month of the horizon has one and no month has two.
fn monthly(schedule: &Schedule, release: &ReleaseId) -> Option<Vec<(i32, UtcMinute)>> {
    let published = schedule.releases.iter().filter(|each| each.calendar == *release);
    let months: Vec<(i32, UtcMinute)> =
        published.map(|each| (month_of(schedule.zone.local(each.at).date()), each.at)).collect();
    let horizon = schedule.plan.horizon();
    let begins_within = u32::from(horizon.from.day() > 1);
    let first_whole = month_of(horizon.from.checked_add_months(Months::new(begins_within))?);
    let has_one = |month: i32| months.binary_search_by_key(&month, |(month, _)| *month).is_ok();
    let is_monthly = months.windows(2).all(|pair| pair[0].0 < pair[1].0)
        && (first_whole..month_of(horizon.end())).all(has_one)
        && !months.is_empty();
    is_monthly.then_some(months)
}

/// Months since January of the year 0.
pub fn month_of(on: NaiveDate) -> i32 {
    on.year() * 12 + on.month0() as i32
}
