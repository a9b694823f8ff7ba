//! What a system can say of a window: lengths, rules, zones, how long a rule lasts.

use chrono::NaiveTime;

use super::entries::minute_of_day;
use super::meter::LossKind;
use super::rhythm::Rhythm;
use crate::schedule::Zone;

/// What a system can say of a window.
pub struct Abilities {
    /// The system in reasons: "SSM".
    pub name: &'static str,
    /// The shortest and the longest length, in minutes.
    pub shortest: u32,
    pub longest: Option<u32>,
    /// Lengths are multiples of this, rounded up.
    pub step: u32,
    pub ends: Ends,
    pub cutoff: CutoffSupport,
    /// The rules that it has. None if it takes single dates only.
    pub rules: Option<RuleSupport>,
    /// Whether it can have single dates. If not, a window without such a rule is impossible.
    pub has_dates: bool,
    /// Whether dates in change freezes are written, too.
    pub writes_frozen: bool,
    /// Whether it must know to whom a window applies: without groups and systems it would apply to everything.
    pub needs_scope: bool,
    /// Whether dates that are over are left out, since the system refuses them or never acts on them.
    pub leaves_out_past: bool,
    /// What is lost of every window.
    pub also_lost: &'static [(LossKind, &'static str)],
}

impl Abilities {
    /// Nothing, for that reason: "Chef has no scheduler".
    pub const fn nothing(name: &'static str) -> Self {
        Self { has_dates: false, ..Self::dates_only(name) }
    }

    /// Single dates of any length from one minute on.
    pub const fn dates_only(name: &'static str) -> Self {
        Self {
            name,
            shortest: 1,
            longest: None,
            step: 1,
            ends: Ends::Elapsed,
            cutoff: CutoffSupport::None,
            rules: None,
            has_dates: true,
            writes_frozen: false,
            needs_scope: false,
            leaves_out_past: true,
            also_lost: &[],
        }
    }
}

/// When an occurrence of a rule ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// A length after its start, so the clock shows another time than planned if it changes in between.
    Elapsed,
    /// At a time of the clock.
    OnClock,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutoffSupport {
    None,
    /// Whole hours before the end, fewer than the length.
    HoursBeforeEnd,
    /// In minutes after the start, as in the plan.
    Exact,
}

/// The rules of a system.
pub struct RuleSupport {
    pub lasts: Lasts,
    /// What the system calls a zone, if it has the zone. `from` and `to` are the days for which it must be right.
    pub zone_name: fn(zone: &Zone, from: i32, to: i32) -> Option<String>,
    /// The rules of the system that are the candidate together.
    pub rules: fn(&Candidate) -> Result<Vec<Rhythm>, String>,
}

/// How long a rule lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasts {
    /// From an instant to an instant.
    Bounded,
    /// For whole calendar years.
    Years,
    /// Forever.
    Forever,
}

/// A rule that a window may have.
pub struct Candidate {
    pub rhythm: Rhythm,
    pub start: NaiveTime,
    /// The length that is written.
    pub minutes: u32,
    /// The first and the last day on which it begins.
    pub first: i32,
    pub last: i32,
}

impl Candidate {
    /// Whether it ends on another day than it begins.
    pub fn crosses_midnight(&self) -> bool {
        self.end_minute() > 24 * 60
    }

    /// The minute of the first day at which it ends, which may be on a later day.
    pub fn end_minute(&self) -> u32 {
        minute_of_day(self.start) + self.minutes
    }
}
