//! The notice calendar: which notice must go out by which day.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Ledger, WindowLedger};
use crate::model::date_of_day;
use crate::schedule::time::occurrence::Occurrence;

/// Notice of one occurrence that must still be given to the areas that need this many days of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DueNotice {
    /// The last day on which it is in time, in days since 1970-01-01.
    pub due_day: i32,
    start_day: i32,
    /// The index of the window in the ledger.
    pub window: u32,
    /// The index among the window's occurrences.
    pub occurrence: u32,
}

impl DueNotice {
    pub fn due_on(&self) -> NaiveDate {
        date_of_day(self.due_day)
    }

    pub fn window<'a>(&self, ledger: &'a Ledger) -> &'a Arc<WindowLedger> {
        &ledger.windows[self.window as usize]
    }

    pub fn occurrence<'a>(&self, ledger: &'a Ledger) -> &'a Occurrence {
        &self.window(ledger).occurrences()[self.occurrence as usize]
    }

    /// The positions, in the plan's table, of the areas to notify, sorted.
    pub fn areas<'a>(&self, ledger: &'a Ledger) -> impl Iterator<Item = usize> + 'a {
        let (window, occurrence, due) = (self.window(ledger), self.occurrence as usize, Some(self.due_day));
        window.areas().filter(move |area| window.due_day(*area, occurrence) == due)
    }
}

/// All notice that is due at some time and was not given, sorted.
pub(super) fn due(windows: &[Arc<WindowLedger>]) -> Vec<DueNotice> {
    let mut all = Vec::new();
    for (index, window) in windows.iter().enumerate() {
        for (at, occurrence) in window.occurrences().iter().enumerate() {
            let from = all.len();
            for due_day in window.areas().filter_map(|area| window.due_day(area, at)) {
                let start_day = occurrence.start_day();
                let notice = DueNotice { due_day, start_day, window: index as u32, occurrence: at as u32 };
                if !all[from..].contains(&notice) {
                    all.push(notice);
                }
            }
        }
    }
    all.sort_unstable();
    all
}
