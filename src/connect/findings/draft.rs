//! What a report says about one advisory, gathered from its rows.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::row::{FindingRow, Score};
use crate::model::{Advisory, AdvisoryId, FixState, ReportedSeverity, SystemId};

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
    pub published_on: Option<NaiveDate>,
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
        self.published_on = earlier(self.published_on, row.published_on);
        self.due_on = earlier(self.due_on, row.due_on);
    }

    /// A new advisory. `seen_on` stands for the day of publication if no row gives it.
    pub fn new_advisory(&self, id: AdvisoryId, program: &str, seen_on: NaiveDate) -> Advisory {
        let title = if self.title.is_empty() { id.as_str().to_uppercase() } else { self.title.clone() };
        let mut advisory = Advisory::new(id, &title, self.published_on.unwrap_or(seen_on));
        advisory.vendor.clone_from(&self.vendor);
        advisory.product.clone_from(&self.product);
        self.update(&mut advisory, program);
        advisory
    }

    /// Adds to an advisory of the plan what it does not have yet. What people or earlier files wrote stays; only EPSS
    /// changes from day to day.
    pub fn update(&self, advisory: &mut Advisory, program: &str) {
        advisory.cvss_tenths = advisory.cvss_tenths.or(self.score.map(|score| score.tenths));
        advisory.reported_severity = advisory.reported_severity.or(self.severity.filter(|_| self.score.is_none()));
        advisory.epss_per_100_000 = self.epss_per_100_000.or(advisory.epss_per_100_000);
        advisory.is_exploited |= self.is_exploited;
        advisory.fix = better_fix(advisory.fix, self.fix);
        advisory.due_on = advisory.due_on.or(self.due_on);
        advisory.systems.extend(self.systems.iter().cloned());
        advisory.systems.sort();
        advisory.systems.dedup();
        if let Err(position) = advisory.reported_by.binary_search_by(|each| each.as_str().cmp(program)) {
            advisory.reported_by.insert(position, program.to_owned());
        }
    }
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
