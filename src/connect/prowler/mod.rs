//! Prowler: configuration checks of cloud accounts (<https://docs.prowler.com/user-guide/cli/tutorials/reporting>).

mod read;
mod table;

use super::findings::Program;
use super::system::{ConnectedSystem, Instruction};
use crate::connect::documents::table::ENDINGS;
use crate::connect::findings::{FindingRow, severity_of_word};
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "prowler",
    name: "Prowler",
    reads: &[&JSON, &TABLE],
    foreign: &[],
    writes: &[],
    get: &[Instruction { what: "An account", how: "prowler aws -M csv json-ocsf" }],
    apply: &[],
};

const PROGRAM: Program = Program { id: "prowler", name: "Prowler", target: "account" };

pub static JSON: ImportKind = ImportKind {
    id: "prowler",
    topic: Topic::Advisories,
    name: "a report of Prowler (JSON)",
    help: "Counts configuration checks by severity; they become no advisories",
    endings: &["json"],
    options: &[],
    sniff: read::sniff,
    layout: None,
    read: read::read,
};

pub static TABLE: ImportKind = ImportKind {
    id: "prowler-csv",
    topic: Topic::Advisories,
    name: "a report of Prowler (CSV)",
    help: "Counts configuration checks by severity; they become no advisories",
    endings: ENDINGS,
    options: &[],
    sniff: table::sniff,
    layout: None,
    read: table::read,
};

/// A check that is counted and left out.
fn row(status: &str, severity: &str, is_muted: bool) -> FindingRow {
    let reason = match status.to_ascii_lowercase().as_str() {
        _ if is_muted => "muted",
        "pass" | "passed" | "success" => "passed",
        "manual" | "info" => "checks to be made by a person",
        _ => "configuration checks: no patch",
    };
    FindingRow { severity: severity_of_word(severity), left_out: Some(reason), ..FindingRow::default() }
}
