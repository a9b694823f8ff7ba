//! The differences from the owners' calendars, in the same form as a comparison of two plans.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::dates::{HasDay, pairs};
use super::owners::{Notification, Owner};
use super::window_fields::area_name;
use super::{DateChange, DateRevision, OccurrencePeriod, RecordPresence, WindowRevision};
use crate::model::{AreaId, InviteRole, Plan, SentInvite, WindowId, WindowKind};
use crate::progress::Progress;
use crate::schedule::agreement::outbox;
use crate::schedule::agreement::outbox::{InviteMessage, InviteMessageKind};
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::time::occurrence::Origin;
use crate::schedule::time::zone::Zone;

/// The windows with something due, and its recipients.
pub struct SentDifferences {
    pub windows: Vec<WindowRevision>,
    pub owners: Vec<Owner>,
    pub unchanged: usize,
}

pub fn compare(schedule: &Schedule, today: NaiveDate, progress: &Progress) -> Option<SentDifferences> {
    let messages = outbox::due_with_progress(schedule, today, progress)?;
    let owners = Recipients::new(&schedule.plan, &messages);
    let mut windows = Vec::new();
    let mut differing = 0;
    for of_window in messages.chunk_by(|a, b| a.sent.key.window == b.sent.key.window) {
        let window = window(schedule, today, of_window, &owners);
        differing += window.dates.iter().filter(|date| date.after.is_some()).count();
        windows.push(window);
    }
    windows.sort_by(|a, b| (&a.name, &a.window).cmp(&(&b.name, &b.window)));
    let coming = schedule.windows.iter().flat_map(|window| &window.expansion.occurrences);
    let coming = coming.filter(|occurrence| occurrence.on() >= today).count();
    Some(SentDifferences { owners: owners.tallied(&windows), windows, unchanged: coming.saturating_sub(differing) })
}

/// What the messages to one address say.
#[derive(Default)]
struct Told<'a> {
    name: &'a str,
    areas: BTreeSet<&'a AreaId>,
    /// Whether one of them needs an answer, or needed one before.
    is_owner: bool,
}

/// All recipients, sorted by address.
struct Recipients {
    by_address: BTreeMap<String, usize>,
    list: Vec<Owner>,
}

