//! Jamf Pro: computers (<https://developer.jamf.com/jamf-pro/reference/findcomputers>).

mod computers;
mod table;
mod write;

use super::inventory::OPTIONS;
use super::system::{ConnectedSystem, Instruction};
use crate::connect::documents::table::ENDINGS;
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "jamf",
    name: "Jamf Pro",
    reads: &[&COMPUTERS, &COMPUTERS_TABLE],
    foreign: &[],
    writes: &[&write::WRITER],
    get: &[
        Instruction {
            what: "All computers",
            how: "curl -H 'Accept: application/json' -H \"Authorization: Bearer TOKEN\" \
                  https://INSTANCE/JSSResource/computers/subset/basic > computers.json",
        },
        Instruction { what: "A search", how: "In Computers, open an advanced search, and export it as CSV" },
    ],
    apply: &[Instruction {
        what: "The settings",
        how: "in Jamf Pro, open Computers, Policies, the policy, Options, General, Server-Side Limitations, and enter them",
    }],
};

pub static COMPUTERS: ImportKind = ImportKind {
    id: "jamf-computers",
    topic: Topic::Systems,
    name: "computers of Jamf Pro (JSON)",
    help: "One system for each managed computer",
    endings: &["json"],
    options: OPTIONS,
    sniff: computers::sniff,
    layout: None,
    read: computers::read,
};

pub static COMPUTERS_TABLE: ImportKind = ImportKind {
    id: "jamf-computers-csv",
    topic: Topic::Systems,
    name: "computers of Jamf Pro (CSV)",
    help: "One system for each computer",
    endings: ENDINGS,
    options: OPTIONS,
    sniff: table::sniff,
    layout: None,
    read: table::read,
};
