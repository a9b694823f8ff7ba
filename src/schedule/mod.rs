//! What follows from a plan: occurrences, their places in time, how the work fits. Pure, and quick to derive again.
//!
//! A [`Schedule`] keeps one [`WindowSchedule`] a window. Deriving it again after an edit reuses every one whose
//! inputs are the same pointers, so an edit costs what it changed.

pub mod advisory;
pub mod agreement;
pub mod batches;
pub mod climber;
mod climbs;
pub mod cycle;
pub mod cycles;
pub mod fit;
pub mod foreign;
pub mod frozen;
pub mod hours;
mod lane;
pub mod ledger;
mod load;
pub mod night;
pub mod occurrence;
pub mod outbox;
mod outlooks;
pub mod play;
pub mod reachability;
pub mod recur;
pub mod release;
mod reuse;
pub mod revision;
pub mod rota;
pub mod scope;
mod simulation;
pub mod standby;
mod sweep;
pub mod turns;
pub mod words;
pub mod zone;

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

pub use advisory::{Carriage, Carried, Standing};
pub use batches::BatchRun;
pub use climber::Climber;
pub use climbs::{Climbs, Troubled};
pub use cycle::{Covering, Reach};
pub use cycles::{Cycle, CycleStep, Cycles, LadderCycles, Missed, OccurrenceKey, Why};
pub use fit::{Fit, NoFit, Remedies, Verdict};
pub use frozen::Frozen;
pub use occurrence::{Expansion, Occurrence, Origin, rule_dates};
pub use outbox::{Letter, LetterKind};
pub use outlooks::{Outlooks, Reckoned};
pub use reachability::{DayVerdict, LadderReachability, Reachability, SeverityReachability};
pub use release::Release;
pub use revision::Revision;
pub use rota::Rota;
pub use scope::{Groups, Scope};
pub use simulation::{Outlook, Simulation};
pub use standby::{Span, Standby, StandbyWindow, StandbyWindows};
pub use zone::{Clock, Zone};

use load::Course;
use reuse::Reuse;
use scope::Places;

use crate::model::{LadderId, LocalMinute, MaintenanceWindow, Minutes, Plan, UtcMinute, WindowId};
use crate::parallel;
use crate::wording::ZonedTime;

