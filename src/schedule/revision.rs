//! What is different between two plans, or between a plan and what its owners were sent: for the change advisory board.
//!
//! Occurrences are matched by window and original date. A rule that changes gives other original dates: those that are
//! gone are then paired with the nearest new ones, so that a person reads "from Saturday to Sunday" and not twelve
//! cancellations and twelve new dates.

mod checklist_fields;
mod dates;
mod fields;
mod fold;
mod nights;
mod owners;
mod plan_fields;
mod records;
mod sent;
mod sentences;
mod window_fields;
mod windows;

use std::sync::Arc;

use chrono::NaiveDate;

pub use fields::{Difference, FieldChange};
pub use owners::{Owner, Told};
pub use records::RecordRevision;

use crate::model::{LocalMinute, UtcMinute, WindowId};
use crate::schedule::agreement::answers::Notice;
use crate::schedule::agreement::outbox::LetterKind;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::time::zone::Zone;

/// All that is different, sorted: windows by name, their dates by time, records by kind, owners by address.
#[derive(Clone, Debug)]
pub struct Revision {
    /// The title of the plan as it is now.
    pub title: String,
    /// The day that notice is judged by.
    pub today: NaiveDate,
    pub windows: Vec<WindowRevision>,
    pub records: Vec<RecordRevision>,
    /// Who must be told of something that is not over.
    pub owners: Vec<Owner>,
    /// Occurrences that take place in both, at the same time and in the same way.
    pub unchanged: usize,
}

/// What is different about one window and its dates.
#[derive(Clone, Debug)]
pub struct WindowRevision {
    pub window: WindowId,
    /// Its name now; of one that is gone, its last.
    pub name: String,
    pub fate: Fate,
    pub fields: Vec<FieldChange>,
    /// Every date that is in some class, sorted by when it takes place, or did before.
    pub dates: Vec<DateRevision>,
    /// How many dates there were before in the months of both plans.
    pub before: usize,
}

/// Whether a record is in both plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    Kept,
    New,
    Removed,
}

impl Fate {
    /// "New"; of one that is kept, "Changed".
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "Changed",
            Self::New => "New",
            Self::Removed => "Removed",
        }
    }
}

/// What is different about one occurrence.
#[derive(Clone, Debug)]
pub struct DateRevision {
    /// Its original date now; of one that is gone, its last.
    pub on: NaiveDate,
    pub class: Class,
    pub before: Option<When>,
    pub after: Option<When>,
    /// Why it is skipped, where somebody said so.
    pub reason: String,
    /// Owners who must be told, sorted.
    pub told: Vec<Told>,
    /// Both times are over: nobody can be told in time any more, and nobody need be.
    pub is_past: bool,
}

/// What became of an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// It takes place at another time, or takes longer or shorter.
    Moved,
    /// It is skipped, or gone with its rule or window.
    Cancelled,
    Added,
    /// It was skipped, and takes place after all.
    Restored,
    /// It takes place when it did, with something else about its window changed.
    Changed,
    /// Only the earlier plan's months have it.
    OldMonths,
    /// Only the later plan's months have it.
    NewMonths,
}

impl Class {
    pub const ALL: [Self; 7] =
        [Self::Moved, Self::Cancelled, Self::Added, Self::Restored, Self::Changed, Self::OldMonths, Self::NewMonths];

    /// "Moved"
    pub fn name(self) -> &'static str {
        match self {
            Self::Moved => "Moved",
            Self::Cancelled => "Cancelled",
            Self::Added => "Added",
            Self::Restored => "Restored",
            Self::Changed => "Changed",
            Self::OldMonths => "In earlier months",
            Self::NewMonths => "In new months",
        }
    }

    /// Whether it says that the months of the two plans differ, and nothing about the occurrence.
    pub fn is_of_months(self) -> bool {
        matches!(self, Self::OldMonths | Self::NewMonths)
    }

    /// Whether the occurrence takes place at another time than before, or no longer, or only now.
    pub fn is_of_time(self) -> bool {
        matches!(self, Self::Moved | Self::Cancelled | Self::Added | Self::Restored)
    }
}

/// When an occurrence takes place, and on which clock.
#[derive(Clone, Debug)]
pub struct When {
    pub start_at: UtcMinute,
    pub end_at: UtcMinute,
    pub zone: Arc<Zone>,
}

impl When {
    pub fn start(&self) -> LocalMinute {
        self.zone.local(self.start_at)
    }

    pub fn end(&self) -> LocalMinute {
        self.zone.local(self.end_at)
    }

    /// The local date on which it starts.
    pub fn on(&self) -> NaiveDate {
        self.start().date()
    }

