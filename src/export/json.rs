//! JSON for programs: lists of records, and objects.

use serde::Serialize;

/// The number of the form of lists. It rises when a field is removed or gets another meaning, not for new fields.
const VERSION: u32 = 1;

/// A record of a list, which is an array and so cannot have the number itself.
#[derive(Serialize)]
struct VersionedRow<'a, R> {
    version: u32,
    #[serde(flatten)]
    row: &'a R,
}

/// Records as an indented array with a line end, each with the number of its form.
pub fn json_list(rows: &[impl Serialize]) -> String {
    indented_json(&rows.iter().map(|row| VersionedRow { version: VERSION, row }).collect::<Vec<_>>())
}

/// Indented JSON with a line end. Serializing cannot fail: records are made of text, numbers and lists.
pub(super) fn indented_json(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    format!("{text}\n")
}
