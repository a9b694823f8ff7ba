//! Proposes a window for each group of a ladder that has none: after the release, each group after the one before and its
//! soak, on dates that are free.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike as _};

use crate::checks::Context;
use crate::checks::facts::free_dates::{is_free, moved_to};
use crate::model::{
    DeploymentGroup, Edit, LadderId, LocalMinute, MaintenanceWindow, Minutes, OccurrenceChange, ReleaseId, Rule,
    UtcMinute, WindowId, WindowKind,
};
use crate::schedule::time::hours::WorkPeriod;
use crate::schedule::{Fit, NoFit, Occurrence, Reach, Schedule, WindowSchedule};

/// A window for a group that has none.
#[derive(Clone, Debug)]
pub struct ProposedWindow {
    pub window: MaintenanceWindow,
    /// "Servers · Production"
    pub group: String,
    pub dates: Vec<NaiveDate>,
    /// How many of its dates were moved to a free one.
    pub moved: usize,
    /// How many of its dates are not free, and have no free date nearby.
    pub clashes: usize,
    pub fit: Result<Fit, NoFit>,
    /// How long after a release it ends.
    pub reached_within: Minutes,
}

/// Why nothing can be proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoProposal {
    #[error("The ladder no longer exists")]
    NoLadder,
    #[error("Choose the release calendar that the ladder follows first")]
    NoRelease,
    #[error("No release of the ladder is in the plan's months")]
    NoReleaseInPlan,
    #[error("Every system on the ladder is covered by a window")]
    AllCovered,
    #[error("The groups have no systems yet: put some there on the board")]
    NoSystems,
}

const DAY: i32 = 24 * 60;
/// Lengths are whole multiples of this, in minutes.
const STEP: u32 = 30;
const LONGEST: Minutes = Minutes::hours(8);
/// The hours from which the start is chosen; of equally good ones, the first.
const START_HOURS: [u32; 4] = [22, 20, 1, 18];
/// A group may wait this many days longer for a weekday with fewer clashes.
const MOST_DAYS_LATER: i32 = 6;
/// A date that is not free moves at most this many days.
const MOST_DAYS_MOVED: i64 = 14;

/// Whether some group of the ladder has systems that no window covers.
pub fn has_uncovered_group(schedule: &Schedule, ladder: &LadderId) -> bool {
    let reach = schedule.reach(ladder);
    reach.is_some_and(|reach| reach.groups.iter().any(|sets| sets.iter().any(Vec::is_empty)))
}

/// Proposes a window for each group of the ladder with systems that no window covers, in the ladder's order. Their ids
/// follow from their names.
///
/// # Errors
/// There is nothing to propose, or no release to begin with.
pub fn windows_for_ladder(
    schedule: &Schedule,
    today: NaiveDate,
    ladder: &LadderId,
) -> Result<Vec<ProposedWindow>, NoProposal> {
    let reach = schedule.reach(ladder).ok_or(NoProposal::NoLadder)?;
    let release = reach.ladder.release.clone().ok_or(NoProposal::NoRelease)?;
    if reach.systems.iter().all(Vec::is_empty) {
        return Err(NoProposal::NoSystems);
    }
    if !has_uncovered_group(schedule, ladder) {
        return Err(NoProposal::AllCovered);
    }
    let midnights = release_midnights(schedule, &release);
    let (Some(first), Some(last)) =
        (midnights.iter().map(|(_, minute)| *minute).min(), midnights.iter().map(|(_, minute)| *minute).max())
    else {
        return Err(NoProposal::NoReleaseInPlan);
    };
    let mut planner = Planner { today, release, schedule: schedule.clone(), first_release: first };
    let mut proposals = Vec::new();
    // Minutes after the midnight before the release.
    let mut earliest = last;
    for (index, group) in reach.ladder.groups.iter().enumerate() {
        let sets = &reach.groups[index];
        if sets.is_empty() {
            continue;
        }
        let end = if sets.iter().any(Vec::is_empty) {
            let (proposal, end) = planner.propose(&reach.ladder.name, group, earliest);
            proposals.push(proposal);
            end
        } else {
            latest_end(schedule, reach, index, &midnights, earliest)
        };
        earliest = end.saturating_add(schedule.plan.soak_after(group).signed());
    }
    Ok(proposals)
}

