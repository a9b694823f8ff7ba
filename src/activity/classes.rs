//! Whether the plan explains an event.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use serde::Serialize;

use super::times::Instants;
use crate::connect::HostIndex;
use crate::export::lists::is_approved;
use crate::model::SystemId;
use crate::schedule::{Schedule, WindowSchedule};

/// What a plan says about an event, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// In a window that its owners agreed to, on a host that it works on.
    Expected,
    /// The same in a window without that agreement.
    Unapproved,
    /// In a window, on a host that it does not work on.
    WrongSystem,
    /// In no window.
    Outside,
    /// The line has no time or no host that can be read.
    Unreadable,
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
    /// The system of each host that was asked for.
    systems: HashMap<String, Option<SystemId>>,
}

impl<'a> Classifier<'a> {
    /// `skew_seconds`: how much the clocks of hosts may differ from the plan's. An event is inside a window if start − skew
    /// ≤ time < end + skew. Where the record of a night says when it ended, that counts instead of the planned end.
    pub fn new(schedule: &'a Schedule, skew_seconds: i64) -> Self {
        let plan = &*schedule.plan;
        let mut open = Vec::new();
        for window in &schedule.windows {
            for occurrence in &window.expansion.occurrences {
                let ending = plan.nights().for_occurrence(window.id(), occurrence.original_on());
                let ended_at = ending.and_then(|night| night.ending.as_ref()).map(|ending| ending.at);
                let end_at = ended_at.filter(|at| *at > occurrence.start_at).unwrap_or(occurrence.end_at);
                open.push(OpenWindow {
                    from: i64::from(occurrence.start_at.0) * 60 - skew_seconds,
                    until: i64::from(end_at.0) * 60 + skew_seconds,
                    window,
                    is_approved: is_approved(schedule, (window, occurrence)),
                });
            }
        }
        open.sort_by_key(|each| each.from);
        let longest = open.iter().map(|each| each.until - each.from).max().unwrap_or_default();
        Self { open, longest, hosts: HostIndex::new(plan, &[]), systems: HashMap::new() }
    }

    /// The class of an event, and the window that decided it. An event at a time that the clock showed twice gets the better
    /// class of both.
    pub fn classify(&mut self, at: Instants, host: &str) -> (Class, Option<&'a WindowSchedule>) {
        let system = self.system(host);
        let first = self.at(at.first, system.as_ref());
        let second = at.second.map(|second| self.at(second, system.as_ref()));
        std::iter::once(first).chain(second).min_by_key(|(class, _)| *class).unwrap_or(first)
    }

    fn system(&mut self, host: &str) -> Option<SystemId> {
        if let Some(system) = self.systems.get(host) {
            return system.clone();
        }
        let system = self.hosts.find(&[host.to_owned()]);
        self.systems.insert(host.to_owned(), system.clone());
        system
    }

    fn at(&self, at: i64, system: Option<&SystemId>) -> (Class, Option<&'a WindowSchedule>) {
        let begun = self.open.partition_point(|each| each.from <= at);
        let may_be = self.open[..begun].iter().rev().take_while(|each| each.from > at - self.longest);
        let class = |each: &OpenWindow<'a>| match system {
            Some(system) if each.window.scope.covers(system) && each.is_approved => Class::Expected,
            Some(system) if each.window.scope.covers(system) => Class::Unapproved,
            _ => Class::WrongSystem,
        };
        let inside = may_be.filter(|each| at < each.until).map(|each| (class(each), Some(&**each.window)));
        inside.min_by_key(|(class, _)| *class).unwrap_or((Class::Outside, None))
    }

    /// The hosts that events named and no system has, sorted.
    pub fn unknown_hosts(&self) -> BTreeSet<&str> {
        self.systems.iter().filter(|(_, system)| system.is_none()).map(|(host, _)| host.as_str()).collect()
    }
}
