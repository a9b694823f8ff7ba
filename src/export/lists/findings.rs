//! The list of findings.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, json_rows};
use crate::checks::{Context, Finding, Findings, Severity, fold};
use crate::export::file::Output;
use crate::export::text::one_line;
use crate::model::Acceptance;
use crate::wording::{counted, date};

pub const OUTPUT: Output =
    Output { id: "findings", name: "List of findings", help: "What the checks found, errors first" };

/// A finding. Field names are keys for other programs and must not
/// change; the same holds for the record in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingRow {
    pub code: &'static str,
    /// "rollback-does-not-fit"
    pub name: &'static str,
    /// "error", "warning" or "note".
    pub severity: &'static str,
    /// "window core-db"
    pub subject: String,
    /// Id of the window on which it shows.
    pub window: Option<String>,
    /// The original date of the occurrence that it is about.
    pub on: Option<NaiveDate>,
    /// What else is involved, such as the freeze or the other window of an overlap.
    pub other: Option<String>,
    pub message: String,
    /// The record that it comes from, perhaps together with other findings: "freeze year-end".
    pub cause: String,
    /// Whether the program offers a fix.
    pub fix: bool,
    /// Who has accepted it, and why.
    pub accepted: Option<AcceptedRow>,
    /// Whether it is about what is still being entered. Such findings are counted apart.
    pub to_finish: bool,
}

/// Why a finding needs no action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AcceptedRow {
    pub reason: String,
    pub by: String,
    /// The last day on which it holds.
    pub until: NaiveDate,
}

impl AcceptedRow {
    fn new(acceptance: &Acceptance) -> Self {
        let Acceptance { reason, by, until, .. } = acceptance;
        Self { reason: reason.clone(), by: by.clone(), until: *until }
    }
}

const COLUMNS: [Column<FindingRow>; 14] = [
    Column("code", |row| row.code.into()),
    Column("name", |row| row.name.into()),
    Column("severity", |row| row.severity.into()),
    Column("subject", |row| (&row.subject).into()),
    Column("window", |row| Cell::from(&row.window)),
    Column("on", |row| Cell::from(&row.on)),
    Column("other", |row| Cell::from(&row.other)),
    Column("message", |row| (&row.message).into()),
    Column("cause", |row| (&row.cause).into()),
    Column("fix", |row| if row.fix { "yes" } else { "no" }.into()),
    Column("accepted_by", |row| row.accepted.as_ref().map_or(Cell::Empty, |accepted| (&accepted.by).into())),
    Column("accepted_until", |row| row.accepted.as_ref().map_or(Cell::Empty, |accepted| accepted.until.into())),
    Column("accepted_reason", |row| row.accepted.as_ref().map_or(Cell::Empty, |accepted| (&accepted.reason).into())),
    Column("to_finish", |row| if row.to_finish { "yes" } else { "no" }.into()),
];

/// All findings, worst first.
pub struct FindingList<'a> {
    pub context: &'a Context<'a>,
    pub findings: &'a Findings,
    /// Whether each finding has a separate line, instead of one line for all findings of a cause.
    pub each: bool,
}

/// A part of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FindingsPart {
    Open,
    /// About what is still being entered.
    ToFinish,
    Accepted,
}

impl FindingList<'_> {
    fn part(&self, finding: &Finding) -> FindingsPart {
        if !self.findings.is_open(finding) {
            return FindingsPart::Accepted;
        }
        if self.findings.unfinished.has(finding) { FindingsPart::ToFinish } else { FindingsPart::Open }
    }

    fn rows(&self) -> Vec<FindingRow> {
        self.findings.list.iter().map(|finding| self.row(finding)).collect()
    }

    fn row(&self, finding: &Arc<Finding>) -> FindingRow {
        let acceptance = self.findings.accepted.current(finding);
        FindingRow {
            code: finding.rule.code,
            name: finding.rule.name,
            severity: finding.severity.name(),
            subject: finding.subject.to_string(),
            window: finding.window.as_ref().map(ToString::to_string),
            on: finding.on,
            other: finding.other.as_ref().map(ToString::to_string),
            message: finding.message.clone(),
            cause: finding.cause().to_string(),
            accepted: acceptance.map(|acceptance| AcceptedRow::new(acceptance)),
            fix: finding.fix(self.context).is_some(),
            to_finish: self.part(finding) == FindingsPart::ToFinish,
        }
    }

    /// The lines of the findings of that part of the list.
    fn lines(&self, part: FindingsPart) -> Vec<Vec<String>> {
        let findings = self.findings.list.iter().filter(|finding| self.part(finding) == part);
        if self.each {
            return findings.map(|finding| self.line(finding, &finding.message)).collect();
        }
        fold(findings).iter().map(|cause| self.line(&cause.findings[0], cause.message(self.context))).collect()
    }

    fn line(&self, first: &Finding, message: &str) -> Vec<String> {
        let kind = match self.part(first) {
            FindingsPart::Open => first.severity.name(),
            FindingsPart::ToFinish => "to finish",
            FindingsPart::Accepted => "accepted",
        };
        let message = format!("{}{}", one_line(message), accepted_by(self.findings, first));
        vec![kind.to_owned(), first.rule.code.to_owned(), message]
    }
}

impl Listing for FindingList<'_> {
    /// The open findings, what is to finish, then the accepted ones, and how many there are. The columns need no names.
    fn page(&self) -> Page {
        if self.findings.list.is_empty() {
            return Page { lines: Vec::new(), closing: "No findings".to_owned() };
        }
        let parts = [FindingsPart::Open, FindingsPart::ToFinish, FindingsPart::Accepted];
        Page { lines: parts.map(|part| self.lines(part)).concat(), closing: counts(self.findings) }
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    fn table(&self) -> Table {
        Table::new(&COLUMNS, &self.rows())
    }
}

/// Who has accepted it, or had until the acceptance ran out.
fn accepted_by(findings: &Findings, finding: &Finding) -> String {
    let words = |Acceptance { reason, by, until, .. }: &Acceptance, verb: &str| {
        format!(" ({verb} {} until {}: {})", one_line(by), date(*until), one_line(reason))
    };
    match (findings.accepted.current(finding), findings.accepted.expired(finding)) {
        (Some(acceptance), _) => words(acceptance, "accepted by"),
        (None, Some(acceptance)) => words(acceptance, "was accepted by"),
        (None, None) => String::new(),
    }
}

/// "2 errors, 5 warnings, 0 notes, 4 to finish, 3 accepted"
fn counts(findings: &Findings) -> String {
    let mut counts = Severity::ALL.map(|severity| counted(findings.count(severity), severity.name())).to_vec();
    if findings.unfinished_count() > 0 {
        counts.push(format!("{} to finish", findings.unfinished_count()));
    }
    if findings.accepted_count() > 0 {
        counts.push(format!("{} accepted", findings.accepted_count()));
    }
    counts.join(", ")
}
