//! Conflicts in words.

use chrono::NaiveDate;
use serde_json::Value;

use super::fields::read;
use super::names::unique_name;
use super::side_words::{element_title, sides_in_words as values_in_words};
use super::value_words::RESET;
use super::values::our_value;
use crate::model::{AreaId, Conflict, ConflictKey, Exception, Plan, RecordKey, Rule, WindowId};
use crate::wording::date;
use crate::wording::typed::read_iso_date;

/// "Window Core DB, duration: ours is 6h, theirs is 5h, before it was 4h"
pub fn conflict_in_words(plan: &Plan, conflict: &Conflict) -> String {
    let title = conflict_title(plan, conflict);
    let ours = our_value(plan, &conflict.key);
    match removal(plan, conflict, &ours) {
        Some(Removal::Ours(changes)) => return format!("{title}: removed here, but changed in theirs{changes}"),
        Some(Removal::Theirs(changes)) => return format!("{title}: removed in theirs, but changed here{changes}"),
        None => {}
    }
    let words = values(plan, conflict, &ours);
    // Commas would run into each other.
    let and = if words.iter().any(|words| words.contains(", ")) { "; " } else { ", " };
    let before = words.get(2).map_or_else(String::new, |words| format!("{and}before it was {words}"));
    format!("{title}: ours is {}{and}theirs is {}{before}", words[0], words[1])
}

/// Our value and theirs. They are worded differently unless they are equal.
pub fn sides_in_words(plan: &Plan, conflict: &Conflict) -> [String; 2] {
    let ours = our_value(plan, &conflict.key);
    match removal(plan, conflict, &ours) {
        Some(Removal::Ours(changes)) => return ["removed".to_owned(), format!("kept, with changes{changes}")],
        Some(Removal::Theirs(changes)) => return [format!("kept, with changes{changes}"), "removed".to_owned()],
        None => {}
    }
    let mut words = values(plan, conflict, &ours).into_iter();
    [words.next().unwrap_or_default(), words.next().unwrap_or_default()]
}

/// Our value, theirs, and the one before if there was one.
fn values(plan: &Plan, conflict: &Conflict, ours: &Value) -> Vec<String> {
    let Conflict { key, base, theirs } = conflict;
    let mut sides = vec![ours, theirs];
    sides.extend((!base.is_null()).then_some(base));
    let Some(effect) = effect_of_removal(plan, key, &sides) else {
        return values_in_words(plan, hint(&key.field), &sides, missing(&key.field));
    };
    let words = values_in_words(plan, hint(&key.field), &sides, &format!("removed ({effect})"));
    let with_effect = |words: String| if words == RESET { format!("{words} ({effect})") } else { words };
    words.into_iter().map(with_effect).collect()
}

/// The side that removed what the other changed, with these changes.
enum Removal {
    Ours(String),
    Theirs(String),
}

fn removal(plan: &Plan, Conflict { key, base, theirs }: &Conflict, ours: &Value) -> Option<Removal> {
    // Exceptions and dated changes are short enough to be shown as a whole.
    let is_whole = key.field.is_empty() || (key.field.ends_with(']') && !has_own_words(&key.field));
    let changes = |to: &Value| {
        let words = values_in_words(plan, hint(&key.field), &[base, to], "empty");
        let is_known = !base.is_null() && words.iter().all(|words| !words.is_empty());
        if is_known { format!(": {} → {}", words[0], words[1]) } else { String::new() }
    };
    match (ours.is_null(), theirs.is_null()) {
        (true, false) if is_whole => Some(Removal::Ours(changes(theirs))),
        (false, true) if is_whole => Some(Removal::Theirs(changes(ours))),
        _ => None,
    }
}

fn has_own_words(field: &str) -> bool {
    field.starts_with("exceptions[") || field.starts_with("changes[")
}

/// The words for a side without a value.
fn missing(field: &str) -> &'static str {
    match field {
        _ if field.starts_with("changes[") => "removed (the times stay as they were before)",
        _ if field.is_empty() || field.ends_with(']') => "removed",
        _ => "empty",
    }
}

/// What becomes of an occurrence without its exception, which depends on what the other sides did to it.
fn effect_of_removal(
    plan: &Plan,
    ConflictKey { record, field }: &ConflictKey,
    sides: &[&Value],
) -> Option<&'static str> {
    let on = element_date(field, "exceptions")?;
    let is_added = sides.iter().any(|side| read::<Exception>(side).is_ok_and(|exception| exception.is_added()));
    let window = if let RecordKey::Window(id) = record { plan.windows().get(id) } else { None };
    let is_off_rule = |rule: &Rule| matches!(rule, Rule::Dates(dates) if dates.iter().all(|listed| listed.on != on));
    Some(match window {
        _ if is_added => "the occurrence does not take place",
        Some(window) if is_off_rule(&window.rule) => "the rule no longer gives this date",
        _ => "the occurrence takes place as usual",
    })
}

