//! The notice calendar as a list: which notice is due by which day.

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, json_rows};
use crate::export::file::Output;
use crate::export::iso_times::IsoLocalTime;
use crate::export::text::one_line;
use crate::schedule::agreement::ledger::{DueNotice, Ledger};
use crate::wording::{counted, date};

pub const OUTPUT: Output =
    Output { id: "notices", name: "Notice calendar", help: "Which notice is due by which day, and what is late" };

/// Notice that has yet to be given for an occurrence. The names of the fields are columns and keys that others read: they
/// stay the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoticeRow {
    pub due_on: NaiveDate,
    /// Days since then; none if it is not late.
    pub late_days: Option<i64>,
    /// Id.
    pub window: String,
    pub name: String,
    pub kind: &'static str,
    pub original_on: NaiveDate,
    pub local_start: IsoLocalTime,
    /// Ids of the areas that have not been asked; in a table separated by spaces.
    pub areas: Vec<String>,
}

const COLUMNS: [Column<NoticeRow>; 8] = [
    Column("due_on", |row| row.due_on.into()),
    Column("late_days", |row| Cell::from(&row.late_days)),
    Column("window", |row| (&row.window).into()),
    Column("name", |row| (&row.name).into()),
    Column("kind", |row| row.kind.into()),
    Column("original_on", |row| row.original_on.into()),
    Column("local_start", |row| row.local_start.into()),
    Column("areas", |row| row.areas.join(" ").into()),
];

/// The notices that have yet to be given, sorted by the day on which they are due.
pub struct NoticeList<'a> {
    pub ledger: &'a Ledger,
}

impl NoticeList<'_> {
    /// A row for each occurrence and day on which notice of it is due.
    pub fn rows(&self) -> Vec<NoticeRow> {
        self.ledger.notices.iter().map(|notice| self.row(notice)).collect()
    }

    fn row(&self, notice: &DueNotice) -> NoticeRow {
        let ledger = self.ledger;
        let (window, occurrence) = (notice.window(ledger), notice.occurrence(ledger));
        let late = (ledger.today - notice.due_on()).num_days();
        NoticeRow {
            due_on: notice.due_on(),
            late_days: (late > 0).then_some(late),
            window: window.schedule.id().to_string(),
            name: window.schedule.window.name.clone(),
            kind: window.schedule.window.kind.name(),
            original_on: occurrence.original_on(),
            local_start: IsoLocalTime(occurrence.local_start),
            areas: notice.areas(ledger).map(|area| ledger.plan.areas().as_slice()[area].id.to_string()).collect(),
        }
    }

    fn line(&self, row: &NoticeRow, notice: &DueNotice) -> [String; 5] {
        let ledger = self.ledger;
        let areas = notice.areas(ledger).map(|area| one_line(&ledger.plan.areas().as_slice()[area].name));
        [
            date(row.due_on),
            row.late_days.map_or_else(String::new, |days| counted(days, "day")),
            one_line(&row.name),
            date(notice.occurrence(ledger).on()),
            areas.collect::<Vec<_>>().join(", "),
        ]
    }
}

impl Listing for NoticeList<'_> {
    fn page(&self) -> Page {
        let rows = self.rows();
        let late = rows.iter().filter(|row| row.late_days.is_some()).count();
        let count = counted(rows.len() as i64, "notice");
        let closing = if late == 0 { format!("{count} to give") } else { format!("{count} to give, {late} late") };
        let lines = rows.iter().zip(&self.ledger.notices).map(|(row, notice)| self.line(row, notice)).collect();
        Page::new(["Due", "Late", "Window", "Date", "Areas not asked"], lines, closing)
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    fn table(&self) -> Table {
        Table::new(&COLUMNS, &self.rows())
    }
}
