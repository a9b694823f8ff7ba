//! What owners must be sent so that their calendars match the plan: invites, updates, cancellations.
//!
//! There is one message per owner and occurrence if the owner's calendar (the plan's [sent invites](SentInvite)) does not
//! match the plan. A change of wording alone sends nothing (RFC 5546, section 2.1.4).

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{BusinessArea, InviteKey, SentInvite};
use crate::progress::Progress;
use crate::schedule::agreement::answers::areas;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::window_schedule::{WindowOccurrence, WindowSchedule};

/// The largest SEQUENCE: the largest integer of RFC 5545, section 3.3.8.
pub const HIGHEST_SEQUENCE: u32 = i32::MAX as u32;

/// A message to one owner about one occurrence.
#[derive(Clone, Debug)]
pub struct InviteMessage<'a> {
    pub kind: InviteMessageKind,
    /// The entry in the owner's calendar after this has been sent.
    pub sent: SentInvite,
    /// The entry in the owner's calendar now.
    pub before: Option<&'a Arc<SentInvite>>,
    /// The occurrence in the plan, if it still exists. It may be skipped.
    pub occurrence: Option<WindowOccurrence<'a>>,
}

/// The purpose of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InviteMessageKind {
    /// The owner is invited for the first time, or again after a cancellation.
    Invite,
    /// It takes place at another time.
    Update,
    /// It does not take place, or this owner is no longer concerned.
    Cancellation,
}

impl InviteMessageKind {
    /// "Invite"
    pub fn name(self) -> &'static str {
        match self {
            Self::Invite => "Invite",
            Self::Update => "Update",
            Self::Cancellation => "Cancellation",
        }
    }
}

/// All messages that are due, sorted by window, date and address. Occurrences that are over by `today`, both in the plan
/// and in the owner's calendar, are ignored.
pub fn due(schedule: &Schedule, today: NaiveDate) -> Vec<InviteMessage<'_>> {
    due_with_progress(schedule, today, &Progress::default()).unwrap_or_default()
}

/// The same for a large plan. None if it is cancelled.
pub fn due_with_progress<'a>(
    schedule: &'a Schedule,
    today: NaiveDate,
    progress: &Progress,
) -> Option<Vec<InviteMessage<'a>>> {
    let plan = &*schedule.plan;
    let mut messages = Vec::new();
    for (done, window) in schedule.windows.iter().enumerate() {
        if !progress.continues(done, schedule.windows.len()) {
            return None;
        }
        let owners = owners(schedule, window);
        for occurrence in &window.expansion.occurrences {
            let message = |(to, areas): (&String, &Vec<&Arc<BusinessArea>>)| {
                let before = plan.sent_invites().sent(window.id(), occurrence.original_on(), to);
                let is_ahead = occurrence.on() >= today
                    || before.is_some_and(|before| !before.is_cancelled && is_ahead(schedule, before, today));
                if is_ahead { invite_or_update(window, occurrence, to, areas, before, today) } else { None }
            };
            messages.extend(owners.iter().filter_map(message));
        }
    }
    messages.extend(plan.sent_invites().iter().filter_map(|before| cancellation(schedule, before, today)));
    messages.sort_by(|a, b| a.sent.key.cmp(&b.sent.key));
    Some(messages)
}

/// The areas of each owner of that window, by address.
fn owners<'a>(schedule: &'a Schedule, window: &WindowSchedule) -> BTreeMap<String, Vec<&'a Arc<BusinessArea>>> {
    let mut owners = BTreeMap::<String, Vec<_>>::new();
    for area in areas(&schedule.plan, &window.scope) {
        if let Some(to) = area.address() {
            owners.entry(to).or_default().push(area);
        }
    }
    owners
}

/// The message to an owner about an occurrence that takes place. None if the owner's calendar is up to date.
fn invite_or_update<'a>(
    window: &'a Arc<WindowSchedule>,
    occurrence: &'a Occurrence,
    to: &str,
    areas: &[&Arc<BusinessArea>],
    before: Option<&'a Arc<SentInvite>>,
    today: NaiveDate,
) -> Option<InviteMessage<'a>> {
    let (start_at, end_at) = (occurrence.start_at, occurrence.end_at);
    let knows =
        |before: &Arc<SentInvite>| !before.is_cancelled && (before.start_at, before.end_at) == (start_at, end_at);
    if before.is_some_and(knows) {
        return None;
    }
    let kind = match before {
        Some(before) if !before.is_cancelled => InviteMessageKind::Update,
        _ => InviteMessageKind::Invite,
    };
    let sent = SentInvite {
        key: InviteKey { window: window.id().clone(), on: occurrence.original_on(), to: to.to_owned() },
        areas: areas.iter().map(|area| area.id.clone()).collect(),
        name: areas.iter().map(|area| area.owner.trim()).find(|owner| !owner.is_empty()).unwrap_or_default().to_owned(),
        summary: window.window.name.clone(),
        start_at,
        end_at,
        sequence: before.map_or(0, |before| next(before.sequence)),
        is_cancelled: false,
        sent_on: today,
    };
    Some(InviteMessage { kind, sent, before, occurrence: Some((window, occurrence)) })
}

/// The cancellation of an earlier invite, if the occurrence no longer takes place or now belongs to another owner. A
/// window whose dates are not known may still take place, so nothing of it is cancelled.
fn cancellation<'a>(
    schedule: &'a Schedule,
    before: &'a Arc<SentInvite>,
    today: NaiveDate,
) -> Option<InviteMessage<'a>> {
    let InviteKey { window, on, to } = &before.key;
    let occurrence = schedule.occurrence(window, *on);
    let takes_place =
        occurrence.filter(|(_, occurrence)| occurrence.origin != crate::schedule::time::occurrence::Origin::Skipped);
    let is_owner = |(window, _): (&Arc<WindowSchedule>, _)| {
        areas(&schedule.plan, &window.scope).iter().any(|area| area.address().as_deref() == Some(to))
    };
    let is_date_known = schedule.window(window).is_none_or(|window| window.expansion.problem.is_none());
    if before.is_cancelled || !is_date_known || !is_ahead(schedule, before, today) || takes_place.is_some_and(is_owner)
    {
        return None;
    }
    let sent =
        SentInvite { sequence: next(before.sequence), is_cancelled: true, sent_on: today, ..SentInvite::clone(before) };
    Some(InviteMessage { kind: InviteMessageKind::Cancellation, sent, before: Some(before), occurrence })
}

/// Whether it is not over in the calendar of the owner, who may not know that it was moved to an earlier day.
fn is_ahead(schedule: &Schedule, before: &SentInvite, today: NaiveDate) -> bool {
    schedule.zone.local(before.start_at).date() >= today
}

fn next(sequence: u32) -> u32 {
    sequence.saturating_add(1).min(HIGHEST_SEQUENCE)
}
