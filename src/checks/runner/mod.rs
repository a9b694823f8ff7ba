//! Runs the checks of all rules, and again only those whose inputs changed.
//!
//! Each [kind of unit](super::kinds) keeps what was found about its units. [`changes`] tells what changed since the run
//! before, [`run`] keeps or checks the units of one kind, [`list`] makes one sorted list of all findings.

mod budget;
pub mod changes;
mod list;
pub mod run;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::NaiveDate;

use self::budget::{Budget, MOST_FINDINGS};
use self::changes::{Changes, Inputs};
use self::list::{Differences, List, updated};
use self::run::{KindRun, UnitResults, Units};
use crate::checks::kinds::{Check, KINDS, UnitKind};
use crate::checks::{AcceptanceIndex, Context, Finding, RULES, Severity, Unfinished, findings_left_out};
use crate::model::Subject;
use crate::parallel;
use crate::schedule::Schedule;

/// All that is wrong with one plan.
#[derive(Clone, Debug)]
pub struct Findings {
    /// Sorted: errors first, then by rule and time.
    pub list: List,
    /// Which of them somebody has accepted.
    pub accepted: Arc<AcceptanceIndex>,
    /// How many are accepted, by severity.
    accepted_counts: [usize; 3],
    /// What is still being entered: open findings about it are counted apart.
    pub unfinished: Arc<Unfinished>,
    /// How many open findings are about it, by severity.
    unfinished_counts: [usize; 3],
    /// For each of the [`KINDS`] what was found about its units.
    units: Vec<Units>,
    /// What all that follows from.
    inputs: Inputs,
}

impl Findings {
    /// Checks a schedule; `today` is the current date in the plan's zone. Keeps from `previous` what cannot have changed.
    pub fn check(schedule: &Schedule, today: NaiveDate, previous: Option<&Self>) -> Self {
        Self::check_up_to(MOST_FINDINGS, schedule, today, previous)
    }

    /// The same with at most this many findings of each kind of unit.
    fn check_up_to(most: usize, schedule: &Schedule, today: NaiveDate, previous: Option<&Self>) -> Self {
        let cx = Context::new(schedule, today);
        let checks: Vec<Check> = RULES.iter().flat_map(|rule| rule.checks).copied().collect();
        let changes = previous.map(|findings| Changes::new(schedule, today, &findings.inputs));
        let check = |(kind, index): &(UnitKind, usize)| {
            let old = previous.and_then(|findings| findings.units.get(*index));
            check_kind(*kind, (&cx, &checks), changes.as_ref().zip(old), most)
        };
        // All kinds at once: a core that has finished one helps with another.
        let kinds: Vec<(UnitKind, usize)> = KINDS.iter().copied().zip(0..).collect();
        let (mut units, mut new, mut gone) = (Vec::with_capacity(KINDS.len()), Vec::new(), Vec::new());
        for checked in parallel::map_slow(&kinds, check) {
            units.push(checked.units);
            new.extend(checked.new);
            gone.extend(checked.gone);
        }
        let all = |units: &[Arc<[Arc<Finding>]>]| units.iter().flat_map(|found| found.iter().cloned()).collect();
        let differences = Differences::between(all(&new), all(&gone));
        let (accepted, counts) = match previous.filter(|findings| findings.accepted.is_current(&schedule.plan, today)) {
            Some(previous) => (Arc::clone(&previous.accepted), Some(previous.accepted_counts)),
            None => (Arc::new(AcceptanceIndex::new(&schedule.plan, today)), None),
        };
        let counts = counts.map(|mut counts| {
            let is_accepted = |finding: &&Arc<Finding>| accepted.current(finding).is_some();
            differences.gone.iter().filter(is_accepted).for_each(|finding| counts[finding.severity as usize] -= 1);
            differences.new.iter().filter(is_accepted).for_each(|finding| counts[finding.severity as usize] += 1);
            counts
        });
        let list = updated(&previous.map(|findings| Arc::clone(&findings.list)).unwrap_or_default(), differences);
        let accepted_counts = counts.unwrap_or_else(|| accepted.count(&list));
        let unfinished = Arc::new(Unfinished::new(schedule));
        let unfinished_counts = count_unfinished(&list, &accepted, &unfinished);
        let inputs = Inputs::new(schedule, today);
        Self { list, accepted, accepted_counts, unfinished, unfinished_counts, units, inputs }
    }

