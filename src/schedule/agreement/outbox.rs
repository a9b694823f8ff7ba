//! What owners, and those who are informed, must be sent so that their calendars match the plan: invites, updates,
//! cancellations.
//!
//! There is one message per recipient and occurrence if the recipient's calendar (the plan's [sent invites](SentInvite))
//! does not match the plan, or somebody who was only informed must now agree, or the reverse. A change of wording alone sends nothing (RFC 5546, section 2.1.4).

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{Duty, InviteKey, InviteRole, SentInvite};
use crate::progress::Progress;
use crate::schedule::agreement::recipients::{Reason, Recipient, Recipients};
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::time::occurrence::Origin;
use crate::schedule::window_schedule::{WindowOccurrence, WindowSchedule};

/// The largest SEQUENCE: the largest integer of RFC 5545, section 3.3.8.
pub const HIGHEST_SEQUENCE: u32 = i32::MAX as u32;

/// A message to one recipient about one occurrence.
#[derive(Clone, Debug)]
pub struct InviteMessage<'a> {
    pub kind: InviteMessageKind,
    /// The entry in the recipient's calendar after this has been sent.
    pub sent: SentInvite,
    /// The entry in the recipient's calendar now.
    pub before: Option<&'a Arc<SentInvite>>,
    /// The occurrence in the plan, if it still exists. It may be skipped.
    pub occurrence: Option<WindowOccurrence<'a>>,
    /// Why the recipient is informed. Nothing for owners and in cancellations.
    pub reason: Reason<'a>,
}

/// The purpose of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InviteMessageKind {
    /// The recipient is invited for the first time, or again after a cancellation.
    Invite,
    /// It takes place at another time.
    Update,
    /// It does not take place, or it no longer concerns this recipient.
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
/// and in the recipient's calendar, are ignored.
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
    let recipients = Recipients::new(schedule);
    let mut messages = Vec::new();
    for (done, window) in schedule.windows.iter().enumerate() {
        if !progress.continues(done, schedule.windows.len()) {
            return None;
        }
        let recipients = recipients.for_window(window);
        for occurrence in &window.expansion.occurrences {
            let message = |(to, recipient): (&String, &Recipient<'a>)| {
                let before = plan.sent_invites().sent(window.id(), occurrence.original_on(), to);
                let is_ahead = occurrence.on() >= today
                    || before.is_some_and(|before| !before.is_cancelled && is_ahead(schedule, before, today));
                if is_ahead { invite_or_update((window, occurrence), to, recipient, before, today) } else { None }
            };
            messages.extend(recipients.owners.iter().filter_map(message));
            messages.extend(recipients.informed_at(occurrence).iter().filter_map(message));
        }
    }
    messages.extend(cancellations(schedule, &recipients, today));
    messages.sort_by(|a, b| a.sent.key.cmp(&b.sent.key));
    Some(messages)
}

/// The message about an occurrence that takes place. None if the recipient's calendar is up to date.
fn invite_or_update<'a>(
    (window, occurrence): WindowOccurrence<'a>,
    to: &str,
    recipient: &Recipient<'a>,
    before: Option<&'a Arc<SentInvite>>,
    today: NaiveDate,
) -> Option<InviteMessage<'a>> {
    let (start_at, end_at) = recipient.period(window, occurrence);
    let role = recipient.role;
    // Otherwise they do not know whether they must answer.
    let is_role_known = |before: &SentInvite| (before.role == InviteRole::Owner) == (role == InviteRole::Owner);
    let knows = |before: &Arc<SentInvite>| {
        !before.is_cancelled && (before.start_at, before.end_at) == (start_at, end_at) && is_role_known(before)
    };
    if before.is_some_and(knows) {
        return None;
    }
    let kind = match before {
        Some(before) if !before.is_cancelled => InviteMessageKind::Update,
        _ => InviteMessageKind::Invite,
    };
    let sent = SentInvite {
        key: InviteKey { window: window.id().clone(), on: occurrence.original_on(), to: to.to_owned() },
        areas: recipient.areas.clone(),
        name: recipient.name.to_owned(),
        summary: title(window, recipient),
        start_at,
        end_at,
        sequence: before.map_or(0, |before| next(before.sequence)),
        is_cancelled: false,
        sent_on: today,
        role,
    };
    let reason = recipient.reason.clone();
    Some(InviteMessage { kind, sent, before, occurrence: Some((window, occurrence)), reason })
}

/// "Core DB patching", for those who only test or watch afterwards "Core DB patching, testing" or "Core DB patching, watch".
fn title(window: &WindowSchedule, recipient: &Recipient<'_>) -> String {
    let name = &window.window.name;
    let duties = &recipient.reason.duties;
    match (recipient.role, duties.iter().min()) {
        (InviteRole::Booked, Some(Duty::Testing(_))) => format!("{name}, testing"),
        (InviteRole::Booked, Some(Duty::Watch)) => format!("{name}, watch"),
        _ => name.clone(),
    }
}

/// The cancellations of earlier invites to occurrences that no longer take place, or that are no longer sent to that
/// recipient. A window whose dates are not known may still take place, so nothing of it is cancelled.
fn cancellations<'a>(schedule: &'a Schedule, recipients: &Recipients<'a>, today: NaiveDate) -> Vec<InviteMessage<'a>> {
    let sent = schedule.plan.sent_invites().as_slice();
    let mut messages = Vec::new();
    for of_window in sent.chunk_by(|a, b| a.key.window == b.key.window) {
        let window = schedule.window(&of_window[0].key.window);
        if window.is_some_and(|window| window.expansion.problem.is_some()) {
            continue;
        }
        let recipients = window.map(|window| recipients.for_window(window));
        for before in of_window.iter().filter(|before| !before.is_cancelled && is_ahead(schedule, before, today)) {
            let occurrence = schedule.occurrence(&before.key.window, before.key.on);
            let takes_place = occurrence.filter(|(_, occurrence)| occurrence.origin != Origin::Skipped);
            let is_sent = |(_, occurrence): WindowOccurrence<'_>| {
                recipients.as_ref().is_some_and(|recipients| recipients.has(&before.key.to, occurrence))
            };
            if !takes_place.is_some_and(is_sent) {
                messages.push(cancellation(before, occurrence, today));
            }
        }
    }
    messages
}

fn cancellation<'a>(
    before: &'a Arc<SentInvite>,
    occurrence: Option<WindowOccurrence<'a>>,
    today: NaiveDate,
) -> InviteMessage<'a> {
    let sent =
        SentInvite { sequence: next(before.sequence), is_cancelled: true, sent_on: today, ..SentInvite::clone(before) };
    InviteMessage {
        kind: InviteMessageKind::Cancellation,
        sent,
        before: Some(before),
        occurrence,
        reason: Reason::default(),
    }
}

/// Whether it is not over in the calendar of the recipient, who may not know that it was moved to an earlier day.
fn is_ahead(schedule: &Schedule, before: &SentInvite, today: NaiveDate) -> bool {
    schedule.zone.local(before.start_at).date() >= today
}

fn next(sequence: u32) -> u32 {
    sequence.saturating_add(1).min(HIGHEST_SEQUENCE)
}
