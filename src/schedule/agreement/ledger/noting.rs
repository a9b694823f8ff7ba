//! Answers that are noted by hand for many dates at once, as one edit.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::{AnswerState, Ledger, WindowLedger};
use crate::model::{Agreement, AreaId, BusinessArea, Edit, LedgerEntry, WindowId};
use crate::schedule::agreement::answers::{Answer, answer, key};
use crate::schedule::time::occurrence::Occurrence;
use crate::wording::counted;

/// One area and one occurrence, by their places in a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dated {
    /// Place of the window in the ledger.
    pub window: u32,
    /// Place among the window's occurrences.
    pub occurrence: u32,
    /// Place in the plan's table of areas.
    pub area: u32,
}

/// What is said of each of the dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Asked,
    Agreed {
        /// The owner of each area where it is empty, as below.
        by: String,
    },
    Declined {
        by: String,
        reason: String,
    },
    /// Nothing new: only a reserve date is noted.
    Nothing,
}

/// A reserve date for many dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReserveOn {
    Date(NaiveDate),
    /// So many days after each of them.
    DaysLater(u16),
}

/// What is noted for all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noting {
    pub said: Said,
    pub on: NaiveDate,
    /// The one that there is stays where there is none.
    pub reserve: Option<ReserveOn>,
}

impl Dated {
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
        answer(&ledger.plan, &self.window(ledger).of, self.occurrence(ledger), self.area(ledger))
    }

    pub fn state(&self, ledger: &Ledger) -> AnswerState {
        let states = self.window(ledger).states(self.area as usize);
        states.get(self.occurrence as usize).copied().unwrap_or(AnswerState::Over)
    }

    /// Where it stands in a ledger; nowhere where the area need not agree to such an occurrence.
    pub fn find(ledger: &Ledger, window: &WindowId, on: NaiveDate, area: &AreaId) -> Option<Self> {
        let window = ledger.windows.binary_search_by(|each| each.of.id().cmp(window)).ok()?;
        let area = ledger.plan.areas().position(area).filter(|area| ledger.windows[window].concerns(*area))?;
        let mut occurrences = ledger.windows[window].occurrences().iter();
        let occurrence = occurrences.position(|occurrence| occurrence.original_on() == on)?;
        Some(Self { window: window as u32, occurrence: occurrence as u32, area: area as u32 })
    }
}

impl Noting {
    /// Whether it says something of an answer that stands so. An answer that was given is never made a mere question
    /// again.
    pub fn concerns(&self, state: AnswerState) -> bool {
        let is_answered = matches!(state, AnswerState::Agreed | AnswerState::Declined | AnswerState::Reserve);
        state != AnswerState::Over && !(self.said == Said::Asked && is_answered)
    }

    /// Notes it for those of `dates` that it concerns, in one step of undo.
    pub fn edit(&self, ledger: &Ledger, dates: &[Dated]) -> Edit {
        let concerned = dates.iter().filter(|dated| self.concerns(dated.state(ledger)));
        let edits: Vec<Edit> = concerned.map(|dated| Edit::PutEntry(self.entry(ledger, dated))).collect();
        let count = edits.len() as i64;
        let label = match &self.said {
            Said::Asked => format!("Note {} as asked", counted(count, "date")),
            Said::Agreed { .. } => format!("Note {} as agreed", counted(count, "date")),
            Said::Declined { .. } => format!("Note {} as declined", counted(count, "date")),
            Said::Nothing => format!("Note {}", counted(count, "reserve date")),
        };
        Edit::Together { label, edits }
    }

    fn entry(&self, ledger: &Ledger, dated: &Dated) -> LedgerEntry {
        let (answer, occurrence) = (dated.answer(ledger), dated.occurrence(ledger));
        let key = key(&dated.window(ledger).of, occurrence, answer.area);
        let by = |typed: &String| if typed.is_empty() { answer.area.owner.clone() } else { typed.clone() };
        let on = self.on;
        let mut entry = match (&self.said, answer.entry) {
            (Said::Asked, _) => answer.noted(key, Agreement::Asked { on }),
            (Said::Agreed { by: typed }, _) => answer.noted(key, Agreement::Agreed { on, by: by(typed) }),
            (Said::Declined { by: typed, reason }, _) => {
                answer.noted(key, Agreement::Declined { on, by: by(typed), reason: reason.clone() })
            }
            // What was said stays as it is, also where it was said of other times.
            (Said::Nothing, Some(entry)) => LedgerEntry::clone(entry),
            (Said::Nothing, None) => answer.noted(key, Agreement::NotAsked),
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
