//! Which vendors' releases climb the ladders that a window works on, and when each is published.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Months};

use crate::model::{ReleaseId, Rule, UtcMinute, month_number};
use crate::schedule::{Reach, Schedule, WindowSchedule};

/// For each release that a ladder follows: for each system, by its position in the plan's table, whether it is on such a
/// ladder.
pub struct SystemsByRelease<'a>(BTreeMap<&'a ReleaseId, Vec<bool>>);

impl<'a> SystemsByRelease<'a> {
    pub fn new(reaches: &'a [Reach], systems: usize) -> Self {
        let mut by_release: BTreeMap<&ReleaseId, Vec<bool>> = BTreeMap::new();
        for reach in reaches {
            let Some(release) = &reach.ladder.release else { continue };
            let is_on_ladder = by_release.entry(release).or_insert_with(|| vec![false; systems]);
            for position in reach.systems.iter().flatten() {
                is_on_ladder[*position as usize] = true;
            }
        }
        Self(by_release)
    }

    /// For each system whether it follows other releases than in `other`, which has the same systems.
    pub fn differences(&self, other: &Self, systems: usize) -> Vec<bool> {
        let mut differs = vec![false; systems];
        for release in self.0.keys().chain(other.0.keys()) {
            let follows = |by_release: &Self, position: usize| {
                by_release.0.get(*release).is_some_and(|is_on_ladder| is_on_ladder[position])
            };
            for (position, differs) in differs.iter_mut().enumerate() {
                *differs |= follows(self, position) != follows(other, position);
            }
        }
        differs
    }
}

/// The releases that climb ladders, and when releases are published.
pub struct FollowedReleases<'a> {
    systems: SystemsByRelease<'a>,
    /// For each release of the plan its instants, in order.
    published: BTreeMap<&'a ReleaseId, Vec<UtcMinute>>,
    /// For each release that a ladder follows and that is published once a month: month and instant, in order.
    monthly: BTreeMap<&'a ReleaseId, Vec<(i32, UtcMinute)>>,
}

impl<'a> FollowedReleases<'a> {
    pub fn new(schedule: &'a Schedule) -> Self {
        let systems = SystemsByRelease::new(&schedule.reaches, schedule.plan.systems().len());
        let mut published: BTreeMap<&ReleaseId, Vec<UtcMinute>> = BTreeMap::new();
        for release in schedule.releases.iter() {
            published.entry(&release.calendar).or_default().push(release.at);
        }
        let monthly = systems.0.keys().filter_map(|release| Some((*release, monthly(schedule, release)?))).collect();
        Self { systems, published, monthly }
    }

    /// The releases that the ladders of the window's systems follow, sorted.
    pub fn for_window(&self, window: &'a WindowSchedule) -> impl Iterator<Item = &'a ReleaseId> {
        let is_on_ladder =
            move |systems: &Vec<bool>| window.scope.positions.iter().any(|position| systems[*position as usize]);
        self.systems.0.iter().filter(move |(_, systems)| is_on_ladder(systems)).map(|(release, _)| *release)
    }

    /// The same, and the one of its rule.
    pub fn for_rule_and_systems(&self, window: &'a WindowSchedule) -> Vec<&'a ReleaseId> {
        let mut releases: Vec<&ReleaseId> = self.for_window(window).collect();
        if let Rule::AfterRelease { release, .. } = &window.window.rule {
            releases.push(release);
        }
        releases.sort_unstable();
        releases.dedup();
        releases
    }

    /// When a release is published.
    pub fn published(&self, release: &ReleaseId) -> &[UtcMinute] {
        self.published.get(release).map(Vec::as_slice).unwrap_or_default()
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
