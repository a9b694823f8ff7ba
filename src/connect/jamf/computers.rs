//! Reads JSON of the classic API and of the newer one.

use serde_json::Value;

use super::COMPUTERS;
use crate::connect::documents::json;
use crate::connect::documents::json_value::{first_member, first_text, text};
use crate::connect::inventory::HostRow;
use crate::connect::inventory::json_hosts::{self, JsonHosts, names, number_or_text};
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::SystemClass;

/// Why a computer is not a system.
pub(super) const UNMANAGED: &str = "not managed by Jamf";

const ONE_PAGE: &str = "The file is one page of a longer list: import all pages; nothing counts as gone";
const ONE_COMPUTER: &str = "The file is about one computer: nothing counts as gone";
const ONE_GROUP: &str = "The file has the computers of one group: nothing counts as gone";

pub(super) fn sniff(head: &Head) -> Confidence {
    let text = head.text();
    let has = |keys: &[&str]| json::has_keys(text, keys);
    // The sections of a computer can be asked for alone: of these, only the general one says which it is.
    let is_one = has(&["udid", "general"]) || has(&["udid", "jamf_version"]);
    let is_it = has(&["computers"]) || is_one && !has(&["wifi_mac_address"]);
    if head.is_text() && json::begins_json(text) && is_it { Confidence::Certain } else { Confidence::No }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    json_hosts::read(input, &COMPUTERS, |document| {
        let Some(rows) = document["computers"].as_array().or_else(|| document["results"].as_array()) else {
            let one = unwrapped(document);
            let has_one = !one["general"].is_null() || !one["udid"].is_null();
            return has_one.then(|| JsonHosts { rows: vec![computer(one)], part: Some(ONE_COMPUTER) });
        };
        let total = document["totalCount"].as_u64().unwrap_or_default();
        let is_part = total > rows.len() as u64;
        // Of the computers of a group the classic API lists the names only.
        let is_group = !document["is_smart"].is_null() || !document["computer_group"].is_null();
        let part = if is_group { Some(ONE_GROUP) } else { is_part.then_some(ONE_PAGE) };
        Some(JsonHosts { rows: rows.iter().map(|row| computer(unwrapped(row))).collect(), part })
    })
}

/// A computer as the classic API writes it alone: `{"computer": {…}}`.
fn unwrapped(value: &Value) -> &Value {
    if value["computer"].is_object() { &value["computer"] } else { value }
}

fn computer(value: &Value) -> HostRow {
    // The classic API has all members in one object, the newer one in sections.
    let section = |name: &str| if value[name].is_object() { &value[name] } else { value };
    let (general, hardware) = (section("general"), section("hardware"));
    let user = if value["location"].is_object() { &value["location"] } else { section("userAndLocation") };
    let system = section("operatingSystem");
    let version = first_member(system, &["version", "os_version"]);
    let managed =
        [&general["managed"], &general["remoteManagement"]["managed"], &general["remote_management"]["managed"]];
    let is_managed = managed.into_iter().find_map(Value::as_bool);
    HostRow {
        name: text(&general["name"]).to_owned(),
        identity: identity(value, general),
        other_names: names(
            ["ip_address", "last_reported_ip", "lastIpAddress", "lastReportedIp"].map(|member| text(&general[member])),
        ),
        groups: names([first_member(general, &["department"])]),
        is_in_departments: true,
        class: Some(SystemClass::Desktop),
        area: first_member(user, &["department"]).to_owned(),
        owner: first_member(user, &["username", "real_name", "realname"]).to_owned(),
        platform: format!("macOS {version}").trim().to_owned(),
        vendor: "Apple".to_owned(),
        model: first_member(hardware, &["model"]).to_owned(),
        left_out: (is_managed == Some(false)).then_some(UNMANAGED),
        ..HostRow::default()
    }
}

/// The UDID, which all lists have, or the number in Jamf.
fn identity(value: &Value, general: &Value) -> String {
    let udid = first_text(&[&value["udid"], &general["udid"]]);
    if udid.is_empty() { number_or_text([&value["id"], &general["id"]]) } else { udid.to_owned() }
}
