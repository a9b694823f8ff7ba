//! The rollout of advisories: how severe one is, when it is due, and which occurrences install it on its systems.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{
    Advisory, DueBy, Exposure, FixState, Level, LocalMinute, Minutes, Policy, ReportedSeverity, SeverityDeadline,
    System, SystemId, UtcMinute, Verdict,
};
use crate::schedule::freezes::FreezeTimes;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::recorded::{Done, History};
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::time::zone::Zone;
use crate::schedule::window_schedule::{WindowOccurrence, WindowSchedule};

/// The planned rollout of an advisory.
#[derive(Clone, Debug)]
pub struct Rollout<'a> {
    pub advisory: &'a Arc<Advisory>,
    /// The severity by its CVSS score. None if it has no score, or one below all severities of the policy.
    pub severity: Option<&'a SeverityDeadline>,
    /// When it must be installed. None if neither the policy nor the publisher sets a date.
    pub due_at: Option<UtcMinute>,
    /// Occurrences that start at this time or later can install it: it is published, and they are not over yet.
    pub from_at: UtcMinute,
    /// The affected systems that the plan knows, in the order of their ids.
    pub systems: Vec<SystemRollout<'a>>,
}

/// The occurrence that installs an advisory on a system.
#[derive(Clone, Copy, Debug)]
pub struct SystemRollout<'a> {
    pub system: &'a Arc<System>,
    pub by: InstallingOccurrence<'a>,
    /// A decision that is in force today makes it unnecessary there.
    pub is_excused: bool,
    /// The day on which it was installed there, by a recorded result or as entered with the advisory. None if it was not,
    /// or a later scan or rollback voids that.
    pub installed_on: Option<NaiveDate>,
    /// It may be installed after its date there.
    pub is_deferred: bool,
}

impl SystemRollout<'_> {
    /// Whether it must still be installed there.
    pub fn is_waiting(&self) -> bool {
        !self.is_excused && self.installed_on.is_none()
    }
}

/// The occurrence that installs an advisory, if there is one.
type InstallingOccurrence<'a> = Option<WindowOccurrence<'a>>;

/// The state of an advisory today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdvisoryState {
    /// It must still be installed, and it is overdue.
    Overdue,
    /// It must still be installed, and no window does so everywhere before its date.
    WithoutWindow,
    /// It must still be installed, and there is no problem.
    Open,
    /// Nobody has published a fix yet, so there is nothing to install.
    NoFix,
    /// It is installed.
    Installed,
    /// It does not have to be installed.
    Settled,
}

impl AdvisoryState {
    /// Its name in lists: "without window".
    pub fn name(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::WithoutWindow => "without window",
            Self::Open => "open",
            Self::NoFix => "no fix yet",
            Self::Installed => "in",
            Self::Settled => "settled",
        }
    }

    /// Whether it must still be installed, now or once there is a fix.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Overdue | Self::WithoutWindow | Self::Open | Self::NoFix)
    }
}

