//! Tables of what a plan is about: systems, business areas, people, scan routines and bulletin duties. A record that the plan already has, by id or name,
//! is updated; what the table does not say stays as it is.

mod areas_table;
mod bulletins_table;
mod people_table;
mod record_tally;
mod scans_table;
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
    help: "Columns name, id, email, phone, team, team-email, informed-of and notes",
    endings: TABLE_ENDINGS,
    options: &[COLUMN, TITLES],
    sniff: people_table::sniff,
    layout: Some(&people_table::LAYOUT),
    read: people_table::read,
};

pub(super) const SCANS: ImportKind = ImportKind {
    id: "scans-table",
    topic: Topic::Scans,
    name: "a table of scan routines with the columns name and runs (CSV, Excel)",
    help: "Columns name, id, kind, runs, tool, who, covers, last-on, outcome, open and notes",
    endings: TABLE_ENDINGS,
    options: &[COLUMN, TITLES],
    sniff: scans_table::sniff,
    layout: Some(&scans_table::LAYOUT),
    read: scans_table::read,
};

pub(super) const BULLETINS: ImportKind = ImportKind {
    id: "bulletins-table",
    topic: Topic::Bulletins,
    name: "a table of bulletin duties with the columns name, vendors and owner (CSV, Excel)",
    help: "Columns name, id, vendors, source, owner, stand-in and notes",
    endings: TABLE_ENDINGS,
    options: &[COLUMN, TITLES],
    sniff: bulletins_table::sniff,
    layout: Some(&bulletins_table::LAYOUT),
    read: bulletins_table::read,
};
