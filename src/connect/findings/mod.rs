//! Findings of scanners and feeds, and how they become advisories: one for each CVE, or for each finding without one.

mod collected;
mod cve;
mod draft;
mod hosts;
mod program;
mod row;

pub use collected::Findings;
pub use cve::cves_in;
pub use hosts::{HOSTS, HostIndex};
pub use program::Program;
pub use row::{FindingRow, Score, ScoreVersion};
