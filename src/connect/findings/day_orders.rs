//! The order of day and month in the dates of a report, decided by all of them together.

use super::row::FindingRow;
use crate::connect::documents::days::WrittenDay;
use crate::model::DayOrder;

/// What the dates of a report show, column by column.
#[derive(Clone, Copy, Debug, Default)]
pub struct DayOrders {
    /// What a person chose.
    pub given: Option<DayOrder>,
    published: Shown,
    fixed: Shown,
}

/// Whether there are dates that can only be read with the day, or the month, first.
#[derive(Clone, Copy, Debug, Default)]
struct Shown {
    day_first: bool,
    month_first: bool,
}

impl DayOrders {
    pub fn add(&mut self, row: &FindingRow) {
        self.published.add(row.published_on);
        self.fixed.add(row.fixed_on);
    }

    /// That of the days of publication.
    pub fn published(&self) -> Option<DayOrder> {
        self.given.or_else(|| self.published.order(self.fixed))
    }

    /// That of the days of fixes.
    pub fn fixed(&self) -> Option<DayOrder> {
        self.given.or_else(|| self.fixed.order(self.published))
    }
}

impl Shown {
    fn add(&mut self, written: Option<WrittenDay>) {
        match written.and_then(WrittenDay::shows) {
            Some(DayOrder::DayFirst) => self.day_first = true,
            Some(DayOrder::MonthFirst) => self.month_first = true,
            None => {}
        }
    }

    /// That of this column. `other` counts if this column shows nothing, since one program wrote both.
    fn order(self, other: Self) -> Option<DayOrder> {
        let shown = if self.day_first || self.month_first { self } else { other };
        match (shown.day_first, shown.month_first) {
            (true, false) => Some(DayOrder::DayFirst),
            (false, true) => Some(DayOrder::MonthFirst),
            (true, true) | (false, false) => None,
        }
    }
}
