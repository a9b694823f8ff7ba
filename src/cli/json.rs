//! The JSON of commands that write something else than the list of an export: an object with the number of its form.

use serde::Serialize;

use super::reply::Failure;

/// The number of the form of lists. It rises when a field is removed or gets another meaning, not for new fields.
pub const VERSION: u32 = 1;

/// A list with the number of its form.
#[derive(Serialize)]
struct Rows<'a, R> {
    version: u32,
    rows: &'a [R],
}

/// A list as indented JSON with a line end.
///
/// # Errors
/// A value that cannot be written as JSON.
pub fn rows<R: Serialize>(rows: &[R]) -> Result<String, Failure> {
    object(&Rows { version: VERSION, rows })
}

/// An object as indented JSON with a line end.
///
/// # Errors
/// A value that cannot be written as JSON.
pub fn object(value: &impl Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}
