//! The process of each advisory, from Identify to Document. All of it follows from the plan: nothing is ticked.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::item::{Item, ItemState};
use super::report::ComplianceReport;
use crate::model::{Advisory, Plan, ProcessStage, Stage, SystemId};
use crate::schedule::{Schedule, WindowOccurrence};
use crate::wording::{counted, date, list_in_sentence};

/// At most this many systems are named.
const MOST_NAMES: usize = 3;

/// The stages of an advisory at an instant.
#[derive(Clone, Debug)]
pub struct AdvisoryProcess<'a> {
    pub advisory: &'a Arc<Advisory>,
    /// In the order of [`ProcessStage::ALL`].
    pub stages: Vec<StageStatus>,
}

/// A stage of an advisory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageStatus {
    pub stage: ProcessStage,
    pub state: StageState,
    /// What is there already: "3 of 8 systems"; empty if there is nothing.
    pub output: String,
    /// What is missing: "a window for Core DB"; empty unless the stage is open.
    pub missing: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageState {
    Done,
    Open,
    /// There is nothing to do, such as tests of an advisory that affects no system for tests.
    NotNeeded,
}

impl StageState {
    /// "done"
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Open => "open",
            Self::NotNeeded => "not needed",
        }
    }
}

impl AdvisoryProcess<'_> {
    /// The first stage that is open. None if all are complete.
    pub fn current(&self) -> Option<&StageStatus> {
        self.stages.iter().find(|status| status.state == StageState::Open)
    }
}

/// The process of each advisory that was published by the instant of the report, in the order of their ids.
pub fn processes<'a>(schedule: &'a Schedule, report: &ComplianceReport<'a>) -> Vec<AdvisoryProcess<'a>> {
    let on = schedule.zone.local(report.at.plus(-1)).date();
    let published = schedule.plan.advisories().iter().filter(|advisory| advisory.published_on <= on);
    published
        .map(|advisory| {
            let of_it = |item: &Item<'_>| item.advisory.id == advisory.id;
            let from = report.items.partition_point(|item| item.advisory.id < advisory.id);
            let count = report.items[from..].iter().take_while(|item| of_it(item)).count();
            let known = Known {
                plan: &schedule.plan,
                advisory,
                items: &report.items[from..from + count],
                planned: report.expected[from..from + count].iter().map(|each| (each.by, each.item.state)).collect(),
                on,
            };
            AdvisoryProcess { advisory, stages: ProcessStage::ALL.map(|stage| known.status(stage)).to_vec() }
        })
        .collect()
}

/// What is known of an advisory.
struct Known<'k, 'a> {
    plan: &'k Plan,
    advisory: &'k Advisory,
    /// By system.
    items: &'k [Item<'a>],
    /// For each item, what will install it, and the state in which that leaves it.
    planned: Vec<(Option<WindowOccurrence<'k>>, ItemState)>,
    on: chrono::NaiveDate,
}

impl Known<'_, '_> {
    fn status(&self, stage: ProcessStage) -> StageStatus {
        let (state, output, missing) = match stage {
            ProcessStage::Identify => self.identify(),
            ProcessStage::Assess => self.assess(),
            ProcessStage::Plan => self.planned(),
            ProcessStage::Test => self.test(),
            ProcessStage::Deploy => self.deploy(),
            ProcessStage::Verify => self.verify(),
            ProcessStage::Document => self.document(),
        };
        let missing = if state == StageState::Open { missing } else { String::new() };
        StageStatus { stage, state, output, missing }
    }

