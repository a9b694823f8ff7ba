//! ScoutSuite: configuration checks of cloud accounts (<https://github.com/nccgroup/ScoutSuite/wiki>).

mod read;

use super::findings::HOSTS;
use super::system::{ConnectedSystem, Instruction};
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "scoutsuite",
    name: "ScoutSuite",
    reads: &[&REPORT],
    foreign: &[],
    writes: &[],
    get: &[Instruction {
        what: "An account",
        how: "scout aws: the file scoutsuite-results/scoutsuite_results_aws-ACCOUNT.js",
    }],
    apply: &[],
};

pub static REPORT: ImportKind = ImportKind {
    id: "scoutsuite",
    topic: Topic::Advisories,
    name: "results of ScoutSuite (JavaScript)",
    help: "Counts configuration checks by severity; they become no advisories",
    endings: &["js"],
    options: &[HOSTS],
    sniff: read::sniff,
    layout: None,
    read: read::read,
};
