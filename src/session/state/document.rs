//! The open plan with its history, schedule and findings.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::checks::{Context, Findings};
use crate::model::{Plan, Subject};
use crate::parallel;
use crate::schedule::Schedule;
use crate::session::state::clock::Clock;
use crate::session::state::history::History;

/// The plan, its schedule and its findings. The three always match.
pub struct Document {
    pub(in crate::session) history: History,
    pub(in crate::session) schedule: Schedule,
    pub(in crate::session) findings: Findings,
    /// All findings, while those of a record that somebody is entering are not shown.
    complete: Option<Findings>,
    /// That record, and its parts.
    entered: Vec<Subject>,
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
        Self {
            history: History::new(plan),
            schedule,
            findings,
            complete: None,
            entered: Vec::new(),
            today,
            outlooks_job: None,
        }
    }

    /// Derives the schedule and the findings of the current plan, reusing what is still valid.
    pub(in crate::session) fn derive(&mut self, clock: &dyn Clock) {
        let schedule = Schedule::derive(self.history.current(), Some(&self.schedule));
        self.today = clock.today(&schedule.zone);
        let previous = self.complete.as_ref().unwrap_or(&self.findings);
        let findings = Findings::check(&schedule, self.today, Some(previous));
        parallel::drop_in_background(std::mem::replace(&mut self.schedule, schedule));
        self.complete = None;
        parallel::drop_in_background(std::mem::replace(&mut self.findings, findings));
        self.hide_entered();
    }

    /// Hides the findings about records that somebody is entering, until this is called with others.
    pub(in crate::session) fn hide_findings_about(&mut self, entered: Vec<Subject>) {
        if self.entered != entered {
            self.entered = entered;
            if let Some(complete) = self.complete.take() {
                self.findings = complete;
            }
            self.hide_entered();
        }
    }

    fn hide_entered(&mut self) {
        if !self.entered.is_empty() {
            let shown = self.findings.without(&self.entered);
            self.complete = Some(std::mem::replace(&mut self.findings, shown));
        }
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
