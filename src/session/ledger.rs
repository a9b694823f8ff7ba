//! The ledger as it is shown: folded when somebody looks at it, beside the screen where the plan is large.

use std::sync::Arc;

use super::{Session, View};
use crate::schedule::ledger::Ledger;

/// More answers than these are folded by a job: so many take a few milliseconds.
const MOST_AT_ONCE: usize = 20_000;

/// The ledger that there is, and the job that folds the next one.
#[derive(Default)]
pub struct Folding {
    ledger: Option<Arc<Ledger>>,
    /// The job, and the plan that it looks at.
    job: Option<(u64, Arc<crate::model::Plan>)>,
}

impl Session {
    /// How all answers stand; while those of a large plan are folded anew, as they stood before. None until the ledger
    /// is shown for the first time.
    pub fn ledger(&self) -> Option<&Arc<Ledger>> {
        self.ledger.ledger.as_ref()
    }

    /// Brings the ledger up to date while it is shown.
    pub(super) fn keep_ledger(&mut self) {
        let plan = self.history.current();
        let is_of = |ledger: &Arc<Ledger>| ledger.is_of(plan, self.today);
        if !matches!(self.view, View::Ledger(_)) || self.ledger.ledger.as_ref().is_some_and(is_of) {
            return;
        }
        if self.ledger.job.as_ref().is_some_and(|(job, of)| self.jobs.is_running(*job) && Arc::ptr_eq(of, plan)) {
            return;
        }
        if let Some((job, _)) = self.ledger.job.take() {
            self.jobs.cancel(job);
        }
        let previous = self.ledger.ledger.clone();
        let answers = self.schedule.occurrence_count().saturating_mul(plan.areas.len());
        if answers <= MOST_AT_ONCE {
            self.ledger.ledger = Some(Arc::new(Ledger::of(&self.schedule, self.today, previous.as_deref())));
            return;
        }
        let (schedule, today, plan) = (self.schedule.clone(), self.today, Arc::clone(plan));
        let job = self.jobs.start("Going through all answers", move |_| {
            let ledger = Arc::new(Ledger::of(&schedule, today, previous.as_deref()));
            Box::new(move |session| {
                session.ledger.ledger = Some(ledger);
                session.ledger.job = None;
            })
        });
        self.ledger.job = Some((job, plan));
    }
}
