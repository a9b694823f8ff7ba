//! Reads maintenance windows from what the AWS command line prints, from `CloudFormation` templates in JSON or YAML, and
//! from Terraform files.

use serde::Deserialize;
use serde_json::Value;

use super::WINDOWS;
use super::schedule::{self, Written};
use crate::connect::documents::{json, terraform, yaml};
use crate::connect::windows::{Leaving, WindowDraft, Windows};
use crate::import::{Confidence, Head, ImportError, Imported, Input, checked};
use crate::model::Minutes;

pub(super) const UID: &str = "ssm:";

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "WindowIdentities")]
    windows: Option<Vec<Value>>,
    #[serde(rename = "NextToken")]
    next_token: Option<String>,
    /// Of a template.
    #[serde(rename = "Resources")]
    resources: Option<serde_json::Map<String, Value>>,
    #[serde(flatten)]
    other: serde_json::Map<String, Value>,
}

/// A window as all of these write it. Values other than texts and numbers are references of a template.
#[derive(Clone, Debug, Default)]
pub(super) struct WrittenWindow {
    pub id: String,
    pub name: String,
    pub description: String,
    pub schedule: String,
    pub zone: String,
    pub duration: String,
    pub cutoff: String,
    pub offset: String,
    pub start_date: String,
    pub end_date: String,
    pub next_execution: String,
    pub is_disabled: bool,
    /// The first field whose value is a reference, and the reference.
    pub reference: Option<String>,
}

/// The resource of a Terraform file.
const RESOURCE: &str = "aws_ssm_maintenance_window";
/// The resource of a template.
const TYPE: &str = "AWS::SSM::MaintenanceWindow";

const ONLY_AWS_KNOWS: &str = "with a value that only AWS or Terraform knows";

pub(super) fn sniff(head: &Head) -> Confidence {
    let text = head.text();
    if terraform::has_resource(head, RESOURCE) {
        return Confidence::Certain;
    }
    let is_list = json::has_keys(text, &["WindowIdentities"]);
    let is_window = json::has_keys(text, &["WindowId", "Schedule", "Duration"]);
    let is_any = json::begins_json(text) && !are_executions(head) && (is_list || is_window || is_template(text));
    if is_any || is_yaml_template(text) { Confidence::Certain } else { Confidence::No }
}

/// Whether the type of a resource is that of a window, in JSON or YAML.
fn is_template(text: &str) -> bool {
    text.match_indices(TYPE).any(|(at, _)| {
        let is_value = text[..at].trim_end_matches([' ', '"', '\'']).ends_with(':');
        // Not that of its targets or tasks.
        is_value && !text[at + TYPE.len()..].starts_with(char::is_alphanumeric)
    })
}

fn is_yaml_template(text: &str) -> bool {
    !json::begins_json(text) && text.lines().any(|line| line.starts_with("Resources:")) && is_template(text)
}

/// Whether it is what the command line answers, with these keys. A template with windows may have any key of other resources.
fn is_answer(head: &Head, keys: &[&str]) -> bool {
    let text = head.text();
    json::begins_json(text) && json::has_keys(text, keys) && !is_template(text)
}

pub(super) fn are_targets(head: &Head) -> bool {
    is_answer(head, &["WindowTargetId"]) && !json::has_keys(head.text(), &["WindowTaskId"])
}

pub(super) fn are_tasks(head: &Head) -> bool {
    is_answer(head, &["WindowTaskId"])
}

pub(super) fn are_executions(head: &Head) -> bool {
    is_answer(head, &["ScheduledWindowExecutions"])
}

/// Whether it is about one execution of a window, its tasks or instances.
pub(super) fn is_execution(head: &Head) -> bool {
    is_answer(head, &["WindowExecutionId"]) && !json::has_keys(head.text(), &["WindowExecutions"])
}

pub(super) fn is_baseline(head: &Head) -> bool {
    is_answer(head, &["ApprovalRules", "BaselineId"]) || is_answer(head, &["ApprovalRules", "PatchRules"])
}

pub(super) fn are_baselines(head: &Head) -> bool {
    let text = head.text();
    let is_default = text.contains(":patchbaseline/") && !json::has_keys(text, &["ApprovalRules"]);
    is_answer(head, &["BaselineIdentities"]) || is_answer(head, &[]) && (is_default || is_id_of_baseline(text))
}

/// Whether a document says which baseline is the default one or that of a group, and nothing about its rules.
fn is_id_of_baseline(text: &str) -> bool {
    const OTHERS: [&str; 4] = ["ApprovalRules", "PatchRules", "BaselineIdentity", "InstanceId"];
    json::has_keys(text, &["BaselineId"]) && !OTHERS.iter().any(|other| json::has_keys(text, &[other]))
}

