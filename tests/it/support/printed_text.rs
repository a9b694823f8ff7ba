//! All texts of a printed document, from every kind of part.

use serde::Serialize;
use serde_json::Value;

/// All texts, in the order of the document.
pub fn texts(value: &impl Serialize) -> Vec<String> {
    let mut found = Vec::new();
    gather(&serde_json::to_value(value).unwrap(), &mut found);
    found
}

fn gather(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(all) => all.iter().for_each(|each| gather(each, found)),
        Value::Object(fields) => fields.values().for_each(|each| gather(each, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Fails where a text holds what no printer shows.
#[track_caller]
pub fn no_control_characters(value: &impl Serialize) {
    for text in texts(value) {
        let is_bad = |c: char| c.is_control() && c != '\n';
        assert!(!text.contains(is_bad), "{text:?}");
    }
}
