//! Who must agree to an occurrence, by when they must know of it, what they were sent, and what they said.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{Days, NaiveDate};

use crate::model::{
    Agreement, BusinessArea, Invitation, LedgerEntry, LedgerKey, Minutes, OccurrenceTimes, Plan, UtcMinute,
};
use crate::schedule::scope::Scope;
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::window_schedule::WindowSchedule;

/// What one business area said to one occurrence, or has yet to say.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    pub area: &'a Arc<BusinessArea>,
    /// None where notice is informational.
    pub notice: Option<Notice>,
    /// What the ledger holds.
    pub entry: Option<&'a Arc<LedgerEntry>>,
    /// What its owner was sent last.
    pub invitation: Option<&'a Arc<Invitation>>,
    /// When the occurrence takes place.
    pub times: OccurrenceTimes,
    /// What all of that comes to.
    agreement: Cow<'a, Agreement>,
}

/// By when somebody must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    pub days: u16,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
}

impl<'a> Answer<'a> {
    /// How it stands: what the ledger holds where that was said of the present times, else whether the owner was sent
    /// those times.
    pub fn agreement(&self) -> &Agreement {
        &self.agreement
    }

    /// What was said of other times than the present ones.
    pub fn outdated(&self) -> Option<&'a Agreement> {
        let entry = self.entry.filter(|entry| !holds_for(entry, self.times))?;
        Some(&entry.agreement).filter(|agreement| **agreement != Agreement::NotAsked)
    }

    /// The entry that holds another answer, with the reserve date and the notes that there are, as a person types it
    /// in. `key` is that of this answer.
    pub fn noted(&self, key: LedgerKey, agreement: Agreement) -> LedgerEntry {
        let answered_for = (agreement != Agreement::NotAsked).then_some(self.times);
        match self.entry {
            Some(entry) => LedgerEntry { agreement, answered_for, replied_at: None, ..LedgerEntry::clone(entry) },
            None => {
                LedgerEntry { key, agreement, answered_for, replied_at: None, reserve_on: None, notes: String::new() }
            }
        }
    }
}

fn holds_for(entry: &LedgerEntry, times: OccurrenceTimes) -> bool {
    entry.answered_for.is_none_or(|answered_for| answered_for == times)
}

/// The areas whose systems are worked on, sorted by id. One that the plan does not know cannot agree.
pub fn areas<'a>(plan: &'a Plan, scope: &Scope) -> Vec<&'a Arc<BusinessArea>> {
    let ids = scope.systems.iter().filter_map(|system| system.area.as_ref());
    let mut places: Vec<usize> = ids.filter_map(|id| plan.areas().position(id)).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|place| &plan.areas().as_slice()[place]).collect()
}

/// One business area in one window: what it said and was sent, to ask about many of its dates.
pub struct Party<'a> {
    pub area: &'a Arc<BusinessArea>,
    /// Days of notice; none where notice is informational.
    pub notice_days: Option<u16>,
    window: &'a WindowSchedule,
    address: Option<String>,
    /// Of the window, sorted by date, then area or address.
    entries: &'a [Arc<LedgerEntry>],
    invitations: &'a [Arc<Invitation>],
}

impl<'a> Party<'a> {
    /// `area` is one of those that must agree.
    pub fn new(plan: &'a Plan, window: &'a WindowSchedule, area: &'a Arc<BusinessArea>) -> Self {
        let invitations = plan.invitations().for_window(window.id());
        let address = if invitations.is_empty() { None } else { area.address() };
        let notice_days = plan.notice_days(window.window.kind, area);
        Self { area, notice_days, window, address, entries: plan.ledger().for_window(window.id()), invitations }
    }

