//! Each window beside what owners answered about its occurrences.

use std::sync::Arc;

use super::window::{Check, units_if};
use crate::checks::runner::changes::Changes;
use crate::checks::runner::run::{KindRun, UnitResults};
use crate::model::{Record, Table, WindowId};

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let answered = run.changes().map(windows_with_changed_answers).unwrap_or_default();
    units_if(run, checks, |changes, index| {
        answered.is_empty() || answered.binary_search(&changes.new.windows[index].id()).is_err()
    })
}

/// The windows whose answers or sent invites changed, sorted.
pub(super) fn windows_with_changed_answers<'a>(changes: &Changes<'a>) -> Vec<&'a WindowId> {
    let (new, old) = changes.plans();
    let answers = differing(new.ledger(), old.ledger()).map(|entry| &entry.key.window);
    let invites = differing(new.sent_invites(), old.sent_invites()).map(|sent_invite| &sent_invite.key.window);
    let mut windows: Vec<&WindowId> = answers.chain(invites).collect();
    windows.sort_unstable();
    windows.dedup();
    windows
}

/// The records between the first and the last difference of two tables. Some of them may be in both: checking a window
/// for nothing is cheaper than comparing all records.
fn differing<'a, T: Record>(new: &'a Table<T>, old: &'a Table<T>) -> impl Iterator<Item = &'a Arc<T>> {
    let is_same = |(new, old): &(&Arc<T>, &Arc<T>)| Arc::ptr_eq(new, old);
    let (new, old) = if new.ptr_eq(old) { (&[][..], &[][..]) } else { (new.as_slice(), old.as_slice()) };
    let same_at_start = new.iter().zip(old).take_while(is_same).count();
    let (new, old) = (&new[same_at_start..], &old[same_at_start..]);
    let same_at_end = new.iter().rev().zip(old.iter().rev()).take_while(is_same).count();
    new[..new.len() - same_at_end].iter().chain(&old[..old.len() - same_at_end])
}
