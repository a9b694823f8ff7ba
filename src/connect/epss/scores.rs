//! Joins scores with the advisories of the plan, by CVE.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::connect::findings::epss_per_100_000;
use crate::import::cves_in;
use crate::import::{ImportReport, Imported, Input, Tally};
use crate::model::{Advisory, Plan};
use crate::wording::date;

/// The rows of a file so far.
pub struct Scores<'a> {
    plan: &'a Plan,
    /// By CVE, in capitals.
    advisories: HashMap<String, &'a Arc<Advisory>>,
    report: ImportReport,
    cves: HashSet<String>,
    /// Each advisory once, with the last of its scores.
    found: HashMap<&'a str, (&'a Arc<Advisory>, u32)>,
}

impl<'a> Scores<'a> {
    pub fn new(kind: &str, input: &Input<'a>) -> Self {
        let plan = input.plan();
        let advisories = plan.advisories().iter().map(|advisory| (advisory.id.as_str().to_ascii_uppercase(), advisory));
        let (report, cves, found) = (ImportReport::new(kind), HashSet::new(), HashMap::new());
        Self { plan, advisories: advisories.collect(), report, cves, found }
    }

    pub fn add(&mut self, cve: &str, probability: &str) {
        self.report.rows += 1;
        *self.report.by_severity.entry("none").or_default() += 1;
        let Some(cve) = cves_in(cve).pop() else { return self.report.leave_out("without a CVE", 1) };
        let score = probability.trim().parse().ok().and_then(epss_per_100_000);
        match (self.advisories.get(&cve), score) {
            (_, None) => self.report.leave_out("without a score", 1),
            (None, Some(_)) => self.report.leave_out("of no advisory in the plan", 1),
            (Some(advisory), Some(score)) => {
                self.report.rows_imported += 1;
                self.found.insert(advisory.id.as_str(), (advisory, score));
            }
        }
        self.cves.insert(cve);
    }

    /// `scored_on`: the day of the scores, if the file says it.
    pub fn finish(mut self, scored_on: Option<NaiveDate>, remarks: Vec<String>) -> Imported {
        let (mut imported, mut tally) = (Imported::default(), Tally::default());
        self.report.cves = self.cves.len();
        self.report.cves_imported = self.found.len();
        self.report.items = self.found.len();
        let mut found: Vec<_> = self.found.into_values().collect();
        found.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
        for (advisory, score) in found {
            let advisory = Advisory { epss_per_100_000: Some(score), ..Advisory::clone(advisory) };
            tally.put(advisory, self.plan, &mut imported);
        }
        if let Some(scored_on) = scored_on {
            self.report.assumptions.push(format!("Scores of {}", date(scored_on)));
        }
        for remark in remarks {
            imported.warn(None, remark);
        }
        if self.report.items == 0 && self.report.rows > 0 {
            imported.warn(None, "No advisory of the plan is in this file: import advisories first");
        }
        imported.summary = tally.summary();
        imported.report = Some(self.report);
        imported
    }
}
