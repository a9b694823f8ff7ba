//! Microsoft Configuration Manager: maintenance windows of collections.

mod write;

use super::system::{ConnectedSystem, Instruction};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "configmgr",
    name: "Microsoft Configuration Manager",
    reads: &[],
    foreign: &[],
    writes: &[&write::WRITER],
    get: &[],
    apply: &[Instruction {
        what: "The script, after the ids of your collections have replaced the placeholders",
        how: "in the console, Connect via Windows PowerShell, then .\\FILE",
    }],
};
