//! SARIF: results of static analysis (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>).

mod read;

use super::findings::HOSTS;
use super::system::{ConnectedSystem, Instruction};
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "sarif",
    name: "SARIF",
    reads: &[&REPORT],
    foreign: &[],
    writes: &[],
    get: &[Instruction {
        what: "Any scanner that writes SARIF",
        how: "For example: trivy image -f sarif -o report.sarif IMAGE",
    }],
    apply: &[],
};

pub static REPORT: ImportKind = ImportKind {
    id: "sarif",
    topic: Topic::Advisories,
    name: "a report in SARIF with CVEs (JSON)",
    help: "One advisory for each CVE; findings in code, which no patch mends, are left out",
    endings: &["json"],
    options: &[HOSTS],
    sniff: read::sniff,
    layout: None,
    read: read::read,
};
