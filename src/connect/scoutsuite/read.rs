//! Reads the results of ScoutSuite: JSON behind the name of a variable.

use serde_json::Map;

use super::REPORT;
use crate::connect::documents::json;
use crate::connect::documents::json_value::{number, text};
use crate::connect::findings::{FindingRow, Findings, Program};
use crate::import::{Confidence, Head, ImportError, Imported, Input};
use crate::model::ReportedSeverity;
use crate::wording::counted;

const PROGRAM: Program = Program { id: "scoutsuite", name: "ScoutSuite", target: "account" };
const WITHOUT: &[&str] =
    &["filters", "rationale", "references", "remediation", "items", "compliance", "projects", "regions"];
/// The members of a document; each has one of them.
const MEMBERS: &[&str] = &["services", "account_id", "last_run"];

pub(super) fn sniff(head: &Head) -> Confidence {
    let text = head.text().trim_start_matches('\u{feff}').trim_start();
    let is_named = text.starts_with("scoutsuite_results");
    let is_document =
        json::begins_json(text) && json::has_keys(text, &["account_id", "last_run"]) && text.contains("ruleset_");
    if is_named || is_document { Confidence::Certain } else { Confidence::No }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let documents = json::read_all(input, REPORT.name, WITHOUT)?;
    let mut findings = Findings::new(REPORT.id, PROGRAM, input);
    let mut items = 0;
    for document in json::known_elements(&documents, REPORT.name, MEMBERS)? {
        let services = document["services"].as_object().into_iter().flat_map(Map::values);
        let rules = services.filter_map(|service| service["findings"].as_object()).flat_map(Map::values);
        for rule in rules {
            input.source.check_cancelled()?;
            let flagged = number(&rule["flagged_items"]).unwrap_or(0.0) as usize;
            items += flagged;
            let severity = match text(&rule["level"]) {
                "danger" => Some(ReportedSeverity::High),
                "warning" => Some(ReportedSeverity::Medium),
                _ => None,
            };
            let left_out = if flagged > 0 { "configuration checks: no patch" } else { "passed" };
            let severity = severity.filter(|_| flagged > 0);
            findings.add(&FindingRow { severity, left_out: Some(left_out), ..FindingRow::default() })?;
        }
    }
    findings.assume(format!("Rules that found nothing have no severity; the others found {}", counted(items, "item")));
    Ok(findings.finish(None))
}
