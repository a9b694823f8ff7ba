//! The rows in which the status is written down, one every half hour or as often as the policy says.

use super::night::ChecklistContext;
use super::written::name;
use crate::export::paper::{Status, StatusRow};
use crate::export::translation::Word;
use crate::model::{Minutes, StatusUpdate, UtcMinute};
use crate::schedule::Occurrence;

/// More rows than this would fill pages; windows that last for days get the first ones only.
const MOST_ROWS: usize = 96;

/// When status updates are due: once per interval after the start, and at the end. Also whether there are more than rows.
fn times(occurrence: &Occurrence, every: Minutes) -> (Vec<UtcMinute>, bool) {
    let (start, end) = (occurrence.start_at, occurrence.end_at);
    if every.is_zero() {
        return (Vec::new(), false);
    }
    let step = every.signed().max(1);
    let mut times: Vec<_> =
        (1..=MOST_ROWS as i32).map(|n| start.plus(step.saturating_mul(n))).take_while(|at| *at <= end).collect();
    times.dedup();
    let is_cut = times.len() == MOST_ROWS && times.last().is_some_and(|last| *last < end);
    if !is_cut && times.last() != Some(&end) {
        times.push(end);
    }
    (times, is_cut)
}

/// The rows, including those that were filled in; none if no status updates are due.
pub fn status(night: &ChecklistContext<'_>) -> Option<Status> {
    let words = &night.words;
    let (mut times, is_cut) = times(night.occurrence, night.schedule.plan.policy().status_every);
    let told = night.record.map_or(&[][..], |record| &record.status_updates);
    times.extend(told.iter().map(|told| told.due_at));
    times.sort_unstable();
    times.dedup();
    let start = night.occurrence.start_at;
    let deadline = night.window.rollback_deadline_at(night.occurrence).filter(|at| *at >= start);
    // If it comes before the first row, the first row is the next best.
    let rollback_index = deadline.map(|deadline| times.partition_point(|at| *at <= deadline).saturating_sub(1));
    let mut before = start;
    let row = |(index, at): (usize, &UtcMinute)| {
        let is_new_day = !night.is_same_day(*at, before);
        before = *at;
        let rollback = deadline.filter(|_| rollback_index == Some(index));
        let said: Vec<&StatusUpdate> = told.iter().filter(|told| told.due_at == *at).collect();
        StatusRow {
            clock: night.clock(*at),
            day: is_new_day.then(|| night.day(*at)),
            rollback: rollback.map(|at| night.with_time(Word::RollBackByHere, at)),
            told: said.iter().map(|told| name(&told.text)).collect::<Vec<_>>().join("; "),
            by: said.iter().map(|told| by(night, told)).collect::<Vec<_>>().join("; "),
        }
    };
    let rows: Vec<StatusRow> = times.iter().enumerate().map(row).collect();
    let remark = is_cut.then(|| words.fill(Word::RowsCut, &[("count", &MOST_ROWS.to_string())]));
    let heads = [Word::Time, Word::Status, Word::Who].map(|head| words.say(head));
    (!rows.is_empty()).then_some(Status { heads, rows, remark })
}

/// "Ann Bell, 00:31"
fn by(night: &ChecklistContext<'_>, told: &StatusUpdate) -> String {
    let (who, clock) = (name(&told.by), night.clock_beside(told.at, told.due_at));
    if who.is_empty() { clock } else { format!("{who}, {clock}") }
}
