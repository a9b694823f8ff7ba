//! Turns a reply that counts into entries of the ledger.

use chrono::{NaiveDate, NaiveTime};

use super::reply_reader::{Reply, Status};
use crate::model::{Agreement, AreaId, LedgerEntry, LedgerKey, OccurrenceTimes, SentInvite, UtcMinute};
use crate::wording::date;

/// A reply of an invited owner to the last invite.
pub(super) struct LedgerAnswer<'a> {
    pub reply: &'a Reply,
    pub sent_invite: &'a SentInvite,
    /// The times that the owner was sent.
    pub times: OccurrenceTimes,
    /// When it was written; `None` if it does not say, or names a day in the future.
    pub at: Option<UtcMinute>,
    /// The day on which it was written, or today.
    pub on: NaiveDate,
}

/// What a reply does to the entry of one area.
pub(super) enum Effect {
    Put(LedgerEntry),
    Nothing,
    /// The ledger has a newer answer.
    Outdated(Agreement),
}

impl LedgerAnswer<'_> {
    /// What the reply does to the entry `before`.
    pub fn effect(&self, area: &AreaId, before: Option<&LedgerEntry>) -> Effect {
        let after = self.entry(area, before);
        match before {
            Some(before) if self.is_same(before, &after) => Effect::Nothing,
            Some(before) if self.is_older_than(before) => Effect::Outdated(before.agreement.clone()),
            _ => Effect::Put(after),
        }
    }

    /// The name in the reply, else the plan's name of the owner, else the address.
    pub fn by(&self) -> String {
        let names = [&self.reply.name, &self.sent_invite.name, &self.sent_invite.key.to];
        names.into_iter().map(|name| name.trim()).find(|name| !name.is_empty()).unwrap_or_default().to_owned()
    }

    /// What to know about an answer that decides nothing, if this is one: the ledger has no word for it.
    pub fn undecided(&self, before: Option<&LedgerEntry>) -> Option<String> {
        let what = match self.reply.status {
            Status::Accepted | Status::Declined => return None,
            Status::Tentative => "A tentative answer decides nothing",
            Status::Delegated => "A delegation decides nothing",
            Status::Open => "It decides nothing",
        };
        let before = before.filter(|before| is_decided(&before.agreement));
        Some(match before.map(|before| (in_words(&before.agreement), self.keeps(before))) {
            None => format!("{what}: the area counts as asked, with a note"),
            Some((earlier, true)) => format!("{what}: the earlier answer stays ({earlier}), with a note"),
            Some((earlier, false)) => {
                format!("{what}: the area counts as asked, since its earlier answer was about other times ({earlier})")
            }
        })
    }

    /// Whether an answer that decides nothing leaves the earlier one: that one is about the same times.
    fn keeps(&self, before: &LedgerEntry) -> bool {
        is_decided(&before.agreement) && before.answered_for.is_none_or(|times| times == self.times)
    }

    fn entry(&self, area: &AreaId, before: Option<&LedgerEntry>) -> LedgerEntry {
        let (on, by) = (self.on, self.by());
        let asked = || Agreement::Asked { on: self.sent_invite.sent_on };
        let (agreement, is_undecided) = match self.reply.status {
            Status::Accepted => (Agreement::Agreed { on, by }, false),
            Status::Declined => (Agreement::Declined { on, by, reason: self.reply.comment.clone() }, false),
            Status::Tentative | Status::Delegated | Status::Open => (asked(), true),
        };
        let key = &self.sent_invite.key;
        let key = LedgerKey { window: key.window.clone(), on: key.on, area: area.clone() };
        let mut notes = before.map(|before| before.notes.clone()).unwrap_or_default();
        if let Some(note) = self.note().filter(|note| !notes.lines().any(|line| line == note)) {
            let gap = if notes.is_empty() || notes.ends_with('\n') { "" } else { "\n" };
            notes = format!("{notes}{gap}{note}");
        }
        if let Some(before) = before.filter(|before| is_undecided && self.keeps(before)) {
            return LedgerEntry { notes, ..before.clone() };
        }
        let reserve_on = before.and_then(|before| before.reserve_on);
        // An area that replied is not silent, even if its reply has no time.
        let that_day = || UtcMinute::from_utc(self.on.and_time(NaiveTime::MIN).and_utc());
        // A time in the future is that of a wrong clock. Replies that come later are newer.
        let is_in_future = self.at.is_none() && self.reply.at.is_some();
        let replied_at = self.at.or_else(|| (is_undecided || is_in_future).then(that_day));
        LedgerEntry { key, agreement, answered_for: Some(self.times), replied_at, reserve_on, notes }
    }

    /// A note about what the agreement cannot say: "Ann O'Neill, Wed 3 Mar 2027: tentative. Perhaps a week later".
    fn note(&self) -> Option<String> {
        let reply = self.reply;
        let mut said = match reply.status {
            Status::Tentative => vec!["tentative".to_owned()],
            Status::Delegated if reply.delegated_to.is_empty() => vec!["delegated".to_owned()],
            Status::Delegated => vec![format!("delegated to {}", reply.delegated_to)],
            _ => Vec::new(),
        };
        if reply.from != self.sent_invite.key.to {
            said.push(format!("from {}", reply.from));
        }
        if !reply.sent_by.is_empty() {
            said.push(format!("sent by {}", reply.sent_by));
        }
        if !reply.comment.is_empty() && reply.status != Status::Declined {
            said.push(reply.comment.clone());
        }
        // A reply without a date gets none here, since today's would differ with each import.
        let when = self.at.map_or_else(String::new, |_| format!(", {}", date(self.on)));
        (!said.is_empty()).then(|| format!("{}{when}: {}", self.by(), said.join(". ")))
    }

    fn is_same(&self, before: &LedgerEntry, after: &LedgerEntry) -> bool {
        if self.at.is_some() {
            return before == after;
        }
        let same = match (&before.agreement, &after.agreement) {
            (Agreement::Agreed { by, .. }, Agreement::Agreed { by: new, .. }) => by == new,
            (Agreement::Declined { by, reason, .. }, Agreement::Declined { by: new, reason: given, .. }) => {
                (by, reason) == (new, given)
            }
            (before, after) => before == after,
        };
        same && (before.answered_for, &before.notes) == (after.answered_for, &after.notes)
    }

    /// Of an answer that a person entered, only the day is known. It counts as newer than replies of the same day.
    fn is_older_than(&self, before: &LedgerEntry) -> bool {
        match (&before.agreement, before.replied_at, self.at) {
            (_, Some(before), Some(at)) => at < before,
            (Agreement::Agreed { on, .. } | Agreement::Declined { on, .. }, ..) => self.on <= *on,
            (Agreement::NotAsked | Agreement::Asked { .. }, ..) => false,
        }
    }
}

fn is_decided(agreement: &Agreement) -> bool {
    matches!(agreement, Agreement::Agreed { .. } | Agreement::Declined { .. })
}

/// "agreed, Thu 7 Jan 2027"
pub(super) fn in_words(agreement: &Agreement) -> String {
    let name = agreement.name().to_lowercase();
    match agreement {
        Agreement::NotAsked => name,
        Agreement::Asked { on } | Agreement::Agreed { on, .. } | Agreement::Declined { on, .. } => {
            format!("{name}, {}", date(*on))
        }
    }
}
