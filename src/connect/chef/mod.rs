//! Chef: nodes, and what ohai says about a host (<https://docs.chef.io/ohai/>).

mod read;
mod write;

use super::inventory::OPTIONS;
use super::system::{ConnectedSystem, Instruction};
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "chef",
    name: "Chef",
    reads: &[&NODES],
    foreign: &[],
    writes: &[&write::WRITER],
    get: &[
        Instruction {
            what: "The nodes of an environment",
            how: "knife search node 'chef_environment:prod' -l -F json > nodes.json",
        },
        Instruction { what: "One host", how: "ohai > node.json" },
    ],
    apply: &[Instruction { what: "Nothing", how: "run chef-client from a scheduler that knows the dates" }],
};

pub static NODES: ImportKind = ImportKind {
    id: "chef-nodes",
    topic: Topic::Systems,
    name: "nodes of Chef, or the output of ohai (JSON)",
    help: "One system for each node; its environment and policy group say where it belongs",
    endings: &["json"],
    options: OPTIONS,
    sniff: read::sniff,
    layout: None,
    read: read::read,
};
