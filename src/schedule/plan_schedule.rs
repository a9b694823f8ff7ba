//! Everything that follows from one plan, and how to look things up in it.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{LadderId, LocalMinute, Plan, UtcMinute, WindowId};
use crate::schedule::chance::outlooks::{CalculatedOutlook, Outlooks};
use crate::schedule::chance::simulation::Simulation;
use crate::schedule::reach_index::{Covering, Reach};
use crate::schedule::rota::Rota;
use crate::schedule::time::problem::ExpansionProblem;
use crate::schedule::time::release::Release;
use crate::schedule::time::zone::Zone;
use crate::schedule::window_schedule::{WindowOccurrence, WindowSchedule};

/// Everything that follows from one plan.
#[derive(Clone, Debug)]
pub struct Schedule {
    pub plan: Arc<Plan>,
    /// One per window of the plan, in the order of their ids.
    pub windows: Vec<Arc<WindowSchedule>>,
    /// Vendors' releases within the plan's months, sorted by time.
    pub releases: Arc<Vec<Release>>,
    /// The plan's time zone. UTC if its name is unknown.
    pub zone: Arc<Zone>,
    /// Which windows cover which system.
    pub covering: Arc<Covering>,
    /// Which windows reach which group: one entry per ladder, in the order of their ids.
    pub reaches: Arc<Vec<Reach>>,
    /// How likely the work is to fit, as far as it is known. Calculating this takes longer than everything else
    /// together, so it happens in the background.
    pub outlooks: Arc<Outlooks>,
    /// Who works when.
    pub rota: Arc<Rota>,
}

impl Schedule {
    /// Calculates all missing outlooks, from this many simulated runs each.
    #[must_use]
    pub fn with_outlooks(mut self, runs: u32) -> Self {
        let mut simulation = Simulation::with_runs(&self.plan, runs);
        let missing = self.outlooks.missing(&self.windows);
        let found = missing.iter().filter_map(|window| CalculatedOutlook::new(&mut simulation, window)).collect();
        self.add_outlooks(found);
        self
    }

    /// Adds outlooks that were calculated for its windows. Outlooks of other windows are dropped.
    pub fn add_outlooks(&mut self, found: Vec<CalculatedOutlook>) {
        self.outlooks = Arc::new(self.outlooks.with(&self.plan, &self.windows, found));
    }

    /// The windows whose dates are not known: their rule cannot be read, or the plan is too large. They have no
    /// occurrences here, which does not mean that nothing takes place.
    pub fn without_known_dates(&self) -> impl Iterator<Item = &Arc<WindowSchedule>> {
        self.windows.iter().filter(|window| window.expansion.problem.is_some())
    }

    /// Whether the plan has too many dates, so that its densest windows have none.
    pub fn is_too_large(&self) -> bool {
        let is_left_out = |problem: &ExpansionProblem| matches!(problem, ExpansionProblem::PlanTooLarge { .. });
        self.windows.iter().any(|window| window.expansion.problem.as_ref().is_some_and(is_left_out))
    }

    /// The windows that reach the groups of a ladder.
    pub fn reach(&self, ladder: &LadderId) -> Option<&Reach> {
        self.reaches.iter().find(|reach| reach.ladder.id == *ladder)
    }

    pub fn window(&self, id: &WindowId) -> Option<&Arc<WindowSchedule>> {
        self.plan.windows().position(id).map(|index| &self.windows[index])
    }

    /// An occurrence by its window and original date, even if it is skipped.
    pub fn occurrence(&self, id: &WindowId, on: NaiveDate) -> Option<WindowOccurrence<'_>> {
        let window = self.window(id)?;
        window.expansion.occurrence_on(on).map(|occurrence| (window, occurrence))
    }

    /// All occurrences that take place, and the skipped ones if `with_skipped`, sorted by start, then by window.
    pub fn in_order(&self, with_skipped: bool) -> Vec<WindowOccurrence<'_>> {
        let mut all: Vec<_> = self
            .windows
            .iter()
            .flat_map(|window| {
                let skipped = if with_skipped { &window.expansion.skipped[..] } else { &[] };
                window.expansion.occurrences.iter().chain(skipped).map(move |occurrence| (window, occurrence))
            })
            .collect();
        // The windows are sorted by id, and the sort is stable.
        all.sort_by_key(|(_, occurrence)| occurrence.start_at);
        all
    }

    /// The number of occurrences that take place.
    pub fn occurrence_count(&self) -> usize {
        self.windows.iter().map(|window| window.expansion.occurrences.len()).sum()
    }

    /// The midnight in the plan's time zone at which its months end.
    pub fn ends_at(&self) -> UtcMinute {
        self.zone.resolve(LocalMinute::midnight(self.plan.horizon().end())).at
    }
}
