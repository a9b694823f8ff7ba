//! Jamf Pro: settings of policies to enter. Its interface cannot set times of day without losing those of the web page.

mod write;

use super::system::{ConnectedSystem, Instruction};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "jamf",
    name: "Jamf Pro",
    reads: &[],
    foreign: &[],
    writes: &[&write::WRITER],
    get: &[],
    apply: &[Instruction {
        what: "The settings",
        how: "in Jamf Pro, open Computers, Policies, the policy, Options, General, Server-Side Limitations, and enter them",
    }],
};
