//! Who must agree to an occurrence, by when they must know of it, what they were sent, and what they answered.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{Days, NaiveDate};

use crate::model::{
    Agreement, BusinessArea, InviteRole, LedgerEntry, LedgerKey, Minutes, OccurrenceTimes, Plan, SentInvite, UtcMinute,
};
use crate::schedule::scope::Scope;
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::window_schedule::WindowSchedule;

const DAY: Minutes = Minutes::hours(24);

/// A business area's answer for one occurrence, given or still missing.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    pub area: &'a Arc<BusinessArea>,
    /// None if notice is informational.
    pub notice: Option<Notice>,
    /// The entry in the ledger.
    pub entry: Option<&'a Arc<LedgerEntry>>,
    /// The last invite that its owner was sent.
    pub sent_invite: Option<&'a Arc<SentInvite>>,
    /// When the occurrence takes place.
    pub times: OccurrenceTimes,
    /// The resulting state of the agreement.
    agreement: Cow<'a, Agreement>,
}

/// The deadline for notifying somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    pub days: u16,
    /// The last day on which notice is in time.
    pub due_on: NaiveDate,
}

impl<'a> Answer<'a> {
    /// The state of the agreement: the entry in the ledger if it is about the current times, or else whether the owner
    /// was sent those times.
    pub fn agreement(&self) -> &Agreement {
        &self.agreement
    }

    /// The answer if it was about other times than the current ones.
    pub fn outdated(&self) -> Option<&'a Agreement> {
        let entry = self.entry.filter(|entry| !is_about(entry, self.times))?;
        Some(&entry.agreement).filter(|agreement| **agreement != Agreement::NotAsked)
    }

    /// When the owner replied without deciding (tentatively, or by delegating) after being asked last. Format 1 of plans has
    /// no other word for it than "asked", together with the time of the reply.
    pub fn undecided_at(&self) -> Option<UtcMinute> {
        let Agreement::Asked { on } = self.agreement() else { return None };
        let entry = self.entry.filter(|entry| is_about(entry, self.times))?;
        let is_asked = matches!(entry.agreement, Agreement::Asked { .. });
        // The day on which somebody was asked is one of the plan's zone, which may be ahead of UTC.
        let is_after = |at: &UtcMinute| at.plus(DAY.signed()).to_utc().date_naive() >= *on;
        entry.replied_at.filter(|at| is_asked && is_after(at))
    }

    /// A ledger entry with another answer. It keeps the existing reserve date and notes. `key` is that of this answer.
    pub fn ledger_entry(&self, key: LedgerKey, agreement: Agreement) -> LedgerEntry {
        let answered_for = (agreement != Agreement::NotAsked).then_some(self.times);
        match self.entry {
            Some(entry) => LedgerEntry { agreement, answered_for, replied_at: None, ..LedgerEntry::clone(entry) },
            None => {
                LedgerEntry { key, agreement, answered_for, replied_at: None, reserve_on: None, notes: String::new() }
            }
        }
    }
}

fn is_about(entry: &LedgerEntry, times: OccurrenceTimes) -> bool {
    entry.answered_for.is_none_or(|answered_for| answered_for == times)
}

/// The areas whose systems are worked on, sorted by id. An area that the plan does not contain cannot agree.
pub fn areas<'a>(plan: &'a Plan, scope: &Scope) -> Vec<&'a Arc<BusinessArea>> {
    let ids = scope.systems.iter().filter_map(|system| system.area.as_ref());
    let mut positions: Vec<usize> = ids.filter_map(|id| plan.areas().position(id)).collect();
    positions.sort_unstable();
    positions.dedup();
    positions.into_iter().map(|position| &plan.areas().as_slice()[position]).collect()
}

/// A business area and one window: what it was sent and answered, for quick access to many dates.
pub struct Party<'a> {
    pub area: &'a Arc<BusinessArea>,
    /// The days of notice. None if notice is informational.
    pub notice_days: Option<u16>,
    window: &'a WindowSchedule,
    address: Option<String>,
    /// The window's entries, sorted by date, then by area or address.
    entries: &'a [Arc<LedgerEntry>],
    sent_invites: &'a [Arc<SentInvite>],
}

impl<'a> Party<'a> {
    /// `area` must be one of those that must agree, or that must be told.
    pub fn new(plan: &'a Plan, window: &'a WindowSchedule, area: &'a Arc<BusinessArea>) -> Self {
        let sent_invites = plan.sent_invites().for_window(window.id());
        let address = if sent_invites.is_empty() { None } else { area.address() };
        let notice_days = plan.notice_days(window.window.kind, area);
        Self { area, notice_days, window, address, entries: plan.ledger().for_window(window.id()), sent_invites }
    }

