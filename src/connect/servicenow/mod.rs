//! `ServiceNow`: change requests for an import set.

mod write;

use super::system::{ConnectedSystem, Instruction};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "servicenow",
    name: "ServiceNow",
    reads: &[],
    foreign: &[],
    writes: &[&write::WRITER],
    get: &[],
    apply: &[Instruction {
        what: "The file",
        how: "System Import Sets, Load Data, with a transform map to change_request; its dates are in UTC (yyyy-MM-dd HH:mm:ss)",
    }],
};
