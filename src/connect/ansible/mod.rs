//! Ansible: an inventory with a group for each window, and the batches and dates as variables.

mod write;

use super::system::{ConnectedSystem, Instruction};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "ansible",
    name: "Ansible",
    reads: &[],
    foreign: &[],
    writes: &[&write::INVENTORY, &write::PLAYBOOK],
    get: &[],
    apply: &[
        Instruction {
            what: "The inventory, besides your own",
            how: "ansible-playbook -i inventory -i FILE playbook.yml",
        },
        Instruction {
            what: "The playbook, whose roles are yours",
            how: "ansible-playbook -i inventory -i windows.yml FILE",
        },
    ],
};
