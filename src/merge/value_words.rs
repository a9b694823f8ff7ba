//! Single values of fields in words.

use serde::Deserialize;
use serde_json::Value;

use super::fields::read;
use crate::model::{
    Absence, Agreement, Assignee, Booking, DatedChange, Duty, Exception, Holiday, OccurrenceChange, Plan, Rule,
};
use crate::wording::typed::read_iso_date;
use crate::wording::{date, list_in_sentence, time};

/// At most this many parts of a value are named.
const MOST_PARTS: usize = 12;

/// Any value in words, without the signs of files.
pub(super) fn in_words(plan: &Plan, hint: &str, value: &Value) -> String {
    if let Some(words) = type_in_words(plan, hint, value) {
        return words;
    }
    match value {
        Value::Null => "empty".to_owned(),
        Value::Bool(is_so) => if *is_so { "yes" } else { "no" }.to_owned(),
        Value::Number(number) if hint.ends_with("_tenths") => {
            number.as_f64().map_or_else(|| number.to_string(), |tenths| format!("{:.1}", tenths / 10.0))
        }
        Value::Number(number) => number.to_string(),
        Value::String(text) => text_in_words(plan, hint, text),
        Value::Array(list) if list.is_empty() => "empty".to_owned(),
        Value::Array(list) => list_in_sentence(list.iter().map(|each| in_words(plan, hint, each)), MOST_PARTS),
        Value::Object(fields) => {
            let filled = fields.iter().filter(|(_, value)| !value.is_null());
            let part = |(name, value): (&String, &Value)| {
                let words = in_words(plan, name, value);
                format!("{} {words}", name.replace('_', " "))
            };
            list_in_sentence(filled.map(part), MOST_PARTS)
        }
    }
}

fn text_in_words(plan: &Plan, hint: &str, text: &str) -> String {
    if let Some(name) = named(plan, hint, text) {
        return name;
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return "empty".to_owned();
    }
    if let Ok(on) = read_iso_date(&line) {
        return date(on);
    }
    moment_in_words(&line).unwrap_or(line)
}

/// "Sat 13 Mar 2027 21:00 UTC" for "2027-03-13T21:00Z".
fn moment_in_words(text: &str) -> Option<String> {
    let (on, rest) = text.split_once('T')?;
    let clock = rest.get(..5).filter(|clock| clock.as_bytes()[2] == b':')?;
    let zone = if rest.ends_with('Z') { " UTC" } else { "" };
    Some(format!("{} {clock}{zone}", date(read_iso_date(on).ok()?)))
}

/// The name of the record that an id in this field means.
pub(super) fn named(plan: &Plan, hint: &str, id: &str) -> Option<String> {
    let name = match hint {
        "systems" | "depends_on" | "twin" | "Systems" => plan.systems().name_of(&id.into()),
        "groups" => plan.group(&id.into()).map(|(_, group)| group.name.clone())?,
        "people" | "Person" => plan.people().name_of(&id.into()),
        "Team" => plan.teams().name_of(&id.into()),
        "area" | "areas" | "Areas" => plan.areas().name_of(&id.into()),
        "Ladders" => plan.ladders().name_of(&id.into()),
        "holidays" => plan.holidays().name_of(&id.into()),
        "checklist" => plan.checklists().name_of(&id.into()),
        "release" => plan.releases().name_of(&id.into()),
        "window" | "exemptions" => plan.windows().name_of(&id.into()),
        _ => return None,
    };
    Some(name)
}

/// An answer, as conflicts keep it.
#[derive(Deserialize)]
struct Answer {
    agreement: Agreement,
}

/// The value, if its field has a type with words of its own.
pub(super) fn type_in_words(plan: &Plan, hint: &str, value: &Value) -> Option<String> {
    if value.is_null() {
        return None;
    }
    match hint {
        "exceptions" => read::<Exception>(value).ok().map(|exception| change_in_words(&exception)),
        "changes" => read::<DatedChange>(value).ok().map(|change| change.in_words()),
        "rule" => read::<Rule>(value).ok().map(|rule| rule.in_words(|id| plan.release_name(id))),
        "agreement" => {
            let agreement = read::<Answer>(value).map(|answer| answer.agreement).or_else(|_| read(value)).ok()?;
            Some(agreement_in_words(&agreement))
        }
        "bookings" => read::<Booking>(value).ok().map(|booking| booking_in_words(plan, &booking)),
        "away" => read::<Absence>(value).ok().map(|absence| {
            let (first, last) = (date(absence.first_on), date(absence.last_on));
            let days = if first == last { first } else { format!("{first} to {last}") };
            in_brackets_if_any(days, &absence.reason)
        }),
        "days" => {
            let day = read::<Holiday>(value).ok()?;
            Some(in_brackets_if_any(format!("{} on {}", day.name, date(day.on)), &day.region))
        }
        _ => None,
    }
}

fn in_brackets_if_any(words: String, more: &str) -> String {
    if more.is_empty() { words } else { format!("{words} ({more})") }
}

/// "agreed by Magnus Lindqvist on Wed 18 Nov 2026"
fn agreement_in_words(agreement: &Agreement) -> String {
    let by = |name: &str| if name.is_empty() { String::new() } else { format!(" by {name}") };
    match agreement {
        Agreement::NotAsked => "not asked".to_owned(),
        Agreement::Asked { on } => format!("asked on {}", date(*on)),
        Agreement::Agreed { on, by: name } => format!("agreed{} on {}", by(name), date(*on)),
        Agreement::Declined { on, by: name, reason } => {
            in_brackets_if_any(format!("declined{} on {}", by(name), date(*on)), reason)
        }
    }
}

/// "work by Databases", "testing for 2 h by Ann on Sat 13 Mar 2027"
fn booking_in_words(plan: &Plan, booking: &Booking) -> String {
    let duty = match booking.duty {
        Duty::Work => "work".to_owned(),
        Duty::Testing(length) => format!("testing for {length}"),
    };
    let who = match &booking.who {
        Assignee::Person(id) => plan.people().name_of(id),
        Assignee::Team(id) => plan.teams().name_of(id),
    };
    let on = booking.on.map_or_else(String::new, |on| format!(" on {}", date(on)));
    format!("{duty} by {who}{on}")
}

/// "moved to Sun 14 Mar 2027 at 23:00 for 5 h"
fn change_in_words(exception: &Exception) -> String {
    let (start, words) = match &exception.change {
        OccurrenceChange::Moved { to, start, .. } => (*start, format!("moved to {}", date(*to))),
        OccurrenceChange::Added { start, .. } => (*start, "added".to_owned()),
        OccurrenceChange::Skipped { reason } if reason.is_empty() => (None, "skipped".to_owned()),
        OccurrenceChange::Skipped { reason } => (None, format!("skipped ({reason})")),
        OccurrenceChange::Restored => (None, "as the rule says".to_owned()),
    };
    let start = start.map_or_else(String::new, |start| format!(" at {}", time(start)));
    let length = exception.change.duration().map_or_else(String::new, |length| format!(" for {length}"));
    format!("{words}{start}{length}")
}