/// The midnight of each release's day in the plan's zone, and the minute of that day at which it is published.
fn release_midnights(schedule: &Schedule, release: &ReleaseId) -> Vec<(UtcMinute, i32)> {
    let published = schedule.releases.iter().filter(|each| each.calendar == *release);
    let midnight = |at: UtcMinute| {
        let local = schedule.zone.local(at);
        let minute = local.time().hour() * 60 + local.time().minute();
        (schedule.zone.resolve(LocalMinute::midnight(local.date())).at, i32::try_from(minute).unwrap_or(0))
    };
    published.map(|each| midnight(each.at)).collect()
}

/// When the windows of a group that is covered end at the latest, in minutes after the midnight before the release.
fn latest_end(schedule: &Schedule, reach: &Reach, group: usize, midnights: &[(UtcMinute, i32)], earliest: i32) -> i32 {
    let ends = midnights.iter().flat_map(|(midnight, _)| {
        let from = midnight.plus(earliest);
        reach.groups[group].iter().filter_map(move |set| {
            let windows = set.iter().map(|index| &schedule.windows[*index as usize]);
            let first = windows.filter_map(|window| window.expansion.starting_from(from).first());
            let ends_at = first.min_by_key(|occurrence| occurrence.start_at)?.end_at;
            Some(ends_at.0 - midnight.0)
        })
    });
    ends.max().unwrap_or(earliest)
}

struct Planner {
    today: NaiveDate,
    release: ReleaseId,
    /// With the windows proposed so far.
    schedule: Schedule,
    /// The earliest minute of the day at which a release is published.
    first_release: i32,
}

/// A start that was tried, and what speaks against it.
struct Candidate {
    schedule: Schedule,
    window: MaintenanceWindow,
    day: i32,
    clashes: usize,
}

impl Planner {
    /// Proposes a window for the group, and adds it to the schedule. Returns when it ends, too.
    fn propose(&mut self, ladder: &str, group: &DeploymentGroup, earliest: i32) -> (ProposedWindow, i32) {
        let base = self.base_window(ladder, group);
        let mut best: Option<Candidate> = None;
        for later in 0..=MOST_DAYS_LATER {
            for hour in START_HOURS {
                let start = i32::try_from(hour).unwrap_or(0) * 60;
                let day =
                    (earliest - start).max(0).div_euclid(DAY) + i32::from((earliest - start).max(0) % DAY > 0) + later;
                let candidate = self.candidate(&base, day, hour);
                if best.as_ref().is_none_or(|best| candidate.clashes < best.clashes) {
                    best = Some(candidate);
                }
            }
            if best.as_ref().is_some_and(|best| best.clashes == 0) {
                break;
            }
        }
        let candidate = best.unwrap_or_else(|| self.candidate(&base, earliest.div_euclid(DAY) + 1, START_HOURS[0]));
        let (window, moved) = self.with_moves(&candidate);
        self.schedule = with_window(&candidate.schedule, &window);
        let end = candidate.day * DAY + minute_of_day(window.start) + window.duration.signed();
        (self.proposal(&format!("{ladder} · {}", group.name), window, moved, end), end)
    }

    fn proposal(&self, group: &str, window: MaintenanceWindow, moved: usize, end: i32) -> ProposedWindow {
        let scheduled = self.schedule.window(&window.id);
        let dates = scheduled.map(|each| each.expansion.occurrences.iter().map(Occurrence::on).collect());
        ProposedWindow {
            group: group.to_owned(),
            dates: dates.unwrap_or_default(),
            moved,
            clashes: scheduled.map_or(0, |scheduled| clashes(&self.schedule, self.today, scheduled).len()),
            fit: scheduled.map_or(Err(NoFit::NoHosts), |scheduled| scheduled.usual_fit()),
            reached_within: Minutes(u32::try_from(end - self.first_release).unwrap_or(0)),
            window,
        }
    }