    /// The deadline for notifying it of an occurrence. None if notice is informational.
    pub fn notice(&self, occurrence: &Occurrence) -> Option<Notice> {
        let due_on = |days: u16| occurrence.on().checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN);
        self.notice_days.map(|days| Notice { days, due_on: due_on(days) })
    }

    fn entry(&self, on: NaiveDate) -> Option<&'a Arc<LedgerEntry>> {
        let id = &self.area.id;
        let index = self.entries.binary_search_by(|entry| (entry.key.on, &entry.key.area).cmp(&(on, id)));
        index.ok().map(|index| &self.entries[index])
    }

    /// What its owner was sent. Who only was informed was not asked, which is enough only if nobody must ask them.
    fn sent_invite(&self, on: NaiveDate) -> Option<&'a Arc<SentInvite>> {
        let to = self.address.as_deref()?;
        let index = self.sent_invites.binary_search_by(|sent| (sent.key.on, sent.key.to.as_str()).cmp(&(on, to)));
        let sent = index.ok().map(|index| &self.sent_invites[index])?;
        (sent.role == InviteRole::Owner || !self.window.affects_area(&self.area.id)).then_some(sent)
    }

    /// Its answer. None if it was never sent that occurrence and never answered.
    pub fn recorded_answer(&self, occurrence: &Occurrence) -> Option<Answer<'a>> {
        let on = occurrence.original_on();
        let (entry, sent_invite) = (self.entry(on), self.sent_invite(on));
        (entry.is_some() || sent_invite.is_some()).then(|| self.answered(occurrence, entry, sent_invite))
    }

    /// Its answer, or that it was not asked.
    pub fn answer(&self, occurrence: &Occurrence) -> Answer<'a> {
        let on = occurrence.original_on();
        self.answered(occurrence, self.entry(on), self.sent_invite(on))
    }

    fn answered(
        &self,
        occurrence: &Occurrence,
        entry: Option<&'a Arc<LedgerEntry>>,
        sent_invite: Option<&'a Arc<SentInvite>>,
    ) -> Answer<'a> {
        let times = times(self.window, occurrence.start_at, occurrence.end_at);
        Answer {
            area: self.area,
            notice: self.notice(occurrence),
            entry,
            sent_invite,
            times,
            agreement: agreement_state(entry, sent_invite, times, occurrence),
        }
    }
}

/// The answer of `area`, which must be one of those that must agree, or that must be told.
pub fn answer<'a>(
    plan: &'a Plan,
    window: &'a WindowSchedule,
    occurrence: &Occurrence,
    area: &'a Arc<BusinessArea>,
) -> Answer<'a> {
    Party::new(plan, window, area).answer(occurrence)
}

fn agreement_state<'a>(
    entry: Option<&'a Arc<LedgerEntry>>,
    sent_invite: Option<&'a Arc<SentInvite>>,
    times: OccurrenceTimes,
    occurrence: &Occurrence,
) -> Cow<'a, Agreement> {
    let is_of_now = |sent_invite: &&Arc<SentInvite>| {
        !sent_invite.is_cancelled
            && (sent_invite.start_at, sent_invite.end_at) == (occurrence.start_at, occurrence.end_at)
    };
    let sent_on = sent_invite.filter(is_of_now).map(|sent_invite| sent_invite.sent_on);
    let said = entry.filter(|entry| is_about(entry, times)).map(|entry| &entry.agreement);
    match (said, sent_on) {
        (Some(Agreement::NotAsked) | None, Some(on)) => Cow::Owned(Agreement::Asked { on }),
        (Some(Agreement::Asked { on }), Some(sent_on)) => Cow::Owned(Agreement::Asked { on: sent_on.max(*on) }),
        (Some(said), _) => Cow::Borrowed(said),
        (None, None) => Cow::Owned(Agreement::NotAsked),
    }
}

/// The local times of a period in the window's time zone.
pub fn times(window: &WindowSchedule, start_at: UtcMinute, end_at: UtcMinute) -> OccurrenceTimes {
    let (start, end) = (window.local(start_at), window.local(end_at));
    OccurrenceTimes { start, duration: Minutes(end.0.saturating_sub(start.0).max(0) as u32) }
}

/// All answers for one occurrence, sorted by area.
pub fn answers<'a>(plan: &'a Plan, window: &'a WindowSchedule, occurrence: &Occurrence) -> Vec<Answer<'a>> {
    areas(plan, &window.scope).into_iter().map(|area| answer(plan, window, occurrence, area)).collect()
}

/// The key of an area's answer for this occurrence in the ledger.
pub fn key(window: &WindowSchedule, occurrence: &Occurrence, area: &BusinessArea) -> LedgerKey {
    LedgerKey { window: window.id().clone(), on: occurrence.original_on(), area: area.id.clone() }
}
