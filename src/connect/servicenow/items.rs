//! Reads lists of `cmdb_ci` and its tables, with display values or raw ones.

use super::ITEMS;
use crate::connect::inventory::device_rows::{Titles, has_titles};
use crate::connect::inventory::device_table::{self, DeviceColumns};
use crate::import::{Confidence, Head, ImportError, Imported, Input};

const COLUMNS: DeviceColumns = DeviceColumns {
    are_titles,
    name: &["name"],
    other_names: &[&["fqdn"], &["hostname"], &["ipaddress"]],
    class: &["sysclassname", "class"],
    environment: &["usedfor", "environment", "uenvironment"],
    criticality: &["businesscriticality", "ubusinesscriticality", "busscriticality"],
    area: &["department", "businessunit", "ubusinessunit"],
    owner: &["ownedby", "managedby", "assignedto", "supportgroup"],
    platform: &["os", "operatingsystem"],
    vendor: &["manufacturer"],
    model: &["modelid", "model"],
    group: &["patchgroup", "upatchgroup"],
    states: &[&["operationalstatus"], &["installstatus", "status"]],
    left_out,
    complete: |_| {},
};

fn are_titles(titles: &Titles) -> bool {
    titles.has(&["name"]) && titles.has(&["sysclassname", "usedfor", "operationalstatus", "installstatus", "sysid"])
}

pub(super) fn sniff(head: &Head) -> Confidence {
    if has_titles(head, are_titles) { Confidence::Certain } else { Confidence::No }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    device_table::read(input, &ITEMS, &COLUMNS)
}

/// Display values, and the raw ones of `operational_status` (6) and `install_status` (7, 8, 100).
fn left_out(state: &str) -> Option<&'static str> {
    let is_gone = ["retired", "absent", "stolen", "disposed"].iter().any(|word| state.eq_ignore_ascii_case(word))
        || matches!(state, "6" | "7" | "8" | "100");
    is_gone.then_some("retired or absent in ServiceNow")
}
