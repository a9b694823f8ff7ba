//! The form of all error messages: what is wrong, where, and what to do about it.

use std::borrow::Cow;
use std::fmt;

/// What is wrong, what to do and where, in lower case.
///
/// On screen the problem comes first: `No calendar at this address: create one first (https://example.org/year/)`. With
/// `{:#}`, which the command line uses, the place does: `https://example.org/year/: no calendar at this address (create
/// one first)`.
pub struct Explanation<'a> {
    problem: Cow<'a, str>,
    advice: &'static str,
    /// An address or path. Empty if the problem already says it.
    place: String,
}

impl<'a> Explanation<'a> {
    pub fn new(problem: impl Into<Cow<'a, str>>, advice: &'static str, place: impl fmt::Display) -> Self {
        Self { problem: problem.into(), advice, place: place.to_string() }
    }
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { problem, advice, place } = self;
        if f.alternate() {
            let before = if place.is_empty() { String::new() } else { format!("{place}: ") };
            write!(f, "{before}{problem} ({advice})")
        } else {
            let after = if place.is_empty() { String::new() } else { format!(" ({place})") };
            write!(f, "{}: {advice}{after}", capitalized(problem))
        }
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_comes_last_on_screen_and_first_on_the_command_line() {
        let full = Explanation::new("disk full", "free some space", "year.ics");
        assert_eq!(full.to_string(), "Disk full: free some space (year.ics)");
        assert_eq!(format!("{full:#}"), "year.ics: disk full (free some space)");
        let bare = Explanation::new("disk full", "free some space", "");
        assert_eq!(
            (bare.to_string(), format!("{bare:#}")),
            ("Disk full: free some space".into(), "disk full (free some space)".into())
        );
    }
}
