//! What the figures follow from, as far as an auditor asks about it: late and overdue items, incomplete work, decisions.

use super::pieces::{heading, number};
use crate::compliance::{ComplianceOptions, ComplianceReport, Item, ItemState};
use crate::export::paper::{Column, Part, Table};
use crate::export::sheet_text::{called, column, name, names, window_name};
use crate::export::text::clip_line;
use crate::model::{Advisory, Decision, LocalMinute, Plan, ResultOutcome, SystemId, SystemResult, UtcMinute, WindowId};
use crate::schedule::{Schedule, result_ended_at};
use crate::wording::{capitalised, counted, date, moment};

/// At most this many rows of each table: paper is for reading, the lists in CSV and Excel have everything.
const MOST_ROWS: usize = 1000;
/// Characters of a reason or a note.
const LONGEST_TEXT: usize = 300;

/// The items that were late or are overdue, the most overdue first.
pub fn late(schedule: &Schedule, report: &ComplianceReport<'_>) -> Vec<Part> {
    let is_late = |item: &&Item<'_>| matches!(item.state, ItemState::Late | ItemState::Open);
    let mut items: Vec<&Item<'_>> = report.items.iter().filter(is_late).collect();
    items.sort_by_key(|item| (item.state != ItemState::Open, item.deadline_at));
    let when = |at: UtcMinute| moment(schedule.zone.local(at));
    let row = |item: &&Item<'_>| {
        let done = item.done.map_or_else(String::new, |done| when(done.at));
        let overdue = item.days_overdue(report.at).map(|days| counted(days, "day"));
        let state = overdue.map_or_else(|| capitalised(item.state.name()), |days| format!("Overdue by {days}"));
        let result = item.done.and_then(|done| done.result);
        vec![
            advisory_name(item.advisory),
            item.severity.map_or_else(String::new, |severity| name(&severity.name)),
            called(&item.system.name, &item.system.id),
            item.deadline_at.map_or_else(String::new, when),
            state,
            done,
            result.map_or_else(String::new, |result| window_of(&schedule.plan, &result.key.window)),
        ]
    };
    let columns = vec![
        column("Advisory", 16),
        column("Severity", 5),
        column("System", 9),
        column("Due", 8),
        column("State", 8),
        column("Done", 8),
        column("Done by", 9),
    ];
    table("Late and overdue items", "None: everything that was due was done in time", columns, items.iter().map(row))
}

/// The results of the period that are not patched.
pub fn incomplete(schedule: &Schedule, options: &ComplianceOptions) -> Vec<Part> {
    let from = options.from.unwrap_or(schedule.plan.horizon().from);
    let from_at = schedule.zone.resolve(LocalMinute::midnight(from)).at;
    let is_told = |(ended_at, result): &(UtcMinute, &SystemResult)| {
        result.outcome() != ResultOutcome::Patched && from_at <= *ended_at && *ended_at <= options.at
    };
    let all = schedule.plan.results().iter().map(|result| (result_ended_at(schedule, result), &**result));
    let mut results: Vec<_> = all.filter(is_told).collect();
    results.sort_by_key(|(ended_at, _)| *ended_at);
    let row = |(ended_at, result): &(UtcMinute, &SystemResult)| {
        let reason = [&result.skip_reason, &result.notes].map(|text| clip_line(text, LONGEST_TEXT));
        let reason = reason.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ");
        vec![
            date(schedule.zone.local(*ended_at).date()),
            window_of(&schedule.plan, &result.key.window),
            system_name(&schedule.plan, &result.key.system),
            result.outcome().name().to_owned(),
            format!("{} of {}", result.patched, result.in_scope()),
            reason,
        ]
    };
    let columns = vec![
        column("Date", 8),
        column("Window", 10),
        column("System", 9),
        column("Outcome", 7),
        number("Hosts patched", 6),
        column("Why", 20),
    ];
    table("Work that was not complete", "None: all hosts were patched", columns, results.iter().map(row))
}

/// The decisions that had been made by the instant, and are still in force then.
pub fn decisions(schedule: &Schedule, at: UtcMinute) -> Vec<Part> {
    let on = schedule.zone.local(at.plus(-1)).date();
    let is_told = |decision: &&Decision| decision.on <= on && decision.is_in_force(on);
    let all = schedule.plan.advisories().iter();
    let all = all.flat_map(|advisory| advisory.decisions.iter().filter(is_told).map(move |each| (advisory, each)));
    let row = |(advisory, decision): (&std::sync::Arc<Advisory>, &Decision)| {
        let systems = decision.systems.iter().map(|id| system_name(&schedule.plan, id));
        vec![
            advisory_name(advisory),
            if decision.systems.is_empty() { "all".to_owned() } else { names(systems) },
            decision.verdict.name().to_owned(),
            name(&decision.by),
            date(decision.on),
            decision.until.map_or_else(String::new, date),
            clip_line(&decision.reason, LONGEST_TEXT),
        ]
    };
    let columns = vec![
        column("Advisory", 14),
        column("Systems", 8),
        column("Decision", 6),
        column("By", 8),
        column("On", 8),
        column("Until", 8),
        column("Reason", 14),
    ];
    table("Decisions in force", "None", columns, all.map(row))
}

/// A table below its heading, or a sentence if it has no rows.
fn table(title: &str, none: &str, columns: Vec<Column>, rows: impl Iterator<Item = Vec<String>>) -> Vec<Part> {
    let mut rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        return vec![heading(title), Part::Text(none.to_owned())];
    }
    let left_out = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    let mut parts = vec![heading(title), Part::Table(Table { columns, rows })];
    if left_out > 0 {
        parts.push(Part::Text(format!("{} more left out here", counted(left_out, "row"))));
    }
    parts
}

fn advisory_name(advisory: &Advisory) -> String {
    name(&format!("{} {}", advisory.number(), advisory.title))
}

fn system_name(plan: &Plan, id: &SystemId) -> String {
    plan.systems().get(id).map_or_else(|| name(id.as_str()), |system| called(&system.name, &system.id))
}

fn window_of(plan: &Plan, id: &WindowId) -> String {
    plan.windows().get(id).map_or_else(|| name(id.as_str()), |window| window_name(window))
}
