//! Everything that follows from one plan, and how to look things up in it.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{LadderId, LocalMinute, Plan, UtcMinute, WindowId};
use crate::schedule::chance::outlooks::{CalculatedOutlook, Outlooks};
use crate::schedule::chance::simulation::Simulation;
use crate::schedule::reach_index::{Covering, Reach};
use crate::schedule::rota::Rota;
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::time::release::Release;
use crate::schedule::time::zone::Zone;
use crate::schedule::window_schedule::WindowSchedule;

/// Everything that follows from one plan.
#[derive(Clone, Debug)]
pub struct Schedule {
    pub plan: Arc<Plan>,
    /// In the order of the windows' ids, one for each window of the plan.
    pub windows: Vec<Arc<WindowSchedule>>,
    /// Vendors' releases inside the horizon, sorted by instant.
    pub releases: Arc<Vec<Release>>,
    /// The plan's zone; UTC where its name is unknown.
    pub zone: Arc<Zone>,
    /// Which windows cover which system.
    pub covering: Arc<Covering>,
    /// Which windows reach which group: one for each ladder, in the order of their ids.
    pub reaches: Arc<Vec<Reach>>,
    /// How sure the fits are, as far as that is known: reckoning it takes longer than everything else together, and is
    /// done beside it.
    pub outlooks: Arc<Outlooks>,
    /// Who works when.
    pub rota: Arc<Rota>,
}

impl Schedule {
    /// The same schedule with all outlooks known, each from so many nights that are played through.
    #[must_use]
    pub fn with_outlooks(mut self, runs: u32) -> Self {
        let mut simulation = Simulation::with_runs(&self.plan, runs);
        let missing = self.outlooks.missing(&self.windows);
        let found = missing.iter().filter_map(|window| CalculatedOutlook::by(&mut simulation, window)).collect();
        self.take_in(found);
        self
    }

    /// Takes in outlooks that were found for its windows; others are dropped.
    pub fn take_in(&mut self, found: Vec<CalculatedOutlook>) {
        self.outlooks = Arc::new(self.outlooks.with(&self.plan, &self.windows, found));
    }

    /// What reaches the groups of a ladder.
    pub fn reach(&self, ladder: &LadderId) -> Option<&Reach> {
        self.reaches.iter().find(|reach| reach.ladder.id == *ladder)
    }

    pub fn window(&self, id: &WindowId) -> Option<&Arc<WindowSchedule>> {
        self.plan.windows().position(id).map(|index| &self.windows[index])
    }

    /// An occurrence by its identity, also where it is skipped.
    pub fn occurrence(&self, id: &WindowId, on: NaiveDate) -> Option<(&Arc<WindowSchedule>, &Occurrence)> {
        let window = self.window(id)?;
        window.expansion.occurrence_on(on).map(|occurrence| (window, occurrence))
    }

    /// All occurrences that take place, and those skipped where `with_skipped`, sorted by start, then window.
    pub fn in_order(&self, with_skipped: bool) -> Vec<(&Arc<WindowSchedule>, &Occurrence)> {
        let mut all: Vec<_> = self
            .windows
            .iter()
            .flat_map(|window| {
                let skipped = if with_skipped { &window.expansion.skipped[..] } else { &[] };
                window.expansion.occurrences.iter().chain(skipped).map(move |occurrence| (window, occurrence))
            })
            .collect();
        // The windows come in the order of their ids, and the sort keeps that order among equal starts.
        all.sort_by_key(|(_, occurrence)| occurrence.start_at);
        all
    }

    /// How many occurrences take place.
    pub fn occurrence_count(&self) -> usize {
        self.windows.iter().map(|window| window.expansion.occurrences.len()).sum()
    }

    /// The midnight in the plan's zone at which its months are over.
    pub fn ends_at(&self) -> UtcMinute {
        self.zone.resolve(LocalMinute::midnight(self.plan.horizon().end())).at
    }
}
