//! Maintenance windows as rows: when they take place, and what for.

use super::record_kind::RecordKind;
use super::record_list::RecordColumn;
use crate::model::{MaintenanceWindow, Plan, Rule, WindowKind};
use crate::schedule::{Expansion, Occurrence};
use crate::wording::{capitalised, date, list, time};

/// How many groups and systems are named.
const MOST_NAMES: usize = 4;

pub(super) const WINDOWS: RecordKind<MaintenanceWindow> = RecordKind {
    noun: "window",
    columns: &[
        RecordColumn::new("Window", &["name"]),
        RecordColumn::new("First date", &["first", "rule"]),
        RecordColumn::number("Dates", &["last", "exceptions"]),
        RecordColumn::new("Start", &["start"]),
        RecordColumn::new("Duration", &["duration"]),
        RecordColumn::new("Time zone", &["zone"]),
        RecordColumn::new("Recurrence", &["rule"]),
        RecordColumn::new("For", &["groups", "systems"]),
        RecordColumn::new("Type", &["kind"]),
        RecordColumn::new("Ticket", &["change_ticket"]),
    ],
    cells,
};

fn cells(window: &MaintenanceWindow, plan: &Plan) -> Vec<String> {
    let (first, dates) = first_and_count(window, plan);
    let recurrence = match &window.rule {
        Rule::Dates(_) => "Single dates".to_owned(),
        _ => capitalised(&plan.rule_in_words(window)),
    };
    let kind = if window.kind == WindowKind::default() { "" } else { window.kind.name() };
    vec![
        window.name.clone(),
        first,
        dates.to_string(),
        time(window.start),
        window.duration.to_string(),
        plan.window_zone(window).to_owned(),
        recurrence,
        scope(window, plan),
        capitalised(kind),
        window.change_ticket.clone(),
    ]
}

/// The first date and the number of dates. Those in a list count even outside the plan's months.
fn first_and_count(window: &MaintenanceWindow, plan: &Plan) -> (String, usize) {
    if let Rule::Dates(listed) = &window.rule
        && window.exceptions.is_empty()
        && window.changes.is_empty()
    {
        let first = listed.iter().map(|listed| listed.on).min();
        return (first.map_or_else(String::new, date), listed.len());
    }
    let expansion = Expansion::new(window, plan);
    let first = expansion.occurrences.first().map(Occurrence::on);
    (first.map_or_else(|| "None in the plan's months".to_owned(), date), expansion.occurrences.len())
}

/// "Servers pilot, Core DB"
fn scope(window: &MaintenanceWindow, plan: &Plan) -> String {
    let group = |id| plan.group(id).map_or_else(|| ToString::to_string(id), |(_, group)| group.name.clone());
    let groups = window.groups.iter().map(group);
    let systems = window.systems.iter().map(|id| plan.systems().name_of(id));
    list(groups.chain(systems), MOST_NAMES)
}
