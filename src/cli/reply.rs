//! What a command answers: its output, its notes and the program's exit code.

use std::fmt;
use std::path::Path;

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
}

impl Reply {
    pub fn new(text: String) -> Self {
        Self { text, ..Self::default() }
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
}

impl<T: fmt::Display> From<T> for Failure {
    /// The alternate form of an error puts the location first.
    fn from(error: T) -> Self {
        Self(format!("{error:#}"))
    }
}
