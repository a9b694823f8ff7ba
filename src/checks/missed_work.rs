//! Work that was not completed: another date for its systems, and the deadlines that depend on it.

use std::sync::Arc;

use chrono::NaiveDate;

use super::facts::allowed_hours::real_period;
use super::facts::free_dates::is_free;
use super::{Context, MOST_NAMES};
use crate::model::{Advisory, Edit, FixState, LocalMinute, ResultOutcome, System, UtcMinute, WindowKind};
use crate::schedule::{
    Event, EventKind, Occurrence, SystemRollout, WindowOccurrence, WindowSchedule, Zone, next_installing,
};
use crate::wording::{date, list_in_sentence, moment};

/// A free date is looked for on at most this many days.
const SEARCHED_DAYS: usize = 366;
/// At most this many deadlines are named.
const MOST_DEADLINES: usize = 5;

/// What is left of an occurrence whose systems were not all patched.
#[derive(Clone, Debug)]
pub struct MissedWork<'a> {
    /// The systems that were not patched then, nor later, and those on which the follow-up scan found something open. In
    /// the order of the window's scope.
    pub systems: Vec<&'a Arc<System>>,
    /// The occurrence of the plan after which all of them are patched. None if no occurrence covers one of them.
    pub planned: Option<WindowOccurrence<'a>>,
    /// The first date on which another occurrence of the window can take place before that.
    pub offer: Option<OfferedDate>,
    /// The deadlines of advisories that this occurrence would have installed, and that it puts at risk. Sorted by time.
    pub deadlines: Vec<MissedDeadline<'a>>,
}

/// A date that can be added.
#[derive(Clone, Debug)]
pub struct OfferedDate {
    pub on: NaiveDate,
    pub start_at: UtcMinute,
    pub end_at: UtcMinute,
    pub edit: Edit,
}

/// A system with the next occurrence that covers it.
type NextWork<'a> = (&'a Arc<System>, Option<WindowOccurrence<'a>>);

/// The deadline of an advisory that is not installed yet.
#[derive(Clone, Copy, Debug)]
pub struct MissedDeadline<'a> {
    pub advisory: &'a Arc<Advisory>,
    pub due_at: UtcMinute,
    pub state: DeadlineState,
}

/// Whether a deadline can still be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadlineState {
    /// It has passed.
    Passed,
    /// The offered date, and the plan without it, come too late.
    Broken,
    /// The plan alone comes too late, the offered date is in time.
    KeptByOffer,
}

impl<'a> MissedWork<'a> {
    /// None if there is nothing to do again: the occurrence is not over and nothing else is recorded of it, or its systems
    /// were patched then or later, or it was an emergency window that nobody needed.
    pub fn find(
        cx: &Context<'a>,
        window: &'a WindowSchedule,
        occurrence: &'a Occurrence,
        now: UtcMinute,
    ) -> Option<Self> {
        let systems = unpatched(cx, window, occurrence, now);
        if systems.is_empty() {
            return None;
        }
        let next: Vec<NextWork<'a>> = systems.iter().map(|system| (*system, next_work(cx, system, now))).collect();
        let planned = last_of(next.iter().map(|(_, next)| *next));
        let offer = offer(cx, window, occurrence, now)
            .filter(|offer| planned.is_none_or(|(_, planned)| offer.end_at < planned.end_at));
        let deadlines = deadlines(cx, occurrence, &next, offer.as_ref(), now);
        Some(Self { systems, planned, offer, deadlines })
    }

    /// What to say about it, line by line. Times are on the clock of the window; those of deadlines on the plan's.
    pub fn lines(&self, window: &WindowSchedule, plan_zone: &Zone) -> Vec<String> {
        let names = list_in_sentence(self.systems.iter().map(|system| system.name.as_str()), MOST_NAMES);
        let next = match self.planned {
            Some((planned, occurrence)) => {
                format!("next is {}, {}", planned.window.name, moment(planned.local(occurrence.start_at)))
            }
            None => "no later window covers them all".to_owned(),
        };
        let mut lines = vec![format!("Still to patch: {names}; {next}")];
        if let Some(offer) = &self.offer {
            lines.push(format!("Free before that: {}", moment(window.local(offer.start_at))));
        }
        for deadline in self.deadlines.iter().take(MOST_DEADLINES) {
            let due_on = date(plan_zone.local(deadline.due_at.plus(-1)).date());
            let number = deadline.advisory.number();
            lines.push(match deadline.state {
                DeadlineState::Passed => format!("Overdue: {number} was due {due_on}"),
                DeadlineState::Broken => format!("Missed by then: {number} is due {due_on}"),
                DeadlineState::KeptByOffer => format!("In time only with the free date: {number} is due {due_on}"),
            });
        }
        if self.deadlines.len() > MOST_DEADLINES {
            lines.push(crate::wording::and_more(self.deadlines.len() - MOST_DEADLINES));
        }
        lines
    }
}

