//! What a view shows of the plan, reckoned when somebody looks at it: at once where that is quick, else by a job.

use std::sync::Arc;

use chrono::NaiveDate;

use super::jobs::Then;
use crate::model::Plan;
use crate::schedule::Schedule;
use crate::session::session::Session;
use crate::session::verbs::action::Dialog;
use crate::session::verbs::views::View;

/// More occurrences than these are gone through by a job: so many take a few milliseconds.
const MOST_AT_ONCE: usize = 20_000;

/// The state of a plan that something was reckoned from.
#[derive(Clone, Debug)]
pub struct State {
    pub plan: Arc<Plan>,
    pub today: NaiveDate,
}

/// The same pointer on the same day.
impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.plan, &other.plan) && self.today == other.today
    }
}

/// The result that there is, what it was reckoned from, and the job that reckons the next one.
pub struct Cached<K, T> {
    made: Option<(K, Arc<T>)>,
    /// One that was stopped stays here, so that it is not begun again at once.
    job: Option<(u64, K)>,
}

impl<K, T> Default for Cached<K, T> {
    fn default() -> Self {
        Self { made: None, job: None }
    }
}

impl<K, T> Cached<K, T> {
    /// What was reckoned last, perhaps of an earlier state, and from what.
    pub fn latest(&self) -> Option<(&K, &Arc<T>)> {
        self.made.as_ref().map(|(of, made)| (of, made))
    }

    /// The job that reckons, also one that was stopped, and from what.
    pub fn job(&self) -> Option<(u64, &K)> {
        self.job.as_ref().map(|(job, of)| (*job, of))
    }
}

/// Something to reckon: under which name, where its result goes, from what.
pub(in crate::session) struct CacheRequest<K, T> {
    pub label: &'static str,
    pub slot: fn(&mut Session) -> &mut Cached<K, T>,
    pub inputs: K,
    /// How many occurrences, or answers, it goes through.
    pub size: usize,
}

/// What a view shows of a cached result.
pub struct Reading<'a, T> {
    /// Perhaps of an earlier state of the plan; none until it is there for the first time.
    pub latest: Option<&'a Arc<T>>,
    /// Somebody stopped the job before it was done, and nothing has changed since.
    pub is_stopped: bool,
}

impl Session {
    /// The state that the views look at.
    pub(in crate::session) fn state(&self) -> State {
        State { plan: Arc::clone(self.plan()), today: self.document.today }
    }

    /// Reckons what is wanted, unless it is there or under way. `work` asks whether it goes on, and gives none where it
    /// does not.
    pub(in crate::session) fn reckon<K, T>(
        &mut self,
        wanted: CacheRequest<K, T>,
        work: impl FnOnce(&Schedule, &mut dyn FnMut(usize, usize) -> bool) -> Option<T> + Send + 'static,
    ) where
        K: Clone + PartialEq + Send + 'static,
        T: Send + Sync + 'static,
    {
        let CacheRequest { label, slot, inputs, size } = wanted;
        let shown = slot(self);
        let is_made = shown.made.as_ref().is_some_and(|(made_of, _)| *made_of == inputs);
        if is_made || shown.job.as_ref().is_some_and(|(_, job_of)| *job_of == inputs) {
            return;
        }
        self.stop_reckoning(slot);
        if size <= MOST_AT_ONCE {
            let made = work(&self.document.schedule, &mut |_, _| true);
            slot(self).made = made.map(|made| (inputs, Arc::new(made)));
            return;
        }
        let (schedule, job_of) = (self.document.schedule.clone(), inputs.clone());
        let job = self.jobs.start(label, move |progress| -> Then {
            let made = work(&schedule, &mut |done, all| {
                progress.set(done, all);
                !progress.is_cancelled()
            });
            Box::new(move |session| {
                let shown = slot(session);
                shown.job = None;
                shown.made = made.map(|made| (inputs, Arc::new(made))).or(shown.made.take());
            })
        });
        slot(self).job = Some((job, job_of));
    }

    /// Stops the job that reckons it, and forgets that it was stopped.
    pub(in crate::session) fn stop_reckoning<K, T>(&mut self, slot: fn(&mut Self) -> &mut Cached<K, T>) {
        if let Some((job, _)) = slot(self).job.take() {
            self.jobs.cancel(job);
        }
    }

    /// Whether somebody stopped the job before it was done, and nothing has changed since.
    pub(in crate::session) fn has_stopped<K, T>(&self, shown: &Cached<K, T>) -> bool {
        shown.job().is_some_and(|(job, _)| !self.jobs.is_running(job))
    }

    /// Brings what the view shows up to date.
    pub(in crate::session) fn keep_shown(&mut self) {
        match self.navigation.view {
            View::Ledger(_) => self.keep_ledger(),
            View::Changes => self.keep_revision(),
            _ => {}
        }
        if !matches!(self.dialogs.open, Some(Dialog::Invites(_))) {
            self.stop_reckoning(Self::preview_slot);
        }
    }

    /// What is shown once a job was stopped is older than the plan.
    pub(in crate::session) fn tell_of_stopped(&mut self) {
        let is_old = match self.navigation.view {
            View::Ledger(_) => self.has_stopped_ledger() && self.ledger().is_some(),
            View::Changes => self.has_stopped_revision() && self.revision().is_some(),
            _ => false,
        };
        if is_old {
            self.tell("Out of date. Open this view again to refresh it");
        }
    }

    /// Begins again what was stopped.
    pub(in crate::session) fn resume_shown(&mut self) {
        if self.has_stopped_ledger() {
            self.stop_reckoning(Self::ledger_slot);
        }
        if self.has_stopped_revision() {
            self.stop_reckoning(Self::revision_slot);
        }
    }

    /// What was reckoned of another plan says nothing about this one.
    pub(in crate::session) fn drop_shown(&mut self) {
        self.stop_reckoning(Self::ledger_slot);
        self.stop_reckoning(Self::revision_slot);
        self.stop_reckoning(Self::preview_slot);
        (self.ledger, self.comparing.revision, self.invites.preview) = Default::default();
    }
}
