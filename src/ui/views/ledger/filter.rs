//! What the ledger is narrowed down to: state, area, words of a window's name, months.

use std::ops::RangeInclusive;

use crate::model::AreaId;
use crate::schedule::agreement::ledger::{AnswerState, Tally};

/// The state of the answers that are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    #[default]
    All,
    NotAgreed,
    Silent,
    Declined,
    Late,
    Outdated,
}

impl Wanted {
    /// Those that one chooses from.
    pub const CHOICES: [Self; 5] = [Self::NotAgreed, Self::Silent, Self::Declined, Self::Late, Self::Outdated];

    pub fn name(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::NotAgreed => "Not agreed",
            Self::Silent => AnswerState::Silent.name(),
            Self::Declined => AnswerState::Declined.name(),
            Self::Late => AnswerState::Late.name(),
            Self::Outdated => AnswerState::Outdated.name(),
        }
    }

    pub fn takes(self, state: AnswerState) -> bool {
        match self {
            Self::All => true,
            Self::NotAgreed => state.is_counted() && state != AnswerState::Agreed,
            Self::Silent => state == AnswerState::Silent,
            Self::Declined => state == AnswerState::Declined,
            Self::Late => state == AnswerState::Late,
            Self::Outdated => state == AnswerState::Outdated,
        }
    }

    /// How many of a tally it takes.
    pub fn count(self, tally: &Tally) -> usize {
        AnswerState::ALL.into_iter().filter(|state| self.takes(*state)).map(|state| tally.count(state)).sum()
    }

    /// The part of a tally that it takes.
    pub fn of(self, tally: &Tally) -> Tally {
        if self == Self::All { *tally } else { tally.only(|state| self.takes(state)) }
    }
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub wanted: Wanted,
    pub area: Option<AreaId>,
    /// Words that a window's name contains.
    pub text: String,
    /// First and last month, counted from the plan's first; all where there are none.
    pub months: Option<(u8, u8)>,
}

impl Filter {
    /// The months that are shown, of so many.
    pub fn range(&self, count: usize) -> RangeInclusive<usize> {
        let last = count.saturating_sub(1);
        let (from, to) = self.months.map_or((0, last), |(from, to)| (usize::from(from), usize::from(to)));
        from.min(to).min(last)..=from.max(to).min(last)
    }
}
