//! Who works when, as a list: for people (text), spreadsheets (CSV) and machines (JSON).

use chrono::NaiveDate;
use serde::Serialize;

use super::list::Span;
use super::text::one_line;
use crate::model::UtcMinute;
use crate::schedule::rota::{Shift, Shortage, duty_in_words};
use crate::schedule::{Rota, Schedule};
use crate::wording::{counted, iso, moment};

/// One shift, or one person that is missing. The fields' names are the columns and keys that others read: they stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShiftRow {
    /// Id; none where a team could not fill the booking.
    pub person: Option<String>,
    pub name: String,
    /// Id of the team whose turn it was, or which is short.
    pub team: Option<String>,
    /// "work" or "testing".
    pub duty: &'static str,
    /// Id.
    pub window: String,
    pub window_name: String,
    pub original_on: NaiveDate,
    /// "2027-03-13T22:00:00Z"
    pub start_at: String,
    pub end_at: String,
    /// "2027-03-13T22:00", on the plan's clock.
    pub local_start: String,
    pub local_end: String,
    /// How many people are missing; 0 where somebody is there.
    pub missing: u32,
}

/// The rows that start in that span of the plan's clock: shifts and what is missing, sorted by start.
pub fn rows(schedule: &Schedule, span: Span) -> Vec<ShiftRow> {
    in_span(schedule, span).into_iter().map(|(_, row)| row).collect()
}

/// The same with their starts.
fn in_span(schedule: &Schedule, span: Span) -> Vec<(UtcMinute, ShiftRow)> {
    let rota = &*schedule.rota;
    let shifts = rota.shifts().iter().map(|shift| (shift.from, of_shift(rota, shift)));
    let missing = rota.shortages().iter().map(|shortage| (shortage.from, of_shortage(rota, shortage)));
    let mut rows: Vec<(UtcMinute, ShiftRow)> =
        shifts.chain(missing).filter(|(from, _)| span.contains(rota.local(*from).date())).collect();
    // The sort keeps the rota's order among equal starts.
    rows.sort_by_key(|(from, _)| *from);
    rows
}

fn of_shift(rota: &Rota, shift: &Shift) -> ShiftRow {
    let (person, window) = (rota.person(shift), rota.window(shift));
    ShiftRow {
        person: Some(person.id.to_string()),
        name: person.name.clone(),
        team: rota.team(shift).map(|team| team.id.to_string()),
        duty: duty_in_words(shift.duty),
        window: window.id.to_string(),
        window_name: window.name.clone(),
        original_on: shift.on(),
        start_at: iso::utc_second(shift.from),
        end_at: iso::utc_second(shift.to),
        local_start: iso::local_minute(rota.local(shift.from)),
        local_end: iso::local_minute(rota.local(shift.to)),
        missing: 0,
    }
}

fn of_shortage(rota: &Rota, shortage: &Shortage) -> ShiftRow {
    let (team, window) = (rota.team_short(shortage), rota.window_short(shortage));
    ShiftRow {
        person: None,
        name: String::new(),
        team: Some(team.id.to_string()),
        duty: duty_in_words(shortage.duty),
        window: window.id.to_string(),
        window_name: window.name.clone(),
        original_on: shortage.on(),
        start_at: iso::utc_second(shortage.from),
        end_at: iso::utc_second(shortage.to),
        local_start: iso::local_minute(rota.local(shortage.from)),
        local_end: iso::local_minute(rota.local(shortage.to)),
        missing: shortage.missing,
    }
}

/// A JSON array of [`ShiftRow`]s.
pub fn json(schedule: &Schedule, span: Span) -> String {
    super::json(&rows(schedule, span))
}

/// CSV with a line of column names.
pub fn csv(schedule: &Schedule, span: Span) -> String {
    let columns = [
        "person",
        "name",
        "team",
        "duty",
        "window",
        "window_name",
        "original_on",
        "start_at",
        "end_at",
        "local_start",
        "local_end",
        "missing",
    ];
    let cells = |row: ShiftRow| {
        [
            row.person.unwrap_or_default(),
            row.name,
            row.team.unwrap_or_default(),
            row.duty.to_owned(),
            row.window,
            row.window_name,
            row.original_on.to_string(),
            row.start_at,
            row.end_at,
            row.local_start,
            row.local_end,
            row.missing.to_string(),
        ]
    };
    super::csv(columns, rows(schedule, span).into_iter().map(cells))
}

/// Aligned columns, and how many shifts there are.
pub fn text(schedule: &Schedule, span: Span) -> String {
    let rows = in_span(schedule, span);
    let team_name = |id: &String| {
        let known = schedule.plan.teams().get(&id.as_str().into());
        known.map_or_else(|| id.clone(), |team| one_line(&team.name))
    };
    let mut lines = vec![["Start", "End", "Who", "Duty", "Window", "Team"].map(str::to_owned)];
    lines.extend(rows.iter().map(|(from, row)| {
        let who = if row.person.is_some() { one_line(&row.name) } else { format!("{} missing", row.missing) };
        [
            moment(schedule.rota.local(*from)),
            row.local_end.get(11..).unwrap_or_default().to_owned(),
            who,
            row.duty.to_owned(),
            one_line(&row.window_name),
            row.team.as_ref().map_or_else(String::new, team_name),
        ]
    }));
    let shifts = rows.iter().filter(|(_, row)| row.person.is_some()).count();
    let open = match rows.len() - shifts {
        0 => String::new(),
        open => format!(", {} not filled", counted(open, "booking")),
    };
    let count = format!("{}{open}\n", counted(shifts, "shift"));
    if rows.is_empty() { count } else { format!("{}\n{count}", super::aligned(&lines)) }
}
