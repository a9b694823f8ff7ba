//! Findings of scanners and feeds, and how they become advisories: one for each CVE, or for each finding without one.

mod collected;
mod day_orders;
mod draft;
mod hosts;
mod potential;
mod program;
mod row;
mod severity;
mod vector;

pub use collected::Findings;
pub use hosts::{HOSTS, HostIndex};
pub use potential::{POTENTIAL, POTENTIAL_ONLY};
pub use program::Program;
pub use row::{FindingRow, Score, ScoreVersion, epss_per_100_000};
pub use severity::{severity_of_4, severity_of_5, severity_of_10, severity_of_word};
pub use vector::score_of_vector;
