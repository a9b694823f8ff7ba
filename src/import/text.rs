//! Small work on text that other programs wrote.

use super::error::ImportError;
use super::limits::LONGEST_TEXT;

/// The text without a byte-order mark.
///
/// # Errors
/// It is blank, or longer than what is read.
pub(super) fn checked(text: &str) -> Result<&str, ImportError> {
    if text.len() > LONGEST_TEXT {
        return Err(ImportError::TooLong);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() { Err(ImportError::Empty) } else { Ok(text) }
}

/// A name on one line, without control characters and surrounding space.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
