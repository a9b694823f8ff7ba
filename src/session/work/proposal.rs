//! Edits that need a confirmation because they change a lot. The question says which findings they would cause.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::checks::{Findings, Severity};
use crate::schedule::Schedule;
use crate::session::session::Session;
use crate::session::verbs::action::{Dialog, Proposal, Question};
use crate::wording::counted;

/// A question names at most this many rules.
const MOST_RULES: usize = 8;

impl Session {
    /// Asks whether to carry out an edit, and says which findings it causes.
    pub(in crate::session) fn propose(&mut self, proposal: Proposal) {
        if self.refuse_read_only() {
            return;
        }
        let (schedule, findings) = (self.document.schedule.clone(), self.document.findings.clone());
        let today = self.document.today;
        self.jobs.start("Check what would change", move |_| {
            let details = schedule.plan.apply(&proposal.edit).map(|plan| {
                let then = Schedule::derive(&Arc::new(plan), Some(&schedule));
                consequences(&findings, &Findings::check(&then, today, Some(&findings)))
            });
            Box::new(move |session| {
                // The plan may have changed while the consequences were calculated.
                if !Arc::ptr_eq(session.plan(), &schedule.plan) {
                    return session.propose(proposal);
                }
                match details {
                    Ok(details) => {
                        let question = Question::Edit(Box::new(Proposal { details, ..proposal }));
                        session.open_dialog(Some(Dialog::Question(question)));
                    }
                    Err(error) => session.show_error(format!("{error}.")),
                }
            })
        });
    }
}

/// How the numbers of findings change, and which rules find more.
fn consequences(now: &Findings, then: &Findings) -> Vec<String> {
    let total = |findings: &Findings| {
        let count = |severity: Severity, noun| counted(findings.count(severity), noun);
        format!("{}, {}", count(Severity::Error, "error"), count(Severity::Warning, "warning"))
    };
    let (before, after) = (by_rule(now), by_rule(then));
    let more = after.into_iter().filter_map(|((severity, code, name), count)| {
        let more = count.saturating_sub(before.get(&(severity, code, name)).copied().unwrap_or(0));
        (more > 0).then_some((more, code, name))
    });
    let mut more: Vec<_> = more.collect();
    more.sort_unstable_by(|a, b| b.cmp(a));
    if more.is_empty() {
        return vec!["It causes no new findings.".to_owned()];
    }
    let line = |(count, code, name): &(usize, &str, &str)| format!("{count} more: {code} {}", name.replace('-', " "));
    let others = more.len().saturating_sub(MOST_RULES);
    let rest = (others > 0).then(|| format!("and more of {}", counted(others, "other rule")));
    let first = format!("Findings now: {}. Afterwards: {}.", total(now), total(then));
    std::iter::once(first).chain(more.iter().take(MOST_RULES).map(line)).chain(rest).collect()
}

/// The number of open findings of each rule.
fn by_rule(findings: &Findings) -> BTreeMap<(Severity, &'static str, &'static str), usize> {
    let mut counts = BTreeMap::new();
    for finding in findings.open() {
        *counts.entry((finding.rule.severity, finding.rule.code, finding.rule.name)).or_default() += 1;
    }
    counts
}
