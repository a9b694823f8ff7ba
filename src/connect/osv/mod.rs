//! OSV: records of open source vulnerabilities (<https://ossf.github.io/osv-schema/>), and reports of osv-scanner.

mod read;
mod record;
mod scanner;

use super::findings::HOSTS;
use super::system::{ConnectedSystem, Instruction};
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "osv",
    name: "OSV",
    reads: &[&SCANNER, &RECORDS],
    foreign: &[],
    writes: &[],
    get: &[
        Instruction { what: "A project", how: "osv-scanner scan source -r --format json FOLDER > report.json" },
        Instruction { what: "A vulnerability", how: "curl https://api.osv.dev/v1/vulns/ID > record.json" },
    ],
    apply: &[],
};

pub static SCANNER: ImportKind = ImportKind {
    id: "osv-scanner",
    topic: Topic::Advisories,
    name: "a report of osv-scanner (JSON)",
    help: "One advisory for each CVE, or for each OSV id without one; the scanned file is its host",
    endings: &["json"],
    options: &[HOSTS],
    sniff: scanner::sniff,
    layout: None,
    read: scanner::read,
};

pub static RECORDS: ImportKind = ImportKind {
    id: "osv",
    topic: Topic::Advisories,
    name: "records of OSV (JSON)",
    help: "One advisory for each CVE, or for each OSV id without one, unless it is withdrawn",
    endings: &["json", "jsonl"],
    options: &[HOSTS],
    sniff: read::sniff,
    layout: None,
    read: read::read,
};
