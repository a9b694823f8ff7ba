//! Clair: reports of vulnerabilities in images (<https://quay.github.io/clair/>).

mod read;

use super::findings::HOSTS;
use super::system::{ConnectedSystem, Instruction};
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "clair",
    name: "Clair",
    reads: &[&REPORT],
    foreign: &[],
    writes: &[],
    get: &[Instruction { what: "An image", how: "clairctl report --out json IMAGE > report.json" }],
    apply: &[],
};

pub static REPORT: ImportKind = ImportKind {
    id: "clair",
    topic: Topic::Advisories,
    name: "a report of Clair (JSON)",
    help: "One advisory for each vulnerability; the image is its host",
    endings: &["json"],
    options: &[HOSTS],
    sniff: read::sniff,
    layout: None,
    read: read::read,
};
