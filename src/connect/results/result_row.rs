//! A row of a report of results.

use chrono::NaiveDate;

use super::times::ReportedTime;

/// What a report says about one host, or about a system as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResultRow {
    /// Its line, if the report has lines.
    pub line: Option<usize>,
    /// The names and addresses of the host, the best first. Empty if the row is about all systems of the window.
    pub names: Vec<String>,
    pub outcome: HostOutcome,
    pub reboots_attempted: u32,
    pub reboots_successful: u32,
    pub started_at: Option<ReportedTime>,
    pub ended_at: Option<ReportedTime>,
    /// When the report was made. It tells the occurrence if no other time does.
    pub seen_at: Option<ReportedTime>,
    pub is_rolled_back: bool,
    /// Why hosts were skipped.
    pub reason: String,
    /// The window, by id or name, and the date, if the row says them.
    pub window: String,
    pub on: Option<NaiveDate>,
    /// Why the row is left out.
    pub left_out: Option<&'static str>,
}

/// How many hosts a row is about, and what became of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostOutcome {
    /// One host.
    Patched,
    Failed,
    Skipped,
    /// Several hosts of a system.
    Counted {
        attempted: u32,
        patched: u32,
        failed: u32,
        skipped: u32,
    },
    /// All hosts of the system, with that outcome.
    All {
        is_patched: bool,
    },
}

impl Default for HostOutcome {
    fn default() -> Self {
        Self::Counted { attempted: 0, patched: 0, failed: 0, skipped: 0 }
    }
}
