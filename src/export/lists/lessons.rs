//! What was learned, as a list: the notes of all nights, or of those with certain words.

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::{Cell, Column, Table};
use super::listing::{Listing, Page, json_rows};
use crate::export::file::Output;
use crate::export::text::one_line;
use crate::model::WindowId;
use crate::schedule::Schedule;
use crate::schedule::night::lessons::{Lesson, lessons, lessons_for};
use crate::wording::{counted, date};

pub const OUTPUT: Output =
    Output { id: "lessons", name: "Lessons learned", help: "The notes of all nights, the newest first" };

/// The notes of one night. The names of the fields are columns and keys that others read: they stay the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LessonRow {
    /// The original date.
    pub on: NaiveDate,
    /// Id.
    pub window: String,
    pub name: String,
    /// None if nobody recorded how the night ended.
    pub outcome: Option<&'static str>,
    pub notes: String,
}

const COLUMNS: [Column<LessonRow>; 5] = [
    Column("on", |row| row.on.into()),
    Column("window", |row| (&row.window).into()),
    Column("name", |row| (&row.name).into()),
    Column("outcome", |row| Cell::from(row.outcome.unwrap_or_default())),
    Column("notes", |row| (&row.notes).into()),
];

/// Which notes are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LessonQuery {
    /// Only notes with each of these words.
    pub words: Vec<String>,
    /// Only what matters for this window.
    pub window: Option<WindowId>,
}

pub struct LessonList<'a> {
    pub schedule: &'a Schedule,
    pub query: &'a LessonQuery,
}

impl LessonList<'_> {
    pub fn rows(&self) -> Vec<LessonRow> {
        let of_window = self.query.window.as_ref().and_then(|id| self.schedule.window(id));
        let mut all = match (&self.query.window, of_window) {
            (None, _) => lessons(self.schedule),
            (Some(_), Some(window)) => lessons_for(self.schedule, window),
            (Some(_), None) => Vec::new(),
        };
        all.retain(|lesson| lesson.has_words(&self.query.words));
        all.iter().map(row).collect()
    }
}

fn row(lesson: &Lesson<'_>) -> LessonRow {
    LessonRow {
        on: lesson.on(),
        window: lesson.record.key.window.to_string(),
        name: lesson.name().to_owned(),
        outcome: lesson.record.ending.as_ref().map(|ending| ending.outcome.name()),
        notes: lesson.record.notes.clone(),
    }
}

impl Listing for LessonList<'_> {
    fn page(&self) -> Page {
        let rows = self.rows();
        let line = |row: &LessonRow| {
            [date(row.on), one_line(&row.name), row.outcome.unwrap_or_default().to_owned(), one_line(&row.notes)]
        };
        let closing = counted(rows.len(), "note");
        Page::new(["Night", "Window", "Outcome", "Notes"], rows.iter().map(line).collect(), closing)
    }

    fn json(&self) -> String {
        json_rows(&self.rows())
    }

    fn table(&self) -> Table {
        Table::new(&COLUMNS, &self.rows())
    }
}
