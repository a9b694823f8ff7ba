//! Windows Server Update Services: approvals by computer group.

mod write;

use super::system::{ConnectedSystem, Instruction};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "wsus",
    name: "Windows Server Update Services",
    reads: &[],
    foreign: &[],
    writes: &[&write::WRITER],
    get: &[],
    apply: &[Instruction {
        what: "The script, every day on the update server",
        how: "powershell -File FILE, as a daily task; it approves what is due the day after",
    }],
};
