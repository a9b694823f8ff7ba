//! The ledger as it is shown: folded when somebody looks at it, beside the screen where the plan is large.

use std::sync::Arc;

use crate::schedule::agreement::ledger::Ledger;
use crate::session::session::Session;
use crate::session::state::cached::{Shown, State, Wanted};

impl Session {
    pub(in crate::session) fn ledger_place(&mut self) -> &mut Shown<State, Ledger> {
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

    /// Brings the ledger up to date.
    pub(in crate::session) fn keep_ledger(&mut self) {
        let previous = self.ledger().cloned();
        let state = self.state();
        let wanted = Wanted {
            label: "Going through all answers",
            place: Self::ledger_place,
            size: self.schedule.occurrence_count().saturating_mul(state.plan.areas.len()),
            of: state,
        };
        let today = self.today;
        self.reckon(wanted, move |schedule, goes_on| Ledger::folded(schedule, today, previous.as_deref(), goes_on));
    }
}
