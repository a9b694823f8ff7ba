//! When the groups of a ladder are reached, for F002, R003, R004 and S001.

use std::sync::Arc;

use crate::checks::{CommonCause, Context};
use crate::model::{Ladder, Minutes};
use crate::schedule::{Climbs, Cycle, LadderReachability, Reach, TroubledCycle};
use crate::wording::{counted, date};

/// A ladder with its cycles and days. Occurrences in a freeze do not count.
pub struct LadderTimeline<'a> {
    pub reach: &'a Reach,
    /// Only cycles in which a group is missed, or which would end at another time without the freezes.
    pub cycles: &'a [Arc<TroubledCycle>],
    /// None if the ladder has no systems.
    pub days: Option<LadderReachability>,
}

impl<'a> LadderTimeline<'a> {
    pub fn new(cx: &Context<'_>, reach: &'a Reach, climbs: Option<&'a Climbs>) -> Self {
        let days = climbs.map(|climbs| climbs.reachability(cx.schedule, reach));
        Self { reach, cycles: climbs.map_or(&[], Climbs::troubled), days }
    }
}

/// Whether the ladder follows a release calendar that the plan has.
pub fn follows_releases(cx: &Context<'_>, ladder: &Ladder) -> bool {
    ladder.release.as_ref().is_some_and(|release| cx.plan().releases().contains(release))
}

/// "cycle of Tue 9 Mar 2027"
pub fn cycle_in_words(cx: &Context<'_>, cycle: &Cycle) -> String {
    format!("cycle of {}", date(cx.schedule.zone.local(cycle.released_at).date()))
}

/// "6 cycles from Tue 8 Jun 2027 on"
pub fn cycles_in_words(cx: &Context<'_>, cause: &CommonCause) -> String {
    let at = || cause.findings.iter().filter_map(|finding| finding.at);
    let cycles = counted(at().count(), "cycle");
    match at().min() {
        Some(first) => format!("{cycles} from {} on", date(cx.schedule.zone.local(first).date())),
        None => cycles,
    }
}

/// A late finish as people say it: whole days if there are at least two, else hours and minutes.
pub fn roughly(minutes: i32) -> Minutes {
    const DAY: u32 = 24 * 60;
    let minutes = minutes.max(0) as u32;
    if minutes >= 2 * DAY { Minutes(minutes / DAY * DAY) } else { Minutes(minutes) }
}
