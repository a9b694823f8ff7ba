//! The messages of an export of invites, and their files.
//!
//! [`outbox`] decides what is due; here it is narrowed down to what was ordered, worded and written.

use std::sync::Arc;

use chrono::NaiveDate;

use super::calendar_file::{is_writable, zone_for};
use crate::model::{AreaId, Assignee, BusinessArea, Edit, InviteKey, SentInvite, WindowId, address};
use crate::progress::Progress;
use crate::schedule::agreement::recipients::Recipients;
use crate::schedule::agreement::{answers, outbox};
use crate::schedule::{InviteMessage, InviteMessageKind, Occurrence, Schedule};

/// Which messages are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Which {
    #[default]
    All,
    Window(WindowId),
    /// By its original date.
    Occurrence(WindowId, NaiveDate),
    Area(AreaId),
    /// Everything to that [`address`].
    To(String),
}

/// Whether an export writes what is due, or what was sent last a second time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Occasion {
    #[default]
    Due,
    /// SEQUENCE numbers stay the same, and nothing is noted.
    Again,
}

/// The messages of one export, sorted by start, then window, date and address.
#[derive(Clone, Debug)]
pub struct Outgoing<'a> {
    pub(super) schedule: &'a Schedule,
    pub(super) occasion: Occasion,
    pub messages: Vec<InviteMessage<'a>>,
    /// The names of areas that must be notified, and of people and teams who must be informed, but have no address, sorted.
    pub(super) unreachable: Vec<&'a str>,
    /// Messages that cannot be written: a plan file may contain invites with an invalid address, or in years that
    /// calendars cannot express.
    pub(super) unwritable: Vec<InviteKey>,
}

/// An order of invites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvitesOrder {
    pub which: Which,
    pub occasion: Occasion,
}

impl Which {
    fn takes(&self, sent: &SentInvite) -> bool {
        match self {
            Self::Area(area) => sent.areas.contains(area),
            Self::To(to) => sent.key.to == *to,
            _ => self.may_take(&sent.key.window, sent.key.on),
        }
    }

    /// Whether a message about that occurrence may be one of them.
    fn may_take(&self, id: &WindowId, original_on: NaiveDate) -> bool {
        match self {
            Self::All | Self::Area(_) | Self::To(_) => true,
            Self::Window(window) => window == id,
            Self::Occurrence(window, on) => window == id && *on == original_on,
        }
    }
}

impl<'a> Outgoing<'a> {
    pub fn new(schedule: &'a Schedule, today: NaiveDate, order: &InvitesOrder) -> Self {
        let all = Self::with_progress(schedule, today, order, &Progress::default());
        all.unwrap_or_else(|| Self::from_messages(schedule, order.occasion, Vec::new(), Vec::new()))
    }

    /// The same for a large plan. None if it is cancelled.
    pub fn with_progress(
        schedule: &'a Schedule,
        today: NaiveDate,
        order: &InvitesOrder,
        progress: &Progress,
    ) -> Option<Self> {
        match order.occasion {
            Occasion::Due => Self::due(schedule, today, &order.which, progress),
            Occasion::Again => Some(Self::again(schedule, &order.which)),
        }
    }

    /// The messages that bring the owners' calendars up to date.
    fn due(schedule: &'a Schedule, today: NaiveDate, which: &Which, progress: &Progress) -> Option<Self> {
        let messages = outbox::due_with_progress(schedule, today, progress)?;
        let messages = messages.into_iter().filter(|message| which.takes(&message.sent)).collect();
        let unreachable = unreachable(schedule, today, which);
        Some(Self::from_messages(schedule, Occasion::Due, messages, unreachable))
    }

    /// What was sent on the last day of sending: the same times with the same SEQUENCE. The times before an update are no
    /// longer known.
    fn again(schedule: &'a Schedule, which: &Which) -> Self {
        let sent: Vec<&Arc<SentInvite>> =
            schedule.plan.sent_invites().iter().filter(|sent| which.takes(sent)).collect();
        let last_on = sent.iter().map(|sent| sent.sent_on).max();
        let recipients = Recipients::new(schedule);
        let message = |sent: &Arc<SentInvite>| InviteMessage {
            kind: match sent.sequence {
                _ if sent.is_cancelled => InviteMessageKind::Cancellation,
                0 => InviteMessageKind::Invite,
                _ => InviteMessageKind::Update,
            },
            sent: SentInvite::clone(sent),
            before: None,
            occurrence: schedule.occurrence(&sent.key.window, sent.key.on),
            reason: recipients.reason(sent),
        };
        let messages = sent.into_iter().filter(|sent| Some(sent.sent_on) == last_on).map(message);
        Self::from_messages(schedule, Occasion::Again, messages.collect(), Vec::new())
    }

    /// Sorts the messages, and sets those aside that cannot be written.
    fn from_messages(
        schedule: &'a Schedule,
        occasion: Occasion,
        mut messages: Vec<InviteMessage<'a>>,
        unreachable: Vec<&'a str>,
    ) -> Self {
        let can_be_sent = |message: &InviteMessage<'_>| {
            let to = &message.sent.key.to;
            address(to).as_ref() == Some(to) && is_writable(zone_for(schedule, message), &message.sent)
        };
        messages.sort_by(|a, b| (a.sent.start_at, &a.sent.key).cmp(&(b.sent.start_at, &b.sent.key)));
        let (messages, unwritable): (Vec<_>, Vec<_>) = messages.into_iter().partition(can_be_sent);
        let unwritable = unwritable.into_iter().map(|message| message.sent.key).collect();
        Self { schedule, occasion, messages, unreachable, unwritable }
    }

    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// The edit that notes the messages as sent, once all files are safely on disk; none if nothing new was sent.
    pub fn edit_to_record(&self) -> Option<Edit> {
        let is_new = self.occasion == Occasion::Due && !self.is_empty();
        is_new.then(|| Edit::NoteSent(self.messages.iter().map(|message| message.sent.clone()).collect()))
    }
}

/// The areas, people and teams without an address that must know of an occurrence from `today` on.
fn unreachable<'a>(schedule: &'a Schedule, today: NaiveDate, which: &Which) -> Vec<&'a str> {
    if matches!(which, Which::To(_)) {
        return Vec::new();
    }
    let recipients = Recipients::new(schedule);
    let mut areas: Vec<&BusinessArea> = Vec::new();
    let mut informed: Vec<(&Assignee, &'a str)> = Vec::new();
    for window in &schedule.windows {
        let occurrences = window.expansion.occurrences.iter();
        let is_ordered = |each: &&Occurrence| each.on() >= today && which.may_take(window.id(), each.original_on());
        let mut ordered = occurrences.filter(is_ordered).peekable();
        if ordered.peek().is_none() {
            continue;
        }
        let all = answers::areas(&schedule.plan, &window.scope).into_iter().map(|area| &**area);
        areas.extend(all.filter(|area| area.address().is_none()));
        informed.extend(recipients.unreachable(window, ordered).map(|each| (&each.who, each.name)));
    }
    if let Which::Area(id) = which {
        areas.retain(|area| area.id == *id);
        informed.clear();
    }
    informed.sort_unstable();
    informed.dedup();
    areas.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    areas.dedup_by(|a, b| a.id == b.id);
    let areas = areas.into_iter().map(|area| area.name.as_str());
    areas.chain(informed.into_iter().map(|(_, name)| name)).collect()
}
