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

pub(super) fn sniff(head: &Head) -> Confidence {
    let text = head.text();
    let has = |keys: &[&str]| json::has_keys(text, keys);
    let is_list = has(&["computers"]) || has(&["udid", "general"]);
    if head.is_text() && json::begins_json(text) && is_list { Confidence::Certain } else { Confidence::No }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    json_hosts::read(input, &COMPUTERS, |document| {
        let rows = document["computers"].as_array().or_else(|| document["results"].as_array())?;
        let total = document["totalCount"].as_u64().unwrap_or_default();
        let is_part = total > rows.len() as u64;
        let part = is_part.then_some("The file is one page of a longer list: import all pages; nothing counts as gone");
        Some(JsonHosts { rows: rows.iter().map(computer).collect(), part })
    })
}

fn computer(value: &Value) -> HostRow {
    // The classic API has all members in one object, the newer one in sections.
    let section = |name: &str| if value[name].is_object() { &value[name] } else { value };
    let (general, hardware, user) = (section("general"), section("hardware"), section("userAndLocation"));
    let system = section("operatingSystem");
    let version = first_member(system, &["version", "os_version"]);
    let is_managed = general["managed"].as_bool().or_else(|| general["remoteManagement"]["managed"].as_bool());
    HostRow {
        name: text(&general["name"]).to_owned(),
        identity: identity(value, general),
        other_names: names(["ip_address", "lastIpAddress", "lastReportedIp"].map(|member| text(&general[member]))),
        groups: names([first_member(general, &["department"])]),
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
