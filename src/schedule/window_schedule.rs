//! Everything that follows from one window: its occurrences, the systems it covers, and the fit for each real length.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{
    AreaId, Edit, Extent, LocalMinute, MaintenanceWindow, Minutes, OccurrenceChange, Plan, TimesChange, UtcMinute,
    WindowId,
};
use crate::schedule::fit::batches::{self, BatchRun};
use crate::schedule::fit::evaluate::Fit;
use crate::schedule::fit::no_fit::NoFit;
use crate::schedule::fit::work_plan::WorkPlan;
use crate::schedule::scope::Scope;
use crate::schedule::time::occurrence::{Expansion, Occurrence};
use crate::wording::{ZonedTime, day_and_month};

/// An occurrence and its window.
pub type WindowOccurrence<'a> = (&'a Arc<WindowSchedule>, &'a Occurrence);

/// Everything that follows from one window.
#[derive(Debug)]
pub struct WindowSchedule {
    pub window: Arc<MaintenanceWindow>,
    pub expansion: Arc<Expansion>,
    pub scope: Arc<Scope>,
    /// One per real length: an occurrence is longer or shorter if the clocks change during it.
    fits: Vec<(Minutes, Result<Fit, NoFit>)>,
    /// Whether some phase of its work has a three-point estimate.
    is_uncertain: bool,
}

/// Why no date can be added to a window on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenDate {
    /// The window has an occurrence with this date.
    Planned,
    /// The rule gives this date, and it is skipped.
    Skipped,
}

