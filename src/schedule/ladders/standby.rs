//! Standby windows: the fewest that let a fix of a severity climb a ladder in time, on whatever day it is published.
//!
//! A standby window is as long as the policy allows for an emergency window, starts at the usual hour of the ladder's
//! windows, and covers one group. It avoids freezes that cover the group and other windows of the group's systems. A
//! *round* is one occurrence per group, each after the soak time of the previous one. It mixes existing occurrences and
//! standby windows. A round serves all days from its end minus the severity's hours up to its first start. `rounds.rs`
//! picks rounds that serve all late days with the fewest standby windows.

mod rounds;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use super::climber::Climber;
use crate::model::{Edit, ListedDate, LocalMinute, MaintenanceWindow, Minutes, Rule, UtcMinute, WindowId, WindowKind};
use crate::schedule::freezes::FreezeTimes;
use crate::schedule::ladders::reachability::{DayVerdict, LadderReachability, SeverityReachability};
use crate::schedule::ladders::span::Span;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::reach_index::Reach;
use crate::schedule::time::zone::Zone;
use rounds::{LadderLevel, Rounds, late_days};

/// A longer standby window would overlap that of the next day.
const LONGEST: Minutes = Minutes::hours(23);
/// The length of an emergency window if the policy does not specify one.
const USUAL: Minutes = Minutes::hours(2);

/// What would help the late days of a severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standby {
    /// No day is late.
    NotNeeded,
    /// The soak times alone last until the deadline. No window can help, only shorter soak times for emergencies.
    Impossible {
        soak: Minutes,
    },
    /// The ladder has more than [`Standby::MOST_GROUPS`] groups with systems.
    TooManyGroups,
    Windows(StandbyWindows),
}

/// The fewest standby windows that help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandbyWindows {
    /// By start, then by group.
    pub list: Vec<StandbyWindow>,
    /// The number of days that are late with them: no date in time is free of freezes and other windows, or a standby
    /// window begins before another one and ends after it.
    pub left: usize,
    start: NaiveTime,
    zone: Option<String>,
    duration: Minutes,
}

/// One standby occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StandbyWindow {
    pub start_at: UtcMinute,
    pub end_at: UtcMinute,
    /// The index of the group on its ladder.
    pub group: usize,
    pub on: NaiveDate,
}

impl Standby {
    /// Ladders with more groups than this are not calculated: for each late day, it takes the square of their number.
    pub const MOST_GROUPS: usize = 100;

    /// Finds the standby windows for the late days of a severity. `days` and `severity` belong to the ladder of
    /// `reach`.
    pub fn find(
        schedule: &Schedule,
        reach: &Reach,
        freezes: &[FreezeTimes<'_>],
        days: &LadderReachability,
        severity: &SeverityReachability,
    ) -> Self {
        let judged = |wanted: DayVerdict| {
            let all = days.days.iter().zip(&severity.days);
            all.filter_map(move |(at, verdict)| (*verdict == wanted).then_some(*at))
        };
        let late: Vec<UtcMinute> = judged(DayVerdict::Late).collect();
        if late.is_empty() {
            return Self::NotNeeded;
        }
        let soak = soak(schedule, reach);
        if soak >= severity.within {
            return Self::Impossible { soak };
        }
        let hours = Hours::new(schedule, reach);
        let climber = Climber::new(schedule, reach, freezes);
        if climber.rungs.len() > Self::MOST_GROUPS {
            return Self::TooManyGroups;
        }
        let spans = hours.spans(schedule);
        let levels = climber.rungs.iter().enumerate().map(|(rung, each)| LadderLevel {
            existing: (0..each.sets.len()).map(|set| climber.spans(rung, set)).collect(),
            standbys: free(&spans, schedule, reach, freezes, each.group),
            soak: each.soak,
        });
        let levels: Vec<LadderLevel> = levels.collect();
        let found = Rounds::fewest(&levels, &late, severity.within);
        let mut list: Vec<StandbyWindow> = found
            .picked
            .iter()
            .map(|(rung, standby)| {
                let span = levels[*rung].standbys[*standby];
                let on = hours.zone.local(span.start_at).date();
                StandbyWindow { start_at: span.start_at, end_at: span.end_at, group: climber.rungs[*rung].group, on }
            })
            .collect();
        list.sort_unstable();
        let ends_at = schedule.ends_at();
        let in_time = judged(DayVerdict::InTime).filter(|at| at.plus(severity.within.signed()) <= ends_at);
        let left = found.left + late_days(&levels, &found.picked, in_time, severity.within);
        Self::Windows(StandbyWindows {
            list,
            left,
            start: hours.start,
            zone: hours.zone_name,
            duration: hours.duration,
        })
    }
}

impl StandbyWindows {
    /// More dates than these are not proposed: nobody keeps so many free.
    const MOST_PROPOSED: usize = 5;

