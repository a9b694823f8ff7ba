//! Red Hat Satellite (Katello): remote execution jobs.

mod write;

use super::system::{ConnectedSystem, Instruction};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "satellite",
    name: "Red Hat Satellite",
    reads: &[],
    foreign: &[],
    writes: &[&write::WRITER],
    get: &[],
    apply: &[Instruction { what: "The script, once: running it again adds every job a second time", how: "sh FILE" }],
};
