//! What is wrong with a plan.
//!
//! `rules` has a file for each rule, `kinds` says what checks look at, `runner` runs them, `facts` has what
//! several rules need to know. To add a rule, see `rules/mod.rs`; for a check of a new kind of unit, see `kinds/mod.rs`.

mod accepted;
mod added;
mod context;
mod displaced;
pub mod docs;
mod facts;
mod finding;
mod finding_counts;
mod fold;
mod kinds;
mod ladder_windows;
mod missed_work;
mod rules;
mod runner;
mod unfinished;

pub use accepted::{AcceptanceExtent, AcceptanceIndex, Acceptances};
pub use added::added_findings;
pub use context::Context;
pub use displaced::{DisplacedOccurrence, SEARCHED_DAYS, displaced, moves_out_of_freeze, moves_to_free_dates};
pub use facts::free_dates::free_days;
pub use finding::{Finding, Fix, Severity, Sink};
pub use finding_counts::{FindingCounts, change_of_findings};
pub use fold::{CommonCause, fold};
pub use kinds::Check;
pub use ladder_windows::{NoProposal, ProposedWindow, has_uncovered_group, windows_for_ladder};
pub use missed_work::{DeadlineState, MissedDeadline, MissedWork, OfferedDate};
use rules::NEVER_ACCEPTED;
use rules::findings_left_out;
pub use rules::{EXEMPTION_UNAPPROVED, RULES, UNRESOLVED_CONFLICT, rule};
pub use runner::Findings;
pub use unfinished::Unfinished;

/// At most this many names are listed in a message.
const MOST_NAMES: usize = 3;

/// A rule: what it looks for, and why a change manager should care. `explain`, hover texts and `docs/checks.md` show its
/// texts.
#[derive(Debug)]
pub struct Rule {
    /// "B001". Stable: never used for another rule.
    pub code: &'static str,
    /// "rollback-does-not-fit"
    pub name: &'static str,
    pub severity: Severity,
    /// What it reports, in one sentence.
    pub summary: &'static str,
    /// Why it matters.
    pub why: &'static str,
    pub example: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    pub checks: &'static [Check],
    /// The quick fix for one of its findings, if there is one.
    pub fix: Option<fn(&Context<'_>, &Finding) -> Option<Fix>>,
    /// The line for several findings with the same cause, if the usual one is not good enough.
    pub fold: Option<fn(&Context<'_>, &CommonCause) -> String>,
}

impl Rule {
    /// A number in the order of the codes.
    fn order(&self) -> u64 {
        self.code.bytes().chain(std::iter::repeat(0)).take(8).fold(0, |order, byte| order << 8 | u64::from(byte))
    }

    /// Whether somebody can take responsibility for its findings until a date.
    pub fn can_be_accepted(&self) -> bool {
        !NEVER_ACCEPTED.iter().any(|rule| rule.code == self.code)
    }

    /// The family that the first letter of its code stands for.
    pub fn family(&self) -> Family {
        Family::ALL.into_iter().find(|family| self.code.starts_with(family.letter())).unwrap_or(Family::Plan)
    }
}

/// Rules about the same topic. Their codes begin with the same letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    Plan,
    Time,
    Windows,
    Freezes,
    Ladders,
    Rollback,
    Agreement,
    Deadlines,
}

impl Family {
    pub const ALL: [Self; 8] = [
        Self::Plan,
        Self::Time,
        Self::Windows,
        Self::Freezes,
        Self::Ladders,
        Self::Rollback,
        Self::Agreement,
        Self::Deadlines,
    ];

    pub fn letter(self) -> char {
        match self {
            Self::Plan => 'P',
            Self::Time => 'T',
            Self::Windows => 'W',
            Self::Freezes => 'F',
            Self::Ladders => 'R',
            Self::Rollback => 'B',
            Self::Agreement => 'C',
            Self::Deadlines => 'S',
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Plan => "Plan",
            Self::Time => "Time",
            Self::Windows => "Windows",
            Self::Freezes => "Freezes",
            Self::Ladders => "Ladders",
            Self::Rollback => "Rollback",
            Self::Agreement => "Agreement and people",
            Self::Deadlines => "Deadlines",
        }
    }
}
