//! One ladder in time, for the rules that ask when its groups are reached: F002, R003, R004, S001.

use std::sync::Arc;

use crate::checks::words::{counted, date};
use crate::checks::{Cause, Context};
use crate::schedule::{Climbs, Cycle, LadderReachability, Reach, Troubled};

/// A ladder with its cycles and days, reckoned without the occurrences that a freeze takes away.
pub struct LadderTimeline<'a> {
    pub reach: &'a Reach,
    /// Only those in which a group is missed, or which would end at another time without the freezes.
    pub cycles: &'a [Arc<Troubled>],
    /// None where it has no systems.
    pub days: Option<LadderReachability>,
}

impl<'a> LadderTimeline<'a> {
    pub fn new(cx: &Context<'_>, reach: &'a Reach, climbs: Option<&'a Climbs>) -> Self {
        let days = climbs.map(|climbs| climbs.reachability(cx.schedule, reach));
        Self { reach, cycles: climbs.map_or(&[], Climbs::troubled), days }
    }
}

/// "cycle of Tue 9 Mar 2027"
pub fn cycle_in_words(cx: &Context<'_>, cycle: &Cycle) -> String {
    format!("cycle of {}", date(cx.schedule.zone.local(cycle.released_at).date()))
}

/// "6 cycles, from that of Tue 8 Jun 2027 on"
pub fn cycles_in_words(cx: &Context<'_>, cause: &Cause) -> String {
    let at = || cause.findings.iter().filter_map(|finding| finding.at);
    let cycles = counted(at().count(), "cycle");
    match at().min() {
        Some(first) => format!("{cycles}, from that of {} on", date(cx.schedule.zone.local(first).date())),
        None => cycles,
    }
}
