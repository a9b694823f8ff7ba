//! One ladder in time, for the rules that ask when its groups are reached: F002, R003, R004, S001.

use super::Context;
use super::words::date;
use crate::schedule::{Cycle, LadderCycles, LadderReachability, Reach};

/// A ladder with its cycles and days, reckoned without the occurrences that a freeze takes away.
pub struct Reached<'a> {
    pub reach: &'a Reach,
    /// None where it follows no release calendar.
    pub cycles: Vec<Cycle>,
    /// None where it has no systems.
    pub days: Option<LadderReachability>,
}

impl<'a> Reached<'a> {
    pub fn of(cx: &Context<'a>, reach: &'a Reach) -> Self {
        let freezes = cx.freezes();
        Self {
            reach,
            cycles: LadderCycles::of(cx.schedule, reach, freezes),
            days: LadderReachability::of(cx.schedule, reach, freezes),
        }
    }
}

/// "cycle of Tue 9 Mar 2027"
pub fn cycle_in_words(cx: &Context<'_>, cycle: &Cycle) -> String {
    format!("cycle of {}", date(cx.schedule.zone.local(cycle.released_at).date()))
}
