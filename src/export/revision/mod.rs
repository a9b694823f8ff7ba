//! What is different between two plans, or from what was sent: for people (text, Markdown, HTML) and machines (JSON).
//!
//! All forms for people say the same: `Paper` words it once.

mod html;
mod json;
mod markdown;
mod text;

use super::text::{clip, one_line};
use crate::schedule::Revision;
use crate::schedule::revision::{DateRevision, Owner, Told, When, WindowRevision};
use crate::wording::{counted, date};

pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use text::text;

/// The longest name that is printed.
const LONGEST: usize = 160;

/// A revision in words, each on one line, in the order in which they are read.
struct Paper {
    title: String,
    /// "Compared with earlier.ron on Sat 21 Nov 2026"
    basis: String,
    summary: String,
    remarks: Vec<String>,
    broken: Vec<Broken>,
    windows: Vec<Section>,
    /// Changes of dates that are over, each with its window.
    past: Vec<(String, ChangedDate)>,
    /// What kind of record and its name, and what is different.
    records: Vec<(String, String)>,
    owners: Vec<OwnerRow>,
}

/// A date that breaks its notice.
struct Broken {
    window: String,
    when: String,
    change: String,
    owners: String,
    due: String,
    late: String,
}

/// One window.
struct Section {
    name: String,
    headline: String,
    /// What is said of the whole of it.
    lines: Vec<String>,
    rows: Vec<ChangedDate>,
}

/// One date.
struct ChangedDate {
    change: String,
    before: String,
    after: String,
    owners: String,
    notice: String,
    is_late: bool,
}

/// Somebody who must be told.
struct OwnerRow {
    name: String,
    address: String,
    areas: String,
    /// "2 new, 6 moved, 1 cancelled"
    of_what: String,
    late: String,
}

impl Paper {
    /// `basis`: what it was compared with, such as a file's name.
    fn of(revision: &Revision, basis: &str) -> Self {
        let title = label(&revision.title);
        let section = |window| section(revision, window);
        let past = |window: &WindowRevision| {
            let over = window.dates.iter().filter(|date| date.is_past && date.class.is_of_time());
            let name = label(&window.name);
            over.map(|date| (name.clone(), row(revision, date))).collect::<Vec<_>>()
        };
        Self {
            title: if title.is_empty() { "Changes".to_owned() } else { format!("Changes of {title}") },
            basis: format!("Compared with {} on {}", label(basis), date(revision.today)),
            summary: revision.summary(),
            remarks: revision.remarks(),
            broken: revision.broken().map(|(window, date)| broken(revision, window, date)).collect(),
            windows: revision.windows.iter().filter_map(section).collect(),
            past: revision.windows.iter().flat_map(past).collect(),
            records: revision.records.iter().map(|each| (label(&each.title()), one_line(&each.in_words()))).collect(),
            owners: revision.owners.iter().map(owner_row).collect(),
        }
    }
}

/// A name on one line.
fn label(text: &str) -> String {
    clip(one_line(text), LONGEST)
}

/// None of a window of which only what is over is different.
fn section(revision: &Revision, window: &WindowRevision) -> Option<Section> {
    let coming = window.dates.iter().filter(|date| date.counts() && date.is_told_of());
    let rows: Vec<ChangedDate> = coming.map(|date| row(revision, date)).collect();
    let lines: Vec<String> = window.lines().iter().map(|line| one_line(line)).collect();
    let is_anything = !(rows.is_empty() && lines.is_empty());
    (is_anything || window.dates.is_empty()).then(|| Section {
        name: label(&window.name),
        headline: one_line(&window.headline()),
        lines,
        rows,
    })
}

fn row(revision: &Revision, date_revision: &DateRevision) -> ChangedDate {
    let when = |when: Option<&When>| when.map_or_else(String::new, When::in_words);
    ChangedDate {
        change: label(&date_revision.in_words()),
        before: when(date_revision.before.as_ref()),
        after: when(date_revision.after.as_ref()),
        owners: owners(revision, &date_revision.told),
        notice: date_revision.notice_in_words().unwrap_or_default(),
        is_late: date_revision.late_days().is_some(),
    }
}

fn broken(revision: &Revision, window: &WindowRevision, broken: &DateRevision) -> Broken {
    let late: Vec<Told> = broken.told.iter().filter(|told| told.late_days > 0).cloned().collect();
    Broken {
        window: label(&window.name),
        when: broken.when().map_or_else(String::new, When::in_words),
        change: label(&broken.in_words()),
        owners: owners(revision, &late),
        due: broken.notice().map_or_else(String::new, |notice| date(notice.due_on)),
        late: broken.late_in_words().unwrap_or_default(),
    }
}

fn owners(revision: &Revision, told: &[Told]) -> String {
    let called = told.iter().filter_map(|told| revision.owners.get(told.owner)).map(|owner| label(owner.called()));
    called.collect::<Vec<_>>().join(", ")
}

fn owner_row(owner: &Owner) -> OwnerRow {
    OwnerRow {
        name: label(owner.called()),
        address: owner.address.as_deref().map_or_else(|| "no address".to_owned(), label),
        areas: owner.areas.iter().map(|area| label(area)).collect::<Vec<_>>().join(", "),
        of_what: owner.of_what(),
        late: if owner.late == 0 { String::new() } else { counted(owner.late, "date") },
    }
}
