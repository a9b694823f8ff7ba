//! NVD: the National Vulnerability Database (<https://nvd.nist.gov/developers/vulnerabilities>).

mod read;

use super::findings::HOSTS;
use super::system::{ConnectedSystem, Instruction};
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "nvd",
    name: "NVD",
    reads: &[&REPORT],
    foreign: &[],
    writes: &[],
    get: &[Instruction {
        what: "A CVE",
        how: "curl https://services.nvd.nist.gov/rest/json/cves/2.0?cveId=CVE > cve.json",
    }],
    apply: &[],
};

pub static REPORT: ImportKind = ImportKind {
    id: "nvd",
    topic: Topic::Advisories,
    name: "vulnerabilities of NVD (JSON, API 2.0)",
    help: "One advisory for each CVE that is not rejected",
    endings: &["json"],
    options: &[HOSTS],
    sniff: read::sniff,
    layout: None,
    read: read::read,
};
