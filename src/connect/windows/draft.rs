//! A maintenance window as another system has it, in the words of the plan.

use chrono::{NaiveDate, NaiveTime};

use crate::import::{FieldValue, Fields, Incoming, Speaks};
use crate::model::{ImportedEvent, MaintenanceWindow, Minutes, Plan, Rule};
use crate::wording::{date, time};

/// A window of another system.
#[derive(Clone, Debug)]
pub struct WindowDraft {
    pub name: String,
    pub rule: Rule,
    /// On the wall clock of its zone.
    pub start: NaiveTime,
    pub duration: Minutes,
    /// IANA name.
    pub zone: String,
    pub first: Option<NaiveDate>,
    /// The days between two dates, if the rule counts from the first date and the file only has the next one: `first` can be
    /// any of them.
    pub counts_days: Option<u16>,
    pub last: Option<NaiveDate>,
    /// From the start.
    pub cutoff: Option<Minutes>,
    pub notes: String,
}

impl WindowDraft {
    /// The fields of the draft as they are in a window of the plan.
    pub fn put_into(&self, window: &mut MaintenanceWindow, plan: &Plan) {
        window.name.clone_from(&self.name);
        window.rule.clone_from(&self.rule);
        (window.start, window.duration) = (self.start, self.duration);
        window.zone = Some(self.zone.clone()).filter(|zone| *zone != plan.zone());
        (window.first, window.last, window.cutoff) = (self.first, self.last, self.cutoff);
        window.notes.clone_from(&self.notes);
    }

    /// The first date that the window has in the plan, if it is one of those that the rule counts from here.
    pub fn keep_count(&mut self, old: &MaintenanceWindow) {
        let (Some(first), Some(days), Some(known)) = (self.first, self.counts_days, old.first) else { return };
        let later = (first - known).num_days();
        if later > 0 && later % i64::from(days) == 0 {
            self.first = Some(known);
        }
    }

    /// What a later file is compared with; `uid`: by which it finds the window again.
    pub fn incoming(&self, uid: &str, plan: &Plan) -> Incoming {
        let mut window = MaintenanceWindow::new("draft".into(), &self.name, self.rule.clone());
        self.put_into(&mut window, plan);
        let event = ImportedEvent { uid: uid.to_owned(), ..ImportedEvent::default() };
        Incoming { events: vec![event], fields: fields(&window, plan), speaks: Speaks::All }
    }
}

/// The fields of a window that other systems can give, with their words.
pub fn fields(window: &MaintenanceWindow, plan: &Plan) -> Fields {
    let optional_date = |on: Option<NaiveDate>| on.map(date).unwrap_or_default();
    let cutoff = window.cutoff.map(|cutoff| cutoff.to_string()).unwrap_or_default();
    [
        ("name", FieldValue::new(&window.name, window.name.clone())),
        ("rule", FieldValue::new(&window.rule, plan.rule_in_words(window))),
        ("start", FieldValue::new(&time(window.start), time(window.start))),
        ("duration", FieldValue::new(&window.duration, window.duration.to_string())),
        ("zone", FieldValue::new(&window.zone, plan.window_zone(window))),
        ("first", FieldValue::new(&window.first, optional_date(window.first))),
        ("last", FieldValue::new(&window.last, optional_date(window.last))),
        ("cutoff", FieldValue::new(&window.cutoff, cutoff)),
        ("notes", FieldValue::new(&window.notes, window.notes.clone())),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// Takes one field of the draft.
pub fn take(window: &mut MaintenanceWindow, field: &str, draft: &WindowDraft, plan: &Plan) {
    let mut whole = window.clone();
    draft.put_into(&mut whole, plan);
    match field {
        "name" => window.name = whole.name,
        "rule" => window.rule = whole.rule,
        "start" => window.start = whole.start,
        "duration" => window.duration = whole.duration,
        "zone" => window.zone = whole.zone,
        "first" => window.first = whole.first,
        "last" => window.last = whole.last,
        "cutoff" => window.cutoff = whole.cutoff,
        _ => window.notes = whole.notes,
    }
}
