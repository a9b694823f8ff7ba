//! What an import brings: how the plan would change, and what could not be taken as it was.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::records::RecordList;
use super::report::ImportReport;
use super::tables::table_preview::TablePreview;
use crate::model::{Edit, Horizon, MaintenanceWindow, OccurrenceChange, Plan};
use crate::wording::typed::is_in_range;
use crate::wording::{date, list_in_sentence};

/// What a source gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    pub edits: Vec<Edit>,
    /// In the order of the text; those about the whole file last.
    pub warnings: Vec<Warning>,
    /// What the edits bring: "1 window with 19 dates".
    pub summary: String,
    /// Each thing in the source with what becomes of it. Kinds whose records say enough leave it empty.
    pub sections: Vec<Section>,
    /// What the edits add, change and remove.
    pub records: Vec<RecordList>,
    /// If dates are outside the plan's months, a horizon that covers them all. It is offered, never set.
    pub horizon: Option<Horizon>,
    /// What a person must decide with an option before anything can be imported, as a sentence.
    pub question: Option<String>,
    /// If the source is a table, its first rows and what its columns hold.
    pub table: Option<TablePreview>,
    /// The file in numbers.
    pub report: Option<ImportReport>,
    /// The names of each host that a report is about, the one that tells it apart from others first.
    pub(crate) hosts: Vec<Vec<String>>,
    /// What the plan remembers for the next import, if anything is imported.
    pub remembered: Vec<Edit>,
    /// What is imported instead if the plan's months are widened to `horizon`, if that is not the same.
    pub widened: Option<Box<Self>>,
    /// Whether the source has more of a series in other months.
    pub(crate) has_more_in_other_months: bool,
}

/// Items with the same outcome, under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// "Add to the ledger"
    pub heading: &'static str,
    /// They are not imported, and a person should know why.
    pub is_refused: bool,
    pub items: Vec<Item>,
}

/// One thing that a source holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// "Core DB, Sat 13 Mar 2027 22:00 · Declined: quarter close"; empty for a file without anything to import.
    pub text: String,
    /// Who wrote it; empty if the source does not say.
    pub author: String,
    /// Why it is not imported, or what should be known about it; may be empty.
    pub remark: String,
    pub file: String,
    /// The id of the record that it is about, or the date of a holiday, if `records` show what becomes of it; else empty.
    pub record: String,
}

/// Something that was not imported, or not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The line in the text, from 1; `None` if it is about the whole file.
    pub line: Option<usize>,
    pub message: String,
}

impl fmt::Display for Warning {
    /// "Unknown group "Web"; ignored (line 3)"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{} (line {line})", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// Why rows and events are left out that have a warning of their own.
pub(crate) const SKIPPED: &str = "skipped, as the warnings say";

/// What warnings about dates say that widening the plan's months remedies.
pub(super) const OUTSIDE: &str = "outside the plan's months";

impl Warning {
    /// Whether widening the plan's months remedies it.
    pub fn is_about_months(&self) -> bool {
        const NONE: [&str; 2] = ["No holiday is in the plan's months", "No freeze is in the plan's months"];
        self.message.contains(OUTSIDE) || NONE.iter().any(|none| self.message.contains(none))
    }
}

impl Imported {
    /// All edits as one step of undo; `None` if there is nothing to do.
    pub fn edit(&self) -> Option<Edit> {
        let label = format!("Import {}", self.summary);
        let edits = || self.edits.iter().chain(&self.remembered).cloned().collect();
        (!self.edits.is_empty()).then(|| Edit::Together { label, edits: edits() })
    }

    /// The same in a plan whose months were widened first; `None` if that is not needed or not possible. An import that
    /// brings nothing new can still widen the plan: an earlier one brought the same dates.
    pub fn widened_edit(&self) -> Option<Edit> {
        let widen = Edit::SetHorizon(self.horizon?);
        let whole = self.when_widened();
        let Some(edit) = whole.edit() else { return Some(widen) };
        let label = format!("Import {}", whole.summary);
        Some(Edit::Together { label, edits: vec![widen, edit] })
    }

    /// What is imported if the plan's months are widened.
    pub fn when_widened(&self) -> &Self {
        self.widened.as_deref().unwrap_or(self)
    }

    /// Nothing is imported until a person has answered.
    pub(crate) fn ask(&mut self, question: String) {
        self.question = Some(question);
        self.edits.clear();
    }

    /// Says at a column of the table how its cells are read.
    pub(crate) fn note_reading(&mut self, field: &str, reading: &str) {
        if let Some(column) = self.table.as_mut().and_then(|table| table.column_mut(field)) {
            column.reading = Some(reading.to_owned());
        }
    }

    pub(crate) fn warn(&mut self, line: Option<usize>, message: impl Into<String>) {
        self.warnings.push(Warning { line, message: message.into() });
    }

    /// Warns about a row or an event that is left out. `title`: its name in quotation marks.
    pub(crate) fn skip(&mut self, line: Option<usize>, title: &str, reason: &str) {
        self.warn(line, format!("{title} skipped: {reason}"));
        self.leave_out(SKIPPED, 1);
    }

    /// Counts rows or events that are left out; a warning says why.
    pub(crate) fn leave_out(&mut self, reason: &str, count: usize) {
        self.report.get_or_insert_default().leave_out(reason, count);
    }

    /// Completes the numbers of a reader that counts only rows and those that it leaves out.
    pub(crate) fn finish_report(&mut self, kind: &str) {
        let records = self.records.iter().flat_map(|list| &list.groups).map(|group| group.rows.len() + group.more);
        let records: usize = records.sum();
        let report = self.report.get_or_insert_default();
        if report.kind.is_empty() {
            let left_out: usize = report.left_out.iter().map(|left_out| left_out.count).sum();
            report.rows = report.rows.max(left_out);
            (report.rows_imported, report.items) = (report.rows - left_out, records);
            report.counts_only_rows = true;
            (report.version, report.kind) = (ImportReport::VERSION, kind.to_owned());
        }
    }

