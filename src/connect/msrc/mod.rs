//! Microsoft Security Response Center: Microsoft's security updates (<https://api.msrc.microsoft.com/cvrf/v3.0/swagger/v3/swagger.json>).

mod read;

use super::findings::HOSTS;
use super::system::{ConnectedSystem, Instruction};
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "msrc",
    name: "Microsoft Security Response Center",
    reads: &[&REPORT],
    foreign: &[],
    writes: &[],
    get: &[Instruction {
        what: "A month",
        how: "curl -H 'Accept: application/json' https://api.msrc.microsoft.com/cvrf/v3.0/cvrf/2027-Jan > updates.json",
    }],
    apply: &[],
};

pub static REPORT: ImportKind = ImportKind {
    id: "msrc",
    topic: Topic::Advisories,
    name: "Microsoft's security updates (JSON)",
    help: "One advisory for each CVE",
    endings: &["json"],
    options: &[HOSTS],
    sniff: read::sniff,
    layout: None,
    read: read::read,
};
