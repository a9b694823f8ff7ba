//! The list of occurrences.

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, Span, json_rows};
use crate::export::file::Output;
use crate::export::iso_times::{IsoInstant, IsoLocalTime};
use crate::export::text::one_line;
use crate::model::occurrence_uid;
use crate::schedule::{Occurrence, Origin, Schedule, WindowOccurrence, WindowSchedule};
use crate::wording::{counted, end_of_hours, moment, signed_duration, time, time_with_zone};

pub const OUTPUT: Output = Output {
    id: "occurrences",
    name: "List of occurrences",
    help: "Every occurrence with its times, its status and how well its work fits",
};

/// An occurrence. The names of the fields are columns and keys that others read: they stay the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OccurrenceRow {
    /// As in the calendar.
    pub uid: String,
    /// The window's id.
    pub window: String,
    pub name: String,
    /// Their ids; in a table separated by spaces.
    pub groups: Vec<String>,
    pub kind: &'static str,
    pub original_on: NaiveDate,
    pub start_at: IsoInstant,
    pub end_at: IsoInstant,
    /// IANA name, or the id of one of the plan's own zones.
    pub zone: String,
    /// On the clock in `zone`.
    pub local_start: IsoLocalTime,
    /// "planned", "moved", "added" or "skipped".
    pub status: &'static str,
    /// None if the work is not estimated or the occurrence is skipped, as in the next two.
    pub need_minutes: Option<u32>,
    /// Negative if the work does not fit.
    pub margin_minutes: Option<i32>,
    pub rollback_deadline_at: Option<IsoInstant>,
}

const COLUMNS: [Column<OccurrenceRow>; 14] = [
    Column("uid", |row| (&row.uid).into()),
    Column("window", |row| (&row.window).into()),
    Column("name", |row| (&row.name).into()),
    Column("groups", |row| row.groups.join(" ").into()),
    Column("kind", |row| row.kind.into()),
    Column("original_on", |row| row.original_on.into()),
    Column("start_at", |row| row.start_at.into()),
    Column("end_at", |row| row.end_at.into()),
    Column("zone", |row| (&row.zone).into()),
    Column("local_start", |row| row.local_start.into()),
    Column("status", |row| row.status.into()),
    Column("need_minutes", |row| Cell::from(&row.need_minutes)),
    Column("margin_minutes", |row| Cell::from(&row.margin_minutes)),
    Column("rollback_deadline_at", |row| Cell::from(&row.rollback_deadline_at)),
];

/// The occurrences that start in a span, skipped ones too, sorted by start.
pub struct OccurrenceList<'a> {
    pub schedule: &'a Schedule,
    pub span: Span,
}

impl<'a> OccurrenceList<'a> {
    fn occurrences(&self) -> Vec<WindowOccurrence<'a>> {
        let mut all = self.schedule.in_order(true);
        all.retain(|(_, occurrence)| self.span.contains(occurrence.on()));
        all
    }

    /// A row for each occurrence.
    pub fn rows(&self) -> Vec<OccurrenceRow> {
        let all = self.occurrences().into_iter();
        all.map(|(window, occurrence)| row(self.schedule, window, occurrence)).collect()
    }
}

impl Listing for OccurrenceList<'_> {
    fn page(&self) -> Page {
        let all = self.occurrences();
        let skipped = all.iter().filter(|(_, occurrence)| occurrence.origin == Origin::Skipped).count();
        let skipped = if skipped == 0 { String::new() } else { format!(", {skipped} of them skipped") };
        let closing = format!("{}{skipped}", counted(all.len(), "occurrence"));
        let lines = all.iter().map(|(window, occurrence)| line(self.schedule, window, occurrence)).collect();
        Page::new(["Start", "End", "Zone", "Window", "Groups", "Status", "Roll back by", "Margin"], lines, closing)
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    fn table(&self) -> Table {
        Table::new(&COLUMNS, &self.rows())
    }
}

fn row(schedule: &Schedule, window: &WindowSchedule, occurrence: &Occurrence) -> OccurrenceRow {
    let takes_place = occurrence.origin != Origin::Skipped;
    let fit = window.fit(occurrence).ok().filter(|_| takes_place);
    OccurrenceRow {
        uid: occurrence_uid(schedule.plan.id(), window.id(), occurrence.original_on()),
        window: window.id().to_string(),
        name: window.window.name.clone(),
        groups: window.window.groups.iter().map(ToString::to_string).collect(),
        kind: window.window.kind.name(),
        original_on: occurrence.original_on(),
        start_at: IsoInstant(occurrence.start_at),
        end_at: IsoInstant(occurrence.end_at),
        zone: window.expansion.zone.name().to_owned(),
        local_start: IsoLocalTime(window.local(occurrence.start_at)),
        status: occurrence.origin.name(),
        need_minutes: fit.map(|fit| fit.need().0),
        margin_minutes: fit.map(|fit| fit.margin()),
        rollback_deadline_at: window.rollback_deadline_at(occurrence).filter(|_| takes_place).map(IsoInstant),
    }
}

fn line(schedule: &Schedule, window: &WindowSchedule, occurrence: &Occurrence) -> [String; 8] {
    let clock = |at| time(window.local(at).time());
    let [first, last] = [occurrence.start_at, occurrence.end_at].map(|at| window.expansion.zone.abbreviation(at));
    let changes = first != last;
    let deadline = |at| if changes { time_with_zone(window.zoned(at)) } else { clock(at) };
    let group_name = |id| schedule.plan.group(id).map(|(_, group)| one_line(&group.name));
    let groups = window.window.groups.iter().map(|id| group_name(id).unwrap_or_else(|| id.to_string()));
    let fit = window.fit(occurrence);
    let (roll_back_by, margin) = match (occurrence.origin, fit) {
        (Origin::Skipped, _) => (String::new(), String::new()),
        (_, Ok(fit)) => {
            let at = window.rollback_deadline_at(occurrence);
            (at.map_or_else(String::new, deadline), signed_duration(fit.margin()))
        }
        (_, Err(_)) => ("not estimated".to_owned(), String::new()),
    };
    let (start, end) = (window.local(occurrence.start_at), window.local(occurrence.end_at));
    [
        moment(start),
        end_of_hours(start, end),
        if changes { format!("{first} to {last}") } else { first.to_owned() },
        one_line(&window.window.name),
        groups.collect::<Vec<_>>().join(", "),
        occurrence.origin.name().to_owned(),
        roll_back_by,
        margin,
    ]
}
