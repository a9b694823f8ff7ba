//! The open plan with its history, schedule and findings.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::checks::{Context, Findings};
use crate::model::Plan;
use crate::parallel;
use crate::schedule::Schedule;
use crate::session::state::clock::Clock;
use crate::session::state::history::History;

/// The plan, its schedule and its findings. The three always match.
pub struct Document {
    pub(in crate::session) history: History,
    pub(in crate::session) schedule: Schedule,
    pub(in crate::session) findings: Findings,
    /// The current date in the plan's zone.
    pub(in crate::session) today: NaiveDate,
    /// The job that simulates how likely the work fits.
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

    /// Derives the schedule and the findings of the current plan, reusing what is still valid.
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

    /// The current date in the plan's zone.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// The input of rules and quick fixes.
    pub fn context(&self) -> Context<'_> {
        Context::new(&self.schedule, self.today)
    }
}
