//! Reads findings in the AWS Security Finding Format, which many scanners write: a page, a list, or one on each line.

use serde_json::Value;

use super::{ASFF, resource_names, score_version};
use crate::connect::documents::days::WrittenDay;
use crate::connect::documents::json;
use crate::connect::documents::json_value::{day, first_text, list, number, text, texts};
use crate::connect::findings::{FindingRow, Findings, Program, Score, epss_per_100_000, severity_of_word};
use crate::import::cves_in;
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::{FixState, ReportedSeverity};

const PROGRAM: Program = Program { id: "asff", name: "AWS Security Hub", target: "resource" };
const WITHOUT: &[&str] = &["Description", "Remediation", "ReferenceUrls", "Compliance"];
/// The members of a document; each has one of them.
const MEMBERS: &[&str] = &["Findings", "ProductArn", "AwsAccountId", "Vulnerabilities"];

pub(super) fn sniff(head: &Head) -> Confidence {
    json::judged(head, |text| json::has_keys(text, &["ProductArn", "AwsAccountId"]))
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let documents = json::read_all(input, ASFF.name, WITHOUT)?;
    let mut findings = Findings::new(ASFF.id, PROGRAM, input);
    for document in json::known_elements(&documents, ASFF.name, MEMBERS)? {
        let is_page = document["Findings"].is_array();
        for finding in if is_page { list(&document["Findings"]) } else { std::slice::from_ref(document) } {
            input.source.check_cancelled()?;
            findings.add(&row(finding))?;
        }
        if !text(&document["NextToken"]).is_empty() {
            findings.warn(None, "The list goes on: AWS gives it in pages (NextToken)");
        }
    }
    Ok(findings.finish(None))
}

fn row(finding: &Value) -> FindingRow {
    let vulnerabilities = list(&finding["Vulnerabilities"]);
    let related = || vulnerabilities.iter().flat_map(|each| texts(&each["RelatedVulnerabilities"]));
    let ids = vulnerabilities.iter().map(|each| text(&each["Id"]));
    let mut cves: Vec<String> = ids.chain(related()).flat_map(cves_in).collect();
    cves.sort();
    cves.dedup();
    if vulnerabilities.is_empty() {
        cves = cves_of_title(finding);
    }
    let own_id = vulnerabilities.first().map_or("", |each| text(&each["Id"]));
    let scores = vulnerabilities
        .iter()
        .flat_map(|each| list(&each["Cvss"]))
        .filter_map(|cvss| Score::new(score_version(text(&cvss["Version"])), number(&cvss["BaseScore"])?));
    let fixes: Vec<&str> = vulnerabilities.iter().map(|each| text(&each["FixAvailable"])).collect();
    let fix = match fixes.as_slice() {
        fixes if fixes.contains(&"YES") || fixes.contains(&"PARTIAL") => FixState::Available { on: None },
        fixes if fixes.contains(&"NO") => FixState::Missing,
        _ => FixState::Unknown,
    };
    let created = vulnerabilities.iter().filter_map(|each| day(&each["Vendor"]["VendorCreatedAt"]));
    let epss = vulnerabilities.iter().find_map(|each| number(&each["EpssScore"])).and_then(epss_per_100_000);
    FindingRow {
        left_out: left_out(finding, vulnerabilities.is_empty() && cves.is_empty()),
        cves,
        own_id: own_id.to_owned(),
        title: text(&finding["Title"]).to_owned(),
        hosts: list(&finding["Resources"]).iter().map(host).collect(),
        score: scores.max_by_key(|score| (score.version, score.tenths)),
        severity: severity(finding),
        epss_per_100_000: epss,
        fix,
        published_on: created.min().map(WrittenDay::from),
        ..FindingRow::default()
    }
}

/// The CVE that a finding is about if it has no list of vulnerabilities: programs that write none put it into the title
/// ("CVE-2027-1234 - kernel") and into a field of the resource.
fn cves_of_title(finding: &Value) -> Vec<String> {
    if !texts(&finding["Types"]).any(|kind| kind.ends_with("/Vulnerabilities/CVE")) {
        return Vec::new();
    }
    let fields = list(&finding["Resources"]).iter().map(|each| text(&each["Details"]["Other"]["CVE ID"]));
    let mut cves: Vec<String> = fields.chain([text(&finding["Title"])]).flat_map(cves_in).collect();
    cves.sort();
    cves.dedup();
    cves
}

/// The label, or for older findings the level from 1 to 100
/// (<https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html>).
fn severity(finding: &Value) -> Option<ReportedSeverity> {
    let own = &finding["Severity"];
    let label = first_text(&[&own["Label"], &finding["FindingProviderFields"]["Severity"]["Label"]]);
    severity_of_word(label).or_else(|| match number(&own["Normalized"])? {
        level if level >= 90.0 => Some(ReportedSeverity::Critical),
        level if level >= 70.0 => Some(ReportedSeverity::High),
        level if level >= 40.0 => Some(ReportedSeverity::Medium),
        level if level >= 1.0 => Some(ReportedSeverity::Low),
        _ => None,
    })
}

fn host(resource: &Value) -> Vec<String> {
    let mut names = resource_names(text(&resource["Id"]));
    names.push(text(&resource["Tags"]["Name"]).to_owned());
    names.extend(texts(&resource["Details"]["AwsEc2Instance"]["IpV4Addresses"]).map(str::to_owned));
    names.retain(|name| !name.is_empty());
    names
}

fn left_out(finding: &Value, has_no_vulnerability: bool) -> Option<&'static str> {
    match (text(&finding["RecordState"]), text(&finding["Workflow"]["Status"])) {
        ("ARCHIVED", _) => Some("archived"),
        (_, "SUPPRESSED") => Some("suppressed"),
        (_, "RESOLVED") => Some("fixed"),
        _ => has_no_vulnerability.then_some("configuration checks: no patch"),
    }
}
