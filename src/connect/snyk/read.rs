//! Reads Snyk's JSON: one project, a list of projects, or an image with its applications.

use serde_json::Value;

use super::REPORT;
use crate::connect::documents::json;
use crate::connect::documents::json_value::{first_text, is_yes, list, number, text, texts, written_day};
use crate::connect::findings::{
    FindingRow, Findings, Program, Score, ScoreVersion, epss_per_100_000, severity_of_word,
};
use crate::import::cves_in;
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::FixState;
use crate::wording::counted;

const PROGRAM: Program = Program { id: "snyk", name: "Snyk", target: "project or image" };
const WITHOUT: &[&str] = &[
    "description",
    "references",
    "functions",
    "functions_new",
    "semver",
    "credit",
    "patches",
    "from",
    "remediation",
    "licensesPolicy",
    "policy",
    "filtered",
    "cpes",
    "docker",
];
/// The members of a document; each has one of them.
const MEMBERS: &[&str] =
    &["vulnerabilities", "applications", "infrastructureAsCodeIssues", "error", "ok", "packageManager"];

pub(super) fn sniff(head: &Head) -> Confidence {
    json::judged(head, |text| {
        let has = |keys: &[&str]| json::has_keys(text, keys);
        has(&["vulnerabilities", "packageManager"]) && (has(&["dependencyCount"]) || has(&["ok"]) || has(&["semver"]))
            || has(&["vulnerabilities", "CVSSv3", "semver"])
            || has(&["ok", "dependencyCount"])
            || has(&["infrastructureAsCodeIssues"])
    })
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let documents = json::read_all(input, REPORT.name, WITHOUT)?;
    let mut findings = Findings::new(REPORT.id, PROGRAM, input);
    for project in json::known_elements(&documents, REPORT.name, MEMBERS)? {
        add_project(project, &mut findings, input)?;
        for application in list(&project["applications"]) {
            add_project(application, &mut findings, input)?;
        }
    }
    Ok(findings.finish(None))
}

fn add_project(project: &Value, findings: &mut Findings<'_>, input: &Input<'_>) -> Result<(), ImportError> {
    let error = text(&project["error"]);
    if !error.is_empty() {
        findings.warn(None, format!("Snyk could not scan {}: {error}", first_text(&[&project["path"]])));
    }
    let host = host(project);
    if !host.is_empty() {
        findings.add_host(&host);
    }
    for found in list(&project["vulnerabilities"]) {
        input.source.check_cancelled()?;
        findings.add(&row(found, &host))?;
    }
    let checks = list(&project["infrastructureAsCodeIssues"]).len();
    if checks > 0 {
        findings.assume(format!("Not counted as rows: {}", counted(checks, "configuration check")));
    }
    Ok(())
}

/// A project by its name and the file that lists its packages; an image by its name.
fn host(project: &Value) -> Vec<String> {
    let names = [&project["projectName"], &project["displayTargetFile"], &project["path"]].map(text);
    names.into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn row(found: &Value, host: &[String]) -> FindingRow {
    let id = text(&found["id"]);
    let package = first_text(&[&found["packageName"], &found["moduleName"], &found["name"]]);
    let title = text(&found["title"]);
    let is_fixable = texts(&found["fixedIn"]).next().is_some()
        || !text(&found["nearestFixedInVersion"]).is_empty()
        || is_yes(&found["isUpgradable"])
        || is_yes(&found["isPatchable"]);
    let is_licence = text(&found["type"]) == "license" || id.starts_with("snyk:lic:");
    let epss = number(&found["epssDetails"]["probability"]);
    FindingRow {
        cves: texts(&found["identifiers"]["CVE"]).flat_map(cves_in).collect(),
        own_id: id.to_owned(),
        title: if package.is_empty() { title.to_owned() } else { format!("{title} in {package}") },
        hosts: if host.is_empty() { Vec::new() } else { vec![host.to_vec()] },
        score: score(found),
        severity: severity_of_word(first_text(&[&found["severity"], &found["severityWithCritical"]])),
        epss_per_100_000: epss.and_then(epss_per_100_000),
        fix: if is_fixable { FixState::Available { on: None } } else { FixState::Missing },
        published_on: written_day(&found["publicationTime"]).or_else(|| written_day(&found["disclosureTime"])),
        product: package.to_owned(),
        left_out: is_licence.then_some("licences: no patch"),
        ..FindingRow::default()
    }
}

/// `cvssScore` is of the version that its vector names; old reports have no vector.
fn score(found: &Value) -> Option<Score> {
    let vector = first_text(&[&found["CVSSv4"], &found["CVSSv3"]]);
    let version = if vector.starts_with("CVSS:4") { ScoreVersion::V4 } else { ScoreVersion::V3 };
    let version = if vector.is_empty() { ScoreVersion::Unknown } else { version };
    Score::new(version, number(&found["cvssScore"])?)
}
