//! From a reply that counts to the entries of the ledger.

use chrono::NaiveDate;

use super::read::{Status, Written};
use crate::model::{Agreement, AreaId, Invitation, LedgerEntry, LedgerKey, OccurrenceTimes, UtcMinute};
use crate::wording::date;

/// A reply of an invited owner to what they were sent last.
pub(super) struct Answer<'a> {
    pub written: &'a Written,
    pub invitation: &'a Invitation,
    /// The times that the owner was sent.
    pub times: OccurrenceTimes,
    /// When it was written; none where it does not say so, or says a day that has not come.
    pub at: Option<UtcMinute>,
    /// The day of that, else today.
    pub on: NaiveDate,
}

/// What an answer does to one area's entry.
pub(super) enum Effect {
    Put(LedgerEntry),
    Nothing,
    /// What the ledger holds is newer.
    Outdated(Agreement),
}

impl Answer<'_> {
    /// What becomes of the entry that the ledger holds `before`.
    pub fn effect(&self, area: &AreaId, before: Option<&LedgerEntry>) -> Effect {
        let after = self.entry(area, before);
        match before {
            Some(before) if self.says_the_same(before, &after) => Effect::Nothing,
            Some(before) if self.is_older_than(before) => Effect::Outdated(before.agreement.clone()),
            _ => Effect::Put(after),
        }
    }

    /// "Ann O'Neill", else what the plan calls the owner, else the address.
    pub fn by(&self) -> String {
        let names = [&self.written.name, &self.invitation.name, &self.invitation.key.to];
        names.into_iter().map(|name| name.trim()).find(|name| !name.is_empty()).unwrap_or_default().to_owned()
    }

    fn entry(&self, area: &AreaId, before: Option<&LedgerEntry>) -> LedgerEntry {
        let (on, by) = (self.on, self.by());
        let agreement = match self.written.status {
            Status::Accepted => Agreement::Agreed { on, by },
            Status::Declined => Agreement::Declined { on, by, reason: self.written.comment.clone() },
            Status::Tentative | Status::Delegated | Status::Open => Agreement::Asked { on: self.invitation.sent_on },
        };
        let key = &self.invitation.key;
        let of = LedgerKey { window: key.window.clone(), on: key.on, area: area.clone() };
        let mut notes = before.map(|before| before.notes.clone()).unwrap_or_default();
        if let Some(note) = self.note().filter(|note| !notes.lines().any(|line| line == note)) {
            let gap = if notes.is_empty() || notes.ends_with('\n') { "" } else { "\n" };
            notes = format!("{notes}{gap}{note}");
        }
        let reserve_on = before.and_then(|before| before.reserve_on);
        LedgerEntry { key: of, agreement, answered_for: Some(self.times), replied_at: self.at, reserve_on, notes }
    }

    /// What an answer alone does not say: "Ann O'Neill, Wed 3 Mar 2027: tentative. Perhaps a week later".
    fn note(&self) -> Option<String> {
        let written = self.written;
        let mut said = match written.status {
            Status::Tentative => vec!["tentative".to_owned()],
            Status::Delegated if written.delegated_to.is_empty() => vec!["delegated".to_owned()],
            Status::Delegated => vec![format!("delegated to {}", written.delegated_to)],
            _ => Vec::new(),
        };
        if !written.sent_by.is_empty() {
            said.push(format!("sent by {}", written.sent_by));
        }
        if !written.comment.is_empty() && written.status != Status::Declined {
            said.push(written.comment.clone());
        }
        // An answer without a day would get another one with each import.
        let when = self.at.map_or_else(String::new, |_| format!(", {}", date(self.on)));
        (!said.is_empty()).then(|| format!("{}{when}: {}", self.by(), said.join(". ")))
    }

    fn says_the_same(&self, before: &LedgerEntry, after: &LedgerEntry) -> bool {
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

    /// Of an answer that was typed in only the day is known: on the same day it counts as the newer one.
    fn is_older_than(&self, before: &LedgerEntry) -> bool {
        match (&before.agreement, before.replied_at, self.at) {
            (_, Some(before), Some(at)) => at < before,
            (Agreement::Agreed { on, .. } | Agreement::Declined { on, .. }, ..) => self.on <= *on,
            (Agreement::NotAsked | Agreement::Asked { .. }, ..) => false,
        }
    }
}
