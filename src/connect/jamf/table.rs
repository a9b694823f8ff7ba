//! Reads exported searches.

use super::COMPUTERS_TABLE;
use crate::connect::documents::table::{Header, says_no};
use crate::connect::documents::titles::Titles;
use crate::connect::inventory::HostRow;
use crate::connect::inventory::device_table::{self, DeviceColumns, StateColumn};
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::SystemClass;

const COLUMNS: DeviceColumns = DeviceColumns {
    are_titles,
    name: &["computername"],
    other_names: &[&["lastreportedipaddress", "lastreportedip", "ipaddress"]],
    class: &[],
    environment: &[],
    criticality: &[],
    area: &["department"],
    owner: &["username", "fullname"],
    platform: &["operatingsystemversion", "operatingsystem"],
    vendor: &[],
    model: &["model", "modelidentifier"],
    group: &["department"],
    states: &[StateColumn {
        titles: &["managed"],
        left_out: |state| {
            let is_unmanaged = state.eq_ignore_ascii_case("unmanaged") || says_no(state);
            is_unmanaged.then_some(super::computers::UNMANAGED)
        },
    }],
    identity: &["udid", "serialnumber", "jssid", "jamfcomputerid"],
    complete,
};

fn are_titles(titles: &Titles) -> bool {
    titles.has(&["computername"])
        && titles.has(&["jssid", "jamfcomputerid", "serialnumber", "operatingsystemversion", "lastcheckin"])
}

pub(super) fn sniff(head: &Head) -> Confidence {
    if Header::is_in(head, are_titles) { Confidence::Certain } else { Confidence::No }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    device_table::read(input, &COMPUTERS_TABLE, &COLUMNS)
}

fn complete(host: &mut HostRow) {
    host.class = Some(SystemClass::Desktop);
    host.is_in_departments = true;
    "Apple".clone_into(&mut host.vendor);
    if host.platform.starts_with(|c: char| c.is_ascii_digit()) {
        host.platform = format!("macOS {}", host.platform);
    }
}
