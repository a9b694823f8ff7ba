//! How likely the work of each window fits: simulated by a job after an edit, then the findings are updated.

use std::sync::Arc;

use crate::checks::Findings;
use crate::parallel;
use crate::schedule::{CalculatedOutlook, Simulation};
use crate::session::session::Session;

impl Session {
    /// Whether the simulation is running.
    pub fn is_simulating(&self) -> bool {
        self.document.outlooks_job.is_some_and(|job| self.jobs.is_running(job))
    }

    /// Starts a job for the missing outlooks. Stops the job of an earlier plan.
    pub(in crate::session) fn calculate_outlooks(&mut self) {
        self.stop_outlooks();
        let missing = self.document.schedule.outlooks.missing(&self.document.schedule.windows);
        if missing.is_empty() {
            return;
        }
        let plan = Arc::clone(self.plan());
        let job = self.jobs.start("Simulate the work", move |progress| {
            let simulation = || Simulation::new(&plan);
            let found = parallel::on_two_cores(&missing, progress, simulation, CalculatedOutlook::new);
            Box::new(move |session| session.add_outlooks(found))
        });
        self.document.outlooks_job = Some(job);
    }

    pub(in crate::session) fn stop_outlooks(&mut self) {
        if let Some(job) = self.document.outlooks_job.take() {
            self.jobs.cancel(job);
        }
    }

    fn add_outlooks(&mut self, found: Vec<CalculatedOutlook>) {
        self.document.outlooks_job = None;
        self.document.schedule.add_outlooks(found);
        self.document.findings =
            Findings::check(&self.document.schedule, self.document.today, Some(&self.document.findings));
    }
}
