//! Nessus and Tenable: reports of scanned hosts (<https://docs.tenable.com/nessus/Content/ExportAScanReport.htm>).

mod csv;
mod xml;

use super::findings::{HOSTS, Program};
use super::system::{ConnectedSystem, Instruction};
use crate::connect::documents::table::ENDINGS;
use crate::import::{DATES, ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "nessus",
    name: "Nessus, Tenable",
    reads: &[&XML, &CSV],
    foreign: &[],
    writes: &[],
    get: &[
        Instruction { what: "A scan", how: "In the scan: Export, Nessus (or CSV)" },
        Instruction {
            what: "All hosts of Tenable Security Center",
            how: "Analysis, Vulnerabilities, Options, Export as CSV",
        },
    ],
    apply: &[],
};

const PROGRAM: Program = Program { id: "nessus", name: "Nessus", target: "host" };

pub static XML: ImportKind = ImportKind {
    id: "nessus-xml",
    topic: Topic::Advisories,
    name: "a report of Nessus (.nessus)",
    help: "One advisory for each CVE, or for each plugin without one; items for information are left out",
    endings: &["nessus", "xml"],
    options: &[HOSTS],
    sniff: xml::sniff,
    layout: None,
    read: xml::read,
};

pub static CSV: ImportKind = ImportKind {
    id: "nessus-csv",
    topic: Topic::Advisories,
    name: "a report of Nessus or Tenable (CSV)",
    help: "One advisory for each CVE, or for each plugin without one; items for information are left out",
    endings: ENDINGS,
    options: &[HOSTS, DATES],
    sniff: csv::sniff,
    layout: None,
    read: csv::read,
};

/// Why rows are left out.
const INFORMATION: &str = "information only";
const COMPLIANCE: &str = "configuration checks: no patch";
