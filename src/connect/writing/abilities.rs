//! What a system can say of a window: lengths, rules, zones, how long a rule lasts.

use chrono::NaiveTime;

use super::entries::minute_of_day;
use super::meter::LossKind;
use super::rhythm::Rhythm;
use crate::schedule::Zone;

/// What a system can say of a window.
pub struct Abilities {
    /// The system, at the beginning of a sentence or within it: "SSM".
    pub name: &'static str,
    /// Why it takes single dates only, or nothing, if that needs more words than its name: "rules of Zabbix follow …".
    pub why_no_rules: Option<&'static str>,
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
    /// Whether it must know to whom a window applies: without groups and systems it would apply to everything.
    pub needs_scope: bool,
    /// Whether dates that are over are left out, since the system refuses them or never acts on them.
    pub leaves_out_past: bool,
    /// When it acts, which decides until when a date is not too late.
    pub acts: Acts,
    /// The name of a group as the file has it, if that cannot have all characters. A window is impossible if its names would
    /// be those of others, or nothing.
    pub written_group: Option<fn(&str) -> String>,
    /// The same for the name of a system.
    pub written_system: Option<fn(&str) -> String>,
    /// What is lost of every window.
    pub also_lost: &'static [(LossKind, &'static str)],
}

impl Abilities {
    /// Nothing, for that reason: "Chef has no scheduler".
    pub const fn nothing(name: &'static str, why: &'static str) -> Self {
        Self { has_dates: false, ..Self::dates_because(name, why) }
    }

    /// Single dates of any length, for that reason: "rules of Zabbix follow the server's zone".
    pub const fn dates_because(name: &'static str, why: &'static str) -> Self {
        Self { why_no_rules: Some(why), ..Self::dates_only(name) }
    }

    /// Whether there can be an entry for a window at all.
    pub fn can_write(&self) -> bool {
        self.has_dates || self.rules.is_some()
    }

    /// Single dates of any length from one minute on.
    pub const fn dates_only(name: &'static str) -> Self {
        Self {
            name,
            why_no_rules: None,
            shortest: 1,
            longest: None,
            step: 1,
            ends: Ends::Elapsed,
            cutoff: CutoffSupport::None,
            rules: None,
            has_dates: true,
            needs_scope: false,
            leaves_out_past: true,
            acts: Acts::Throughout,
            written_group: None,
            written_system: None,
            also_lost: &[],
        }
    }
}

/// When a system acts on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acts {
    /// From its start to its end, also if the file arrives in between.
    Throughout,
    /// At its start, so a date that has begun is too late.
    AtStart,
    /// On the day before, so a date of today is too late.
    DayBefore,
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
    /// Whether the system skips an occurrence if the day from which its offset counts is over when the rule is created.
    pub skips_begun_offsets: bool,
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
