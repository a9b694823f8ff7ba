//! Changes that a later table moves to another date: the ticket says that it is the same change.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::date_row::DateRow;
use super::known_nights::{Night, Times, nights, times, usual};
use crate::model::{MaintenanceWindow, OccurrenceChange, Plan};

/// A date of a window that moves.
#[derive(Clone, Debug)]
pub(super) struct Move {
    pub from: NaiveDate,
    pub to: NaiveDate,
    original_on: NaiveDate,
    before: Times,
    after: Times,
}

/// The moves of windows, by ticket: the plan has one date that the table lacks, and the table one that the plan lacks.
pub(super) fn moves<'a>(
    rows: &'a [DateRow],
    by_ticket: &HashMap<&str, Vec<&MaintenanceWindow>>,
    plan: &Plan,
) -> HashMap<&'a str, Move> {
    let mut listed: HashMap<&str, Vec<&DateRow>> = HashMap::new();
    for row in rows.iter().filter(|row| by_ticket.contains_key(row.settings.ticket.as_str())) {
        listed.entry(&row.settings.ticket).or_default().push(row);
    }
    listed.remove("");
    let moved = |(ticket, rows): (&'a str, Vec<&DateRow>)| match &**by_ticket.get(ticket)? {
        [window] => Some((ticket, only_move(window, &rows, plan)?)),
        _ => None,
    };
    listed.into_iter().filter_map(moved).collect()
}

fn only_move(window: &MaintenanceWindow, rows: &[&DateRow], plan: &Plan) -> Option<Move> {
    let dates: BTreeSet<NaiveDate> = rows.iter().map(|row| row.on).collect();
    let planned = nights(window, plan, whole_span(&dates, plan)?);
    let gone: Vec<(NaiveDate, &Night)> = planned
        .iter()
        .filter(|(on, night)| !night.is_off && !dates.contains(*on))
        .map(|(on, night)| (*on, night))
        .collect();
    let new: Vec<&DateRow> = rows.iter().copied().filter(|row| !planned.contains_key(&row.on)).collect();
    let ([(from, night)], [row]) = (&*gone, &*new) else { return None };
    let after = times(&row.settings, plan);
    let original_on = night.original_on;
    let before = usual(window, original_on, plan);
    (before.zone == after.zone).then_some(Move { from: *from, to: row.on, original_on, before, after })
}

/// From the first to the last date of the plan and of the table.
pub(super) fn whole_span(dates: &BTreeSet<NaiveDate>, plan: &Plan) -> Option<(NaiveDate, NaiveDate)> {
    let horizon = plan.horizon();
    Some((horizon.from.min(*dates.first()?), horizon.last().max(*dates.last()?)))
}

impl Move {
    /// Moves the occurrence. It keeps its original date, so owners get an update.
    pub fn apply(&self, window: &mut MaintenanceWindow) {
        let start = Some(self.after.start).filter(|start| *start != self.before.start);
        let duration = Some(self.after.duration).filter(|duration| *duration != self.before.duration);
        window.set_exception(self.original_on, OccurrenceChange::Moved { to: self.to, start, duration });
    }
}
