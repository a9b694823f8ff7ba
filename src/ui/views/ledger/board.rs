//! The content of the ledger's table: its rows, and a tally for each month of a visible row. Kept while the ledger, the
//! filters and the unfolded rows stay the same.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use super::filter::{AnswerFilter, Filter};
use crate::model::BusinessArea;
use crate::schedule::agreement::ledger::{AnswerIndex, Ledger, Tally, WindowLedger};
use crate::ui::parts::search::SearchWords;

/// What the rows stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowOrder {
    /// Areas, with their windows inside.
    #[default]
    Areas,
    /// Windows, with their areas inside.
    Windows,
}

/// One row: an area, a window, or one inside the other, as indices into the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LedgerRow {
    pub area: Option<u32>,
    pub window: Option<u32>,
}

impl LedgerRow {
    /// Returns whether it is inside another row.
    pub fn is_inner(self) -> bool {
        self.area.is_some() && self.window.is_some()
    }
}

/// One month of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    pub row: LedgerRow,
    pub month: u8,
}

/// The user's choice of rows and filters, from which the board is built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub rows: RowOrder,
    pub filter: Filter,
    pub unfolded: BTreeSet<LedgerRow>,
}

pub struct Board {
    pub ledger: Arc<Ledger>,
    choice: Choice,
    pub rows: Vec<LedgerRow>,
    /// For each window of the ledger, whether its name matches the filter.
    matching: Vec<bool>,
    /// The tally of all rows, in any state.
    pub total: Tally,
    /// The tallies of the rows requested so far.
    tallies: RefCell<HashMap<LedgerRow, Rc<[Tally]>>>,
}

impl Board {
    pub fn new(ledger: &Arc<Ledger>, choice: &Choice) -> Self {
        let words = SearchWords::new(&choice.filter.text);
        let matching = ledger.windows.iter().map(|window| words.are_in(&window.schedule.window.name)).collect();
        let mut board = Self {
            ledger: Arc::clone(ledger),
            choice: choice.clone(),
            rows: Vec::new(),
            matching,
            total: Tally::default(),
            tallies: RefCell::default(),
        };
        match choice.rows {
            RowOrder::Areas => board.add_areas(),
            RowOrder::Windows => board.add_windows(),
        }
        board
    }

    fn answer_filter(&self) -> AnswerFilter {
        self.choice.filter.answers
    }

    pub fn is_by_area(&self) -> bool {
        self.choice.rows == RowOrder::Areas
    }

