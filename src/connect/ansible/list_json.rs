//! What `ansible-inventory --list` and inventory scripts print.

use std::collections::BTreeSet;

use serde_json::Value;

use super::LIST;
use super::groups::HostsAndGroups;
use crate::connect::documents::json;
use crate::connect::inventory::Inventory;
use crate::import::{Confidence, Head, ImportError, Imported, Input};

pub(super) fn sniff(head: &Head) -> Confidence {
    let text = head.text();
    if !head.is_text() || !json::begins_json(text) {
        return Confidence::No;
    }
    if json::has_keys(text, &["_meta", "hostvars"]) {
        return Confidence::Certain;
    }
    let has_hosts = json::has_keys(text, &["hosts"]) || json::has_keys(text, &["children"]);
    if has_hosts && !json::has_keys(text, &["results"]) { Confidence::Unlikely } else { Confidence::No }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let document: Value = json::read(input, LIST.name)?;
    let wrong = |problem: &str| ImportError::BrokenDocument { name: LIST.name, problem: problem.to_owned() };
    let Value::Object(groups) = &document else {
        return Err(wrong("expected one object with a member for each group"));
    };
    let mut found = HostsAndGroups::new(input);
    let shown: BTreeSet<String> = groups.keys().filter(|name| *name != "_meta").cloned().collect();
    for (name, group) in groups.iter().filter(|(name, _)| *name != "_meta") {
        found.add_group(name);
        // Old scripts print the hosts alone.
        let hosts = if group.is_array() { group } else { &group["hosts"] };
        let is_group = group.is_array() || ["hosts", "children", "vars"].iter().any(|key| group.get(key).is_some());
        if !is_group && group.as_object().is_none_or(|members| !members.is_empty()) {
            return Err(wrong(&format!("\"{name}\" is not a group: it has neither hosts nor children")));
        }
        for host in texts(hosts) {
            found.add_host(host)?;
            found.put_into(name, host);
        }
        texts(&group["children"]).for_each(|child| found.add_child(name, child));
        for (variable, value) in group["vars"].as_object().into_iter().flatten() {
            found.set_of_group(name, variable, &scalar(value));
        }
    }
    for (host, variables) in groups.get("_meta").and_then(|meta| meta["hostvars"].as_object()).into_iter().flatten() {
        input.source.check_cancelled()?;
        found.add_host(host)?;
        for (variable, value) in variables.as_object().into_iter().flatten() {
            found.set_of_host(host, variable, &scalar(value));
        }
    }
    found.finish(Inventory::new(LIST.id, input)?, Some(shown), input)
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// A text, number or word; empty for others.
fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    }
}
