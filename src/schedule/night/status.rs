//! When status updates are due: at the policy's interval, and once at the end.

use std::collections::BTreeMap;
use std::iter::successors;

use super::Night;
use crate::model::{StatusUpdate, UtcMinute};
use crate::schedule::time::occurrence::Origin;

/// At most this many rows are shown at once. If a window lasts for days, those around the current time.
const MOST_ROWS: i32 = 96;
/// The number of rows before the current time in such a window.
const ROWS_BEFORE: i32 = 8;
/// More rows than a year of half hours. A file may contain any number.
const MOST_UPDATES: usize = 20_000;

/// A time at which a status update is due, and the update if it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusRow<'a> {
    pub due_at: UtcMinute,
    /// The update that was sent for it.
    pub sent: Option<&'a StatusUpdate>,
}

impl<'a> Night<'a> {
    /// The status update that is due: the last one whose time has come, until it is sent; then the next one. None if
    /// there are no updates, or if the night is over.
    pub fn status_due(&self, now: UtcMinute) -> Option<UtcMinute> {
        let is_over = self.record.is_some_and(|record| record.ending.is_some());
        let is_past = now >= self.ends_at() && !self.is_in_aftercare(now);
        if self.step() == 0 || is_over || is_past || self.occurrence.origin == Origin::Skipped {
            return None;
        }
        let sent = self.sent_updates();
        let open = |at: &UtcMinute| !sent.contains_key(at);
        let mut coming = successors(self.row_after(now), |at| self.row_after(*at)).take(sent.len() + 1);
        self.row_before(now).filter(open).or_else(|| coming.find(open))
    }

    /// All rows in order: those of the window, those after its end while it continues, and everything that was sent.
    pub fn status_rows(&self, now: UtcMinute) -> Vec<StatusRow<'a>> {
        let step = self.step();
        let mut rows: BTreeMap<UtcMinute, Option<&StatusUpdate>> =
            self.sent_updates().into_iter().map(|(at, sent)| (at, Some(sent))).collect();
        if step > 0 {
            let to = if self.is_in_aftercare(now) { self.row_after(now) } else { None }.unwrap_or(self.ends_at());
            let is_long = to.since(self.starts_at()) / step >= MOST_ROWS;
            let around = now.plus(step.saturating_mul(-ROWS_BEFORE)).clamp(self.starts_at(), self.ends_at());
            let from = if is_long { around } else { self.starts_at() };
            let regular = successors(self.row_after(from), |at| self.row_after(*at));
            for at in regular.take_while(|at| *at <= to).take(MOST_ROWS as usize) {
                rows.entry(at).or_default();
            }
        }
        rows.into_iter().map(|(due_at, sent)| StatusRow { due_at, sent }).collect()
    }

    /// The updates that were sent, by the time of their row.
    fn sent_updates(&self) -> BTreeMap<UtcMinute, &'a StatusUpdate> {
        let updates = self.record.map_or(&[][..], |record| &record.status_updates);
        updates.iter().take(MOST_UPDATES).map(|update| (update.due_at, update)).collect()
    }

    /// The minutes between two rows. 0 if there are no status updates.
    fn step(&self) -> i32 {
        self.plan.policy().status_every.signed()
    }

    /// The first row after a time. There is also a row at the end; after it, rows continue as before.
    fn row_after(&self, at: UtcMinute) -> Option<UtcMinute> {
        let rows = at.since(self.starts_at()).max(0).checked_div(self.step())?;
        let next = self.starts_at().plus(rows.saturating_add(1).saturating_mul(self.step()));
        let next = if at < self.ends_at() { next.min(self.ends_at()) } else { next };
        Some(next).filter(|next| *next > at)
    }

    /// The last row whose time has come.
    fn row_before(&self, now: UtcMinute) -> Option<UtcMinute> {
        let rows = now.since(self.starts_at()).checked_div(self.step())?;
        let regular = (rows > 0).then(|| self.starts_at().plus(rows.saturating_mul(self.step())));
        let end = Some(self.ends_at()).filter(|end| *end <= now);
        regular.max(end)
    }
}
