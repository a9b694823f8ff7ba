//! Lists that Windowsill itself exports: only those of windows, advisories, scan
//! routines and bulletin duties can be imported again.

use super::layout::{Header, plain};
use super::sheet::{Sheet, SheetRow};
use crate::import::limits::FIRST_ROWS;
use crate::import::topic::Topic;

/// The title that all of them have, as [`plain`] leaves it.
const OWN_TITLE: &str = "zonedata";

/// What each is called, titles that only it has, and what it can be imported as.
const LISTS: [(&str, &[&str], Option<Topic>); 10] = [
    ("list of occurrences", &["uid", "originalon", "localstart"], Some(Topic::Windows)),
    ("list of advisories", &["cvss", "published", "standing"], Some(Topic::Advisories)),
    ("list of scan routines", &["routine", "everydays", "covered"], Some(Topic::Scans)),
    ("list of bulletin duties", &["duty", "vendors", "unreadfrom"], Some(Topic::Bulletins)),
    ("rota", &["person", "duty", "window"], None),
    ("list of findings", &["code", "severity", "subject"], None),
    ("ledger", &["area", "state", "saidon"], None),
    ("notice calendar", &["dueon", "latedays", "window"], None),
    ("list of cycles", &["ladder", "release", "releasedat"], None),
    ("list of reachability", &["ladder", "worstminutes", "misseddays"], None),
];

/// The list of another topic that one of the sheets with a header is, or any sheet if none has one: its name and the topic
/// that it can be imported as.
pub fn other_list(sheets: &[Sheet], found: &[Option<Header>], topic: Topic) -> Option<(&'static str, Option<Topic>)> {
    let any = found.iter().any(Option::is_some);
    let headed = sheets.iter().zip(found).filter(|(_, header)| header.is_some() || !any).map(|(sheet, _)| sheet);
    let rows = headed.flat_map(|sheet| sheet.rows.iter().take(FIRST_ROWS));
    let (name, own_topic) = rows.into_iter().find_map(own_list)?;
    (own_topic != Some(topic)).then_some((name, own_topic))
}

/// The list whose titles a row has.
fn own_list(row: &SheetRow) -> Option<(&'static str, Option<Topic>)> {
    let is_own = row.cells.last().is_some_and(|last| plain(last) == OWN_TITLE);
    let titles: Vec<String> = if is_own { row.cells.iter().map(|cell| plain(cell)).collect() } else { return None };
    let has = |title: &&str| titles.iter().any(|own| own == title);
    LISTS.iter().find(|(_, wanted, _)| wanted.iter().all(&has)).map(|(name, _, topic)| (*name, *topic))
}
