//! One row of a report: a finding on a host, in a form that all scanners share.

use chrono::NaiveDate;

use crate::connect::documents::days::WrittenDay;
use crate::model::{FixState, ReportedSeverity};

/// A row, an entry or an element of a report.
#[derive(Clone, Debug, Default)]
pub struct FindingRow {
    /// Its vulnerabilities by their CVE ids. A row with several becomes several advisories.
    pub cves: Vec<String>,
    /// The scanner's own id with its name space, for rows without a CVE: "nessus:51192", "GHSA-…".
    pub own_id: String,
    pub title: String,
    /// The hosts, images or projects that it is about. Each by all its names; the first tells it apart from others.
    pub hosts: Vec<Vec<String>>,
    pub score: Option<Score>,
    /// In the words of the report.
    pub severity: Option<ReportedSeverity>,
    /// EPSS in 100,000ths.
    pub epss_per_100_000: Option<u32>,
    pub is_exploited: bool,
    pub fix: FixState,
    /// Since when there is a fix, if `fix` does not say it.
    pub fixed_on: Option<WrittenDay>,
    pub published_on: Option<WrittenDay>,
    /// Set by its publisher.
    pub due_on: Option<NaiveDate>,
    pub vendor: String,
    pub product: String,
    /// Why it becomes no advisory, if it does not: "information only".
    pub left_out: Option<&'static str>,
}

/// A CVSS base score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score {
    pub version: ScoreVersion,
    /// 98 is 9.8.
    pub tenths: u8,
}

/// Newer versions count before older ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScoreVersion {
    /// The report does not say which.
    Unknown,
    V2,
    V3,
    V4,
}

impl Score {
    /// Reads a score that a report writes as a number, or as a number before its vector: "8.1 (AV:N/AC:H)". "0", "None", "-"
    /// and empty texts mean that nobody rated it.
    pub fn parse(version: ScoreVersion, text: &str) -> Option<Self> {
        Self::new(version, text.split_whitespace().next()?.replace(',', ".").parse().ok()?)
    }

    /// A score from 0.1 to 10.0; 0 means that nobody rated it.
    pub fn new(version: ScoreVersion, score: f64) -> Option<Self> {
        let tenths = (score * 10.0).round();
        (1.0..=100.0).contains(&tenths).then_some(Self { version, tenths: tenths as u8 })
    }
}

impl ScoreVersion {
    /// "CVSS 3"
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "CVSS",
            Self::V2 => "CVSS 2",
            Self::V3 => "CVSS 3",
            Self::V4 => "CVSS 4",
        }
    }
}

/// EPSS in 100,000ths. None for anything else than a probability.
pub fn epss_per_100_000(probability: f64) -> Option<u32> {
    (0.0..=1.0).contains(&probability).then(|| (probability * 100_000.0).round() as u32)
}

impl FindingRow {
    /// By the word of the report, else by the score.
    pub fn severity(&self) -> Option<ReportedSeverity> {
        self.severity.or_else(|| ReportedSeverity::of_cvss_tenths(self.score?.tenths))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_scores_are_read() {
        let tenths = |text: &str| Score::parse(ScoreVersion::V3, text).map(|score| score.tenths);
        assert_eq!(["9.8", "10", " 7,5 ", "0.1 (AV:N)"].map(tenths), [Some(98), Some(100), Some(75), Some(1)]);
        assert_eq!(["0", "0.0", "", "None", "-", "10.1", "-1", "NaN", "inf"].map(tenths), [None; 9]);
    }
}
