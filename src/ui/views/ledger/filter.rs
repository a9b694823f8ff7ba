//! The filters of the ledger: state, area, words of a window's name, months.

use std::ops::RangeInclusive;

use crate::model::AreaId;
use crate::schedule::agreement::ledger::{AnswerState, Tally};

/// The state of the answers shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AnswerFilter {
    #[default]
    All,
    NotAgreed,
    Silent,
    Declined,
    Late,
    Outdated,
}

impl AnswerFilter {
    /// The filters offered.
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

    /// The number of answers in a tally that match.
    pub fn count(self, tally: &Tally) -> usize {
        AnswerState::ALL.into_iter().filter(|state| self.takes(*state)).map(|state| tally.count(state)).sum()
    }

    /// The part of a tally that matches.
    pub fn matching(self, tally: &Tally) -> Tally {
        if self == Self::All { *tally } else { tally.only(|state| self.takes(state)) }
    }
}

/// All filters together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub answers: AnswerFilter,
    pub area: Option<AreaId>,
    /// Words that must occur in a window's name.
    pub text: String,
    /// The first and last month, counted from the plan's first; `None` for all.
    pub months: Option<(u8, u8)>,
}

impl Filter {
    /// The months shown, out of `count`.
    pub fn range(&self, count: usize) -> RangeInclusive<usize> {
        let last = count.saturating_sub(1);
        let (from, to) = self.months.map_or((0, last), |(from, to)| (usize::from(from), usize::from(to)));
        from.min(to).min(last)..=from.max(to).min(last)
    }
}
