//! How many answers are in which state, and a summary in words.

use super::AnswerState;
use crate::wording::counted;

/// The number of answers in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally([u32; AnswerState::ALL.len()]);

impl Tally {
    pub fn add(&mut self, state: AnswerState) {
        self.0[state as usize] += 1;
    }

    /// Adds all of another tally.
    pub fn add_all(&mut self, other: &Self) {
        for (sum, count) in self.0.iter_mut().zip(other.0) {
            *sum += count;
        }
    }

    pub fn count(&self, state: AnswerState) -> usize {
        self.0[state as usize] as usize
    }

    /// The number of answers that are needed.
    pub fn wanted(&self) -> usize {
        AnswerState::ALL.into_iter().filter(|state| state.is_counted()).map(|state| self.count(state)).sum()
    }

    /// The number of all answers, including those that are not needed.
    pub fn all(&self) -> usize {
        self.0.iter().map(|count| *count as usize).sum()
    }

    /// The answers in some states.
    pub fn only(&self, takes: impl Fn(AnswerState) -> bool) -> Self {
        let mut only = Self::default();
        for state in AnswerState::ALL.into_iter().filter(|state| takes(*state)) {
            only.0[state as usize] = self.0[state as usize];
        }
        only
    }

    /// The state that needs attention most.
    pub fn worst(&self) -> Option<AnswerState> {
        AnswerState::ALL.into_iter().rev().find(|state| self.count(*state) > 0)
    }

    /// "183 of 208 agreed, 12 silent for over 14 days, 3 declined without a reserve"
    pub fn in_words(&self, silent_after_days: u16) -> String {
        let wanted = self.wanted();
        if wanted == 0 {
            return "No answers needed".to_owned();
        }
        let mut words = vec![format!("{} of {wanted} agreed", self.count(AnswerState::Agreed))];
        let silent = format!("silent for over {}", counted(i64::from(silent_after_days), "day"));
        for (state, what) in [
            (AnswerState::Declined, "declined without a reserve"),
            (AnswerState::Silent, silent.as_str()),
            (AnswerState::Outdated, "answered for other times"),
            (AnswerState::Late, "not asked in time"),
            (AnswerState::DueSoon, "to be asked soon"),
            (AnswerState::Reserve, "declined with a reserve"),
        ] {
            if self.count(state) > 0 {
                words.push(format!("{} {what}", self.count(state)));
            }
        }
        words.join(", ")
    }
}
