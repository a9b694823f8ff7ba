//! What a file changes in a plan that has imported some of it before, in words.

use chrono::NaiveDate;

use crate::import::imported::{Imported, Item, Section};
use crate::import::reconcile::Difference;
use crate::wording::{counted, date, list_in_sentence};

/// Why a holiday is not imported that was imported before.
pub(super) const NOT_CHOSEN: &str = "Of a region that is not chosen";

/// How much of a long value is shown, in characters.
const LONGEST_VALUE: usize = 60;

/// What becomes of the records of a plan and of a file.
#[derive(Debug, Default)]
pub(super) struct LaterReport {
    /// Whether the plan has something of the file.
    pub is_later: bool,
    /// What a date without a value is called.
    usual: &'static str,
    new: Vec<Item>,
    changed: Vec<Item>,
    removed: Vec<Item>,
    gone: Vec<Item>,
    /// Holidays of regions that were not chosen.
    unwanted: Vec<Item>,
    kept: Vec<Item>,
    outdated: Vec<Item>,
    /// Records whose events have newer versions that change nothing.
    newer: usize,
    /// Cancellations of events that the plan does not have, which it remembers.
    noted: usize,
}

impl LaterReport {
    pub fn new(usual: &'static str) -> Self {
        Self { usual, ..Self::default() }
    }

    /// `record` is its id, or the date of a holiday.
    pub fn add_new(&mut self, record: &str, title: String) {
        if self.is_later {
            self.new.push(about(record, item(title, String::new())));
        }
    }

    pub fn add_changed(&mut self, record: &str, title: String, changes: &[Difference]) {
        let changes: Vec<String> = changes.iter().map(|each| self.change(each)).collect();
        self.changed.push(about(record, item(title, changes.join("; "))));
    }

    /// Fields that stay as a person changed them.
    pub fn add_kept(&mut self, title: String, kept: &[Difference]) {
        if !kept.is_empty() {
            let fields: Vec<String> = kept.iter().map(|each| self.kept_field(each)).collect();
            self.kept.push(item(title, fields.join("; ")));
        }
    }

    pub fn add_removed(&mut self, record: &str, title: String, why: &str) {
        self.removed.push(about(record, item(title, why.to_owned())));
    }

    pub fn add_gone(&mut self, title: String) {
        self.gone.push(item(title, "No longer in the calendar".to_owned()));
    }

    /// A holiday of a region that was not chosen, which stays.
    pub fn add_unwanted(&mut self, title: String) {
        self.unwanted.push(item(title, NOT_CHOSEN.to_owned()));
    }

    pub fn add_outdated(&mut self, title: String) {
        self.outdated.push(item(title, "The plan has a newer version of it".to_owned()));
    }

    pub fn add_cancelled_before(&mut self, title: String) {
        self.is_later = true;
        self.outdated.push(item(title, "A newer version of it was cancelled".to_owned()));
    }

    pub fn add_noted(&mut self) {
        self.is_later = true;
        self.noted += 1;
    }

    pub fn add_newer(&mut self) {
        self.newer += 1;
    }

    /// "start: 22:00 → 23:00"
    fn change(&self, Difference { field, here, file }: &Difference) -> String {
        format!("{}: {} → {}", field_name(field), self.value(field, here), self.value(field, file))
    }

    /// "start: 23:00 (in the file: 22:00)"
    fn kept_field(&self, Difference { field, here, file }: &Difference) -> String {
        format!("{}: {} (in the file: {})", field_name(field), self.value(field, here), self.value(field, file))
    }

    fn value(&self, field: &str, words: &str) -> String {
        let is_date = field.parse::<NaiveDate>().is_ok();
        match words.trim() {
            "" if is_date => self.usual.to_owned(),
            "" if field == "zone" => "the plan's".to_owned(),
            "" => "none".to_owned(),
            words if words.chars().count() > LONGEST_VALUE => words.chars().take(LONGEST_VALUE).chain(['…']).collect(),
            words => words.to_owned(),
        }
    }

    /// Adds the sections and the summary, if the plan has something of the file. `noun` is that of a record.
    pub fn finish(self, noun: &str, imported: &mut Imported) {
        if !self.is_later {
            return;
        }
        let parts = [
            (self.new.len(), format!("new {noun}")),
            (self.changed.len(), "change".to_owned()),
            (self.removed.len(), "removal".to_owned()),
            (self.newer, "newer version without a change".to_owned()),
            (self.noted, "remembered cancellation".to_owned()),
        ];
        let mut counts: Vec<String> =
            parts.iter().filter(|(count, _)| *count > 0).map(|(n, noun)| counted_part(*n, noun)).collect();
        if counts.is_empty() && !imported.edits.is_empty() {
            counts.push(counted_part(imported.edits.len(), "remembered cancellation"));
        }
        imported.summary = list_in_sentence(&counts, parts.len());
        if !self.gone.is_empty() {
            let (is, stays, them) = if self.gone.len() == 1 { ("is", "stays", "it") } else { ("are", "stay", "them") };
            let records = counted(self.gone.len(), noun);
            let message = format!(
                "{records} {is} no longer in the calendar, but {stays}: choose \"Remove gone\" (--remove-gone) to remove {them}"
            );
            imported.warn(None, message);
        }
        if !self.unwanted.is_empty() {
            let records = counted(self.unwanted.len(), noun);
            let (verb, them) = if self.unwanted.len() == 1 { ("stays", "it") } else { ("stay", "them") };
            let remedy = format!("choose \"Remove gone\" (--remove-gone) to remove {them}");
            imported.warn(None, format!("{records} of regions that are not chosen {verb}: {remedy}"));
        }
        let sections = [
            ("New", false, self.new),
            ("Changed", false, self.changed),
            ("Removed", false, self.removed),
            ("No longer in the calendar; stays in the plan", true, self.gone),
            ("Of regions that are not chosen; stays in the plan", true, self.unwanted),
            ("Changed in the plan since the last import; kept", true, self.kept),
            ("Older than what the plan has; skipped", true, self.outdated),
        ];
        let filled = sections.into_iter().filter(|(_, _, items)| !items.is_empty());
        imported.sections = filled.map(|(heading, is_refused, items)| Section { heading, is_refused, items }).collect();
    }
}

/// "2 newer versions without a change"
fn counted_part(count: usize, noun: &str) -> String {
    match noun.split_once(" without ") {
        Some((noun, rest)) => format!("{} without {rest}", counted(count, noun)),
        None => counted(count, noun),
    }
}

fn item(text: String, remark: String) -> Item {
    Item { text, author: String::new(), remark, file: String::new(), record: String::new() }
}

fn about(record: &str, item: Item) -> Item {
    Item { record: record.to_owned(), ..item }
}

/// What a person calls a field. Fields of single dates have the names of these.
fn field_name(field: &str) -> String {
    match field {
        "duration" => "length".to_owned(),
        "first" => "first date".to_owned(),
        "last" => "last date".to_owned(),
        "first_on" => "first day".to_owned(),
        "last_on" => "last day".to_owned(),
        "every_months" => "recurs".to_owned(),
        field => field.parse().map_or_else(|_| field.to_owned(), date),
    }
}
