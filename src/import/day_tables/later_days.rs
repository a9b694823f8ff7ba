//! A holiday calendar of the plan, compared with a later table: what is new, what changes, and what the table lacks.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::import::imported::{Imported, Item, Section};
use crate::model::{Holiday, HolidayCalendar};
use crate::wording::{counted, date, list_in_sentence};

/// What a table says about the days of a calendar.
#[derive(Debug, Default)]
pub(super) struct DaysOfTable {
    /// In order, each once.
    pub days: Vec<Holiday>,
    /// Days of regions that were not chosen.
    pub elsewhere: BTreeSet<Holiday>,
    /// The dates and the names in lower case of rows that are cancelled.
    pub cancelled: BTreeSet<(NaiveDate, String)>,
    /// How many rows could not be read. Each may be a day that the table seems to lack.
    pub unread_rows: usize,
}

/// A calendar while it is compared with a table.
struct Comparison<'a> {
    name: &'a str,
    /// The days of the calendar, in order.
    before: Vec<&'a Holiday>,
    table: &'a DaysOfTable,
    /// Days of the table that the calendar does not have.
    added: Vec<&'a Holiday>,
    /// Days of the calendar with those that replace them: on the same date, with another name or region.
    changed: Vec<(&'a Holiday, &'a Holiday)>,
    /// Days of the calendar, in years that the table has, which the table lacks.
    gone: Vec<&'a Holiday>,
}

/// The calendar with the days of a later table; `None` if nothing changes. What the table lacks stays and is listed, unless
/// `removes_gone`.
pub(super) fn later_calendar(
    old: &HolidayCalendar,
    table: &DaysOfTable,
    removes_gone: bool,
    imported: &mut Imported,
) -> Option<HolidayCalendar> {
    let comparison = Comparison::new(old, table);
    let is_certain = |day: &Holiday| comparison.is_cancelled(day) || table.elsewhere.contains(day);
    let is_removed = |day: &Holiday| removes_gone && (table.unread_rows == 0 || is_certain(day));
    let (removed, kept): (Vec<&Holiday>, Vec<&Holiday>) = comparison.gone.iter().partition(|day| is_removed(day));
    comparison.report(&removed, &kept, removes_gone, imported);
    let dropped: BTreeSet<&Holiday> =
        removed.iter().copied().chain(comparison.changed.iter().map(|(before, _)| *before)).collect();
    let is_changed = !comparison.added.is_empty() || !comparison.changed.is_empty() || !removed.is_empty();
    let mut days: Vec<Holiday> = old.days.iter().filter(|day| !dropped.contains(day)).cloned().collect();
    days.extend(table.days.iter().cloned());
    days.sort();
    days.dedup();
    is_changed.then(|| HolidayCalendar { days, ..old.clone() })
}

impl<'a> Comparison<'a> {
    fn new(old: &'a HolidayCalendar, table: &'a DaysOfTable) -> Self {
        let (before, after): (BTreeSet<&Holiday>, BTreeSet<&Holiday>) =
            (old.days.iter().collect(), table.days.iter().collect());
        let fresh: Vec<&Holiday> = table.days.iter().filter(|day| !before.contains(day)).collect();
        // Many tables have one year.
        let read = table.days.iter().chain(&table.elsewhere);
        let dates = read.map(|day| day.on).chain(table.cancelled.iter().map(|(on, _)| *on));
        let years: BTreeSet<i32> = dates.map(|on| on.year()).collect();
        let mut comparison = Self {
            name: &old.name,
            before: before.into_iter().collect(),
            table,
            added: Vec::new(),
            changed: Vec::new(),
            gone: Vec::new(),
        };
        for day in old.days.iter().filter(|day| !after.contains(day)) {
            let is_elsewhere = table.elsewhere.contains(day);
            match comparison.replacement(day, &fresh).filter(|_| !is_elsewhere) {
                Some(new) => comparison.changed.push((day, new)),
                None if is_elsewhere || years.contains(&day.on.year()) => comparison.gone.push(day),
                None => {}
            }
        }
        let replaces: BTreeSet<&Holiday> = comparison.changed.iter().map(|(_, new)| *new).collect();
        comparison.added = fresh.into_iter().filter(|day| !replaces.contains(day)).collect();
        comparison
    }