    fn is_same(&self, other: &Self) -> bool {
        (self.start_at, self.end_at) == (other.start_at, other.end_at)
    }
}

impl DateRevision {
    /// When it takes place now, or did before.
    pub fn when(&self) -> Option<&When> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// By how many days the owner who is told last is told too late; none where all can be told in time.
    pub fn late_days(&self) -> Option<i64> {
        self.told.iter().map(|told| told.late_days).max().filter(|days| *days > 0)
    }

    /// The first day on which somebody should have known at the latest.
    pub fn notice(&self) -> Option<Notice> {
        self.told.iter().filter_map(|told| told.notice).min_by_key(|notice| notice.due_on)
    }

    /// Whether it stands in a line of its own: dates that keep their time are counted, but where somebody hears of them
    /// too late.
    pub fn is_told_of(&self) -> bool {
        self.class.is_of_time() || self.late_days().is_some()
    }

    /// Whether it counts: it is not over, and both plans could have it.
    pub fn counts(&self) -> bool {
        !self.is_past && !self.class.is_of_months()
    }
}

impl WindowRevision {
    /// How many of its dates that count are of that class.
    pub fn count(&self, class: Class) -> usize {
        self.dates.iter().filter(|date| date.class == class && (date.counts() || class.is_of_months())).count()
    }

    /// Whether it is different itself, and not only some of its dates.
    pub fn is_changed(&self) -> bool {
        self.fate == Fate::Kept && !self.fields.is_empty()
    }

    /// How many of its dates break their notice.
    pub fn late(&self) -> usize {
        self.dates.iter().filter(|date| date.late_days().is_some()).count()
    }
}

impl Revision {
    /// What is different in `new`, judged on `today`.
    pub fn between(old: &Schedule, new: &Schedule, today: NaiveDate) -> Self {
        Self::compare(Some(old), new, today, |_, _| true).unwrap_or_else(|| Self::nothing(new, today))
    }

    /// What is different from what lies in the owners' calendars: all that is [due](crate::schedule::agreement::outbox::due).
    pub fn since_sent(schedule: &Schedule, today: NaiveDate) -> Self {
        Self::compare(None, schedule, today, |_, _| true).unwrap_or_else(|| Self::nothing(schedule, today))
    }

    /// What is different from the `old` plan; where there is none, from what was sent. `goes_on` is told how many of how
    /// many windows are done, and may stop it.
    pub fn compare(
        old: Option<&Schedule>,
        new: &Schedule,
        today: NaiveDate,
        goes_on: impl FnMut(usize, usize) -> bool,
    ) -> Option<Self> {
        let nothing = Self::nothing(new, today);
        let Some(old) = old else {
            let sent::Found { windows, owners, unchanged } = sent::compare(new, today, goes_on)?;
            return Some(Self { windows, owners, unchanged, ..nothing });
        };
        let mut directory = owners::Directory::new(&[&old.plan, &new.plan]);
        let found = windows::compare(old, new, today, &directory, goes_on)?;
        Some(Self {
            records: records::compare(&old.plan, &new.plan),
            unchanged: found.unchanged,
            owners: directory.told_in(&found.windows),
            windows: directory.renumbered(found.windows),
            ..nothing
        })
    }

    fn nothing(schedule: &Schedule, today: NaiveDate) -> Self {
        Self {
            title: schedule.plan.title().to_owned(),
            today,
            windows: Vec::new(),
            records: Vec::new(),
            owners: Vec::new(),
            unchanged: 0,
        }
    }

    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.windows.is_empty() && self.records.is_empty()
    }

    /// How many dates that count are of that class.
    pub fn count(&self, class: Class) -> usize {
        self.windows.iter().map(|window| window.count(class)).sum()
    }

    /// How many dates break their notice.
    pub fn late(&self) -> usize {
        self.windows.iter().map(WindowRevision::late).sum()
    }

    /// Each date that breaks its notice, with its window.
    pub fn broken(&self) -> impl Iterator<Item = (&WindowRevision, &DateRevision)> {
        let of_window = |window| Self::dates(window).filter(|(_, date)| date.late_days().is_some());
        self.windows.iter().flat_map(of_window)
    }

    fn dates(window: &WindowRevision) -> impl Iterator<Item = (&WindowRevision, &DateRevision)> {
        window.dates.iter().map(move |date| (window, date))
    }

    /// How many changes of time are over already.
    pub fn past(&self) -> usize {
        let dates = self.windows.iter().flat_map(|window| &window.dates);
        dates.filter(|date| date.is_past && date.class.is_of_time()).count()
    }
}
