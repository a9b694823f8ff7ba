//! Reads lists of hosts, of `hammer` and of the API.

use serde_json::Value;

use super::HOST_LIST;
use crate::connect::documents::json;
use crate::connect::documents::json_value::first_member;
use crate::connect::inventory::json_hosts::{self, JsonHosts, names, number_or_text};
use crate::connect::inventory::{HostRow, environment};
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::SystemClass;

pub(super) fn sniff(head: &Head) -> Confidence {
    let text = head.text();
    let has = |keys: &[&str]| json::has_keys(text, keys);
    let is_list = has(&["Host Group", "Operating System"]) || has(&["operatingsystem_name", "hostgroup_name"]);
    if head.is_text() && json::begins_json(text) && is_list { Confidence::Certain } else { Confidence::No }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    json_hosts::read(input, &HOST_LIST, |document| {
        let rows = document.as_array().or_else(|| document["results"].as_array())?;
        let number = |member: &str| document[member].as_u64();
        let is_part = number("subtotal").or_else(|| number("total")).is_some_and(|total| total > rows.len() as u64);
        let part =
            is_part.then_some("The file is one page of a longer list: ask for more per page; nothing counts as gone");
        Some(JsonHosts { rows: rows.iter().map(host).collect(), part })
    })
}

fn host(value: &Value) -> HostRow {
    let group = first_member(value, &["Host Group", "hostgroup_title", "hostgroup_name"]);
    // "prod/web" is the group web in prod.
    let environment = group
        .split('/')
        .chain([first_member(value, &["Lifecycle Environment", "environment_name"])])
        .find_map(environment);
    HostRow {
        name: first_member(value, &["Name", "name"]).to_owned(),
        identity: number_or_text([&value["Id"], &value["id"]]),
        other_names: names(["IP", "IPv6", "ip", "ip6"].map(|member| first_member(value, &[member]))),
        groups: names([group]),
        class: Some(SystemClass::Server),
        environment,
        owner: first_member(value, &["Owner", "owner_name"]).to_owned(),
        platform: first_member(value, &["Operating System", "operatingsystem_name"]).to_owned(),
        model: first_member(value, &["Model", "model_name"]).to_owned(),
        ..HostRow::default()
    }
}
