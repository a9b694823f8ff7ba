//! JSON documents.

use serde::de::DeserializeOwned;

use crate::import::{ImportError, Input, checked, words_on_one_line};

/// Reads the JSON of the only file. Lines before it are skipped, as a redirected terminal leaves them.
///
/// # Errors
/// The file cannot be read, or is no such document. `name`: what it should be, "a report of Trivy (JSON)".
pub fn read<T: DeserializeOwned>(input: &Input<'_>, name: &'static str) -> Result<T, ImportError> {
    let text = input.text()?;
    let json = without_lines_before(checked(&text)?);
    serde_json::from_str(json)
        .map_err(|error| ImportError::BrokenDocument { name, problem: words_on_one_line(&error.to_string()) })
}

/// The text from the first line on that begins a JSON document.
pub fn without_lines_before(text: &str) -> &str {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start();
        if trimmed.starts_with(['{', '[', '"']) || matches!(trimmed.trim_end(), "null" | "") {
            return trimmed;
        }
        match trimmed.split_once('\n') {
            Some((_, after)) => rest = after,
            None => return text,
        }
    }
}

/// Whether a text, or one with lines before it, begins as a JSON document does.
pub fn begins_json(head: &str) -> bool {
    without_lines_before(head.trim_start_matches('\u{feff}')).starts_with(['{', '['])
}

/// Whether all of these keys occur in a text, with the quotes that JSON has.
pub fn has_keys(head: &str, keys: &[&str]) -> bool {
    keys.iter().all(|key| head.contains(&format!("\"{key}\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_before_the_document_are_skipped() {
        for (text, expected) in [
            ("{\"a\": 1}", "{\"a\": 1}"),
            ("2027-01-01 INFO scanning\nwarning: x\n[1]", "[1]"),
            ("null\n", "null\n"),
            ("no document", "no document"),
        ] {
            assert_eq!(without_lines_before(text), expected, "{text}");
        }
    }
}
