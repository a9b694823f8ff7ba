//! Reads what `Get-CMDevice | Export-Csv` writes.

use super::DEVICES;
use crate::connect::documents::table::{Header, says_yes};
use crate::connect::documents::titles::Titles;
use crate::connect::inventory::HostRow;
use crate::connect::inventory::device_table::{self, DeviceColumns, StateColumn};
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::SystemClass;

const COLUMNS: DeviceColumns = DeviceColumns {
    are_titles,
    name: &["name", "devicename", "netbiosname"],
    other_names: &[&["resourcenames", "fullyqualifieddomainname"], &["ipaddresses", "ipaddress"]],
    class: &[],
    environment: &["environment"],
    criticality: &[],
    area: &["department"],
    owner: &["primaryuser", "deviceowner"],
    platform: &["deviceos", "operatingsystem", "operatingsystemnameandversion"],
    vendor: &["manufacturer"],
    model: &["model"],
    group: &["collectionname", "collection"],
    states: &[StateColumn {
        titles: &["isobsolete", "obsolete"],
        left_out: |state| says_yes(state).then_some("obsolete in Configuration Manager"),
    }],
    identity: &["resourceid", "smsid", "smsuniqueidentifier"],
    complete,
};

fn are_titles(titles: &Titles) -> bool {
    titles.has(&["name", "devicename", "netbiosname"])
        && titles.has(&["resourceid", "smsid", "deviceos", "smsuniqueidentifier", "operatingsystemnameandversion"])
}

pub(super) fn sniff(head: &Head) -> Confidence {
    if Header::is_in(head, are_titles) { Confidence::Certain } else { Confidence::No }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    device_table::read(input, &DEVICES, &COLUMNS)
}

/// The operating system tells servers from clients: "Microsoft Windows NT Server 10.0".
fn complete(host: &mut HostRow) {
    // The objects by which computers without a record are installed.
    if host.name.to_lowercase().contains(" unknown computer") {
        host.left_out = host.left_out.or(Some("a placeholder for unknown computers"));
    }
    let platform = host.platform.to_lowercase();
    if !platform.is_empty() {
        host.class = Some(if platform.contains("server") { SystemClass::Server } else { SystemClass::Desktop });
    }
}
