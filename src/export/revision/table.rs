//! A revision as a table for spreadsheets: a row for each date, field or record that is different.

use chrono::NaiveDate;

use super::json::json;
use super::text::text;
use crate::export::iso_times::IsoInstant;
use crate::export::lists::{self, Cell, Column, CsvStyle, Listing, Page, Table};
use crate::schedule::Revision;
use crate::schedule::revision::{DateRevision, Difference, FieldChange, Owner};
use crate::wording::list;

/// A difference. Names of columns are keys for other programs and must not change.
#[derive(Default)]
struct ChangeRow {
    /// "window" or the kind of a record.
    kind: String,
    id: String,
    name: String,
    change: String,
    original_on: Option<NaiveDate>,
    before_start_at: Option<IsoInstant>,
    before_end_at: Option<IsoInstant>,
    start_at: Option<IsoInstant>,
    end_at: Option<IsoInstant>,
    /// IANA name.
    zone: String,
    field: String,
    before: String,
    after: String,
    reason: String,
    notify: String,
    notice_due_on: Option<NaiveDate>,
    late_days: i64,
}

const COLUMNS: [Column<ChangeRow>; 17] = [
    Column("kind", |row| (&row.kind).into()),
    Column("id", |row| (&row.id).into()),
    Column("name", |row| (&row.name).into()),
    Column("change", |row| (&row.change).into()),
    Column("original_on", |row| Cell::from(&row.original_on)),
    Column("before_start_at", |row| Cell::from(&row.before_start_at)),
    Column("before_end_at", |row| Cell::from(&row.before_end_at)),
    Column("start_at", |row| Cell::from(&row.start_at)),
    Column("end_at", |row| Cell::from(&row.end_at)),
    Column("zone", |row| (&row.zone).into()),
    Column("field", |row| (&row.field).into()),
    Column("before", |row| (&row.before).into()),
    Column("after", |row| (&row.after).into()),
    Column("reason", |row| (&row.reason).into()),
    Column("notify", |row| (&row.notify).into()),
    Column("notice_due_on", |row| Cell::from(&row.notice_due_on)),
    Column("late_days", |row| row.late_days.into()),
];

/// The differences as comma-separated values.
pub fn csv(revision: &Revision, basis: &str, style: CsvStyle) -> Vec<u8> {
    (lists::CSV.write)(&ChangeList { revision, basis }, style).unwrap_or_default()
}

/// The differences as a workbook. Empty if they are more than a sheet can hold.
pub fn workbook(revision: &Revision, basis: &str) -> Vec<u8> {
    (lists::XLSX.write)(&ChangeList { revision, basis }, CsvStyle::FILE).unwrap_or_default()
}

struct ChangeList<'a> {
    revision: &'a Revision,
    basis: &'a str,
}

impl Listing for ChangeList<'_> {
    fn page(&self) -> Page {
        Page { lines: Vec::new(), closing: text(self.revision, self.basis) }
    }

    fn json(&self) -> String {
        json(self.revision, self.basis)
    }

    fn table(&self) -> Table {
        Table::new(&COLUMNS, &rows(self.revision))
    }
}

fn rows(revision: &Revision) -> Vec<ChangeRow> {
    let windows = revision.windows.iter().flat_map(|window| {
        let own = move || ChangeRow {
            kind: "window".to_owned(),
            id: window.window.to_string(),
            name: window.name.clone(),
            change: window.presence.name().to_lowercase(),
            ..ChangeRow::default()
        };
        let fields = window.fields.iter().map(move |change| with_field(own(), change));
        let dates = window.dates.iter().map(move |date| with_date(own(), revision, date));
        let is_bare = window.fields.is_empty() && window.dates.is_empty();
        is_bare.then(own).into_iter().chain(fields).chain(dates)
    });
    let records = revision.records.iter().flat_map(|record| {
        let own = move || ChangeRow {
            kind: record.kind.to_owned(),
            id: record.subject.to_string(),
            name: record.name.clone(),
            change: record.presence.name().to_lowercase(),
            ..ChangeRow::default()
        };
        let fields = record.fields.iter().map(move |change| with_field(own(), change));
        record.fields.is_empty().then(own).into_iter().chain(fields)
    });
    windows.chain(records).collect()
}

fn with_field(row: ChangeRow, change: &FieldChange) -> ChangeRow {
    let (before, after) = match &change.difference {
        Difference::Value { before, after } => (before.clone(), after.clone()),
        Difference::List { added, removed } => (list(removed, removed.len()), list(added, added.len())),
    };
    ChangeRow { field: change.field.clone(), before, after, ..row }
}

fn with_date(row: ChangeRow, revision: &Revision, date: &DateRevision) -> ChangeRow {
    let names = date.notifications.iter().filter_map(|each| revision.owners.get(each.owner));
    let notify = names.map(Owner::called_with_role).collect::<Vec<_>>().join("; ");
    let notices = date.notifications.iter().filter_map(|each| each.notice.as_ref());
    let when = date.after.as_ref().or(date.before.as_ref());
    ChangeRow {
        change: date.change.name().to_lowercase(),
        original_on: Some(date.on),
        before_start_at: date.before.as_ref().map(|when| IsoInstant(when.start_at)),
        before_end_at: date.before.as_ref().map(|when| IsoInstant(when.end_at)),
        start_at: date.after.as_ref().map(|when| IsoInstant(when.start_at)),
        end_at: date.after.as_ref().map(|when| IsoInstant(when.end_at)),
        zone: when.map(|when| when.zone.name().to_owned()).unwrap_or_default(),
        reason: date.reason.clone(),
        notify,
        notice_due_on: notices.map(|notice| notice.due_on).min(),
        late_days: date.notifications.iter().map(|each| each.late_days).max().unwrap_or_default(),
        ..row
    }
}
