//! Calculates what only one view shows, while it is open: at once if that is quick, else by a job.

use std::sync::Arc;

use crate::progress::Progress;
use crate::schedule::Schedule;
use crate::session::session::{ApplyToSession, Session};
use crate::session::state::cached::{Cached, PlanOnDay};
use crate::session::verbs::action::Dialog;
use crate::session::verbs::views::View;

/// A job calculates anything that goes through more occurrences than this. Fewer take only a few milliseconds.
const MOST_AT_ONCE: usize = 20_000;

/// A request to calculate a result.
pub(in crate::session) struct CacheRequest<K, T> {
    pub label: &'static str,
    pub slot: fn(&mut Session) -> &mut Cached<K, T>,
    pub inputs: K,
    /// How many occurrences or answers the calculation goes through.
    pub size: usize,
}

impl Session {
    /// The plan and the day that views show now.
    pub(in crate::session) fn state(&self) -> PlanOnDay {
        PlanOnDay { plan: Arc::clone(self.plan()), today: self.document.today }
    }

    /// Calculates the wanted result, unless it exists or its job has started. `work` reports its progress and returns
    /// None if it is cancelled.
    pub(in crate::session) fn calculate<K, T>(
        &mut self,
        wanted: CacheRequest<K, T>,
        work: impl FnOnce(&Schedule, &Progress) -> Option<T> + Send + 'static,
    ) where
        K: Clone + PartialEq + Send + 'static,
        T: Send + Sync + 'static,
    {
        let CacheRequest { label, slot, inputs, size } = wanted;
        let shown = slot(self);
        let is_made = shown.result.as_ref().is_some_and(|(made_of, _)| *made_of == inputs);
        if is_made || shown.job.as_ref().is_some_and(|(_, job_of)| *job_of == inputs) {
            return;
        }
        self.stop_calculating(slot);
        if size <= MOST_AT_ONCE {
            let made = work(&self.document.schedule, &Progress::default());
            slot(self).result = made.map(|made| (inputs, Arc::new(made)));
            return;
        }
        let (schedule, job_of) = (self.document.schedule.clone(), inputs.clone());
        let job = self.jobs.start(label, move |progress| -> ApplyToSession {
            let made = work(&schedule, progress);
            Box::new(move |session| {
                let shown = slot(session);
                shown.job = None;
                shown.result = made.map(|made| (inputs, Arc::new(made))).or(shown.result.take());
            })
        });
        slot(self).job = Some((job, job_of));
    }

    /// Stops the job and removes it, so that it can start again.
    pub(in crate::session) fn stop_calculating<K, T>(&mut self, slot: fn(&mut Self) -> &mut Cached<K, T>) {
        if let Some((job, _)) = slot(self).job.take() {
            self.jobs.cancel(job);
        }
    }

    /// Whether the user stopped the job for the current state.
    pub(in crate::session) fn has_stopped<K, T>(&self, shown: &Cached<K, T>) -> bool {
        shown.job().is_some_and(|(job, _)| !self.jobs.is_running(job))
    }

    /// Updates the results that the open view shows.
    pub(in crate::session) fn refresh_results(&mut self) {
        match self.navigation.view {
            View::Ledger(_) => self.refresh_ledger(),
            View::Changes => self.refresh_revision(),
            _ => {}
        }
        if !matches!(self.dialogs.open, Some(Dialog::Invites(_))) {
            self.stop_calculating(Self::preview_slot);
        }
    }

    /// Tells the user if the view is out of date because its job was stopped.
    pub(in crate::session) fn report_stopped(&mut self) {
        let is_old = match self.navigation.view {
            View::Ledger(_) => self.has_stopped_ledger() && self.ledger().is_some(),
            View::Changes => self.has_stopped_revision() && self.revision().is_some(),
            _ => false,
        };
        if is_old {
            self.show_message("Out of date. Open this view again to refresh it");
        }
    }

    /// Lets stopped jobs of the views start again.
    pub(in crate::session) fn resume_stopped(&mut self) {
        if self.has_stopped_ledger() {
            self.stop_calculating(Self::ledger_slot);
        }
        if self.has_stopped_revision() {
            self.stop_calculating(Self::revision_slot);
        }
    }

    /// Drops the results of the plan that was open before.
    pub(in crate::session) fn drop_results(&mut self) {
        self.stop_calculating(Self::ledger_slot);
        self.stop_calculating(Self::revision_slot);
        self.stop_calculating(Self::preview_slot);
        (self.ledger, self.comparing.revision, self.invites.preview) = Default::default();
    }
}
