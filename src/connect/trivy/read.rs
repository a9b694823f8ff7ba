//! Reads Trivy's JSON: `null`, the list of results of old versions, schema 2, and reports of clusters.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::REPORT;
use crate::connect::documents::json;
use crate::connect::findings::{FindingRow, Findings, Program, Score, ScoreVersion, cves_in};
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::{FixState, ReportedSeverity};

const PROGRAM: Program = Program { id: "trivy", name: "Trivy", target: "image or resource" };

/// A document of any version.
#[derive(Deserialize)]
#[serde(untagged)]
enum Document {
    Report(Report),
    /// Until version 0.19 the results were the document.
    Results(Vec<ScanResult>),
    /// Old versions wrote `null` if nothing was found.
    Nothing(()),
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
struct Report {
    created_at: String,
    artifact_name: String,
    results: Option<Vec<ScanResult>>,
    /// Of a cluster.
    cluster_name: String,
    resources: Option<Vec<Resource>>,
    vulnerabilities: Option<Vec<Resource>>,
}

/// A workload of a cluster.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
struct Resource {
    namespace: String,
    kind: String,
    name: String,
    results: Option<Vec<ScanResult>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
struct ScanResult {
    target: String,
    vulnerabilities: Option<Vec<Vulnerability>>,
    misconfigurations: Option<Vec<IgnoredAny>>,
    secrets: Option<Vec<IgnoredAny>>,
    /// Findings that a VEX document or a file of exceptions took out.
    experimental_modified_findings: Option<Vec<Modified>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
struct Modified {
    finding: Vulnerability,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
struct Vulnerability {
    #[serde(rename = "VulnerabilityID")]
    id: String,
    #[serde(rename = "VendorIDs")]
    vendor_ids: Option<Vec<String>>,
    pkg_name: String,
    title: String,
    severity: String,
    fixed_version: String,
    published_date: String,
    #[serde(rename = "CVSS")]
    cvss: Option<BTreeMap<String, Cvss>>,
}

/// The scores of one source.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Cvss {
    #[serde(rename = "V2Score")]
    v2: Option<f64>,
    #[serde(rename = "V3Score")]
    v3: Option<f64>,
    #[serde(rename = "V40Score")]
    v4: Option<f64>,
}

pub(super) fn sniff(head: &Head) -> Confidence {
    let text = head.text();
    if !json::begins_json(text) {
        return Confidence::No;
    }
    let is_report = json::has_keys(text, &["SchemaVersion", "ArtifactName"])
        || json::has_keys(text, &["ClusterName"])
        || json::has_keys(text, &["Target", "Vulnerabilities"])
        || json::has_keys(text, &["VulnerabilityID", "PkgName"]);
    if is_report { Confidence::Certain } else { Confidence::No }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let document: Document = json::read(input, REPORT.name)?;
    let mut findings = Findings::new(REPORT.id, PROGRAM, input);
    let mut scanned_on = None;
    match document {
        Document::Nothing(()) => {}
        Document::Results(results) => add_all(&results, "", &mut findings, input)?,
        Document::Report(report) => {
            scanned_on = day(&report.created_at);
            add_all(report.results.as_deref().unwrap_or_default(), &report.artifact_name, &mut findings, input)?;
            for resource in report.resources.iter().chain(&report.vulnerabilities).flatten() {
                let names = [&report.cluster_name, &resource.namespace, &resource.kind, &resource.name];
                let names: Vec<&str> = names.into_iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
                add_all(resource.results.as_deref().unwrap_or_default(), &names.join("/"), &mut findings, input)?;
            }
        }
    }
    Ok(findings.finish(scanned_on))
}

/// Adds the results of one image, file system or resource.
fn add_all(
    results: &[ScanResult],
    host: &str,
    findings: &mut Findings<'_>,
    input: &Input<'_>,
) -> Result<(), ImportError> {
    for result in results {
        let host = if host.is_empty() { &result.target } else { host };
        for vulnerability in result.vulnerabilities.iter().flatten() {
            input.source.check_cancelled()?;
            findings.add(&row(vulnerability, host, None))?;
        }
        for modified in result.experimental_modified_findings.iter().flatten() {
            findings.add(&row(&modified.finding, host, Some("suppressed in Trivy")))?;
        }
        let other = |list: &Option<Vec<IgnoredAny>>| list.as_ref().map_or(0, Vec::len);
        findings.leave_out("configuration checks: no patch", other(&result.misconfigurations));
        findings.leave_out("secrets: no patch", other(&result.secrets));
    }
    Ok(())
}

fn row(vulnerability: &Vulnerability, host: &str, left_out: Option<&'static str>) -> FindingRow {
    let Vulnerability { id, vendor_ids, pkg_name, title, severity, .. } = vulnerability;
    let mut cves = cves_in(id);
    if cves.is_empty() {
        cves = vendor_ids.iter().flatten().flat_map(|id| cves_in(id)).collect();
    }
    let fix = if vulnerability.fixed_version.is_empty() { FixState::Missing } else { FixState::Available { on: None } };
    FindingRow {
        cves,
        own_id: id.clone(),
        title: if title.is_empty() { format!("{id} in {pkg_name}") } else { title.clone() },
        hosts: vec![vec![host.to_owned()]],
        score: score(vulnerability),
        severity: severity_of(severity),
        fix,
        published_on: day(&vulnerability.published_date),
        product: pkg_name.clone(),
        left_out,
        ..FindingRow::default()
    }
}

/// The newest score. NVD's before those of others, since it rates the vulnerability and not a package.
fn score(vulnerability: &Vulnerability) -> Option<Score> {
    let sources = vulnerability.cvss.as_ref()?;
    let best = |cvss: &Cvss| {
        let versions = [(ScoreVersion::V4, cvss.v4), (ScoreVersion::V3, cvss.v3), (ScoreVersion::V2, cvss.v2)];
        versions.into_iter().find_map(|(version, score)| Score::new(version, score?))
    };
    let scores = sources.iter().filter_map(|(source, cvss)| Some((best(cvss)?, source == "nvd")));
    scores.max_by_key(|(score, is_nvd)| (score.version, *is_nvd, score.tenths)).map(|(score, _)| score)
}

fn severity_of(word: &str) -> Option<ReportedSeverity> {
    match word.to_ascii_uppercase().as_str() {
        "CRITICAL" => Some(ReportedSeverity::Critical),
        "HIGH" => Some(ReportedSeverity::High),
        "MEDIUM" => Some(ReportedSeverity::Medium),
        "LOW" => Some(ReportedSeverity::Low),
        _ => None,
    }
}

/// The day of "2021-03-25T02:15:13.513Z", in UTC.
fn day(text: &str) -> Option<NaiveDate> {
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc().date_naive())
}
