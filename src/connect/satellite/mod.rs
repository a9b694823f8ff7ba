//! Red Hat Satellite (Katello): errata of hosts, and remote execution jobs (<https://docs.redhat.com/en/documentation/red_hat_satellite/>).

mod hosts;
mod read;
mod write;

use super::findings::HOSTS;
use super::inventory::OPTIONS;
use super::system::{ConnectedSystem, Instruction};
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "satellite",
    name: "Red Hat Satellite",
    reads: &[&REPORT, &HOST_LIST],
    foreign: &[],
    writes: &[&write::WRITER],
    get: &[
        Instruction {
            what: "The errata of a host",
            how: "curl -u USER https://SATELLITE/api/hosts/HOST/errata?per_page=1000 > errata.json",
        },
        Instruction {
            what: "The hosts of an organization",
            how: "hammer --output json host list --organization ORGANIZATION --per-page 10000 > hosts.json",
        },
    ],
    apply: &[Instruction { what: "The script, once: running it again adds every job a second time", how: "sh FILE" }],
};

pub static REPORT: ImportKind = ImportKind {
    id: "satellite-errata",
    topic: Topic::Advisories,
    name: "errata of Satellite or Katello (JSON)",
    help: "One advisory for each CVE of a security erratum, or for each erratum without one",
    endings: &["json"],
    options: &[HOSTS],
    sniff: read::sniff,
    layout: None,
    read: read::read,
};

pub static HOST_LIST: ImportKind = ImportKind {
    id: "satellite-hosts",
    topic: Topic::Systems,
    name: "hosts of Satellite or Katello (hammer host list, JSON)",
    help: "One system for each host; its host group becomes a group of a ladder if you name one",
    endings: &["json"],
    options: OPTIONS,
    sniff: hosts::sniff,
    layout: None,
    read: hosts::read,
};
