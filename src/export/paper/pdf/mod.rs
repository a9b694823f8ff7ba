//! A document as PDF: typst lays it out with the template in `assets/paper`.
//!
//! The document goes to typst as data, `document.json`, and strings in it are never interpreted as markup. The template is
//! part of the program and has no access to files, packages, network or clock.
//!
//! A batch is printed sheet by sheet, on all cores, and bound afterwards: typst keeps everything that it laid out, and
//! hundreds of checklists at once would take more memory than a laptop has to spare.

mod binding;
mod error;
mod file;
mod leaf;
mod links;
mod roots;
mod world;

use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::document::{Document, Part, Sheet};
use super::size::Paper;
use crate::parallel;
use crate::progress::Progress;
use binding::Bookmark;
use error::BindError;
use leaf::Printout;
use world::TypstJob;

/// Why there is no PDF.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    #[error("Cancelled")]
    Stopped,
    /// A fault of the template or a writer, not of the plan.
    #[error("The PDF could not be made ({0}): export the document as HTML instead")]
    Failed(String),
}

/// The document as a tagged PDF on that paper. The same document gives the same bytes.
///
/// It can be cancelled between two sheets.
pub fn pdf(document: &Document, paper: Paper, progress: &Progress) -> Result<Vec<u8>, PdfError> {
    let done = AtomicUsize::new(0);
    let sheets: Vec<&Sheet> = document.sheets.iter().collect();
    let printed = parallel::map_nested(&sheets, |sheet| {
        if !progress.continues(done.load(Ordering::Relaxed), sheets.len()) {
            return Err(PdfError::Stopped);
        }
        let printout = print_sheet(document, sheet, paper)?;
        done.fetch_add(1, Ordering::Relaxed);
        Ok(printout)
    });
    let mut printed = printed.into_iter().collect::<Result<Vec<_>, _>>()?;
    if !progress.continues(sheets.len(), sheets.len()) {
        return Err(PdfError::Stopped);
    }
    match (&document.contents, printed.len()) {
        (None, 1) => Ok(printed.remove(0).into_bytes()),
        _ => bind(document, &printed, paper),
    }
}

/// One sheet as a PDF with the title of the whole document.
fn print_sheet(document: &Document, sheet: &Sheet, paper: Paper) -> Result<Printout, PdfError> {
    let is_landscape = sheet.parts.iter().any(|part| matches!(part, Part::Planner(_)));
    let alone = Document { contents: None, sheets: vec![sheet.clone()], ..cover(document) };
    print(document, &TypstJob::new(&alone, paper, is_landscape).map_err(|error| PdfError::Failed(error.to_string()))?)
}

/// A document without its sheets.
fn cover(document: &Document) -> Document {
    Document {
        title: document.title.clone(),
        language: document.language.clone(),
        plan: document.plan.clone(),
        revision: document.revision.clone(),
        contents: document.contents.clone(),
        page_of: document.page_of.clone(),
        sheets: Vec::new(),
    }
}

/// Binds the sheets, each on a front page, after the contents if there are any.
fn bind(document: &Document, printed: &[Printout], paper: Paper) -> Result<Vec<u8>, PdfError> {
    let mut all: Vec<(&Printout, Option<Bookmark<'_>>)> = document
        .sheets
        .iter()
        .zip(printed)
        .map(|(sheet, printout)| (printout, Some(Bookmark { chapter: sheet.chapter.as_deref(), name: &sheet.name })))
        .collect();
    let front;
    if let Some(heading) = &document.contents {
        // The number of pages of the contents does not depend on the page numbers in them.
        let pages = |first: usize| contents(document, heading, printed, first, paper);
        front = pages(binding::to_front_page(pages(0)?.pages()))?;
        all.insert(0, (&front, None));
    }
    binding::bind(&all).map_err(not_bound)
}

fn not_bound(error: BindError) -> PdfError {
    PdfError::Failed(error.to_string())
}

/// The contents, as the template reads them.
#[derive(Serialize)]
struct Contents<'a> {
    #[serde(flatten)]
    cover: Document,
    /// The beginning of the addresses of its links.
    address: &'static str,
    lines: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    chapter: Option<&'a str>,
    name: &'a str,
    page: usize,
}

/// The contents, if the first sheet begins after `before` pages.
fn contents(
    document: &Document,
    heading: &str,
    sheets: &[Printout],
    before: usize,
    paper: Paper,
) -> Result<Printout, PdfError> {
    let mut page = before + 1;
    let lines = document.sheets.iter().zip(sheets).map(|(sheet, printout)| {
        let line = Line { chapter: sheet.chapter.as_deref(), name: &sheet.name, page };
        page += binding::to_front_page(printout.pages());
        line
    });
    let lines = lines.collect();
    let cover = Document { contents: Some(heading.to_owned()), ..cover(document) };
    let contents = Contents { cover, address: links::ADDRESS, lines };
    print(document, &TypstJob::new(&contents, paper, false).map_err(|error| PdfError::Failed(error.to_string()))?)
}

/// Lays out the document of the job and writes it as a part of `document`.
fn print(document: &Document, job: &TypstJob) -> Result<Printout, PdfError> {
    let laid_out = typst::compile::<PagedDocument>(job).output.map_err(failed)?;
    // A name in a script that none of the fonts has rules out PDF/UA: then a tagged PDF is written.
    let written = write(document, &laid_out, &[PdfStandard::Ua_1]).or_else(|_| write(document, &laid_out, &[]));
    // Empties typst's cache, which is larger than the layout itself. Entries that other cores use are kept.
    comemo::evict(2);
    Printout::new(written?, laid_out.pages().len()).map_err(not_bound)
}

fn write(document: &Document, laid_out: &PagedDocument, standards: &[PdfStandard]) -> Result<Vec<u8>, PdfError> {
    let options = PdfOptions {
        ident: Smart::Custom(format!("{} {} {}", document.plan, document.revision, document.title)),
        creator: Smart::Custom(Some("Windowsill".to_owned())),
        standards: PdfStandards::new(standards).map_err(|error| PdfError::Failed(error.message().to_string()))?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(laid_out, &options).map_err(failed)
}

/// The number of pages of a PDF.
pub fn page_count(pdf: &[u8]) -> Option<usize> {
    lopdf::Document::load_mem(pdf).ok().map(|document| document.get_pages().len())
}

fn failed(errors: impl IntoIterator<Item = SourceDiagnostic>) -> PdfError {
    let messages = errors.into_iter().map(|error| error.message.to_string()).collect::<Vec<_>>();
    PdfError::Failed(messages.join("; "))
}
