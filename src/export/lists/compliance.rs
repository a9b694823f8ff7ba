//! The list of compliance figures: overall, by severity, environment, business area, group and month.

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page};
use crate::compliance::{ComplianceReport, Figures};
use crate::export::compliance::{key_name, percent_in_words};
use crate::export::file::Output;
use crate::export::json::indented_json;
use crate::schedule::Schedule;
use crate::wording::capitalised;

pub const OUTPUT: Output = Output {
    id: "compliance",
    name: "Compliance figures",
    help: "How much was installed in time, late or not yet: by severity, environment, area, group and month",
};

/// The figures of a report.
pub struct ComplianceList<'a> {
    pub schedule: &'a Schedule,
    pub report: &'a ComplianceReport<'a>,
}

/// The figures of a part of all items.
struct FiguresRow {
    /// "overall", "severity", "environment", "area", "group", "month" or "forecast".
    by: &'static str,
    /// The name or id of the part; empty for all.
    key: String,
    figures: Figures,
}

const COLUMNS: [Column<FiguresRow>; 11] = [
    Column("by", |row| row.by.into()),
    Column("key", |row| (&row.key).into()),
    Column("due", |row| count(row.figures.due())),
    Column("in_time", |row| count(row.figures.in_time)),
    Column("late", |row| count(row.figures.late)),
    Column("open", |row| count(row.figures.open)),
    Column("pending", |row| count(row.figures.pending)),
    Column("excused", |row| count(row.figures.excused)),
    Column("no_deadline", |row| count(row.figures.no_deadline)),
    Column("unverified", |row| count(row.figures.unverified)),
    Column("percent", |row| Cell::Tenths((row.figures.percent() * 10.0).round() as u16)),
];

fn count(count: u64) -> Cell {
    Cell::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

impl ComplianceList<'_> {
    fn rows(&self) -> Vec<FiguresRow> {
        let report = self.report;
        let parts = [
            ("severity", &report.by_severity),
            ("environment", &report.by_environment),
            ("area", &report.by_area),
            ("group", &report.by_group),
        ];
        let mut rows = vec![FiguresRow { by: "overall", key: String::new(), figures: report.overall }];
        for (by, keys) in parts {
            rows.extend(keys.iter().map(|(key, figures)| FiguresRow { by, key: key.clone(), figures: *figures }));
        }
        let trend = report.trend.iter().map(|each| ("month", &each.month, each.figures));
        let forecast = report.forecast.iter().map(|each| ("forecast", &each.month, each.figures));
        rows.extend(trend.chain(forecast).map(|(by, key, figures)| FiguresRow { by, key: key.clone(), figures }));
        rows
    }
}

impl Listing for ComplianceList<'_> {
    fn page(&self) -> Page {
        let line = |row: &FiguresRow| {
            let Figures { in_time, late, open, pending, excused, no_deadline, unverified } = row.figures;
            let due = row.figures.due();
            let [due, in_time, late, open, pending, excused, no_deadline, unverified] =
                [due, in_time, late, open, pending, excused, no_deadline, unverified].map(|count| count.to_string());
            let percent = percent_in_words(row.figures.percent());
            let name = key_name(&self.schedule.plan, row.by, &row.key);
            [capitalised(row.by), name, due, in_time, late, open, pending, excused, no_deadline, unverified, percent]
        };
        let columns = [
            "By",
            "",
            "Due",
            "In time",
            "Late",
            "Overdue",
            "Pending",
            "Excused",
            "No deadline",
            "Not scanned",
            "In time",
        ];
        let Figures { in_time, open, .. } = self.report.overall;
        let closing = format!("{in_time} of {} due in time, {open} overdue", self.report.overall.due());
        Page::new(columns, self.rows().iter().map(line).collect(), closing)
    }

    /// The report as `windowsill compliance` gives it to scripts.
    fn json(&self) -> String {
        indented_json(self.report)
    }

    fn table(&self) -> Table {
        Table::new(&COLUMNS, &self.rows())
    }
}
