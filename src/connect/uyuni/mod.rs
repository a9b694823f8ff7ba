//! Uyuni and SUSE Multi-Linux Manager: a maintenance calendar.

mod write;

use super::system::{ConnectedSystem, Instruction};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "uyuni",
    name: "Uyuni",
    reads: &[],
    foreign: &[],
    writes: &[&write::WRITER],
    get: &[],
    apply: &[Instruction {
        what: "The calendar",
        how: "Schedule, Maintenance Windows, Calendars, Create, and upload the file; then make a schedule of type Multi for \
              each group",
    }],
};
