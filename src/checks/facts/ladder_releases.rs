//! Which vendors' releases climb the ladders that a window works on, and when each is published.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Months};

use crate::model::{ReleaseId, UtcMinute, month_number};
use crate::schedule::{Schedule, WindowSchedule};

/// The releases that climb ladders.
pub struct FollowedReleases<'a> {
    /// For each release that a ladder follows: for each system, by its position in the plan's table, whether it is on
    /// such a ladder.
    systems: BTreeMap<&'a ReleaseId, Vec<bool>>,
    /// For each of these releases that is published once a month: month and instant, in order.
    monthly: BTreeMap<&'a ReleaseId, Vec<(i32, UtcMinute)>>,
}

impl<'a> FollowedReleases<'a> {
    pub fn new(schedule: &'a Schedule) -> Self {
        let mut systems: BTreeMap<&ReleaseId, Vec<bool>> = BTreeMap::new();
        for reach in schedule.reaches.iter() {
            let Some(release) = &reach.ladder.release else { continue };
            let is_on_ladder = systems.entry(release).or_insert_with(|| vec![false; schedule.plan.systems().len()]);
            for position in reach.systems.iter().flatten() {
                is_on_ladder[*position as usize] = true;
            }
        }
        let monthly = systems.keys().filter_map(|release| Some((*release, monthly(schedule, release)?))).collect();
        Self { systems, monthly }
    }

    /// The releases that the ladders of the window's systems follow, sorted.
    pub fn for_window(&self, window: &'a WindowSchedule) -> impl Iterator<Item = &'a ReleaseId> {
        let is_on_ladder =
            move |systems: &Vec<bool>| window.scope.positions.iter().any(|position| systems[*position as usize]);
        self.systems.iter().filter(move |(_, systems)| is_on_ladder(systems)).map(|(release, _)| *release)
    }

    /// When a release is published, by month; none if it is not published once a month.
    pub fn monthly(&self, release: &ReleaseId) -> Option<&[(i32, UtcMinute)]> {
        self.monthly.get(release).map(Vec::as_slice)
    }
}

/// When a release is published, by month, if each whole month of the horizon has one and no month has two.
fn monthly(schedule: &Schedule, release: &ReleaseId) -> Option<Vec<(i32, UtcMinute)>> {
    let published = schedule.releases.iter().filter(|each| each.calendar == *release);
    let months: Vec<(i32, UtcMinute)> =
        published.map(|each| (month_number(schedule.zone.local(each.at).date()), each.at)).collect();
    let horizon = schedule.plan.horizon();
    let begins_within = u32::from(horizon.from.day() > 1);
    let first_whole = month_number(horizon.from.checked_add_months(Months::new(begins_within))?);
    let has_one = |month: i32| months.binary_search_by_key(&month, |(month, _)| *month).is_ok();
    let is_monthly = months.windows(2).all(|pair| pair[0].0 < pair[1].0)
        && (first_whole..month_number(horizon.end())).all(has_one)
        && !months.is_empty();
    is_monthly.then_some(months)
}
