//! Reads what AWS Systems Manager says about the outcome: patch states of instances, compliance of resources, and executions
//! of maintenance windows.

use serde_json::Value;

use crate::connect::documents::json;
use crate::connect::results::{HostOutcome, OPTIONS, ReportedTime, ResultRow, Results};
use crate::import::{Confidence, Head, ImportError, ImportKind, Imported, Input, Topic};

pub static STATES: ImportKind = ImportKind {
    id: "ssm-patch-states",
    topic: Topic::Results,
    name: "patch states or compliance of instances in AWS Systems Manager (JSON)",
    help: "A row for each instance: patched if nothing is missing, failed, rejected or waiting for a reboot",
    endings: &["json"],
    options: OPTIONS,
    sniff: sniff_states,
    layout: None,
    read: read_states,
};

pub static EXECUTIONS: ImportKind = ImportKind {
    id: "ssm-executions",
    topic: Topic::Results,
    name: "executions of a maintenance window in AWS Systems Manager (JSON)",
    help: "The outcome, start and end of each execution, for all systems of the window",
    endings: &["json"],
    options: OPTIONS,
    sniff: sniff_executions,
    layout: None,
    read: read_executions,
};

fn sniff_states(head: &Head) -> Confidence {
    let has = |list: &str| json::has_keys(head.text(), &[list]);
    let is_it = has("InstancePatchStates") || has("ResourceComplianceSummaryItems");
    if json::begins_json(head.text()) && is_it { Confidence::Certain } else { Confidence::No }
}

fn sniff_executions(head: &Head) -> Confidence {
    let is_it = json::begins_json(head.text()) && json::has_keys(head.text(), &["WindowExecutions"]);
    if is_it { Confidence::Certain } else { Confidence::No }
}

fn read_states(input: &Input<'_>) -> Result<Imported, ImportError> {
    let document: Value = json::read(input, STATES.name)?;
    let mut results = Results::new(STATES.id, input);
    warn_of_part(&document, &mut results);
    for state in list(&document, "InstancePatchStates") {
        results.add(&of_state(state))?;
    }
    for item in list(&document, "ResourceComplianceSummaryItems") {
        results.add(&of_item(item))?;
    }
    Ok(results.finish())
}

fn read_executions(input: &Input<'_>) -> Result<Imported, ImportError> {
    let document: Value = json::read(input, EXECUTIONS.name)?;
    let mut results = Results::new(EXECUTIONS.id, input);
    warn_of_part(&document, &mut results);
    for execution in list(&document, "WindowExecutions") {
        let status = text(execution, "Status").to_uppercase();
        let outcome = match status.as_str() {
            "SUCCESS" => Some(HostOutcome::All { is_patched: true }),
            "FAILED" | "TIMED_OUT" => Some(HostOutcome::All { is_patched: false }),
            _ => None,
        };
        let left_out = match status.as_str() {
            "PENDING" | "IN_PROGRESS" | "CANCELLING" => Some("not ended"),
            _ if outcome.is_none() => Some("cancelled or skipped"),
            _ => None,
        };
        let row = ResultRow {
            outcome: outcome.unwrap_or_default(),
            started_at: time(execution, "StartTime"),
            ended_at: time(execution, "EndTime"),
            left_out,
            ..ResultRow::default()
        };
        results.add(&row)?;
    }
    results.warn(None, "An execution says nothing about single hosts: all hosts of the window get its outcome");
    Ok(results.finish())
}

/// The state of an instance as its last scan or installation left it.
fn of_state(state: &Value) -> ResultRow {
    let count = |field: &str| state.get(field).and_then(Value::as_u64).unwrap_or(0);
    let lacking = ["MissingCount", "FailedCount", "InstalledRejectedCount", "InstalledPendingRebootCount"].map(count);
    let is_patched = lacking.iter().all(|count| *count == 0);
    let installs = text(state, "Operation") == "Install";
    let end = time(state, "OperationEndTime");
    ResultRow {
        names: vec![text(state, "InstanceId").to_owned()],
        outcome: if is_patched { HostOutcome::Patched } else { HostOutcome::Failed },
        started_at: time(state, "OperationStartTime").filter(|_| installs),
        ended_at: end.filter(|_| installs),
        seen_at: end,
        ..ResultRow::default()
    }
}

/// The compliance of a resource with its patches.
fn of_item(item: &Value) -> ResultRow {
    let executed = item.get("ExecutionSummary").unwrap_or(&Value::Null);
    let left_out = (text(item, "ComplianceType") != "Patch").then_some("not about patches");
    let outcome = match text(item, "Status") {
        "COMPLIANT" => HostOutcome::Patched,
        _ => HostOutcome::Failed,
    };
    let seen_at = time(executed, "ExecutionTime");
    ResultRow { names: vec![text(item, "ResourceId").to_owned()], outcome, seen_at, left_out, ..ResultRow::default() }
}

fn warn_of_part(document: &Value, results: &mut Results<'_>) {
    if document.get("NextToken").and_then(Value::as_str).is_some_and(|token| !token.is_empty()) {
        results
            .warn(None, "The file is only a part of the list (it has a NextToken): fetch it again without --max-items");
    }
}

fn list<'a>(document: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    document.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A time as text, or as seconds since 1970.
fn time(object: &Value, name: &str) -> Option<ReportedTime> {
    match object.get(name)? {
        Value::String(text) => ReportedTime::read(text),
        Value::Number(seconds) => ReportedTime::from_seconds(seconds.as_f64()?),
        _ => None,
    }
}
