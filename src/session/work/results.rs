//! Applies the results of jobs to the session.

use std::time::Duration;

use crate::session::session::Session;
use crate::session::state::jobs::JobEnd;

impl Session {
    /// Applies the results of finished jobs. Returns whether there were any.
    pub fn take_results(&mut self) -> bool {
        let ended = self.jobs.take_ended();
        let any = !ended.is_empty();
        for job in ended {
            match job {
                JobEnd::Done(apply) => apply(self),
                JobEnd::Unexpectedly { id, label } => {
                    self.forget_save(id);
                    let log = self.last_panic().and_then(|report| report.log);
                    let log = log.map_or_else(String::new, |log| format!(" What happened is in {}.", log.display()));
                    self.show_error(format!(
                        "{label} ended because of a fault in the program. The plan is unchanged.{log}"
                    ));
                }
            }
        }
        self.follow_changes();
        any
    }

    /// Waits for all jobs, including those that other jobs start, and applies their results.
    pub fn finish_jobs(&mut self) {
        while !self.jobs.is_idle() {
            self.take_results();
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}
