//! What is wrong with a file.

use serde::Serialize;

use crate::checks::Severity;
use crate::connect::documents::yaml::YamlError;

/// Something that is wrong with a file, or should be known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LintFinding {
    /// "L101". Stable: never used for anything else.
    pub code: &'static str,
    pub severity: Severity,
    /// From 1.
    pub line: usize,
    /// Without a full stop at the end.
    pub message: String,
}

/// Why a file cannot be judged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LintError {
    #[error("cannot read this as {what}: {error}")]
    Unreadable { what: &'static str, error: YamlError },
    /// A file of another kind, as a sentence.
    #[error("{0}")]
    OtherFile(&'static str),
}

impl LintFinding {
    pub fn new(code: &'static str, severity: Severity, line: usize, message: impl Into<String>) -> Self {
        Self { code, severity, line, message: message.into() }
    }
}

/// As JSON has it.
#[derive(Serialize)]
struct Fields<'a> {
    code: &'a str,
    severity: &'a str,
    line: usize,
    message: &'a str,
}

impl Serialize for LintFinding {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { code, severity, line, message } = self;
        Fields { code, severity: severity.name(), line: *line, message }.serialize(serializer)
    }
}
