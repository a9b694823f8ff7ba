//! Amazon EC2 and AWS Systems Manager: instances
//! (<https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-instances.html>).

mod read;

use super::inventory::OPTIONS;
use super::system::{ConnectedSystem, Instruction};
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "ec2",
    name: "Amazon EC2",
    reads: &[&INSTANCES],
    foreign: &[],
    writes: &[],
    get: &[Instruction { what: "The instances of a region", how: "aws ec2 describe-instances > instances.json" }],
    apply: &[],
};

pub static INSTANCES: ImportKind = ImportKind {
    id: "ec2-instances",
    topic: Topic::Systems,
    name: "instances of EC2 (aws ec2 describe-instances, JSON)",
    help: "One system for each instance that is not terminated; its tags say environment, owner and group",
    endings: &["json"],
    options: OPTIONS,
    sniff: read::sniff_instances,
    layout: None,
    read: read::read_instances,
};

pub static MANAGED: ImportKind = ImportKind {
    id: "ssm-instances",
    topic: Topic::Systems,
    name: "instances of AWS Systems Manager (aws ssm describe-instance-information or get-inventory, JSON)",
    help: "One system for each managed instance",
    endings: &["json"],
    options: OPTIONS,
    sniff: read::sniff_managed,
    layout: None,
    read: read::read_managed,
};
