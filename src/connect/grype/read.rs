//! Reads Grype's JSON. It promises no schema, so every field may be missing.

use serde_json::Value;

use super::REPORT;
use crate::connect::documents::json;
use crate::connect::documents::json_value::{day, first_text, list, number, text, texts};
use crate::connect::findings::{
    FindingRow, Findings, Program, Score, ScoreVersion, epss_per_100_000, severity_of_word,
};
use crate::import::cves_in;
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::FixState;

const PROGRAM: Program = Program { id: "grype", name: "Grype", target: "image or folder" };
const WITHOUT: &[&str] =
    &["description", "urls", "matchDetails", "cpes", "licenses", "locations", "manifest", "config", "layers"];
/// The members of a document; each has one of them.
const MEMBERS: &[&str] = &["matches", "ignoredMatches", "descriptor", "source"];

pub(super) fn sniff(head: &Head) -> Confidence {
    json::judged(head, |text| {
        json::has_keys(text, &["matches"])
            && (json::has_keys(text, &["vulnerability", "artifact"]) || json::has_keys(text, &["descriptor"]))
    })
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let documents = json::read_all(input, REPORT.name, WITHOUT)?;
    let mut findings = Findings::new(REPORT.id, PROGRAM, input);
    let (mut scanned_on, mut ignored) = (None, 0);
    for document in json::known_elements(&documents, REPORT.name, MEMBERS)? {
        let source = &document["source"];
        let host = first_text(&[&source["target"]["userInput"], &source["target"], &source["name"]]);
        let host = vec![host.trim_matches('"').to_owned()];
        findings.add_host(&host);
        scanned_on = scanned_on.max(day(&document["descriptor"]["timestamp"]));
        ignored += list(&document["ignoredMatches"]).len();
        for found in list(&document["matches"]) {
            input.source.check_cancelled()?;
            findings.add(&row(found, &host))?;
        }
    }
    if ignored > 0 {
        findings.assume(format!("Not counted as rows: matches that Grype ignores ({ignored})"));
    }
    Ok(findings.finish(scanned_on))
}

fn row(found: &Value, host: &[String]) -> FindingRow {
    let (vulnerability, related) = (&found["vulnerability"], list(&found["relatedVulnerabilities"]));
    let id = text(&vulnerability["id"]);
    let mut cves = cves_in(id);
    cves.extend(related.iter().flat_map(|related| cves_in(text(&related["id"]))).filter(|cve| !id.contains(cve)));
    cves.sort();
    cves.dedup();
    let all = || std::iter::once(vulnerability).chain(related);
    let package = text(&found["artifact"]["name"]);
    let epss = all().flat_map(|each| list(&each["epss"])).find_map(|epss| number(&epss["epss"]));
    FindingRow {
        cves,
        own_id: id.to_owned(),
        title: if package.is_empty() { id.to_owned() } else { format!("{id} in {package}") },
        hosts: vec![host.to_vec()],
        score: all().find_map(score),
        severity: severity_of_word(text(&vulnerability["severity"])),
        epss_per_100_000: epss.and_then(epss_per_100_000),
        is_exploited: all().any(|each| !list(&each["knownExploited"]).is_empty()),
        due_on: all().flat_map(|each| list(&each["knownExploited"])).find_map(|known| day(&known["dueDate"])),
        fix: fix(&vulnerability["fix"]),
        product: package.to_owned(),
        ..FindingRow::default()
    }
}

/// The states are "fixed", "not-fixed", "wont-fix", "unknown" and, in some versions, nothing.
fn fix(fix: &Value) -> FixState {
    let on = list(&fix["available"]).iter().filter_map(|available| day(&available["date"])).min();
    match text(&fix["state"]) {
        "fixed" => FixState::Available { on },
        _ if texts(&fix["versions"]).next().is_some() => FixState::Available { on },
        "not-fixed" | "wont-fix" => FixState::Missing,
        _ => FixState::Unknown,
    }
}

/// The newest score.
fn score(vulnerability: &Value) -> Option<Score> {
    let scores = list(&vulnerability["cvss"]).iter().filter_map(|cvss| {
        let version = match text(&cvss["version"]).chars().next() {
            Some('4') => ScoreVersion::V4,
            Some('3') => ScoreVersion::V3,
            Some('2') => ScoreVersion::V2,
            _ => ScoreVersion::Unknown,
        };
        Score::new(version, number(&cvss["metrics"]["baseScore"])?)
    });
    scores.max_by_key(|score| score.version)
}
