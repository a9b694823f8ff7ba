//! The values of a conflict in words: names instead of ids, and only the parts that differ.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::fields::read;
use super::value_words::{in_words, named, type_in_words};
use crate::model::{ListedDate, Plan, Rule};
use crate::wording::{date as in_date, list_in_sentence};

/// At most this many elements of a list are named.
const MOST_NAMED: usize = 12;

/// Longer texts show only where they differ, with this many characters on both sides of it.
const LONGEST_TEXT: usize = 120;
const CONTEXT: usize = 20;

/// Says what each side has. `hint` is the name of the field, without the lists that it is in. A side without a value is
/// null; the text for it is `missing`.
pub(super) fn sides_in_words(plan: &Plan, hint: &str, sides: &[&Value], missing: &str) -> Vec<String> {
    let filled = || sides.iter().filter(|side| !side.is_null());
    let words: Vec<String> = if let Some(words) = listed_dates(hint, sides) {
        words
    } else if sides.iter().any(|side| type_in_words(plan, hint, side).is_some()) {
        sides.iter().map(|side| type_in_words(plan, hint, side).unwrap_or_else(|| in_words(plan, hint, side))).collect()
    } else if filled().all(|side| side.is_array()) {
        lists(plan, hint, sides)
    } else if filled().count() > 1 && filled().all(|side| side.is_object()) {
        objects(plan, sides)
    } else if filled().all(|side| side.is_string()) {
        texts(plan, hint, sides)
    } else {
        sides.iter().map(|side| in_words(plan, hint, side)).collect()
    };
    let word = |(side, words): (&&Value, String)| if side.is_null() { missing.to_owned() } else { words };
    sides.iter().zip(words).map(word).collect()
}

/// The fields that differ, each with its name.
fn objects(plan: &Plan, sides: &[&Value]) -> Vec<String> {
    let fields: Vec<Option<&Map<String, Value>>> = sides.iter().map(|side| side.as_object()).collect();
    let mut names: Vec<&String> = fields.iter().flatten().flat_map(|fields| fields.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let mut words = vec![Vec::new(); sides.len()];
    // How often something changed says nothing to a person.
    for name in names.into_iter().filter(|name| *name != "sequence") {
        let values: Vec<&Value> =
            fields.iter().map(|fields| fields.and_then(|fields| fields.get(name)).unwrap_or(&Value::Null)).collect();
        let filled: Vec<&&Value> =
            values.iter().zip(&fields).filter(|(_, fields)| fields.is_some()).map(|(value, _)| value).collect();
        if filled.windows(2).all(|pair| pair[0] == pair[1]) {
            continue;
        }
        let title = name.replace('_', " ");
        for (words, value) in words.iter_mut().zip(sides_in_words(plan, name, &values, "empty")) {
            words.push(format!("{title} {value}"));
        }
    }
    words.into_iter().map(|words| words.join(", ")).collect()
}

/// The elements that not all sides have; all of them if only their order differs.
fn lists(plan: &Plan, hint: &str, sides: &[&Value]) -> Vec<String> {
    let elements: Vec<Option<&Vec<Value>>> = sides.iter().map(|side| side.as_array()).collect();
    let texts: Vec<HashSet<String>> =
        elements.iter().flatten().map(|list| list.iter().map(Value::to_string).collect()).collect();
    let is_common = |element: &Value| {
        let text = element.to_string();
        texts.iter().all(|list| list.contains(&text))
    };
    let is_same_set = elements.iter().flatten().all(|list| list.iter().all(is_common));
    let common = if is_same_set { common_ends(&elements) } else { (0, 0) };
    let words = |list: Option<&Vec<Value>>| {
        let Some(list) = list else { return String::new() };
        if list.is_empty() {
            return "empty".to_owned();
        }
        let shown: Vec<String> = if is_same_set {
            list[common.0..list.len() - common.1].iter().map(|each| in_words(plan, hint, each)).collect()
        } else {
            list.iter().filter(|each| !is_common(each)).map(|each| in_words(plan, hint, each)).collect()
        };
        if shown.is_empty() { "without these".to_owned() } else { list_in_sentence(shown, MOST_NAMED) }
    };
    elements.iter().copied().map(words).collect()
}

/// How many elements all lists have in common at their beginning and at their end.
fn common_ends<T: PartialEq>(lists: &[Option<&Vec<T>>]) -> (usize, usize) {
    let mut all = lists.iter().flatten();
    let Some(first) = all.next() else { return (0, 0) };
    let (mut before, mut after) = (first.len(), first.len());
    for list in all {
        before = before.min(first.iter().zip(*list).take_while(|(a, b)| a == b).count());
        after = after.min(first.iter().rev().zip(list.iter().rev()).take_while(|(a, b)| a == b).count());
    }
    let shortest = lists.iter().flatten().map(|list| list.len()).min().unwrap_or_default();
    let before = if before == shortest { 0 } else { before };
    (before, after.min(shortest - before))
}

/// The listed dates that not all sides have, if all have a list of dates.
fn listed_dates(hint: &str, sides: &[&Value]) -> Option<Vec<String>> {
    if hint != "rule" {
        return None;
    }
    let dates = |side: &&Value| match read::<Rule>(side) {
        Ok(Rule::Dates(dates)) => Some(dates),
        _ => None,
    };
    let lists = sides.iter().map(dates).collect::<Option<Vec<Vec<ListedDate>>>>()?;
    let sets: Vec<HashSet<_>> =
        lists.iter().map(|list| list.iter().map(|date| (date.on, date.words.as_str())).collect()).collect();
    let is_common = |date: &ListedDate| sets.iter().all(|list| list.contains(&(date.on, date.words.as_str())));
    let words = |list: &Vec<ListedDate>| {
        let word = |date: &ListedDate| {
            let words = if date.words.is_empty() { String::new() } else { format!(" ({})", date.words) };
            format!("{}{words}", in_date(date.on))
        };
        let others: Vec<String> = list.iter().filter(|date| !is_common(date)).map(word).collect();
        if others.is_empty() { "without these dates".to_owned() } else { list_in_sentence(others, MOST_NAMED) }
    };
    Some(lists.iter().map(words).collect())
}

/// Texts; of long ones the part that differs.
fn texts(plan: &Plan, hint: &str, sides: &[&Value]) -> Vec<String> {
    let all: Vec<&str> = sides.iter().filter_map(|side| side.as_str()).collect();
    if all.iter().all(|text| text.chars().count() <= LONGEST_TEXT) || all.len() < 2 {
        return sides.iter().map(|side| in_words(plan, hint, side)).collect();
    }
    let chars: Vec<Vec<char>> =
        all.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect()).collect();
    let (before, after) = common_ends(&chars.iter().map(Some).collect::<Vec<_>>());
    let part = |side: &&Value| {
        let Some(text) = side.as_str() else { return String::new() };
        let text: Vec<char> = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
        let from = before.saturating_sub(CONTEXT);
        let to = (text.len() - after.min(text.len())).max(from) + CONTEXT.min(after);
        let end = to.min(from + LONGEST_TEXT).min(text.len());
        let middle: String = text[from..end].iter().collect();
        let (lead, rest) = (if from > 0 { "…" } else { "" }, if end < text.len() { "…" } else { "" });
        format!("{lead}{}{rest}", middle.trim())
    };
    sides.iter().map(part).collect()
}

/// The name of a list's element in a title: "Web servers" for the group "web".
pub(super) fn element_title(plan: &Plan, list: &str, key: &str) -> String {
    named(plan, list, key).unwrap_or_else(|| key.to_owned())
}
