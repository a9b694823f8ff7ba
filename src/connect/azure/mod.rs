//! Azure: maintenance configurations of Azure Update Manager (<https://learn.microsoft.com/azure/virtual-machines/maintenance-configurations>).

mod recur_every;
mod windows;
mod write;

use super::system::{ConnectedSystem, Instruction};
use crate::import::{ForeignKind, GROUP, ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "azure",
    name: "Azure Update Manager",
    reads: &[&WINDOWS],
    foreign: &[
        ForeignKind {
            id: "azure-assignments",
            what: "This says which machines have a maintenance configuration of Azure: import the configurations, from \
                   az maintenance configuration list",
            sniff: windows::are_assignments,
        },
        ForeignKind {
            id: "azure-updates",
            what: "These are updates that Azure makes itself, without a window: import the configurations, from \
                   az maintenance configuration list",
            sniff: windows::are_updates,
        },
    ],
    writes: write::WRITES,
    get: &[Instruction {
        what: "Maintenance configurations",
        how: "az maintenance configuration list -o json > configurations.json",
    }],
    apply: write::APPLY,
};

pub static WINDOWS: ImportKind = ImportKind {
    id: "azure-windows",
    topic: Topic::Windows,
    name: "maintenance configurations of Azure (JSON, Terraform)",
    help: "Each configuration with its rule, zone and length",
    endings: &["json", "tf"],
    options: &[GROUP],
    sniff: windows::sniff,
    layout: None,
    read: windows::read,
};
