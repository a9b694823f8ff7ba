//! Reads Prowler's JSON: one check on each line (version 2), a list (3), or OCSF (4 and later).

use super::{JSON, PROGRAM, row};
use crate::connect::documents::json;
use crate::connect::documents::json_value::{first_text, is_yes, text};
use crate::connect::findings::Findings;
use crate::import::{Confidence, Head, ImportError, Imported, Input};

const WITHOUT: &[&str] =
    &["Description", "Risk", "Remediation", "Compliance", "risk_details", "remediation", "resources"];
/// The members of a document; each has one of them.
const MEMBERS: &[&str] = &["status_code", "Status", "severity", "Severity"];

pub(super) fn sniff(head: &Head) -> Confidence {
    json::judged(head, |text| {
        let has = |keys: &[&str]| json::has_keys(text, keys);
        let is_ocsf = has(&["class_uid", "status_code"]) && (text.contains("rowler") || has(&["finding_info"]));
        is_ocsf || has(&["Control ID", "Status"]) || has(&["CheckID", "StatusExtended"])
    })
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let documents = json::read_all(input, JSON.name, WITHOUT)?;
    let mut findings = Findings::new(JSON.id, PROGRAM, input);
    for check in json::known_elements(&documents, JSON.name, MEMBERS)? {
        input.source.check_cancelled()?;
        let status = first_text(&[&check["status_code"], &check["Status"]]);
        let severity = first_text(&[&check["severity"], &check["Severity"]]);
        let is_muted = is_yes(&check["Muted"]) || text(&check["status"]).eq_ignore_ascii_case("suppressed");
        findings.add(&row(status, severity, is_muted))?;
    }
    Ok(findings.finish(None))
}
