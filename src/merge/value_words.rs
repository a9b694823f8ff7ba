//! Single values of fields in words.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::fields::read;
use super::names::Names;
use crate::model::{
    Absence, Agreement, Assignee, Batch, Booking, DatedChange, Duty, Exception, Holiday, ListedDate, OccurrenceChange,
    OccurrenceTimes, Rule, ScanInterval, ScanRun, UtcMinute,
};
use crate::wording::typed::read_iso_date;
use crate::wording::{counted, date, list_in_sentence, moment, moments, time};

/// At most this many parts of a value are named.
const MOST_PARTS: usize = 12;

/// An exception that only says that its occurrence follows the rule again.
pub(super) const RESET: &str = "reset";

/// Any value in words, without the signs of files. `hint` is the name of the field.
pub(super) fn in_words(names: Names<'_>, hint: &str, value: &Value) -> String {
    if let Some(words) = type_in_words(names, hint, value) {
        return words;
    }
    match value {
        Value::Null => "empty".to_owned(),
        Value::Bool(is_so) => if *is_so { "yes" } else { "no" }.to_owned(),
        Value::Number(number) if hint.ends_with("_tenths") => {
            number.as_f64().map_or_else(|| number.to_string(), |tenths| format!("{:.1}", tenths / 10.0))
        }
        Value::Number(number) => number.to_string(),
        Value::String(text) => text_in_words(names, hint, text),
        Value::Array(list) if list.is_empty() => "empty".to_owned(),
        Value::Array(list) => list_in_sentence(list.iter().map(|each| in_words(names, hint, each)), MOST_PARTS),
        Value::Object(fields) if fields.is_empty() => "empty".to_owned(),
        Value::Object(fields) => {
            let filled = fields.iter().filter(|(_, value)| !value.is_null());
            let part = |(name, value): (&String, &Value)| format!("{} {}", title(name), in_words(names, name, value));
            list_in_sentence(filled.map(part), MOST_PARTS)
        }
    }
}

/// The kind of a value of which there are several kinds, each with values of its own: "Systems", which a freeze has
/// instead of "Areas".
pub(super) fn kind_of(value: &Value) -> Option<&str> {
    let is_kind = |name: &&String| name.starts_with(|c: char| c.is_ascii_uppercase());
    let only_name = |fields: &Map<String, Value>| fields.len() == 1 && fields.keys().all(|name| is_kind(&name));
    match value {
        Value::Object(fields) if only_name(fields) => fields.keys().next().map(String::as_str),
        _ => None,
    }
}

/// The name of a field or kind: "final verification" for `final_verification`, "After release" for `AfterRelease`.
pub(super) fn title(name: &str) -> String {
    let is_kind = name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(char::is_alphanumeric);
    let mut title = String::with_capacity(name.len() + 2);
    let mut is_after_capital = true;
    for c in name.chars() {
        let is_capital = c.is_ascii_uppercase();
        match c {
            '_' => title.push(' '),
            c if is_kind && is_capital && !is_after_capital => title.extend([' ', c.to_ascii_lowercase()]),
            c => title.push(c),
        }
        is_after_capital = is_capital;
    }
    title
}

fn text_in_words(names: Names<'_>, hint: &str, text: &str) -> String {
    if let Some(name) = names.find(hint, text) {
        return name;
    }
    let line = line(text);
    if line.is_empty() {
        return "empty".to_owned();
    }
    if let Ok(on) = read_iso_date(&line) {
        return date(on);
    }
    moment_in_words(&line).unwrap_or(line)
}

/// A text on one line.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "Sat 13 Mar 2027 21:00 UTC" for "2027-03-13T21:00Z".
fn moment_in_words(text: &str) -> Option<String> {
    let (on, rest) = text.split_once('T')?;
    let clock = rest.get(..5).filter(|clock| clock.as_bytes()[2] == b':')?;
    let zone = if rest.ends_with('Z') { " UTC" } else { "" };
    Some(format!("{} {clock}{zone}", date(read_iso_date(on).ok()?)))
}

