//! What follows from one window: its occurrences, the systems it covers and the fit for each real length.

use std::sync::Arc;

use crate::model::{LocalMinute, MaintenanceWindow, Minutes, UtcMinute, WindowId};
use crate::schedule::fit::batches::{self, BatchRun};
use crate::schedule::fit::evaluate::Fit;
use crate::schedule::fit::no_fit::NoFit;
use crate::schedule::fit::work_plan::WorkPlan;
use crate::schedule::scope::Scope;
use crate::schedule::time::occurrence::{Expansion, Occurrence};
use crate::wording::ZonedTime;

/// What follows from one window.
#[derive(Debug)]
pub struct WindowSchedule {
    pub window: Arc<MaintenanceWindow>,
    pub expansion: Arc<Expansion>,
    pub scope: Arc<Scope>,
    /// One for each real length that occurs.
    fits: Vec<(Minutes, Result<Fit, NoFit>)>,
    /// Whether some phase of its work is estimated with three values.
    is_uncertain: bool,
}

impl WindowSchedule {
    pub(in crate::schedule) fn new(
        window: Arc<MaintenanceWindow>,
        expansion: Arc<Expansion>,
        scope: Arc<Scope>,
    ) -> Self {
        let mut lengths = vec![window.duration];
        for occurrence in expansion.occurrences.iter().chain(&expansion.skipped) {
            let length = occurrence.real_length();
            if !lengths.contains(&length) {
                lengths.push(length);
            }
        }
        let course = WorkPlan::new(&window, &scope.systems, &window.batch);
        let is_uncertain = course.as_ref().is_ok_and(|course| !course.is_sure());
        let load = course.map(|course| course.likely());
        let fit = |length| load.as_ref().map(|load| Fit::from_load(load, &window, length)).map_err(|none| *none);
        let fits = lengths.into_iter().map(|length| (length, fit(length))).collect();
        Self { window, expansion, scope, fits, is_uncertain }
    }

    pub fn id(&self) -> &WindowId {
        &self.window.id
    }

    /// The batches of every system that has hosts, track by track, in their order.
    pub fn batch_runs(&self) -> Result<Vec<BatchRun>, NoFit> {
        batches::batch_runs(&self.window, &self.scope)
    }

    /// Whether some phase of its work is estimated with three values, so that its fit is a matter of chance.
    pub fn is_uncertain(&self) -> bool {
        self.is_uncertain
    }

    /// The fit of one of its occurrences.
    pub fn fit(&self, occurrence: &Occurrence) -> Result<Fit, NoFit> {
        self.fit_in(occurrence.real_length())
    }

    /// The fit on a night without a clock change.
    pub fn usual_fit(&self) -> Result<Fit, NoFit> {
        self.fit_in(self.window.duration)
    }

    fn fit_in(&self, length: Minutes) -> Result<Fit, NoFit> {
        self.fits.iter().find(|(each, _)| *each == length).map_or(Err(NoFit::NoHosts), |(_, fit)| *fit)
    }

    /// The length on the clock and each real length that occurs.
    pub fn lengths(&self) -> impl Iterator<Item = Minutes> + '_ {
        self.fits.iter().map(|(length, _)| *length)
    }

    /// Each real length that occurs, with its fit.
    pub fn fits(&self) -> impl Iterator<Item = Result<Fit, NoFit>> + '_ {
        self.fits.iter().map(|(_, fit)| *fit)
    }

    /// Last moment to begin rolling back that occurrence, where its work is estimated.
    pub fn rollback_deadline_at(&self, occurrence: &Occurrence) -> Option<UtcMinute> {
        self.fit(occurrence).ok().map(|fit| occurrence.start_at.plus(fit.rollback_deadline()))
    }

    /// Last moment to start a batch in that occurrence, where its work is estimated or the window says it.
    pub fn cutoff_at(&self, occurrence: &Occurrence) -> Option<UtcMinute> {
        let said = self.window.cutoff.map(Minutes::signed);
        said.or_else(|| self.fit(occurrence).ok().map(|fit| fit.cutoff))
            .map(|minutes| occurrence.start_at.plus(minutes))
    }

    /// What clocks in the window's zone show at that instant.
    pub fn local(&self, at: UtcMinute) -> LocalMinute {
        self.expansion.zone.local(at)
    }

    /// The same with the zone's short name.
    pub fn zoned(&self, at: UtcMinute) -> ZonedTime<'_> {
        self.expansion.zone.zoned(at)
    }
}
