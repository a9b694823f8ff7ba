//! Calendars for AWS Systems Manager Change Calendar: files to import, and documents of type `ChangeCalendar`.
//!
//! All times are in UTC and events as small as possible, since AWS accepts 64 KB for each calendar. It does not know
//! cancelled events, so skipped occurrences are left out.

use chrono::NaiveDate;
use icalendar::Event;

use super::check::Check;
use super::profile::{Audience, CalendarRequest, Container, Freezes, Profile, is_calendar_of_plan};
use crate::export::file::{ExportFile, Output};
use crate::export::ics::{
    END, EventText, FreezeRecurrence, PRODID, Stamp, TimeForm, bare_event, bare_head, calendar_head, calendar_name,
    escaped, freeze_times, frozen_time_event, proper_name, push_event, refolded, writable,
};
use crate::export::text::clip;
use crate::model::{LocalMinute, Plan, SystemScope};
use crate::schedule::time::zone_data::ZoneData;
use crate::schedule::{Occurrence, Origin, Schedule, WindowOccurrence};
use crate::wording::{counted, date, moment};

/// Octets of a calendar. AWS documents 64 KB, which may mean 64,000 or 65,536.
const MOST_OCTETS: usize = 64_000;
const DOCUMENT_PRODID: &str = "-//AWS//Change Calendar 1.0//EN";

pub static AWS_IMPORT: Profile = Profile {
    output: Output {
        id: "aws-import",
        name: "AWS Change Calendar, import",
        help: "Numbered files of at most 64 KB in UTC, to import",
    },
    audience: Audience::Everybody,
    freezes: Freezes::Never {
        on_screen: "Left out: this reader would take them for windows",
        in_check: "Freezes are left out: this reader would take them for windows",
    },
    container: Container::Folder { is_ours: is_calendar_of_plan },
    is_in_utc: true,
    takes_from: true,
    write: imports,
};

pub static AWS_DOCUMENT: Profile = Profile {
    output: Output {
        id: "aws-document",
        name: "AWS Change Calendar, document",
        help: "Two documents: closed except during the windows, and open except during the freezes",
    },
    audience: Audience::Everybody,
    freezes: Freezes::Always {
        on_screen: "They are written to a separate document",
        in_check: "They are always written to a separate document",
    },
    container: Container::Folder { is_ours: is_calendar_of_plan },
    is_in_utc: true,
    takes_from: true,
    write: documents,
};

/// Numbered files to import, each with the occurrences that fit.
fn imports(request: &CalendarRequest<'_>, check: &mut Check<'_>) -> Vec<ExportFile> {
    let CalendarRequest { schedule, stem, .. } = *request;
    let events = windows(schedule, &from_day(schedule, taking_place(schedule, check), request.from, true, check));
    let zone = proper_name(&schedule.zone);
    let title = calendar_name(&schedule.plan);
    let head = |name: &str| {
        let name = escaped(name);
        refolded(&calendar_head(&[
            ("PRODID", PRODID),
            ("CALSCALE", "GREGORIAN"),
            ("METHOD", "PUBLISH"),
            ("X-WR-CALNAME", &name),
            ("X-WR-TIMEZONE", &zone),
        ]))
    };
    // Leaves room for the number in the name.
    let room = MOST_OCTETS.saturating_sub(head(&title).len() + END.len() + 64);
    let parts = parts(&events, room);
    if parts.len() > 1 {
        let what = format!(
            "The calendar needs {}, since AWS accepts 64 KB per calendar: import each into a separate calendar. A \
             calendar that is closed by default cannot be split: export fewer months",
            counted(parts.len(), "file")
        );
        check.say_of_plan(&what);
    }
    let count = parts.len();
    let file = |(index, part): (usize, &[String])| {
        let number = index + 1;
        let name = if count > 1 { format!("{title} ({number} of {count})") } else { title.clone() };
        ExportFile::new(format!("{stem}-{number}.ics"), format!("{}{}{END}", head(&name), part.concat()))
    };
    parts.into_iter().enumerate().map(file).collect()
}

/// Two documents: closed except during the windows, and open except during the freezes. AWS lets an action run when all
/// of its calendars are open.
fn documents(request: &CalendarRequest<'_>, check: &mut Check<'_>) -> Vec<ExportFile> {
    let CalendarRequest { schedule, stem, .. } = *request;
    let mut files = Vec::new();
    let closed = document_head(&schedule.plan, "DEFAULT_CLOSED");
    let room = |head: &str| MOST_OCTETS.saturating_sub(head.len() + END.len());
    if let Some(text) = coming_windows(request, room(&closed), check) {
        files.push(ExportFile::new(format!("{stem}-windows.ics"), format!("{closed}{text}{END}")));
    }
    let stamp = Stamp::for_plan(&schedule.plan);
    let mut times = freeze_times(schedule);
    times.retain(|(_, span)| request.from.is_none_or(|from| span.last_on >= from));
    check.freezes(&times);
    report_narrow_freezes(&times, check);
    let frozen = times
        .iter()
        .map(|(freeze, span)| written(&frozen_time_event(&schedule.plan, freeze, *span, &schedule.zone, stamp)));
    let open = document_head(&schedule.plan, "DEFAULT_OPEN");
    // A calendar that is open by default may be split: each part closes for its own freezes.
    for (index, part) in parts(&frozen.collect::<Vec<_>>(), room(&open)).into_iter().enumerate() {
        let number = if index == 0 { String::new() } else { format!("-{}", index + 1) };
        files.push(ExportFile::new(format!("{stem}-freezes{number}.ics"), format!("{open}{}{END}", part.concat())));
    }
    files
}

