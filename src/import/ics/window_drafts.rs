//! Windows as a file gives them, with the events that they come from, and their fields for comparisons.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::window_dates::{WindowClock, WindowDate, listed_window};
use crate::import::reconcile::{Difference, FieldValue, Fields, Incoming, Speaks};
use crate::model::{DatedChange, Exception, ImportedEvent, MaintenanceWindow, Minutes, OccurrenceChange, Plan};
use crate::wording::{date, moment, time};

/// A window as a file gives it, without an id.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub window: MaintenanceWindow,
    pub events: Vec<ImportedEvent>,
    pub speaks: Speaks,
    /// The index in the memory of the window that it is about, if that is known without a comparison.
    pub known: Option<usize>,
}

impl Draft {
    pub fn new(window: MaintenanceWindow, events: Vec<ImportedEvent>) -> Self {
        Self { window, events, speaks: Speaks::All, known: None }
    }

    /// The window that lists these dates.
    pub fn listed(clock: &WindowClock, dates: &[WindowDate]) -> Self {
        let events = dates.iter().map(|date| ImportedEvent { on: Some(date.on), ..date.event.clone() });
        Self::new(listed_window(clock, dates), events.collect())
    }

    pub fn incoming(&self, plan: &Plan) -> Incoming {
        let (events, speaks) = (self.events.clone(), self.speaks.clone());
        Incoming { events, fields: fields(&self.window, plan), speaks }
    }

    /// What a window is given that the plan does not have, so that nobody reads its fields in words.
    pub fn first_incoming(&self) -> Incoming {
        let (events, speaks) = (self.events.clone(), self.speaks.clone());
        Incoming { events, fields: fields_with(&self.window, &|_| String::new()), speaks }
    }
}

/// The names of the fields that do not belong to one date.
const NAMES: [&str; 9] = ["name", "rule", "start", "duration", "zone", "first", "last", "changes", "notes"];

/// The fields of a window that a calendar can give, if they have a value. Those of single dates are called like their
/// dates.
pub(super) fn fields(window: &MaintenanceWindow, plan: &Plan) -> Fields {
    fields_with(window, &|name| in_words(window, name, plan))
}

fn in_words(window: &MaintenanceWindow, name: &str, plan: &Plan) -> String {
    match name {
        "name" => window.name.clone(),
        "rule" => plan.rule_in_words(window),
        "start" => time(window.start),
        "duration" => window.duration.to_string(),
        "zone" => plan.window_zone(window).to_owned(),
        "first" => window.first.map(date).unwrap_or_default(),
        "last" => window.last.map(date).unwrap_or_default(),
        "changes" => changes_in_words(window),
        _ => window.notes.clone(),
    }
}

fn fields_with(window: &MaintenanceWindow, words: &dyn Fn(&str) -> String) -> Fields {
    let value = |name: &str| {
        let words = words(name);
        match name {
            "name" => FieldValue::new(&window.name, words),
            "rule" => FieldValue::new(&window.rule, words),
            "start" => FieldValue::new(&time(window.start), words),
            "duration" => FieldValue::new(&window.duration, words),
            "zone" => FieldValue::new(&window.zone, words),
            "first" => FieldValue::new(&window.first, words),
            "last" => FieldValue::new(&window.last, words),
            "changes" => FieldValue::new(&window.changes, words),
            _ => FieldValue::new(&window.notes, words),
        }
    };
    // Most windows have no value for these, and plans can have 100,000 of them.
    let is_given = |name: &&&str| match **name {
        "zone" => window.zone.is_some(),
        "first" => window.first.is_some(),
        "last" => window.last.is_some(),
        "changes" => !window.changes.is_empty(),
        "notes" => !window.notes.is_empty(),
        _ => true,
    };
    let usual = NAMES.iter().filter(is_given).map(|name| ((*name).to_owned(), value(name)));
    let dates = window.exceptions.iter().filter(|exception| exception.change != OccurrenceChange::Restored);
    let dated = |exception: &Exception| {
        (exception.on.to_string(), FieldValue::new(&exception.change, change_in_words(&exception.change)))
    };
    usual.chain(dates.map(dated)).collect()
}

/// All fields but those of single dates, and those of these dates.
pub(super) fn fields_with_dates(dates: impl IntoIterator<Item = NaiveDate>) -> BTreeSet<String> {
    NAMES.iter().map(|name| (*name).to_owned()).chain(dates.into_iter().map(|on| on.to_string())).collect()
}

fn changes_in_words(window: &MaintenanceWindow) -> String {
    window.changes.iter().map(DatedChange::in_words).collect::<Vec<_>>().join("; ")
}

/// "moved to Sat 20 Mar 2027 23:00 for 6 h"
fn change_in_words(change: &OccurrenceChange) -> String {
    let length = |duration: &Option<Minutes>| duration.map_or_else(String::new, |length| format!(" for {length}"));
    match change {
        OccurrenceChange::Moved { to, start, duration } => {
            let to = start.map_or_else(|| date(*to), |start| moment(to.and_time(start)));
            format!("moved to {to}{}", length(duration))
        }
        OccurrenceChange::Skipped { reason } => format!("skipped: {reason}"),
        OccurrenceChange::Added { start, duration } => {
            let at = start.map_or_else(String::new, |start| format!(" at {}", time(start)));
            format!("added{at}{}", length(duration))
        }
        OccurrenceChange::Restored => String::new(),
    }
}

/// The window of the plan with the file's values of the fields that changed.
pub(super) fn with_changes(
    window: &MaintenanceWindow,
    file: &MaintenanceWindow,
    changed: &[Difference],
) -> MaintenanceWindow {
    let mut window = window.clone();
    for Difference { field, .. } in changed {
        match field.as_str() {
            "name" => window.name.clone_from(&file.name),
            "rule" => window.rule.clone_from(&file.rule),
            "start" => window.start = file.start,
            "duration" => window.duration = file.duration,
            "zone" => window.zone.clone_from(&file.zone),
            "first" => window.first = file.first,
            "last" => window.last = file.last,
            "changes" => window.changes.clone_from(&file.changes),
            "notes" => window.notes.clone_from(&file.notes),
            on => {
                if let Ok(on) = on.parse() {
                    let change = file.exception(on).map(|exception| exception.change.clone());
                    window.set_exception(on, change.unwrap_or(OccurrenceChange::Restored));
                }
            }
        }
    }
    window
}
