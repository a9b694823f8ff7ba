//! Counted nouns, and ordinal numbers.

use std::fmt::Display;

/// "1 window", "4 windows", "3 entries", "2 people".
pub fn counted<N: Display + PartialEq + From<u8>>(count: N, noun: &str) -> String {
    if count == N::from(1) { format!("1 {noun}") } else { format!("{count} {}", plural(noun)) }
}

/// "windows", "entries", "people".
pub fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        _ if noun == "person" => "people".to_owned(),
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with("ch") || noun.ends_with(['s', 'x']) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// "first" to "fifth"; after that "6th".
pub fn ordinal(n: u8) -> String {
    match n {
        1 => "first".to_owned(),
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        4 => "fourth".to_owned(),
        5 => "fifth".to_owned(),
        n => format!("{n}th"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_numbers_but_one_take_the_plural() {
        for (count, noun, text) in [
            (0, "window", "0 windows"),
            (1, "entry", "1 entry"),
            (2, "entry", "2 entries"),
            (12, "day", "12 days"),
            (1, "person", "1 person"),
            (3, "person", "3 people"),
            (4, "batch", "4 batches"),
            (2, "freeze", "2 freezes"),
        ] {
            assert_eq!(counted(count, noun), text);
        }
    }

    #[test]
    fn ordinals_are_words_up_to_five() {
        for (n, text) in [(1, "first"), (2, "second"), (3, "third"), (4, "fourth"), (5, "fifth"), (6, "6th")] {
            assert_eq!(ordinal(n), text);
        }
    }
}
