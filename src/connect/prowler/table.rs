//! Reads Prowler's tables: with commas and the names of controls (version 2), or with semicolons (3 and later).

use super::{PROGRAM, TABLE, row};
use crate::connect::documents::table::{Header, TableReader, says_yes};
use crate::connect::documents::titles::Titles;
use crate::connect::findings::Findings;
use crate::import::{Confidence, Head, ImportError, Imported, Input};

const CHECK: &[&str] = &["checkid", "titleid", "titletext", "controlid", "checktitle"];
const STATUS: &[&str] = &["status", "result", "checkresult"];
const SEVERITY: &[&str] = &["severity", "checkseverity"];

pub(super) fn sniff(head: &Head) -> Confidence {
    if Header::is_in(head, are_titles) { Confidence::Certain } else { Confidence::No }
}

fn are_titles(titles: &Titles) -> bool {
    titles.has(CHECK) && titles.has(STATUS) && titles.has(SEVERITY)
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let mut table = TableReader::new(input, TABLE.name, are_titles)?;
    let [status, severity, muted] = [STATUS, SEVERITY, &["muted"]].map(|titles| table.column(titles));
    let mut findings = Findings::new(TABLE.id, PROGRAM, input);
    while let Some(check) = table.next()? {
        let is_muted = says_yes(check.text(&muted));
        findings.add(&row(check.text(&status), check.text(&severity), is_muted))?;
    }
    table.remarks().into_iter().for_each(|remark| findings.warn(None, remark));
    Ok(findings.finish(None))
}
