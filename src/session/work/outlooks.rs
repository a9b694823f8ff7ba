//! How sure the fits are: reckoned beside the screen after an edit, and the findings are found again with it.

use std::sync::Arc;

use crate::checks::Findings;
use crate::schedule::{CalculatedOutlook, Simulation};
use crate::session::session::Session;
use crate::session::state::jobs::on_two_cores;

impl Session {
    /// Whether outlooks are being reckoned.
    pub fn is_reckoning(&self) -> bool {
        self.document.outlooks_job.is_some_and(|job| self.jobs.is_running(job))
    }

    /// Begins to reckon the outlooks that are missing. What was begun for an earlier plan is dropped.
    pub(in crate::session) fn reckon_outlooks(&mut self) {
        self.stop_outlooks();
        let missing = self.document.schedule.outlooks.missing(&self.document.schedule.windows);
        if missing.is_empty() {
            return;
        }
        let plan = Arc::clone(self.plan());
        let job = self.jobs.start("Reckoning how sure the fits are", move |progress| {
            let simulation = || Simulation::new(&plan);
            let found = on_two_cores(&missing, progress, simulation, CalculatedOutlook::by);
            Box::new(move |session| session.take_outlooks(found))
        });
        self.document.outlooks_job = Some(job);
    }

    pub(in crate::session) fn stop_outlooks(&mut self) {
        if let Some(job) = self.document.outlooks_job.take() {
            self.jobs.cancel(job);
        }
    }

    fn take_outlooks(&mut self, found: Vec<CalculatedOutlook>) {
        self.document.outlooks_job = None;
        self.document.schedule.take_in(found);
        self.document.findings =
            Findings::check(&self.document.schedule, self.document.today, Some(&self.document.findings));
    }
}
