//! Reads SARIF 2.1.0. Most of its results are about code; those about a CVE become advisories.

use std::collections::HashMap;

use serde_json::Value;

use super::REPORT;
use crate::connect::documents::json;
use crate::connect::documents::json_value::{first_text, list, number, text, texts};
use crate::connect::findings::{FindingRow, Findings, Program, Score, ScoreVersion, severity_of_word};
use crate::import::cves_in;
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::ReportedSeverity;

const PROGRAM: Program = Program { id: "sarif", name: "SARIF", target: "target" };
const WITHOUT: &[&str] = &[
    "help",
    "fullDescription",
    "codeFlows",
    "threadFlowLocations",
    "graphs",
    "stacks",
    "logicalLocations",
    "artifacts",
    "addresses",
    "snippet",
    "contextRegion",
    "webRequests",
    "webResponses",
    "notifications",
];
/// The members of a document; each has one of them.
const MEMBERS: &[&str] = &["runs"];

pub(super) fn sniff(head: &Head) -> Confidence {
    json::judged(head, |text| {
        json::has_keys(text, &["runs"])
            && (text.contains("sarif")
                || json::has_keys(text, &["tool", "driver"])
                || json::has_keys(text, &["version"]))
    })
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let documents = json::read_all(input, REPORT.name, WITHOUT)?;
    let mut findings = Findings::new(REPORT.id, PROGRAM, input);
    for run in json::known_elements(&documents, REPORT.name, MEMBERS)?.flat_map(|document| list(&document["runs"])) {
        let rules = Rules::new(&run["tool"]);
        let host = host(run);
        for result in list(&run["results"]) {
            input.source.check_cancelled()?;
            findings.add(&row(result, &rules, &host))?;
        }
    }
    Ok(findings.finish(None))
}

/// The rules of a tool and its extensions.
struct Rules<'v> {
    by_id: HashMap<&'v str, &'v Value>,
    of_driver: &'v [Value],
}

impl<'v> Rules<'v> {
    fn new(tool: &'v Value) -> Self {
        let of_driver = list(&tool["driver"]["rules"]);
        let extensions = list(&tool["extensions"]).iter().flat_map(|extension| list(&extension["rules"]));
        let by_id = extensions.chain(of_driver).map(|rule| (text(&rule["id"]), rule)).collect();
        Self { by_id, of_driver }
    }

    /// The rule of a result, by its index or its id. Ids can have parts after it: "CA1000/1".
    fn find(&self, result: &Value, id: &str) -> &'v Value {
        let index = result["ruleIndex"].as_u64().or_else(|| result["rule"]["index"].as_u64());
        let by_index = index.and_then(|index| self.of_driver.get(index as usize));
        let is_it = |rule: &&&Value| id.is_empty() || id.starts_with(text(&rule["id"]));
        by_index.filter(|rule| is_it(&rule)).or_else(|| self.by_id.get(id).copied()).unwrap_or(&Value::Null)
    }
}

/// What was scanned, if the run says it.
fn host(run: &Value) -> Vec<String> {
    let properties = &run["properties"];
    let tags = texts(&properties["repoTags"]).next().unwrap_or_default();
    let repository = list(&run["versionControlProvenance"]).iter().map(|each| text(&each["repositoryUri"])).next();
    let names = [text(&properties["imageName"]), tags, repository.unwrap_or_default()];
    names.into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn row(result: &Value, rules: &Rules<'_>, host: &[String]) -> FindingRow {
    let id = first_text(&[&result["ruleId"], &result["rule"]["id"]]);
    let rule = rules.find(result, id);
    let cves = cves(id, rule, result);
    let rating = [&rule["properties"], &result["properties"]];
    let score = rating.iter().find_map(|properties| score(properties));
    let worded = || rating.iter().find_map(|properties| worded(properties));
    FindingRow {
        left_out: left_out(result, cves.is_empty()),
        cves,
        own_id: id.to_owned(),
        title: first_text(&[&rule["shortDescription"]["text"], &rule["name"], &result["ruleId"]]).to_owned(),
        hosts: if host.is_empty() { Vec::new() } else { vec![host.to_vec()] },
        score,
        severity: if score.is_some() { None } else { worded().or_else(|| of_level(result, rule)) },
        ..FindingRow::default()
    }
}

/// The ids in the fields that name a vulnerability: the rule, its names, its tags and its address, the first that has any.
fn cves(id: &str, rule: &Value, result: &Value) -> Vec<String> {
    let properties = [&rule["properties"], &result["properties"]];
    let named = [id, text(&rule["id"]), text(&rule["name"])].join(" ");
    let tags: Vec<&str> = properties
        .iter()
        .flat_map(|each| ["cve", "cves", "cveId", "tags"].map(|key| &each[key]))
        .flat_map(texts)
        .collect();
    let about = [text(&rule["helpUri"]), text(&rule["shortDescription"]["text"])].join(" ");
    [named, tags.join(" "), about].iter().map(|text| cves_in(text)).find(|cves| !cves.is_empty()).unwrap_or_default()
}

/// A score from 0.1 to 10. `security-severity` is a number as a text, or sometimes a word.
fn score(properties: &Value) -> Option<Score> {
    let version_3 = ["cvssv3_baseScore", "cvssV3_baseScore"].iter().find_map(|key| number(&properties[*key]));
    let version_2 = ["cvssv2_score", "cvssV2_score"].iter().find_map(|key| number(&properties[*key]));
    let rated = |version, score: Option<f64>| Score::new(version, score?);
    rated(ScoreVersion::V3, version_3)
        .or_else(|| rated(ScoreVersion::Unknown, number(&properties["security-severity"])))
        .or_else(|| rated(ScoreVersion::V2, version_2))
}

fn worded(properties: &Value) -> Option<ReportedSeverity> {
    let words = ["security-severity", "severity", "cvssv3_baseSeverity"].map(|key| text(&properties[key]));
    words.into_iter().find_map(severity_of_word)
}

/// By the level of the result, else that of the rule, else "warning" (SARIF 2.1.0, section 3.27.10).
fn of_level(result: &Value, rule: &Value) -> Option<ReportedSeverity> {
    let levels = [&result["level"], &rule["defaultConfiguration"]["level"]].map(Value::as_str);
    match levels.into_iter().flatten().next() {
        Some("error") => Some(ReportedSeverity::High),
        Some("note") => Some(ReportedSeverity::Low),
        Some("none") => None,
        Some(_) | None => Some(ReportedSeverity::Medium),
    }
}

fn left_out(result: &Value, has_no_cve: bool) -> Option<&'static str> {
    let suppressions = list(&result["suppressions"]);
    let is_suppressed = suppressions.iter().any(|each| matches!(text(&each["status"]), "" | "accepted"));
    if is_suppressed {
        return Some("suppressed");
    }
    match (text(&result["baselineState"]), text(&result["kind"])) {
        ("absent", _) => Some("fixed"),
        (_, "pass" | "notApplicable" | "informational") => Some("passed"),
        _ => has_no_cve.then_some("findings in code: no CVE"),
    }
}