    /// The sections without those whose items are shown as records.
    pub fn other_sections(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(|section| section.items.iter().any(|item| item.record.is_empty()))
    }

    /// Sorts the warnings by line, those about the whole file last.
    pub(crate) fn in_order(mut self) -> Self {
        self.warnings.sort_by_key(|warning| warning.line.unwrap_or(usize::MAX));
        self
    }

    /// Offers months that cover all of `dates`, if some are outside the plan's months and no plan would be too short for
    /// them.
    pub(crate) fn offer_months(&mut self, dates: impl Iterator<Item = NaiveDate> + Clone, plan: &Plan) {
        let horizon = plan.horizon();
        let (Some(first), Some(last)) = (dates.clone().min(), dates.max()) else { return };
        if horizon.contains(first) && horizon.contains(last) {
            return;
        }
        let whole = covering(horizon.from.min(first), horizon.last().max(last));
        // A plan without windows loses nothing when its months move.
        let alone = || covering(first, last).filter(|_| plan.windows().is_empty());
        self.horizon = whole.or_else(alone);
    }

    /// Warns about those of `dates` that are outside the plan's months, and offers months that cover all.
    pub(crate) fn warn_outside_horizon(&mut self, dates: &[NaiveDate], plan: &Plan) {
        // Dates in years that no plan can have are refused by name.
        let dates: Vec<NaiveDate> = dates.iter().copied().filter(|on| is_in_range(*on)).collect();
        let outside = dates.iter().filter(|on| !plan.horizon().contains(**on)).count();
        if outside == 0 {
            return;
        }
        self.offer_months(dates.iter().copied(), plan);
        let which = match dates.len() {
            1 => "The date is".to_owned(),
            all if all == outside => format!("All {all} dates are"),
            all => format!("{outside} of the {all} dates {}", if outside == 1 { "is" } else { "are" }),
        };
        let too_many =
            || format!(": a plan spans at most {} months, which is too short for them", Horizon::MOST_MONTHS);
        let advice = if self.horizon.is_some() { String::new() } else { too_many() };
        let advice = if dates.len() == outside && self.horizon.is_some() {
            ": nothing of it appears until the plan's months cover them".to_owned()
        } else {
            advice
        };
        let months = format!("{} to {}", plan.horizon().from, plan.horizon().last());
        self.warn(None, format!("{which} {OUTSIDE} ({months}){advice}"));
    }

    /// Takes out windows that the plan already has, each with that of the plan: the same name, zone, time of day and rule.
    /// Single dates may differ, which is said.
    pub(crate) fn take_known_windows<'p>(&mut self, plan: &'p Plan) -> Vec<(&'p MaintenanceWindow, MaintenanceWindow)> {
        // By name, since both can be 100,000 windows.
        let mut by_name: HashMap<&str, Vec<&MaintenanceWindow>> = HashMap::new();
        for window in plan.windows() {
            by_name.entry(&window.name).or_default().push(window);
        }
        let is_same = |old: &MaintenanceWindow, new: &MaintenanceWindow| {
            (&old.rule, old.start, old.duration) == (&new.rule, new.start, new.duration)
                && (old.first, old.last, &old.changes) == (new.first, new.last, &new.changes)
                && plan.window_zone(old) == plan.window_zone(new)
        };
        let mut known = Vec::new();
        for edit in std::mem::take(&mut self.edits) {
            let found = match &edit {
                Edit::PutWindow(new) => {
                    by_name.get(&*new.name).into_iter().flatten().copied().find(|old| is_same(old, new))
                }
                _ => None,
            };
            match (found, edit) {
                (Some(old), Edit::PutWindow(new)) => known.push((old, new)),
                (_, edit) => self.edits.push(edit),
            }
        }
        for (old, new) in &known {
            self.warn(None, format!("\"{}\" skipped: the plan already has it{}", new.name, differing_dates(old, new)));
        }
        known
    }
}

/// The end of a sentence about a window of the plan and of a file whose single dates differ; empty if none does.
fn differing_dates(old: &MaintenanceWindow, new: &MaintenanceWindow) -> String {
    const MOST: usize = 5;
    let change = |window: &MaintenanceWindow, on: NaiveDate| {
        let change = window.exception(on).map(|exception| exception.change.clone());
        change.filter(|change| *change != OccurrenceChange::Restored)
    };
    let is_skipped = |change: &Option<OccurrenceChange>| matches!(change, Some(OccurrenceChange::Skipped { .. }));
    let all: BTreeSet<NaiveDate> = old.exceptions.iter().chain(&new.exceptions).map(|each| each.on).collect();
    let differs = |on: &NaiveDate| {
        let (here, file) = (change(old, *on), change(new, *on));
        here != file && !(is_skipped(&here) && is_skipped(&file))
    };
    let dates: Vec<String> = all.into_iter().filter(differs).map(date).collect();
    if dates.is_empty() {
        return String::new();
    }
    format!(", but with other changes on {}: enter those of the file there", list_in_sentence(dates, MOST))
}

/// Whole months from that of `first` to that of `last`; `None` if no plan can be that long.
fn covering(first: NaiveDate, last: NaiveDate) -> Option<Horizon> {
    let months = (last.year() - first.year()) * 12 + last.month() as i32 - first.month() as i32 + 1;
    let months = u16::try_from(months).ok().filter(|months| (1..=Horizon::MOST_MONTHS).contains(months))?;
    Some(Horizon { from: first.with_day(1)?, months })
}