    /// The window without its rule, and long enough for its work.
    fn base_window(&self, ladder: &str, group: &DeploymentGroup) -> MaintenanceWindow {
        let name = format!("{ladder} · {}", group.name);
        let plan = &self.schedule.plan;
        let id = WindowId::unused(&name, |id| plan.windows().contains(id));
        let window = MaintenanceWindow::new(id, &name, self.rule(1));
        let window = MaintenanceWindow { groups: vec![group.id.clone()], ..window };
        let schedule = with_window(&self.schedule, &window);
        let fit = schedule.window(&window.id).and_then(|scheduled| scheduled.usual_fit().ok());
        let Some(fit) = fit.filter(|fit| fit.margin() < 0) else { return window };
        let percent = u32::from(100 - plan.policy().buffer_percent.min(50));
        let need = fit.need().0.saturating_mul(100).div_ceil(percent).div_ceil(STEP) * STEP;
        MaintenanceWindow { duration: Minutes(need).min(LONGEST), kind: WindowKind::Extended, ..window }
    }

    fn rule(&self, offset_days: i32) -> Rule {
        Rule::AfterRelease { release: self.release.clone(), offset_days, then: None }
    }

    fn candidate(&self, base: &MaintenanceWindow, day: i32, hour: u32) -> Candidate {
        let start = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(base.start);
        let window = MaintenanceWindow { rule: self.rule(day), start, ..base.clone() };
        let schedule = with_window(&self.schedule, &window);
        let clashes = schedule.window(&window.id).map_or(0, |each| clashes(&schedule, self.today, each).len());
        Candidate { schedule, window, day, clashes }
    }

    /// The window with its clashing dates moved to the next free ones, and how many were moved.
    fn with_moves(&self, candidate: &Candidate) -> (MaintenanceWindow, usize) {
        let mut window = candidate.window.clone();
        let schedule = &candidate.schedule;
        let Some(scheduled) = schedule.window(&window.id) else { return (window, 0) };
        let cx = Context::new(schedule, self.today);
        let mut moved = 0;
        for occurrence in clashes(schedule, self.today, scheduled) {
            let later =
                (1..=MOST_DAYS_MOVED).filter_map(|days| occurrence.on().checked_add_signed(TimeDelta::days(days)));
            let is_free_date = |on: &NaiveDate| {
                let there = moved_to(scheduled, occurrence, *on);
                let is_whole = there.real_length() == there.duration;
                is_whole && is_free(&cx, scheduled, occurrence, &there) && is_allowed(&cx, scheduled, &there)
            };
            if let Some(to) = later.into_iter().find(is_free_date) {
                window.set_exception(
                    occurrence.original_on(),
                    OccurrenceChange::Moved { to, start: None, duration: None },
                );
                moved += 1;
            }
        }
        (window, moved)
    }
}

fn minute_of_day(time: NaiveTime) -> i32 {
    i32::try_from(time.hour() * 60 + time.minute()).unwrap_or(0)
}

/// The schedule with that window added or replaced.
fn with_window(schedule: &Schedule, window: &MaintenanceWindow) -> Schedule {
    let put = schedule.plan.apply(&Edit::PutWindow(window.clone()));
    // The plan cannot have a name that is too long, for instance. The edit that adds all windows says so.
    put.map_or_else(|_| schedule.clone(), |plan| Schedule::derive(&Arc::new(plan), Some(schedule)))
}

/// The window's occurrences that meet a freeze, a holiday or another window, that a clock change makes too short, or that are outside of the hours that its areas allow.
fn clashes<'a>(schedule: &'a Schedule, today: NaiveDate, window: &'a WindowSchedule) -> Vec<&'a Occurrence> {
    let cx = Context::new(schedule, today);
    let is_long_enough = window.usual_fit().is_ok_and(|fit| fit.margin() >= 0);
    let is_too_short = |each: &Occurrence| is_long_enough && window.fit(each).is_ok_and(|fit| fit.margin() < 0);
    let clashes =
        |each: &&Occurrence| !is_free(&cx, window, each, each) || !is_allowed(&cx, window, each) || is_too_short(each);
    window.expansion.occurrences.iter().filter(clashes).collect()
}

fn is_allowed(cx: &Context<'_>, window: &WindowSchedule, occurrence: &Occurrence) -> bool {
    let limited = cx.limited_areas().limiting(window);
    let period = WorkPeriod::new(occurrence.local_start.0, occurrence.duration.signed());
    limited.iter().all(|(_, hours)| hours.allow(period))
}
