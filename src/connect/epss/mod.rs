//! EPSS: the probability that a vulnerability is exploited within 30 days (<https://www.first.org/epss/data_stats>).

mod answer;
mod scores;
mod table;

use super::system::{ConnectedSystem, Instruction};
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "epss",
    name: "EPSS",
    reads: &[&TABLE, &ANSWER],
    foreign: &[],
    writes: &[],
    get: &[
        Instruction {
            what: "All scores of today",
            how: "curl -LO https://epss.empiricalsecurity.com/epss_scores-current.csv.gz",
        },
        Instruction { what: "Some CVEs", how: "curl https://api.first.org/data/v1/epss?cve=CVE,CVE > epss.json" },
    ],
    apply: &[],
};

pub static TABLE: ImportKind = ImportKind {
    id: "epss",
    topic: Topic::Advisories,
    name: "EPSS scores (CSV, also packed as .gz)",
    help: "Adds the score to the advisories of the plan; new ones are not made of it",
    endings: &["csv", "gz", "xlsx", "xlsm", "xlsb", "xls", "ods"],
    options: &[],
    sniff: table::sniff,
    layout: None,
    read: table::read,
};

pub static ANSWER: ImportKind = ImportKind {
    id: "epss-api",
    topic: Topic::Advisories,
    name: "an answer of the EPSS API (JSON)",
    help: "Adds the score to the advisories of the plan; new ones are not made of it",
    endings: &["json"],
    options: &[],
    sniff: answer::sniff,
    layout: None,
    read: answer::read,
};
