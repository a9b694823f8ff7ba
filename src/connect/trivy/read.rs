//! Reads Trivy's JSON: `null`, the list of results of old versions, schema 2, and reports of clusters.

use serde_json::Value;

use super::REPORT;
use crate::connect::documents::json;
use crate::connect::documents::json_value::{day, first_text, list, number, text, texts, written_day};
use crate::connect::findings::{FindingRow, Findings, Program, Score, ScoreVersion, severity_of_word};
use crate::import::cves_in;
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::FixState;

const PROGRAM: Program = Program { id: "trivy", name: "Trivy", target: "image or resource" };
const WITHOUT: &[&str] =
    &["Description", "References", "Metadata", "Packages", "CweIDs", "Code", "CauseMetadata", "Layer"];
/// The members of a document; each has one of them.
const MEMBERS: &[&str] = &[
    "Results",
    "Target",
    "Resources",
    "Vulnerabilities",
    "Findings",
    "SchemaVersion",
    "ArtifactName",
    "ClusterName",
    "VulnerabilityID",
];

pub(super) fn sniff(head: &Head) -> Confidence {
    json::judged(head, |text| {
        json::has_keys(text, &["SchemaVersion", "ArtifactName"])
            || json::has_keys(text, &["ClusterName"]) && text.contains("\"Res")
            || json::has_keys(text, &["Target", "Vulnerabilities"])
            || json::has_keys(text, &["Target", "Class", "Type"])
            || json::has_keys(text, &["VulnerabilityID", "PkgName"])
    })
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let documents = json::read_all(input, REPORT.name, WITHOUT)?;
    let findings = Findings::new(REPORT.id, PROGRAM, input);
    let mut report = Report { findings, others: 0, licences: 0, suppressed: 0, alone: 0 };
    let mut scanned_on = None;
    for document in json::known_elements(&documents, REPORT.name, MEMBERS)? {
        input.source.check_cancelled()?;
        if document["VulnerabilityID"].is_string() {
            report.alone += 1;
            report.findings.add(&row(document, ""))?;
            continue;
        }
        if document["Target"].is_string() {
            report.add_result(document, "")?;
            continue;
        }
        scanned_on = scanned_on.max(day(&document["CreatedAt"]));
        report.add_results(document, text(&document["ArtifactName"]))?;
        let resources = ["Resources", "Vulnerabilities", "Findings"].map(|key| list(&document[key]));
        for resource in resources.into_iter().flatten() {
            let names = [&document["ClusterName"], &resource["Namespace"], &resource["Kind"], &resource["Name"]];
            let names: Vec<&str> = names.into_iter().map(text).filter(|name| !name.is_empty()).collect();
            report.add_results(resource, &names.join("/"))?;
        }
    }
    let uncounted = [
        (report.others, "misconfigurations and secrets"),
        (report.licences, "licences"),
        (report.suppressed, "suppressed findings"),
    ];
    for (count, what) in uncounted {
        if count > 0 {
            report.findings.assume(format!("Not counted as rows: {what} ({count})"));
        }
    }
    if report.alone > 0 {
        report.findings.warn(None, "The list does not say what was scanned: its findings belong to no system");
    }
    Ok(report.findings.finish(scanned_on))
}

struct Report<'a> {
    findings: Findings<'a>,
    /// Configuration checks and secrets, which no patch mends.
    others: usize,
    licences: usize,
    /// What a VEX document or a file of exceptions took out.
    suppressed: usize,
    /// Vulnerabilities in a list without the results that they are of.
    alone: usize,
}

impl Report<'_> {
    /// Adds the results of an image, a file system or a resource. Without a name they are named after what was scanned.
    fn add_results(&mut self, scanned: &Value, host: &str) -> Result<(), ImportError> {
        list(&scanned["Results"]).iter().try_for_each(|result| self.add_result(result, host))
    }

    fn add_result(&mut self, result: &Value, host: &str) -> Result<(), ImportError> {
        let host = if host.is_empty() { text(&result["Target"]) } else { host };
        self.others += ["Misconfigurations", "Secrets"].map(|key| list(&result[key]).len()).iter().sum::<usize>();
        self.licences += list(&result["Licenses"]).len();
        self.suppressed += list(&result["ExperimentalModifiedFindings"]).len();
        list(&result["Vulnerabilities"]).iter().try_for_each(|found| self.findings.add(&row(found, host)))
    }
}

fn row(found: &Value, host: &str) -> FindingRow {
    let (id, package) = (text(&found["VulnerabilityID"]), text(&found["PkgName"]));
    let mut cves = cves_in(id);
    if cves.is_empty() {
        cves = texts(&found["VendorIDs"]).flat_map(cves_in).collect();
    }
    let title = first_text(&[&found["Title"], &found["VulnerabilityID"]]);
    FindingRow {
        cves,
        own_id: id.to_owned(),
        title: if title == id { format!("{id} in {package}") } else { title.to_owned() },
        hosts: vec![vec![host.to_owned()]],
        score: score(&found["CVSS"]),
        severity: severity_of_word(text(&found["Severity"])),
        fix: fix(found),
        published_on: written_day(&found["PublishedDate"]),
        product: package.to_owned(),
        left_out: (text(&found["Status"]) == "not_affected").then_some("not affected"),
        ..FindingRow::default()
    }
}

/// Newer versions say why there is no fix: <https://trivy.dev/docs/latest/configuration/filtering/#by-status>
fn fix(found: &Value) -> FixState {
    let has_version = !text(&found["FixedVersion"]).is_empty();
    match text(&found["Status"]) {
        _ if has_version => FixState::Available { on: None },
        "unknown" => FixState::Unknown,
        _ => FixState::Missing,
    }
}

/// The newest score. NVD's before those of others, since it rates the vulnerability and not a package.
fn score(sources: &Value) -> Option<Score> {
    let sources = sources.as_object()?;
    let best = |cvss: &Value| {
        let versions = [
            (ScoreVersion::V4, &cvss["V40Score"]),
            (ScoreVersion::V3, &cvss["V3Score"]),
            (ScoreVersion::V2, &cvss["V2Score"]),
        ];
        versions.into_iter().find_map(|(version, score)| Score::new(version, number(score)?))
    };
    let scores = sources.iter().filter_map(|(source, cvss)| Some((best(cvss)?, source == "nvd")));
    scores.max_by_key(|(score, is_nvd)| (score.version, *is_nvd, score.tenths)).map(|(score, _)| score)
}
