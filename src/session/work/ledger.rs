//! The ledger as it is shown: folded when somebody looks at it, beside the screen where the plan is large.

use std::sync::Arc;

use crate::schedule::agreement::ledger::Ledger;
use crate::session::session::Session;
use crate::session::state::cached::{CacheRequest, Cached, Reading, State};

impl Session {
    pub(in crate::session) fn ledger_slot(&mut self) -> &mut Cached<State, Ledger> {
        &mut self.ledger
    }

    /// Whether somebody stopped the folding before it was done, and nothing has changed since.
    pub fn has_stopped_ledger(&self) -> bool {
        self.has_stopped(&self.ledger)
    }

    /// How all answers stand; while those of a large plan are folded anew, as they stood before. None until the ledger
    /// is shown for the first time.
    pub fn ledger(&self) -> Option<&Arc<Ledger>> {
        self.ledger.latest().map(|(_, ledger)| ledger)
    }

    pub fn ledger_reading(&self) -> Reading<'_, Ledger> {
        Reading { latest: self.ledger(), is_stopped: self.has_stopped_ledger() }
    }

    /// Brings the ledger up to date.
    pub(in crate::session) fn keep_ledger(&mut self) {
        let previous = self.ledger().cloned();
        let state = self.state();
        let wanted = CacheRequest {
            label: "Going through all answers",
            slot: Self::ledger_slot,
            size: self.document.schedule.occurrence_count().saturating_mul(state.plan.areas().len()),
            inputs: state,
        };
        let today = self.document.today;
        self.reckon(wanted, move |schedule, goes_on| {
            Ledger::derive_while(schedule, today, previous.as_deref(), goes_on)
        });
    }
}
