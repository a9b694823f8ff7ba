//! Advisories with their dates, what carries them and what was decided: for people, spreadsheets and auditors.

use chrono::NaiveDate;
use serde::Serialize;

use super::text::one_line;
use crate::checks::Context;
use crate::model::{Advisory, Decision};
use crate::schedule::{AdvisoryState, Rollout, SystemRollout};
use crate::wording::{counted, date};

/// One advisory. The fields' names are the columns and keys that others read: they stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AdvisoryRow {
    pub id: String,
    pub title: String,
    /// By its CVSS score and the policy.
    pub severity: Option<String>,
    /// "9.8"
    pub cvss: Option<String>,
    pub published: NaiveDate,
    pub exploited: bool,
    /// "internal" or "internet".
    pub exposure: &'static str,
    /// The last day on which it is in time.
    pub due_on: Option<NaiveDate>,
    /// "overdue", "without window", "open", "in" or "settled".
    pub standing: &'static str,
    /// Ids of the affected systems, each with what carries the advisory to it.
    pub systems: Vec<System>,
    /// The local date on which it will be in everywhere, as planned.
    pub planned_on: Option<NaiveDate>,
    /// When it was in everywhere.
    pub in_on: Option<NaiveDate>,
    /// In the order in which they were made; the last one holds.
    pub decisions: Vec<DecisionRow>,
}

/// One affected system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct System {
    pub system: String,
    /// Id of the window that carries the advisory, and the original date of the occurrence.
    pub window: Option<String>,
    pub on: Option<NaiveDate>,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionRow {
    pub decision: &'static str,
    pub by: String,
    pub on: NaiveDate,
    pub reason: String,
}

/// One row an advisory: those that must still go in first, by their dates.
pub fn rows(cx: &Context<'_>) -> Vec<AdvisoryRow> {
    let mut carriages: Vec<(AdvisoryState, Rollout<'_>)> = cx.carriages().collect();
    // The table comes in the order of ids, and the sort keeps that order among equals.
    carriages.sort_by_key(|(standing, each)| (!standing.is_open(), each.due_at.is_none(), each.due_at));
    carriages.iter().map(|(standing, carriage)| row(cx, *standing, carriage)).collect()
}

fn row(cx: &Context<'_>, standing: AdvisoryState, carriage: &Rollout<'_>) -> AdvisoryRow {
    let advisory: &Advisory = carriage.advisory;
    let planned = || carriage.last().map(|(window, occurrence)| window.local(occurrence.end_at).date());
    AdvisoryRow {
        id: advisory.id.to_string(),
        title: advisory.title.clone(),
        severity: carriage.severity.map(|severity| severity.name.clone()),
        cvss: advisory.cvss_tenths.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10)),
        published: advisory.published_on,
        exploited: advisory.is_exploited,
        exposure: advisory.exposure.name(),
        due_on: carriage.due_on(&cx.schedule.zone),
        standing: standing.name(),
        systems: carriage.systems.iter().map(|carried| system(carried, standing)).collect(),
        planned_on: standing.is_open().then(planned).flatten(),
        in_on: advisory.in_on,
        decisions: advisory.decisions.iter().map(decision).collect(),
    }
}

/// What is in or need not go in is carried by nothing any more.
fn system(carried: &SystemRollout<'_>, standing: AdvisoryState) -> System {
    let by = carried.by.filter(|_| standing.is_open());
    System {
        system: carried.system.id.to_string(),
        window: by.map(|(window, _)| window.id().to_string()),
        on: by.map(|(_, occurrence)| occurrence.original_on()),
    }
}

fn decision(decision: &Decision) -> DecisionRow {
    let Decision { verdict, by, on, reason } = decision;
    DecisionRow { decision: verdict.name(), by: by.clone(), on: *on, reason: reason.clone() }
}

/// A JSON array of [`AdvisoryRow`]s.
pub fn json(cx: &Context<'_>) -> String {
    super::json(&rows(cx))
}

/// CSV with a line of column names. The first six columns are those that an import reads; of the decisions the last
/// one stands in columns, all of them in the last.
pub fn csv(cx: &Context<'_>) -> String {
    let columns = [
        "id",
        "title",
        "cvss",
        "published",
        "exploited",
        "systems",
        "severity",
        "exposure",
        "due_on",
        "standing",
        "planned_on",
        "carried_by",
        "in_on",
        "decision",
        "decided_by",
        "decided_on",
        "reason",
        "decisions",
    ];
    super::csv(columns, rows(cx).into_iter().map(cells))
}

fn cells(row: AdvisoryRow) -> [String; 18] {
    let day = |on: Option<NaiveDate>| on.map_or_else(String::new, |on| on.to_string());
    let joined = |parts: Vec<String>| parts.join("; ");
    let carried_by = row.systems.iter().filter_map(|each| Some(format!("{} {}", each.window.as_ref()?, each.on?)));
    let mut carried_by: Vec<String> = carried_by.collect();
    carried_by.sort();
    carried_by.dedup();
    let history =
        row.decisions.iter().map(|each| format!("{} {} {}: {}", each.on, each.decision, each.by, each.reason));
    let history = joined(history.collect());
    let last = row.decisions.last().cloned();
    let last = |part: fn(DecisionRow) -> String| last.clone().map(part).unwrap_or_default();
    [
        row.id,
        row.title,
        row.cvss.unwrap_or_default(),
        row.published.to_string(),
        if row.exploited { "yes" } else { "no" }.to_owned(),
        joined(row.systems.iter().map(|each| each.system.clone()).collect()),
        row.severity.unwrap_or_default(),
        row.exposure.to_owned(),
        day(row.due_on),
        row.standing.to_owned(),
        day(row.planned_on),
        joined(carried_by),
        day(row.in_on),
        last(|last| last.decision.to_owned()),
        last(|last| last.by),
        last(|last| last.on.to_string()),
        last(|last| last.reason),
        history,
    ]
}

/// Aligned columns, and how many there are.
pub fn text(cx: &Context<'_>) -> String {
    let rows = rows(cx);
    let day = |on: Option<NaiveDate>| on.map_or_else(String::new, date);
    let mut lines = vec![["Due", "AdvisoryState", "Severity", "Advisory", "In on", "Decision"].map(str::to_owned)];
    lines.extend(rows.iter().map(|row| {
        let score = row.cvss.iter().cloned();
        let decision = row.decisions.last();
        [
            day(row.due_on),
            row.standing.to_owned(),
            row.severity.iter().map(|name| one_line(name)).chain(score).collect::<Vec<_>>().join(" "),
            one_line(&format!("{} {}", row.id, row.title)),
            day(row.in_on.or(row.planned_on)),
            decision.map_or_else(String::new, |last| one_line(&format!("{}, {}, {}", last.decision, last.by, last.on))),
        ]
    }));
    let open = rows.iter().filter(|row| row.standing == AdvisoryState::Overdue.name()).count();
    let noun = counted(rows.len(), "advisory");
    let count = if open == 0 { format!("{noun}\n") } else { format!("{noun}, {open} of them overdue\n") };
    if rows.is_empty() { count } else { format!("{}\n{count}", super::aligned(&lines)) }
}
