//! Rapid7 Nexpose and InsightVM: reports of scanned hosts (<https://docs.rapid7.com/insightvm/report-templates-and-sections/>).

mod csv;
mod status;
mod xml;

use super::findings::{HOSTS, POTENTIAL, Program};
use super::system::{ConnectedSystem, Instruction};
use crate::connect::documents::table::ENDINGS;
use crate::connect::documents::xml::has_root;
use crate::import::{DATES, ForeignKind, ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "rapid7",
    name: "Rapid7 Nexpose, InsightVM",
    reads: &[&XML, &CSV],
    foreign: &[ForeignKind {
        id: "nexpose-simple-xml",
        what: "This is Nexpose's Simple XML Export, which has no details of vulnerabilities: choose XML Export 2.0",
        sniff: |head| has_root(head, "NeXposeSimpleXML"),
    }],
    writes: &[],
    get: &[
        Instruction { what: "Scanned hosts", how: "Reports, Create a report, Export, XML Export 2.0" },
        Instruction {
            what: "A table",
            how: "Reports, Create a report, Export, Basic Vulnerability Check Results (CSV)",
        },
    ],
    apply: &[],
};

const PROGRAM: Program = Program { id: "rapid7", name: "Rapid7", target: "host" };

pub static XML: ImportKind = ImportKind {
    id: "rapid7-xml",
    topic: Topic::Advisories,
    name: "a report of Nexpose or InsightVM (XML Export 2.0)",
    help: "One advisory for each CVE, or for each vulnerability without one; tests that found nothing are left out",
    endings: &["xml"],
    options: &[HOSTS, POTENTIAL],
    sniff: xml::sniff,
    layout: None,
    read: xml::read,
};

pub static CSV: ImportKind = ImportKind {
    id: "rapid7-csv",
    topic: Topic::Advisories,
    name: "a report of Nexpose or InsightVM (CSV)",
    help: "One advisory for each CVE, or for each vulnerability without one",
    endings: ENDINGS,
    options: &[HOSTS, POTENTIAL, DATES],
    sniff: csv::sniff,
    layout: None,
    read: csv::read,
};
