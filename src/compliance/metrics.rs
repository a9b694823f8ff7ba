//! Figures over a period: how long patching took, and how often it failed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::figures::{Figures, percent};
use super::period::Attempts;
use crate::model::Policy;

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

/// The times to patch, all and by the index of the severity.
pub struct DaysToPatch {
    all: Days,
    by_severity: Vec<Days>,
}

impl DaysToPatch {
    pub fn new(severities: usize) -> Self {
        Self { all: Days::default(), by_severity: (0..severities).map(|_| Days::default()).collect() }
    }

    pub fn add(&mut self, severity: Option<u16>, minutes: i32) {
        self.all.add(minutes);
        if let Some(days) = severity.and_then(|index| self.by_severity.get_mut(usize::from(index))) {
            days.add(minutes);
        }
    }
}

impl Metrics {
    pub(super) fn new(
        policy: &Policy,
        days: DaysToPatch,
        attempts: Attempts,
        by_severity: &BTreeMap<String, Figures>,
    ) -> Self {
        let mut of_severity = BTreeMap::<String, Days>::new();
        for (severity, days) in policy.severities.iter().zip(days.by_severity) {
            let all = of_severity.entry(severity.name.clone()).or_default();
            (all.minutes, all.count) = (all.minutes + days.minutes, all.count + days.count);
        }
        let in_time = |name: &str| {
            let (_, figures) = by_severity.iter().find(|(severity, _)| severity.eq_ignore_ascii_case(name))?;
            percent(figures.in_time, figures.due())
        };
        let means = of_severity.into_iter().filter_map(|(name, days)| Some((name, days.mean()?)));
        Self {
            mean_days_to_patch: days.all.mean(),
            failure_percent: percent(attempts.failed, attempts.hosts),
            reboot_success_percent: percent(attempts.successful, attempts.reboots),
            critical_in_time_percent: in_time("Critical"),
            high_in_time_percent: in_time("High"),
            mean_days_by_severity: means.collect(),
        }
    }
}
