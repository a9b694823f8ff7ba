//! A record of OSV as a row.

use serde_json::Value;

use crate::connect::documents::json_value::{list, text, texts, written_day};
use crate::connect::findings::{FindingRow, Score, score_of_vector, severity_of_word};
use crate::import::cves_in;
use crate::model::{FixState, ReportedSeverity};

/// What is not read of records.
pub const WITHOUT: &[&str] = &["details", "references", "versions", "credits", "imports", "malicious-packages-origins"];

pub fn row(record: &Value) -> FindingRow {
    let id = text(&record["id"]);
    let mut cves = cves_in(id);
    cves.extend(texts(&record["aliases"]).flat_map(cves_in).filter(|cve| cve != id));
    if cves.is_empty() {
        // Since schema 1.7, a distribution names the CVEs of its own records here.
        cves = texts(&record["upstream"]).flat_map(cves_in).collect();
    }
    let summary = text(&record["summary"]);
    let score = score(record);
    FindingRow {
        cves,
        own_id: id.to_owned(),
        title: if summary.is_empty() { id.to_owned() } else { summary.to_owned() },
        score,
        severity: if score.is_some() { None } else { worded(record) },
        fix: fix(record),
        published_on: written_day(&record["published"]),
        product: list(&record["affected"]).first().map_or("", |each| text(&each["package"]["name"])).to_owned(),
        left_out: (!text(&record["withdrawn"]).is_empty()).then_some("withdrawn"),
        ..FindingRow::default()
    }
}

/// The score of a vector. OSV gives no others.
fn score(record: &Value) -> Option<Score> {
    let affected = list(&record["affected"]).iter().flat_map(|each| list(&each["severity"]));
    let all = list(&record["severity"]).iter().chain(affected);
    all.filter_map(|severity| score_of_vector(text(&severity["score"]))).max()
}

fn worded(record: &Value) -> Option<ReportedSeverity> {
    let own = text(&record["database_specific"]["severity"]);
    let others = ["database_specific", "ecosystem_specific"];
    let affected = list(&record["affected"]).iter().flat_map(|each| others.map(|key| text(&each[key]["severity"])));
    std::iter::once(own).chain(affected).find_map(severity_of_word)
}

/// A range without a version in which it is fixed says that there is none yet.
fn fix(record: &Value) -> FixState {
    let ranges = || list(&record["affected"]).iter().flat_map(|each| list(&each["ranges"]));
    let mut events = ranges().flat_map(|range| list(&range["events"]));
    if events.any(|event| !text(&event["fixed"]).is_empty()) {
        FixState::Available { on: None }
    } else if ranges().next().is_some() {
        FixState::Missing
    } else {
        FixState::Unknown
    }
}
