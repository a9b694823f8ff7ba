//! Reads instances.

use serde_json::Value;

use super::{INSTANCES, MANAGED};
use crate::connect::documents::json;
use crate::connect::documents::json_value::{first_member, text};
use crate::connect::inventory::json_hosts::{self, JsonHosts, names};
use crate::connect::inventory::{HostRow, environment};
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::SystemClass;

/// Said of a page of a list.
const ONE_PAGE: &str = "The file is one page of a longer list (NextToken): import all pages; nothing counts as gone";

/// What an inventory (`aws ssm get-inventory`) says about an instance itself.
const INVENTORY: &str = "AWS:InstanceInformation";

/// Tags that name the groups of Patch Manager.
const GROUP_TAGS: [&str; 3] = ["PatchGroup", "Patch Group", "patch-group"];

pub(super) fn sniff_instances(head: &Head) -> Confidence {
    sniff(head, &["Reservations"])
}

pub(super) fn sniff_managed(head: &Head) -> Confidence {
    sniff(head, &["InstanceInformationList"]).max(sniff(head, &["Entities", INVENTORY]))
}

fn sniff(head: &Head, keys: &[&str]) -> Confidence {
    let is_it = head.is_text() && json::begins_json(head.text()) && json::has_keys(head.text(), keys);
    if is_it { Confidence::Certain } else { Confidence::No }
}

pub(super) fn read_instances(input: &Input<'_>) -> Result<Imported, ImportError> {
    json_hosts::read(input, &INSTANCES, |document| {
        let reservations = document["Reservations"].as_array()?;
        let instances = reservations.iter().flat_map(|each| each["Instances"].as_array().into_iter().flatten());
        Some(JsonHosts { rows: instances.map(instance).collect(), part: part(document) })
    })
}

pub(super) fn read_managed(input: &Input<'_>) -> Result<Imported, ImportError> {
    json_hosts::read(input, &MANAGED, |document| {
        let entities = document["Entities"].as_array().into_iter().flatten();
        let of_inventory =
            entities.flat_map(|entity| entity["Data"][INVENTORY]["Content"].as_array().into_iter().flatten());
        let list = document["InstanceInformationList"].as_array();
        let is_it = list.is_some() || document["Entities"].is_array();
        let rows = list.into_iter().flatten().chain(of_inventory).map(managed).collect();
        is_it.then(|| JsonHosts { rows, part: part(document) })
    })
}

fn part(document: &Value) -> Option<&'static str> {
    (!text(&document["NextToken"]).is_empty()).then_some(ONE_PAGE)
}

fn instance(value: &Value) -> HostRow {
    let tag = |names: &[&str]| {
        let tags = || value["Tags"].as_array().into_iter().flatten();
        let with =
            |name: &str| tags().find(|tag| text(&tag["Key"]).eq_ignore_ascii_case(name)).map(|tag| text(&tag["Value"]));
        names.iter().find_map(|name| with(name)).unwrap_or_default()
    };
    let id = text(&value["InstanceId"]);
    let name = Some(tag(&["Name"])).filter(|name| !name.is_empty()).unwrap_or(id);
    let addresses = ["PrivateDnsName", "PrivateIpAddress", "PublicDnsName"].map(|member| text(&value[member]));
    let state = text(&value["State"]["Name"]);
    let platform = first_member(value, &["PlatformDetails", "Platform"]);
    HostRow {
        other_names: names([id].into_iter().chain(addresses)).into_iter().filter(|other| *other != name).collect(),
        name: name.to_owned(),
        identity: id.to_owned(),
        groups: names([tag(&GROUP_TAGS)]),
        class: Some(SystemClass::Server),
        environment: environment(tag(&["Environment", "Env", "Stage"])),
        area: tag(&["BusinessUnit", "Department"]).to_owned(),
        owner: tag(&["Owner"]).to_owned(),
        platform: platform.to_owned(),
        model: text(&value["InstanceType"]).to_owned(),
        left_out: matches!(state, "terminated" | "shutting-down").then_some("terminated in EC2"),
        ..HostRow::default()
    }
}

fn managed(value: &Value) -> HostRow {
    let id = text(&value["InstanceId"]);
    let name = first_member(value, &["ComputerName", "Name", "InstanceId"]);
    let platform = format!("{} {}", text(&value["PlatformName"]), text(&value["PlatformVersion"]));
    let status = first_member(value, &["PingStatus", "InstanceStatus"]);
    let address = first_member(value, &["IPAddress", "IpAddress"]);
    HostRow {
        other_names: names([id, address, text(&value["Name"])]).into_iter().filter(|other| *other != name).collect(),
        name: name.to_owned(),
        identity: id.to_owned(),
        class: Some(SystemClass::Server),
        platform: platform.trim().to_owned(),
        left_out: matches!(status, "Inactive" | "Terminated").then_some("inactive in Systems Manager"),
        ..HostRow::default()
    }
}
