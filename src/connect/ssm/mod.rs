//! AWS Systems Manager: maintenance windows (<https://docs.aws.amazon.com/systems-manager/latest/userguide/maintenance-windows.html>).

mod cron;
mod json;
mod results;
mod schedule;
mod write;

use super::ec2::MANAGED;
use super::system::{ConnectedSystem, Instruction};
use crate::import::{ForeignKind, GROUP, ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "ssm",
    name: "AWS Systems Manager",
    reads: &[&WINDOWS, &MANAGED, &results::STATES, &results::EXECUTIONS],
    foreign: &[
        ForeignKind {
            id: "ssm-targets",
            what: "This is the list of a window's targets in AWS: import the windows, from \
                   aws ssm describe-maintenance-windows",
            sniff: json::are_targets,
        },
        ForeignKind {
            id: "ssm-tasks",
            what: "This is the list of a window's tasks in AWS: import the windows, from \
                   aws ssm describe-maintenance-windows",
            sniff: json::are_tasks,
        },
        ForeignKind {
            id: "ssm-next-dates",
            what: "These are the next dates of a window in AWS, without its length: import the windows, from \
                   aws ssm describe-maintenance-windows",
            sniff: json::are_executions,
        },
        ForeignKind {
            id: "ssm-execution",
            what: "This is about one execution of a window in AWS: import all, from \
                   aws ssm describe-maintenance-window-executions",
            sniff: json::is_execution,
        },
        ForeignKind {
            id: "ssm-patch-baseline",
            what: "This is a patch baseline of AWS Systems Manager: check it with lint baseline",
            sniff: json::is_baseline,
        },
        ForeignKind {
            id: "ssm-baselines",
            what: "This is a list of patch baselines in AWS: check one with windowsill lint baseline, from \
                   aws ssm get-patch-baseline",
            sniff: json::are_baselines,
        },
        ForeignKind {
            id: "ssm-patch-groups",
            what: "This says which patch groups have which baseline in AWS: check the baseline with windowsill lint \
                   baseline, from aws ssm get-patch-baseline",
            sniff: json::are_patch_groups,
        },
        ForeignKind {
            id: "ssm-patches",
            what: "This is a list of patches in AWS, not of vulnerabilities: import aws inspector2 list-findings",
            sniff: json::are_patches,
        },
        ForeignKind {
            id: "ssm-compliance",
            what: "This report of AWS Systems Manager has no state for each instance: import what \
                   aws ssm describe-instance-patch-states prints",
            sniff: json::is_compliance,
        },
    ],
    writes: write::WRITES,
    get: &[
        Instruction { what: "Maintenance windows", how: "aws ssm describe-maintenance-windows > windows.json" },
        Instruction {
            what: "Results of patching",
            how: "aws ssm describe-instance-patch-states --instance-ids i-… > states.json",
        },
        Instruction {
            what: "Executions of a window",
            how: "aws ssm describe-maintenance-window-executions --window-id mw-… > executions.json",
        },
        Instruction { what: "Managed instances", how: "aws ssm describe-instance-information > managed.json" },
    ],
    apply: write::APPLY,
};

pub static WINDOWS: ImportKind = ImportKind {
    id: "ssm-windows",
    topic: Topic::Windows,
    name: "maintenance windows of AWS Systems Manager (JSON, CloudFormation, Terraform)",
    help: "Each window with its rule, zone, length and cutoff",
    endings: &["json", "template", "yaml", "yml", "tf"],
    options: &[GROUP],
    sniff: json::sniff,
    layout: None,
    read: json::read,
};
