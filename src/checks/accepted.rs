//! Which findings somebody has accepted: they are counted, but no longer ask for anything until a date.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Finding, Severity};
use crate::model::{Acceptance, AcceptanceId, Plan, Subject, Table};

/// The plan's acceptances by what they are about, so that asking for one costs next to nothing, and nothing at all
/// where there are none.
#[derive(Clone, Debug)]
pub struct Accepted {
    made_from: Table<Acceptance>,
    today: NaiveDate,
    /// The codes of the rules that any is about, sorted.
    codes: Vec<String>,
    /// The one that holds longest first.
    by_cause: HashMap<Subject, Vec<Arc<Acceptance>>>,
}

impl Accepted {
    pub fn new(plan: &Plan, today: NaiveDate) -> Self {
        let mut codes: Vec<String> = plan.acceptances().iter().map(|each| each.code.clone()).collect();
        codes.sort_unstable();
        codes.dedup();
        let mut by_cause: HashMap<Subject, Vec<Arc<Acceptance>>> = HashMap::new();
        for acceptance in plan.acceptances() {
            by_cause.entry(acceptance.cause.clone()).or_default().push(Arc::clone(acceptance));
        }
        for here in by_cause.values_mut() {
            here.sort_by_key(|each| std::cmp::Reverse(each.until));
        }
        Self { made_from: plan.acceptances().clone(), today, codes, by_cause }
    }

    /// Whether it says the same of that plan on that day.
    pub fn is_current(&self, plan: &Plan, today: NaiveDate) -> bool {
        self.today == today && self.made_from.ptr_eq(plan.acceptances())
    }

    /// The acceptance of that finding that holds today.
    pub fn holding(&self, finding: &Finding) -> Option<&Arc<Acceptance>> {
        self.longest(finding).filter(|acceptance| self.holds(acceptance))
    }

    /// The acceptance of an open finding that held until lately.
    pub fn lapsed(&self, finding: &Finding) -> Option<&Arc<Acceptance>> {
        self.longest(finding).filter(|acceptance| !self.holds(acceptance))
    }

    fn holds(&self, acceptance: &Acceptance) -> bool {
        self.today <= acceptance.until
    }

    fn longest(&self, finding: &Finding) -> Option<&Arc<Acceptance>> {
        if !self.codes.iter().any(|code| code == finding.rule.code) {
            return None;
        }
        self.by_cause.get(finding.cause())?.iter().find(|acceptance| is_about(acceptance, finding))
    }

    /// How many of a sorted list are accepted, by severity.
    pub(super) fn count(&self, list: &[Arc<Finding>]) -> [usize; 3] {
        Severity::ALL.map(|severity| {
            let of_code = |code: &String| {
                let place = |finding: &Finding| (finding.severity, finding.rule.code).cmp(&(severity, code.as_str()));
                let from = list.partition_point(|finding| place(finding).is_lt());
                let to = list.partition_point(|finding| place(finding).is_le());
                list[from..to].iter().filter(|finding| self.holding(finding).is_some()).count()
            };
            self.codes.iter().map(of_code).sum()
        })
    }

    /// Acceptances that are about nothing that is found any more, in the order of their ids.
    pub fn stale(&self, list: &[Arc<Finding>]) -> Vec<Arc<Acceptance>> {
        if self.made_from.is_empty() {
            return Vec::new();
        }
        let mut found: HashMap<&Subject, Vec<&Finding>> = HashMap::new();
        for finding in list.iter().filter(|each| self.codes.iter().any(|code| code == each.rule.code)) {
            found.entry(finding.cause()).or_default().push(finding);
        }
        let is_stale = |acceptance: &&Arc<Acceptance>| {
            let here = found.get(&acceptance.cause);
            !here.is_some_and(|here| here.iter().any(|finding| is_about(acceptance, finding)))
        };
        self.made_from.iter().filter(is_stale).cloned().collect()
    }
}

/// How much is accepted at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// One occurrence.
    Occurrence,
    /// All of the rule on a window that come from one cause.
    Window,
    /// All of the rule that come from one cause.
    Cause,
}

impl Extent {
    /// Those that make a difference for a finding, from the least on.
    pub fn all_of(finding: &Finding) -> Vec<Self> {
        let mut all = Vec::new();
        if finding.on.is_some() && finding.window.is_some() {
            all.push(Self::Occurrence);
        }
        if finding.window.as_ref().is_some_and(|window| *finding.cause() != Subject::Window(window.clone())) {
            all.push(Self::Window);
        }
        all.push(Self::Cause);
        all
    }
}

impl Acceptance {
    /// One for that finding, and as many others as `extent` says; `reason` and `by` are still to be said. Takes the
    /// place of one that the plan has for the same.
    pub fn of(plan: &Plan, finding: &Finding, extent: Extent, until: NaiveDate) -> Self {
        let (code, cause) = (finding.rule.code, finding.cause().clone());
        let window = finding.window.clone().filter(|_| extent != Extent::Cause);
        let on = finding.on.filter(|_| extent == Extent::Occurrence);
        let is_same =
            |each: &&Arc<Self>| (&*each.code, &each.cause, &each.window, each.on) == (code, &cause, &window, on);
        let new = || AcceptanceId::unused(&format!("{code}-{}", cause.id()), |id| plan.acceptances().contains(id));
        let id = plan.acceptances().iter().find(is_same).map_or_else(new, |same| same.id.clone());
        Self { id, code: code.to_owned(), cause, window, on, reason: String::new(), by: String::new(), until }
    }

    /// Whether it would be about that finding.
    pub fn covers(&self, finding: &Finding) -> bool {
        self.cause == *finding.cause() && is_about(self, finding)
    }
}

/// Whether it was given for that finding. The cause is what both were looked up by.
fn is_about(acceptance: &Acceptance, finding: &Finding) -> bool {
    acceptance.code == finding.rule.code
        && (acceptance.window.is_none() || acceptance.window == finding.window)
        && (acceptance.on.is_none() || acceptance.on == finding.on)
}
