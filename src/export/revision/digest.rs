//! What is different between two plans, or from the invites that were sent, worded once for text, Markdown and HTML.

use crate::export::text::{clip_line, one_line};
use crate::schedule::Revision;
use crate::schedule::revision::{DateRevision, Notification, OccurrencePeriod, Owner, WindowRevision};
use crate::schedule::time::zone_data::ZoneData;
use crate::wording::{counted, date};

/// Characters of a name; longer ones are cut.
const LONGEST: usize = 160;

/// A revision in words, in the order in which they are read. Every text is on one line.
pub struct Digest {
    pub title: String,
    /// "Compared with earlier.ron on Sat 21 Nov 2026"
    pub basis: String,
    pub summary: String,
    pub remarks: Vec<String>,
    pub broken: Vec<BrokenNotice>,
    pub windows: Vec<WindowSection>,
    /// Changes of past dates, each with the name of its window.
    pub past: Vec<(String, DateRow)>,
    /// The kind and the name of a record, and what is different about it.
    pub records: Vec<(String, String)>,
    /// Those who answer for business areas.
    pub owners: Vec<OwnerRow>,
    /// Those who are only informed.
    pub informed: Vec<OwnerRow>,
}

/// A date whose notice is too short.
pub struct BrokenNotice {
    pub window: String,
    pub when: String,
    pub change: String,
    pub owners: String,
    pub due: String,
    pub late: String,
}

/// A window.
pub struct WindowSection {
    pub name: String,
    pub headline: String,
    /// What changed about the whole window.
    pub lines: Vec<String>,
    pub rows: Vec<DateRow>,
}

/// A date.
pub struct DateRow {
    pub change: String,
    pub before: String,
    pub after: String,
    pub owners: String,
    pub notice: String,
    pub is_late: bool,
}

/// Somebody who must be notified.
pub struct OwnerRow {
    pub name: String,
    pub address: String,
    pub areas: String,
    /// "2 new, 6 moved, 1 cancelled"
    pub changes: String,
    pub late: String,
}

impl Digest {
    /// `basis`: what the plan was compared with, such as the name of a file.
    pub fn new(revision: &Revision, basis: &str) -> Self {
        let title = label(&revision.title);
        let section = |window| section(revision, window);
        let past = |window: &WindowRevision| {
            let over = window.dates.iter().filter(|date| date.is_past && date.change.is_of_time());
            let name = label(&window.name);
            over.map(|date| (name.clone(), row(revision, date))).collect::<Vec<_>>()
        };
        Self {
            title: if title.is_empty() { "Changes".to_owned() } else { format!("Changes of {title}") },
            basis: format!(
                "Compared with {} on {} · zone data {}",
                label(basis),
                date(revision.today),
                ZoneData::in_use().release()
            ),
            summary: revision.summary(),
            remarks: revision.remarks(),
            broken: revision.with_late_notice().map(|(window, date)| broken(revision, window, date)).collect(),
            windows: revision.windows.iter().filter_map(section).collect(),
            past: revision.windows.iter().flat_map(past).collect(),
            records: revision.records.iter().map(|each| (label(&each.title()), one_line(&each.in_words()))).collect(),
            owners: revision.owners.iter().filter(|owner| !owner.is_informed).map(owner_row).collect(),
            informed: revision.owners.iter().filter(|owner| owner.is_informed).map(owner_row).collect(),
        }
    }
}

/// A name on one line.
fn label(text: &str) -> String {
    clip_line(text, LONGEST)
}

/// None for a window of which only past dates are different.
fn section(revision: &Revision, window: &WindowRevision) -> Option<WindowSection> {
    let coming = window.dates.iter().filter(|date| date.counts() && date.has_own_line());
    let rows: Vec<DateRow> = coming.map(|date| row(revision, date)).collect();
    let lines: Vec<String> = window.lines().iter().map(|line| one_line(line)).collect();
    let is_anything = !(rows.is_empty() && lines.is_empty());
    (is_anything || window.dates.is_empty()).then(|| WindowSection {
        name: label(&window.name),
        headline: one_line(&window.headline()),
        lines,
        rows,
    })
}

fn row(revision: &Revision, date_revision: &DateRevision) -> DateRow {
    let when = |when: Option<&OccurrencePeriod>| when.map_or_else(String::new, OccurrencePeriod::in_words);
    DateRow {
        change: label(&date_revision.in_words()),
        before: when(date_revision.before.as_ref()),
        after: when(date_revision.after.as_ref()),
        owners: owners(revision, &date_revision.notifications),
        notice: date_revision.notice_in_words().unwrap_or_default(),
        is_late: date_revision.late_days().is_some(),
    }
}

fn broken(revision: &Revision, window: &WindowRevision, broken: &DateRevision) -> BrokenNotice {
    let late: Vec<Notification> =
        broken.notifications.iter().filter(|notification| notification.late_days > 0).cloned().collect();
    BrokenNotice {
        window: label(&window.name),
        when: broken.when().map_or_else(String::new, OccurrencePeriod::in_words),
        change: label(&broken.in_words()),
        owners: owners(revision, &late),
        due: broken.notice().map_or_else(String::new, |notice| date(notice.due_on)),
        late: broken.late_in_words().unwrap_or_default(),
    }
}

fn owners(revision: &Revision, notifications: &[Notification]) -> String {
    let notified = notifications.iter().filter_map(|each| revision.owners.get(each.owner));
    notified.map(|owner| label(&owner.called_with_role())).collect::<Vec<_>>().join(", ")
}

fn owner_row(owner: &Owner) -> OwnerRow {
    OwnerRow {
        name: label(owner.called()),
        address: owner.address.as_deref().map_or_else(|| "no address".to_owned(), label),
        areas: owner.areas.iter().map(|area| label(area)).collect::<Vec<_>>().join(", "),
        changes: owner.changes(),
        late: if owner.late == 0 { String::new() } else { counted(owner.late, "date") },
    }
}
