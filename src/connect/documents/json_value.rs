//! Fields of JSON documents. What is missing, `null` or of another type is empty: programs change their reports from version
//! to version.

use chrono::NaiveDate;
use serde_json::Value;

use super::days::{self, WrittenDay};

/// A text without blanks around it. Words that mean "nothing" are empty.
pub fn text(value: &Value) -> &str {
    let text = value.as_str().unwrap_or_default().trim();
    if matches!(text, "None" | "none" | "null" | "NULL" | "N/A" | "n/a" | "-") { "" } else { text }
}

/// The first of these that is not empty.
pub fn first_text<'v>(values: &[&'v Value]) -> &'v str {
    values.iter().map(|value| text(value)).find(|text| !text.is_empty()).unwrap_or_default()
}

/// The first of these members that is not empty.
pub fn first_member<'v>(value: &'v Value, members: &[&str]) -> &'v str {
    members.iter().map(|member| text(&value[*member])).find(|text| !text.is_empty()).unwrap_or_default()
}

/// A number, also one that is written as a text.
pub fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| text(value).parse().ok()).filter(|number: &f64| number.is_finite())
}

/// The elements of a list. A single object counts as a list of one.
pub fn list(value: &Value) -> &[Value] {
    match value {
        Value::Array(list) => list,
        Value::Object(_) => std::slice::from_ref(value),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => &[],
    }
}

/// The texts of a list of texts, or a single text.
pub fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let single = std::slice::from_ref(value);
    let all = if value.is_string() { single } else { list(value) };
    all.iter().map(text).filter(|text| !text.is_empty())
}

/// Whether it says yes: `true`, "true", "YES".
pub fn is_yes(value: &Value) -> bool {
    value.as_bool().unwrap_or_else(|| matches!(text(value).to_ascii_lowercase().as_str(), "true" | "yes" | "y" | "1"))
}

/// A day that can be only one; see [`days::day`].
pub fn day(value: &Value) -> Option<NaiveDate> {
    written_day(value).filter(|written| written.two_days().is_none()).map(|written| written.on(None))
}

/// A day; see [`days::written_day`].
pub fn written_day(value: &Value) -> Option<WrittenDay> {
    match value {
        Value::Number(number) => days::written_day(&number.to_string()),
        _ => days::written_day(text(value)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_of_any_type_are_read() {
        let value = json!({"a": " x ", "b": "None", "c": "9.8", "d": 5, "e": [1, "y"], "f": {"g": true}, "h": null});
        assert_eq!(["a", "b", "c", "missing", "h"].map(|key| text(&value[key])), ["x", "", "9.8", "", ""]);
        assert_eq!(["c", "d", "a"].map(|key| number(&value[key])), [Some(9.8), Some(5.0), None]);
        assert_eq!(["e", "f", "a", "h"].map(|key| list(&value[key]).len()), [2, 1, 0, 0]);
        assert_eq!(texts(&value["e"]).collect::<Vec<_>>(), ["y"]);
        assert_eq!(texts(&value["a"]).collect::<Vec<_>>(), ["x"]);
        assert!(is_yes(&value["f"]["g"]) && is_yes(&json!("YES")) && !is_yes(&value["h"]));
        assert_eq!(first_text(&[&value["h"], &value["b"], &value["a"]]), "x");
        assert_eq!([first_member(&value, &["h", "b", "a"]), first_member(&value, &["h"])], ["x", ""]);
    }
}
