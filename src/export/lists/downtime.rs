//! The list of planned downtime: how long each service is stopped in a year, beside its target.

use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, json_rows};
use crate::export::file::Output;
use crate::export::text::one_line;
use crate::schedule::{Schedule, ServiceYear, service_years};
use crate::wording::{availability, counted};

pub const OUTPUT: Output = Output {
    id: "downtime",
    name: "Planned downtime",
    help: "How long the windows stop each service in a year, beside its target",
};

/// A service in a year. Field names are keys for other programs and must not change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DowntimeRow {
    pub service: String,
    pub year: i32,
    /// The number of its systems.
    pub systems: usize,
    /// How often it stops.
    pub stops: usize,
    pub downtime_minutes: u32,
    /// "99.9"; none if the policy has no target for it.
    pub target_percent: Option<String>,
    /// The downtime that the target allows, rounded down.
    pub allowed_minutes: Option<u32>,
    /// Whether the target is missed; none without a target.
    pub over: Option<bool>,
}

const COLUMNS: [Column<DowntimeRow>; 8] = [
    Column("service", |row| (&row.service).into()),
    Column("year", |row| row.year.into()),
    Column("systems", |row| Cell::Number(row.systems as i64)),
    Column("stops", |row| Cell::Number(row.stops as i64)),
    Column("downtime_minutes", |row| row.downtime_minutes.into()),
    Column("target_percent", |row| Cell::from(&row.target_percent)),
    Column("allowed_minutes", |row| Cell::from(&row.allowed_minutes)),
    Column("over", |row| row.over.map_or(Cell::Empty, |over| if over { "yes" } else { "no" }.into())),
];

/// The services that stop or have a target, by name, in each year of the plan.
pub struct DowntimeList<'a> {
    pub schedule: &'a Schedule,
}

impl DowntimeList<'_> {
    fn years(&self) -> Vec<ServiceYear> {
        let mut years = service_years(self.schedule, |_| true);
        years.retain(|each| each.stops > 0 || each.target.is_some());
        years
    }

    fn rows(&self) -> Vec<DowntimeRow> {
        self.years().iter().map(row).collect()
    }
}

impl Listing for DowntimeList<'_> {
    fn page(&self) -> Page {
        let years = self.years();
        let services = |years: &[&ServiceYear]| years.chunk_by(|a, b| a.service == b.service).count();
        let over = services(&years.iter().filter(|each| each.is_over()).collect::<Vec<_>>());
        let count = counted(services(&years.iter().collect::<Vec<_>>()), "service");
        let closing = match (years.len(), over) {
            (0, _) => "No window stops a service, and none has a target".to_owned(),
            (_, 0) => count,
            (_, over) => format!("{count}, {over} over the target"),
        };
        let columns = ["Service", "Year", "Stops", "Downtime", "Target", "Allowed", ""];
        Page::new(columns, years.iter().map(line).collect(), closing)
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    fn table(&self) -> Table {
        Table::new(&COLUMNS, &self.rows())
    }
}

fn row(year: &ServiceYear) -> DowntimeRow {
    DowntimeRow {
        service: year.service.clone(),
        year: year.year,
        systems: year.systems,
        stops: year.stops,
        downtime_minutes: year.down.0,
        target_percent: year.target.as_ref().map(|target| availability(target.available_per_100_000)),
        allowed_minutes: year.allowed().map(|allowed| allowed.0),
        over: year.target.as_ref().map(|_| year.is_over()),
    }
}

fn line(year: &ServiceYear) -> [String; 7] {
    let target = year.target.as_ref().map(|target| format!("{} %", availability(target.available_per_100_000)));
    [
        one_line(&year.service),
        year.year.to_string(),
        year.stops.to_string(),
        year.down.to_string(),
        target.unwrap_or_default(),
        year.allowed().map_or_else(String::new, |allowed| allowed.to_string()),
        if year.is_over() { "over" } else { "" }.to_owned(),
    ]
}