    /// The day of the table that has another name in the same region, or other regions under a name that is there once.
    fn replacement(&self, day: &Holiday, fresh: &[&'a Holiday]) -> Option<&'a Holiday> {
        let from = fresh.partition_point(|new| new.on < day.on);
        let same_date = || fresh[from..].iter().take_while(|new| new.on == day.on).copied();
        let is_called = |other: &Holiday| other.name.to_lowercase() == day.name.to_lowercase();
        let from = self.before.partition_point(|other| other.on < day.on);
        let on_that_date = self.before[from..].iter().take_while(|other| other.on == day.on);
        let is_only_one = on_that_date.filter(|other| is_called(other)).count() == 1;
        let same_region = |new: &&Holiday| new.region.to_lowercase() == day.region.to_lowercase();
        same_date().find(same_region).or_else(|| same_date().find(|new| is_only_one && is_called(new)))
    }

    fn is_cancelled(&self, day: &Holiday) -> bool {
        self.table.cancelled.contains(&(day.on, day.name.to_lowercase()))
    }

    fn why_gone(&self, day: &Holiday) -> String {
        let why = if self.is_unwanted(day) {
            "Of a region that is not chosen"
        } else if self.is_cancelled(day) {
            "Cancelled in the table"
        } else {
            "Not in the table"
        };
        why.to_owned()
    }

    /// Whether the table has the day, for a region that was not chosen.
    fn is_unwanted(&self, day: &Holiday) -> bool {
        self.table.elsewhere.contains(day)
    }

    /// Adds the summary, the sections and the warnings.
    fn report(&self, removed: &[&Holiday], kept: &[&Holiday], removes_gone: bool, imported: &mut Imported) {
        let parts = [(self.added.len(), "new holiday"), (self.changed.len(), "change"), (removed.len(), "removal")];
        let filled = parts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = filled.map(|(count, noun)| counted(*count, noun)).collect();
        imported.summary = format!("{} ({})", list_in_sentence(counts, parts.len()), self.name);
        let (unwanted, kept): (Vec<&Holiday>, Vec<&Holiday>) = kept.iter().partition(|day| self.is_unwanted(day));
        if !unwanted.is_empty() {
            let holidays = counted(unwanted.len(), "holiday");
            let (stay, them) = if unwanted.len() == 1 { ("stays", "it") } else { ("stay", "them") };
            let remedy = format!("choose \"Remove gone\" (--remove-gone) to remove {them}");
            imported.warn(None, format!("{holidays} of regions that are not chosen {stay}: {remedy}"));
        }
        if !kept.is_empty() {
            let holidays = counted(kept.len(), "holiday");
            let (verb, stay, them) = if kept.len() == 1 { ("is", "stays", "it") } else { ("are", "stay", "them") };
            let remedy = if removes_gone {
                let rows = counted(self.table.unread_rows, "row");
                format!(
                    "{rows} of the table could not be read: correct or delete what was skipped, and import it again"
                )
            } else {
                format!("choose \"Remove gone\" (--remove-gone) to remove {them}")
            };
            let what = format!("{holidays} of the plan {verb} not in the table or cancelled there, but {stay}");
            imported.warn(None, format!("{what}: {remedy}"));
        }
        let changes =
            self.changed.iter().map(|(before, new)| about(new, format!("{} → {}", titled(before), titled(new))));
        let sections = [
            ("New", false, self.added.iter().map(|day| about(day, String::new())).collect()),
            ("Removed", false, removed.iter().map(|day| about(day, self.why_gone(day))).collect()),
            ("Changed", false, changes.collect()),
            (
                "Not in the table; stays in the plan",
                true,
                kept.iter().map(|day| alone(day, self.why_gone(day))).collect(),
            ),
            (
                "Of regions that are not chosen; stays in the plan",
                true,
                unwanted.iter().map(|day| alone(day, String::new())).collect(),
            ),
        ];
        let filled = sections.into_iter().filter(|(_, _, items): &(_, _, Vec<Item>)| !items.is_empty());
        imported.sections = filled.map(|(heading, is_refused, items)| Section { heading, is_refused, items }).collect();
    }
}

/// An item about a day that the import adds, changes or removes.
fn about(day: &Holiday, remark: String) -> Item {
    Item { record: day.on.to_string(), ..alone(day, remark) }
}

/// An item about a day that stays as it is.
fn alone(day: &Holiday, remark: String) -> Item {
    let text = format!("{} on {}", titled(day), date(day.on));
    Item { text, author: String::new(), remark, file: String::new(), record: String::new() }
}

/// "Epiphany (Bavaria)"
fn titled(day: &Holiday) -> String {
    if day.region.is_empty() { day.name.clone() } else { format!("{} ({})", day.name, day.region) }
}
