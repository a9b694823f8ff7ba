//! Reads alerts as GitHub's REST API lists them, as its webhooks send them, and as GraphQL answers.

use serde_json::Value;

use super::REPORT;
use crate::connect::documents::json;
use crate::connect::documents::json_value::{first_text, is_yes, list, number, text, written_day};
use crate::connect::findings::{
    FindingRow, Findings, Program, Score, ScoreVersion, epss_per_100_000, score_of_vector, severity_of_word,
};
use crate::import::cves_in;
use crate::import::{Confidence, Head, ImportError, Imported, Input, words_on_one_line};
use crate::model::FixState;
use crate::wording::counted;

const PROGRAM: Program = Program { id: "dependabot", name: "Dependabot", target: "repository" };
const WITHOUT: &[&str] = &["description", "references", "cwes", "vulnerabilities", "sender"];

pub(super) fn sniff(head: &Head) -> Confidence {
    json::judged(head, |text| {
        json::has_keys(text, &["vulnerabilityAlerts"])
            || json::has_keys(text, &["security_advisory", "ghsa_id"])
            || json::has_keys(text, &["security_vulnerability"])
    })
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let documents = json::read_all(input, REPORT.name, WITHOUT)?;
    let mut findings = Findings::new(REPORT.id, PROGRAM, input);
    let mut more = 0;
    for document in json::elements(&documents) {
        if document["alert"].is_object() {
            findings.add(&row(&document["alert"], &repository(&document["repository"])))?;
        } else if has_alert(document) {
            findings.add(&row(document, &repository(&document["repository"])))?;
        } else {
            let nested = add_nested(document, &[], &mut findings, input)?;
            if !nested.is_known {
                return Err(without_alerts(document));
            }
            more += nested.more;
        }
    }
    if more > 0 {
        let text = format!("The file has only the first page of {} (hasNextPage)", counted(more, "list"));
        findings.warn(None, text);
    }
    Ok(findings.finish(None))
}

/// The error of a document without alerts or lists: GitHub answers so if a token lacks rights.
fn without_alerts(document: &Value) -> ImportError {
    let said = list(&document["errors"]).first().map_or("", |error| text(&error["message"]));
    let said = words_on_one_line(first_text(&[&document["message"], &Value::from(said)]));
    let said = if said.is_empty() { String::new() } else { format!(": \"{said}\"") };
    ImportError::BrokenDocument { name: REPORT.name, problem: format!("a part of it has no alerts{said}") }
}

fn has_alert(value: &Value) -> bool {
    ["security_advisory", "security_vulnerability", "securityVulnerability", "securityAdvisory"]
        .iter()
        .any(|key| value[*key].is_object())
}

/// What an answer of GraphQL has.
#[derive(Default)]
struct Nested {
    /// Whether it has alerts, or lists of them.
    is_known: bool,
    /// How many lists go on on another page.
    more: usize,
}

impl Nested {
    fn and(self, other: Self) -> Self {
        Self { is_known: self.is_known || other.is_known, more: self.more + other.more }
    }
}

