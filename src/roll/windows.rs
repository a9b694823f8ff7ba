//! A window as the plan of a later year has it.

use chrono::{NaiveDate, Weekday};

use super::dates::Step;
use crate::model::{DatedChange, MaintenanceWindow, Plan, Rule};
use crate::schedule::{Expansion, Occurrence};

/// The window without what belongs to the earlier year alone. Its rule stays, and with it `first`, so that "every second
/// Sunday" keeps its beat. Dated changes that began before the later year become the window's own times.
pub(super) fn rolled_window(plan: &Plan, window: &MaintenanceWindow, step: Step) -> MaintenanceWindow {
    let mut rolled = MaintenanceWindow {
        exceptions: Vec::new(),
        bookings: window.bookings.iter().filter(|booking| booking.on.is_none()).cloned().collect(),
        change_ticket: String::new(),
        sequence: 0,
        imported: None,
        ..window.clone()
    };
    if matches!(rolled.rule, Rule::Foreign(_)) && rolled.first.is_none() {
        // A foreign rule counts from the first day of the plan if the window has no first date.
        rolled.first = Some(step.old.from);
    }
    fold_changes(&mut rolled, plan, step.new.from);
    rolled
}

/// Makes the times that hold on from `from` on those of the window itself. A shift that the rule cannot express stays a dated
/// change.
fn fold_changes(window: &mut MaintenanceWindow, plan: &Plan, from: NaiveDate) {
    let in_force = window.usual_times(from);
    let (past, coming): (Vec<DatedChange>, Vec<DatedChange>) =
        window.changes.iter().cloned().partition(|change| change.from <= from);
    let Some(first) = past.first().map(|change| change.from) else { return };
    let before = window.clone();
    window.start = in_force.start;
    window.duration = in_force.duration;
    window.changes = coming;
    if in_force.shift_days == 0 {
        return;
    }
    let shift = DatedChange { from: first, start: None, duration: None, shift_days: in_force.shift_days };
    let folded = shifted_rule(&window.rule, in_force.shift_days).map(|rule| {
        // Later changes count from the date of the rule, which is another one now.
        let moved =
            |change: &DatedChange| DatedChange { shift_days: change.shift() - in_force.shift_days, ..change.clone() };
        MaintenanceWindow { rule, changes: window.changes.iter().map(moved).collect(), ..window.clone() }
    });
    match folded.filter(|folded| starts(folded, plan, from) == starts(&before, plan, from)) {
        Some(folded) => *window = folded,
        None => window.changes.insert(0, shift),
    }
}

/// The rule whose dates are that many days later; none if no rule of its kind has them.
fn shifted_rule(rule: &Rule, days: i32) -> Option<Rule> {
    let later = |day: Weekday| (0..days.rem_euclid(7)).fold(day, |day, _| day.succ());
    match rule {
        Rule::Weekly { days: on, every } => {
            let mut on: Vec<Weekday> = on.iter().copied().map(later).collect();
            on.sort_by_key(Weekday::num_days_from_monday);
            Some(Rule::Weekly { days: on, every: *every })
        }
        Rule::Monthly { on, every, offset_days } => {
            Some(Rule::Monthly { on: *on, every: *every, offset_days: offset_days.saturating_add(days) })
        }
        Rule::AfterRelease { release, offset_days, then: None } => Some(Rule::AfterRelease {
            release: release.clone(),
            offset_days: offset_days.saturating_add(days),
            then: None,
        }),
        Rule::AfterRelease { .. } | Rule::Dates(_) | Rule::Foreign(_) => None,
    }
}

/// The starts and ends of the window's occurrences from that day on.
fn starts(window: &MaintenanceWindow, plan: &Plan, from: NaiveDate) -> Vec<(i32, i32)> {
    let expansion = Expansion::new(window, plan);
    let near = |occurrence: &&Occurrence| occurrence.on() >= from;
    expansion.occurrences.iter().filter(near).map(|each| (each.start_at.0, each.end_at.0)).collect()
}
