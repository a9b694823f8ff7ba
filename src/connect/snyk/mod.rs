//! Snyk: reports of vulnerabilities in projects and images (<https://docs.snyk.io/developer-tools/snyk-cli/commands/test>).

mod read;

use super::findings::HOSTS;
use super::system::{ConnectedSystem, Instruction};
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "snyk",
    name: "Snyk",
    reads: &[&REPORT],
    foreign: &[],
    writes: &[],
    get: &[Instruction { what: "A project", how: "snyk test --all-projects --json > report.json" }],
    apply: &[],
};

pub static REPORT: ImportKind = ImportKind {
    id: "snyk",
    topic: Topic::Advisories,
    name: "a report of Snyk (JSON)",
    help: "One advisory for each CVE, or for each id of Snyk without one; the project or image is its host",
    endings: &["json"],
    options: &[HOSTS],
    sniff: read::sniff,
    layout: None,
    read: read::read,
};
