//! Findings as a list: for people (text) and machines (JSON).

use chrono::NaiveDate;
use serde::Serialize;

use super::text::one_line;
use crate::checks::{Context, Findings, Severity};
use crate::schedule::Schedule;

/// One finding. The fields' names are the keys that others read: they stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    pub code: &'static str,
    /// "rollback-does-not-fit"
    pub name: &'static str,
    /// "error", "warning" or "note".
    pub severity: &'static str,
    /// "window core-db"
    pub subject: String,
    /// The window's id, where it shows on one.
    pub window: Option<String>,
    /// The original date of the occurrence, where it is about one.
    pub on: Option<NaiveDate>,
    /// What else is involved: the freeze, the other window of an overlap.
    pub other: Option<String>,
    pub message: String,
    /// Whether the program offers a fix.
    pub fix: bool,
}

/// One row a finding, worst first.
pub fn rows(schedule: &Schedule, today: NaiveDate, findings: &Findings) -> Vec<Row> {
    let cx = Context::new(schedule, today);
    let row = |finding: &std::sync::Arc<crate::checks::Finding>| Row {
        code: finding.rule.code,
        name: finding.rule.name,
        severity: finding.severity.name(),
        subject: finding.subject.to_string(),
        window: finding.window.as_ref().map(ToString::to_string),
        on: finding.on,
        other: finding.other.as_ref().map(ToString::to_string),
        message: finding.message.clone(),
        fix: finding.fix(&cx).is_some(),
    };
    findings.list.iter().map(row).collect()
}

/// A JSON array of [`Row`]s.
pub fn json(schedule: &Schedule, today: NaiveDate, findings: &Findings) -> String {
    super::json(&rows(schedule, today, findings))
}

/// One finding a line, in aligned columns, and how many there are.
pub fn text(findings: &Findings) -> String {
    let line = |finding: &std::sync::Arc<crate::checks::Finding>| {
        [finding.severity.name().to_owned(), finding.rule.code.to_owned(), one_line(&finding.message)]
    };
    let lines: Vec<[String; 3]> = findings.list.iter().map(line).collect();
    if lines.is_empty() {
        return "No findings\n".to_owned();
    }
    let counts = Severity::ALL.map(|severity| super::text::counted(findings.count(severity), severity.name()));
    format!("{}\n{}\n", super::aligned(&lines), counts.join(", "))
}