/// The events of the document for the windows, which cannot be split: all if they fit, else those to come, as many as fit.
/// None if nothing is left.
fn coming_windows(request: &CalendarRequest<'_>, room: usize, check: &mut Check<'_>) -> Option<String> {
    let schedule = request.schedule;
    let mut occurrences = taking_place(schedule, check);
    let fits = windows(schedule, &occurrences).iter().map(String::len).sum::<usize>() <= room;
    // A plan that fits gives the same document every day.
    let from = request.from.or((!fits).then_some(request.today));
    occurrences = from_day(schedule, occurrences, from, request.from.is_some(), check);
    let events = windows(schedule, &occurrences);
    let part = parts(&events, room).into_iter().next()?;
    if let (Some((_, first)), Some((_, last)), Some((_, missing))) =
        (occurrences.first(), occurrences.get(part.len() - 1), occurrences.get(part.len()))
    {
        // On one clock: dates of windows in other zones could overlap.
        let begin = |occurrence: &Occurrence| moment(schedule.zone.local(occurrence.start_at).to_naive());
        let what = format!(
            "AWS takes 64 KB a document: this one holds the occurrences that begin from {} to {}. {} from {} on are left \
             out, and the calendar stays closed then. Renew the document before {}: export it again",
            begin(first),
            begin(last),
            counted(occurrences.len() - part.len(), "occurrence"),
            begin(missing),
            date(schedule.zone.local(missing.start_at).date())
        );
        check.say_of_plan(&what);
    }
    Some(part.concat())
}

/// The occurrences that are not over when `from` begins on the plan's clock; all without a day. `was_chosen`: by a
/// person.
fn from_day<'a>(
    schedule: &Schedule,
    mut occurrences: Vec<WindowOccurrence<'a>>,
    from: Option<NaiveDate>,
    was_chosen: bool,
    check: &mut Check<'_>,
) -> Vec<WindowOccurrence<'a>> {
    let Some(from) = from else { return occurrences };
    let begin = schedule.zone.resolve(LocalMinute::midnight(from)).at;
    let count = occurrences.len();
    occurrences.retain(|(_, occurrence)| occurrence.end_at > begin);
    let over = count - occurrences.len();
    if count > 0 && over == count {
        let advice = if was_chosen { "choose an earlier day" } else { "extend the plan's months" };
        check.say_of_plan(&format!("No occurrence ends after {} begins: {advice}", date(from)));
    } else if over > 0 {
        let over = counted(over, "occurrence");
        check.say_of_plan(&format!("{over} before {} left out", date(from)));
    }
    occurrences
}

fn document_head(plan: &Plan, kind: &str) -> String {
    let title = clip(calendar_name(plan), 200);
    let title = escaped(&format!("{title} (zone data {})", ZoneData::in_use().release()));
    refolded(&bare_head(&[("PRODID", DOCUMENT_PRODID), ("X-CALENDAR-TYPE", kind), ("X-WR-CALDESC", &title)]))
}

/// The occurrences that take place and can be written.
fn taking_place<'a>(schedule: &'a Schedule, check: &mut Check<'_>) -> Vec<WindowOccurrence<'a>> {
    let mut all = writable(schedule);
    let count = all.len();
    all.retain(|(_, occurrence)| occurrence.origin != Origin::Skipped);
    if all.len() < count {
        let skipped = counted(count - all.len(), "skipped occurrence");
        check.say_of_plan(&format!("{skipped} left out: AWS has no cancelled events"));
    }
    check.readable(&all, TimeForm::Utc, false);
    all
}

/// The events of the occurrences as text.
fn windows(schedule: &Schedule, occurrences: &[WindowOccurrence<'_>]) -> Vec<String> {
    let stamp = Stamp::for_plan(&schedule.plan);
    let event = |(window, occurrence): &WindowOccurrence<'_>| {
        let text = EventText::bare(schedule, window, occurrence);
        written(&bare_event(window, occurrence, &text, None, stamp))
    };
    occurrences.iter().map(event).collect()
}

fn written(event: &Event) -> String {
    let mut text = String::new();
    push_event(&mut text, event);
    refolded(&text)
}

/// The events in order, in parts of as many as fit.
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

/// A calendar knows no systems, so a freeze of some of them closes it for all.
fn report_narrow_freezes(times: &[FreezeRecurrence<'_>], check: &mut Check<'_>) {
    let freezes = times.iter().map(|(freeze, _)| freeze).filter(|freeze| freeze.scope != SystemScope::Everything);
    let mut last = None;
    for freeze in freezes.filter(|freeze| last.replace(&freeze.id) != Some(&freeze.id)) {
        let what = "It covers some systems only, but closes the calendar for everyone who uses it";
        check.say("Freeze", &freeze.name, what);
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn events_fill_each_part_and_one_that_is_too_large_has_its_own() {
        let events: Vec<String> = [3, 3, 3, 9, 1, 1].map(|length| "x".repeat(length)).into();
        let lengths: Vec<usize> = parts(&events, 7).into_iter().map(<[String]>::len).collect();
        assert_eq!(lengths, [2, 1, 1, 2]);
        assert!(parts(&[], 7).is_empty());
    }
}
