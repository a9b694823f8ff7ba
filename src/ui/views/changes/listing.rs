//! The rows of the list: changed windows with their dates, past dates, and changed records.

use std::collections::BTreeSet;

use crate::model::WindowId;
use crate::schedule::Revision;
use crate::schedule::revision::{DateChange, DateRevision, WindowRevision};

/// A filter below the summary sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChangeFilter {
    #[default]
    All,
    Late,
    Dates(DateChange),
    Records,
}

impl ChangeFilter {
    pub const CHOICES: [Self; 7] = [
        Self::Late,
        Self::Dates(DateChange::Moved),
        Self::Dates(DateChange::Cancelled),
        Self::Dates(DateChange::Added),
        Self::Dates(DateChange::Restored),
        Self::Dates(DateChange::Changed),
        Self::Records,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Late => "Breaks notice",
            Self::Dates(DateChange::Changed) => "Otherwise changed",
            Self::Dates(change) => change.name(),
            Self::Records => "Records",
        }
    }

    /// The number of changes that the filter shows.
    pub fn count(self, revision: &Revision) -> usize {
        match self {
            Self::All => revision.windows.len() + revision.records.len(),
            Self::Late => revision.late_count(),
            Self::Dates(change) => revision.count(change),
            Self::Records => revision.records.len(),
        }
    }

    fn admits(self, date: &DateRevision) -> bool {
        match self {
            Self::All => true,
            Self::Late => date.late_days().is_some(),
            Self::Dates(change) => date.change == change && date.counts(),
            Self::Records => false,
        }
    }
}

/// One line of the list; the numbers are indices into the revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeRow {
    Title(&'static str),
    Window(usize),
    /// A change of the window as a whole.
    Line {
        window: usize,
        line: usize,
    },
    Date {
        window: usize,
        date: usize,
    },
    Record(usize),
}

/// The rows, and the windows that the user has folded or unfolded.
#[derive(Default)]
pub struct Listing {
    rows: Vec<ChangeRow>,
    /// The windows whose state differs from the default.
    turned: BTreeSet<WindowId>,
    quick: ChangeFilter,
}

/// A window with more dates than this is folded by default.
const MOST_DATES: usize = 8;
/// If more windows than this have changed, all are folded by default.
const MOST_WINDOWS: usize = 40;

impl Listing {
    pub fn rows(&self) -> &[ChangeRow] {
        &self.rows
    }

    /// Rebuilds the rows.
    pub fn show(&mut self, revision: &Revision, quick: ChangeFilter) {
        self.quick = quick;
        self.rows.clear();
        for (window, each) in revision.windows.iter().enumerate() {
            if self.admits(each) {
                self.rows.push(ChangeRow::Window(window));
                if self.is_unfolded(revision, &ChangeRow::Window(window)) {
                    self.unfold(window, each);
                }
            }
        }
        if quick == ChangeFilter::All {
            self.past(revision);
        }
        if matches!(quick, ChangeFilter::All | ChangeFilter::Records) && !revision.records.is_empty() {
            self.rows.push(ChangeRow::Title("Changed records"));
            self.rows.extend((0..revision.records.len()).map(ChangeRow::Record));
        }
    }

    fn admits(&self, window: &WindowRevision) -> bool {
        match self.quick {
            ChangeFilter::All => {
                !window.fields.is_empty() || window.dates.is_empty() || window.dates.iter().any(|date| !date.is_past)
            }
            quick => window.dates.iter().any(|date| quick.admits(date)),
        }
    }

    fn unfold(&mut self, window: usize, each: &WindowRevision) {
        let lines = each.lines().len();
        self.rows.extend((0..lines).map(|line| ChangeRow::Line { window, line }));
        let dates = each.dates.iter().enumerate().filter(|(_, date)| !date.is_past && self.quick.admits(date));
        self.rows.extend(
            dates.filter(|(_, date)| is_row(self.quick, date)).map(|(date, _)| ChangeRow::Date { window, date }),
        );
    }

    fn past(&mut self, revision: &Revision) {
        let mut rows = Vec::new();
        for (window, each) in revision.windows.iter().enumerate() {
            let over = each.dates.iter().enumerate().filter(|(_, date)| date.is_past && date.change.is_of_time());
            rows.extend(over.map(|(date, _)| ChangeRow::Date { window, date }));
        }
        if !rows.is_empty() {
            self.rows.push(ChangeRow::Title("In the past"));
            self.rows.append(&mut rows);
        }
    }

    pub fn is_unfolded(&self, revision: &Revision, row: &ChangeRow) -> bool {
        let ChangeRow::Window(window) = *row else { return false };
        let each = &revision.windows[window];
        let rows = each.dates.iter().filter(|date| is_row(self.quick, date)).count();
        let by_itself = rows <= MOST_DATES && revision.windows.len() <= MOST_WINDOWS;
        by_itself != self.turned.contains(&each.window)
    }

    /// Unfolds a window, or folds it.
    pub fn fold(&mut self, revision: &Revision, row: &ChangeRow) {
        let ChangeRow::Window(window) = *row else { return };
        let id = &revision.windows[window].window;
        if !self.turned.remove(id) {
            self.turned.insert(id.clone());
        }
        self.show(revision, self.quick);
    }
}

/// Dates that keep their time, and dates in the months of only one plan, are normally counted in a summary line.
fn is_row(quick: ChangeFilter, date: &DateRevision) -> bool {
    date.has_own_line() || quick != ChangeFilter::All
}