/// Everything that follows from one plan.
#[derive(Clone, Debug)]
pub struct Schedule {
    pub plan: Arc<Plan>,
    /// In the order of the windows' ids, one for each window of the plan.
    pub windows: Vec<Arc<WindowSchedule>>,
    /// Vendors' releases inside the horizon, sorted by instant.
    pub releases: Arc<Vec<Release>>,
    /// The plan's zone; UTC where its name is unknown.
    pub zone: Arc<Zone>,
    /// Which windows cover which system.
    pub covering: Arc<Covering>,
    /// Which windows reach which group: one for each ladder, in the order of their ids.
    pub reaches: Arc<Vec<Reach>>,
    /// How sure the fits are, as far as that is known: reckoning it takes longer than everything else together, and is
    /// done beside it.
    pub outlooks: Arc<Outlooks>,
    /// Who works when.
    pub rota: Arc<Rota>,
}

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
    fn new(window: Arc<MaintenanceWindow>, expansion: Arc<Expansion>, scope: Arc<Scope>) -> Self {
        let mut lengths = vec![window.duration];
        for occurrence in expansion.occurrences.iter().chain(&expansion.skipped) {
            let length = occurrence.real_length();
            if !lengths.contains(&length) {
                lengths.push(length);
            }
        }
        let course = Course::of(&window, &scope.systems, &window.batch);
        let is_uncertain = course.as_ref().is_ok_and(|course| !course.is_sure());
        let load = course.map(|course| course.likely());
        let fit = |length| load.as_ref().map(|load| Fit::of_load(load, &window, length)).map_err(|none| *none);
        let fits = lengths.into_iter().map(|length| (length, fit(length))).collect();
        Self { window, expansion, scope, fits, is_uncertain }
    }

    pub fn id(&self) -> &WindowId {
        &self.window.id
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

impl Schedule {
    /// Derives the schedule of `plan`, reusing from `previous` whatever cannot have changed.
    pub fn derive(plan: &Arc<Plan>, previous: Option<&Self>) -> Self {
        let reuse = previous.map(|previous| Reuse::new(previous, plan));
        let reuse = reuse.as_ref();
        let places: Vec<_> = plan
            .ladders
            .iter()
            .map(|ladder| match reuse.and_then(|reuse| reuse.reach(ladder)) {
                Some(reach) => Arc::clone(&reach.systems),
                None => scope::places(ladder, &plan.systems),
            })
            .collect();
        let windows = window_schedules(plan, &places, reuse);
        let (covering, reaches) = coverage(plan, &windows, places, reuse);
        let outlooks = previous.map_or_else(Arc::default, |previous| previous.outlooks.kept(plan, &windows));
        let zone = Zone::named(&plan.zone).unwrap_or_else(Zone::utc);
        let rota = Rota::derive(plan, &windows, &zone, previous);
        Self {
            plan: Arc::clone(plan),
            windows,
            releases: reuse.and_then(Reuse::releases).unwrap_or_else(|| Arc::new(releases(plan))),
            zone,
            covering,
            reaches,
            outlooks,
            rota,
        }
    }

    /// The same schedule with all outlooks known, each from so many nights that are played through.
    #[must_use]
    pub fn with_outlooks(mut self, runs: u32) -> Self {
        let mut simulation = Simulation::of_runs(&self.plan, runs);
        let missing = self.outlooks.missing(&self.windows);
        let found = missing.iter().filter_map(|window| Reckoned::by(&mut simulation, window)).collect();
        self.take_in(found);
        self
    }

    /// Takes in outlooks that were found for its windows; others are dropped.
    pub fn take_in(&mut self, found: Vec<Reckoned>) {
        self.outlooks = Arc::new(self.outlooks.with(&self.plan, &self.windows, found));
    }

    /// What reaches the groups of a ladder.
    pub fn reach(&self, ladder: &LadderId) -> Option<&Reach> {
        self.reaches.iter().find(|reach| reach.ladder.id == *ladder)
    }

    pub fn window(&self, id: &WindowId) -> Option<&Arc<WindowSchedule>> {
        self.plan.windows.position(id).map(|index| &self.windows[index])
    }

    /// An occurrence by its identity, also where it is skipped.
    pub fn occurrence(&self, id: &WindowId, on: NaiveDate) -> Option<(&Arc<WindowSchedule>, &Occurrence)> {
        let window = self.window(id)?;
        window.expansion.of_date(on).map(|occurrence| (window, occurrence))
    }

    /// All occurrences that take place, and those skipped where `with_skipped`, sorted by start, then window.
    pub fn in_order(&self, with_skipped: bool) -> Vec<(&Arc<WindowSchedule>, &Occurrence)> {
        let mut all: Vec<_> = self
            .windows
            .iter()
            .flat_map(|window| {
                let skipped = if with_skipped { &window.expansion.skipped[..] } else { &[] };
                window.expansion.occurrences.iter().chain(skipped).map(move |occurrence| (window, occurrence))
            })
            .collect();
        // The windows come in the order of their ids, and the sort keeps that order among equal starts.
        all.sort_by_key(|(_, occurrence)| occurrence.start_at);
        all
    }

    /// How many occurrences take place.
    pub fn occurrence_count(&self) -> usize {
        self.windows.iter().map(|window| window.expansion.occurrences.len()).sum()
    }
}

fn window_schedules(plan: &Plan, places: &[Places], reuse: Option<&Reuse<'_>>) -> Vec<Arc<WindowSchedule>> {
    let groups = OnceLock::new();
    let groups = || groups.get_or_init(|| Groups::of(plan, places));
    let windows = plan.windows.as_slice();
    let before = reuse.map(|reuse| stood(windows, &reuse.previous.windows));
    parallel::map_places(windows.len(), |place| {
        let window = &windows[place];
        match before.as_ref().and_then(|before| before[place]).zip(reuse) {
            Some((before, reuse)) => reuse.window_schedule(before, window, groups),
            None => Arc::new(WindowSchedule::new(
                Arc::clone(window),
                Arc::new(Expansion::of(window, plan)),
                Arc::new(groups().scope(window, plan)),
            )),
        }
    })
}

/// What there was of each window in the `old` schedules. Both are sorted by id.
fn stood<'a>(
    windows: &[Arc<MaintenanceWindow>],
    old: &'a [Arc<WindowSchedule>],
) -> Vec<Option<&'a Arc<WindowSchedule>>> {
    let mut old = old.iter().peekable();
    let stood = |window: &Arc<MaintenanceWindow>| {
        let is_same = |each: &&Arc<WindowSchedule>| Arc::ptr_eq(&each.window, window) || each.window.id == window.id;
        old.next_if(is_same).or_else(|| {
            while old.next_if(|each| each.window.id < window.id).is_some() {}
            old.next_if(is_same)
        })
    };
    windows.iter().map(stood).collect()
}

/// Which windows cover which system, and which reach which ladder.
fn coverage(
    plan: &Plan,
    windows: &[Arc<WindowSchedule>],
    places: Vec<Places>,
    reuse: Option<&Reuse<'_>>,
) -> (Arc<Covering>, Arc<Vec<Reach>>) {
    let kept = reuse.filter(|reuse| reuse.keeps_covering(windows));
    if let Some(reuse) = kept.filter(|reuse| reuse.same_ladders) {
        return (Arc::clone(&reuse.previous.covering), Arc::clone(&reuse.previous.reaches));
    }
    let covering = match kept {
        Some(reuse) => Arc::clone(&reuse.previous.covering),
        None => Arc::new(Covering::of(plan, windows)),
    };
    let reach = |(ladder, places)| match kept.and_then(|reuse| reuse.reach(ladder)) {
        Some(reach) => reach.clone(),
        None => Reach::of(ladder, places, &covering),
    };
    let reaches = plan.ladders.iter().zip(places).map(reach).collect();
    (covering, Arc::new(reaches))
}

/// Releases whose date in the plan's zone lies in the horizon.
fn releases(plan: &Plan) -> Vec<Release> {
    let zone = Zone::named(&plan.zone).unwrap_or_else(Zone::utc);
    let days = recur::Days::between(plan.horizon.from, plan.horizon.last());
    let mut all: Vec<Release> = plan
        .releases
        .iter()
        .flat_map(|calendar| {
            let instants = release::instants(calendar, days.wider(2));
            instants.into_iter().map(|at| Release { at, calendar: calendar.id.clone() })
        })
        .filter(|release| plan.horizon.contains(zone.local(release.at).date()))
        .collect();
    all.sort();
    all
}
