//! Reads answers of NVD's API 2.0, and single entries of them.

use serde_json::Value;

use super::REPORT;
use crate::connect::documents::json;
use crate::connect::documents::json_value::{day, list, number, text, written_day};
use crate::connect::findings::{FindingRow, Findings, Program, Score, ScoreVersion};
use crate::import::cves_in;
use crate::import::{Confidence, Head, ImportError, Imported, Input};

const PROGRAM: Program = Program { id: "nvd", name: "NVD", target: "host" };
const WITHOUT: &[&str] = &["configurations", "references", "weaknesses", "cveTags"];
/// The members of a document; each has one of them.
const MEMBERS: &[&str] = &["vulnerabilities", "cve", "id", "totalResults"];

pub(super) fn sniff(head: &Head) -> Confidence {
    json::judged(head, |text| {
        text.contains("\"NVD_CVE\"")
            || json::has_keys(text, &["sourceIdentifier", "vulnStatus"])
            || json::has_keys(text, &["vulnStatus", "descriptions"])
            || json::has_keys(text, &["sourceIdentifier", "descriptions"])
    })
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let documents = json::read_all(input, REPORT.name, WITHOUT)?;
    let mut findings = Findings::new(REPORT.id, PROGRAM, input);
    for document in json::known_elements(&documents, REPORT.name, MEMBERS)? {
        let (total, entries) = (document["totalResults"].as_u64().unwrap_or(0), list(&document["vulnerabilities"]));
        if total > entries.len() as u64 {
            findings.warn(None, format!("The file has {} of {total} results: NVD gives them in pages", entries.len()));
        }
        let is_page = document["vulnerabilities"].is_array();
        for entry in if is_page { entries } else { std::slice::from_ref(document) } {
            input.source.check_cancelled()?;
            findings.add(&row(if entry["cve"].is_object() { &entry["cve"] } else { entry }))?;
        }
    }
    Ok(findings.finish(None))
}

fn row(cve: &Value) -> FindingRow {
    let is_rejected = text(&cve["vulnStatus"]).eq_ignore_ascii_case("rejected");
    FindingRow {
        cves: cves_in(text(&cve["id"])),
        own_id: text(&cve["id"]).to_owned(),
        title: title(cve),
        score: score(&cve["metrics"]),
        is_exploited: !text(&cve["cisaExploitAdd"]).is_empty(),
        due_on: day(&cve["cisaActionDue"]),
        // Without a zone, NVD means UTC.
        published_on: written_day(&cve["published"]),
        left_out: is_rejected.then_some("rejected"),
        ..FindingRow::default()
    }
}

/// CISA's name of it, or the first sentence of its description in English.
fn title(cve: &Value) -> String {
    let name = text(&cve["cisaVulnerabilityName"]);
    if !name.is_empty() {
        return name.to_owned();
    }
    let descriptions = list(&cve["descriptions"]);
    let english = descriptions.iter().find(|each| text(&each["lang"]).starts_with("en")).or(descriptions.first());
    let whole = english.map_or("", |description| text(&description["value"]));
    whole.split_once(". ").map_or(whole, |(first, _)| first).trim_end_matches('.').to_owned()
}

/// The newest version of CVSS; of it NVD's own score before that of others.
fn score(metrics: &Value) -> Option<Score> {
    let versions = [
        ("cvssMetricV40", ScoreVersion::V4),
        ("cvssMetricV31", ScoreVersion::V3),
        ("cvssMetricV30", ScoreVersion::V3),
        ("cvssMetricV2", ScoreVersion::V2),
    ];
    versions.into_iter().find_map(|(key, version)| {
        let all = list(&metrics[key]);
        let primary = all.iter().find(|metric| text(&metric["type"]) == "Primary");
        primary.into_iter().chain(all).find_map(|metric| Score::new(version, number(&metric["cvssData"]["baseScore"])?))
    })
}
