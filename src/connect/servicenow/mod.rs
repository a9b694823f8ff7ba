//! `ServiceNow`: configuration items
//! (<https://www.servicenow.com/docs/bundle/zurich-servicenow-platform/page/product/configuration-management/concept/c_ITILConfigurationManagement.html>).

mod items;
mod write;

use super::inventory::OPTIONS;
use super::system::{ConnectedSystem, Instruction};
use crate::connect::documents::table::ENDINGS;
use crate::import::{ImportKind, Topic};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "servicenow",
    name: "ServiceNow",
    reads: &[&ITEMS],
    foreign: &[],
    writes: &[&write::WRITER],
    get: &[Instruction {
        what: "The servers of the CMDB, with display values",
        how: "https://INSTANCE/cmdb_ci_server_list.do?CSV",
    }],
    apply: &[Instruction {
        what: "The file",
        how: "System Import Sets, Load Data, with a transform map to change_request; its dates are in UTC (yyyy-MM-dd HH:mm:ss)",
    }],
};

pub static ITEMS: ImportKind = ImportKind {
    id: "servicenow-cmdb",
    topic: Topic::Systems,
    name: "configuration items of ServiceNow (CSV)",
    help: "One system for each item that is not retired: used_for becomes its environment, business_criticality its \
           availability",
    endings: ENDINGS,
    options: OPTIONS,
    sniff: items::sniff,
    layout: None,
    read: items::read,
};
