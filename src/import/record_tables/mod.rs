//! Tables of what a plan is about: systems, business areas and people. A record that the plan already has, by id or name,
//! is updated; what the table does not say stays as it is.

mod areas_table;
mod people_table;
mod record_tally;
mod systems_table;

use super::kind::ImportKind;
use super::tables::options::{COLUMN, TABLE_ENDINGS, TITLES};
use super::topic::Topic;

pub(super) const SYSTEMS: ImportKind = ImportKind {
    id: "systems-table",
    topic: Topic::Systems,
    name: "a table of systems with the columns name and hosts (CSV, Excel)",
    help: "Columns name, id, class, environment, area, owner, platform, vendor, product, products, model, hosts, zone, \
           counterpart, patch-method, stops, test and notes",
    endings: TABLE_ENDINGS,
    options: &[COLUMN, TITLES],
    sniff: systems_table::sniff,
    layout: Some(&systems_table::LAYOUT),
    read: systems_table::read,
};

pub(super) const AREAS: ImportKind = ImportKind {
    id: "areas-table",
    topic: Topic::Areas,
    name: "a table of business areas with the columns name and owner (CSV, Excel)",
    help: "Columns name, id, owner, email, notice and notes",
    endings: TABLE_ENDINGS,
    options: &[COLUMN, TITLES],
    sniff: areas_table::sniff,
    layout: Some(&areas_table::LAYOUT),
    read: areas_table::read,
};

pub(super) const PEOPLE: ImportKind = ImportKind {
    id: "people-table",
    topic: Topic::People,
    name: "a table of people with the columns name and email (CSV, Excel)",
    help: "Columns name, id, email, phone, team and notes",
    endings: TABLE_ENDINGS,
    options: &[COLUMN, TITLES],
    sniff: people_table::sniff,
    layout: Some(&people_table::LAYOUT),
    read: people_table::read,
};