impl Recipients {
    fn new(plan: &Plan, messages: &[InviteMessage<'_>]) -> Self {
        let mut all = BTreeMap::<&str, Told<'_>>::new();
        for SentInvite { key, name, areas, role, .. } in messages.iter().map(|message| &message.sent) {
            let told = all.entry(&key.to).or_default();
            if told.name.is_empty() {
                told.name = name;
            }
            told.areas.extend(areas);
            told.is_owner |= *role == InviteRole::Owner;
        }
        let by_address = all.keys().enumerate().map(|(number, to)| ((*to).to_owned(), number)).collect();
        let owner = |(to, told): (&str, Told<'_>)| {
            let areas: BTreeSet<String> = told.areas.into_iter().map(|id| area_name(plan, id)).collect();
            Owner {
                name: told.name.to_owned(),
                address: Some(to.to_owned()),
                is_informed: !told.is_owner,
                areas: areas.into_iter().collect(),
                ..Owner::default()
            }
        };
        Self { by_address, list: all.into_iter().map(owner).collect() }
    }

    fn number(&self, to: &str) -> usize {
        self.by_address.get(to).copied().unwrap_or_default()
    }

    fn tallied(mut self, windows: &[WindowRevision]) -> Vec<Owner> {
        for notification in windows.iter().flat_map(|window| &window.dates).flat_map(|date| &date.notifications) {
            if let Some(owner) = self.list.get_mut(notification.owner) {
                owner.note(notification);
            }
        }
        self.list
    }
}

fn window(
    schedule: &Schedule,
    today: NaiveDate,
    messages: &[InviteMessage<'_>],
    owners: &Recipients,
) -> WindowRevision {
    let first = &messages[0].sent;
    let id = &first.key.window;
    let current = schedule.window(id);
    let kind = current.map(|window| window.window.kind);
    let zone = current.map_or(&schedule.zone, |window| &window.expansion.zone);
    let of_date = |messages: &[InviteMessage<'_>]| date(schedule, today, messages, owners, kind, zone);
    let dates = messages.chunk_by(|a, b| a.sent.key.on == b.sent.key.on).map(of_date).collect();
    let mut dates = moved_by_rule(dates);
    dates.sort_by_key(|date: &DateRevision| (date.when().map(|when| when.start_at), date.on, date.change));
    WindowRevision {
        window: id.clone(),
        name: current.map_or_else(|| first.summary.clone(), |window| window.window.name.clone()),
        presence: if current.is_some() { RecordPresence::Kept } else { RecordPresence::Removed },
        fields: Vec::new(),
        dates,
        before: known(&schedule.plan, id, today, zone),
    }
}

/// The number of dates that owners know of and that are not over.
fn known(plan: &Plan, window: &WindowId, today: NaiveDate, zone: &Zone) -> usize {
    let sent = plan.sent_invites().for_window(window);
    let is_known = |sent: &&Arc<SentInvite>| !sent.is_cancelled && zone.local(sent.start_at).date() >= today;
    sent.iter().filter(is_known).map(|sent| sent.key.on).collect::<BTreeSet<_>>().len()
}

fn date(
    schedule: &Schedule,
    today: NaiveDate,
    messages: &[InviteMessage<'_>],
    owners: &Recipients,
    kind: Option<WindowKind>,
    zone: &Arc<Zone>,
) -> DateRevision {
    let when = |start_at, end_at| OccurrencePeriod { start_at, end_at, zone: Arc::clone(zone) };
    // The times of those who are only booked are those of their duties.
    let is_whole = |message: &&InviteMessage<'_>| message.sent.role != InviteRole::Booked;
    let known = |message: &InviteMessage<'_>| message.before.filter(|before| !before.is_cancelled).cloned();
    let about_duties = !messages.iter().any(|message| is_whole(&message));
    let occurrence = messages.iter().find_map(|message| message.occurrence).map(|(_, occurrence)| occurrence);
    let takes_place = occurrence.filter(|occurrence| occurrence.origin != Origin::Skipped);
    let after = takes_place.map(|occurrence| match messages.iter().find(|message| !message.sent.is_cancelled) {
        Some(duty) if about_duties => when(duty.sent.start_at, duty.sent.end_at),
        _ => when(occurrence.start_at, occurrence.end_at),
    });
    let mut whole_first = messages.iter().filter(is_whole).chain(messages.iter().filter(|_| about_duties));
    let before = whole_first.find_map(known).map(|before| when(before.start_at, before.end_at));
    let change = match (&before, &after) {
        (Some(_), None) => DateChange::Cancelled,
        (Some(before), Some(after)) if !before.is_same(after) => DateChange::Moved,
        // The owners have changed. The occurrence itself is unchanged.
        (Some(_), Some(_)) => DateChange::Changed,
        (None, _) if messages.iter().any(|message| message.before.is_some()) => DateChange::Restored,
        (None, _) => DateChange::Added,
    };
    let notification = |message: &InviteMessage<'_>| {
        let sent = &message.sent;
        let number = owners.number(&sent.key.to);
        let on = zone.local(sent.start_at).date();
        Notification::new(number, message.kind, notice_days(&schedule.plan, kind, sent), on, today)
    };
    let mut notifications: Vec<Notification> = messages.iter().map(notification).collect();
    notifications.sort_by_key(|notification| notification.owner);
    DateRevision {
        on: messages[0].sent.key.on,
        change,
        before,
        after,
        reason: String::new(),
        notifications,
        is_past: false,
    }
}

/// The longest notice of the areas that a message is for. The type of a removed window is unknown, so it counts as the
/// usual one.
fn notice_days(plan: &Plan, kind: Option<WindowKind>, sent: &SentInvite) -> Option<u16> {
    let areas = sent.areas.iter().filter_map(|id| plan.areas().get(id));
    areas.filter_map(|area| plan.notice_days(kind.unwrap_or_default(), area)).max()
}

impl HasDay for DateRevision {
    fn day(&self) -> NaiveDate {
        self.on
    }

    fn is_added(&self) -> bool {
        false
    }
}

/// Pairs a removed date with the one that replaced it when a rule changed, like a comparison of plans. The owners are
/// still sent two messages: a cancellation and an invite.
fn moved_by_rule(dates: Vec<DateRevision>) -> Vec<DateRevision> {
    let is_gone = |date: &DateRevision| date.change == DateChange::Cancelled;
    let (gone, rest): (Vec<_>, Vec<_>) = dates.into_iter().partition(is_gone);
    let (come, mut rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(|date| date.change == DateChange::Added);
    for pair in pairs(gone, come) {
        rest.extend(match pair {
            (Some(gone), Some(come)) => Some(DateRevision {
                change: DateChange::Moved,
                before: gone.before,
                notifications: together(gone.notifications, come.notifications),
                ..come
            }),
            (gone, come) => gone.or(come),
        });
    }
    rest
}

/// Combines the notifications of both dates: an owner of both gets one about a move.
fn together(gone: Vec<Notification>, come: Vec<Notification>) -> Vec<Notification> {
    let mut notifications = come;
    for old in gone {
        match notifications.iter_mut().find(|new| new.owner == old.owner) {
            Some(new) => new.what = Some(InviteMessageKind::Update),
            None => notifications.push(old),
        }
    }
    notifications.sort_by_key(|notification| notification.owner);
    notifications
}