    /// Whether they are few enough to be booked. If more are needed, the soak times are the cause.
    pub fn is_few(&self) -> bool {
        self.list.len() <= Self::MOST_PROPOSED
    }

    /// The number of windows that [`Self::edit`] adds: one for each group.
    pub fn window_count(&self) -> usize {
        self.list.iter().map(|window| window.group).collect::<BTreeSet<_>>().len()
    }

    /// Adds them to the plan: for each group that needs one, an emergency window with its dates.
    pub fn edit(&self, schedule: &Schedule, reach: &Reach) -> Option<Edit> {
        let mut dates: BTreeMap<usize, Vec<ListedDate>> = BTreeMap::new();
        for window in &self.list {
            dates.entry(window.group).or_default().push(ListedDate { on: window.on, words: String::new() });
        }
        let mut taken: Vec<WindowId> = Vec::new();
        let mut edits = Vec::new();
        for (group, dates) in dates {
            let window = self.window(schedule, reach, group, dates, &taken);
            taken.push(window.id.clone());
            edits.push(Edit::PutWindow(window));
        }
        let label = format!("Add standby windows for {}", reach.ladder.name);
        (!edits.is_empty()).then_some(Edit::Together { label, edits })
    }

    fn window(
        &self,
        schedule: &Schedule,
        reach: &Reach,
        group: usize,
        dates: Vec<ListedDate>,
        taken: &[WindowId],
    ) -> MaintenanceWindow {
        let with_systems = reach.groups.iter().filter(|sets| !sets.is_empty()).count();
        let (ladder, group) = (&reach.ladder, &reach.ladder.groups[group]);
        let name = match with_systems {
            1 => format!("Standby {}", ladder.name),
            _ => format!("Standby {}, {}", ladder.name, group.name),
        };
        let id = WindowId::unused(&name, |id| schedule.plan.windows().contains(id) || taken.contains(id));
        MaintenanceWindow {
            kind: WindowKind::Emergency,
            groups: vec![group.id.clone()],
            start: self.start,
            duration: self.duration,
            zone: self.zone.clone(),
            notes: "Cancelled unless something urgent is published".to_owned(),
            ..MaintenanceWindow::new(id, &name, Rule::Dates(dates))
        }
    }
}

/// The sum of the soak times between the groups that have systems.
pub fn soak(schedule: &Schedule, reach: &Reach) -> Minutes {
    let groups = reach.ladder.groups.iter().zip(reach.groups.iter()).filter(|(_, sets)| !sets.is_empty());
    let mut soaks: Vec<Minutes> = groups.map(|(group, _)| schedule.plan.soak_after(group)).collect();
    soaks.pop();
    soaks.into_iter().sum()
}

/// When standby windows of a ladder take place.
struct Hours {
    start: NaiveTime,
    duration: Minutes,
    zone: Arc<Zone>,
    /// The zone as windows specify it. None for the plan's zone.
    zone_name: Option<String>,
}

impl Hours {
    /// Uses the start and the zone of most occurrences. If several are equally frequent, the earliest start.
    fn new(schedule: &Schedule, reach: &Reach) -> Self {
        let emergency = schedule.plan.policy().window_type(WindowKind::Emergency);
        let longest = emergency.and_then(|kind| kind.longest.or(kind.shortest)).unwrap_or(USUAL);
        let duration = longest.clamp(Minutes(1), LONGEST);
        let windows: Vec<_> = reach.windows.iter().map(|index| &schedule.windows[*index as usize]).collect();
        let mut counts: BTreeMap<(NaiveTime, Option<&str>), usize> = BTreeMap::new();
        for window in &windows {
            let (record, zone) = (&window.window, window.window.zone.as_deref());
            let all = &window.expansion.occurrences[..];
            let changed = if record.changes.is_empty() { &[] } else { all };
            *counts.entry((record.start, zone)).or_insert(0) += all.len() - changed.len();
            for occurrence in changed {
                let usual = record.usual_times(occurrence.original_on());
                *counts.entry((usual.start, zone)).or_insert(0) += 1;
            }
        }
        let most = counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(hours, _)| hours);
        let zone_of = |zone: Option<&str>| windows.iter().find(|window| window.window.zone.as_deref() == zone);
        let usual = most.and_then(|(start, zone)| Some((start, zone_of(zone)?)));
        let default_start = NaiveTime::from_hms_opt(22, 0, 0).unwrap_or_default();
        Self {
            start: usual.map_or(default_start, |(start, _)| start),
            duration,
            zone: Arc::clone(usual.map_or(&schedule.zone, |(_, window)| &window.expansion.zone)),
            zone_name: usual.and_then(|(_, window)| window.window.zone.clone()),
        }
    }

