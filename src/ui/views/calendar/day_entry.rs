//! An occurrence on a day of the calendar.

use crate::checks::Severity;

/// An occurrence on a day.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub window: u32,
    pub occurrence: u32,
    /// The worst finding on it.
    pub trouble: Option<Severity>,
    /// Whether it started on an earlier day.
    pub is_continued: bool,
    /// Whether it was cancelled: `occurrence` is then an index of the skipped ones.
    pub is_skipped: bool,
}

impl Entry {
    /// Without findings: for ghosts.
    pub fn plain() -> Self {
        Self { window: 0, occurrence: 0, trouble: None, is_continued: false, is_skipped: false }
    }
}

/// The worse of the two.
pub fn worse(a: Option<Severity>, b: Option<Severity>) -> Option<Severity> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