impl<'a> Rollout<'a> {
    /// Each affected system gets it in the first occurrence of a window that covers it and that none of `freezes`
    /// blocks. `today` is the current date in the plan's time zone; `history` what was recorded.
    pub fn new(
        schedule: &'a Schedule,
        advisory: &'a Arc<Advisory>,
        today: NaiveDate,
        freezes: &[FreezeTimes<'_>],
        history: &History<'_>,
    ) -> Self {
        let plan = &*schedule.plan;
        let mut positions: Vec<usize> = advisory.systems.iter().filter_map(|id| plan.systems().position(id)).collect();
        positions.sort_unstable();
        positions.dedup();
        let affected = || positions.iter().map(|position| &plan.systems().as_slice()[*position]);
        let from_at = midnight(&schedule.zone, advisory.counts_from().max(today));
        let is_high = affected().any(|system| system.rating.criticality() == Level::High);
        // Systems of a group have the same windows, so the result for one applies to the next.
        let mut last: Option<(&[u32], InstallingOccurrence<'a>)> = None;
        let mut first_of = |windows: &'a [u32]| match last {
            Some((same, by)) if same == windows => by,
            _ => {
                let by = first_from(schedule, windows, from_at, freezes);
                last = Some((windows, by));
                by
            }
        };
        let system_rollout = |(position, system): (&usize, &'a Arc<System>)| SystemRollout {
            system,
            by: first_of(schedule.covering.windows_covering(*position)),
            is_excused: advisory.is_excused(&system.id, today),
            installed_on: installed_on(schedule, advisory, &system.id, today, history),
            is_deferred: advisory
                .decision_for(&system.id, today)
                .is_some_and(|decision| decision.verdict == Verdict::Defer),
        };
        Self {
            advisory,
            severity: advisory_severity(advisory, plan.policy()),
            due_at: due_at(advisory, plan.policy(), is_high, &schedule.zone),
            from_at,
            systems: positions.iter().zip(affected()).map(system_rollout).collect(),
        }
    }

    /// When it is installed everywhere. None if there is a system without an occurrence.
    pub fn installed_at(&self) -> Option<UtcMinute> {
        let ends = self.concerned().map(|each| each.by.map(|(_, occurrence)| occurrence.end_at));
        ends.collect::<Option<Vec<_>>>()?.into_iter().max()
    }

    /// The occurrence after which it is installed everywhere.
    pub fn last(&self) -> InstallingOccurrence<'a> {
        self.installed_at()?;
        self.concerned().filter_map(|each| each.by).max_by_key(|(_, occurrence)| occurrence.end_at)
    }

    /// The systems on which it must still be installed.
    fn concerned(&self) -> impl Iterator<Item = &SystemRollout<'a>> {
        self.systems.iter().filter(|each| each.is_waiting())
    }

    /// The systems that get it after its date, or not at all.
    pub fn late(&self) -> impl Iterator<Item = &SystemRollout<'a>> {
        let in_time = |system: &SystemRollout<'_>, due_at| system.by.is_some_and(|(_, each)| each.end_at <= due_at);
        self.concerned().filter(move |system| self.due_at.is_some_and(|due_at| !in_time(system, due_at)))
    }

    /// The last day, in the plan's time zone, on which it is in time.
    pub fn due_on(&self, zone: &Zone) -> Option<NaiveDate> {
        self.due_at.map(|at| zone.local(at.plus(-1)).date())
    }

    /// The last day, in the plan's time zone, of the work that installs it everywhere. Work that ends at midnight ends on
    /// the day before, as in [`Rollout::due_on`].
    pub fn planned_on(&self, zone: &Zone) -> Option<NaiveDate> {
        self.installed_at().map(|at| zone.local(at.plus(-1)).date())
    }

    /// `today` is the current date in the plan's time zone.
    pub fn standing(&self, today: NaiveDate, schedule: &Schedule) -> AdvisoryState {
        if self.is_installed() {
            AdvisoryState::Installed
        } else if !self.must_be_installed(today) {
            AdvisoryState::Settled
        } else if self.advisory.fix == FixState::Missing {
            AdvisoryState::NoFix
        } else if self.is_overdue(today, &schedule.zone) {
            AdvisoryState::Overdue
        } else if self.lacks_window(today, schedule) {
            AdvisoryState::WithoutWindow
        } else {
            AdvisoryState::Open
        }
    }

    /// Whether its date has passed when `today` begins, and it must still be installed. What cannot be installed, because
    /// there is no fix yet, is not overdue.
    pub fn is_overdue(&self, today: NaiveDate, zone: &Zone) -> bool {
        self.is_due_on(today) && self.due_at.is_some_and(|due_at| due_at <= midnight(zone, today))
    }

    /// Whether it must still be installed, its date is still to come, and the windows of the plan's months miss that
    /// date. A deferred advisory may be late, but must be installed at some time. On days outside its months, the plan
    /// knows no windows.
    pub fn lacks_window(&self, today: NaiveDate, schedule: &Schedule) -> bool {
        let (zone, horizon) = (&schedule.zone, schedule.plan.horizon());
        let is_known = |due_at| midnight(zone, horizon.from) < due_at && due_at <= midnight(zone, horizon.end());
        let lacks = || self.late().any(|system| !system.is_deferred || system.by.is_none());
        self.is_due_on(today) && self.due_at.is_some_and(is_known) && !self.is_overdue(today, zone) && lacks()
    }
}

