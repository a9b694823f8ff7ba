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
    foreign: &[PLUGIN_CONFIGURATION, TOML, VAULT],
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

const TOML: ForeignKind = ForeignKind {
    id: "ansible-toml",
    what: "This is an Ansible inventory in TOML: run ansible-inventory -i FILE --list > inventory.json, and import that",
    sniff: |head| head.is_text() && is_toml(head.text()),
};

const VAULT: ForeignKind = ForeignKind {
    id: "ansible-vault",
    what: "This file is encrypted with Ansible Vault: run ansible-inventory --ask-vault-pass -i inventory --list > \
           inventory.json, and import that",
    sniff: |head| head.text().trim_start().starts_with("$ANSIBLE_VAULT;"),
};

/// Whether sections are tables of groups, "[web.hosts]", "[web.hosts.db1]" or "[web.vars]", or lists are assigned in them.
/// INI files have "[web:vars]", and hosts that nothing or only their variables are assigned to.
fn is_toml(text: &str) -> bool {
    // The last line may be cut off.
    let whole = text.rsplit_once('\n').map_or(text, |(whole, _)| whole);
    let lines = || whole.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let is_table = |line: &str| {
        let name = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')).unwrap_or_default();
        name.split('.').skip(1).any(|part| matches!(part, "hosts" | "vars"))
    };
    let is_list = |line: &str| {
        let (name, value) = line.split_once('=').unwrap_or_default();
        matches!(name.trim(), "hosts" | "children") && value.trim_start().starts_with(['[', '{'])
    };
    let is_of_ini = |line: &str| {
        let name = line.split_once('=').map_or(line, |(name, _)| name).trim();
        match line.strip_prefix('[') {
            Some(section) => section.contains(':'),
            None => name.starts_with(char::is_alphanumeric) && (name == line || name.contains(' ')),
        }
    };
    let begins_with_table = lines().next().is_some_and(|first| first.starts_with('['));
    begins_with_table && (lines().any(is_table) || lines().any(is_list)) && !lines().any(is_of_ini)
}
