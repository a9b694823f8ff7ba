//! Puppet: schedules, which only prevent changes outside of their range, and dates for Hiera.

mod hiera;
mod schedules;

use super::system::{ConnectedSystem, Instruction};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "puppet",
    name: "Puppet",
    reads: &[],
    foreign: &[],
    writes: &[&schedules::WRITER, &hiera::WRITER],
    get: &[],
    apply: &[
        Instruction {
            what: "Schedules",
            how: "add the file to a module, and name a schedule in the resources that may change only then",
        },
        Instruction { what: "Hiera", how: "add the file to your hierarchy; a module of yours must read the dates" },
    ],
};