impl Rollout<'_> {
    /// Whether it must be installed, and can be.
    fn is_due_on(&self, today: NaiveDate) -> bool {
        self.must_be_installed(today) && self.advisory.fix != FixState::Missing
    }

    /// Whether it is installed on all systems, except those that do not need it.
    fn is_installed(&self) -> bool {
        let is_anywhere = self.systems.iter().any(|each| each.installed_on.is_some());
        if self.has_unknown_systems() {
            self.advisory.is_installed()
        } else {
            is_anywhere && self.concerned().next().is_none()
        }
    }

    /// Whether there is a system on which it must still be installed, now or once there is a fix.
    fn must_be_installed(&self, today: NaiveDate) -> bool {
        self.concerned().next().is_some() || (self.has_unknown_systems() && self.advisory.is_open_on(today))
    }

    /// Whether the plan does not know which systems it affects, or not all of them.
    fn has_unknown_systems(&self) -> bool {
        self.systems.is_empty() || self.systems.len() < self.advisory.systems.len()
    }

    /// The policy's longest time for what is exploited, if that is what sets the date.
    pub fn exploited_limit(&self, policy: &Policy) -> Option<Minutes> {
        let limit = policy.exploited_within.filter(|_| self.advisory.is_exploited)?;
        let is_high = self.systems.iter().any(|each| each.system.rating.criticality() == Level::High);
        let usual = usual_within(self.advisory, policy, is_high);
        usual.is_none_or(|usual| limit < usual).then_some(limit)
    }

    /// Whether it takes the period of what is exploited because it can be reached from the internet.
    pub fn is_active_by_exposure(&self, policy: &Policy) -> bool {
        policy.due_by == DueBy::Matrix && is_active_by_exposure(self.advisory, policy)
    }

    /// The order of work, most urgent first: what must be installed; of it what is exploited, what is likely to be, what is
    /// severe, and what is due first.
    pub fn urgency(&self, state: AdvisoryState) -> impl Ord + use<> {
        let score =
            self.advisory.cvss_tenths.or(self.advisory.reported_severity.map(ReportedSeverity::lowest_cvss_tenths));
        let (is_exploited, is_likely) = (self.advisory.is_exploited, self.advisory.is_likely());
        (!state.is_open(), !is_exploited, !is_likely, Reverse(score), self.due_at.is_none(), self.due_at)
    }
}

/// The severity with the highest score that the advisory reaches.
pub fn advisory_severity<'a>(advisory: &Advisory, policy: &'a Policy) -> Option<&'a SeverityDeadline> {
    let score = advisory.cvss_tenths.or(advisory.reported_severity.map(ReportedSeverity::lowest_cvss_tenths))?;
    let reached = policy.severities.iter().filter(|severity| severity.cvss_from_tenths <= score);
    reached.max_by_key(|severity| severity.cvss_from_tenths)
}

/// When an advisory must be installed. None if neither the policy nor the publisher sets a date.
pub fn advisory_due_at(schedule: &Schedule, advisory: &Advisory) -> Option<UtcMinute> {
    let systems = schedule.plan.systems();
    let mut affected = advisory.systems.iter().filter_map(|id| systems.get(id));
    let is_high = affected.any(|system| system.rating.criticality() == Level::High);
    due_at(advisory, schedule.plan.policy(), is_high, &schedule.zone)
}

