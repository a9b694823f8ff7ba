//! Maintenance windows as Terraform resources of the provider hashicorp/aws.

use super::limits::ABILITIES;
use super::window::{SsmWindow, ssm_windows};
use crate::connect::writing::{Identifiers, Node, WriteRequest, Writer, WrittenFile, push_resource, text, texts};
use crate::export::{FileType, Output};

pub static WRITER: Writer = Writer {
    format: "terraform",
    output: Output {
        id: "ssm-terraform",
        name: "AWS Systems Manager, Terraform",
        help: "Maintenance windows with their targets and patch tasks, as Terraform resources",
    },
    file_type: FileType { name: "Terraform files", endings: &["tf"] },
    abilities: &ABILITIES,
    write,
};

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let (windows, remarks) = ssm_windows(request);
    let names = || Identifiers::new("_", 100).lower();
    let (mut names, mut targets) = (names(), names());
    let mut out = String::new();
    for window in &windows {
        push_window(&mut out, &names.next(&window.name), window, &mut targets);
    }
    WrittenFile { text: out, remarks }
}

fn push_window(out: &mut String, name: &str, window: &SsmWindow, names: &mut Identifiers) {
    let mut body = vec![
        ("name", text(&window.name)),
        ("description", text(&window.description)),
        ("schedule", text(&window.schedule)),
    ];
    body.extend(window.offset.map(|offset| ("schedule_offset", Node::Number(offset.into()))));
    body.extend(window.zone.iter().map(|zone| ("schedule_timezone", text(zone))));
    if let Some((from, until)) = &window.active {
        body.push(("start_date", text(from.to_string())));
        body.push(("end_date", text(until.to_string())));
    }
    body.extend([
        ("duration", Node::Number(window.hours.into())),
        ("cutoff", Node::Number(window.cutoff.into())),
        ("allow_unassociated_targets", Node::Switch(false)),
    ]);
    push_resource(out, "aws_ssm_maintenance_window", name, &Node::Map(body));
    let window_id = || Node::Reference(format!("aws_ssm_maintenance_window.{name}.id"));
    for (tag, values) in &window.targets {
        let own = names.next(name);
        let blocks = |pairs: Vec<(&'static str, Node)>| Node::Blocks(vec![Node::Map(pairs)]);
        let target = vec![
            ("window_id", window_id()),
            ("resource_type", text("INSTANCE")),
            ("targets", blocks(vec![("key", text(*tag)), ("values", texts(values))])),
        ];
        push_resource(out, "aws_ssm_maintenance_window_target", &own, &Node::Map(target));
        let target_id = Node::Reference(format!("aws_ssm_maintenance_window_target.{own}.id"));
        let parameter = |name: &str, value: &str| Node::Map(vec![("name", text(name)), ("values", texts([value]))]);
        let command = blocks(vec![(
            "parameter",
            Node::Blocks(vec![parameter("Operation", "Install"), parameter("RebootOption", "RebootIfNeeded")]),
        )]);
        let task = vec![
            ("window_id", window_id()),
            ("task_type", text("RUN_COMMAND")),
            ("task_arn", text("AWS-RunPatchBaseline")),
            ("priority", Node::Number(1)),
            ("max_concurrency", text(&window.concurrency)),
            ("max_errors", text(&window.errors)),
            ("cutoff_behavior", text("CONTINUE_TASK")),
            ("targets", blocks(vec![("key", text("WindowTargetIds")), ("values", Node::List(vec![target_id]))])),
            ("task_invocation_parameters", blocks(vec![("run_command_parameters", command)])),
        ];
        push_resource(out, "aws_ssm_maintenance_window_task", &own, &Node::Map(task));
    }
}
