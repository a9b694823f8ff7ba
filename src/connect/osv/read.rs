//! Reads records of OSV: one, a list, one on each line, or the answer to a query.

use super::RECORDS;
use super::record::{WITHOUT, row};
use crate::connect::documents::json;
use crate::connect::documents::json_value::{list, text};
use crate::connect::findings::{Findings, Program};
use crate::import::{Confidence, Head, ImportError, Imported, Input};

const PROGRAM: Program = Program { id: "osv", name: "OSV", target: "host" };

/// The members of a document; each has one of them.
const MEMBERS: &[&str] = &["id", "vulns", "vulnerabilities", "next_page_token"];

pub(super) fn sniff(head: &Head) -> Confidence {
    json::judged(head, |text| {
        let is_scanner = json::has_keys(text, &["results", "packages"]);
        let is_record = json::has_keys(text, &["id", "modified"])
            && ["schema_version", "affected", "aliases"].iter().any(|key| json::has_keys(text, &[key]));
        is_record && !is_scanner
    })
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let documents = json::read_all(input, RECORDS.name, WITHOUT)?;
    let mut findings = Findings::new(RECORDS.id, PROGRAM, input);
    for document in json::known_elements(&documents, RECORDS.name, MEMBERS)? {
        if !text(&document["next_page_token"]).is_empty() {
            findings.warn(None, "The list goes on: OSV gives it in pages (next_page_token)");
        }
        let records = ["vulns", "vulnerabilities"].map(|key| &document[key]).into_iter().find(|each| each.is_array());
        for record in records.map_or(std::slice::from_ref(document), list) {
            input.source.check_cancelled()?;
            findings.add(&row(record))?;
        }
    }
    Ok(findings.finish(None))
}
