//! What is wrong with a plan. One rule, one file; this file keeps the list and runs them.
//!
//! To add a rule: a file that defines a `RULE`, a line in [`RULES`], a fixture that fires and one that stays silent.

mod accepted;
mod context;
mod displaced;
pub mod docs;
mod facts;
mod finding;
mod fold;
mod rules;
mod runner;
mod words;

use facts::cycle_order::Climb;
use facts::cycles::Reached;
use facts::nights::CrowdedNight;

use crate::schedule::{Carriage, Frozen, Outlook, Rota, WindowSchedule};

pub use crate::model::Subject;
pub use accepted::{Accepted, Extent};
pub use context::Context;
pub use displaced::{Displaced, displaced, ways_out};
pub use finding::{Finding, Fix, Severity};
pub use fold::{Cause, fold};
pub use rules::{RULES, rule};
pub use runner::Findings;

/// A rule: what it looks for, and why a change manager should care. The texts are what `explain`, the hover text and
/// `docs/checks.md` show.
#[derive(Debug)]
pub struct Rule {
    /// Stable; never used for something else: "B001".
    pub code: &'static str,
    /// "rollback-does-not-fit"
    pub name: &'static str,
    pub severity: Severity,
    /// What it fires on, in one sentence.
    pub checks: &'static str,
    /// Why it matters.
    pub why: &'static str,
    pub example: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    pub check: Check,
    /// Makes a quick fix for one of its findings, where there is one.
    pub fix: Option<fn(&Context<'_>, &Finding) -> Option<Fix>>,
    /// Words several findings of one cause as one line, where the usual words are not enough.
    pub fold: Option<fn(&Context<'_>, &Cause) -> String>,
}

/// What a rule looks at, and therefore when it must look again.
#[derive(Debug)]
pub enum Check {
    /// The records of the plan but its windows and freezes: again when any of those changed.
    Records(fn(&Context<'_>, &mut Sink)),
    /// One window and its occurrences: again when that window changed, or what all are judged by.
    Window(fn(&Context<'_>, &WindowSchedule, &mut Sink)),
    /// One window beside a freeze: again when that changed, too. Findings are of the freeze's cause.
    WindowFreeze(fn(&Context<'_>, &WindowSchedule, &Frozen<'_>, &mut Sink)),
    /// One window and how sure its fit is, once that is known: again when one of the two changed.
    WindowOutlook(fn(&Context<'_>, &WindowSchedule, &Outlook, &mut Sink)),
    /// One window beside the plan's holidays: again when those changed, too.
    WindowHolidays(fn(&Context<'_>, &WindowSchedule, &mut Sink)),
    /// One window beside the ladders: again when one of those changed, too.
    WindowLadders(fn(&Context<'_>, &WindowSchedule, &mut Sink)),
    /// One window beside what was answered to its occurrences: again when one of those answers changed, too.
    WindowAnswers(fn(&Context<'_>, &WindowSchedule, &mut Sink)),
    /// [`Check::Records`], [`Check::Window`] and [`Check::Advisory`]; and the freezes by themselves: again when one of
    /// those changed or a record that they can name.
    All {
        records: fn(&Context<'_>, &mut Sink),
        freezes: fn(&Context<'_>, &mut Sink),
        window: fn(&Context<'_>, &WindowSchedule, &mut Sink),
        advisory: fn(&Context<'_>, &Carriage<'_>, &mut Sink),
    },
    /// One system (its place in the plan's table) and the windows that cover it (indices into the schedule's, at least
    /// two): again when that record changed, or when or what one of those windows patches.
    System(fn(&Context<'_>, usize, &[u32], &mut Sink)),
    /// One system that names others (its place in the plan's table): again when one of these records changed, or when or
    /// what a window patches that covers one of these systems.
    Related(fn(&Context<'_>, usize, &mut Sink)),
    /// One night in which more is done than the policy allows: again when a window of that night changed, or the policy.
    Night(fn(&Context<'_>, &CrowdedNight<'_>, &mut Sink)),
    /// One ladder and the windows that reach it: again when one of those changed, as above.
    Ladder(fn(&Context<'_>, &Climb<'_>, &mut Sink)),
    /// Who works when: again when that changed.
    Rota(fn(&Context<'_>, &Rota, &mut Sink)),
    /// [`Check::Window`] and [`Check::Rota`].
    WindowAndRota(fn(&Context<'_>, &WindowSchedule, &mut Sink), fn(&Context<'_>, &Rota, &mut Sink)),
    /// One ladder in time: again when that ladder or one of the windows that reach it changed, a freeze that is about
    /// one of those, or what all ladders are judged by.
    Reached(fn(&Context<'_>, &Reached<'_>, &mut Sink)),
    /// One advisory with the occurrences that carry it: again when that record changed, a system that it affects, or a
    /// window that covers one.
    Advisory(fn(&Context<'_>, &Carriage<'_>, &mut Sink)),
}

/// Where rules put what they find.
#[derive(Default)]
pub struct Sink(Vec<std::sync::Arc<Finding>>);

impl Sink {
    pub fn add(&mut self, finding: Finding) {
        self.0.push(std::sync::Arc::new(finding));
    }
}

impl Rule {
    /// Comes in the order of the codes.
    fn place(&self) -> u64 {
        self.code.bytes().chain(std::iter::repeat(0)).take(8).fold(0, |place, byte| place << 8 | u64::from(byte))
    }

    /// The family that its code begins with, in words.
    pub fn family(&self) -> Family {
        Family::ALL.into_iter().find(|family| self.code.starts_with(family.letter())).unwrap_or(Family::Plan)
    }
}

/// The first letter of a code.
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
