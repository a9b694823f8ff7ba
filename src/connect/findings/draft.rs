//! What a report says about one advisory, gathered from its rows.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::day_orders::DayOrders;
use super::row::{FindingRow, Score};
use crate::connect::documents::days::WrittenDay;
use crate::model::{Advisory, AdvisoryId, FixState, ReportedSeverity, SystemId};

/// What is the same for all advisories of a report.
pub struct ReportFacts<'a> {
    /// The id of the program.
    pub program: &'a str,
    /// If the file says it.
    pub scanned_on: Option<NaiveDate>,
    pub orders: &'a DayOrders,
}

/// An advisory as the rows so far describe it.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    title: String,
    systems: BTreeSet<SystemId>,
    pub score: Option<Score>,
    severity: Option<ReportedSeverity>,
    epss_per_100_000: Option<u32>,
    is_exploited: bool,
    fix: FixState,
    fixed_on: Option<WrittenDay>,
    pub published_on: Option<WrittenDay>,
    due_on: Option<NaiveDate>,
    vendor: String,
    product: String,
}

impl Draft {
    /// Adds what a row says. The newest version of CVSS counts, of it the highest score; the first title and product.
    pub fn add(&mut self, row: &FindingRow, systems: &BTreeSet<SystemId>) {
        for (own, other) in
            [(&mut self.title, &row.title), (&mut self.vendor, &row.vendor), (&mut self.product, &row.product)]
        {
            if own.is_empty() {
                own.clone_from(other);
            }
        }
        self.systems.extend(systems.iter().cloned());
        self.score = self.score.max(row.score);
        self.severity = self.severity.max(row.severity);
        self.epss_per_100_000 = self.epss_per_100_000.max(row.epss_per_100_000);
        self.is_exploited |= row.is_exploited;
        self.fix = better_fix(self.fix, row.fix);
        self.fixed_on = earliest(self.fixed_on, row.fixed_on);
        self.published_on = earliest(self.published_on, row.published_on);
        self.due_on = earlier(self.due_on, row.due_on);
    }

    /// A new advisory. `seen_on` stands for the day of publication if no row gives it.
    pub fn new_advisory(&self, id: AdvisoryId, report: &ReportFacts<'_>, seen_on: NaiveDate) -> Advisory {
        let title = if self.title.is_empty() { id.as_str().to_uppercase() } else { self.title.clone() };
        let mut advisory = Advisory::new(id, &title, self.published_on(report.orders).unwrap_or(seen_on));
        advisory.vendor.clone_from(&self.vendor);
        advisory.product.clone_from(&self.product);
        self.update(&mut advisory, report);
        advisory
    }

    /// The day of publication. If it can be two days, the later one: it was published by then, and a file that knows the
    /// day makes it earlier.
    fn published_on(&self, orders: &DayOrders) -> Option<NaiveDate> {
        self.published_on.map(|written| written.on(orders.published()))
    }

    /// The two days that one of its dates can be, if nothing decides which.
    pub fn unclear(&self, orders: &DayOrders) -> Option<(NaiveDate, NaiveDate)> {
        let dates = [(self.published_on, orders.published()), (self.fixed_on, orders.fixed())];
        dates.into_iter().filter(|(_, order)| order.is_none()).find_map(|(written, _)| written?.two_days())
    }

    /// Adds to an advisory of the plan what it does not have yet. What people or earlier files wrote stays, except that
    /// the earliest day of publication counts, since files without one give it that of their scan; and EPSS changes from
    /// day to day.
    pub fn update(&self, advisory: &mut Advisory, report: &ReportFacts<'_>) {
        if advisory.title == advisory.id.as_str().to_uppercase() && !self.title.is_empty() {
            advisory.title.clone_from(&self.title);
        }
        let published_on = self.published_on(report.orders).or(report.scanned_on);
        advisory.published_on = earlier(Some(advisory.published_on), published_on).unwrap_or(advisory.published_on);
        advisory.cvss_tenths = advisory.cvss_tenths.or(self.score.map(|score| score.tenths));
        advisory.reported_severity = advisory.reported_severity.or(self.severity.filter(|_| self.score.is_none()));
        advisory.epss_per_100_000 = self.epss_per_100_000.or(advisory.epss_per_100_000);
        advisory.is_exploited |= self.is_exploited;
        let fixed_on = self.fixed_on.map(|written| written.on(report.orders.fixed()));
        advisory.fix = better_fix(advisory.fix, self.fix);
        if let FixState::Available { on } = &mut advisory.fix {
            *on = earlier(*on, fixed_on);
        }
        advisory.due_on = advisory.due_on.or(self.due_on);
        advisory.systems.extend(self.systems.iter().cloned());
        advisory.systems.sort();
        advisory.systems.dedup();
        if let Err(position) = advisory.reported_by.binary_search_by(|each| each.as_str().cmp(report.program)) {
            advisory.reported_by.insert(position, report.program.to_owned());
        }
    }
}

fn earliest(a: Option<WrittenDay>, b: Option<WrittenDay>) -> Option<WrittenDay> {
    a.into_iter().chain(b).reduce(WrittenDay::earliest)
}

fn earlier(a: Option<NaiveDate>, b: Option<NaiveDate>) -> Option<NaiveDate> {
    a.into_iter().chain(b).min()
}

/// A fix that anybody has seen is available; the earliest day counts.
fn better_fix(a: FixState, b: FixState) -> FixState {
    match (a, b) {
        (FixState::Available { on: a }, FixState::Available { on: b }) => FixState::Available { on: earlier(a, b) },
        (available @ FixState::Available { .. }, _) | (_, available @ FixState::Available { .. }) => available,
        (FixState::Missing, _) | (_, FixState::Missing) => FixState::Missing,
        (FixState::Unknown, FixState::Unknown) => FixState::Unknown,
    }
}
