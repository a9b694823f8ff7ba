//! Reads lists of `cmdb_ci` and its tables, with display values or raw ones.

use super::ITEMS;
use crate::connect::documents::table::Header;
use crate::connect::documents::titles::Titles;
use crate::connect::inventory::device_table::{self, DeviceColumns, StateColumn};
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
    states: &[
        StateColumn { titles: &["operationalstatus"], left_out: not_in_operation },
        StateColumn { titles: &["installstatus", "status"], left_out: not_installed },
    ],
    identity: &["sysid"],
    complete: |_| {},
};

fn are_titles(titles: &Titles) -> bool {
    titles.has(&["name"]) && titles.has(&["sysclassname", "usedfor", "operationalstatus", "installstatus", "sysid"])
}

pub(super) fn sniff(head: &Head) -> Confidence {
    if Header::is_in(head, are_titles) { Confidence::Certain } else { Confidence::No }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    device_table::read(input, &ITEMS, &COLUMNS)
}

const GONE: &str = "retired or absent in ServiceNow";

/// `operational_status`: display values, and the raw 6 (retired). 7 and 8 are items that are being prepared or offered.
fn not_in_operation(state: &str) -> Option<&'static str> {
    (state.eq_ignore_ascii_case("retired") || state == "6").then_some(GONE)
}

/// `install_status`: display values, and the raw 7 (retired), 8 (stolen) and 100 (absent). 6 is an item in stock.
fn not_installed(state: &str) -> Option<&'static str> {
    let is_gone = ["retired", "absent", "stolen", "disposed"].iter().any(|word| state.eq_ignore_ascii_case(word))
        || matches!(state, "7" | "8" | "100");
    is_gone.then_some(GONE)
}
