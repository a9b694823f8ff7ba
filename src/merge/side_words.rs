//! The values of a conflict in words: names instead of ids, and only the parts that differ.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::fields::read;
use super::names::Names;
use super::text_words::differing_parts;
use super::value_words::{in_words, kind_of, line, listed_in_words, title, type_in_words};
use crate::model::{ListedDate, Plan, Rule};
use crate::wording::list_in_sentence;

/// At most this many elements of a list are named.
const MOST_NAMED: usize = 12;

/// Says what each side has. `hint` is the name of the field, without the lists that it is in. A side without a value is
/// null; the text for it is `missing`. The first two sides are never worded the same unless they are equal.
pub(super) fn sides_in_words(plan: &Plan, hint: &str, sides: &[&Value], missing: &str) -> Vec<String> {
    Sides { names: Names::new(plan), missing }.in_words(hint, sides)
}

/// How the sides are worded.
#[derive(Clone, Copy)]
struct Sides<'a> {
    names: Names<'a>,
    /// The words for a side without a value.
    missing: &'a str,
}

impl Sides<'_> {
    fn in_words(self, hint: &str, sides: &[&Value]) -> Vec<String> {
        let is_clear = |words: &[String]| match (sides, words) {
            ([ours, theirs, ..], [our_words, their_words, ..]) => ours == theirs || our_words != their_words,
            _ => true,
        };
        let words = self.usual_words(hint, sides);
        if is_clear(&words) {
            return words;
        }
        let with_ids = Self { names: self.names.with_ids(), ..self };
        let words = with_ids.usual_words(hint, sides);
        if is_clear(&words) {
            return words;
        }
        // As files have them: with line ends, fields that have no words, and quotes around texts.
        let raw: Vec<String> = sides.iter().filter(|side| !side.is_null()).map(ToString::to_string).collect();
        let parts = self.with_missing(sides, differing_parts(&raw.iter().map(String::as_str).collect::<Vec<_>>()));
        if is_clear(&parts) { parts } else { self.with_missing(sides, raw) }
    }

    /// Adds the words for the sides without a value.
    fn with_missing(self, sides: &[&Value], filled: Vec<String>) -> Vec<String> {
        let mut filled = filled.into_iter();
        let words = |side: &&Value| if side.is_null() { None } else { filled.next() };
        sides.iter().map(words).map(|words| words.unwrap_or_else(|| self.missing.to_owned())).collect()
    }

    fn usual_words(self, hint: &str, sides: &[&Value]) -> Vec<String> {
        let filled: Vec<&Value> = sides.iter().copied().filter(|side| !side.is_null()).collect();
        let words = if filled.len() < 2 {
            filled.iter().map(|side| in_words(self.names, hint, side)).collect()
        } else if let Some(words) = listed_dates(hint, &filled) {
            words
        } else if filled.iter().any(|side| type_in_words(self.names, hint, side).is_some()) {
            filled.iter().map(|side| in_words(self.names, hint, side)).collect()
        } else if filled.iter().all(|side| side.is_array()) {
            self.lists(hint, &filled)
        } else if filled.iter().all(|side| side.is_object()) && are_of_one_kind(&filled) {
            self.objects(&filled)
        } else if filled.iter().all(|side| side.is_string()) {
            self.texts(hint, &filled)
        } else {
            filled.iter().map(|side| in_words(self.names, hint, side)).collect()
        };
        self.with_missing(sides, words)
    }

    /// The fields that differ, each with its name.
    fn objects(self, sides: &[&Value]) -> Vec<String> {
        let fields: Vec<&Map<String, Value>> = sides.iter().filter_map(|side| side.as_object()).collect();
        let mut names: Vec<&String> = fields.iter().flat_map(|fields| fields.keys()).collect();
        names.sort_unstable();
        names.dedup();
        names.retain(|name| fields.iter().any(|each| each.get(*name) != fields[0].get(*name)));
        // How often something changed says nothing to a person, if anything else does.
        if names.len() > 1 {
            names.retain(|name| *name != "sequence");
        }
        let mut words = vec![Vec::new(); sides.len()];
        for name in names {
            // A file leaves out what is false.
            let is_switch = fields.iter().any(|fields| fields.get(name).is_some_and(Value::is_boolean));
            let usual = if is_switch { Value::Bool(false) } else { Value::Null };
            let values: Vec<&Value> = fields.iter().map(|fields| fields.get(name).unwrap_or(&usual)).collect();
            let each = Self { missing: "empty", ..self }.in_words(name, &values);
            for (words, value) in words.iter_mut().zip(each) {
                words.push(format!("{} {value}", title(name)));
            }
        }
        words.into_iter().map(|words| words.join(", ")).collect()
    }

    /// The elements that not all sides have; all of them if only their order differs.
    fn lists(self, hint: &str, sides: &[&Value]) -> Vec<String> {
        let elements: Vec<&Vec<Value>> = sides.iter().filter_map(|side| side.as_array()).collect();
        let texts: Vec<HashSet<String>> =
            elements.iter().map(|list| list.iter().map(Value::to_string).collect()).collect();
        let is_common = |element: &Value| {
            let text = element.to_string();
            texts.iter().all(|list| list.contains(&text))
        };
        let is_same_set = elements.iter().all(|list| list.iter().all(is_common));
        let common = if is_same_set { common_ends(&elements) } else { (0, 0) };
        let words = |list: &&Vec<Value>| {
            if list.is_empty() {
                return "empty".to_owned();
            }
            let shown: Vec<String> = if is_same_set {
                list[common.0..list.len() - common.1].iter().map(|each| in_words(self.names, hint, each)).collect()
            } else {
                list.iter().filter(|each| !is_common(each)).map(|each| in_words(self.names, hint, each)).collect()
            };
            if shown.is_empty() { "without these".to_owned() } else { list_in_sentence(shown, MOST_NAMED) }
        };
        elements.iter().map(words).collect()
    }

    /// Texts; of long ones the parts that differ.
    fn texts(self, hint: &str, sides: &[&Value]) -> Vec<String> {
        let lines: Vec<String> = sides.iter().filter_map(|side| side.as_str()).map(line).collect();
        let parts = differing_parts(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        // What is not cut may be an id or a date.
        let words = |((side, line), part): ((&&Value, &String), String)| {
            if part == *line { in_words(self.names, hint, side) } else { part }
        };
        sides.iter().zip(&lines).zip(parts).map(words).collect()
    }
}

