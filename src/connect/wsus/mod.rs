//! Windows Server Update Services: approvals by computer group.

mod write;

use super::results::WSUS;
use super::system::{ConnectedSystem, Instruction};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "wsus",
    name: "Windows Server Update Services",
    reads: &[&WSUS],
    foreign: &[],
    writes: &[&write::WRITER],
    get: &[Instruction {
        what: "The compliance of the computers of a group",
        how: "the group's overview, with the columns FullDomainName and TotalMissingUpdates, as CSV",
    }],
    apply: &[Instruction {
        what: "The script, every day on the update server",
        how: "powershell -File FILE, as a daily task; it approves what is due the day after",
    }],
};
