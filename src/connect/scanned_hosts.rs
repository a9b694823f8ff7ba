//! The hosts of a scanner's report as systems: the same files that bring advisories, read for what was scanned.

use super::inventory::{HostRow, Inventory, OPTIONS};
use super::system::ConnectedSystem;
use super::{nessus, qualys, rapid7};
use crate::import::{Confidence, Head, ImportError, ImportKind, Imported, Input, Topic};

pub static KIND: ImportKind = ImportKind {
    id: "scanned-hosts",
    topic: Topic::Systems,
    name: "the hosts of a report of Nessus, Qualys, Nexpose or InsightVM",
    help: "One system for each host that was scanned, also for those without findings",
    endings: &["nessus", "xml", "csv", "xlsx", "xlsm", "xlsb", "xls", "ods"],
    options: OPTIONS,
    sniff,
    layout: None,
    read,
};

/// Those that scan hosts: others look at images, projects and accounts.
static SCANNERS: [&ConnectedSystem; 3] = [&nessus::SYSTEM, &qualys::SYSTEM, &rapid7::SYSTEM];

pub fn is_scanner(system: &ConnectedSystem) -> bool {
    SCANNERS.iter().any(|scanner| scanner.id == system.id)
}

fn kinds() -> impl Iterator<Item = &'static ImportKind> {
    SCANNERS.iter().flat_map(|system| system.reads.iter().copied())
}

fn sniff(head: &Head) -> Confidence {
    let is_sure = |kind: &ImportKind| (kind.sniff)(head) == Confidence::Certain;
    if kinds().any(is_sure) { Confidence::Certain } else { Confidence::No }
}

fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let head = input.source.head()?;
    let mut inventory = Inventory::new(KIND.id, input)?;
    if let Some(kind) = kinds().find(|kind| (kind.sniff)(head) == Confidence::Certain) {
        for names in (kind.read)(input)?.hosts {
            inventory.add(row(names))?;
        }
    }
    // A scan covers some of the hosts, so none is gone.
    Ok(inventory.finish(false))
}

/// A host is called by its name, and by its address if it has none. Hosts of one `NetBIOS` name are told apart by their names
/// in DNS, or else by their addresses.
fn row(mut names: Vec<String>) -> HostRow {
    let is_name = |name: &String| name.parse::<core::net::IpAddr>().is_err();
    let name = names.iter().position(is_name).unwrap_or_default();
    if names.is_empty() {
        return HostRow::default();
    }
    let name = names.remove(name);
    let is_whole = |name: &String| is_name(name) && name.contains('.');
    let other = || names.iter().find(|other| is_whole(other)).or_else(|| names.iter().find(|other| !is_name(other)));
    let identity = if is_whole(&name) { None } else { other().cloned() };
    HostRow { name, other_names: names, identity: identity.unwrap_or_default(), ..HostRow::default() }
}
