//! The list of who works when.

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, Span, json_rows};
use crate::export::file::Output;
use crate::export::iso_times::{IsoInstant, IsoLocalTime};
use crate::export::text::one_line;
use crate::schedule::rota::{Shift, Shortage, duty_in_words};
use crate::schedule::{Rota, Schedule};
use crate::wording::{counted, end_of_hours, moment};

pub const OUTPUT: Output =
    Output { id: "rota", name: "Rota", help: "Who works in which window, and who tests afterwards" };

/// A shift, or people that a team is short of. The names of the fields are columns and keys that others read: they stay
/// the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShiftRow {
    /// Id; none if a team could not fill the booking.
    pub person: Option<String>,
    pub name: String,
    /// Id of the team whose turn it was, or which is short of people.
    pub team: Option<String>,
    /// "work", "testing" or "watch".
    pub duty: &'static str,
    /// Id.
    pub window: String,
    pub window_name: String,
    pub original_on: NaiveDate,
    pub start_at: IsoInstant,
    pub end_at: IsoInstant,
    /// On the plan's clock, as the next one.
    pub local_start: IsoLocalTime,
    pub local_end: IsoLocalTime,
    /// How many people are missing; 0 for a shift.
    pub missing: u32,
}

const COLUMNS: [Column<ShiftRow>; 12] = [
    Column("person", |row| Cell::from(&row.person)),
    Column("name", |row| (&row.name).into()),
    Column("team", |row| Cell::from(&row.team)),
    Column("duty", |row| row.duty.into()),
    Column("window", |row| (&row.window).into()),
    Column("window_name", |row| (&row.window_name).into()),
    Column("original_on", |row| row.original_on.into()),
    Column("start_at", |row| row.start_at.into()),
    Column("end_at", |row| row.end_at.into()),
    Column("local_start", |row| row.local_start.into()),
    Column("local_end", |row| row.local_end.into()),
    Column("missing", |row| row.missing.into()),
];

/// The shifts and shortages that start in a span of the plan's clock, sorted by start.
pub struct ShiftList<'a> {
    pub schedule: &'a Schedule,
    pub span: Span,
}

impl ShiftList<'_> {
    /// A row for each shift and each shortage.
    pub fn rows(&self) -> Vec<ShiftRow> {
        let rota = &*self.schedule.rota;
        let shifts = rota.shifts().iter().map(|shift| shift_row(rota, shift));
        let shortages = rota.shortages().iter().map(|shortage| shortage_row(rota, shortage));
        let is_in_span = |row: &ShiftRow| self.span.contains(row.local_start.0.date());
        let mut rows: Vec<ShiftRow> = shifts.chain(shortages).filter(is_in_span).collect();
        // The sort keeps the rota's order among equal starts.
        rows.sort_by_key(|row| row.start_at);
        rows
    }

    fn line(&self, row: &ShiftRow) -> [String; 6] {
        let team_name = |id: &String| {
            let known = self.schedule.plan.teams().get(&id.as_str().into());
            known.map_or_else(|| id.clone(), |team| one_line(&team.name))
        };
        [
            moment(row.local_start.0),
            end_of_hours(row.local_start.0, row.local_end.0),
            if row.person.is_some() { one_line(&row.name) } else { format!("{} missing", row.missing) },
            row.duty.to_owned(),
            one_line(&row.window_name),
            row.team.as_ref().map_or_else(String::new, team_name),
        ]
    }
}

impl Listing for ShiftList<'_> {
    fn page(&self) -> Page {
        let rows = self.rows();
        let shifts = rows.iter().filter(|row| row.person.is_some()).count();
        let unfilled = match rows.len() - shifts {
            0 => String::new(),
            unfilled => format!(", {} not filled", counted(unfilled, "booking")),
        };
        let closing = format!("{}{unfilled}", counted(shifts, "shift"));
        let lines = rows.iter().map(|row| self.line(row)).collect();
        Page::new(["Start", "End", "Who", "Duty", "Window", "Team"], lines, closing)
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    fn table(&self) -> Table {
        Table::new(&COLUMNS, &self.rows())
    }
}

fn shift_row(rota: &Rota, shift: &Shift) -> ShiftRow {
    let (person, window) = (rota.person(shift), rota.window(shift));
    ShiftRow {
        person: Some(person.id.to_string()),
        name: person.name.clone(),
        team: rota.team(shift).map(|team| team.id.to_string()),
        duty: duty_in_words(shift.duty),
        window: window.id.to_string(),
        window_name: window.name.clone(),
        original_on: shift.on(),
        start_at: IsoInstant(shift.from),
        end_at: IsoInstant(shift.to),
        local_start: IsoLocalTime(rota.local(shift.from)),
        local_end: IsoLocalTime(rota.local(shift.to)),
        missing: 0,
    }
}

fn shortage_row(rota: &Rota, shortage: &Shortage) -> ShiftRow {
    let (team, window) = (rota.shortage_team(shortage), rota.shortage_window(shortage));
    ShiftRow {
        person: None,
        name: String::new(),
        team: Some(team.id.to_string()),
        duty: duty_in_words(shortage.duty),
        window: window.id.to_string(),
        window_name: window.name.clone(),
        original_on: shortage.on(),
        start_at: IsoInstant(shortage.from),
        end_at: IsoInstant(shortage.to),
        local_start: IsoLocalTime(rota.local(shortage.from)),
        local_end: IsoLocalTime(rota.local(shortage.to)),
        missing: shortage.missing,
    }
}
