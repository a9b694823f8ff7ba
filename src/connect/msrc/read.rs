//! Reads Microsoft's security updates: a month of its API (CVRF), and the records of Grype's database.

use serde_json::Value;

use super::REPORT;
use crate::connect::documents::days::WrittenDay;
use crate::connect::documents::json;
use crate::connect::documents::json_value::{day, first_text, list, number, text};
use crate::connect::findings::{FindingRow, Findings, Program, Score, ScoreVersion, score_of_vector, severity_of_word};
use crate::import::cves_in;
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::{FixState, ReportedSeverity};

const PROGRAM: Program = Program { id: "msrc", name: "Microsoft", target: "host" };
const WITHOUT: &[&str] = &["Notes", "ProductTree", "Acknowledgments", "RevisionHistory", "links"];
/// The members of a document; each has one of them.
const MEMBERS: &[&str] = &["DocumentTracking", "Vulnerability", "id", "summary"];

pub(super) fn sniff(head: &Head) -> Confidence {
    json::judged(head, |text| {
        json::has_keys(text, &["fixed_in", "product", "vulnerable"])
            || json::has_keys(text, &["DocumentTitle", "DocumentTracking"])
    })
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let documents = json::read_all(input, REPORT.name, WITHOUT)?;
    let mut findings = Findings::new(REPORT.id, PROGRAM, input);
    for document in json::known_elements(&documents, REPORT.name, MEMBERS)? {
        input.source.check_cancelled()?;
        let month = &document["DocumentTracking"];
        if month.is_object() || document["Vulnerability"].is_array() {
            let published = day(&month["InitialReleaseDate"]);
            for found in list(&document["Vulnerability"]) {
                findings.add(&of_month(found, published))?;
            }
        } else {
            findings.add(&record(document))?;
        }
    }
    Ok(findings.finish(None))
}

/// A record of Grype's database: a vulnerability of one product. `fixed_in` has numbers of articles (KB).
fn record(record: &Value) -> FindingRow {
    let has_fix = !list(&record["fixed_in"]).is_empty();
    FindingRow {
        cves: cves_in(text(&record["id"])),
        own_id: text(&record["id"]).to_owned(),
        title: text(&record["summary"]).to_owned(),
        score: number(&record["cvss"]["base_score"]).and_then(|score| Score::new(ScoreVersion::V3, score)),
        severity: severity_of_word(text(&record["severity"])),
        fix: if has_fix { FixState::Available { on: None } } else { FixState::Missing },
        vendor: "Microsoft".to_owned(),
        product: text(&record["product"]["name"]).to_owned(),
        ..FindingRow::default()
    }
}

/// A vulnerability of a month.
fn of_month(found: &Value, published: Option<chrono::NaiveDate>) -> FindingRow {
    // The types of threats are 0 impact, 1 exploitation, 3 severity; those of remedies 2 a fix.
    let threats = |kind: u64| {
        let threats = list(&found["Threats"]).iter().filter(move |threat| threat["Type"].as_u64() == Some(kind));
        threats.map(|threat| text(&threat["Description"]["Value"]))
    };
    let severity: Option<ReportedSeverity> = threats(3).filter_map(severity_of_word).max();
    let scores = list(&found["CVSSScoreSets"]).iter().filter_map(|set| {
        let score = number(&set["BaseScore"]).and_then(|score| Score::new(ScoreVersion::V3, score));
        score.or_else(|| score_of_vector(text(&set["Vector"])))
    });
    let has_fix = list(&found["Remediations"]).iter().any(|remedy| remedy["Type"].as_u64() == Some(2));
    let is_exploited = threats(1).any(|text| text.contains("Exploited:Yes"));
    FindingRow {
        cves: cves_in(text(&found["CVE"])),
        own_id: text(&found["CVE"]).to_owned(),
        title: first_text(&[&found["Title"]["Value"], &found["Title"]]).to_owned(),
        score: scores.max(),
        severity,
        is_exploited,
        fix: if has_fix { FixState::Available { on: published } } else { FixState::Missing },
        published_on: published.map(WrittenDay::from),
        vendor: "Microsoft".to_owned(),
        ..FindingRow::default()
    }
}
