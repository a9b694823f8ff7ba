//! Patch deployments as Terraform resources of the provider hashicorp/google.

use super::LABELS;
use super::deployments::{Deployment, Spelling, Times, deployments, recurring};
use super::limits::ABILITIES;
use crate::connect::writing::{Identifiers, Node, WriteRequest, Writer, WrittenFile, push_resource, text};
use crate::export::{FileType, Output};

pub static WRITER: Writer = Writer {
    format: "terraform",
    output: Output {
        id: "gcp-terraform",
        name: "Google Cloud OS Config, Terraform",
        help: "Patch deployments as Terraform resources",
    },
    file_type: FileType { name: "Terraform files", endings: &["tf"] },
    abilities: &ABILITIES,
    write,
};

const SPELLING: Spelling = Spelling {
    blocks: |node| Node::Blocks(vec![node]),
    names: [
        "time_zone",
        "time_of_day",
        "start_time",
        "end_time",
        "week_day_of_month",
        "month_day",
        "week_ordinal",
        "day_of_week",
        "day_offset",
    ],
};

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut names = Identifiers::new("_", 100).lower();
    let mut out = String::new();
    for each in deployments(request) {
        push_resource(&mut out, "google_os_config_patch_deployment", &names.next(&each.id), &body(each));
    }
    WrittenFile { text: out, remarks: vec![LABELS.to_owned()] }
}

fn body(each: Deployment) -> Node {
    let block = |pairs: Vec<(&'static str, Node)>| Node::Blocks(vec![Node::Map(pairs)]);
    let group =
        |(label, value): (&'static str, String)| Node::Map(vec![("labels", Node::Map(vec![(label, text(value))]))]);
    let labels = Node::Blocks(each.labels.into_iter().map(group).collect());
    let mut fields = vec![
        ("patch_deployment_id", text(&each.id)),
        ("description", text(each.description)),
        ("duration", text(format!("{}s", each.seconds))),
        ("instance_filter", block(vec![("group_labels", labels)])),
        ("patch_config", block(vec![("reboot_config", text("DEFAULT"))])),
    ];
    fields.push(match &each.times {
        Times::Once(at) => ("one_time_schedule", block(vec![("execute_time", text(at.to_string()))])),
        Times::Rule(rule) => ("recurring_schedule", recurring(rule, &SPELLING)),
    });
    if let Some((unit, number)) = each.budget {
        let unit = if unit == "percent" { "percentage" } else { unit };
        let budget = block(vec![(unit, Node::Number(number.into()))]);
        fields.push(("rollout", block(vec![("mode", text("ZONE_BY_ZONE")), ("disruption_budget", budget)])));
    }
    Node::Map(fields)
}
