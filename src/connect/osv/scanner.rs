//! Reads the reports of osv-scanner. It writes nothing at all if it finds no packages.

use std::collections::HashMap;

use serde_json::Value;

use super::SCANNER;
use super::record::{WITHOUT, row};
use crate::connect::documents::json;
use crate::connect::documents::json_value::{list, number, text, texts};
use crate::connect::findings::{FindingRow, Findings, Program, Score, ScoreVersion};
use crate::import::{Confidence, Head, ImportError, Imported, Input};

const PROGRAM: Program = Program { id: "osv", name: "osv-scanner", target: "scanned file" };
/// The members of a document; each has one of them.
const MEMBERS: &[&str] = &["results", "experimental_config"];

pub(super) fn sniff(head: &Head) -> Confidence {
    json::judged(head, |text| {
        json::has_keys(text, &["results"])
            && (json::has_keys(text, &["packages", "source"]) || json::has_keys(text, &["experimental_config"]))
    })
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let documents = json::read_all(input, SCANNER.name, WITHOUT)?;
    let mut findings = Findings::new(SCANNER.id, PROGRAM, input);
    for source in
        json::known_elements(&documents, SCANNER.name, MEMBERS)?.flat_map(|document| list(&document["results"]))
    {
        let host = vec![text(&source["source"]["path"]).to_owned()];
        findings.add_host(&host);
        for package in list(&source["packages"]) {
            let severities = severities(package);
            for found in list(&package["vulnerabilities"]) {
                input.source.check_cancelled()?;
                let record = row(found);
                let grouped = || Score::new(ScoreVersion::Unknown, *severities.get(text(&found["id"]))?);
                findings.add(&FindingRow {
                    hosts: vec![host.clone()],
                    score: record.score.or_else(grouped),
                    product: text(&package["package"]["name"]).to_owned(),
                    ..record
                })?;
            }
        }
    }
    Ok(findings.finish(None))
}

/// The highest score of the group that each id belongs to, which osv-scanner calculates from any version of CVSS.
fn severities(package: &Value) -> HashMap<&str, f64> {
    let groups = list(&package["groups"]).iter();
    let scored = groups.filter_map(|group| Some((texts(&group["ids"]), number(&group["max_severity"])?)));
    scored.flat_map(|(ids, score)| ids.map(move |id| (id, score))).collect()
}