impl TakenDate {
    /// "it has this date already"
    pub fn reason(self) -> &'static str {
        match self {
            Self::Planned => "it has this date already",
            Self::Skipped => "it skips this date: reset it to the rule instead",
        }
    }
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
        let work_plan = WorkPlan::new(&window, &scope.systems, &window.batch);
        let is_uncertain = work_plan.as_ref().is_ok_and(|work_plan| !work_plan.is_fixed());
        let load = work_plan.map(|work_plan| work_plan.likely());
        let fit = |length| load.as_ref().map(|load| Fit::from_load(load, &window, length)).map_err(|none| *none);
        let fits = lengths.into_iter().map(|length| (length, fit(length))).collect();
        Self { window, expansion, scope, fits, is_uncertain }
    }

    #[inline]
    pub fn id(&self) -> &WindowId {
        &self.window.id
    }

    /// Whether it works on a system of that business area.
    pub fn affects_area(&self, area: &AreaId) -> bool {
        self.scope.systems.iter().any(|system| system.area.as_ref() == Some(area))
    }

    /// The batches of all systems with hosts, in order, track by track.
    pub fn batch_runs(&self) -> Result<Vec<BatchRun>, NoFit> {
        batches::batch_runs(&self.window, &self.scope)
    }

    /// Whether some phase of its work has a three-point estimate, so that its fit is a matter of chance.
    pub fn is_uncertain(&self) -> bool {
        self.is_uncertain
    }

    /// The fit of one of its occurrences.
    pub fn fit(&self, occurrence: &Occurrence) -> Result<Fit, NoFit> {
        self.fit_in(occurrence.real_length())
    }

    /// The fit of an occurrence without a clock change.
    pub fn usual_fit(&self) -> Result<Fit, NoFit> {
        self.fit_in(self.window.duration)
    }

    fn fit_in(&self, length: Minutes) -> Result<Fit, NoFit> {
        self.fits.iter().find(|(each, _)| *each == length).map_or(Err(NoFit::NoHosts), |(_, fit)| *fit)
    }

    /// The length by the clock, and each real length that occurs.
    pub fn lengths(&self) -> impl Iterator<Item = Minutes> + '_ {
        self.fits.iter().map(|(length, _)| *length)
    }

    /// The fit for each real length.
    pub fn fits(&self) -> impl Iterator<Item = Result<Fit, NoFit>> + '_ {
        self.fits.iter().map(|(_, fit)| *fit)
    }

    /// The last moment to begin rolling back in this occurrence, if its work is estimated.
    pub fn rollback_deadline_at(&self, occurrence: &Occurrence) -> Option<UtcMinute> {
        self.fit(occurrence).ok().map(|fit| occurrence.start_at.plus(fit.rollback_deadline()))
    }

    /// The last moment to start a batch in this occurrence, if the window specifies it or its work is estimated.
    pub fn cutoff_at(&self, occurrence: &Occurrence) -> Option<UtcMinute> {
        let said = self.window.cutoff.map(Minutes::signed);
        said.or_else(|| self.fit(occurrence).ok().map(|fit| fit.cutoff))
            .map(|minutes| occurrence.start_at.plus(minutes))
    }

    /// The edit that moves an occurrence to another date, at the same time of day.
    pub fn move_to_date(&self, occurrence: &Occurrence, to: NaiveDate) -> Edit {
        self.move_to(occurrence, LocalMinute::new(to, occurrence.local_start.time()))
    }

    /// The edit that moves an occurrence to another start and keeps its length.
    pub fn move_to(&self, occurrence: &Occurrence, start: LocalMinute) -> Edit {
        self.change_times(occurrence, start, occurrence.duration)
    }

    /// The edit that gives an occurrence another start and length. The exception has a time of day or a length only
    /// if that differs from the usual one, so that otherwise the occurrence follows the window when that is changed.
    pub fn change_times(&self, occurrence: &Occurrence, start: LocalMinute, duration: Minutes) -> Edit {
        let usual = self.window.usual_times(occurrence.original_on());
        Edit::MoveOccurrence {
            window: self.id().clone(),
            on: occurrence.original_on(),
            to: start.date(),
            start: Some(start.time()).filter(|time| *time != usual.start),
            duration: Some(duration).filter(|duration| *duration != usual.duration),
        }
    }

    /// The edit that gives an occurrence another start and length, and the same change to the others that `extent` covers.
    /// `first` is the plan's first day.
    pub fn change_times_of(
        &self,
        (occurrence, extent): (&Occurrence, Extent),
        start: LocalMinute,
        duration: Minutes,
        first: NaiveDate,
    ) -> Edit {
        let on = occurrence.original_on();
        let new = TimesChange {
            on,
            days: i32::try_from((start.date() - occurrence.on()).num_days()).unwrap_or(0),
            start: Some(start.time()).filter(|time| *time != occurrence.local_start.time()),
            duration: Some(duration).filter(|duration| *duration != occurrence.duration),
        };
        let name = &self.window.name;
        let (label, window) = match extent {
            Extent::ThisDate => return self.change_times(occurrence, start, duration),
            Extent::ThisAndLater => {
                (format!("Change {name} from {} on", day_and_month(on)), self.window.with_later_times(&new))
            }
            Extent::AllDates => (format!("Change all dates of {name}"), self.window.with_times_for_all(&new, first)),
        };
        Edit::Together { label, edits: vec![Edit::PutWindow(window)] }
    }

    /// The edit that adds a date with that start and length. The error says why the date is taken.
    pub fn add_date(&self, start: LocalMinute, duration: Minutes) -> Result<Edit, TakenDate> {
        let on = start.date();
        let usual = self.window.usual_times(on);
        match self.taken_date(on) {
            Some(taken) => Err(taken),
            None => Ok(Edit::AddOccurrence {
                window: self.id().clone(),
                on,
                start: Some(start.time()).filter(|time| *time != usual.start),
                duration: Some(duration).filter(|duration| *duration != usual.duration),
            }),
        }
    }

    /// Why no date can be added on that day; none if it is free.
    pub fn taken_date(&self, on: NaiveDate) -> Option<TakenDate> {
        let change = self.window.exception(on).map(|exception| &exception.change);
        let is_moved = matches!(change, Some(OccurrenceChange::Moved { .. } | OccurrenceChange::Added { .. }));
        if is_moved || self.expansion.occurrences.iter().any(|each| each.on() == on || each.original_on() == on) {
            Some(TakenDate::Planned)
        } else if self.expansion.skipped.iter().any(|each| each.original_on() == on) {
            Some(TakenDate::Skipped)
        } else {
            None
        }
    }

    /// How many dates an edit of this window changes, and how many others it could be expected to change: those from
    /// `from` on. `edit` comes from [`Self::change_times_of`].
    pub fn changed_dates(&self, plan: &Plan, edit: &Edit, from: Option<NaiveDate>) -> (usize, usize) {
        let Ok(after) = plan.apply(edit) else { return (0, 0) };
        let Some(record) = after.windows().get(self.id()) else { return (0, 0) };
        let expansion = Expansion::new(record, &after);
        let after: HashMap<NaiveDate, &Occurrence> =
            expansion.occurrences.iter().map(|each| (each.original_on(), each)).collect();
        let is_changed = |each: &&Occurrence| {
            let new = after.get(&each.original_on());
            new.is_none_or(|new| (new.local_start, new.duration) != (each.local_start, each.duration))
        };
        let changed = self.expansion.occurrences.iter().filter(is_changed).count();
        let covered =
            self.expansion.occurrences.iter().filter(|each| from.is_none_or(|from| each.original_on() >= from));
        (changed, covered.count().saturating_sub(changed))
    }

    /// The local time in the window's time zone.
    #[inline]
    pub fn local(&self, at: UtcMinute) -> LocalMinute {
        self.expansion.zone.local(at)
    }

    /// The local time with the zone's short name.
    #[inline]
    pub fn zoned(&self, at: UtcMinute) -> ZonedTime<'_> {
        self.expansion.zone.zoned(at)
    }
}
