//! All occurrences as a list: for people (text), spreadsheets (CSV) and machines (JSON).

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use super::occurrence_uid;
use super::text::one_line;
use crate::schedule::{Occurrence, Schedule, WindowSchedule};
use crate::wording::{counted, iso, moment, signed_duration, time};

/// One occurrence. The fields' names are the columns and keys that others read: they stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedOccurrence {
    /// As in the calendar.
    pub uid: String,
    /// The window's id.
    pub window: String,
    pub name: String,
    /// Ids.
    pub groups: Vec<String>,
    pub kind: &'static str,
    pub original_on: NaiveDate,
    /// "2027-03-13T22:00:00Z"
    pub start_at: String,
    pub end_at: String,
    /// IANA name.
    pub zone: String,
    /// "2027-03-13T22:00", on the clock in `zone`.
    pub local_start: String,
    /// "planned", "moved", "added" or "skipped".
    pub status: &'static str,
    /// None where the work is not estimated, as in the next two.
    pub need_minutes: Option<u32>,
    /// Negative where it does not fit.
    pub margin_minutes: Option<i32>,
    pub rollback_deadline_at: Option<String>,
}

/// Local start dates, both ends included; no limit where there is none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Span {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Span {
    pub(super) fn contains(self, on: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to.is_none_or(|to| on <= to)
    }
}

/// The occurrences of that span, skipped ones too, sorted by start.
fn in_span(schedule: &Schedule, span: Span) -> Vec<(&Arc<WindowSchedule>, &Occurrence)> {
    let mut all = schedule.in_order(true);
    all.retain(|(_, occurrence)| span.contains(occurrence.on()));
    all
}

/// One row an occurrence, sorted by start.
pub fn rows(schedule: &Schedule, span: Span) -> Vec<ListedOccurrence> {
    in_span(schedule, span).into_iter().map(|(window, occurrence)| row(schedule, window, occurrence)).collect()
}

fn row(schedule: &Schedule, window: &WindowSchedule, occurrence: &Occurrence) -> ListedOccurrence {
    let fit = window.fit(occurrence).ok();
    ListedOccurrence {
        uid: occurrence_uid(schedule.plan.id(), window.id(), occurrence.original_on()),
        window: window.id().to_string(),
        name: window.window.name.clone(),
        groups: window.window.groups.iter().map(ToString::to_string).collect(),
        kind: window.window.kind.name(),
        original_on: occurrence.original_on(),
        start_at: iso::utc_second(occurrence.start_at),
        end_at: iso::utc_second(occurrence.end_at),
        zone: window.expansion.zone.name().to_owned(),
        local_start: iso::local_minute(window.local(occurrence.start_at)),
        status: occurrence.origin.name(),
        need_minutes: fit.map(|fit| fit.need().0),
        margin_minutes: fit.map(|fit| fit.margin()),
        rollback_deadline_at: window.rollback_deadline_at(occurrence).map(iso::utc_second),
    }
}

/// A JSON array of [`ListedOccurrence`]s.
pub fn json(schedule: &Schedule, span: Span) -> String {
    super::json(&rows(schedule, span))
}

/// CSV with a line of column names; several groups are separated by spaces.
pub fn csv(schedule: &Schedule, span: Span) -> String {
    let columns = [
        "uid",
        "window",
        "name",
        "groups",
        "kind",
        "original_on",
        "start_at",
        "end_at",
        "zone",
        "local_start",
        "status",
        "need_minutes",
        "margin_minutes",
        "rollback_deadline_at",
    ];
    let cells = |row: ListedOccurrence| {
        let ListedOccurrence { need_minutes, margin_minutes, rollback_deadline_at, .. } = row;
        [
            row.uid,
            row.window,
            row.name,
            row.groups.join(" "),
            row.kind.to_owned(),
            row.original_on.to_string(),
            row.start_at,
            row.end_at,
            row.zone,
            row.local_start,
            row.status.to_owned(),
            need_minutes.map_or_else(String::new, |minutes| minutes.to_string()),
            margin_minutes.map_or_else(String::new, |minutes| minutes.to_string()),
            rollback_deadline_at.unwrap_or_default(),
        ]
    };
    super::csv(columns, rows(schedule, span).into_iter().map(cells))
}

/// Aligned columns, and how many there are.
pub fn text(schedule: &Schedule, span: Span) -> String {
    let all = in_span(schedule, span);
    let mut lines =
        vec![["Start", "End", "Zone", "Window", "Groups", "Status", "Roll back by", "Margin"].map(str::to_owned)];
    lines.extend(all.iter().map(|(window, occurrence)| {
        let clock = |at| time(window.local(at).time());
        let groups = window
            .window
            .groups
            .iter()
            .map(|id| schedule.plan.group(id).map_or_else(|| id.to_string(), |(_, group)| one_line(&group.name)));
        [
            moment(window.local(occurrence.start_at)),
            clock(occurrence.end_at),
            window.expansion.zone.abbreviation(occurrence.start_at).to_owned(),
            one_line(&window.window.name),
            groups.collect::<Vec<_>>().join(", "),
            occurrence.origin.name().to_owned(),
            window.rollback_deadline_at(occurrence).map_or_else(|| "not estimated".to_owned(), clock),
            window.fit(occurrence).map_or_else(|_| String::new(), |fit| signed_duration(fit.margin())),
        ]
    }));
    let skipped = all.iter().filter(|(_, occurrence)| occurrence.origin == crate::schedule::Origin::Skipped).count();
    let skipped = if skipped == 0 { String::new() } else { format!(", {skipped} of them skipped") };
    let count = format!("{}{skipped}\n", counted(all.len(), "occurrence"));
    if all.is_empty() { count } else { format!("{}\n{count}", super::aligned(&lines)) }
}
