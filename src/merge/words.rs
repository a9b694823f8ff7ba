//! Conflicts in words.

use chrono::NaiveDate;
use serde_json::Value;

use super::fields::read;
use super::values::our_value;
use crate::model::{
    AreaId, Conflict, ConflictKey, DatedChange, Exception, OccurrenceChange, Plan, RecordKey, Rule, WindowId,
};
use crate::wording::typed::read_iso_date;
use crate::wording::{date, time};

/// Longer values are cut.
const LONGEST: usize = 120;

/// "Core DB: duration is 6h, theirs is 5h, it was 4h"
pub fn conflict_in_words(plan: &Plan, conflict: &Conflict) -> String {
    let Conflict { key, base, theirs } = conflict;
    let title = conflict_title(plan, key);
    let ours = our_value(plan, key);
    if key.field.is_empty() {
        return match (ours.is_null(), theirs.is_null()) {
            (true, _) => format!("{title}: removed here, but changed in theirs"),
            (false, true) => format!("{title}: changed here, but removed in theirs"),
            (false, false) => format!("{title}: differs from theirs"),
        };
    }
    let words = |value: &Value| value_in_words(plan, &key.field, value);
    let before = if base.is_null() { String::new() } else { format!(", before it was {}", words(base)) };
    format!("{title}: ours is {}, theirs is {}{before}", words(&ours), words(theirs))
}

/// Our value and theirs.
pub fn sides_in_words(plan: &Plan, conflict: &Conflict) -> [String; 2] {
    let Conflict { key, theirs, .. } = conflict;
    [&our_value(plan, key), theirs].map(|value| match (key.field.is_empty(), value.is_null()) {
        (true, true) => "removed".to_owned(),
        (true, false) => "kept, with changes".to_owned(),
        (false, _) => value_in_words(plan, &key.field, value),
    })
}

/// "Window Core DB, exception of Sat 13 Mar 2027"
pub fn conflict_title(plan: &Plan, key: &ConflictKey) -> String {
    let record = record_title(plan, &key.record);
    if key.field.is_empty() { record } else { format!("{record}, {}", field_title(&key.field)) }
}

fn record_title(plan: &Plan, record: &RecordKey) -> String {
    let window = |id: &WindowId, on: NaiveDate| format!("{}, {}", plan.windows().name_of(id), date(on));
    let area = |id: &AreaId| plan.areas().name_of(id);
    let advisory = |id| plan.advisories().get(id).map_or_else(|| id.to_string(), |advisory| advisory.number());
    match record {
        RecordKey::Plan => "Plan".to_owned(),
        RecordKey::Policy => "Policy".to_owned(),
        RecordKey::Invites => "Texts of invites".to_owned(),
        RecordKey::Acceptance(id) => format!("Acceptance {id}"),
        RecordKey::Advisory(id) => format!("Advisory {}", advisory(id)),
        RecordKey::Answer(key) => format!("Answer of {} for {}", area(&key.area), window(&key.window, key.on)),
        RecordKey::Area(id) => format!("Business area {}", area(id)),
        RecordKey::Cancelled(source) => format!("Cancelled events of {source}"),
        RecordKey::Checklist(id) => format!("Checklist {}", plan.checklists().name_of(id)),
        RecordKey::Freeze(id) => format!("Freeze {}", plan.freezes().name_of(id)),
        RecordKey::Holidays(id) => format!("Holidays {}", plan.holidays().name_of(id)),
        RecordKey::Ladder(id) => format!("Ladder {}", plan.ladders().name_of(id)),
        RecordKey::Mapping(key) => format!("Columns of tables of {key}"),
        RecordKey::Night(key) => format!("Record of the night of {}", window(&key.window, key.on)),
        RecordKey::Person(id) => format!("Person {}", plan.people().name_of(id)),
        RecordKey::Release(id) => format!("Release calendar {}", plan.releases().name_of(id)),
        RecordKey::SentInvite(key) => format!("Invite to {} for {}", key.to, window(&key.window, key.on)),
        RecordKey::System(id) => format!("System {}", plan.systems().name_of(id)),
        RecordKey::Team(id) => format!("Team {}", plan.teams().name_of(id)),
        RecordKey::Window(id) => format!("Window {}", plan.windows().name_of(id)),
        RecordKey::Zone(id) => format!("Zone {id}"),
    }
}

/// "exception of Sat 13 Mar 2027", "estimate: final verification"
fn field_title(field: &str) -> String {
    let dated = |list: &str| {
        let on = field.strip_prefix(list)?.strip_prefix('[')?.strip_suffix(']')?;
        read_iso_date(on).ok().map(date)
    };
    if let Some(on) = dated("exceptions") {
        return format!("exception of {on}");
    }
    if let Some(from) = dated("changes") {
        return format!("change from {from} on");
    }
    field.replace('_', " ").replace('.', ": ").replace('[', " ").replace(']', "")
}

/// A value of a field in words; values that have none as they are written in files.
fn value_in_words(plan: &Plan, field: &str, value: &Value) -> String {
    let text = match value {
        Value::Null => return "empty".to_owned(),
        Value::String(text) if text.is_empty() => return "empty".to_owned(),
        Value::String(text) => read_iso_date(text).map_or_else(|_| text.clone(), date),
        value if field.starts_with("exceptions[") => {
            read::<Exception>(value).map_or_else(|_| value.to_string(), |exception| change_in_words(&exception))
        }
        value if field.starts_with("changes[") => {
            read::<DatedChange>(value).map_or_else(|_| value.to_string(), |change| change.in_words())
        }
        value if field == "rule" => {
            read::<Rule>(value).map_or_else(|_| value.to_string(), |rule| rule.in_words(|id| plan.release_name(id)))
        }
        value => value.to_string(),
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
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