/// Whether the values have the same fields: of those that have kinds, all are of the same.
fn are_of_one_kind(sides: &[&Value]) -> bool {
    let kinds: Vec<Option<&str>> = sides.iter().map(|side| kind_of(side)).collect();
    kinds.iter().all(|kind| *kind == kinds[0])
}

/// How many elements all lists have in common at their beginning and at their end.
fn common_ends<T: PartialEq>(lists: &[&Vec<T>]) -> (usize, usize) {
    let Some(first) = lists.first() else { return (0, 0) };
    let (mut before, mut after) = (first.len(), first.len());
    for list in lists {
        before = before.min(first.iter().zip(*list).take_while(|(a, b)| a == b).count());
        after = after.min(first.iter().rev().zip(list.iter().rev()).take_while(|(a, b)| a == b).count());
    }
    let shortest = lists.iter().map(|list| list.len()).min().unwrap_or_default();
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
        let others: Vec<String> = list.iter().filter(|date| !is_common(date)).map(listed_in_words).collect();
        if others.is_empty() { "without these dates".to_owned() } else { list_in_sentence(others, MOST_NAMED) }
    };
    Some(lists.iter().map(words).collect())
}

/// The name of a list's element in a title: "Web servers" for the group "web".
pub(super) fn element_title(plan: &Plan, list: &str, key: &str) -> String {
    Names::new(plan).find_unique(list, key).unwrap_or_else(|| key.to_owned())
}
