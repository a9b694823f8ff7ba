//! The ledger as it is shown: folded when somebody looks at it, beside the screen where the plan is large.

use std::sync::Arc;

use super::jobs::Then;
use super::{Session, View};
use crate::model::Plan;
use crate::schedule::ledger::Ledger;

/// More answers than these are folded by a job: so many take a few milliseconds.
const MOST_AT_ONCE: usize = 20_000;

/// The ledger that there is, and the job that folds the next one.
#[derive(Default)]
pub struct Folding {
    ledger: Option<Arc<Ledger>>,
    /// The job, and the plan that it looks at; one that was stopped stays here, so that it is not begun again at once.
    job: Option<(u64, Arc<Plan>)>,
}

impl Session {
    const FOLDING: &'static str = "Going through all answers";

    /// Whether somebody stopped the job before it was done, and nothing has changed since.
    pub fn has_stopped_ledger(&self) -> bool {
        self.ledger.job.as_ref().is_some_and(|(job, _)| !self.jobs.is_running(*job))
    }

    /// What is shown then is older than the plan.
    pub(super) fn tell_of_stopped_ledger(&mut self) {
        if self.has_stopped_ledger() && self.ledger.ledger.is_some() {
            self.tell(
                "The ledger shows how answers stood before the last change. Choose Ledger to go through them again",
            );
        }
    }

    /// Begins again what was stopped.
    pub(super) fn resume_ledger(&mut self) {
        if self.has_stopped_ledger() {
            self.ledger.job = None;
        }
    }

    /// What was folded of another plan says nothing about this one.
    pub(super) fn drop_ledger(&mut self) {
        if let Some((job, _)) = self.ledger.job.take() {
            self.jobs.cancel(job);
        }
        self.ledger = Folding::default();
    }

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
        if self.ledger.job.as_ref().is_some_and(|(_, of)| Arc::ptr_eq(of, plan)) {
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
        let job = self.jobs.start(Self::FOLDING, move |progress| -> Then {
            let goes_on = |done, all| {
                progress.set(done, all);
                !progress.is_cancelled()
            };
            let ledger = Ledger::folded(&schedule, today, previous.as_deref(), goes_on);
            Box::new(move |session| {
                session.ledger.job = None;
                session.ledger.ledger = ledger.map(Arc::new).or(session.ledger.ledger.take());
            })
        });
        self.ledger.job = Some((job, plan));
    }
}
