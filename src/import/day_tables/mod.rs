//! Tables of days: public holidays, and change freezes with their first and last day.

mod freeze_columns;
mod freezes_table;
mod holidays_table;
mod known_freezes;
mod later_days;
mod recurrence;

use chrono::NaiveDate;

use super::imported::Imported;
use super::kind::ImportKind;
use super::reconcile::REMOVE_GONE;
use super::regions::REGIONS;
use super::tables::options::{COLUMN, DATES, TABLE_ENDINGS, TITLES};
use super::tables::sniff::SniffedTitles;
use super::topic::Topic;
use crate::model::Plan;

pub(super) const HOLIDAYS: ImportKind = ImportKind {
    id: "holidays-table",
    topic: Topic::Holidays,
    name: "a table of public holidays with the columns date and name (CSV, Excel)",
    help: "Columns date, name and region: each row is one holiday",
    endings: TABLE_ENDINGS,
    options: &[REGIONS, DATES, COLUMN, TITLES, REMOVE_GONE],
    sniff: holidays_table::sniff,
    layout: Some(&holidays_table::LAYOUT),
    read: holidays_table::read,
};

pub(super) const FREEZES: ImportKind = ImportKind {
    id: "freezes-table",
    topic: Topic::Freezes,
    name: "a table of change freezes with the columns name, first and last (CSV, Excel)",
    help: "Columns name, first, last or days, every, scope and notes: no change is allowed from the first to the last day of a row",
    endings: TABLE_ENDINGS,
    options: &[DATES, COLUMN, TITLES],
    sniff: freezes_table::sniff,
    layout: Some(&freeze_columns::LAYOUT),
    read: freezes_table::read,
};

/// Whether the titles are those of a table of windows: its dates are not days off.
fn is_of_windows(titles: &SniffedTitles) -> bool {
    titles.has_title(&["rule", "regel", "duration", "dauer"])
}

/// Warns if none of the days is in the plan's months: a file of another year is a common mistake.
fn judge_months(days: impl Iterator<Item = (NaiveDate, NaiveDate)>, what: &str, plan: &Plan, imported: &mut Imported) {
    let (from, to) = (plan.horizon().from, plan.horizon().last());
    let mut all: Option<(NaiveDate, NaiveDate)> = None;
    for (first, last) in days {
        if first <= to && last >= from {
            return;
        }
        all = Some(all.map_or((first, last), |all| (all.0.min(first), all.1.max(last))));
    }
    if let Some((first, last)) = all {
        imported.warn(None, format!("No {what} is in the plan's months ({from} to {to}): check the year"));
        imported.offer_months([first, last].into_iter(), plan);
    }
}
