//! Texts that become part of a sentence.

/// A text in the middle of a sentence: its first letter becomes lower case, unless that would spoil an
/// abbreviation.
pub fn within_sentence(message: &str) -> String {
    let mut chars = message.chars();
    match (chars.next(), chars.as_str().chars().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => message.to_owned(),
    }
}

/// A reason in brackets, with a space before it: " (Quarter close)"; empty for an empty reason.
pub fn in_brackets(reason: &str) -> String {
    if reason.trim().is_empty() { String::new() } else { format!(" ({})", reason.trim()) }
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

    #[test]
    fn only_reasons_have_brackets() {
        assert_eq!((in_brackets(" Quarter close\n"), in_brackets(" ")), (" (Quarter close)".to_owned(), String::new()));
    }
}
