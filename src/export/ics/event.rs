//! One VEVENT: an occurrence of a window, or a change freeze.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use icalendar::{Component as _, Event, EventStatus, Property};

use super::event_text::{EventText, freeze_summary, part};
use crate::model::{ChangeFreeze, FreezeSpan, LocalMinute, MaintenanceWindow, Plan, Stage, UtcMinute, freeze_uid};
use crate::schedule::agreement::outbox::HIGHEST_SEQUENCE;
use crate::schedule::{LocalTimeKind, Occurrence, Origin, WindowSchedule, Zone};
use crate::wording::iso;

/// The DTSTAMP of everything in a file: midnight UTC of the plan's first day.
///
/// RFC 5545 §3.8.7.2 asks for the moment of the last revision. A plan does not know it, and the moment of the export would
/// make every export differ. Readers compare revisions by SEQUENCE, and only then by DTSTAMP.
#[derive(Clone, Copy)]
pub struct Stamp(pub DateTime<Utc>);

impl Stamp {
    pub fn for_plan(plan: &Plan) -> Self {
        Self::on(plan.horizon().from)
    }

    /// Midnight UTC of that day; of the first day of 1970 if four digits cannot write its year.
    pub fn on(day: NaiveDate) -> Self {
        let on = if (1..=9999).contains(&day.year()) { day } else { NaiveDate::default() };
        Self(on.and_time(NaiveTime::MIN).and_utc())
    }
}

/// An occurrence as an event. `tzid` is the name of its zone in this file; without one, times are written in UTC.
pub fn occurrence_event(
    window: &WindowSchedule,
    occurrence: &Occurrence,
    text: EventText,
    tzid: Option<&str>,
    stamp: Stamp,
) -> Event {
    let is_on = occurrence.origin != Origin::Skipped;
    let categories = window.scope.stage.map(Stage::name).into_iter().chain([window.window.kind.name()]);
    let mut event = bare_event(window, occurrence, &text, tzid, stamp);
    if !text.description.is_empty() {
        event.description(&text.description);
    }
    event.status(if is_on { EventStatus::Confirmed } else { EventStatus::Cancelled });
    blocks_time(&mut event, is_on);
    event.add_property("CATEGORIES", categories.collect::<Vec<_>>().join(","));
    event
}

/// An occurrence with nothing but the required properties.
pub fn bare_event(
    window: &WindowSchedule,
    occurrence: &Occurrence,
    text: &EventText,
    tzid: Option<&str>,
    stamp: Stamp,
) -> Event {
    // A window without length, which only a hand-edited plan has, still has to end after it starts.
    let end_at = occurrence.end_at.max(occurrence.start_at.plus(1));
    let mut event = Event::new();
    event.uid(&text.uid);
    event.timestamp(stamp.0);
    event.sequence(sequence(&window.window, occurrence.original_on()));
    for property in time_properties(&window.expansion.zone, tzid, occurrence.start_at, end_at) {
        event.append_property(property);
    }
    event.summary(&text.summary);
    event
}

/// How often the occurrence of that original date, or its window, was changed.
pub fn sequence(window: &MaintenanceWindow, original_on: NaiveDate) -> u32 {
    let exceptions = window.exception(original_on).map_or(0, |exception| exception.sequence);
    window.sequence.saturating_add(exceptions).min(HIGHEST_SEQUENCE)
}

/// A recurrence of a freeze as an all-day event that does not show people as busy. DTEND is the day after the last (RFC
/// 5545 §3.6.1).
pub fn freeze_event(plan: &Plan, freeze: &ChangeFreeze, span: FreezeSpan, stamp: Stamp) -> Event {
    let after = span.last_on.succ_opt().unwrap_or(span.last_on);
    let day =
        |name: &str, on: NaiveDate| Property::new(name, iso::basic_date(on)).add_parameter("VALUE", "DATE").done();
    let mut event = bare_freeze_event(plan, freeze, span, stamp);
    event.append_property(day("DTSTART", span.first_on));
    event.append_property(day("DTEND", after));
    let notes = part(&freeze.notes);
    if !notes.is_empty() {
        event.description(&notes);
    }
    event.status(EventStatus::Confirmed);
    blocks_time(&mut event, false);
    event.add_property("CATEGORIES", "Change freeze");
    event
}

/// The same as instants in UTC, from the first midnight on the plan's clock to the one after the last day.
pub fn frozen_time_event(plan: &Plan, freeze: &ChangeFreeze, span: FreezeSpan, zone: &Zone, stamp: Stamp) -> Event {
    let midnight = |on| zone.resolve(LocalMinute::midnight(on)).at;
    let after = span.last_on.succ_opt().unwrap_or(span.last_on);
    let mut event = bare_freeze_event(plan, freeze, span, stamp);
    for property in time_properties(zone, None, midnight(span.first_on), midnight(after)) {
        event.append_property(property);
    }
    event
}

fn bare_freeze_event(plan: &Plan, freeze: &ChangeFreeze, span: FreezeSpan, stamp: Stamp) -> Event {
    let mut event = Event::new();
    event.uid(&freeze_uid(plan.id(), &freeze.id, freeze.period().map(|_| span.first_on)));
    event.timestamp(stamp.0);
    event.sequence(0);
    event.summary(&freeze_summary(freeze));
    event
}

/// Sets whether the event shows people as busy, for readers of the RFC and for Outlook.
pub fn blocks_time(event: &mut Event, blocks: bool) {
    event.add_property("TRANSP", if blocks { "OPAQUE" } else { "TRANSPARENT" });
    event.add_property("X-MICROSOFT-CDO-BUSYSTATUS", if blocks { "BUSY" } else { "FREE" });
}

/// DTSTART and DTEND on the zone's clock; both in UTC if the clock change makes one of them ambiguous, since programs
/// disagree about which of the two times is meant.
pub fn time_properties(zone: &Zone, tzid: Option<&str>, start_at: UtcMinute, end_at: UtcMinute) -> [Property; 2] {
    let is_plain = |at| {
        let resolved = zone.resolve(zone.local(at));
        resolved.at == at && resolved.clock == LocalTimeKind::Plain
    };
    let tzid = tzid.filter(|_| is_plain(start_at) && is_plain(end_at));
    [("DTSTART", start_at), ("DTEND", end_at)].map(|(name, at)| match tzid {
        Some(tzid) => Property::new(name, iso::basic_local(zone.local(at))).add_parameter("TZID", tzid).done(),
        None => Property::new(name, iso::basic_utc(at)),
    })
}
