//! `check --fix`: applies quick fixes one after the other.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use super::delivery::check;
use super::plan::file_name;
use super::reply::{Failure, Reply};
use crate::checks::{Context, Finding, Findings};
use crate::export::lists::CsvStyle;
use crate::export::revision::{RevisionOrder, TEXT};
use crate::export::{Basis, Source};
use crate::output::{FormFrom, Order};
use crate::schedule::Schedule;
use crate::wording::counted;

/// A plan after its quick fixes.
pub struct Fixed {
    pub schedule: Schedule,
    /// What each fix did: "B001 window core-db: Lengthen the window to 4 h 30 min".
    pub labels: Vec<String>,
}

/// Applies the fix of one finding after the other, since each may change what others are about. A finding that its fix
/// does not remove is fixed once.
pub fn fixed(schedule: &Schedule, today: NaiveDate, wants: &dyn Fn(&Finding) -> bool) -> Fixed {
    let mut fixed = Fixed { schedule: schedule.clone(), labels: Vec::new() };
    let mut findings = Findings::check(&fixed.schedule, today, None);
    let mut tried = BTreeSet::new();
    loop {
        let next = {
            let context = Context::new(&fixed.schedule, today);
            let key = |finding: &Finding| {
                (finding.rule.code, finding.subject.to_string(), finding.window.clone(), finding.on)
            };
            let mut open = findings.open().filter(|finding| wants(finding));
            open.find_map(|finding| {
                if tried.contains(&key(finding)) {
                    return None;
                }
                let fix = finding.fix(&context)?;
                tried.insert(key(finding));
                let plan = fixed.schedule.plan.apply(&fix.edit).ok()?;
                Some((plan, format!("{} {}: {}", finding.rule.code, finding.subject, fix.label)))
            })
        };
        let Some((plan, label)) = next else { return fixed };
        let schedule = Schedule::derive(&Arc::new(plan), Some(&fixed.schedule));
        findings = Findings::check(&schedule, today, Some(&findings));
        fixed.labels.push(label);
        fixed.schedule = schedule;
    }
}

/// The fixes and what they changed.
pub fn in_words(fixed: &Fixed, before: &Schedule, path: &Path, today: NaiveDate) -> Result<Reply, Failure> {
    if fixed.labels.is_empty() {
        return Ok(Reply::new("Nothing to fix\n".to_owned()));
    }
    let order = RevisionOrder { form: &TEXT, csv: CsvStyle::PLAIN };
    let basis = Basis { name: file_name(path), earlier: Some(before) };
    let source = Source::new(&fixed.schedule, today).compared_with(Some(basis));
    let reply = check(Order::Changes(order), Path::new("-"), FormFrom::Order, &[path])?.reply(&source, Vec::new())?;
    let labels = fixed.labels.join("\n  ");
    let count = counted(fixed.labels.len(), "fix");
    Ok(Reply { text: format!("Applied {count}:\n  {labels}\n\n{}", reply.text), ..reply })
}
