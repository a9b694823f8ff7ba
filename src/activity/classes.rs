//! Whether the plan explains an event.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use serde::Serialize;

use super::open_windows::{OpenWindow, OpenWindows};
use super::times::Instants;
use crate::connect::HostIndex;
use crate::schedule::{Schedule, WindowSchedule};

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

/// Compares events with the windows of a plan.
pub struct Classifier<'a> {
    schedule: &'a Schedule,
    open: OpenWindows,
    hosts: HostIndex<'a>,
    /// For each host that was asked for, the windows that work on one of its systems. None if no system has it.
    windows: HashMap<String, Option<Arc<[u32]>>>,
}

impl<'a> Classifier<'a> {
    /// `skew_seconds`: how much the clocks of hosts may differ from the plan's. An event is inside a window if start − skew
    /// ≤ time < end + skew. Where the record of a night says when it ended, that counts instead of the planned end.
    pub fn new(schedule: &'a Schedule, skew_seconds: i64) -> Self {
        let (open, hosts) = (OpenWindows::new(schedule, skew_seconds), HostIndex::new(&schedule.plan, &[]));
        Self { schedule, open, hosts, windows: HashMap::new() }
    }

    /// The class of an event. One at a time that the clock showed twice gets the better class of both; one on a host that
    /// several systems share gets the best class of all.
    pub fn classify(&mut self, at: Instants, host: &str) -> Verdict<'a> {
        let windows = self.windows(host);
        let first = self.at(at.first, &windows);
        let second = at.second.map(|second| self.at(second, &windows));
        second.filter(|second| second.class < first.class).unwrap_or(first)
    }

    /// The windows that work on a system of a host.
    fn windows(&mut self, host: &str) -> Arc<[u32]> {
        let known = self.windows.get(host).cloned();
        let windows = known.unwrap_or_else(|| {
            let systems = self.hosts.find_all(host);
            let positions = systems.iter().filter_map(|system| self.schedule.plan.systems().position(system));
            let mut windows: Vec<u32> =
                positions.flat_map(|position| self.schedule.covering.windows_covering(position)).copied().collect();
            windows.sort_unstable();
            windows.dedup();
            let windows = (!systems.is_empty()).then(|| Arc::from(windows));
            self.windows.insert(host.to_owned(), windows.clone());
            windows
        });
        windows.unwrap_or_default()
    }

    /// The best class of all open windows; of equal ones, that which began last.
    fn at(&self, at: i64, windows: &[u32]) -> Verdict<'a> {
        let verdict = |class, open: &OpenWindow| {
            let window = self.schedule.windows.get(open.window as usize);
            Verdict { class, window: window.map(|window| &**window), at }
        };
        let in_scope = windows.iter().flat_map(|window| self.open.of_window(*window, at));
        let class = |open: &OpenWindow| if open.is_approved { Class::Expected } else { Class::Unapproved };
        if let Some((_, open)) = in_scope.min_by_key(|(index, open)| (class(open), std::cmp::Reverse(*index))) {
            return verdict(class(open), open);
        }
        let other = self.open.last_open(at).map(|open| verdict(Class::WrongSystem, open));
        other.unwrap_or(Verdict { class: Class::Outside, window: None, at })
    }

    /// The hosts that events named and no system has, sorted.
    pub fn unknown_hosts(&self) -> BTreeSet<&str> {
        self.windows.iter().filter(|(_, windows)| windows.is_none()).map(|(host, _)| host.as_str()).collect()
    }
}
