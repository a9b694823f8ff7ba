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

use super::document::{Document, Sheet};
use super::size::Paper;
use crate::parallel;
use crate::progress::Progress;
use binding::Bookmark;
use error::BindError;
use leaf::Printout;
use world::{PrepareError, TypstJob};

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
    let front = match &document.contents {
        Some(heading) => Some(binding::to_front_page(contents(document, heading, None, 0, paper)?.pages())),
        None => None,
    };
    let printed = print_all(document, front, paper, progress)?;
    let front = printed_contents(document, &printed, paper)?;
    let pages_before = front.as_ref().map(|front| binding::to_front_page(front.pages()));
    let mut printed = with_right_numbers(document, printed, pages_before, paper, progress)?;
    let all = document.sheets.len();
    if !progress.continues(all, all) {
        return Err(PdfError::Stopped);
    }
    match (front, printed.len()) {
        (None, 1) => Ok(printed.remove(0).into_bytes()),
        (front, _) => bind(document, front.as_ref(), &printed),
    }
}

/// A sheet, and how many pages come before it according to its foot.
type Numbered = (Option<usize>, Printout);

/// Prints all sheets. If there are contents, which have `front` pages, the number of pages before a sheet is a guess: it is
/// known when all sheets before it are printed. Most documents have sheets with as many pages as the first one.
fn print_all(
    document: &Document,
    front: Option<usize>,
    paper: Paper,
    progress: &Progress,
) -> Result<Vec<Numbered>, PdfError> {
    let total = document.sheets.len();
    let print = |sheet: &Sheet, before: Option<usize>, done: usize| {
        if !progress.continues(done, total) {
            return Err(PdfError::Stopped);
        }
        Ok((before, print_sheet(document, sheet, paper, before)?))
    };
    // Without contents, no sheet needs the pages of another one.
    let first = match (front, document.sheets.first()) {
        (Some(_), Some(sheet)) => Some(print(sheet, front, 0)?),
        _ => None,
    };
    let usual = first.as_ref().map_or(0, |(_, printout)| binding::to_front_page(printout.pages()));
    let done = AtomicUsize::new(usize::from(first.is_some()));
    let others: Vec<(usize, &Sheet)> = document.sheets.iter().enumerate().skip(usize::from(first.is_some())).collect();
    let others = parallel::map_nested(&others, |(index, sheet)| {
        let printed = print(sheet, front.map(|front| front + index * usual), done.load(Ordering::Relaxed));
        done.fetch_add(1, Ordering::Relaxed);
        printed
    });
    first.into_iter().map(Ok).chain(others).collect()
}

/// One sheet as a PDF with the title of the whole document.
fn print_sheet(
    document: &Document,
    sheet: &Sheet,
    paper: Paper,
    pages_before: Option<usize>,
) -> Result<Printout, PdfError> {
    let alone = Document { contents: None, sheets: vec![sheet.clone()], ..cover(document) };
    let job = TypstJob::new(&alone, paper, sheet.is_landscape(), pages_before);
    print(document, &job.map_err(not_prepared)?)
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

/// The contents with the right numbers of pages, if the document has them.
fn printed_contents(document: &Document, printed: &[Numbered], paper: Paper) -> Result<Option<Printout>, PdfError> {
    let Some(heading) = &document.contents else { return Ok(None) };
    let sheets: Vec<usize> = printed.iter().map(|(_, printout)| printout.pages()).collect();
    // The number of pages of the contents does not depend on the page numbers in them.
    let pages = |first: usize| contents(document, heading, Some(&sheets), first, paper);
    pages(binding::to_front_page(pages(0)?.pages())).map(Some)
}

/// Binds the sheets, each on a front page, after the contents if there are any.
fn bind(document: &Document, front: Option<&Printout>, printed: &[Printout]) -> Result<Vec<u8>, PdfError> {
    let sheets = document.sheets.iter().zip(printed).map(|(sheet, printout)| (printout, Some(bookmark(sheet))));
    let all: Vec<(&Printout, Option<Bookmark<'_>>)> =
        front.map(|front| (front, None)).into_iter().chain(sheets).collect();
    binding::bind(&all).map_err(not_bound)
}

fn bookmark(sheet: &Sheet) -> Bookmark<'_> {
    Bookmark { chapter: sheet.chapter.as_deref(), name: &sheet.name }
}

/// Prints those sheets again whose feet have wrong numbers of pages. `front` is the number of pages before the first
/// one, if there are contents.
fn with_right_numbers(
    document: &Document,
    printed: Vec<Numbered>,
    front: Option<usize>,
    paper: Paper,
    progress: &Progress,
) -> Result<Vec<Printout>, PdfError> {
    let mut before = front;
    let judged = document.sheets.iter().zip(printed).map(|(sheet, (guess, printout))| {
        let right = before;
        before = before.map(|before| before + binding::to_front_page(printout.pages()));
        (sheet, right, (guess == right).then_some(printout))
    });
    let judged: Vec<(&Sheet, Option<usize>, Option<Printout>)> = judged.collect();
    let wrong: Vec<(&Sheet, Option<usize>)> = judged
        .iter()
        .filter(|(_, _, printout)| printout.is_none())
        .map(|(sheet, before, _)| (*sheet, *before))
        .collect();
    let done = AtomicUsize::new(judged.len());
    let total = judged.len() + wrong.len();
    let mut again = parallel::map_nested(&wrong, |(sheet, before)| {
        if !progress.continues(done.load(Ordering::Relaxed), total) {
            return Err(PdfError::Stopped);
        }
        let printed = print_sheet(document, sheet, paper, *before);
        done.fetch_add(1, Ordering::Relaxed);
        printed
    })
    .into_iter();
    let printouts =
        judged.into_iter().map(|(_, _, printout)| printout.map_or_else(|| again.next(), |right| Some(Ok(right))));
    printouts.flatten().collect()
}

fn not_prepared(error: PrepareError) -> PdfError {
    PdfError::Failed(error.to_string())
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

/// The contents, if the first sheet begins after `before` pages. `sheets` are the pages of each sheet, if they are known.
fn contents(
    document: &Document,
    heading: &str,
    sheets: Option<&[usize]>,
    before: usize,
    paper: Paper,
) -> Result<Printout, PdfError> {
    let mut page = before + 1;
    let lines = document.sheets.iter().enumerate().map(|(index, sheet)| {
        let line = Line { chapter: sheet.chapter.as_deref(), name: &sheet.name, page };
        let pages = sheets.and_then(|sheets| sheets.get(index)).copied().unwrap_or(1);
        page += binding::to_front_page(pages);
        line
    });
    let lines = lines.collect();
    let cover = Document { contents: Some(heading.to_owned()), ..cover(document) };
    let contents = Contents { cover, address: links::ADDRESS, lines };
    print(document, &TypstJob::new(&contents, paper, false, None).map_err(not_prepared)?)
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

#[cfg(test)]
mod tests;
