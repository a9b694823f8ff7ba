//! The forms in which documents are printed.

use serde::{Deserialize, Serialize};

use super::error::PrintError;
use crate::export::file::FileType;
use crate::export::paper::{self, Document, Paper};
use crate::progress::Progress;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    Pdf,
    Html,
    Markdown,
    Text,
}

impl Form {
    /// All that the program was built with, as file dialogs offer them.
    pub const ALL: &'static [Self] = if cfg!(feature = "pdf") {
        &[Self::Pdf, Self::Html, Self::Markdown, Self::Text]
    } else {
        &[Self::Html, Self::Markdown, Self::Text]
    };

    pub fn file_type(self) -> FileType {
        match self {
            Self::Pdf => FileType { name: "PDF", endings: &["pdf"] },
            Self::Html => FileType { name: "HTML", endings: &["html", "htm"] },
            Self::Markdown => FileType { name: "Markdown", endings: &["md", "markdown"] },
            Self::Text => FileType { name: "Text", endings: &["txt"] },
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Html => "HTML, one page that needs nothing else",
            Self::Markdown => "Markdown, for a wiki or a ticket",
            Self::Text => "Plain text",
        }
    }

    /// The document in this form.
    pub fn write(self, document: &Document, paper: Paper, progress: &Progress) -> Result<Vec<u8>, PrintError> {
        match self {
            Self::Pdf => pdf(document, paper, progress),
            Self::Html => Ok(paper::html(document, paper).into_bytes()),
            Self::Markdown => Ok(paper::markdown(document).into_bytes()),
            Self::Text => Ok(paper::text(document).into_bytes()),
        }
    }
}

#[cfg(feature = "pdf")]
fn pdf(document: &Document, paper: Paper, progress: &Progress) -> Result<Vec<u8>, PrintError> {
    paper::pdf(document, paper, progress).map_err(|error| match error {
        paper::PdfError::Stopped => PrintError::Stopped,
        failed @ paper::PdfError::Failed(_) => PrintError::NoPdf(failed),
    })
}

#[cfg(not(feature = "pdf"))]
fn pdf(_document: &Document, _paper: Paper, _progress: &Progress) -> Result<Vec<u8>, PrintError> {
    Err(PrintError::NoPdf)
}
