//! A document as PDF: typst lays it out, our template says how it looks.
//!
//! What is said goes to typst as data, `document.json`, and strings in it are never read as markup. The template is part
//! of the program and reads nothing else: it has no files, no packages, no network and no clock.

mod world;

use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{Document, Paper};
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

/// The document as a tagged PDF on that paper. The same document gives the same bytes.
///
/// `goes_on` is told how many of how many steps are done, and may stop it between two of them.
pub fn pdf(
    document: &Document,
    paper: Paper,
    goes_on: &(dyn Fn(usize, usize) -> bool + Sync),
) -> Result<Vec<u8>, PdfError> {
    let ask = |done| if goes_on(done, STEPS) { Ok(()) } else { Err(PdfError::Stopped) };
    let press = Press::new(document, paper).map_err(|error| PdfError::Failed(error.to_string()))?;
    ask(1)?;
    let laid_out = typst::compile::<PagedDocument>(&press).output;
    // What was kept for the next layout is more than the layout itself, and there is no next one.
    comemo::evict(0);
    let laid_out = laid_out.map_err(failed)?;
    ask(2)?;
    // A name in a script that none of our fonts has would make it no accessible PDF: then a tagged one is made.
    let written = write(document, &laid_out, &[PdfStandard::Ua_1]).or_else(|_| write(document, &laid_out, &[]));
    comemo::evict(0);
    ask(STEPS)?;
    written
}

/// Setting, laying out, writing.
const STEPS: usize = 3;

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
