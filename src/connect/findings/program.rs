//! The program that wrote a report.

/// A scanner or feed.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// The name space of its own ids, and what advisories remember: "nessus".
    pub id: &'static str,
    /// "Nessus"
    pub name: &'static str,
    /// What it scans: "host", "image".
    pub target: &'static str,
}
