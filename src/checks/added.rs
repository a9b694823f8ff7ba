//! What a merge broke: findings that neither of the merged plans had.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Finding, Findings};

/// The open findings that none of the others has. Records may have other ids in the others, so findings are the same if
/// their rule, date and message are.
pub fn added_findings<'a>(findings: &'a Findings, others: &[&Findings]) -> Vec<&'a Arc<Finding>> {
    let known: HashSet<_> =
        others.iter().flat_map(|findings| findings.list.iter()).map(|finding| content(finding)).collect();
    findings.open().filter(|finding| !known.contains(&content(finding))).collect()
}

fn content(finding: &Finding) -> (&'static str, Option<chrono::NaiveDate>, &str) {
    (finding.rule.code, finding.on, &finding.message)
}
