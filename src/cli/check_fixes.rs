//! `check --fix`: applies quick fixes one after the other.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use super::plan::file_name;
use super::random::random_word;
use crate::checks::{Context, Finding, Findings};
use crate::export::revision::text;
use crate::model::{Subject, WindowId};
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

/// The fix of one finding is repeated at most this often while each time it leaves less of the finding.
const MOST_REPEATED: usize = 8;

/// Applies the fix of one finding after the other, since each may change what others are about: in passes through the
/// list, until one applies none. `schedule` has its outlooks.
///
/// A fix is only applied if fewer findings are left whose rules have a fix, the worst first, or fewer of that kind. Whether
/// that is so depends on the plan alone: a second run changes nothing.
pub fn fixed(schedule: &Schedule, today: NaiveDate, wants: &dyn Fn(&Finding) -> bool) -> Fixed {
    let findings = Findings::check(schedule, today, None);
    let mut fixed = Fixed { schedule: schedule.clone(), findings, labels: Vec::new() };
    let mut repeated: BTreeMap<Key, usize> = BTreeMap::new();
    loop {
        let findings = fixed.findings.clone();
        let count = fixed.labels.len();
        for finding in findings.open().filter(|finding| wants(finding)) {
            let Some(step) = fixed.step(finding, today, wants) else { continue };
            if !step.is_complete {
                let times = repeated.entry(key(finding)).or_default();
                *times += 1;
                if *times > MOST_REPEATED {
                    continue;
                }
            }
            let label = step.label;
            fixed = Fixed { schedule: step.schedule, findings: step.findings, labels: fixed.labels };
            fixed.labels.push(label);
        }
        if fixed.labels.len() == count {
            return fixed;
        }
    }
}

fn key(finding: &Finding) -> Key {
    let Finding { rule, subject, window, other, .. } = finding;
    (rule.code, subject.clone(), window.clone(), finding.on, other.clone())
}

/// A fix that helps.
struct Step {
    schedule: Schedule,
    findings: Findings,
    label: String,
    /// Whether fewer findings are left.
    is_complete: bool,
}

impl Fixed {
    /// The fix of a finding, if it is still found and the fix helps.
    fn step(&self, finding: &Finding, today: NaiveDate, wants: &dyn Fn(&Finding) -> bool) -> Option<Step> {
        let context = Context::new(&self.schedule, today);
        let fix = self.findings.equal_to(finding)?.fix(&context)?;
        let word: String = random_word().chars().take(6).collect();
        let plan = self.schedule.plan.apply(&fix.edit.with_unique_ids(&self.schedule.plan, &word)).ok()?;
        let schedule = Schedule::derive(&Arc::new(plan), Some(&self.schedule)).with_outlooks(Simulation::RUNS);
        let findings = Findings::check(&schedule, today, Some(&self.findings));
        let is_changed = || {
            let is_same = |each: &Arc<Finding>| key(each) == key(finding);
            findings.equal_to(finding).is_none() && findings.open().any(is_same)
        };
        let is_complete = match fixable(&findings, wants).cmp(&fixable(&self.findings, wants)) {
            Ordering::Less => true,
            Ordering::Equal if is_changed() => false,
            Ordering::Equal | Ordering::Greater => return None,
        };
        Some(Step {
            label: format!("{} {}: {}", finding.rule.code, finding.subject, fix.label),
            schedule,
            findings,
            is_complete,
        })
    }
}

/// How many wanted findings are of rules with a fix, by severity.
fn fixable(findings: &Findings, wants: &dyn Fn(&Finding) -> bool) -> [usize; 3] {
    let mut counts = [0; 3];
    let all = findings.open().filter(|finding| finding.rule.fix.is_some() && wants(finding));
    all.for_each(|finding| counts[finding.severity as usize] += 1);
    counts
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
