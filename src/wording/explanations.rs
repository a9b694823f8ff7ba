//! Error messages: what is wrong, where, and what to do about it.

use std::borrow::Cow;
use std::fmt;

/// What is wrong, what to do and where, all in lower case.
///
/// On screen the problem comes first: "No calendar at this address: create one first (<https://example.org/year/>)". With
/// `{:#}`, which the command line uses, the address does: "<https://example.org/year/>: no calendar at this address (create
/// one first)".
pub struct Explanation<'a> {
    problem: Cow<'a, str>,
    advice: Cow<'a, str>,
    address: String,
}

impl<'a> Explanation<'a> {
    pub fn new(problem: impl Into<Cow<'a, str>>, advice: impl Into<Cow<'a, str>>) -> Self {
        Self { problem: problem.into(), advice: advice.into(), address: String::new() }
    }

    /// Adds an address, a path or a position in a file. Nothing is added if it is empty.
    #[must_use]
    pub fn at(self, address: impl fmt::Display) -> Self {
        Self { address: address.to_string(), ..self }
    }
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { problem, advice, address } = self;
        if f.alternate() {
            let before = if address.is_empty() { String::new() } else { format!("{address}: ") };
            write!(f, "{before}{problem} ({advice})")
        } else {
            let after = if address.is_empty() { String::new() } else { format!(" ({address})") };
            write!(f, "{}: {advice}{after}", capitalised(problem))
        }
    }
}

/// `text` with a capital letter at its beginning.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_comes_last_on_screen_and_first_on_the_command_line() {
        let explanation = Explanation::new("disk full", "free some space").at("year.ics");
        assert_eq!(explanation.to_string(), "Disk full: free some space (year.ics)");
        assert_eq!(format!("{explanation:#}"), "year.ics: disk full (free some space)");
    }

    #[test]
    fn the_address_is_optional() {
        let explanation = Explanation::new("disk full", "free some space");
        assert_eq!(explanation.to_string(), "Disk full: free some space");
        assert_eq!(format!("{explanation:#}"), "disk full (free some space)");
    }
}