    /// The items that must be installed, or are.
    fn needed(&self) -> impl Iterator<Item = &Item<'_>> {
        self.items.iter().filter(|item| item.state != ItemState::Excused)
    }

    fn identify(&self) -> (StageState, String, String) {
        match self.items.len() {
            0 => (StageState::Open, String::new(), "the affected systems".to_owned()),
            count => (StageState::Done, counted(count, "system"), String::new()),
        }
    }

    fn assess(&self) -> (StageState, String, String) {
        let first = self.items.first();
        let severity = first.and_then(|item| item.severity).map(|severity| severity.name.clone());
        let decision = self.advisory.decisions.iter().rev().find(|decision| decision.on <= self.on);
        let decision = decision.map(|decision| format!("{} by {}", decision.verdict.name(), decision.by));
        let known: Vec<String> = severity.into_iter().chain(decision).collect();
        if known.is_empty() && first.is_none_or(|item| item.deadline_at.is_none()) {
            return (StageState::Open, String::new(), "a score or a decision".to_owned());
        }
        (StageState::Done, known.join(", "), String::new())
    }

    fn planned(&self) -> (StageState, String, String) {
        if self.needed().next().is_none() {
            return (StageState::NotNeeded, String::new(), String::new());
        }
        let all = self.items.iter().zip(&self.planned);
        let waiting: Vec<_> =
            all.filter(|(item, _)| matches!(item.state, ItemState::Open | ItemState::Pending)).collect();
        let last = waiting.iter().filter_map(|(_, (by, _))| *by).max_by_key(|(_, occurrence)| occurrence.end_at);
        let output = last.map_or_else(String::new, |(_, occurrence)| format!("last on {}", date(occurrence.on())));
        let without = names(waiting.iter().filter(|(_, (by, _))| by.is_none()).map(|(item, _)| *item));
        // What is overdue already cannot be planned in time.
        let late = waiting.iter().filter(|(item, (by, state))| {
            item.state == ItemState::Pending && by.is_some() && *state == ItemState::Late
        });
        let late = names(late.map(|(item, _)| *item));
        let missing = [("a window for", without), ("an earlier window for", late)];
        let missing: Vec<String> = missing
            .into_iter()
            .filter(|(_, names)| !names.is_empty())
            .map(|(what, names)| format!("{what} {names}"))
            .collect();
        let state = if missing.is_empty() { StageState::Done } else { StageState::Open };
        (state, output, missing.join(", "))
    }

    fn test(&self) -> (StageState, String, String) {
        let counterparts: BTreeSet<&SystemId> =
            self.needed().filter_map(|item| item.system.counterpart.as_ref()).collect();
        let is_test = |item: &&Item<'_>| {
            let stage = |id| self.plan.group(id).map(|(_, group)| group.stage);
            let is_early = |stage: Option<Stage>| matches!(stage, Some(Stage::Test | Stage::Uat | Stage::Pilot));
            item.groups.iter().any(|id| is_early(stage(id))) || counterparts.contains(&item.system.id)
        };
        installed(&self.needed().filter(is_test).collect::<Vec<_>>())
    }

    fn deploy(&self) -> (StageState, String, String) {
        installed(&self.needed().collect::<Vec<_>>())
    }

    fn verify(&self) -> (StageState, String, String) {
        let needed: Vec<&Item<'_>> = self.needed().collect();
        if needed.is_empty() {
            return (StageState::NotNeeded, String::new(), String::new());
        }
        let is_verified = |item: &&Item<'_>| item.done.is_some_and(|done| done.is_verified);
        let verified = needed.iter().copied().filter(is_verified).count();
        let missing = names(needed.iter().copied().filter(|item| !is_verified(item)));
        let state = if verified == needed.len() { StageState::Done } else { StageState::Open };
        let output = format!("{verified} of {} scanned clean", counted(needed.len(), "system"));
        (state, output, format!("a clean scan of {missing}"))
    }

    fn document(&self) -> (StageState, String, String) {
        let recorded = self.items.iter().filter(|item| item.done.is_some_and(|done| done.result.is_some())).count();
        let without_result = self.needed().filter(|item| item.done.is_none_or(|done| done.result.is_none()));
        let without_result = names(without_result);
        let decisions = self.advisory.decisions.iter();
        let without_reason =
            decisions.filter(|decision| !decision.verdict.is_installed() && decision.reason.trim().is_empty());
        let without_reason: Vec<String> = without_reason.map(|decision| decision.by.clone()).collect();
        let mut missing = Vec::new();
        if !without_result.is_empty() {
            missing.push(format!("a result of {without_result}"));
        }
        if !without_reason.is_empty() {
            missing.push(format!("the reason of the decision by {}", list_in_sentence(without_reason, MOST_NAMES)));
        }
        let state = if missing.is_empty() { StageState::Done } else { StageState::Open };
        (state, counted(recorded, "result"), missing.join(", "))
    }
}

/// How many of these items are done.
fn installed(items: &[&Item<'_>]) -> (StageState, String, String) {
    if items.is_empty() {
        return (StageState::NotNeeded, String::new(), String::new());
    }
    let done = items.iter().filter(|item| item.done.is_some()).count();
    let missing = names(items.iter().copied().filter(|item| item.done.is_none()));
    let state = if done == items.len() { StageState::Done } else { StageState::Open };
    (state, format!("{done} of {}", counted(items.len(), "system")), format!("the installation on {missing}"))
}

/// The names of the systems; empty if there are none.
fn names<'i>(items: impl Iterator<Item = &'i Item<'i>>) -> String {
    let names: Vec<&str> = items.map(|item| item.system.name.as_str()).collect();
    if names.is_empty() { String::new() } else { list_in_sentence(names, MOST_NAMES) }
}
