//! The open plan with its history, and everything that follows from it.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::checks::{Context, Findings};
use crate::model::Plan;
use crate::parallel;
use crate::schedule::Schedule;
use crate::session::state::clock::Clock;
use crate::session::state::history::History;

/// The plan, its schedule and its findings. The three always belong together.
pub struct Document {
    pub(in crate::session) history: History,
    pub(in crate::session) schedule: Schedule,
    pub(in crate::session) findings: Findings,
    /// The local date of now in the plan's zone.
    pub(in crate::session) today: NaiveDate,
    /// The job that calculates how sure the fits are.
    pub(in crate::session) outlooks_job: Option<u64>,
}

impl Document {
    pub fn new(plan: Plan, clock: &dyn Clock) -> Self {
        let plan = Arc::new(plan);
        let schedule = Schedule::derive(&plan, None);
        let today = clock.today(&schedule.zone);
        let findings = Findings::check(&schedule, today, None);
        Self { history: History::new(plan), schedule, findings, today, outlooks_job: None }
    }

    /// Derives schedule and findings of the current plan, reusing what did not change.
    pub(in crate::session) fn derive(&mut self, clock: &dyn Clock) {
        let schedule = Schedule::derive(self.history.current(), Some(&self.schedule));
        self.today = clock.today(&schedule.zone);
        let findings = Findings::check(&schedule, self.today, Some(&self.findings));
        parallel::drop_in_background(std::mem::replace(&mut self.schedule, schedule));
        parallel::drop_in_background(std::mem::replace(&mut self.findings, findings));
    }

    pub fn plan(&self) -> &Arc<Plan> {
        self.history.current()
    }

    pub fn history(&self) -> &History {
        &self.history
    }

    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The local date of now in the plan's zone.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// What rules and quick fixes look at.
    pub fn context(&self) -> Context<'_> {
        Context::new(&self.schedule, self.today)
    }
}
