//! AWS Inspector, and findings in the format of AWS Security Hub (ASFF).

mod asff;
mod read;

use super::findings::HOSTS;
use super::system::{ConnectedSystem, Instruction};
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "inspector",
    name: "AWS Inspector",
    reads: &[&FINDINGS, &ASFF],
    foreign: &[],
    writes: &[],
    get: &[
        Instruction { what: "The findings of an account", how: "aws inspector2 list-findings > findings.json" },
        Instruction { what: "The findings of Security Hub", how: "aws securityhub get-findings > findings.json" },
    ],
    apply: &[],
};

pub static FINDINGS: ImportKind = ImportKind {
    id: "inspector",
    topic: Topic::Advisories,
    name: "findings of AWS Inspector (JSON)",
    help: "One advisory for each CVE of active findings; instances and images are the hosts",
    endings: &["json"],
    options: &[HOSTS],
    sniff: read::sniff,
    layout: None,
    read: read::read,
};

pub static ASFF: ImportKind = ImportKind {
    id: "asff",
    topic: Topic::Advisories,
    name: "findings of AWS Security Hub (ASFF, JSON)",
    help: "One advisory for each CVE of active findings; configuration checks are left out",
    endings: &["json", "jsonl"],
    options: &[HOSTS],
    sniff: asff::sniff,
    layout: None,
    read: asff::read,
};

/// The names of a resource: its ARN, and what comes after the last slash or colon of it.
fn resource_names(id: &str) -> Vec<String> {
    let short = id.rsplit(['/', ':']).next().unwrap_or_default();
    let mut names = vec![id.to_owned()];
    if short != id && !short.is_empty() {
        names.push(short.to_owned());
    }
    names
}

/// The version of CVSS that a text begins with.
fn score_version(version: &str) -> super::findings::ScoreVersion {
    use super::findings::ScoreVersion;
    match version.chars().next() {
        Some('4') => ScoreVersion::V4,
        Some('3') => ScoreVersion::V3,
        Some('2') => ScoreVersion::V2,
        _ => ScoreVersion::Unknown,
    }
}
