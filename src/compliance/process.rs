//! The process of each advisory, from Identify to Document. All of it follows from the plan: nothing is ticked.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::item::{Item, ItemState};
use super::report::ComplianceReport;
use super::stages::{Judgement, Process, SystemWork, installed, recorded, verified};
use crate::model::{Advisory, GroupId, Plan, ProcessStage, SystemId};
use crate::schedule::{Schedule, WindowOccurrence};
use crate::wording::{counted, date};

/// The stages of an advisory at an instant.
pub type AdvisoryProcess<'a> = Process<&'a Arc<Advisory>>;

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
            Process::new(advisory, |stage| known.judge(stage))
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
    fn judge(&self, stage: ProcessStage) -> Judgement {
        match stage {
            ProcessStage::Identify => self.identify(),
            ProcessStage::Assess => self.assess(),
            ProcessStage::Plan => self.planned(),
            ProcessStage::Test => self.test(),
            ProcessStage::Deploy => installed(&self.work(|_| true)),
            ProcessStage::Verify => verified(&self.work(|_| true)),
            ProcessStage::Document => self.document(),
        }
    }

    /// The systems on which it must be installed, or is.
    fn work(&self, is_about: impl Fn(&Item<'_>) -> bool) -> Vec<SystemWork<'_>> {
        let needed = self.items.iter().filter(|item| item.state != ItemState::Excused && is_about(item));
        needed.map(|item| SystemWork { id: &item.system.id, name: &item.system.name, done: item.done }).collect()
    }

    fn identify(&self) -> Judgement {
        match self.items.len() {
            0 => Judgement::missing("the affected systems"),
            count => Judgement::with(counted(count, "system")),
        }
    }

    fn assess(&self) -> Judgement {
        let first = self.items.first();
        let severity = first.and_then(|item| item.severity).map(|severity| severity.name.clone());
        let decision = self.advisory.decisions.iter().rev().find(|decision| decision.on <= self.on);
        let decision = decision.map(|decision| format!("{} by {}", decision.verdict.name(), decision.by));
        let known: Vec<String> = severity.into_iter().chain(decision).collect();
        if known.is_empty() && first.is_none_or(|item| item.deadline_at.is_none()) {
            return Judgement::missing("a score or a decision");
        }
        Judgement::with(known.join(", "))
    }

    fn planned(&self) -> Judgement {
        if self.work(|_| true).is_empty() {
            return Judgement::not_needed();
        }
        let all = self.items.iter().zip(&self.planned);
        let waiting: Vec<_> =
            all.filter(|(item, _)| matches!(item.state, ItemState::Open | ItemState::Pending)).collect();
        let last = waiting.iter().filter_map(|(_, (by, _))| *by).max_by_key(|(_, occurrence)| occurrence.end_at);
        let output = last.map_or_else(String::new, |(_, occurrence)| format!("last on {}", date(occurrence.on())));
        let without = waiting.iter().filter(|(_, (by, _))| by.is_none());
        let without: Vec<&str> = without.map(|(item, _)| item.system.name.as_str()).collect();
        // What is overdue already cannot be planned in time.
        let late = waiting.iter().filter(|(item, (by, state))| {
            item.state == ItemState::Pending && by.is_some() && *state == ItemState::Late
        });
        let late: Vec<&str> = late.map(|(item, _)| item.system.name.as_str()).collect();
        Judgement::with(output).lacks("a window for", &without).lacks("an earlier window for", &late)
    }

    fn test(&self) -> Judgement {
        let needed = self.items.iter().filter(|item| item.state != ItemState::Excused);
        let counterparts: BTreeSet<&SystemId> = needed.filter_map(|item| item.system.counterpart.as_ref()).collect();
        let is_for_tests = |id: &GroupId| self.plan.group(id).is_some_and(|(_, group)| group.stage.is_for_tests());
        installed(
            &self.work(|item| item.groups.iter().any(|id| is_for_tests(id)) || counterparts.contains(&item.system.id)),
        )
    }

    fn document(&self) -> Judgement {
        let decisions = self.advisory.decisions.iter();
        let without_reason =
            decisions.filter(|decision| !decision.verdict.is_installed() && decision.reason.trim().is_empty());
        let without_reason: Vec<&str> = without_reason.map(|decision| decision.by.as_str()).collect();
        recorded(&self.work(|_| true)).lacks("the reason of the decision by", &without_reason)
    }
}
