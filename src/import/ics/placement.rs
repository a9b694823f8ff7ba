//! How a window has an occurrence of a calendar, and the reasons for those that it does not have.

use chrono::{NaiveDate, NaiveTime};

use crate::model::OccurrenceChange;

pub(super) const EXCLUDED: &str = "Excluded in the imported calendar";
pub(super) const CANCELLED: &str = "Cancelled in the imported calendar";
pub(super) const APART: &str = "Imported as a separate window";
pub(super) const GONE: &str = "No longer in the imported calendar";

/// How a window has an occurrence; the first is preferred.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Placement {
    AsUsual,
    Added(Option<NaiveTime>),
    Moved(NaiveDate, Option<NaiveTime>),
}

impl Placement {
    pub fn change(self) -> Option<OccurrenceChange> {
        match self {
            Self::AsUsual => None,
            Self::Added(start) => Some(OccurrenceChange::Added { start, duration: None }),
            Self::Moved(to, start) => Some(OccurrenceChange::Moved { to, start, duration: None }),
        }
    }
}
