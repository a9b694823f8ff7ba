//! Uptime Kuma: maintenances, which its pages and scripts add by the event `addMaintenance`.

mod write;

use super::system::{ConnectedSystem, Instruction};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "uptime-kuma",
    name: "Uptime Kuma",
    reads: &[],
    foreign: &[],
    writes: &[&write::WRITER],
    get: &[],
    apply: &[Instruction {
        what: "Each object of the list",
        how: "socket.emit(\"addMaintenance\", maintenance, callback), after logging in; Uptime Kuma imports no files",
    }],
};
