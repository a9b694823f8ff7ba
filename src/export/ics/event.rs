//! One VEVENT: an occurrence of a window, or a change freeze.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use icalendar::{Component as _, Event, EventStatus, Property};

use crate::export::text::{clean, clip, counted, date, one_line};
use crate::export::{freeze_uid, occurrence_uid};
use crate::model::{Change, ChangeFreeze, FreezeSpan, LocalMinute, Plan, Stage, UtcMinute};
use crate::schedule::{Clock, Occurrence, Origin, Schedule, WindowSchedule, Zone};

/// Characters of a summary and of one piece of a description. Calendars show less, and AWS takes 64 KB altogether.
const LONGEST_SUMMARY: usize = 250;
const LONGEST_PART: usize = 2_000;
/// Systems that a description names.
const MOST_SYSTEMS: usize = 12;
/// RFC 5545 §3.3.8.
const HIGHEST_SEQUENCE: u32 = i32::MAX as u32;

/// The DTSTAMP of everything in one file: midnight UTC of the plan's first day.
///
/// RFC 5545 §3.8.7.2 wants the moment of the last revision; a plan knows none, and the moment of the export would make
/// every export differ. What readers compare revisions by is SEQUENCE, and only then DTSTAMP.
#[derive(Clone, Copy)]
pub struct Stamp(DateTime<Utc>);

impl Stamp {
    pub fn of(plan: &Plan) -> Self {
        let from = plan.horizon.from;
        let on = if (1..=9999).contains(&from.year()) { from } else { NaiveDate::default() };
        Self(on.and_time(NaiveTime::MIN).and_utc())
    }
}

/// `tzid` is the zone as this file defines it; without one, times are written in UTC.
pub fn of_occurrence(
    schedule: &Schedule,
    window: &WindowSchedule,
    occurrence: &Occurrence,
    tzid: Option<&str>,
    stamp: Stamp,
) -> Event {
    let plan = &*schedule.plan;
    let on = occurrence.original_on();
    let is_on = occurrence.origin != Origin::Skipped;
    let exceptions = window.window.exception(on).map_or(0, |exception| exception.sequence);
    let sequence = window.window.sequence.saturating_add(exceptions).min(HIGHEST_SEQUENCE);
    // A window of no length, which only a hand-edited plan has, still ends after it starts.
    let end_at = occurrence.end_at.max(occurrence.start_at.plus(1));
    let categories = window.scope.stage.map(Stage::name).into_iter().chain([window.window.kind.name()]);

    let mut event = Event::new();
    event.uid(&occurrence_uid(&plan.id, window.id(), on));
    event.timestamp(stamp.0);
    event.sequence(sequence);
    for property in times(&window.expansion.zone, tzid, occurrence.start_at, end_at) {
        event.append_property(property);
    }
    event.summary(&summary(&window.window.name));
    event.description(&description(schedule, window, occurrence));
    event.status(if is_on { EventStatus::Confirmed } else { EventStatus::Cancelled });
    blocks_time(&mut event, is_on);
    event.add_property("CATEGORIES", categories.collect::<Vec<_>>().join(","));
    event
}

