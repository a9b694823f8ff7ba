//! Reads the JSON of clairctl (Clair 4), klar and clair-scanner, and the layers of Clair's old API.

use serde_json::Value;

use super::REPORT;
use crate::connect::documents::json;
use crate::connect::documents::json_value::{first_text, list, text, written_day};
use crate::connect::findings::{FindingRow, Findings, Program, severity_of_word};
use crate::import::cves_in;
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::FixState;

const PROGRAM: Program = Program { id: "clair", name: "Clair", target: "image" };
const WITHOUT: &[&str] = &["description", "Description", "environments", "distributions", "repository"];
/// The members of a document; each has one of them.
const MEMBERS: &[&str] = &["vulnerabilities", "Vulnerabilities", "Layer", "manifest_hash", "LayerCount"];

pub(super) fn sniff(head: &Head) -> Confidence {
    json::judged(head, |text| {
        json::has_keys(text, &["LayerCount", "Vulnerabilities"])
            || json::has_keys(text, &["unapproved", "vulnerabilities"])
            || json::has_keys(text, &["manifest_hash"])
            || json::has_keys(text, &["Layer", "Features"])
    })
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let documents = json::read_all(input, REPORT.name, WITHOUT)?;
    let mut findings = Findings::new(REPORT.id, PROGRAM, input);
    for document in json::known_elements(&documents, REPORT.name, MEMBERS)? {
        let names = [&document["image"], &document["manifest_hash"], &document["Layer"]["Name"]];
        let host = vec![first_text(&names).to_owned()];
        findings.add_host(&host);
        for found in vulnerabilities(document) {
            input.source.check_cancelled()?;
            findings.add(&row(found, &host))?;
        }
    }
    Ok(findings.finish(None))
}

/// The vulnerabilities of a document: a list, lists by severity, or an object by id.
fn vulnerabilities(document: &Value) -> Vec<&Value> {
    let features = list(&document["Layer"]["Features"]).iter().flat_map(|feature| list(&feature["Vulnerabilities"]));
    let mut found: Vec<&Value> = features.collect();
    for all in [&document["vulnerabilities"], &document["Vulnerabilities"]] {
        match all {
            Value::Object(groups) => found.extend(groups.values().flat_map(list)),
            Value::Array(list) => found.extend(list),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    found
}

fn row(found: &Value, host: &[String]) -> FindingRow {
    let id = first_text(&[&found["vulnerability"], &found["Name"], &found["name"], &found["id"]]);
    let mut cves = cves_in(id);
    if cves.is_empty() {
        cves = ["link", "Link", "links"].iter().flat_map(|key| cves_in(text(&found[*key]))).collect();
    }
    let package =
        first_text(&[&found["featurename"], &found["FeatureName"], &found["package"]["name"], &found["package"]]);
    let fixed = first_text(&[&found["fixedby"], &found["FixedBy"], &found["fixed_in_version"]]);
    let severity = first_text(&[&found["normalized_severity"], &found["severity"], &found["Severity"]]);
    FindingRow {
        cves,
        own_id: id.to_owned(),
        title: if package.is_empty() { id.to_owned() } else { format!("{id} in {package}") },
        hosts: vec![host.to_vec()],
        severity: severity_of_word(severity),
        fix: if fixed.is_empty() { FixState::Missing } else { FixState::Available { on: None } },
        published_on: written_day(&found["issued"]),
        product: package.to_owned(),
        ..FindingRow::default()
    }
}
