//! Qualys: reports of scanned hosts (<https://docs.qualys.com/en/vm/latest/reports/reports.htm>).

mod assets;
mod csv;
mod scan;
mod xml;

use super::findings::{FindingRow, HOSTS, POTENTIAL, POTENTIAL_ONLY, Program};
use super::system::{ConnectedSystem, Instruction};
use crate::connect::documents::table::ENDINGS;
use crate::import::{DATES, ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "qualys",
    name: "Qualys",
    reads: &[&XML, &CSV],
    foreign: &[],
    writes: &[],
    get: &[
        Instruction {
            what: "A report of hosts",
            how: "Reports, New, Scan Report (Host Based Findings), format CSV or XML",
        },
        Instruction { what: "The vulnerabilities of VMDR", how: "VMDR, Vulnerabilities, Download, CSV" },
    ],
    apply: &[],
};

const PROGRAM: Program = Program { id: "qualys", name: "Qualys", target: "host" };

pub static XML: ImportKind = ImportKind {
    id: "qualys-xml",
    topic: Topic::Advisories,
    name: "a report of Qualys (XML)",
    help: "One advisory for each CVE, or for each QID without one; what is fixed or only information is left out",
    endings: &["xml"],
    options: &[HOSTS, POTENTIAL, DATES],
    sniff: xml::sniff,
    layout: None,
    read: xml::read,
};

pub static CSV: ImportKind = ImportKind {
    id: "qualys-csv",
    topic: Topic::Advisories,
    name: "a report of Qualys (CSV)",
    help: "One advisory for each CVE, or for each QID without one; what is fixed or only information is left out",
    endings: ENDINGS,
    options: &[HOSTS, POTENTIAL, DATES],
    sniff: csv::sniff,
    layout: None,
    read: csv::read,
};

/// What Qualys calls a detection: "Vuln", "Practice" (it could be one), "Ig" (information gathered); or in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Detection {
    #[default]
    Confirmed,
    Potential,
    Information,
}

impl Detection {
    fn parse(text: &str) -> Self {
        let text = text.trim().to_ascii_lowercase();
        match text.as_str() {
            "ig" | "info" | "service" => Self::Information,
            "practice" | "potential" => Self::Potential,
            _ if text.starts_with("information") => Self::Information,
            _ if text.starts_with("potential") => Self::Potential,
            _ => Self::Confirmed,
        }
    }
}

/// Completes a row by what Qualys says about the state of a detection.
fn with_state(row: FindingRow, detection: Detection, status: &str, has_potential: bool) -> FindingRow {
    let left_out = match detection {
        _ if status.trim().eq_ignore_ascii_case("fixed") => Some("fixed"),
        Detection::Information => Some("information only"),
        Detection::Potential if !has_potential => Some(POTENTIAL_ONLY),
        Detection::Potential | Detection::Confirmed => None,
    };
    FindingRow { left_out: row.left_out.or(left_out), ..row }
}