/// The name of the innermost field: "systems" of "groups[web].systems", and "exceptions" of an element of that list.
fn hint(field: &str) -> &str {
    let field = field.rfind("].").map_or(field, |at| &field[at + 2..]);
    let field = field.split('[').next().unwrap_or(field);
    field.rsplit('.').next().unwrap_or(field)
}

/// "Window Core DB, exception of Sat 13 Mar 2027"
pub fn conflict_title(plan: &Plan, conflict: &Conflict) -> String {
    let Conflict { key, base, theirs } = conflict;
    let record = record_title(plan, &key.record);
    // A record that was removed here has its name only there.
    let is_removed = key.field.is_empty() && our_value(plan, key).is_null();
    let name = [theirs, base].into_iter().find_map(|value| value.get("name")?.as_str()).filter(|_| is_removed);
    let record = match (name, record.rsplit_once(' ')) {
        (Some(name), Some((noun, _))) if record.ends_with(&key.record.id()) => format!("{noun} {name}"),
        _ => record,
    };
    if key.field.is_empty() { record } else { format!("{record}, {}", field_title(plan, &key.field)) }
}

fn record_title(plan: &Plan, record: &RecordKey) -> String {
    let window = |id: &WindowId, on: NaiveDate| format!("{}, {}", unique_name(plan.windows(), id), date(on));
    let area = |id: &AreaId| unique_name(plan.areas(), id);
    let advisory = |id| plan.advisories().get(id).map_or_else(|| id.to_string(), |advisory| advisory.number());
    match record {
        RecordKey::Plan => "Plan".to_owned(),
        RecordKey::Policy => "Policy".to_owned(),
        RecordKey::Invites => "Texts of invites".to_owned(),
        RecordKey::Acceptance(id) => format!("Acceptance {id}"),
        RecordKey::Advisory(id) => format!("Advisory {}", advisory(id)),
        RecordKey::Answer(key) => format!("Answer of {} for {}", area(&key.area), window(&key.window, key.on)),
        RecordKey::Area(id) => format!("Business area {}", area(id)),
        RecordKey::BulletinDuty(id) => format!("Bulletin duty {}", unique_name(plan.bulletin_duties(), id)),
        RecordKey::Cancelled(source) => format!("Cancelled events of {source}"),
        RecordKey::Checklist(id) => format!("Checklist {}", unique_name(plan.checklists(), id)),
        RecordKey::Freeze(id) => format!("Freeze {}", unique_name(plan.freezes(), id)),
        RecordKey::GroupRecord(key) => {
            let group = plan.group(&key.group).map_or(key.group.as_str(), |(_, group)| &group.name);
            format!("Record of {group} for the release of {}", date(key.release))
        }
        RecordKey::Holidays(id) => format!("Holidays {}", unique_name(plan.holidays(), id)),
        RecordKey::Ladder(id) => format!("Ladder {}", unique_name(plan.ladders(), id)),
        RecordKey::Mapping(key) => format!("Columns of tables of {key}"),
        RecordKey::Night(key) => format!("Record of the night of {}", window(&key.window, key.on)),
        RecordKey::Notice(id) => format!("Notice {}", unique_name(plan.notices(), id)),
        RecordKey::Person(id) => format!("Person {}", unique_name(plan.people(), id)),
        RecordKey::Release(id) => format!("Release calendar {}", unique_name(plan.releases(), id)),
        RecordKey::Result(key) => {
            format!("Result of {} in {}", unique_name(plan.systems(), &key.system), window(&key.window, key.on))
        }
        RecordKey::Scan(key) => format!("Scan after {}", window(&key.window, key.on)),
        RecordKey::ScanRoutine(id) => format!("Scan routine {}", unique_name(plan.scan_routines(), id)),
        RecordKey::SentInvite(key) => format!("Invite to {} for {}", key.to, window(&key.window, key.on)),
        RecordKey::System(id) => format!("System {}", unique_name(plan.systems(), id)),
        RecordKey::Team(id) => format!("Team {}", unique_name(plan.teams(), id)),
        RecordKey::Window(id) => format!("Window {}", unique_name(plan.windows(), id)),
        RecordKey::Zone(id) => format!("Zone {id}"),
    }
}

/// "exception of Sat 13 Mar 2027", "estimate: final verification"
fn field_title(plan: &Plan, field: &str) -> String {
    if let Some(on) = dated(field, "exceptions") {
        return format!("exception of {on}");
    }
    if let Some(from) = dated(field, "changes") {
        return format!("change from {from} on");
    }
    let words = |text: &str| text.replace('_', " ").replace('.', ": ");
    match (field.find('['), field.rfind(']')) {
        (Some(from), Some(to)) if from < to => {
            let list = &field[..from];
            let key = element_title(plan, hint(list), &field[from + 1..to]);
            format!("{} {key}{}", words(list), words(&field[to + 1..]))
        }
        _ => words(field),
    }
}

/// The date of an element of a list of dates, in words.
fn dated(field: &str, list: &str) -> Option<String> {
    element_date(field, list).map(date)
}

fn element_date(field: &str, list: &str) -> Option<NaiveDate> {
    read_iso_date(field.strip_prefix(list)?.strip_prefix('[')?.strip_suffix(']')?).ok()
}