/// One time that a freeze comes: whole days that block no time. DTEND is the day after the last (RFC 5545 §3.6.1).
pub fn of_freeze(plan: &Plan, freeze: &ChangeFreeze, span: FreezeSpan, stamp: Stamp) -> Event {
    let after = span.last_on.succ_opt().unwrap_or(span.last_on);
    let day = |name: &str, on: NaiveDate| {
        Property::new(name, on.format("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done()
    };
    let mut event = Event::new();
    event.uid(&freeze_uid(&plan.id, &freeze.id, freeze.period().map(|_| span.first_on)));
    event.timestamp(stamp.0);
    event.sequence(0);
    event.append_property(day("DTSTART", span.first_on));
    event.append_property(day("DTEND", after));
    event.summary(&summary(&format!("Change freeze {}", freeze.name)));
    let notes = clip(clean(&freeze.notes).trim().to_owned(), LONGEST_PART);
    if !notes.is_empty() {
        event.description(&notes);
    }
    event.status(EventStatus::Confirmed);
    blocks_time(&mut event, false);
    event.add_property("CATEGORIES", "Change freeze");
    event
}

/// Whether the event makes people busy, for readers of the RFC and for Outlook.
fn blocks_time(event: &mut Event, blocks: bool) {
    event.add_property("TRANSP", if blocks { "OPAQUE" } else { "TRANSPARENT" });
    event.add_property("X-MICROSOFT-CDO-BUSYSTATUS", if blocks { "BUSY" } else { "FREE" });
}

/// DTSTART and DTEND on the zone's clock; both in UTC where the clock change makes one of them ambiguous, since
/// programs disagree about which of the two times is meant.
fn times(zone: &Zone, tzid: Option<&str>, start_at: UtcMinute, end_at: UtcMinute) -> [Property; 2] {
    let is_plain = |at| {
        let placed = zone.place(zone.local(at));
        placed.at == at && placed.clock == Clock::Plain
    };
    let tzid = tzid.filter(|_| is_plain(start_at) && is_plain(end_at));
    [("DTSTART", start_at), ("DTEND", end_at)].map(|(name, at)| match tzid {
        Some(tzid) => {
            let local = zone.local(at).to_naive().format("%Y%m%dT%H%M%S");
            Property::new(name, local.to_string()).add_parameter("TZID", tzid).done()
        }
        None => Property::new(name, at.to_utc().format("%Y%m%dT%H%M%SZ").to_string()),
    })
}

fn summary(name: &str) -> String {
    clip(one_line(name), LONGEST_SUMMARY)
}

/// What a business owner wants to know, most important first; parts that nobody has filled in are left out.
fn description(schedule: &Schedule, window: &WindowSchedule, occurrence: &Occurrence) -> String {
    let record = &*window.window;
    let parts = [
        change(window, occurrence),
        format!("{} maintenance window{}", record.kind.name(), groups(&schedule.plan, window)),
        systems(window),
        roll_back_by(window, occurrence),
        labelled("Change ticket", &record.change_ticket),
        labelled("Impact", &record.impact),
    ];
    let parts = parts.into_iter().map(|part| clip(clean(&part).trim().to_owned(), LONGEST_PART));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn change(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    let change = window.window.exception(occurrence.original_on()).map(|exception| &exception.change);
    match (occurrence.origin, change) {
        (Origin::Skipped, Some(Change::Skipped { reason })) if !reason.trim().is_empty() => {
            format!("Does not take place: {}", one_line(reason))
        }
        (Origin::Skipped, _) => "Does not take place".to_owned(),
        (Origin::Moved, _) if occurrence.on() == occurrence.original_on() => "Moved to another time".to_owned(),
        (Origin::Moved, _) => format!("Moved from {}", date(occurrence.original_on())),
        (Origin::Added, _) => "Additional date".to_owned(),
        (Origin::Rule, _) => String::new(),
    }
}

fn groups(plan: &Plan, window: &WindowSchedule) -> String {
    let names = window.window.groups.iter().filter_map(|id| plan.group(id)).map(|(_, group)| one_line(&group.name));
    let names = names.collect::<Vec<_>>().join(", ");
    if names.is_empty() { names } else { format!(" of {names}") }
}

/// "40 hosts: Core DB 1, Core DB 2 and 3 more".
fn systems(window: &WindowSchedule) -> String {
    let systems = &window.scope.systems;
    if systems.is_empty() {
        return String::new();
    }
    let names = systems.iter().take(MOST_SYSTEMS).map(|system| one_line(&system.name)).collect::<Vec<_>>().join(", ");
    let more = match systems.len().saturating_sub(MOST_SYSTEMS) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}: {names}{more}", counted(window.scope.hosts() as usize, "host"))
}

fn roll_back_by(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    let deadline = window.rollback_deadline_at(occurrence).filter(|_| occurrence.origin != Origin::Skipped);
    deadline.map_or_else(String::new, |at| {
        let local: LocalMinute = window.local(at);
        format!(
            "Roll back by {} {}",
            local.to_naive().format("%a %-d %b %H:%M"),
            window.expansion.zone.abbreviation(at)
        )
    })
}

fn labelled(label: &str, text: &str) -> String {
    if text.trim().is_empty() { String::new() } else { format!("{label}: {text}") }
}