    /// The time of a standby window on each day of the plan's months, in UTC. A day on which the clocks skip its start
    /// beyond midnight has none.
    fn spans(&self, schedule: &Schedule) -> Vec<Span> {
        let horizon = schedule.plan.horizon();
        let mut hints = [0; 2];
        let mut span = |on| {
            let start = LocalMinute::new(on, self.start);
            let (from, to) = self.zone.resolve_period(start, self.duration, &mut hints);
            Span { start_at: from.at, end_at: to.at }
        };
        let days = horizon.from.iter_days().take_while(|on| *on < horizon.end());
        let is_on = |(on, span): &(NaiveDate, Span)| self.zone.local(span.start_at).date() == *on;
        days.map(|on| (on, span(on))).filter(is_on).map(|(_, span)| span).collect()
    }
}

/// The possible standby windows for a group: the days without a freeze that covers the group and without a window for
/// one of its systems.
fn free(spans: &[Span], schedule: &Schedule, reach: &Reach, freezes: &[FreezeTimes<'_>], group: usize) -> Vec<Span> {
    let covering: Vec<_> = freezes.iter().filter(|freeze| freeze.covers_any(&reach.systems[group])).collect();
    let is_frozen = |span: &Span| covering.iter().any(|freeze| freeze.touched(span.start_at, span.end_at).is_some());
    let mut is_free: Vec<bool> = spans.iter().map(|span| !is_frozen(span)).collect();
    let windows = reach.windows_of(group).into_iter().map(|index| &schedule.windows[index as usize]);
    for occurrence in windows.flat_map(|window| &window.expansion.occurrences) {
        let first = spans.partition_point(|span| span.end_at <= occurrence.start_at);
        let taken = spans[first..].iter().take_while(|span| span.start_at < occurrence.end_at).count();
        is_free[first..first + taken].fill(false);
    }
    spans.iter().zip(is_free).filter_map(|(span, is_free)| is_free.then_some(*span)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Horizon, Plan};

    #[test]
    fn a_day_that_the_clocks_skip_has_no_standby_window() {
        let horizon = Horizon { from: NaiveDate::from_ymd_opt(2011, 12, 1).unwrap(), months: 1 };
        let schedule = Schedule::derive(&Arc::new(Plan::new("p".into(), "P", horizon, "Pacific/Apia")), None);
        let start = NaiveTime::from_hms_opt(22, 0, 0).unwrap();
        let hours = Hours { start, duration: Minutes(60), zone: Arc::clone(&schedule.zone), zone_name: None };
        let days: Vec<NaiveDate> =
            hours.spans(&schedule).iter().map(|span| schedule.zone.local(span.start_at).date()).collect();
        assert_eq!((days.len(), days.windows(2).all(|pair| pair[0] < pair[1])), (30, true), "{days:?}");
    }
}
