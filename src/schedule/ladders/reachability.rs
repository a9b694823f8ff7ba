//! Whether the calendar can meet its deadlines: for every day, whether a fix published then would climb the ladder in
//! time.
//!
//! A fix is published at the start of the day, midnight in the plan's time zone, and climbs as
//! [`climber`](super::climber) describes. For a severity, the day is *in time* if the last group is reached within the
//! severity's hours. Otherwise it is *late* if the deadline is within the plan, and *open* if the deadline is after its
//! end, because later windows are not planned yet.

use chrono::NaiveDate;

use super::climber::Climber;
use crate::model::{LadderId, LocalMinute, Minutes, SeverityDeadline, UtcMinute};
use crate::schedule::freezes::FreezeTimes;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::reach_index::Reach;

/// The days of all ladders that have systems, in the order of the ladders' ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reachability {
    pub ladders: Vec<LadderReachability>,
}

/// Each day of the plan's months, for one ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LadderReachability {
    pub ladder: LadderId,
    pub first_day: NaiveDate,
    /// The midnight at which each day begins.
    pub days: Vec<UtcMinute>,
    /// When a fix published on each day reaches the last group. None if that is not within the plan.
    pub climbs: Vec<Option<UtcMinute>>,
    /// In the policy's order.
    pub severities: Vec<SeverityReachability>,
}

/// Each day, for one severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeverityReachability {
    pub name: String,
    pub within: Minutes,
    pub days: Vec<DayVerdict>,
}

/// Whether a fix published on a day meets its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayVerdict {
    InTime,
    Late,
    /// Unknown: the deadline is after the plan's end, and the last group is not reached before that.
    Open,
}

/// Consecutive days on which a deadline cannot be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub days: usize,
}

impl Reachability {
    pub fn derive(schedule: &Schedule) -> Self {
        let freezes = FreezeTimes::all(schedule);
        let of_ladder = |reach| LadderReachability::derive(schedule, reach, &freezes);
        Self { ladders: schedule.reaches.iter().filter_map(of_ladder).collect() }
    }

    pub fn ladder(&self, id: &LadderId) -> Option<&LadderReachability> {
        self.ladders.iter().find(|ladder| ladder.ladder == *id)
    }
}

impl LadderReachability {
    /// The days of one ladder. None if it has no systems.
    pub fn derive(schedule: &Schedule, reach: &Reach, freezes: &[FreezeTimes<'_>]) -> Option<Self> {
        let climber = Climber::new(schedule, reach, freezes);
        if climber.rungs.is_empty() {
            return None;
        }
        let days = midnights(schedule);
        let climbs = climber.ends_of(&days);
        Some(Self::from_climbs(schedule, reach, days, climbs))
    }

    /// Uses days and climbs that are already known.
    pub(in crate::schedule) fn from_climbs(
        schedule: &Schedule,
        reach: &Reach,
        days: Vec<UtcMinute>,
        climbs: Vec<Option<UtcMinute>>,
    ) -> Self {
        let ends_at = schedule.ends_at();
        let severities = schedule.plan.policy().severities.iter();
        Self {
            ladder: reach.ladder.id.clone(),
            first_day: schedule.plan.horizon().from,
            severities: severities.map(|each| SeverityReachability::new(each, &days, &climbs, ends_at)).collect(),
            days,
            climbs,
        }
    }

    /// The minutes from the start of each day to the end of its climb, if it ends within the plan.
    pub fn lengths(&self) -> impl Iterator<Item = Minutes> + '_ {
        let climbs = self.days.iter().zip(&self.climbs);
        climbs.filter_map(|(from, to)| to.map(|to| Minutes(to.since(*from).max(0) as u32)))
    }

    /// The longest climb.
    pub fn worst(&self) -> Option<Minutes> {
        self.lengths().max()
    }

    /// The mean length of all climbs that end within the plan, in whole minutes.
    pub fn mean(&self) -> Option<Minutes> {
        let count = self.lengths().count() as u64;
        let sum: u64 = self.lengths().map(|length| u64::from(length.0)).sum();
        sum.checked_div(count).map(|mean| Minutes(mean as u32))
    }

    /// The date of a day.
    pub fn date(&self, day: usize) -> NaiveDate {
        self.first_day.checked_add_days(chrono::Days::new(day as u64)).unwrap_or(NaiveDate::MAX)
    }

    /// The longest run of days on which this severity's deadline cannot be met. The first one if there are several.
    pub fn largest_gap(&self, severity: &SeverityReachability) -> Option<Gap> {
        let mut longest: Option<(usize, usize)> = None;
        let mut run = 0;
        for (day, verdict) in severity.days.iter().enumerate() {
            run = if *verdict == DayVerdict::Late { run + 1 } else { 0 };
            if run > longest.map_or(0, |(days, _)| days) {
                longest = Some((run, day));
            }
        }
        longest.map(|(days, last)| Gap { from: self.date(last + 1 - days), to: self.date(last), days })
    }
}

impl SeverityReachability {
    pub(in crate::schedule) fn new(
        severity: &SeverityDeadline,
        days: &[UtcMinute],
        climbs: &[Option<UtcMinute>],
        ends_at: UtcMinute,
    ) -> Self {
        let verdict = |(from, climb): (&UtcMinute, &Option<UtcMinute>)| {
            let deadline_at = from.plus(severity.within.signed());
            match climb {
                Some(end_at) if *end_at <= deadline_at => DayVerdict::InTime,
                _ if deadline_at > ends_at => DayVerdict::Open,
                _ => DayVerdict::Late,
            }
        };
        let days = days.iter().zip(climbs).map(verdict).collect();
        Self { name: severity.name.clone(), within: severity.within, days }
    }

    /// The number of days with a known result.
    pub fn judged(&self) -> usize {
        self.days.iter().filter(|day| **day != DayVerdict::Open).count()
    }

    /// The number of days on which the deadline cannot be met.
    pub fn late(&self) -> usize {
        self.days.iter().filter(|day| **day == DayVerdict::Late).count()
    }
}

/// The start of each day of the plan's months.
pub(in crate::schedule) fn midnights(schedule: &Schedule) -> Vec<UtcMinute> {
    let horizon = schedule.plan.horizon();
    let mut hint = 0;
    let mut midnight = |on| schedule.zone.resolve_near(LocalMinute::midnight(on), &mut hint).at;
    horizon.from.iter_days().take_while(|on| *on < horizon.end()).map(&mut midnight).collect()
}
