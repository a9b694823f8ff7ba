//! Maintenance windows as a `CloudFormation` template in YAML.

use super::limits::{ABILITIES, LARGEST_BODY, LARGEST_DESCRIPTION, MOST_RESOURCES};
use super::window::{SsmWindow, ssm_windows};
use crate::connect::writing::{Identifiers, Node, WriteRequest, Writer, WrittenFile, text, texts};
use crate::export::{FileType, Output, one_line};

pub static WRITER: Writer = Writer {
    format: "cloudformation",
    output: Output {
        id: "ssm-cloudformation",
        name: "AWS Systems Manager, CloudFormation",
        help: "Maintenance windows with their targets and patch tasks, as a CloudFormation template",
    },
    file_type: FileType { name: "CloudFormation templates", endings: &["yaml", "yml"] },
    abilities: &ABILITIES,
    write,
};

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let (windows, mut remarks) = ssm_windows(request);
    let mut names = Identifiers::new("", 200);
    let mut resources = Vec::new();
    for window in &windows {
        push_resources(&mut resources, &mut names, window);
    }
    if resources.len() > MOST_RESOURCES {
        remarks.push(format!(
            "The template has {} resources and AWS accepts {MOST_RESOURCES}: use Terraform, or export fewer windows",
            resources.len()
        ));
    }
    let mut title = format!("Maintenance windows: {}", one_line(request.schedule.plan.title()));
    title.truncate(title.floor_char_boundary(LARGEST_DESCRIPTION));
    let template = Node::Map(vec![
        ("AWSTemplateFormatVersion", text("2010-09-09")),
        ("Description", text(title)),
        ("Resources", Node::Named(resources)),
    ]);
    let text = template.yaml();
    if text.len() > LARGEST_BODY {
        remarks.push(format!(
            "The template has more than {LARGEST_BODY} bytes, which AWS takes from a bucket only: add --s3-bucket BUCKET"
        ));
    }
    WrittenFile { text, remarks }
}

/// The window, and a target and a task for each of its tags.
fn push_resources(resources: &mut Vec<(String, Node)>, names: &mut Identifiers, window: &SsmWindow) {
    let name = &*names.next(&window.name);
    let resource = |kind: &str, properties: Vec<(&'static str, Node)>| {
        Node::Map(vec![("Type", text(kind)), ("Properties", Node::Map(properties))])
    };
    let mut properties = vec![
        ("Name", text(&window.name)),
        ("Description", text(&window.description)),
        ("Schedule", text(&window.schedule)),
    ];
    properties.extend(window.offset.map(|offset| ("ScheduleOffset", Node::Number(offset.into()))));
    properties.extend(window.zone.iter().map(|zone| ("ScheduleTimezone", text(zone))));
    if let Some((from, until)) = &window.active {
        properties.push(("StartDate", text(from.to_string())));
        properties.push(("EndDate", text(until.to_string())));
    }
    properties.extend([
        ("Duration", Node::Number(window.hours.into())),
        ("Cutoff", Node::Number(window.cutoff.into())),
        ("AllowUnassociatedTargets", Node::Switch(false)),
    ]);
    resources.push((name.to_owned(), resource("AWS::SSM::MaintenanceWindow", properties)));
    let reference = |name: &str| Node::Map(vec![("Ref", text(name))]);
    for (tag, values) in &window.targets {
        let (target, task) = (names.next(&format!("{name}Targets")), names.next(&format!("{name}Patch")));
        let matched = Node::List(vec![Node::Map(vec![("Key", text(*tag)), ("Values", texts(values))])]);
        let of_target =
            Node::Map(vec![("Key", text("WindowTargetIds")), ("Values", Node::List(vec![reference(&target)]))]);
        let parameters =
            Node::Map(vec![("Operation", texts(["Install"])), ("RebootOption", texts(["RebootIfNeeded"]))]);
        let command = Node::Map(vec![("Parameters", parameters)]);
        let invocation = Node::Map(vec![("MaintenanceWindowRunCommandParameters", command)]);
        resources.push((
            target,
            resource(
                "AWS::SSM::MaintenanceWindowTarget",
                vec![("WindowId", reference(name)), ("ResourceType", text("INSTANCE")), ("Targets", matched)],
            ),
        ));
        resources.push((
            task,
            resource(
                "AWS::SSM::MaintenanceWindowTask",
                vec![
                    ("WindowId", reference(name)),
                    ("TaskType", text("RUN_COMMAND")),
                    ("TaskArn", text("AWS-RunPatchBaseline")),
                    ("Priority", Node::Number(1)),
                    ("MaxConcurrency", text(&window.concurrency)),
                    ("MaxErrors", text(&window.errors)),
                    ("CutoffBehavior", text("CONTINUE_TASK")),
                    ("Targets", Node::List(vec![of_target])),
                    ("TaskInvocationParameters", invocation),
                ],
            ),
        ));
    }
}
