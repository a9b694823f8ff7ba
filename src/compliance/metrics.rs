//! Figures over a period: how long patching took, and how often it failed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::figures::{Figures, percent};
use super::item::Item;
use crate::model::UtcMinute;
use crate::schedule::{Schedule, result_times};

/// The figures beside the targets. None of what was not counted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Metrics {
    /// From publication, or the fix if that came later, until it was done: the mean of all items done in the period.
    pub mean_days_to_patch: Option<f64>,
    /// Of the hosts that were attempted in the period.
    pub failure_percent: Option<f64>,
    /// Of the reboots that were attempted in the period.
    pub reboot_success_percent: Option<f64>,
    /// Of the items with the severity "Critical" that were due.
    pub critical_in_time_percent: Option<f64>,
    /// Of the items with the severity "High" that were due.
    pub high_in_time_percent: Option<f64>,
    /// The mean of each severity, by its name, to be compared with its deadline.
    #[serde(skip)]
    pub mean_days_by_severity: BTreeMap<String, f64>,
}

/// Both ends are included.
#[derive(Clone, Copy, Debug)]
pub struct PeriodOfWork {
    pub from_at: UtcMinute,
    pub to_at: UtcMinute,
}

impl PeriodOfWork {
    fn contains(self, at: UtcMinute) -> bool {
        self.from_at <= at && at <= self.to_at
    }
}

/// A sum of days, and how many there are.
#[derive(Default)]
struct Days {
    minutes: i64,
    count: i64,
}

impl Days {
    fn add(&mut self, minutes: i32) {
        self.minutes += i64::from(minutes);
        self.count += 1;
    }

    /// In days, with two decimals.
    fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| {
            let days = self.minutes as f64 / self.count as f64 / (24.0 * 60.0);
            (days * 100.0).round() / 100.0
        })
    }
}

impl Metrics {
    pub(super) fn new(
        schedule: &Schedule,
        items: &[Item<'_>],
        by_severity: &BTreeMap<String, Figures>,
        period: PeriodOfWork,
    ) -> Self {
        let mut all = Days::default();
        let mut of_severity = BTreeMap::<String, Days>::new();
        for item in items {
            let Some(done) = item.done.filter(|done| period.contains(done.at)) else { continue };
            let minutes = done.at.since(item.counts_from_at);
            all.add(minutes);
            if let Some(severity) = item.severity {
                of_severity.entry(severity.name.clone()).or_default().add(minutes);
            }
        }
        let (mut attempted, mut failed, mut reboots, mut successful) = (0, 0, 0, 0);
        for result in schedule.plan.results() {
            if period.contains(result_times(schedule, result).1) {
                attempted += u64::from(result.tried());
                failed += u64::from(result.failed);
                reboots += u64::from(result.reboots_attempted.max(result.reboots_successful));
                successful += u64::from(result.reboots_successful);
            }
        }
        let in_time = |name: &str| {
            let (_, figures) = by_severity.iter().find(|(severity, _)| severity.eq_ignore_ascii_case(name))?;
            percent(figures.in_time, figures.due())
        };
        let means = of_severity.into_iter().filter_map(|(name, days)| Some((name, days.mean()?)));
        Self {
            mean_days_to_patch: all.mean(),
            failure_percent: percent(failed, attempted),
            reboot_success_percent: percent(successful, reboots),
            critical_in_time_percent: in_time("Critical"),
            high_in_time_percent: in_time("High"),
            mean_days_by_severity: means.collect(),
        }
    }
}
