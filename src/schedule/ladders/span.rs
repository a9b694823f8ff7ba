//! A period in which work takes place, or could.

use crate::model::UtcMinute;
use crate::schedule::time::occurrence::Occurrence;

/// A period in which work takes place, or could.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub start_at: UtcMinute,
    pub end_at: UtcMinute,
}

impl Span {
    /// All time.
    pub const ALWAYS: Self = Self { start_at: UtcMinute(i32::MIN), end_at: UtcMinute(i32::MAX) };
}

impl From<&Occurrence> for Span {
    #[inline]
    fn from(occurrence: &Occurrence) -> Self {
        Self { start_at: occurrence.start_at, end_at: occurrence.end_at }
    }
}
