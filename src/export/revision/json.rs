//! A revision for machines.

use chrono::NaiveDate;
use serde::Serialize;

use crate::export::iso_times::{IsoInstant, IsoLocalTime};
use crate::export::json::indented_json;
use crate::schedule::revision::{
    DateRevision, Difference, FieldChange, Notification, OccurrencePeriod, Owner, WindowRevision,
};
use crate::schedule::time::zone_data::ZoneData;
use crate::schedule::{InviteMessageKind, Revision};

/// The whole comparison. Field names are keys for other programs and must not change; the same holds for the records in
/// it.
#[derive(Debug, Serialize)]
struct Document<'a> {
    /// The number of the form of the JSON.
    version: u32,
    title: &'a str,
    compared_with: &'a str,
    /// The release of the time zone database.
    zone_data: &'a str,
    today: NaiveDate,
    summary: String,
    /// Occurrences that are in both as they were.
    unchanged: usize,
    windows: Vec<WindowRow<'a>>,
    records: Vec<RecordRow<'a>>,
    owners: Vec<OwnerRow<'a>>,
}

#[derive(Debug, Serialize)]
struct WindowRow<'a> {
    /// The window's id.
    window: &'a str,
    name: &'a str,
    /// "changed", "new" or "removed".
    fate: String,
    headline: String,
    fields: Vec<FieldRow<'a>>,
    dates: Vec<DateRow<'a>>,
}

#[derive(Debug, Serialize)]
struct FieldRow<'a> {
    field: &'a str,
    /// None in a list.
    before: Option<&'a str>,
    after: Option<&'a str>,
    added: &'a [String],
    removed: &'a [String],
}

#[derive(Debug, Serialize)]
struct DateRow<'a> {
    /// The date that the rule gave.
    original_on: NaiveDate,
    /// "moved", "cancelled", "added", "restored", "changed", "in earlier months" or "in new months".
    change: String,
    before: Option<WhenRow>,
    after: Option<WhenRow>,
    reason: &'a str,
    past: bool,
    told: Vec<ToldRow>,
}

#[derive(Debug, Serialize)]
struct WhenRow {
    start_at: IsoInstant,
    end_at: IsoInstant,
    /// On the clock in `zone`.
    local_start: IsoLocalTime,
    /// IANA name.
    zone: String,
}

#[derive(Debug, Serialize)]
struct ToldRow {
    /// The index in `owners`, from 0.
    owner: usize,
    /// "invite", "update" or "cancellation"; none if only the wording is new.
    what: Option<String>,
    notice_due_on: Option<NaiveDate>,
    /// 0 if it is in time.
    late_days: i64,
}

#[derive(Debug, Serialize)]
struct RecordRow<'a> {
    /// "freeze year-end"
    subject: String,
    kind: &'a str,
    name: &'a str,
    fate: String,
    fields: Vec<FieldRow<'a>>,
}

#[derive(Debug, Serialize)]
struct OwnerRow<'a> {
    name: &'a str,
    address: Option<&'a str>,
    /// "owner", or "informed" for people and teams of whom no answer is asked.
    role: &'static str,
    areas: &'a [String],
    invites: usize,
    updates: usize,
    cancellations: usize,
    late: usize,
}

/// One JSON object. `basis`: what it was compared with.
pub fn json(revision: &Revision, basis: &str) -> String {
    let record = |each: &'_ crate::schedule::revision::RecordRevision| each.presence.name().to_lowercase();
    indented_json(&Document {
        version: 1,
        title: &revision.title,
        compared_with: basis,
        zone_data: ZoneData::in_use().release(),
        today: revision.today,
        summary: revision.summary(),
        unchanged: revision.unchanged,
        windows: revision.windows.iter().map(window_row).collect(),
        records: revision
            .records
            .iter()
            .map(|each| RecordRow {
                subject: each.subject.to_string(),
                kind: each.kind,
                name: &each.name,
                fate: record(each),
                fields: each.fields.iter().map(field_row).collect(),
            })
            .collect(),
        owners: revision.owners.iter().map(owner_row).collect(),
    })
}

fn window_row(window: &WindowRevision) -> WindowRow<'_> {
    WindowRow {
        window: window.window.as_str(),
        name: &window.name,
        fate: window.presence.name().to_lowercase(),
        headline: window.headline(),
        fields: window.fields.iter().map(field_row).collect(),
        dates: window.dates.iter().map(date_row).collect(),
    }
}

fn field_row(change: &FieldChange) -> FieldRow<'_> {
    match &change.difference {
        Difference::Value { before, after } => {
            FieldRow { field: &change.field, before: Some(before), after: Some(after), added: &[], removed: &[] }
        }
        Difference::List { added, removed } => {
            FieldRow { field: &change.field, before: None, after: None, added, removed }
        }
    }
}

fn date_row(date: &DateRevision) -> DateRow<'_> {
    DateRow {
        original_on: date.on,
        change: date.change.name().to_lowercase(),
        before: date.before.as_ref().map(when_row),
        after: date.after.as_ref().map(when_row),
        reason: &date.reason,
        past: date.is_past,
        told: date.notifications.iter().map(told_row).collect(),
    }
}

fn when_row(when: &OccurrencePeriod) -> WhenRow {
    WhenRow {
        start_at: IsoInstant(when.start_at),
        end_at: IsoInstant(when.end_at),
        local_start: IsoLocalTime(when.start()),
        zone: when.zone.name().to_owned(),
    }
}

fn told_row(notification: &Notification) -> ToldRow {
    let name = |what: InviteMessageKind| what.name().to_lowercase();
    ToldRow {
        owner: notification.owner,
        what: notification.what.map(name),
        notice_due_on: notification.notice.map(|notice| notice.due_on),
        late_days: notification.late_days,
    }
}

fn owner_row(owner: &Owner) -> OwnerRow<'_> {
    OwnerRow {
        name: owner.called(),
        address: owner.address.as_deref(),
        role: if owner.is_informed { "informed" } else { "owner" },
        areas: &owner.areas,
        invites: owner.invites,
        updates: owner.updates,
        cancellations: owner.cancellations,
        late: owner.late,
    }
}