/// The value, if its field has a type with words of its own.
pub(super) fn type_in_words(names: Names<'_>, hint: &str, value: &Value) -> Option<String> {
    if value.is_null() {
        return None;
    }
    match hint {
        "exceptions" => read::<Exception>(value).ok().map(|exception| change_in_words(&exception)),
        "changes" => read::<DatedChange>(value).ok().map(|change| change.in_words()),
        "rule" => read::<Rule>(value).ok().map(|rule| rule_in_words(names, &rule)),
        "agreement" => {
            let answer = read::<Answer>(value).map(|answer| answer.in_words());
            answer.or_else(|_| read(value).map(|agreement| agreement_in_words(&agreement))).ok()
        }
        "answered_for" => read::<OccurrenceTimes>(value).ok().map(times_in_words),
        "batch" => read::<Batch>(value).ok().map(|batch| batch_in_words(&batch)),
        "bookings" => read::<Booking>(value).ok().map(|booking| booking_in_words(names, &booking)),
        "away" => read::<Absence>(value).ok().map(|absence| {
            let (first, last) = (date(absence.first_on), date(absence.last_on));
            let days = if first == last { first } else { format!("{first} to {last}") };
            in_brackets_if_any(days, &absence.reason)
        }),
        "every" => read::<ScanInterval>(value).ok().map(|every| every.to_string()),
        "last" => read::<ScanRun>(value)
            .ok()
            .map(|run| in_brackets_if_any(format!("{} on {}", run.outcome, date(run.on)), &run.by)),
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

fn rule_in_words(names: Names<'_>, rule: &Rule) -> String {
    match rule {
        Rule::Dates(dates) if !dates.is_empty() => list_in_sentence(dates.iter().map(listed_in_words), MOST_PARTS),
        _ => names.rule(rule),
    }
}

/// "Sat 13 Mar 2027 (first Saturday)"
pub(super) fn listed_in_words(listed: &ListedDate) -> String {
    in_brackets_if_any(date(listed.on), &listed.words)
}

/// "10 hosts at a time"
fn batch_in_words(batch: &Batch) -> String {
    match batch {
        Batch::All => "all hosts at once".to_owned(),
        Batch::Hosts(hosts) => format!("{} at a time", counted(*hosts, "host")),
        Batch::Share(percent) => format!("{percent} % of the hosts at a time"),
        Batch::List(sizes) if sizes.is_empty() => "no batch sizes".to_owned(),
        Batch::List(sizes) => format!("batches of {}", Batch::list_in_words(sizes)),
    }
}

/// An answer, as conflicts keep it.
#[derive(Deserialize)]
struct Answer {
    agreement: Agreement,
    #[serde(default)]
    answered_for: Option<OccurrenceTimes>,
    #[serde(default)]
    replied_at: Option<UtcMinute>,
}

impl Answer {
    /// "agreed by Ann on Wed 18 Nov 2026 for Sat 20 Mar 2027 22:00 – 02:00, by a reply of Wed 18 Nov 2026 10:04 UTC"
    fn in_words(&self) -> String {
        let words = agreement_in_words(&self.agreement);
        let is_answer = matches!(self.agreement, Agreement::Agreed { .. } | Agreement::Declined { .. });
        let times = match self.answered_for {
            Some(times) => format!(" for {}", times_in_words(times)),
            None if is_answer => " for any times".to_owned(),
            None => String::new(),
        };
        let source = match self.replied_at {
            Some(at) => format!(", by a reply of {} UTC", moment(at.to_utc().naive_utc())),
            None if is_answer => ", entered in the plan".to_owned(),
            None => String::new(),
        };
        format!("{words}{times}{source}")
    }
}

/// "Sat 20 Mar 2027 22:00 – 02:00"
fn times_in_words(OccurrenceTimes { start, duration }: OccurrenceTimes) -> String {
    moments(start, start.plus(duration))
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
fn booking_in_words(names: Names<'_>, booking: &Booking) -> String {
    let duty = match booking.duty {
        Duty::Work => "work".to_owned(),
        Duty::Testing(length) => format!("testing for {length}"),
        Duty::Watch => "watch".to_owned(),
    };
    let (kind, id) = match &booking.who {
        Assignee::Person(id) => ("Person", id.as_str()),
        Assignee::Team(id) => ("Team", id.as_str()),
    };
    let who = names.find(kind, id).unwrap_or_else(|| id.to_owned());
    let on = booking.on.map_or_else(String::new, |on| format!(" on {}", date(on)));
    format!("{duty} by {who}{on}")
}

/// "moved to Sun 14 Mar 2027 at 23:00 for 5 h"
fn change_in_words(exception: &Exception) -> String {
    let before = if exception.was_added { "added, then " } else { "" };
    let (start, words) = match &exception.change {
        OccurrenceChange::Moved { to, start, .. } => (*start, format!("moved to {}", date(*to))),
        OccurrenceChange::Added { start, .. } => (*start, "added".to_owned()),
        OccurrenceChange::Skipped { reason } => (None, in_brackets_if_any("skipped".to_owned(), reason)),
        OccurrenceChange::Restored => (None, RESET.to_owned()),
    };
    let start = start.map_or_else(String::new, |start| format!(" at {}", time(start)));
    let length = exception.change.duration().map_or_else(String::new, |length| format!(" for {length}"));
    format!("{before}{words}{start}{length}")
}
