//! Reads nodes.

use serde_json::Value;

use super::NODES;
use crate::connect::documents::json;
use crate::connect::documents::json_value::{first_member, text};
use crate::connect::inventory::json_hosts::{self, JsonHosts, names};
use crate::connect::inventory::{HostRow, environment};
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::SystemClass;

/// The environment of nodes without one.
const DEFAULT: &str = "_default";
/// Said of a file about some hosts only.
const ONE_NODE: &str = "The file is about one host: nothing counts as gone";

pub(super) fn sniff(head: &Head) -> Confidence {
    let text = head.text();
    let has = |keys: &[&str]| json::has_keys(text, keys);
    let is_node =
        has(&["chef_environment"]) || has(&["chef_packages"]) || has(&["ohai_time"]) || has(&["automatic", "run_list"]);
    if head.is_text() && json::begins_json(text) && is_node { Confidence::Certain } else { Confidence::No }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    json_hosts::read(input, &NODES, |document| {
        if let Some(rows) = document["rows"].as_array().or_else(|| document.as_array()) {
            return Some(JsonHosts { rows: rows.iter().map(node).collect(), part: None });
        }
        document.is_object().then(|| JsonHosts { rows: vec![node(document)], part: Some(ONE_NODE) })
    })
}

/// A node object, or the attributes that ohai prints.
fn node(value: &Value) -> HostRow {
    let facts = if value["automatic"].is_object() { &value["automatic"] } else { value };
    let name = [text(&value["name"]), first_member(facts, &["fqdn", "machinename", "hostname"])];
    let name = name.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let chef_environment = Some(text(&value["chef_environment"])).filter(|word| *word != DEFAULT).unwrap_or_default();
    let platform =
        format!("{} {}", first_member(facts, &["platform", "os"]), first_member(facts, &["platform_version"]));
    let groups = names([text(&value["policy_group"]), chef_environment]);
    HostRow {
        other_names: names(["fqdn", "hostname", "ipaddress"].map(|member| text(&facts[member])))
            .into_iter()
            .filter(|other| *other != name)
            .collect(),
        name: name.to_owned(),
        environment: groups.iter().find_map(|word| environment(word)),
        groups,
        class: Some(SystemClass::Server),
        platform: platform.trim().to_owned(),
        ..HostRow::default()
    }
}