    /// By when it must know of an occurrence; none where notice is informational.
    pub fn notice(&self, occurrence: &Occurrence) -> Option<Notice> {
        let due_on = |days: u16| occurrence.on().checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN);
        self.notice_days.map(|days| Notice { days, due_on: due_on(days) })
    }

    fn entry(&self, on: NaiveDate) -> Option<&'a Arc<LedgerEntry>> {
        let id = &self.area.id;
        let place = self.entries.binary_search_by(|entry| (entry.key.on, &entry.key.area).cmp(&(on, id)));
        place.ok().map(|place| &self.entries[place])
    }

    fn invitation(&self, on: NaiveDate) -> Option<&'a Arc<Invitation>> {
        let to = self.address.as_deref()?;
        let place = self.invitations.binary_search_by(|sent| (sent.key.on, sent.key.to.as_str()).cmp(&(on, to)));
        place.ok().map(|place| &self.invitations[place])
    }

    /// Its answer; none where it never heard of that occurrence and never spoke of it.
    pub fn said(&self, occurrence: &Occurrence) -> Option<Answer<'a>> {
        let on = occurrence.original_on();
        let (entry, invitation) = (self.entry(on), self.invitation(on));
        (entry.is_some() || invitation.is_some()).then(|| self.answered(occurrence, entry, invitation))
    }

    /// Its answer, or that it was not asked.
    pub fn answer(&self, occurrence: &Occurrence) -> Answer<'a> {
        let on = occurrence.original_on();
        self.answered(occurrence, self.entry(on), self.invitation(on))
    }

    fn answered(
        &self,
        occurrence: &Occurrence,
        entry: Option<&'a Arc<LedgerEntry>>,
        invitation: Option<&'a Arc<Invitation>>,
    ) -> Answer<'a> {
        let times = times(self.window, occurrence.start_at, occurrence.end_at);
        Answer {
            area: self.area,
            notice: self.notice(occurrence),
            entry,
            invitation,
            times,
            agreement: standing(entry, invitation, times, occurrence),
        }
    }
}

/// The answer of `area`, which is one of those that must agree.
pub fn answer<'a>(
    plan: &'a Plan,
    window: &'a WindowSchedule,
    occurrence: &Occurrence,
    area: &'a Arc<BusinessArea>,
) -> Answer<'a> {
    Party::new(plan, window, area).answer(occurrence)
}

fn standing<'a>(
    entry: Option<&'a Arc<LedgerEntry>>,
    invitation: Option<&'a Arc<Invitation>>,
    times: OccurrenceTimes,
    occurrence: &Occurrence,
) -> Cow<'a, Agreement> {
    let is_of_now = |invitation: &&Arc<Invitation>| {
        !invitation.is_cancelled && (invitation.start_at, invitation.end_at) == (occurrence.start_at, occurrence.end_at)
    };
    let sent_on = invitation.filter(is_of_now).map(|invitation| invitation.sent_on);
    let said = entry.filter(|entry| holds_for(entry, times)).map(|entry| &entry.agreement);
    match (said, sent_on) {
        (Some(Agreement::NotAsked) | None, Some(on)) => Cow::Owned(Agreement::Asked { on }),
        (Some(Agreement::Asked { on }), Some(sent_on)) => Cow::Owned(Agreement::Asked { on: sent_on.max(*on) }),
        (Some(said), _) => Cow::Borrowed(said),
        (None, None) => Cow::Owned(Agreement::NotAsked),
    }
}

/// What the window's clock shows between two instants.
pub fn times(window: &WindowSchedule, start_at: UtcMinute, end_at: UtcMinute) -> OccurrenceTimes {
    let (start, end) = (window.local(start_at), window.local(end_at));
    OccurrenceTimes { start, duration: Minutes(end.0.saturating_sub(start.0).max(0) as u32) }
}

/// All answers to one occurrence, sorted by area.
pub fn answers<'a>(plan: &'a Plan, window: &'a WindowSchedule, occurrence: &Occurrence) -> Vec<Answer<'a>> {
    areas(plan, &window.scope).into_iter().map(|area| answer(plan, window, occurrence, area)).collect()
}

/// The name under which the ledger keeps an area's answer to that occurrence.
pub fn key(window: &WindowSchedule, occurrence: &Occurrence, area: &BusinessArea) -> LedgerKey {
    LedgerKey { window: window.id().clone(), on: occurrence.original_on(), area: area.id.clone() }
}
