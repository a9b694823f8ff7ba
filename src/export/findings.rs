//! Findings as a list: for people (text) and machines (JSON).

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use super::text::one_line;
use crate::checks::{Context, Finding, Findings, Severity, fold};
use crate::model::Acceptance;
use crate::schedule::Schedule;
use crate::wording::{counted, date};

/// One finding. The fields' names are the keys that others read: they stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingRow {
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
    /// The record that it comes from, maybe with others: "freeze year-end".
    pub cause: String,
    /// Whether the program offers a fix.
    pub fix: bool,
    /// Who has accepted it, where somebody has.
    pub accepted: Option<AcceptedRow>,
}

/// Why a finding asks for nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AcceptedRow {
    pub reason: String,
    pub by: String,
    /// The last day on which it holds.
    pub until: NaiveDate,
}

impl AcceptedRow {
    fn of(acceptance: &Acceptance) -> Self {
        let Acceptance { reason, by, until, .. } = acceptance;
        Self { reason: reason.clone(), by: by.clone(), until: *until }
    }
}

/// One row a finding, worst first.
pub fn rows(schedule: &Schedule, today: NaiveDate, findings: &Findings) -> Vec<FindingRow> {
    let cx = Context::new(schedule, today);
    let row = |finding: &Arc<Finding>| FindingRow {
        code: finding.rule.code,
        name: finding.rule.name,
        severity: finding.severity.name(),
        subject: finding.subject.to_string(),
        window: finding.window.as_ref().map(ToString::to_string),
        on: finding.on,
        other: finding.other.as_ref().map(ToString::to_string),
        message: finding.message.clone(),
        cause: finding.cause().to_string(),
        accepted: findings.accepted.holding(finding).map(|acceptance| AcceptedRow::of(acceptance)),
        fix: finding.fix(&cx).is_some(),
    };
    findings.list.iter().map(row).collect()
}

/// A JSON array of [`FindingRow`]s.
pub fn json(schedule: &Schedule, today: NaiveDate, findings: &Findings) -> String {
    super::json(&rows(schedule, today, findings))
}

/// One cause a line, or each finding, in aligned columns: first the open ones, then those that are accepted; and how
/// many there are.
pub fn text(schedule: &Schedule, today: NaiveDate, findings: &Findings, each: bool) -> String {
    if findings.list.is_empty() {
        return "No findings\n".to_owned();
    }
    let cx = Context::new(schedule, today);
    let parts = |is_open: bool| findings.list.iter().filter(move |finding| findings.is_open(finding) == is_open);
    let line = |first: &Finding, message: &str| {
        let kind = if findings.is_open(first) { first.severity.name() } else { "accepted" };
        let message = format!("{}{}", one_line(message), standing(findings, first));
        [kind.to_owned(), first.rule.code.to_owned(), message]
    };
    let lines = |is_open: bool| -> Vec<[String; 3]> {
        if each {
            parts(is_open).map(|finding| line(finding, &finding.message)).collect()
        } else {
            fold(parts(is_open)).iter().map(|cause| line(&cause.findings[0], cause.message(&cx))).collect()
        }
    };
    let lines = [lines(true), lines(false)].concat();
    format!("{}\n{}\n", super::aligned(&lines), counts(findings))
}

/// Who has accepted it, or had until lately.
fn standing(findings: &Findings, finding: &Finding) -> String {
    let words = |Acceptance { reason, by, until, .. }: &Acceptance, verb: &str| {
        format!(" ({verb} {} until {}: {})", one_line(by), date(*until), one_line(reason))
    };
    match (findings.accepted.holding(finding), findings.accepted.lapsed(finding)) {
        (Some(acceptance), _) => words(acceptance, "accepted by"),
        (None, Some(acceptance)) => words(acceptance, "was accepted by"),
        (None, None) => String::new(),
    }
}

/// "2 errors, 5 warnings, 0 notes, 3 accepted"
fn counts(findings: &Findings) -> String {
    let mut counts = Severity::ALL.map(|severity| counted(findings.count(severity), severity.name())).to_vec();
    if findings.accepted_count() > 0 {
        counts.push(format!("{} accepted", findings.accepted_count()));
    }
    counts.join(", ")
}