    /// The indices of the areas that match the filter.
    fn areas(&self) -> impl Iterator<Item = u32> + use<'_> {
        let areas = self.ledger.plan.areas().iter().enumerate();
        let wanted = self.choice.filter.area.as_ref();
        areas.filter(move |(_, area)| wanted.is_none_or(|id| *id == area.id)).map(|(index, _)| index as u32)
    }

    pub fn area(&self, index: u32) -> &Arc<BusinessArea> {
        &self.ledger.plan.areas().as_slice()[index as usize]
    }

    pub fn window(&self, index: u32) -> &Arc<WindowLedger> {
        &self.ledger.windows[index as usize]
    }

    fn add_areas(&mut self) {
        let areas: Vec<u32> = self.areas().collect();
        for area in areas {
            let row = LedgerRow { area: Some(area), window: None };
            if !self.add(row) || !self.choice.unfolded.contains(&row) {
                continue;
            }
            let windows = self.ledger.windows.iter().enumerate();
            let concerned = windows.filter(|(at, window)| self.matching[*at] && window.concerns(area as usize));
            let inner = concerned.map(|(at, _)| LedgerRow { window: Some(at as u32), ..row });
            let inner: Vec<LedgerRow> = inner.filter(|row| self.shows(*row)).collect();
            self.rows.extend(inner);
        }
    }

    fn add_windows(&mut self) {
        let matching: Vec<u32> =
            (0..self.ledger.windows.len() as u32).filter(|at| self.matching[*at as usize]).collect();
        for window in matching {
            let row = LedgerRow { area: None, window: Some(window) };
            if !self.add(row) || !self.choice.unfolded.contains(&row) {
                continue;
            }
            let concerned = self.areas().filter(|area| self.window(window).concerns(*area as usize));
            let inner = concerned.map(|area| LedgerRow { area: Some(area), ..row });
            let inner: Vec<LedgerRow> = inner.filter(|row| self.shows(*row)).collect();
            self.rows.extend(inner);
        }
    }

    /// Adds an outer row if it has something to show, and adds its tally to the total.
    fn add(&mut self, row: LedgerRow) -> bool {
        let total = self.total_of(row);
        self.total.add_all(&total);
        // Without a filter, an area without dates is shown too.
        let is_narrowed = self.answer_filter() != AnswerFilter::All || !self.choice.filter.text.is_empty();
        let shows = self.answer_filter().count(&total) > 0 || (row.window.is_none() && !is_narrowed);
        if shows {
            self.rows.push(row);
        }
        shows
    }

    fn shows(&self, row: LedgerRow) -> bool {
        self.answer_filter() == AnswerFilter::All || self.answer_filter().count(&self.total_of(row)) > 0
    }

    /// The tally of a row over all visible months, in any state.
    pub fn total_of(&self, row: LedgerRow) -> Tally {
        let filter = &self.choice.filter;
        if let (None, Some(window), None, None) = (row.area, row.window, &filter.area, filter.months) {
            return self.window(window).total;
        }
        let mut total = Tally::default();
        for month in &self.months_of(row)[filter.range(self.ledger.months.len())] {
            total.add_all(month);
        }
        total
    }

    /// The tally of one month of a row, limited to the states of the filter.
    pub fn tally(&self, cell: Cell) -> Tally {
        let months = self.months_of(cell.row);
        months.get(usize::from(cell.month)).map_or_else(Tally::default, |tally| self.answer_filter().matching(tally))
    }

    /// The tallies of a row for every month of the ledger.
    fn months_of(&self, row: LedgerRow) -> Rc<[Tally]> {
        if let Some(kept) = self.tallies.borrow().get(&row) {
            return Rc::clone(kept);
        }
        let found: Rc<[Tally]> = match row {
            LedgerRow { area: Some(area), window: None } if self.matching.iter().all(|is_matching| *is_matching) => {
                self.ledger.tallies_for(area as usize).into()
            }
            _ => {
                let mut months = vec![Tally::default(); self.ledger.months.len()];
                let last = months.len() - 1;
                self.each_part(row, |window, area| {
                    for (month, state) in self.window(window).by_month(area as usize) {
                        months[month.min(last)].add(state);
                    }
                });
                months.into()
            }
        };
        self.tallies.borrow_mut().insert(row, Rc::clone(&found));
        found
    }

    /// Calls `part` for each window and area of a row.
    fn each_part(&self, row: LedgerRow, mut part: impl FnMut(u32, u32)) {
        match row {
            LedgerRow { area: Some(area), window: Some(window) } => part(window, area),
            LedgerRow { area: None, window: Some(window) } => {
                self.areas()
                    .filter(|area| self.window(window).concerns(*area as usize))
                    .for_each(|area| part(window, area));
            }
            LedgerRow { area: Some(area), window: None } => {
                for (at, window) in self.ledger.windows.iter().enumerate() {
                    if self.matching[at] && window.concerns(area as usize) {
                        part(at as u32, area);
                    }
                }
            }
            LedgerRow { area: None, window: None } => {}
        }
    }

    /// The dates in some cells that match the filter, sorted by start, then window and area. Returns at most `most` of
    /// them, and whether there are more.
    pub fn dates(&self, cells: &[Cell], most: usize) -> (Vec<AnswerIndex>, bool) {
        let mut found = Vec::new();
        for of_row in cells.chunk_by(|a, b| a.row == b.row) {
            let months = of_row.iter().fold(0_u64, |months, cell| months | 1 << cell.month.min(63));
            self.each_part(of_row[0].row, |window, area| {
                for (at, (month, state)) in self.window(window).by_month(area as usize).enumerate() {
                    if months >> month.min(63) & 1 == 1 && self.answer_filter().takes(state) {
                        found.push(AnswerIndex { window, occurrence: at as u32, area });
                    }
                }
            });
        }
        // A date can be in two cells: in that of its area and in that of its window.
        found.sort_unstable();
        found.dedup();
        let start = |dated: &AnswerIndex| (dated.occurrence(&self.ledger).local_start, *dated);
        let is_cut = found.len() > most;
        if is_cut {
            found.select_nth_unstable_by_key(most, start);
            found.truncate(most);
        }
        found.sort_by_cached_key(start);
        (found, is_cut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BusinessArea, Horizon, ListedDate, MaintenanceWindow, Plan, PlanParts, Rule, System};
    use crate::schedule::Schedule;

    #[test]
    fn the_first_dates_are_kept_if_there_are_too_many() {
        let date = |month| chrono::NaiveDate::from_ymd_opt(2027, month, 1).unwrap();
        let window = |id: &str, months: &[u32]| {
            let dates = months.iter().map(|month| ListedDate { on: date(*month), words: String::new() });
            let window = MaintenanceWindow::new(id.into(), id, Rule::Dates(dates.collect()));
            MaintenanceWindow { systems: vec!["db".into()], ..window }
        };
        let system = System { id: "db".into(), area: Some("pay".into()), hosts: 1, ..System::default() };
        let empty = Plan::new("p".into(), "P", Horizon::year(2027), "UTC").to_parts();
        let plan = Plan::from(PlanParts {
            areas: [BusinessArea { id: "pay".into(), ..BusinessArea::default() }].into_iter().collect(),
            systems: [system].into_iter().collect(),
            windows: [window("a", &[6, 9]), window("b", &[2, 3])].into_iter().collect(),
            ..empty
        });
        let ledger = Arc::new(Ledger::derive(&Schedule::derive(&Arc::new(plan), None), date(1), None));
        let board = Board::new(&ledger, &Choice::default());
        let row = LedgerRow { area: Some(0), window: None };
        let cells: Vec<Cell> = (0..12).map(|month| Cell { row, month }).collect();
        let (found, is_cut) = board.dates(&cells, 2);
        let found: Vec<_> = found.iter().map(|dated| dated.occurrence(&ledger).local_start.date()).collect();
        assert_eq!((found, is_cut), (vec![date(2), date(3)], true));
    }
}
