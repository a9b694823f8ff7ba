//! What a command answers: its output, its notes and the program's exit code.

use std::fmt;
use std::path::Path;

use crate::wording::visible;

/// `check` found errors, `diff` found differences, `merge` left conflicts, or `publish` skipped something. Same code as `diff` on Unix.
pub const FOUND: u8 = 1;
/// The usage is wrong, or something could not be read, written or sent.
pub const FAILED: u8 = 2;

/// The outcome of a command that ran to its end.
#[derive(Debug, Default)]
pub struct Reply {
    /// For standard output.
    pub text: String,
    /// Warnings for standard error, one per line.
    pub notes: Vec<String>,
    /// The program's exit code.
    pub code: u8,
    /// Whether lines of the text begin with severities, which are coloured on a terminal.
    pub has_severities: bool,
}

impl Reply {
    pub fn new(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// Text for people: control characters in names do not reach a terminal, through a pipe neither.
    pub fn in_words(text: &str) -> Self {
        Self::new(visible(text).into_owned())
    }

    pub fn with_severities(self) -> Self {
        Self { has_severities: true, ..self }
    }

    pub fn with_notes(self, notes: Vec<String>) -> Self {
        Self { notes, ..self }
    }
}

/// Why a command could not do its work, worded for a person. If it concerns a file, the file comes first.
#[derive(Debug)]
pub struct Failure(pub String);

impl Failure {
    /// A failure that concerns a file or folder.
    pub fn at(path: &Path, message: impl fmt::Display) -> Self {
        Self(format!("{}: {message:#}", path.display()))
    }

    /// A failure that concerns a line of a file. A line that a message for the screen has in brackets, as in "(line 3)",
    /// comes behind the path.
    pub fn in_file(path: &Path, message: &str) -> Self {
        let found = message.match_indices(" (line ").find_map(|(at, mark)| {
            let (inside, _) = message[at + mark.len()..].split_once(')')?;
            let numbers: Vec<&str> = inside.split(", column ").collect();
            let is_number = |number: &&str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            let is_position = numbers.len() <= 2 && numbers.iter().all(is_number);
            is_position.then(|| (at, at + mark.len() + inside.len() + 1, numbers.join(":")))
        });
        match found {
            Some((from, to, position)) => {
                Self(format!("{}:{position}: {}{}", path.display(), &message[..from], &message[to..]))
            }
            None => Self::at(path, message),
        }
    }
}

impl<T: fmt::Display> From<T> for Failure {
    /// The alternate form of an error puts the location first.
    fn from(error: T) -> Self {
        Self(format!("{error:#}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_message_comes_behind_the_path() {
        for (message, expected) in [
            ("unknown key (line 3)", "a.yml:3: unknown key"),
            ("a NUL byte (line 12), which text never has", "a.yml:12: a NUL byte, which text never has"),
            ("wrong (line 3, column 14): use x", "a.yml:3:14: wrong: use x"),
            ("no line (line up)", "a.yml: no line (line up)"),
            ("open (line 3", "a.yml: open (line 3"),
            ("plain", "a.yml: plain"),
        ] {
            assert_eq!(Failure::in_file(Path::new("a.yml"), message).0, expected);
        }
    }
}
