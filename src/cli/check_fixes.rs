//! `check --fix`: applies quick fixes one after the other.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use super::plan::file_name;
use crate::checks::{Context, Finding, Findings};
use crate::export::revision::text;
use crate::model::{Plan, Subject, WindowId};
use crate::schedule::{Revision, Schedule, Simulation};
use crate::wording::counted;

/// A plan after its quick fixes.
pub struct Fixed {
    /// With its outlooks.
    pub schedule: Schedule,
    /// What is wrong with it now.
    pub findings: Findings,
    /// What each fix did: "B001 window core-db: Lengthen the window to 4 h 30 min".
    pub labels: Vec<String>,
}

/// What a finding is about. Its message may change with every fix.
type Key = (&'static str, Subject, Option<WindowId>, Option<NaiveDate>, Option<Subject>);

/// Applies the fix of one finding after the other, since each may change what others are about: in passes through the
/// list, until one applies none. A finding that its fix does not remove is fixed once. `schedule` has its outlooks.
pub fn fixed(schedule: &Schedule, today: NaiveDate, wants: &dyn Fn(&Finding) -> bool) -> Fixed {
    let findings = Findings::check(schedule, today, None);
    let mut fixed = Fixed { schedule: schedule.clone(), findings, labels: Vec::new() };
    let mut tried: BTreeSet<Key> = BTreeSet::new();
    loop {
        let findings = fixed.findings.clone();
        let mut left = findings.open().map(|finding| &**finding).filter(|finding| wants(finding));
        let count = fixed.labels.len();
        while let Some((key, plan, label)) = fixed.next_fix(&mut left, &tried, today) {
            fixed.schedule = Schedule::derive(&Arc::new(plan), Some(&fixed.schedule)).with_outlooks(Simulation::RUNS);
            fixed.findings = Findings::check(&fixed.schedule, today, Some(&fixed.findings));
            fixed.labels.push(label);
            tried.insert(key);
        }
        if fixed.labels.len() == count {
            return fixed;
        }
    }
}

impl Fixed {
    /// The first fix of the findings that are left of a pass and still found: its key, the plan with it, what it does.
    fn next_fix<'a>(
        &self,
        mut left: impl Iterator<Item = &'a Finding>,
        tried: &BTreeSet<Key>,
        today: NaiveDate,
    ) -> Option<(Key, Plan, String)> {
        let context = Context::new(&self.schedule, today);
        left.find_map(|finding| {
            let Finding { rule, subject, window, other, .. } = finding;
            let key = (rule.code, subject.clone(), window.clone(), finding.on, other.clone());
            if tried.contains(&key) {
                return None;
            }
            let fix = self.findings.equal_to(finding)?.fix(&context)?;
            let plan = self.schedule.plan.apply(&fix.edit).ok()?;
            Some((key, plan, format!("{} {subject}: {}", rule.code, fix.label)))
        })
    }
}

/// The fixes and what they changed.
pub fn in_words(fixed: &Fixed, before: &Schedule, path: &Path, today: NaiveDate) -> String {
    if fixed.labels.is_empty() {
        return "Nothing to fix\n".to_owned();
    }
    let revision = Revision::between(before, &fixed.schedule, today);
    let plan = &before.plan;
    // Before anybody was asked, there is nobody to notify.
    let is_known = !plan.ledger().is_empty() || !plan.sent_invites().is_empty();
    let revision = if is_known { revision } else { revision.without_owners() };
    let labels = fixed.labels.join("\n  ");
    let count = counted(fixed.labels.len(), "fix");
    format!("Applied {count}:\n  {labels}\n\n{}", text(&revision, &file_name(path)))
}
