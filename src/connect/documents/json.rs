//! JSON documents.

use serde::de::{DeserializeOwned, DeserializeSeed};
use serde_json::{Deserializer, Value};

use crate::import::{Confidence, Head, ImportError, Input, PrunedJson, checked, words_on_one_line};
use crate::wording::list_of_choices;

/// The most documents in one file.
const MOST_DOCUMENTS: usize = 1_000_000;

/// Reads the JSON of the only file. Lines before it are skipped, as a redirected terminal leaves them.
///
/// # Errors
/// The file cannot be read, or is not such a document. `name`: what it should be, "a report of Trivy (JSON)".
pub fn read<T: DeserializeOwned>(input: &Input<'_>, name: &'static str) -> Result<T, ImportError> {
    let text = input.text()?;
    let json = without_lines_before(checked(&text)?);
    serde_json::from_str(json)
        .map_err(|error| ImportError::BrokenDocument { name, problem: words_on_one_line(&error.to_string()) })
}

/// Reads the JSON of the only file: one document, one on each line, or several after each other. Lines before the first are
/// skipped, as a redirected terminal leaves them; so is the name of a variable that it is assigned to. A blank file has no
/// documents.
///
/// `name`: what it should be, "a report of Trivy (JSON)". `without`: members of objects that are not read.
///
/// # Errors
/// The file cannot be read, or is not JSON.
pub fn read_all(
    input: &Input<'_>,
    name: &'static str,
    without: &'static [&'static str],
) -> Result<Vec<Value>, ImportError> {
    let text = input.text()?;
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut deserializer = Deserializer::from_str(without_lines_before(checked(&text)?));
    let mut documents = Vec::new();
    loop {
        input.source.check_cancelled()?;
        let document = PrunedJson::Without(without).deserialize(&mut deserializer);
        let problem = |error: serde_json::Error| words_on_one_line(&error.to_string());
        documents.push(document.map_err(|error| ImportError::BrokenDocument { name, problem: problem(error) })?);
        if deserializer.end().is_ok() {
            return Ok(documents);
        }
        if documents.len() == MOST_DOCUMENTS {
            return Err(ImportError::TooMany("documents"));
        }
    }
}

/// The elements of all documents that are lists, and the documents that are not, without those that are empty or `null`.
pub fn elements(documents: &[Value]) -> impl Iterator<Item = &Value> {
    let all = documents.iter().flat_map(|document| match document {
        Value::Array(list) => list.as_slice(),
        other => std::slice::from_ref(other),
    });
    all.filter(|element| !element.is_null() && element.as_object().is_none_or(|members| !members.is_empty()))
}

/// The [`elements`], if each is an object with one of the members that the reader knows.
///
/// `name`: what the file should be.
///
/// # Errors
/// One of them is not: it is of a shape that the reader does not know.
pub fn known_elements<'v>(
    documents: &'v [Value],
    name: &'static str,
    known: &[&str],
) -> Result<impl Iterator<Item = &'v Value>, ImportError> {
    if elements(documents).all(|element| known.iter().any(|member| element.get(member).is_some())) {
        return Ok(elements(documents));
    }
    let members = list_of_choices(&known.iter().map(|member| format!("\"{member}\"")).collect::<Vec<_>>());
    Err(ImportError::BrokenDocument { name, problem: format!("a part of it has none of the members {members}") })
}

/// The text from the first line on that begins a JSON document.
pub fn without_lines_before(text: &str) -> &str {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        if begins_document(trimmed) || matches!(trimmed.trim_end(), "null" | "") {
            return trimmed;
        }
        if let Some(assigned) =
            trimmed.split_once('=').and_then(|(name, after)| is_name(name).then_some(after.trim_start()))
            && begins_document(assigned)
        {
            return assigned;
        }
        match trimmed.split_once('\n') {
            Some((_, after)) => rest = after,
            None => return text,
        }
    }
}

/// Whether a text begins as an object or a list does. "[INFO] scanning" and "[2027-01-01]" do not.
fn begins_document(text: &str) -> bool {
    let next = |rest: &str| rest.trim_start().chars().next();
    if let Some(rest) = text.strip_prefix('{') {
        return matches!(next(rest), Some('"' | '}') | None);
    }
    text.strip_prefix('[').is_some_and(|rest| matches!(next(rest), Some('{' | '[' | '"' | ']') | None))
}

fn is_name(text: &str) -> bool {
    let name = text.trim().trim_start_matches("var ").trim();
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
}

/// Whether a text, or one with lines before it, begins as a JSON document does.
pub fn begins_json(head: &str) -> bool {
    without_lines_before(head).starts_with(['{', '['])
}

/// How sure a reader is of a head that `is_report` knows by its text.
pub fn judged(head: &Head, is_report: fn(&str) -> bool) -> Confidence {
    if head.is_text() && begins_json(head.text()) && is_report(head.text()) {
        Confidence::Certain
    } else {
        Confidence::No
    }
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
            ("2027-01-01 INFO scanning\nwarning: x\n[{}]", "[{}]"),
            ("[INFO] scanning\n[2027-01-01T10:00:00] {x}\n{\n\"a\": 1}", "{\n\"a\": 1}"),
            ("results =\n{\"a\": 1}", "{\"a\": 1}"),
            ("var results = {\"a\": 1}", "{\"a\": 1}"),
            ("\u{feff} []", "[]"),
            ("null\n", "null\n"),
            ("no document", "no document"),
        ] {
            assert_eq!(without_lines_before(text), expected, "{text}");
        }
    }
}
