//! Reads errata as the API of Katello lists them.

use serde_json::Value;

use super::REPORT;
use crate::connect::documents::days::WrittenDay;
use crate::connect::documents::json;
use crate::connect::documents::json_value::{day, first_text, list, text, texts};
use crate::connect::findings::{FindingRow, Findings, Program, severity_of_word};
use crate::import::cves_in;
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::FixState;

const PROGRAM: Program = Program { id: "satellite", name: "Satellite", target: "host" };
const WITHOUT: &[&str] = &["description", "solution", "packages", "bugs", "module_streams"];
/// The members of a document; each has one of them.
const MEMBERS: &[&str] = &["results", "errata_id", "pulp_id", "uuid"];

pub(super) fn sniff(head: &Head) -> Confidence {
    json::judged(head, |text| {
        let is_page = json::has_keys(text, &["results", "subtotal", "per_page"]);
        json::has_keys(text, &["errata_id"]) || is_page && is_page_without_results(text)
    })
}

/// An empty page of the API. Nothing says what it is a page of, but a search for plans names them.
fn is_page_without_results(text: &str) -> bool {
    let is_empty = text.split_once("\"results\"").is_some_and(|(_, after)| {
        let list = after.trim_start_matches([':', ' ', '\n', '\r', '\t']);
        list.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(']'))
    });
    is_empty && json::has_keys(text, &["sort"]) && text.contains("\"updated\"")
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let documents = json::read_all(input, REPORT.name, WITHOUT)?;
    let mut findings = Findings::new(REPORT.id, PROGRAM, input);
    for document in json::known_elements(&documents, REPORT.name, MEMBERS)? {
        let (total, page) = (document["subtotal"].as_u64().unwrap_or(0), list(&document["results"]));
        if total > page.len() as u64 {
            findings.warn(None, format!("The file has {} of {total} errata: ask for more on a page", page.len()));
        }
        let errata = if document["results"].is_array() { page } else { std::slice::from_ref(document) };
        for erratum in errata {
            input.source.check_cancelled()?;
            findings.add(&row(erratum))?;
        }
    }
    Ok(findings.finish(None))
}

fn row(erratum: &Value) -> FindingRow {
    let id = first_text(&[&erratum["errata_id"], &erratum["pulp_id"], &erratum["uuid"]]);
    let title = first_text(&[&erratum["title"], &erratum["name"], &erratum["errata_id"]]);
    let cves =
        list(&erratum["cves"]).iter().map(|cve| first_text(&[&cve["cve_id"], cve])).chain(texts(&erratum["cves"]));
    let mut cves: Vec<String> = cves.flat_map(cves_in).collect();
    cves.sort();
    cves.dedup();
    let issued = day(&erratum["issued"]);
    let hosts =
        list(&erratum["hosts"]).iter().map(|host| first_text(&[&host["name"], host])).chain(texts(&erratum["hosts"]));
    let is_security = matches!(text(&erratum["type"]), "security" | "");
    FindingRow {
        cves,
        own_id: id.to_owned(),
        title: title.to_owned(),
        hosts: hosts.filter(|host| !host.is_empty()).map(|host| vec![host.to_owned()]).collect(),
        severity: severity_of_word(text(&erratum["severity"])),
        fix: FixState::Available { on: issued },
        published_on: issued.map(WrittenDay::from),
        left_out: (!is_security).then_some("errata that are not about security"),
        ..FindingRow::default()
    }
}