/// Adds the alerts of an answer of GraphQL, in which repositories can be nested in any way.
fn add_nested(
    value: &Value,
    host: &[String],
    findings: &mut Findings<'_>,
    input: &Input<'_>,
) -> Result<Nested, ImportError> {
    input.source.check_cancelled()?;
    match value {
        Value::Array(list) => list
            .iter()
            .try_fold(Nested::default(), |found, each| Ok(found.and(add_nested(each, host, findings, input)?))),
        Value::Object(_) if has_alert(value) => {
            let own = repository(&value["repository"]);
            findings.add(&row(value, if own.is_empty() { host } else { &own }))?;
            Ok(Nested { is_known: true, more: 0 })
        }
        Value::Object(members) => {
            let own = if value["vulnerabilityAlerts"].is_null() { Vec::new() } else { repository(value) };
            let host = if own.is_empty() { host } else { &own };
            if !own.is_empty() {
                findings.add_host(&own);
            }
            let found = Nested {
                is_known: ["vulnerabilityAlerts", "nodes", "edges"].iter().any(|key| members.contains_key(*key)),
                more: usize::from(is_yes(&value["pageInfo"]["hasNextPage"])),
            };
            members.values().try_fold(found, |found, each| Ok(found.and(add_nested(each, host, findings, input)?)))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(Nested::default()),
    }
}

/// The names of a repository: with its owner, and alone.
fn repository(repository: &Value) -> Vec<String> {
    let url = first_text(&[&repository["url"], &repository["html_url"]]);
    let of_url = url.split_once("github.com/").map_or("", |(_, path)| path.trim_start_matches("repos/"));
    let names =
        [first_text(&[&repository["full_name"], &repository["nameWithOwner"]]), of_url, text(&repository["name"])];
    names.into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The repository of an alert that names it only in its address.
fn repository_of_url(alert: &Value) -> Vec<String> {
    let (_, path) = text(&alert["html_url"]).split_once("github.com/").unwrap_or_default();
    let parts: Vec<&str> = path.split('/').take(2).collect();
    match parts.as_slice() {
        [owner, name] => vec![format!("{owner}/{name}"), (*name).to_owned()],
        _ => Vec::new(),
    }
}

fn row(alert: &Value, host: &[String]) -> FindingRow {
    let either = |snake: &str, camel: &str| if alert[snake].is_object() { &alert[snake] } else { &alert[camel] };
    let vulnerability = either("security_vulnerability", "securityVulnerability");
    let advisory = either("security_advisory", "securityAdvisory");
    let advisory = if advisory.is_object() { advisory } else { &vulnerability["advisory"] };
    let package = first_text(&[&vulnerability["package"]["name"], &alert["dependency"]["package"]["name"]]);
    let patch = if vulnerability["first_patched_version"].is_null() {
        &vulnerability["firstPatchedVersion"]
    } else {
        &vulnerability["first_patched_version"]
    };
    let has_patch = !first_text(&[&patch["identifier"], patch]).is_empty();
    let own = if host.is_empty() { repository_of_url(alert) } else { host.to_vec() };
    let summary = text(&advisory["summary"]);
    let (cves, own_id) = ids(advisory);
    FindingRow {
        title: if summary.is_empty() { format!("{own_id} in {package}") } else { summary.to_owned() },
        cves,
        own_id,
        hosts: if own.is_empty() { Vec::new() } else { vec![own] },
        score: score(advisory),
        severity: severity_of_word(first_text(&[
            &vulnerability["severity"],
            &advisory["severity"],
            &alert["severity"],
        ])),
        epss_per_100_000: epss(advisory),
        // GitHub writes no patch also if it knows of none yet, so that is all that is known.
        fix: if has_patch { FixState::Available { on: None } } else { FixState::Unknown },
        published_on: written_day(&advisory["published_at"]).or_else(|| written_day(&advisory["publishedAt"])),
        product: package.to_owned(),
        left_out: left_out(alert, advisory),
        ..FindingRow::default()
    }
}

/// The CVEs of an advisory, and its own id: GHSA, or another with the name space of Dependabot.
fn ids(advisory: &Value) -> (Vec<String>, String) {
    let identifiers = || list(&advisory["identifiers"]).iter().map(|each| text(&each["value"]));
    let mut cves = cves_in(text(&advisory["cve_id"]));
    for cve in identifiers().flat_map(cves_in) {
        if !cves.contains(&cve) {
            cves.push(cve);
        }
    }
    let ghsa = first_text(&[&advisory["ghsa_id"], &advisory["ghsaId"]]);
    let ghsa =
        if ghsa.is_empty() { identifiers().find(|id| id.starts_with("GHSA-")).unwrap_or_default() } else { ghsa };
    if !ghsa.is_empty() {
        return (cves, ghsa.to_owned());
    }
    let other = identifiers().find(|id| !id.is_empty()).map(|id| format!("dependabot:{id}"));
    (cves, other.unwrap_or_default())
}

fn score(advisory: &Value) -> Option<Score> {
    let rated = |version, cvss: &Value| Score::new(version, number(&cvss["score"])?);
    let severities = if advisory["cvss_severities"].is_object() {
        &advisory["cvss_severities"]
    } else {
        &advisory["cvssSeverities"]
    };
    let either =
        |snake: &str, camel: &str| if severities[snake].is_object() { &severities[snake] } else { &severities[camel] };
    let plain = &advisory["cvss"];
    let is_4 = first_text(&[&plain["vector_string"], &plain["vectorString"]]).starts_with("CVSS:4");
    let of_vector = |cvss: &Value| score_of_vector(first_text(&[&cvss["vector_string"], &cvss["vectorString"]]));
    rated(ScoreVersion::V4, either("cvss_v4", "cvssV4"))
        .or_else(|| rated(if is_4 { ScoreVersion::V4 } else { ScoreVersion::V3 }, plain))
        .or_else(|| rated(ScoreVersion::V3, either("cvss_v3", "cvssV3")))
        .or_else(|| of_vector(plain))
        .or_else(|| of_vector(either("cvss_v3", "cvssV3")))
}

fn epss(advisory: &Value) -> Option<u32> {
    list(&advisory["epss"]).iter().find_map(|epss| number(&epss["percentage"])).and_then(epss_per_100_000)
}

/// Only open alerts become advisories. Some queries ask for no state, but for the day on which it was closed.
fn left_out(alert: &Value, advisory: &Value) -> Option<&'static str> {
    let has = |keys: &[&str]| keys.iter().any(|key| !text(&alert[*key]).is_empty());
    let state = text(&alert["state"]).to_ascii_lowercase();
    match state.as_str() {
        "fixed" => Some("fixed"),
        "dismissed" => Some("dismissed"),
        "auto_dismissed" => Some("dismissed by a rule"),
        "open" => None,
        _ if has(&["fixedAt", "fixed_at"]) => Some("fixed"),
        _ if has(&["dismissedAt", "dismissed_at"]) => Some("dismissed"),
        _ if has(&["autoDismissedAt", "auto_dismissed_at"]) => Some("dismissed by a rule"),
        _ => None,
    }
    .or_else(|| {
        let is_withdrawn = !first_text(&[&advisory["withdrawn_at"], &advisory["withdrawnAt"]]).is_empty();
        is_withdrawn.then_some("withdrawn")
    })
}