/// The systems that were not patched, nor later.
fn unpatched<'a>(
    cx: &Context<'a>,
    window: &'a WindowSchedule,
    occurrence: &Occurrence,
    now: UtcMinute,
) -> Vec<&'a Arc<System>> {
    let plan = cx.plan();
    let results = plan.results().for_occurrence(window.id(), occurrence.original_on());
    let midnight = |on| cx.schedule.zone.resolve(LocalMinute::midnight(on)).at;
    let is_recorded = plan.policy().recording_from.is_some_and(|from| midnight(from) < occurrence.end_at);
    let is_missed = occurrence.end_at <= now && is_recorded;
    let is_skipped = |outcome: ResultOutcome| outcome == ResultOutcome::Skipped;
    let is_unneeded =
        window.window.kind == WindowKind::Emergency && results.iter().all(|result| is_skipped(result.outcome()));
    if is_unneeded {
        return Vec::new();
    }
    // Its last scan counts.
    let scans = plan.scans().for_window(window.id());
    let scan = scans.iter().rfind(|scan| scan.key.on == occurrence.original_on());
    let is_open = |system: &&Arc<System>| {
        let result = results.iter().find(|result| result.key.system == system.id);
        let is_left = result.map_or(is_missed, |result| result.outcome() != ResultOutcome::Patched)
            || scan.is_some_and(|scan| scan.open.contains(&system.id));
        is_left && !is_patched_later(cx.events(&system.id), occurrence.start_at)
    };
    window.scope.systems.iter().filter(is_open).collect()
}

fn is_patched_later(events: &[Event<'_>], start_at: UtcMinute) -> bool {
    events.iter().any(|event| match event.kind {
        EventKind::Result { start_at: later, result } => later > start_at && result.outcome() == ResultOutcome::Patched,
        EventKind::Voided | EventKind::ScannedClean => false,
    })
}

/// The next occurrence of a window that covers the system.
fn next_work<'a>(cx: &Context<'a>, system: &System, now: UtcMinute) -> Option<WindowOccurrence<'a>> {
    let position = cx.plan().systems().position(&system.id)?;
    next_installing(cx.schedule, position, now, cx.freezes())
}

/// The one that ends last. None if one of them is missing.
fn last_of<'a>(all: impl Iterator<Item = Option<WindowOccurrence<'a>>>) -> Option<WindowOccurrence<'a>> {
    all.collect::<Option<Vec<_>>>()?.into_iter().max_by_key(|(_, occurrence)| occurrence.end_at)
}

/// The first day after the occurrence and now on which the window can take place at its usual time: free of other windows
/// on these systems, freezes, holidays and carriers' work, and within the hours that the business areas allow.
fn offer(cx: &Context<'_>, window: &WindowSchedule, occurrence: &Occurrence, now: UtcMinute) -> Option<OfferedDate> {
    let record = &window.window;
    let first = occurrence.on().max(window.local(now).date().pred_opt()?);
    let days = std::iter::successors(first.succ_opt(), NaiveDate::succ_opt).take(SEARCHED_DAYS);
    let is_unused = |on: &NaiveDate| record.exception(*on).is_none() && window.expansion.occurrence_on(*on).is_none();
    let limited = cx.limited_areas().limiting(window);
    let is_possible = |added: &Occurrence| {
        let period = real_period(window, added);
        added.start_at > now
            && limited.iter().all(|(_, hours)| hours.allow(period))
            && is_free(cx, window, added, added)
    };
    let mut added = days.filter(is_unused).map(|on| (on, Occurrence::added(record, &window.expansion.zone, on)));
    added.find(|(_, added)| is_possible(added)).map(|(on, added)| OfferedDate {
        on,
        start_at: added.start_at,
        end_at: added.end_at,
        edit: Edit::AddOccurrence { window: record.id.clone(), on, start: None, duration: None },
    })
}

/// The deadlines of what is not installed on the systems, and that the plan without the offer misses. Advisories without a
/// fix have none, and a decision to defer allows the plan to be late.
fn deadlines<'a>(
    cx: &Context<'a>,
    occurrence: &Occurrence,
    next: &[NextWork<'_>],
    offer: Option<&OfferedDate>,
    now: UtcMinute,
) -> Vec<MissedDeadline<'a>> {
    let next_of = |each: &SystemRollout<'_>| next.iter().find(|(system, _)| system.id == each.system.id);
    let counts = |advisory: &Arc<Advisory>| {
        let counts_from_at = cx.schedule.zone.resolve(LocalMinute::midnight(advisory.counts_from())).at;
        counts_from_at <= occurrence.start_at
            && advisory.fix != FixState::Missing
            && advisory.systems.iter().any(|id| next.iter().any(|(system, _)| system.id == *id))
    };
    let missed = |advisory: &'a Arc<Advisory>| {
        let rollout = cx.rollout(advisory);
        let due_at = rollout.due_at?;
        let waiting = rollout.systems.iter().filter(|each| each.is_waiting() && (due_at <= now || !each.is_deferred));
        let waiting: Vec<&NextWork<'_>> = waiting.filter_map(next_of).collect();
        if waiting.is_empty() {
            return None;
        }
        let planned_at = last_of(waiting.iter().map(|(_, next)| *next)).map(|(_, planned)| planned.end_at);
        let state = deadline_state(due_at, planned_at, offer.map(|offer| offer.end_at), now)?;
        Some(MissedDeadline { advisory, due_at, state })
    };
    let advisories = cx.plan().advisories().iter().filter(|advisory| counts(advisory));
    let mut found: Vec<MissedDeadline<'a>> = advisories.filter_map(missed).collect();
    found.sort_by_key(|deadline| deadline.due_at);
    found
}

/// None if the plan keeps it without the offer.
fn deadline_state(
    due_at: UtcMinute,
    planned_at: Option<UtcMinute>,
    offered_at: Option<UtcMinute>,
    now: UtcMinute,
) -> Option<DeadlineState> {
    let is_in_time = |end_at: Option<UtcMinute>| end_at.is_some_and(|end_at| end_at <= due_at);
    if due_at <= now {
        Some(DeadlineState::Passed)
    } else if is_in_time(planned_at) {
        None
    } else if is_in_time(offered_at) {
        Some(DeadlineState::KeptByOffer)
    } else {
        Some(DeadlineState::Broken)
    }
}
