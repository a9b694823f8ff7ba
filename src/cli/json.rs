//! The JSON of commands that write an object: each has the number of its form in `version`.

use serde::Serialize;

use super::reply::Failure;

/// An object as indented JSON with a line end.
///
/// # Errors
/// A value that cannot be written as JSON.
pub fn object(value: &impl Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}
