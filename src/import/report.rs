//! The report of an import: what a file is, what is in it, and what became of it, in numbers.

use std::collections::BTreeMap;

use serde::Serialize;

/// What an import says about a file. On the command line, `--format json` prints it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ImportReport {
    /// The version of this form.
    pub version: u8,
    /// What the file is: the id of its kind, "nessus-xml".
    pub kind: String,
    /// The rows, entries or elements that the file has.
    pub rows: usize,
    /// Together with all counts of `left_out`, these are the rows.
    pub rows_imported: usize,
    /// Distinct things that the imported rows are about: advisories, systems, windows, notices.
    pub items: usize,
    /// Distinct CVE ids in the vulnerability fields of all rows, also of those that are left out.
    pub cves: usize,
    pub cves_imported: usize,
    /// Distinct hosts that the rows name.
    pub hosts: usize,
    /// The groups of an inventory, as its program counts them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<usize>,
    /// Those of them that are known to belong to a system.
    pub matched_hosts: usize,
    /// How many of all rows have each severity: "critical", "high", "medium", "low", "none".
    pub by_severity: BTreeMap<&'static str, usize>,
    pub left_out: Vec<LeftOut>,
    /// The hosts of no known system, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unmatched_hosts: Vec<String>,
    /// The circuits of no known system, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unmatched_circuits: Vec<String>,
    pub warnings: Vec<String>,
    /// What was assumed or chosen while reading: the zone of times, the scores that were used. As sentences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notices: Option<Vec<NoticeReport>>,
    /// Only rows are counted: the warnings and the list of records say more.
    #[serde(skip)]
    pub counts_only_rows: bool,
    /// Why the file as a whole was refused. All counts are 0 then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// Rows that were left out for the same reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    pub reason: String,
    pub count: usize,
}

/// A notice of a carrier as a file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoticeReport {
    pub provider: String,
    pub id: String,
    /// -1 if the file does not say it.
    pub sequence: i64,
    /// As written: "CONFIRMED". "NO-CHANGE" if the file does not say it.
    pub status: String,
    /// RFC 3339, in UTC.
    pub start: Option<String>,
    pub end: Option<String>,
    pub circuits: Vec<String>,
    /// Ids of the plan's systems behind these circuits.
    pub systems: Vec<String>,
    /// It takes away an earlier notice, or would.
    pub removed: bool,
}

impl ImportReport {
    pub const VERSION: u8 = 1;

    pub fn new(kind: &str) -> Self {
        Self { version: Self::VERSION, kind: kind.to_owned(), ..Self::default() }
    }

    /// Of a file that is not imported.
    pub fn refused(kind: &str, reason: String) -> Self {
        Self { refused: Some(reason), ..Self::new(kind) }
    }

    /// Counts rows that are left out.
    pub fn leave_out(&mut self, reason: &str, count: usize) {
        match self.left_out.iter_mut().find(|left_out| left_out.reason == reason) {
            Some(left_out) => left_out.count += count,
            None if count > 0 => self.left_out.push(LeftOut { reason: reason.to_owned(), count }),
            None => {}
        }
    }

    /// As JSON with line ends, as the command line prints it.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}
