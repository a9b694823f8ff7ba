//! Advisories: tables, and CISA's catalogue of known exploited vulnerabilities.
//!
//! Advisories that the plan already has are updated; what people entered about them (decisions, the day on which one was
//! patched, notes) is kept.

mod advisory_table;
mod kev_catalogue;
mod kev_entries;
mod product_match;
mod tally;

pub(crate) use tally::Tally;

use super::kind::ImportKind;
use super::tables::options::{COLUMN, DATES, TABLE_ENDINGS, TITLES};
use super::topic::Topic;

pub(super) const TABLE: ImportKind = ImportKind {
    id: "advisories-table",
    topic: Topic::Advisories,
    name: "a table of advisories with the columns id and published (CSV, Excel)",
    help: "Columns id, title, cvss, published, exploited and systems",
    endings: TABLE_ENDINGS,
    options: &[DATES, COLUMN, TITLES],
    sniff: advisory_table::sniff,
    layout: Some(&advisory_table::LAYOUT),
    read: advisory_table::read,
};

pub(super) const KEV_CATALOGUE: ImportKind = ImportKind {
    id: "advisories-kev",
    topic: Topic::Advisories,
    name: "CISA's catalogue of known exploited vulnerabilities (JSON)",
    help: "Entries that match a system by vendor and product",
    endings: &["json"],
    options: &[],
    sniff: kev_catalogue::sniff,
    layout: None,
    read: kev_catalogue::read,
};
