//! The forms that changes are written in: a row and a writer each.

use std::fmt;

use super::html::html;
use super::json::json;
use super::markdown::markdown;
use super::table::{csv, workbook};
use super::text::text;
use crate::export::file::FileType;
use crate::export::lists::CsvStyle;
use crate::schedule::Revision;

/// A form of changes.
pub struct RevisionForm {
    /// "md": what the command line calls it.
    pub id: &'static str,
    pub file_type: FileType,
    /// Whether it is text, which standard output can show.
    pub is_text: bool,
    /// Writes a revision; the second argument names what the plan was compared with. The style is that of CSV.
    pub write: fn(&Revision, &str, CsvStyle) -> Vec<u8>,
}

/// Changes in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionOrder {
    pub form: &'static RevisionForm,
    /// If the form is CSV.
    pub csv: CsvStyle,
}

impl RevisionOrder {
    pub fn new(form: &'static RevisionForm) -> Self {
        Self { form, csv: CsvStyle::FILE }
    }
}

/// All forms, as file dialogs offer them.
pub const FORMS: [&RevisionForm; 6] = [&HTML, &MARKDOWN, &TEXT, &JSON, &CSV, &XLSX];

pub static HTML: RevisionForm = RevisionForm {
    id: "html",
    file_type: FileType { name: "HTML", endings: &["html", "htm"] },
    is_text: true,
    write: |revision, basis, _| html(revision, basis).into_bytes(),
};

pub static MARKDOWN: RevisionForm = RevisionForm {
    id: "md",
    file_type: FileType { name: "Markdown", endings: &["md", "markdown"] },
    is_text: true,
    write: |revision, basis, _| markdown(revision, basis).into_bytes(),
};

pub static TEXT: RevisionForm = RevisionForm {
    id: "text",
    file_type: FileType { name: "Text", endings: &["txt"] },
    is_text: true,
    write: |revision, basis, _| text(revision, basis).into_bytes(),
};

pub static JSON: RevisionForm = RevisionForm {
    id: "json",
    file_type: FileType { name: "JSON", endings: &["json"] },
    is_text: true,
    write: |revision, basis, _| json(revision, basis).into_bytes(),
};

pub static CSV: RevisionForm =
    RevisionForm { id: "csv", file_type: FileType { name: "CSV", endings: &["csv"] }, is_text: true, write: csv };

pub static XLSX: RevisionForm = RevisionForm {
    id: "xlsx",
    file_type: FileType { name: "Excel", endings: &["xlsx"] },
    is_text: false,
    write: |revision, basis, _| workbook(revision, basis),
};

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
