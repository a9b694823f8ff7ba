//! Google Cloud: patch deployments of VM Manager (<https://cloud.google.com/compute/vm-manager/docs/patch/schedule-patch-jobs>).

mod windows;
mod write;

use super::system::{ConnectedSystem, Instruction};
use crate::import::{DURATION, GROUP, ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "gcp",
    name: "Google Cloud VM Manager",
    reads: &[&WINDOWS],
    foreign: &[],
    writes: write::WRITES,
    get: &[Instruction {
        what: "Patch deployments",
        how: "gcloud compute os-config patch-deployments list --format=json > deployments.json",
    }],
    apply: write::APPLY,
};

pub static WINDOWS: ImportKind = ImportKind {
    id: "gcp-windows",
    topic: Topic::Windows,
    name: "patch deployments of Google Cloud (JSON, Terraform)",
    help: "Each deployment with its rule, zone and length",
    endings: &["json", "tf"],
    options: &[DURATION, GROUP],
    sniff: windows::sniff,
    layout: None,
    read: windows::read,
};
