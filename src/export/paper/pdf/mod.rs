//! A document as PDF: typst lays it out, our template says how it looks.
//!
//! What is said goes to typst as data, `document.json`, and strings in it are never read as markup. The template is part
//! of the program and reads nothing else: it has no files, no packages, no network and no clock.
//!
//! A batch is printed sheet by sheet, on all cores, and bound afterwards: typst keeps all that it laid out, and hundreds
//! of packs at once would take more memory than a change manager's laptop has to spare.

mod binding;
mod file;
mod leaf;
mod world;

use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{Document, Paper, Part, Sheet};
use crate::parallel;
use binding::{Bookmark, NotBound};
use leaf::Printout;
use world::Press;

/// Why there is no PDF.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    #[error("It was stopped.")]
    Stopped,
    /// The template or a writer is at fault, not the plan.
    #[error("The PDF could not be made: {0}. The same document can be exported as HTML.")]
    Failed(String),
}

/// Told how many of how many sheets are done; says whether to go on.
type GoesOn<'a> = &'a (dyn Fn(usize, usize) -> bool + Sync);

/// The document as a tagged PDF on that paper. The same document gives the same bytes.
///
/// `goes_on` may stop it between two sheets.
pub fn pdf(document: &Document, paper: Paper, goes_on: GoesOn<'_>) -> Result<Vec<u8>, PdfError> {
    let done = AtomicUsize::new(0);
    let sheets: Vec<&Sheet> = document.sheets.iter().collect();
    let printed = parallel::map_nested(&sheets, |sheet| {
        if !goes_on(done.load(Ordering::Relaxed), sheets.len()) {
            return Err(PdfError::Stopped);
        }
        let printout = print_sheet(document, sheet, paper)?;
        done.fetch_add(1, Ordering::Relaxed);
        Ok(printout)
    });
    let mut printed = printed.into_iter().collect::<Result<Vec<_>, _>>()?;
    if !goes_on(sheets.len(), sheets.len()) {
        return Err(PdfError::Stopped);
    }
    match (&document.contents, printed.len()) {
        (None, 1) => Ok(printed.remove(0).into_bytes()),
        _ => bind(document, &printed, paper),
    }
}

/// One sheet as a PDF of its own, which bears the name of the whole.
fn print_sheet(document: &Document, sheet: &Sheet, paper: Paper) -> Result<Printout, PdfError> {
    let is_landscape = sheet.parts.iter().any(|part| matches!(part, Part::Planner(_)));
    let alone = Document { contents: None, sheets: vec![sheet.clone()], ..cover(document) };
    print(document, &Press::new(&alone, paper, is_landscape).map_err(|error| PdfError::Failed(error.to_string()))?)
}

/// All of a document but its sheets.
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

/// Sheets between two covers: contents first, where there are any, and each sheet on a front page.
fn bind(document: &Document, printed: &[Printout], paper: Paper) -> Result<Vec<u8>, PdfError> {
    let mut all: Vec<(&Printout, Option<Bookmark<'_>>)> = document
        .sheets
        .iter()
        .zip(printed)
        .map(|(sheet, printout)| (printout, Some(Bookmark { chapter: sheet.chapter.as_deref(), name: &sheet.name })))
        .collect();
    let front;
    if let Some(heading) = &document.contents {
        // How many pages the contents take does not depend on what page numbers they name.
        let pages = |first: usize| contents(document, heading, printed, first, paper);
        front = pages(binding::to_front_page(pages(0)?.pages()))?;
        all.insert(0, (&front, None));
    }
    binding::bind(&all).map_err(not_bound)
}

fn not_bound(error: NotBound) -> PdfError {
    PdfError::Failed(error.to_string())
}

/// The page of contents, as the template reads it.
#[derive(Serialize)]
struct Contents<'a> {
    #[serde(flatten)]
    cover: Document,
    /// What the addresses of its links begin with.
    address: &'static str,
    lines: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    chapter: Option<&'a str>,
    name: &'a str,
    page: usize,
}

/// The contents, where the first sheet begins behind `before` pages.
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
    let said = Contents { cover, address: binding::ADDRESS, lines };
    print(document, &Press::new(&said, paper, false).map_err(|error| PdfError::Failed(error.to_string()))?)
}

/// Lays out what is on the press, and writes it as a part of `document`.
fn print(document: &Document, press: &Press) -> Result<Printout, PdfError> {
    let laid_out = typst::compile::<PagedDocument>(press).output.map_err(failed)?;
    // A name in a script that none of our fonts has would make it no accessible PDF: then a tagged one is made.
    let written = write(document, &laid_out, &[PdfStandard::Ua_1]).or_else(|_| write(document, &laid_out, &[]));
    // What typst keeps for the next layout is more than the layout itself. What both cores still use stays.
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

fn failed(errors: impl IntoIterator<Item = SourceDiagnostic>) -> PdfError {
    let messages = errors.into_iter().map(|error| error.message.to_string()).collect::<Vec<_>>();
    PdfError::Failed(messages.join("; "))
}
