//! The expressibility meter: what a system can say of a window, and what is lost on the way.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use crate::wording::counted;

/// How a window is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// As a rule that recurs in the system itself.
    Native,
    /// As single dates. `reason`: "2 dates were moved"
    Dates { count: usize, reason: String },
    /// Not at all. `reason`: "it lasts 6 h and Azure allows 3 h 55"
    Impossible { reason: String },
}

/// What a system does not take over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Loss {
    pub what: LossKind,
    /// One sentence without a full stop.
    pub detail: String,
    /// Why its occurrences are left out, if `detail` says no more than that and how many: "in a change freeze".
    #[serde(skip)]
    pub left_out: Option<&'static str>,
    /// The original dates of the occurrences that the file does not have, or has with another start or end. Empty if all
    /// take place as planned.
    pub occurrences: Vec<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LossKind {
    /// Until when work may begin.
    Cutoff,
    /// Lengths are rounded up.
    Length,
    /// The system knows no times of day, or no ends.
    Hours,
    /// The clocks change during an occurrence.
    ClockChange,
    /// Occurrences in a change freeze are left out.
    Freeze,
    /// What comes after the plan's months.
    Horizon,
    /// Occurrences that are over are left out.
    Over,
    /// The zone is another one, or unknown.
    Zone,
}

impl LossKind {
    /// "cutoff", as tables show it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cutoff => "cutoff",
            Self::Length => "length",
            Self::Hours => "hours",
            Self::ClockChange => "clock change",
            Self::Freeze => "freeze",
            Self::Horizon => "horizon",
            Self::Over => "over",
            Self::Zone => "zone",
        }
    }
}

impl Form {
    /// The word for programs: "native", "dates" or "impossible".
    pub fn id(&self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Dates { .. } => "dates",
            Self::Impossible { .. } => "impossible",
        }
    }

    /// How many single dates there are.
    pub fn dates(&self) -> usize {
        match self {
            Self::Dates { count, .. } => *count,
            Self::Native | Self::Impossible { .. } => 0,
        }
    }

    /// Why it is not a rule.
    pub fn reason(&self) -> &str {
        match self {
            Self::Native => "",
            Self::Dates { reason, .. } | Self::Impossible { reason } => reason,
        }
    }

    /// "rule", "26 dates" or "impossible": for a cell of a table.
    pub fn in_short(&self) -> String {
        match self {
            Self::Native => "rule".to_owned(),
            Self::Dates { count, .. } => counted(*count, "date"),
            Self::Impossible { .. } => "impossible".to_owned(),
        }
    }
}

impl fmt::Display for Form {
    /// "native rule", "26 single dates, because 2 dates were moved", "impossible, because it lasts 6 h and Azure allows 3 h 55"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Native => f.write_str("native rule"),
            Self::Dates { count, reason } => write!(f, "{}, because {reason}", counted(*count, "single date")),
            Self::Impossible { reason } => write!(f, "impossible, because {reason}"),
        }
    }
}