/// The first occurrence of a window that covers the system at that position in the plan's table, starts at or after `at`
/// and is not blocked by a freeze.
pub fn next_installing<'a>(
    schedule: &'a Schedule,
    position: usize,
    at: UtcMinute,
    freezes: &[FreezeTimes<'_>],
) -> Option<WindowOccurrence<'a>> {
    first_from(schedule, schedule.covering.windows_covering(position), at, freezes)
}

fn due_at(advisory: &Advisory, policy: &Policy, is_high: bool, zone: &Zone) -> Option<UtcMinute> {
    let publishers = advisory.due_on.filter(|_| policy.publishers_dates);
    if let Some(on) = publishers {
        return Some(midnight(zone, on.succ_opt().unwrap_or(on)));
    }
    let exploited = policy.exploited_within.filter(|_| advisory.is_exploited);
    let within = usual_within(advisory, policy, is_high).into_iter().chain(exploited).min()?;
    // In local time, so that thirty days end at midnight even if the clocks change in between.
    Some(zone.resolve(LocalMinute::midnight(advisory.counts_from()).plus(within)).at)
}

/// The time from publication without the limit for what is exploited. None if the policy sets none.
fn usual_within(advisory: &Advisory, policy: &Policy, is_high: bool) -> Option<Minutes> {
    match &policy.due_by {
        DueBy::Severity => advisory_severity(advisory, policy).map(|severity| severity.within),
        DueBy::Matrix => Some(by_matrix(advisory, policy, is_high)),
        DueBy::Exploited { exploited, .. } if advisory.is_exploited => Some(*exploited),
        DueBy::Exploited { other, .. } => Some(*other),
    }
}

fn by_matrix(advisory: &Advisory, policy: &Policy, is_high: bool) -> Minutes {
    match (is_high, advisory.is_exploited || is_active_by_exposure(advisory, policy)) {
        (true, true) => policy.matrix.high_active,
        (true, false) => policy.matrix.high_theoretical,
        (false, true) => policy.matrix.low_active,
        (false, false) => policy.matrix.low_theoretical,
    }
}

/// Whether the policy treats it as exploited although nobody has reported that.
fn is_active_by_exposure(advisory: &Advisory, policy: &Policy) -> bool {
    policy.internet_is_active && !advisory.is_exploited && advisory.exposure == Exposure::Internet
}

/// The first occurrence of any of these windows that starts at or after `at` and is not blocked by a freeze. If two
/// start at the same time, the one of the first window.
fn first_from<'a>(
    schedule: &'a Schedule,
    windows: &[u32],
    at: UtcMinute,
    freezes: &[FreezeTimes<'_>],
) -> InstallingOccurrence<'a> {
    let is_frozen = |window: &WindowSchedule, each: &Occurrence| {
        freezes.iter().any(|freeze| freeze.touched(each.start_at, each.end_at).is_some() && freeze.covers(window))
    };
    let windows = windows.iter().map(|index| &schedule.windows[*index as usize]);
    let firsts = windows.filter_map(|window| {
        let mut occurrences = window.expansion.starting_from(at).iter();
        occurrences.find(|occurrence| !is_frozen(window, occurrence)).map(|occurrence| (window, occurrence))
    });
    firsts.min_by_key(|(_, occurrence)| occurrence.start_at)
}

/// The day on which an advisory was installed on a system, as recorded until the end of today.
pub fn installed_on(
    schedule: &Schedule,
    advisory: &Advisory,
    system: &SystemId,
    today: NaiveDate,
    history: &History<'_>,
) -> Option<NaiveDate> {
    let zone = &schedule.zone;
    let end_of = |on: NaiveDate| midnight(zone, on.succ_opt().unwrap_or(on));
    let events = history.events(system);
    let past = &events[..events.partition_point(|event| event.at <= end_of(today))];
    let entered_at = advisory.installed_on(system).map(end_of);
    let done = Done::find(past, midnight(zone, advisory.counts_from()), entered_at)?;
    Some(zone.local(done.at.plus(-1)).date())
}

fn midnight(zone: &Zone, on: NaiveDate) -> UtcMinute {
    zone.resolve(LocalMinute::midnight(on)).at
}
