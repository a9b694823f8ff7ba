//! Answers that a person enters for many dates at once, as one edit.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::{AnswerState, Ledger, WindowLedger};
use crate::model::{Agreement, AreaId, BusinessArea, Edit, LedgerEntry, WindowId};
use crate::schedule::agreement::answers::{Answer, answer, key};
use crate::schedule::time::occurrence::Occurrence;
use crate::wording::counted;

/// An area and an occurrence, by their indices in a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerIndex {
    /// The index of the window in the ledger.
    pub window: u32,
    /// The index among the window's occurrences.
    pub occurrence: u32,
    /// The position in the plan's table of areas.
    pub area: u32,
}

/// The answer to enter for each date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewAnswer {
    Asked,
    Agreed {
        /// Who agreed. If empty, the owner of each area.
        by: String,
    },
    Declined {
        by: String,
        reason: String,
    },
    /// No answer: only a reserve date is entered.
    Nothing,
}

/// A reserve date for many dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReserveOn {
    Date(NaiveDate),
    /// This many days after each date.
    DaysLater(u16),
}

/// What to enter for all dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkAnswer {
    pub said: NewAnswer,
    pub on: NaiveDate,
    /// If none, existing reserve dates are kept.
    pub reserve: Option<ReserveOn>,
}

impl AnswerIndex {
    pub fn window<'a>(&self, ledger: &'a Ledger) -> &'a Arc<WindowLedger> {
        &ledger.windows[self.window as usize]
    }

    pub fn occurrence<'a>(&self, ledger: &'a Ledger) -> &'a Occurrence {
        &self.window(ledger).occurrences()[self.occurrence as usize]
    }

    pub fn area<'a>(&self, ledger: &'a Ledger) -> &'a Arc<BusinessArea> {
        &ledger.plan.areas().as_slice()[self.area as usize]
    }

    pub fn answer<'a>(&self, ledger: &'a Ledger) -> Answer<'a> {
        answer(&ledger.plan, &self.window(ledger).schedule, self.occurrence(ledger), self.area(ledger))
    }

    pub fn state(&self, ledger: &Ledger) -> AnswerState {
        let states = self.window(ledger).states(self.area as usize);
        states.get(self.occurrence as usize).copied().unwrap_or(AnswerState::Over)
    }

    /// Finds it in a ledger. None if the area does not have to agree to such an occurrence.
    pub fn find(ledger: &Ledger, window: &WindowId, on: NaiveDate, area: &AreaId) -> Option<Self> {
        let window = ledger.windows.binary_search_by(|each| each.schedule.id().cmp(window)).ok()?;
        let area = ledger.plan.areas().position(area).filter(|area| ledger.windows[window].concerns(*area))?;
        let mut occurrences = ledger.windows[window].occurrences().iter();
        let occurrence = occurrences.position(|occurrence| occurrence.original_on() == on)?;
        Some(Self { window: window as u32, occurrence: occurrence as u32, area: area as u32 })
    }
}

impl BulkAnswer {
    /// Whether it applies to an answer in this state. An answer that was given never becomes a mere request again.
    pub fn concerns(&self, state: AnswerState) -> bool {
        state != AnswerState::Over && !(self.said == NewAnswer::Asked && is_answered(state))
    }

    /// Whether it would replace the answer in this state by another one. A reserve date leaves the answer as it is.
    pub fn replaces(&self, state: AnswerState) -> bool {
        self.said != NewAnswer::Nothing && self.concerns(state) && is_answered(state)
    }

    /// Enters it for those of `dates` to which it applies, in one undo step.
    pub fn edit(&self, ledger: &Ledger, dates: &[AnswerIndex]) -> Edit {
        let concerned = dates.iter().filter(|dated| self.concerns(dated.state(ledger)));
        let edits: Vec<Edit> = concerned.map(|dated| Edit::PutEntry(self.entry(ledger, dated))).collect();
        let count = edits.len() as i64;
        let label = match &self.said {
            NewAnswer::Asked => format!("Record {} as asked", counted(count, "date")),
            NewAnswer::Agreed { .. } => format!("Record {} as agreed", counted(count, "date")),
            NewAnswer::Declined { .. } => format!("Record {} as declined", counted(count, "date")),
            NewAnswer::Nothing => format!("Record {}", counted(count, "reserve date")),
        };
        Edit::Together { label, edits }
    }

    fn entry(&self, ledger: &Ledger, dated: &AnswerIndex) -> LedgerEntry {
        let (answer, occurrence) = (dated.answer(ledger), dated.occurrence(ledger));
        let key = key(&dated.window(ledger).schedule, occurrence, answer.area);
        let by = |typed: &String| if typed.is_empty() { answer.area.owner.clone() } else { typed.clone() };
        let on = self.on;
        let mut entry = match (&self.said, answer.entry) {
            (NewAnswer::Asked, _) => answer.ledger_entry(key, Agreement::Asked { on }),
            (NewAnswer::Agreed { by: typed }, _) => answer.ledger_entry(key, Agreement::Agreed { on, by: by(typed) }),
            (NewAnswer::Declined { by: typed, reason }, _) => {
                answer.ledger_entry(key, Agreement::Declined { on, by: by(typed), reason: reason.clone() })
            }
            // An existing answer is kept, even if it was about other times.
            (NewAnswer::Nothing, Some(entry)) => LedgerEntry::clone(entry),
            (NewAnswer::Nothing, None) => answer.ledger_entry(key, Agreement::NotAsked),
        };
        let later = |days: u16| occurrence.on().checked_add_days(Days::new(days.into()));
        match self.reserve {
            Some(ReserveOn::Date(on)) => entry.reserve_on = Some(on),
            Some(ReserveOn::DaysLater(days)) => entry.reserve_on = later(days),
            None => {}
        }
        entry
    }
}

/// Whether an area gave an answer.
fn is_answered(state: AnswerState) -> bool {
    matches!(state, AnswerState::Agreed | AnswerState::Declined | AnswerState::Reserve)
}
