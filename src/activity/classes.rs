//! Whether the plan explains an event.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use serde::Serialize;

use super::times::Instants;
use crate::connect::HostIndex;
use crate::export::lists::Approvals;
use crate::model::SystemId;
use crate::schedule::{Schedule, WindowSchedule, night};

/// What a plan says about an event, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// In an approved window, on a host that it works on.
    Expected,
    /// The same in a window that its owners did not agree to, or that a change freeze forbids.
    Unapproved,
    /// In a window, on a host that it does not work on.
    WrongSystem,
    /// In no window.
    Outside,
    /// The line has no time or no host that can be read.
    Unreadable,
}

/// What a plan says about an event, and why.
#[derive(Clone, Copy)]
pub struct Verdict<'a> {
    pub class: Class,
    /// The window that decided it.
    pub window: Option<&'a WindowSchedule>,
    /// The instant that decided it, in seconds since 1970: one of the two if the clock showed the time twice.
    pub at: i64,
}

/// When a window is open, in seconds since 1970, with the skew.
struct OpenWindow<'a> {
    from: i64,
    until: i64,
    window: &'a Arc<WindowSchedule>,
    is_approved: bool,
}

/// Compares events with the windows of a plan.
pub struct Classifier<'a> {
    /// By start.
    open: Vec<OpenWindow<'a>>,
    longest: i64,
    hosts: HostIndex<'a>,
    /// The systems of each host that was asked for.
    systems: HashMap<String, Arc<[SystemId]>>,
}

impl<'a> Classifier<'a> {
    /// `skew_seconds`: how much the clocks of hosts may differ from the plan's. An event is inside a window if start − skew
    /// ≤ time < end + skew. Where the record of a night says when it ended, that counts instead of the planned end.
    pub fn new(schedule: &'a Schedule, skew_seconds: i64) -> Self {
        let plan = &*schedule.plan;
        let approvals = Approvals::new(schedule);
        let mut open = Vec::new();
        for window in &schedule.windows {
            for occurrence in &window.expansion.occurrences {
                let end_at = night::ended_at(plan, window, occurrence);
                open.push(OpenWindow {
                    from: i64::from(occurrence.start_at.0) * 60 - skew_seconds,
                    until: i64::from(end_at.0) * 60 + skew_seconds,
                    window,
                    is_approved: approvals.has((window, occurrence)),
                });
            }
        }
        open.sort_by_key(|each| each.from);
        let longest = open.iter().map(|each| each.until - each.from).max().unwrap_or_default();
        Self { open, longest, hosts: HostIndex::new(plan, &[]), systems: HashMap::new() }
    }

    /// The class of an event. One at a time that the clock showed twice gets the better class of both; one on a host that
    /// several systems share gets the best class of all.
    pub fn classify(&mut self, at: Instants, host: &str) -> Verdict<'a> {
        let systems = self.systems(host);
        let first = self.at(at.first, &systems);
        let second = at.second.map(|second| self.at(second, &systems));
        second.filter(|second| second.class < first.class).unwrap_or(first)
    }

    fn systems(&mut self, host: &str) -> Arc<[SystemId]> {
        if let Some(systems) = self.systems.get(host) {
            return Arc::clone(systems);
        }
        let systems: Arc<[SystemId]> = self.hosts.find_all(host).into();
        self.systems.insert(host.to_owned(), Arc::clone(&systems));
        systems
    }

    fn at(&self, at: i64, systems: &[SystemId]) -> Verdict<'a> {
        let begun = self.open.partition_point(|each| each.from <= at);
        let may_be = self.open[..begun].iter().rev().take_while(|each| each.from > at - self.longest);
        let class = |each: &OpenWindow<'a>| {
            let is_in_scope = systems.iter().any(|system| each.window.scope.covers(system));
            match (is_in_scope, each.is_approved) {
                (true, true) => Class::Expected,
                (true, false) => Class::Unapproved,
                (false, _) => Class::WrongSystem,
            }
        };
        let inside = may_be.filter(|each| at < each.until);
        let verdict = |each| Verdict { class: class(each), window: Some(&**each.window), at };
        let best = inside.map(verdict).min_by_key(|verdict| verdict.class);
        best.unwrap_or(Verdict { class: Class::Outside, window: None, at })
    }

    /// The hosts that events named and no system has, sorted.
    pub fn unknown_hosts(&self) -> BTreeSet<&str> {
        self.systems.iter().filter(|(_, systems)| systems.is_empty()).map(|(host, _)| host.as_str()).collect()
    }
}
