//! Why nothing was printed.

use crate::export::checklist::ChecklistError;
#[cfg(feature = "pdf")]
use crate::export::paper::PdfError;

/// Why nothing was printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    #[error("Cancelled: nothing was written")]
    Stopped,
    #[error("The occurrence is no longer in the plan: select another one and print again")]
    Gone,
    #[error("No occurrence matches these choices, so there is nothing to print: choose more days, groups or areas")]
    Nothing,
    #[error("The business area is no longer in the plan: choose another one")]
    NoArea,
    #[error(transparent)]
    Checklist(#[from] ChecklistError),
    #[cfg(feature = "pdf")]
    #[error("{0}")]
    NoPdf(PdfError),
    #[cfg(not(feature = "pdf"))]
    #[error("This program was built without PDF: print as HTML and let a browser make the PDF")]
    NoPdf,
}
