//! Numbers of things in words.

use std::fmt::Display;

/// "1 window", "4 windows", "3 entries", "2 people".
pub fn counted<N: Display + PartialEq + From<u8>>(count: N, noun: &str) -> String {
    if count == N::from(1) {
        return format!("1 {noun}");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{count} {stem}ies"),
        _ if noun == "person" => format!("{count} people"),
        _ => format!("{count} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_numbers_but_one_take_the_plural() {
        let shown = [(0, "window"), (1, "entry"), (2, "entry"), (12, "day"), (3, "person")];
        let words = shown.map(|(count, noun)| counted(count, noun));
        assert_eq!(words, ["0 windows", "1 entry", "2 entries", "12 days", "3 people"]);
    }
}