    /// The same without those about some records: somebody is entering these.
    pub fn without(&self, records: &[Subject]) -> Self {
        self.only(&|finding| !finding.is_about(&|subject| records.contains(subject)))
    }

    /// The same with only those findings.
    pub fn only(&self, keeps: &dyn Fn(&Finding) -> bool) -> Self {
        let list: List = Arc::new(self.list.iter().filter(|finding| keeps(finding)).cloned().collect());
        let unfinished_counts = count_unfinished(&list, &self.accepted, &self.unfinished);
        Self { accepted_counts: self.accepted.count(&list), unfinished_counts, list, ..self.clone() }
    }

    /// How many findings of that severity nobody has accepted, without those about what is still being entered.
    pub fn count(&self, severity: Severity) -> usize {
        self.count_with_unfinished(severity) - self.unfinished_counts[severity as usize]
    }

    /// How many findings of any severity are about what is still being entered.
    pub fn unfinished_count(&self) -> usize {
        self.unfinished_counts.iter().sum()
    }

    /// How many findings of that severity nobody has accepted, whatever they are about.
    pub fn count_with_unfinished(&self, severity: Severity) -> usize {
        let from = self.list.partition_point(|finding| finding.severity < severity);
        let to = self.list.partition_point(|finding| finding.severity <= severity);
        to - from - self.accepted_counts[severity as usize]
    }

    /// How many findings of the rule with that code nobody has accepted.
    pub fn count_by_code(&self, code: &str) -> usize {
        let rule = |finding: &Arc<Finding>| (finding.severity, finding.rule.code);
        let count = |severity: Severity| {
            let from = self.list.partition_point(|finding| rule(finding) < (severity, code));
            let all = self.list[from..].iter().take_while(|finding| rule(finding) == (severity, code));
            all.filter(|finding| self.is_open(finding)).count()
        };
        Severity::ALL.into_iter().map(count).sum()
    }

    /// Whether the list holds this very finding, not just an equal one.
    pub fn has(&self, finding: &Arc<Finding>) -> bool {
        let from = self.position(finding);
        self.list[from..].iter().take_while(|each| each.order(finding).is_le()).any(|each| Arc::ptr_eq(each, finding))
    }

    /// The finding of the list that says the same, if it is still found.
    pub fn equal_to(&self, finding: &Finding) -> Option<&Arc<Finding>> {
        self.list.get(self.position(finding)).filter(|each| each.order(finding).is_eq())
    }

    /// The position of a finding in the list, or the one that it would have if it were still found.
    pub fn position(&self, finding: &Finding) -> usize {
        self.list.partition_point(|each| each.order(finding).is_lt())
    }

    /// How many findings are accepted.
    pub fn accepted_count(&self) -> usize {
        self.accepted_counts.iter().sum()
    }

    /// Whether nobody has accepted the finding.
    pub fn is_open(&self, finding: &Finding) -> bool {
        self.accepted.current(finding).is_none()
    }

    /// The findings that nobody has accepted, sorted.
    pub fn open(&self) -> impl Iterator<Item = &Arc<Finding>> {
        self.list.iter().filter(|finding| self.is_open(finding))
    }
}

/// Checks the units of one kind. If there are too many findings, they are checked again one after the other: so the
/// same findings are listed on any machine and whatever was found before.
fn check_kind(
    kind: UnitKind,
    (cx, checks): (&Context<'_>, &[Check]),
    old: Option<(&Changes<'_>, &Units)>,
    most: usize,
) -> UnitResults {
    let before = old.filter(|(_, units)| units.can_be_kept());
    let run = KindRun { cx, before, budget: Budget::new(most, false) };
    let mut results = kind(&run, checks);
    let is_exceeded = run.budget.is_exceeded();
    if is_exceeded {
        drop(results);
        let run = KindRun { cx, before: None, budget: Budget::new(most, true) };
        results = kind(&run, checks).limited(findings_left_out(most));
    }
    if is_exceeded || before.is_none() {
        results.gone = old.map_or_else(Vec::new, |(_, units)| units.all());
    }
    results
}

/// How many findings that nobody has accepted are about what is still being entered, by severity.
fn count_unfinished(list: &[Arc<Finding>], accepted: &AcceptanceIndex, unfinished: &Unfinished) -> [usize; 3] {
    let mut counts = [0; 3];
    if !unfinished.is_empty() {
        let open = list.iter().filter(|finding| accepted.current(finding).is_none());
        open.filter(|finding| unfinished.has(finding)).for_each(|finding| counts[finding.severity as usize] += 1);
    }
    counts
}
