//! What the rows of a table change in one window of the plan: dates that are added or move, and other fields.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::date_row::WindowSettings;
use super::known_nights::with_dates;
use super::later_fields::{later_window, unlike_fields};
use super::moves::Move;
use crate::model::{Edit, ListedDate, MaintenanceWindow, Plan, WindowId};
use crate::wording::{counted, list_in_sentence};

/// A warning names at most this many dates.
pub(super) const MOST_DATES: usize = 3;

/// What rows of the table mean for a window of the plan.
pub(super) struct Change<'a> {
    pub window: &'a MaintenanceWindow,
    pub added: Vec<ListedDate>,
    pub line: usize,
    /// The dates of the table, at any times.
    pub seen: BTreeSet<NaiveDate>,
    /// How many of them the plan has exactly so.
    pub known: usize,
    /// A row has other times or other values.
    pub differs: bool,
    /// What rows of these dates and times say otherwise.
    pub unlike: Vec<UnlikeRow>,
    pub moved: Option<Move>,
    /// A row has its rule, and so all of its dates.
    pub is_by_rule: bool,
    /// How many rows have its rule and the same values.
    pub known_rules: usize,
}

/// A row at known times that says something else otherwise.
pub(super) struct UnlikeRow {
    pub line: usize,
    pub settings: WindowSettings,
    /// It may be about another window, too.
    pub is_unclear: bool,
}

/// What a table changes, and what a person should know, with the line of the first row.
#[derive(Default)]
pub(super) struct Finished {
    pub edits: Vec<Edit>,
    pub messages: Vec<(Option<usize>, String)>,
    /// Windows that rows of known times change.
    pub changed: BTreeSet<WindowId>,
}

impl<'a> Change<'a> {
    /// Of a window of which the first row is in this line.
    pub fn new(window: &'a MaintenanceWindow, line: usize) -> Self {
        Self {
            window,
            added: Vec::new(),
            line,
            seen: BTreeSet::new(),
            known: 0,
            differs: false,
            unlike: Vec::new(),
            moved: None,
            is_by_rule: false,
            known_rules: 0,
        }
    }

    /// Adds the window as the table changes it, and says what is skipped.
    pub fn finish(&self, plan: &Plan, finished: &mut Finished) {
        let name = &self.window.name;
        let mut window = self.window.clone();
        if !self.added.is_empty() {
            window = with_dates(&window, &self.added, plan);
        }
        if let Some(moved) = &self.moved {
            moved.apply(&mut window);
            let ticket = &self.window.change_ticket;
            let message = format!("\"{name}\" ({ticket}) moves from {} to {}", moved.from, moved.to);
            finished.messages.push((Some(self.line), message));
        }
        self.report_dates(&mut finished.messages);
        if self.change_fields(&mut window, &mut finished.messages) {
            finished.changed.insert(window.id.clone());
        }
        if window != *self.window {
            finished.edits.push(Edit::PutWindow(window));
        }
    }

    /// Says which dates are added, and which the plan has already.
    fn report_dates(&self, messages: &mut Vec<(Option<usize>, String)>) {
        let name = &self.window.name;
        if self.added.is_empty() {
            let dates = counted(self.known, "date");
            let is_all = !self.differs && self.moved.is_none();
            match (self.known, is_all) {
                (0, _) => {}
                (_, true) => messages.push((None, format!("\"{name}\" skipped: the plan already has it"))),
                (_, false) => {
                    messages.push((None, format!("{dates} of \"{name}\" skipped: the plan already has them")));
                }
            }
            return;
        }
        let dates = list_in_sentence(self.added.iter().map(|added| added.on.to_string()), MOST_DATES);
        let count = counted(self.added.len(), "date");
        let known = match self.known {
            0 => String::new(),
            known => format!(" with {} of the table", counted(known, "date")),
        };
        let message = format!("\"{name}\" is in the plan already{known}: {count} added to it ({dates})");
        messages.push((Some(self.line), message));
    }

    /// Takes what rows of known times say otherwise, if all rows of the window agree. Returns whether something changes.
    fn change_fields(&self, window: &mut MaintenanceWindow, messages: &mut Vec<(Option<usize>, String)>) -> bool {
        let Some(first) = self.unlike.first() else { return false };
        let name = &self.window.name;
        let agrees = |row: &UnlikeRow| {
            let (one, other) = (&row.settings, &first.settings);
            let names =
                [one, other].map(|settings| (settings.kind, &settings.groups, &settings.systems, &settings.ticket));
            let all_names = [one, other].map(|settings| (&settings.name, &settings.short_name));
            !row.is_unclear && names[0] == names[1] && all_names[0] == all_names[1]
        };
        let rows = counted(self.unlike.len(), "row");
        if self.known + self.known_rules > 0 || !self.unlike.iter().all(agrees) {
            let fields: BTreeSet<&str> =
                self.unlike.iter().flat_map(|row| unlike_fields(self.window, &row.settings)).collect();
            let fields = list_in_sentence(fields, MOST_DATES);
            let why = "not all rows of these dates agree, so change it there";
            let message =
                format!("{rows} skipped: \"{name}\" is in the plan at these times with other values ({fields}): {why}");
            messages.push((Some(first.line), message));
            return false;
        }
        let later = later_window(window, &first.settings);
        if !later.kept.is_empty() {
            let kept = later.kept.iter().map(|kept| {
                let [file, here] =
                    [&kept.file, &kept.here].map(|words| if words.is_empty() { "none" } else { words.as_str() });
                format!("{} ({here}; the table says {file})", kept.field)
            });
            let kept = list_in_sentence(kept, MOST_DATES);
            let message = format!("\"{name}\" keeps what was changed in the plan, or what no table gave: {kept}");
            messages.push((Some(first.line), message));
        }
        *window = later.window;
        later.is_changed
    }
}
