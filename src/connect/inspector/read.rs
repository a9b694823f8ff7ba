//! Reads `aws inspector2 list-findings`.

use serde_json::Value;

use super::{FINDINGS, resource_names, score_version};
use crate::connect::documents::json;
use crate::connect::documents::json_value::{list, number, text, texts, written_day};
use crate::connect::findings::{
    FindingRow, Findings, Program, Score, ScoreVersion, epss_per_100_000, severity_of_word,
};
use crate::import::cves_in;
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::FixState;

const PROGRAM: Program = Program { id: "inspector", name: "AWS Inspector", target: "resource" };
const WITHOUT: &[&str] = &["description", "referenceUrls", "remediation"];
/// The members of a document; each has one of them.
const MEMBERS: &[&str] = &["findings", "findingArn", "packageVulnerabilityDetails"];

pub(super) fn sniff(head: &Head) -> Confidence {
    json::judged(head, |text| {
        json::has_keys(text, &["findingArn"])
            || json::has_keys(text, &["packageVulnerabilityDetails"])
            || json::has_keys(text, &["findings"]) && is_page_without_findings(text)
    })
}

/// `{"findings": []}`
fn is_page_without_findings(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).take(80).collect();
    compact.starts_with("{\"findings\":[]")
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let documents = json::read_all(input, FINDINGS.name, WITHOUT)?;
    let mut findings = Findings::new(FINDINGS.id, PROGRAM, input);
    let mut untriaged = 0;
    for document in json::known_elements(&documents, FINDINGS.name, MEMBERS)? {
        let is_page = document["findings"].is_array();
        let found = if is_page { list(&document["findings"]) } else { std::slice::from_ref(document) };
        for finding in found {
            input.source.check_cancelled()?;
            untriaged += usize::from(text(&finding["severity"]) == "UNTRIAGED");
            findings.add(&row(finding))?;
        }
        if !text(&document["nextToken"]).is_empty() {
            findings.warn(None, "The list goes on: AWS gives it in pages (nextToken)");
        }
    }
    if untriaged > 0 {
        findings.assume(format!("Without a severity, since AWS has not rated them yet (UNTRIAGED): {untriaged}"));
    }
    Ok(findings.finish(None))
}

fn row(finding: &Value) -> FindingRow {
    let details = &finding["packageVulnerabilityDetails"];
    let id = text(&details["vulnerabilityId"]);
    let mut cves = cves_in(id);
    cves.extend(texts(&details["relatedVulnerabilities"]).flat_map(cves_in).filter(|cve| cve != id));
    let packages = list(&details["vulnerablePackages"]);
    let fix = match text(&finding["fixAvailable"]) {
        "YES" | "PARTIAL" => FixState::Available { on: None },
        "NO" => FixState::Missing,
        _ => FixState::Unknown,
    };
    let epss = number(&finding["epss"]["score"]).and_then(epss_per_100_000);
    FindingRow {
        left_out: left_out(finding, details.is_object()),
        cves,
        own_id: id.to_owned(),
        title: text(&finding["title"]).to_owned(),
        hosts: list(&finding["resources"]).iter().map(host).collect(),
        score: score(finding),
        severity: severity_of_word(text(&finding["severity"])),
        epss_per_100_000: epss,
        fix,
        published_on: written_day(&details["vendorCreatedAt"]),
        product: packages.first().map_or("", |package| text(&package["name"])).to_owned(),
        ..FindingRow::default()
    }
}

fn host(resource: &Value) -> Vec<String> {
    let mut names = resource_names(text(&resource["id"]));
    names.push(text(&resource["tags"]["Name"]).to_owned());
    let instance = &resource["details"]["awsEc2Instance"];
    names.extend(texts(&instance["ipV4Addresses"]).map(str::to_owned));
    let image = &resource["details"]["awsEcrContainerImage"];
    names.push(text(&image["repositoryName"]).to_owned());
    names.retain(|name| !name.is_empty());
    names
}

fn score(finding: &Value) -> Option<Score> {
    let scores = list(&finding["packageVulnerabilityDetails"]["cvss"])
        .iter()
        .filter_map(|cvss| Score::new(score_version(text(&cvss["version"])), number(&cvss["baseScore"])?));
    let own = || Score::new(ScoreVersion::Unknown, number(&finding["inspectorScore"])?);
    scores.max_by_key(|score| (score.version, score.tenths)).or_else(own)
}

fn left_out(finding: &Value, has_package: bool) -> Option<&'static str> {
    match text(&finding["status"]) {
        "CLOSED" => Some("closed"),
        "SUPPRESSED" => Some("suppressed"),
        _ if !has_package => Some("findings about code or networks: no patch"),
        _ => None,
    }
}
