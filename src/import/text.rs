//! Small work on text that other programs wrote.

use super::error::ImportError;
use super::limits::LARGEST_FILE;

/// The text without a byte-order mark.
///
/// # Errors
/// It is blank, or longer than what is read.
pub(super) fn checked(text: &str) -> Result<&str, ImportError> {
    if text.len() > LARGEST_FILE {
        return Err(ImportError::TooLarge);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() { Err(ImportError::Empty) } else { Ok(text) }
}

/// A name on one line, with single spaces. Control characters separate words, because other programs use some of them as
/// line ends; in text that people typed, [`crate::export::text`] drops them.
pub(super) fn words_on_one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A message in the middle of a sentence: its first letter becomes lower case, unless that would spoil an
/// abbreviation.
pub(crate) fn within_sentence(message: &str) -> String {
    let mut chars = message.chars();
    match (chars.next(), chars.as_str().chars().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letter_becomes_small_but_not_in_names_and_abbreviations() {
        for (message, expected) in [
            ("Row skipped", "row skipped"),
            ("A window lasts", "a window lasts"),
            ("DTSTART is missing", "DTSTART is missing"),
            ("\"Core DB\" skipped", "\"Core DB\" skipped"),
            ("", ""),
        ] {
            assert_eq!(within_sentence(message), expected);
        }
    }
}
