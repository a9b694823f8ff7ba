//! Grype: reports of vulnerabilities in images and file systems (<https://oss.anchore.com/docs/reference/grype/json/latest/>).

mod read;

use super::findings::HOSTS;
use super::system::{ConnectedSystem, Instruction};
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "grype",
    name: "Grype",
    reads: &[&REPORT],
    foreign: &[],
    writes: &[],
    get: &[Instruction { what: "An image", how: "grype IMAGE -o json > report.json" }],
    apply: &[],
};

pub static REPORT: ImportKind = ImportKind {
    id: "grype",
    topic: Topic::Advisories,
    name: "a report of Grype (JSON)",
    help: "One advisory for each vulnerability; the image or folder is its host",
    endings: &["json"],
    options: &[HOSTS],
    sniff: read::sniff,
    layout: None,
    read: read::read,
};
