//! The list of compliance items: each advisory on each system that it affects.

use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, json_rows};
use crate::compliance::{ComplianceReport, Item};
use crate::export::file::Output;
use crate::export::iso_times::IsoInstant;
use crate::schedule::Schedule;
use crate::wording::{capitalised, counted, moment};

pub const OUTPUT: Output = Output {
    id: "compliance-items",
    name: "Compliance items",
    help: "Each advisory on each system that it affects: deadline, when it was done, and by which window",
};

/// The items of a report.
pub struct ComplianceItemList<'a> {
    pub schedule: &'a Schedule,
    pub report: &'a ComplianceReport<'a>,
}

/// An advisory on a system. Field names are keys for other programs and must not change.
#[derive(Clone, Debug, Serialize)]
struct ItemRow {
    /// Id.
    advisory: String,
    title: String,
    severity: Option<String>,
    /// Id.
    system: String,
    environment: &'static str,
    /// Id.
    area: Option<String>,
    /// Ids.
    groups: Vec<String>,
    hosts: u32,
    /// "in time", "late", "overdue", "pending", "excused" or "no deadline".
    state: &'static str,
    /// The start of the later of the days of publication and fix.
    counts_from: IsoInstant,
    deadline_at: Option<IsoInstant>,
    done_at: Option<IsoInstant>,
    /// Whether a later scan was clean.
    verified: bool,
    /// Whole days since the deadline, if it is overdue.
    days_overdue: Option<u32>,
    /// The occurrence that installed it: the id of its window, and its original date.
    window: Option<String>,
    on: Option<chrono::NaiveDate>,
}

const COLUMNS: [Column<ItemRow>; 16] = [
    Column("advisory", |row| (&row.advisory).into()),
    Column("title", |row| (&row.title).into()),
    Column("severity", |row| Cell::from(&row.severity)),
    Column("system", |row| (&row.system).into()),
    Column("environment", |row| row.environment.into()),
    Column("area", |row| Cell::from(&row.area)),
    Column("groups", |row| row.groups.join("; ").into()),
    Column("hosts", |row| row.hosts.into()),
    Column("state", |row| row.state.into()),
    Column("counts_from", |row| row.counts_from.into()),
    Column("deadline_at", |row| Cell::from(&row.deadline_at)),
    Column("done_at", |row| Cell::from(&row.done_at)),
    Column("verified", |row| if row.verified { "yes" } else { "no" }.into()),
    Column("days_overdue", |row| Cell::from(&row.days_overdue)),
    Column("window", |row| Cell::from(&row.window)),
    Column("on", |row| Cell::from(&row.on)),
];

impl ComplianceItemList<'_> {
    fn rows(&self) -> Vec<ItemRow> {
        self.report.items.iter().map(|item| row(item, self.report)).collect()
    }
}

fn row(item: &Item<'_>, report: &ComplianceReport<'_>) -> ItemRow {
    let result = item.done.and_then(|done| done.result);
    ItemRow {
        advisory: item.advisory.id.to_string(),
        title: item.advisory.title.clone(),
        severity: item.severity.map(|severity| severity.name.clone()),
        system: item.system.id.to_string(),
        environment: item.environment.name(),
        area: item.area.map(ToString::to_string),
        groups: item.groups.iter().map(ToString::to_string).collect(),
        hosts: item.hosts,
        state: item.state.name(),
        counts_from: IsoInstant(item.counts_from_at),
        deadline_at: item.deadline_at.map(IsoInstant),
        done_at: item.done.map(|done| IsoInstant(done.at)),
        verified: item.done.is_some_and(|done| done.is_verified),
        days_overdue: item.days_overdue(report.at),
        window: result.map(|result| result.key.window.to_string()),
        on: result.map(|result| result.key.on),
    }
}

impl Listing for ComplianceItemList<'_> {
    fn page(&self) -> Page {
        let when = |at| moment(self.schedule.zone.local(at));
        let line = |item: &Item<'_>| {
            [
                item.deadline_at.map_or_else(String::new, when),
                capitalised(item.state.name()),
                item.severity.map_or_else(String::new, |severity| severity.name.clone()),
                item.advisory.number(),
                item.system.name.clone(),
                item.done.map_or_else(String::new, |done| when(done.at)),
            ]
        };
        let columns = ["Due", "State", "Severity", "Advisory", "System", "Done"];
        let lines: Vec<_> = self.report.items.iter().map(line).collect();
        let closing = counted(lines.len(), "item");
        Page::new(columns, lines, closing)
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    fn table(&self) -> Table {
        Table::new(&COLUMNS, &self.rows())
    }
}
