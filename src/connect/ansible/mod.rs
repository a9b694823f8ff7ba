//! Ansible: inventories, as `ansible-inventory --list` prints them and as people write them (INI, YAML)
//! (<https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html>).

mod groups;
mod ini;
mod list_json;
mod patterns;
mod results;
mod write;
mod yaml_file;

use super::inventory::OPTIONS_WITH_VARIABLES;
use super::system::{ConnectedSystem, Instruction};
use crate::import::{ForeignKind, ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "ansible",
    name: "Ansible",
    reads: &[&LIST, &INI, &YAML, &results::RECAP],
    foreign: &[PLUGIN_CONFIGURATION],
    writes: &[&write::INVENTORY, &write::PLAYBOOK],
    get: &[
        Instruction {
            what: "The hosts and groups of an inventory",
            how: "ansible-inventory -i inventory --list > inventory.json",
        },
        Instruction {
            what: "The results of a play",
            how: "ANSIBLE_STDOUT_CALLBACK=ansible.posix.json ansible-playbook -i inventory playbook.yml > recap.json",
        },
    ],
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

/// The best input: templates and plug-ins are resolved.
pub static LIST: ImportKind = ImportKind {
    id: "ansible-list",
    topic: Topic::Systems,
    name: "the output of ansible-inventory --list (JSON)",
    help: "One system for each host; groups become groups of a ladder if you name one",
    endings: &["json"],
    options: OPTIONS_WITH_VARIABLES,
    sniff: list_json::sniff,
    layout: None,
    read: list_json::read,
};

pub static INI: ImportKind = ImportKind {
    id: "ansible-ini",
    topic: Topic::Systems,
    name: "an Ansible inventory (INI)",
    help: "One system for each host; groups become groups of a ladder if you name one",
    endings: &["ini", "cfg", "inventory"],
    options: OPTIONS_WITH_VARIABLES,
    sniff: ini::sniff,
    layout: None,
    read: ini::read,
};

pub static YAML: ImportKind = ImportKind {
    id: "ansible-yaml",
    topic: Topic::Systems,
    name: "an Ansible inventory (YAML)",
    help: "One system for each host; groups become groups of a ladder if you name one",
    endings: &["yml", "yaml"],
    options: OPTIONS_WITH_VARIABLES,
    sniff: yaml_file::sniff,
    layout: None,
    read: yaml_file::read,
};

const PLUGIN_CONFIGURATION: ForeignKind = ForeignKind {
    id: "ansible-plugin-configuration",
    what: "This is the configuration of an inventory plug-in, which has no hosts itself: run ansible-inventory -i FILE \
           --list > inventory.json, and import that",
    sniff: |head| {
        let mut lines = head.text().lines().filter(|line| !line.trim_start().starts_with('#'));
        head.is_text() && lines.any(|line| line.starts_with("plugin:")) && !yaml_file::has_hosts(head.text())
    },
};
