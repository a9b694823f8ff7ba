//! The forms that changes are written in: a row and a writer each.

use std::fmt;

use super::html::html;
use super::json::json;
use super::markdown::markdown;
use super::text::text;
use crate::export::file::FileType;
use crate::schedule::Revision;

/// A form of changes.
pub struct RevisionForm {
    /// "md": what the command line calls it.
    pub id: &'static str,
    pub file_type: FileType,
    /// Writes a revision; the second argument names what the plan was compared with.
    pub write: fn(&Revision, &str) -> String,
}

/// All forms, as file dialogs offer them.
pub const FORMS: [&RevisionForm; 4] = [&HTML, &MARKDOWN, &TEXT, &JSON];

pub static HTML: RevisionForm =
    RevisionForm { id: "html", file_type: FileType { name: "HTML", endings: &["html", "htm"] }, write: html };

pub static MARKDOWN: RevisionForm =
    RevisionForm { id: "md", file_type: FileType { name: "Markdown", endings: &["md", "markdown"] }, write: markdown };

pub static TEXT: RevisionForm =
    RevisionForm { id: "text", file_type: FileType { name: "Text", endings: &["txt"] }, write: text };

pub static JSON: RevisionForm =
    RevisionForm { id: "json", file_type: FileType { name: "JSON", endings: &["json"] }, write: json };

impl PartialEq for RevisionForm {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for RevisionForm {}

impl fmt::Debug for RevisionForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}
