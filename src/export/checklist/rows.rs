//! The rows in which the status is written down, one every half hour or as the policy says.

use super::Night;
use crate::model::Minutes;

/// More rows than this fill pages; windows that go on for days get the first ones.
const MOST_ROWS: usize = 96;

/// A moment at which the status is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusRow {
    /// "00:30"
    pub clock: String,
    /// "Sun 21 Mar" in the first row of a new day.
    pub day: Option<String>,
    /// "roll back by 00:42" in the last row before it.
    pub rollback: Option<String>,
}

/// The rows from the first interval after the start to the end, and what is to be said about them.
pub fn of(night: &Night<'_>, every: Minutes) -> (Vec<StatusRow>, Option<String>) {
    let (start, end) = (night.occurrence.start_at, night.occurrence.end_at);
    if every.is_zero() {
        return (Vec::new(), None);
    }
    let step = every.signed().max(1);
    let mut times: Vec<_> =
        (1..=MOST_ROWS as i32).map(|n| start.plus(step.saturating_mul(n))).take_while(|at| *at <= end).collect();
    let is_cut = times.len() == MOST_ROWS && times.last().is_some_and(|last| *last < end);
    if !is_cut && times.last() != Some(&end) {
        times.push(end);
    }
    let deadline = night.window.rollback_deadline_at(night.occurrence).filter(|at| *at >= start);
    // Where it comes before the first row, the first row is the next best place.
    let place = deadline.map(|deadline| times.partition_point(|at| *at <= deadline).saturating_sub(1));
    let mut before = start;
    let rows = times.iter().enumerate().map(|(index, at)| {
        let is_new_day = night.window.local(*at).date() != night.window.local(before).date();
        before = *at;
        let rollback = deadline.filter(|_| place == Some(index)).map(|at| format!("roll back by {}", night.clock(at)));
        StatusRow { clock: night.clock(*at), day: is_new_day.then(|| night.day(*at)), rollback }
    });
    let remark = is_cut.then(|| format!("The first {MOST_ROWS} of the status rows; go on with a sheet of your own."));
    (rows.collect(), remark)
}
