//! The ledger, calculated while its view is open; by a job if the plan is large.

use std::sync::Arc;

use crate::schedule::agreement::ledger::Ledger;
use crate::session::session::Session;
use crate::session::state::cached::{Cached, CachedView, PlanOnDay};
use crate::session::work::calculation::CacheRequest;

impl Session {
    pub(in crate::session) fn ledger_slot(&mut self) -> &mut Cached<PlanOnDay, Ledger> {
        &mut self.ledger
    }

    /// Whether the user stopped the calculation for the current plan.
    pub fn has_stopped_ledger(&self) -> bool {
        self.has_stopped(&self.ledger)
    }

    /// The state of all answers. While a job updates that of a large plan, it is the state before the last edit. None
    /// until the ledger has been shown once.
    pub fn ledger(&self) -> Option<&Arc<Ledger>> {
        self.ledger.latest().map(|(_, ledger)| ledger)
    }

    pub fn ledger_reading(&self) -> CachedView<'_, Ledger> {
        CachedView { latest: self.ledger(), is_stopped: self.has_stopped_ledger() }
    }

    /// Updates the ledger.
    pub(in crate::session) fn refresh_ledger(&mut self) {
        let previous = self.ledger().cloned();
        let state = self.state();
        let wanted = CacheRequest {
            label: "Counting all answers",
            slot: Self::ledger_slot,
            size: self.document.schedule.occurrence_count().saturating_mul(state.plan.areas().len()),
            inputs: state,
        };
        let today = self.document.today;
        self.calculate(wanted, move |schedule, progress| {
            Ledger::derive_with_progress(schedule, today, previous.as_deref(), progress)
        });
    }
}
