//! Chef: nothing can be written for it, and the file says why.

mod write;

use super::system::{ConnectedSystem, Instruction};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "chef",
    name: "Chef",
    reads: &[],
    foreign: &[],
    writes: &[&write::WRITER],
    get: &[],
    apply: &[Instruction { what: "Nothing", how: "run chef-client from a scheduler that knows the dates" }],
};