pub(super) fn are_patch_groups(head: &Head) -> bool {
    is_answer(head, &["PatchGroup", "BaselineIdentity"])
}

pub(super) fn are_patches(head: &Head) -> bool {
    is_answer(head, &["KbNumber", "MsrcSeverity"])
}

pub(super) fn is_compliance(head: &Head) -> bool {
    const LISTS: [&[&str]; 4] =
        [&["InstancesWithMissingPatches"], &["ComplianceSummaryItems"], &["ComplianceItems"], &["Patches", "KBId"]];
    LISTS.iter().any(|list| is_answer(head, list))
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    if terraform::has_resource(input.source.head()?, RESOURCE) {
        return read_terraform(input);
    }
    let document = if is_yaml_template(input.source.head()?.text()) {
        read_yaml(input)?
    } else {
        json::read(input, WINDOWS.name)?
    };
    let mut windows = Windows::new(WINDOWS.id, input);
    if document.next_token.is_some_and(|token| !token.is_empty()) {
        windows.warn(
            "The file is only a part of the list (it has a NextToken): fetch it again without --max-items".to_owned(),
        );
    }
    for window in document.windows.iter().flatten() {
        add(&from_object(window), &mut windows, input)?;
    }
    for (id, resource) in document.resources.iter().flatten() {
        add_resource(id, resource, &mut windows, input)?;
    }
    if document.windows.is_none() && document.resources.is_none() {
        add(&from_object(&Value::Object(document.other)), &mut windows, input)?;
    }
    Ok(windows.finish(UID))
}

/// Adds the window that a resource of a template is, or that a loop makes for each element of a list.
fn add_resource(id: &str, resource: &Value, windows: &mut Windows<'_>, input: &Input<'_>) -> Result<(), ImportError> {
    if is_window(resource) {
        if resource.get("Condition").is_some() {
            windows.assume("Resources with a condition are read as if it held");
        }
        let properties = resource.get("Properties").unwrap_or(&Value::Null);
        return add(&WrittenWindow { id: format!("resource {id}"), ..from_object(properties) }, windows, input);
    }
    let made = resource.as_array().into_iter().flatten().filter_map(Value::as_object).flat_map(serde_json::Map::values);
    if id.starts_with("Fn::ForEach") && made.into_iter().any(is_window) {
        let detail = "it makes a window for each element of a list".to_owned();
        return windows.add(&format!("{UID}resource {id}"), id, Err(Leaving { reason: ONLY_AWS_KNOWS, detail }));
    }
    Ok(())
}

/// Whether a resource of a template is a window.
fn is_window(resource: &Value) -> bool {
    resource.get("Type").and_then(Value::as_str) == Some(TYPE)
}

/// Reads a template in YAML, in which `!Ref name` is what `{"Ref": "name"}` is in JSON.
fn read_yaml(input: &Input<'_>) -> Result<Document, ImportError> {
    let broken = |problem: String| ImportError::BrokenDocument { name: WINDOWS.name, problem };
    let text = input.text()?;
    let documents = yaml::read(checked(&text)?).map_err(|error| broken(error.to_string()))?;
    let template = documents.first().map(yaml::Node::to_json).unwrap_or_default();
    serde_json::from_value(template).map_err(|error| broken(error.to_string()))
}

/// Reads the resources of a Terraform file.
fn read_terraform(input: &Input<'_>) -> Result<Imported, ImportError> {
    let mut windows = Windows::new(WINDOWS.id, input);
    let text = input.text()?;
    terraform::other_windows(&text, RESOURCE).for_each(|message| windows.warn(message));
    for resource in terraform::resources(checked(&text)?, RESOURCE, WINDOWS.name)? {
        let Value::Object(arguments) = resource.body else { continue };
        let named = |argument: &str| TERRAFORM.iter().find(|(name, _)| *name == argument).map(|(_, name)| *name);
        let fields = arguments.into_iter().filter_map(|(name, value)| Some((named(&name)?.to_owned(), value)));
        let is_needed = |path: &str| named(path).is_some_and(|name| NEEDED.contains(&name));
        let is_known = |path: &str| path == "for_each" || path == "count" || is_needed(path);
        let reference = resource.references.iter().find(|(path, _)| is_known(path));
        let written = WrittenWindow {
            id: format!("resource {}", resource.label),
            reference: reference.map(|(path, written)| format!("{path} = {written}")),
            ..from_object(&Value::Object(fields.collect()))
        };
        add(&written, &mut windows, input)?;
    }
    Ok(windows.finish(UID))
}

