//! How a window has an occurrence of a calendar, and the reasons for those that it does not have.

use chrono::{NaiveDate, NaiveTime};

use crate::model::{LocalMinute, Minutes, OccurrenceChange, UsualTimes};

pub(super) const EXCLUDED: &str = "Excluded in the imported calendar";
pub(super) const CANCELLED: &str = "Cancelled in the imported calendar";
pub(super) const APART: &str = "Imported as a separate window";
pub(super) const GONE: &str = "No longer in the imported calendar";

/// How a window has an occurrence; the first is preferred. Starts and lengths are given if they are not the usual ones.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Placement {
    AsUsual,
    Added(Option<NaiveTime>, Option<Minutes>),
    Moved(NaiveDate, Option<NaiveTime>, Option<Minutes>),
}

impl Placement {
    /// The placement of an occurrence that takes place then, as that of the original date `on`.
    pub fn new(local: LocalMinute, length: Minutes, on: NaiveDate, usual: UsualTimes, is_by_rule: bool) -> Self {
        let start = Some(local.time()).filter(|time| *time != usual.start);
        let duration = Some(length).filter(|length| *length != usual.duration);
        let is_usual = start.is_none() && duration.is_none() && local.date() == usual.date(on);
        match is_by_rule {
            true if is_usual => Self::AsUsual,
            // Some programs write an occurrence that the rule no longer gives as a replacement of itself.
            false if local.date() == on => Self::Added(start, duration),
            true | false => Self::Moved(local.date(), start, duration),
        }
    }

    pub fn change(self) -> Option<OccurrenceChange> {
        match self {
            Self::AsUsual => None,
            Self::Added(start, duration) => Some(OccurrenceChange::Added { start, duration }),
            Self::Moved(to, start, duration) => Some(OccurrenceChange::Moved { to, start, duration }),
        }
    }
}
