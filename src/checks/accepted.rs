//! Which findings somebody has accepted. Until a date they are listed as accepted and not counted as open.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Finding, Rule, Severity, rule};
use crate::model::{Acceptance, AcceptanceId, Edit, Plan, Subject, Table};

/// The plan's acceptances by cause, so that looking one up is cheap, and free if there are none.
#[derive(Clone, Debug)]
pub struct AcceptanceIndex {
    made_from: Table<Acceptance>,
    today: NaiveDate,
    /// The codes of the rules that have acceptances, sorted.
    codes: Vec<String>,
    /// The one that holds longest comes first.
    by_cause: HashMap<Subject, Vec<Arc<Acceptance>>>,
}

impl AcceptanceIndex {
    pub fn new(plan: &Plan, today: NaiveDate) -> Self {
        // One of a rule whose findings cannot be accepted has no effect, and is listed as outdated.
        let can_be_accepted = |each: &&Arc<Acceptance>| rule(&each.code).is_none_or(Rule::can_be_accepted);
        let mut codes: Vec<String> =
            plan.acceptances().iter().filter(can_be_accepted).map(|each| each.code.clone()).collect();
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

    /// Whether it was made from the acceptances of that plan and for that day.
    pub fn is_current(&self, plan: &Plan, today: NaiveDate) -> bool {
        self.today == today && self.made_from.ptr_eq(plan.acceptances())
    }

    /// The acceptance of a finding that holds today.
    pub fn current(&self, finding: &Finding) -> Option<&Arc<Acceptance>> {
        self.longest(finding).filter(|acceptance| self.holds(acceptance))
    }

    /// The acceptance of a finding that has expired.
    pub fn expired(&self, finding: &Finding) -> Option<&Arc<Acceptance>> {
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
                let order = |finding: &Finding| (finding.severity, finding.rule.code).cmp(&(severity, code.as_str()));
                let from = list.partition_point(|finding| order(finding).is_lt());
                let to = list.partition_point(|finding| order(finding).is_le());
                list[from..to].iter().filter(|finding| self.current(finding).is_some()).count()
            };
            self.codes.iter().map(of_code).sum()
        })
    }

    /// The acceptances whose finding no longer exists, in the order of their ids.
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

/// What is accepted at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcceptanceExtent {
    /// One occurrence.
    Occurrence,
    /// All findings of the rule on one window with the same cause.
    Window,
    /// All findings of the rule with the same cause.
    Cause,
}

impl AcceptanceExtent {
    /// The extents that differ for a finding, smallest first.
    pub fn for_finding(finding: &Finding) -> Vec<Self> {
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
    /// Accepts a finding, and others within `extent`. `reason` and `by` are still empty. It has the id of the acceptance
    /// that the plan has for the same, if any, and so replaces it.
    pub fn for_finding(plan: &Plan, finding: &Finding, extent: AcceptanceExtent, until: NaiveDate) -> Self {
        let (code, cause) = (finding.rule.code, finding.cause().clone());
        let window = finding.window.clone().filter(|_| extent != AcceptanceExtent::Cause);
        let on = finding.on.filter(|_| extent == AcceptanceExtent::Occurrence);
        let is_same =
            |each: &&Arc<Self>| (&*each.code, &each.cause, &each.window, each.on) == (code, &cause, &window, on);
        let new = || AcceptanceId::unused(&format!("{code}-{}", cause.id()), |id| plan.acceptances().contains(id));
        let id = plan.acceptances().iter().find(is_same).map_or_else(new, |same| same.id.clone());
        Self { id, code: code.to_owned(), cause, window, on, reason: String::new(), by: String::new(), until }
    }

    /// Whether it accepts the finding.
    pub fn covers(&self, finding: &Finding) -> bool {
        finding.rule.can_be_accepted() && self.cause == *finding.cause() && is_about(self, finding)
    }
}

/// Acceptances of several findings, for one step of undo.
///
/// An acceptance takes an id that its plan does not have. So each one here is put into a copy of the plan before the next
/// is made: otherwise all findings of a rule with the same cause would share one id, and only the last would be accepted.
pub struct Acceptances {
    plan: Plan,
    edits: Vec<Edit>,
}

impl Acceptances {
    /// None yet, for findings of this plan.
    pub fn new(plan: &Plan) -> Self {
        Self { plan: plan.clone(), edits: Vec::new() }
    }

    /// Accepts one occurrence's finding until the end of a day, if it can be accepted.
    pub fn accept(&mut self, finding: &Finding, reason: &str, by: &str, until: NaiveDate) {
        if !finding.rule.can_be_accepted() {
            return;
        }
        let acceptance = Acceptance::for_finding(&self.plan, finding, AcceptanceExtent::Occurrence, until);
        let (reason, by) = (reason.to_owned(), by.to_owned());
        let edit = Edit::PutAcceptance(Acceptance { reason, by, ..acceptance });
        if let Ok(accepted) = self.plan.apply(&edit) {
            self.plan = accepted;
            self.edits.push(edit);
        }
    }

    /// The edits for those that were accepted since the last call.
    pub fn take_edits(&mut self) -> Vec<Edit> {
        std::mem::take(&mut self.edits)
    }
}

/// Whether an acceptance is about a finding with the same cause.
fn is_about(acceptance: &Acceptance, finding: &Finding) -> bool {
    acceptance.code == finding.rule.code
        && (acceptance.window.is_none() || acceptance.window == finding.window)
        && (acceptance.on.is_none() || acceptance.on == finding.on)
}