/// Arguments of the resource, and what the API calls them
/// (<https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ssm_maintenance_window>).
const TERRAFORM: [(&str, &str); 10] = [
    ("name", "Name"),
    ("description", "Description"),
    ("schedule", "Schedule"),
    ("schedule_timezone", "ScheduleTimezone"),
    ("schedule_offset", "ScheduleOffset"),
    ("duration", "Duration"),
    ("cutoff", "Cutoff"),
    ("start_date", "StartDate"),
    ("end_date", "EndDate"),
    ("enabled", "Enabled"),
];

/// Without one of these a window cannot be planned; a name or a description can be anything.
const NEEDED: [&str; 8] =
    ["Schedule", "ScheduleTimezone", "ScheduleOffset", "Duration", "Cutoff", "StartDate", "EndDate", "Enabled"];

/// Reads the fields of a window. Names are those of the API, in templates and on the command line.
fn from_object(object: &Value) -> WrittenWindow {
    // What a macro adds can be any field.
    let mut reference = object.get("Fn::Transform").map(|made| format!("Fn::Transform is {made}"));
    let mut text = |name: &str| match object.get(name) {
        Some(Value::Object(_) | Value::Array(_)) if !NEEDED.contains(&name) => String::new(),
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(is_on)) => is_on.to_string(),
        Some(other) => {
            reference.get_or_insert_with(|| format!("{name} is {other}"));
            String::new()
        }
    };
    let mut window = WrittenWindow {
        id: text("WindowId"),
        name: text("Name"),
        description: text("Description"),
        schedule: text("Schedule"),
        zone: text("ScheduleTimezone"),
        duration: text("Duration"),
        cutoff: text("Cutoff"),
        offset: text("ScheduleOffset"),
        start_date: text("StartDate"),
        end_date: text("EndDate"),
        next_execution: text("NextExecutionTime"),
        is_disabled: text("Enabled") == "false",
        reference: None,
    };
    window.reference = reference;
    window
}

/// Adds a window to those of the plan, or leaves it out with the reason.
pub(super) fn add(written: &WrittenWindow, windows: &mut Windows<'_>, input: &Input<'_>) -> Result<(), ImportError> {
    let draft = draft(written, windows, input);
    let id = if written.id.is_empty() { &written.name } else { &written.id };
    windows.add(&format!("{UID}{id}"), shown_name(written), draft)
}

fn shown_name(written: &WrittenWindow) -> &str {
    let id = written.id.strip_prefix("resource ").unwrap_or(&written.id);
    if written.name.is_empty() { id } else { &written.name }
}

fn draft(written: &WrittenWindow, windows: &mut Windows<'_>, input: &Input<'_>) -> Result<WindowDraft, Leaving> {
    let left_out = |reason: &'static str, detail: &str| Leaving { reason, detail: detail.to_owned() };
    if let Some(reference) = &written.reference {
        return Err(left_out(ONLY_AWS_KNOWS, reference));
    }
    if written.is_disabled {
        return Err(left_out("disabled", ""));
    }
    let hours = |text: &str| text.trim().parse::<u32>().ok();
    let duration = hours(&written.duration).filter(|hours| (1..=24).contains(hours));
    let duration = duration.ok_or_else(|| left_out("without a valid length", "expected 1 to 24 hours"))?;
    let offset_days = match written.offset.trim() {
        "" => 0,
        text => text.parse().map_err(|_| left_out("with an invalid offset", text))?,
    };
    let timing = schedule::read(
        &Written {
            schedule: &written.schedule,
            zone: &written.zone,
            offset_days,
            start_date: &written.start_date,
            end_date: &written.end_date,
            next_execution: &written.next_execution,
        },
        input.plan().horizon(),
    )?;
    for assumption in &timing.assumptions {
        windows.assume(assumption);
    }
    if let Some(warning) = &timing.warning {
        windows.warn(format!("\"{}\": {warning}", shown_name(written)));
    }
    // AWS counts the cutoff from the end, a plan from the start.
    let cutoff = hours(&written.cutoff).filter(|cutoff| *cutoff < duration);
    Ok(WindowDraft {
        name: shown_name(written).to_owned(),
        rule: timing.rule,
        start: timing.start,
        duration: Minutes::hours(duration),
        zone: timing.zone,
        first: timing.first,
        counts_days: timing.counts_days,
        last: timing.last,
        cutoff: cutoff.filter(|cutoff| *cutoff > 0).map(|cutoff| Minutes::hours(duration - cutoff)),
        notes: written.description.clone(),
    })
}
