//! Calendars for AWS Systems Manager Change Calendar: files to import, and documents of type `ChangeCalendar`.
//!
//! All times are in UTC and events as small as they can be, since AWS takes 64 KB. It does not know cancelled events:
//! what does not take place is left out.

use icalendar::Event;

use super::check::Check;
use super::event::{self, Stamp};
use super::event_text::EventText;
use super::lines::{escaped, refolded};
use super::profile::CalendarFile;
use super::zones::proper_name;
use super::{END, PRODID, Placed, calendar_name, freezes, head, push, writable};
use crate::export::text::clip;
use crate::model::{FreezeScope, Plan};
use crate::schedule::{Origin, Schedule};
use crate::wording::{counted, date};

/// Octets of a calendar. AWS says 64 KB and not which; this is the smaller of the two.
const MOST_OCTETS: usize = 64_000;
const DOCUMENT_PRODID: &str = "-//AWS//Change Calendar 1.0//EN";

/// Numbered files to import, each with as many occurrences as fit.
pub fn imports(schedule: &Schedule, stem: &str, check: &mut Check<'_>) -> Vec<CalendarFile> {
    let events = windows(schedule, &taking_place(schedule, check));
    let zone = proper_name(&schedule.zone);
    let title = calendar_name(&schedule.plan);
    let head = |name: &str| {
        let name = escaped(name);
        refolded(&head(&[
            ("PRODID", PRODID),
            ("CALSCALE", "GREGORIAN"),
            ("METHOD", "PUBLISH"),
            ("X-WR-CALNAME", &name),
            ("X-WR-TIMEZONE", &zone),
        ]))
    };
    // The number in the name takes a few octets more.
    let room = MOST_OCTETS.saturating_sub(head(&title).len() + END.len() + 64);
    let parts = parts(&events, room);
    if parts.len() > 1 {
        let what = format!(
            "The calendar takes {} files: AWS takes 64 KB for all files of one calendar, so each goes into a calendar of \
             its own. Calendars that are closed by default cannot be joined; take fewer months for those",
            parts.len()
        );
        check.say("Plan", schedule.plan.title(), &what);
    }
    let count = parts.len();
    let file = |(index, part): (usize, &[String])| {
        let number = index + 1;
        let name = if count > 1 { format!("{title} ({number} of {count})") } else { title.clone() };
        CalendarFile { name: format!("{stem}-{number}.ics"), text: format!("{}{}{END}", head(&name), part.concat()) }
    };
    parts.into_iter().enumerate().map(file).collect()
}

/// Two documents: closed but for the windows, and open but for the freezes. AWS lets an action run when all of its
/// calendars are open.
pub fn documents(schedule: &Schedule, stem: &str, check: &mut Check<'_>) -> Vec<CalendarFile> {
    let mut files = Vec::new();
    let occurrences = taking_place(schedule, check);
    let closed = document_head(&schedule.plan, "DEFAULT_CLOSED");
    let parts = |events: &[String], head: &str| {
        let room = MOST_OCTETS.saturating_sub(head.len() + END.len());
        parts(events, room).into_iter().map(|part| (part.len(), part.concat())).collect::<Vec<_>>()
    };
    if let Some((count, text)) = parts(&windows(schedule, &occurrences), &closed).into_iter().next() {
        if let Some((_, first)) = occurrences.get(count) {
            let what = format!(
                "AWS takes 64 KB a document: {} from {} on are left out, and the calendar stays closed then. Export again \
                 before that day",
                counted(occurrences.len() - count, "occurrence"),
                date(first.on())
            );
            check.say("Plan", schedule.plan.title(), &what);
        }
        files.push(CalendarFile { name: format!("{stem}-windows.ics"), text: format!("{closed}{text}{END}") });
    }
    let stamp = Stamp::of(&schedule.plan);
    let times = freezes(schedule);
    check.freezes(&times);
    tell_narrow_freezes(schedule, check);
    let frozen = times
        .iter()
        .map(|(freeze, span)| written(&event::of_frozen_time(&schedule.plan, freeze, *span, &schedule.zone, stamp)));
    let open = document_head(&schedule.plan, "DEFAULT_OPEN");
    // A calendar that is open by default may be in several parts: each of them closes for its own freezes.
    for (index, (_, text)) in parts(&frozen.collect::<Vec<_>>(), &open).into_iter().enumerate() {
        let number = if index == 0 { String::new() } else { format!("-{}", index + 1) };
        let name = format!("{stem}-freezes{number}.ics");
        files.push(CalendarFile { name, text: format!("{open}{text}{END}") });
    }
    files
}

fn document_head(plan: &Plan, kind: &str) -> String {
    let title = escaped(&clip(calendar_name(plan), 200));
    refolded(&head(&[("PRODID", DOCUMENT_PRODID), ("X-CALENDAR-TYPE", kind), ("X-WR-CALDESC", &title)]))
}

/// What takes place and can be written.
fn taking_place<'a>(schedule: &'a Schedule, check: &mut Check<'_>) -> Vec<Placed<'a>> {
    let mut all = writable(schedule);
    let count = all.len();
    all.retain(|(_, occurrence)| occurrence.origin != Origin::Skipped);
    if all.len() < count {
        let skipped = counted(count - all.len(), "skipped occurrence");
        check.say("Plan", schedule.plan.title(), &format!("AWS does not know cancelled events: {skipped} left out"));
    }
    check.readable(&all, false);
    all
}

/// The text of an event for each of them.
fn windows(schedule: &Schedule, occurrences: &[Placed<'_>]) -> Vec<String> {
    let stamp = Stamp::of(&schedule.plan);
    let event = |(window, occurrence): &Placed<'_>| {
        let text = EventText::bare(schedule, window, occurrence);
        written(&event::bare(window, occurrence, &text, None, stamp))
    };
    occurrences.iter().map(event).collect()
}

fn written(event: &Event) -> String {
    let mut text = String::new();
    push(&mut text, event);
    refolded(&text)
}

/// The events in their order, as many together as have room.
fn parts(events: &[String], room: usize) -> Vec<&[String]> {
    let mut parts = Vec::new();
    let (mut from, mut octets) = (0, 0);
    for (at, event) in events.iter().enumerate() {
        if octets + event.len() > room && at > from {
            parts.push(&events[from..at]);
            (from, octets) = (at, 0);
        }
        octets += event.len();
    }
    if from < events.len() {
        parts.push(&events[from..]);
    }
    parts
}

/// A calendar knows no systems: a freeze of some closes it for all.
fn tell_narrow_freezes(schedule: &Schedule, check: &mut Check<'_>) {
    for freeze in schedule.plan.freezes().iter().filter(|freeze| freeze.scope != FreezeScope::Everything) {
        let what = "It covers some systems only, but closes the calendar for all that ask it";
        check.say("Freeze", &freeze.name, what);
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn events_fill_each_part_and_one_that_is_too_large_stands_alone() {
        let events: Vec<String> = [3, 3, 3, 9, 1, 1].map(|length| "x".repeat(length)).into();
        let lengths: Vec<usize> = parts(&events, 7).into_iter().map(<[String]>::len).collect();
        assert_eq!(lengths, [2, 1, 1, 2]);
        assert!(parts(&[], 7).is_empty());
    }
}
