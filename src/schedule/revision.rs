//! The differences between two plans, or between a plan and what its owners were sent, for the change advisory board.
//!
//! Occurrences are matched by window and original date. When a rule changes, its original dates change as well. Dates
//! that disappeared are then paired with the nearest new ones, so that a person reads "from Saturday to Sunday" instead
//! of twelve cancellations and twelve new dates.

mod blame;
mod checklist_fields;
mod dates;
mod fields;
mod fold;
mod nights;
mod notice_fields;
mod owners;
mod plan_fields;
mod policy_fields;
mod record_changes;
mod records;
mod routine_fields;
mod sent;
mod sentences;
mod unlisted;
mod window_fields;
mod windows;

use std::sync::Arc;

use chrono::NaiveDate;

pub use blame::{Blame, BlameEntry, PlanCommit};
pub use fields::{Difference, FieldChange};
pub use owners::{Notification, Owner};
pub use record_changes::{RecordChange, record_changes};
pub use records::RecordRevision;

use crate::model::{LocalMinute, UtcMinute, WindowId};
use crate::progress::Progress;
use crate::schedule::agreement::answers::Notice;
use crate::schedule::agreement::outbox::InviteMessageKind;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::time::zone::Zone;

/// All differences, sorted: windows by name, their dates by time, records by kind, owners by address.
#[derive(Clone, Debug)]
pub struct Revision {
    /// The current title of the plan.
    pub title: String,
    /// The day on which it is checked whether notice is late.
    pub today: NaiveDate,
    pub windows: Vec<WindowRevision>,
    pub records: Vec<RecordRevision>,
    /// The owners who must be notified of something that is not over. Compared with what was sent, also those who are only
    /// informed.
    pub owners: Vec<Owner>,
    /// The number of occurrences that are the same in both.
    pub unchanged: usize,
}

/// The differences of one window and its dates.
#[derive(Clone, Debug)]
pub struct WindowRevision {
    pub window: WindowId,
    /// Its current name, or its last one if it was removed.
    pub name: String,
    pub presence: RecordPresence,
    pub fields: Vec<FieldChange>,
    /// All dates that differ, sorted by their current time, or by their previous one.
    pub dates: Vec<DateRevision>,
    /// The number of previous dates within the months of both plans.
    pub before: usize,
}

/// Whether a record is in both plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordPresence {
    Kept,
    New,
    Removed,
}

impl RecordPresence {
    /// "New". "Changed" if it is in both plans.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "Changed",
            Self::New => "New",
            Self::Removed => "Removed",
        }
    }
}

/// The differences of one occurrence.
#[derive(Clone, Debug)]
pub struct DateRevision {
    /// Its current original date, or its last one if it was removed.
    pub on: NaiveDate,
    pub change: DateChange,
    pub before: Option<OccurrencePeriod>,
    pub after: Option<OccurrencePeriod>,
    /// Why it is skipped, if there is a reason.
    pub reason: String,
    /// The owners who must be notified, sorted.
    pub notifications: Vec<Notification>,
    /// Both times are over, so nobody needs to be notified.
    pub is_past: bool,
}

/// How an occurrence changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateChange {
    /// It takes place at another time, or is longer or shorter.
    Moved,
    /// It is skipped, or was removed with its rule or window.
    Cancelled,
    Added,
    /// It was skipped, but takes place now.
    Restored,
    /// It takes place at the same time, but its window has other changes.
    Changed,
    /// It is only within the months of the old plan.
    OldMonths,
    /// It is only within the months of the new plan.
    NewMonths,
}

impl DateChange {
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

    /// Whether only the months of the plans differ, and not the occurrence.
    pub fn is_of_months(self) -> bool {
        matches!(self, Self::OldMonths | Self::NewMonths)
    }

    /// Whether the time of the occurrence changed, or whether it takes place at all.
    pub fn is_of_time(self) -> bool {
        matches!(self, Self::Moved | Self::Cancelled | Self::Added | Self::Restored)
    }
}

/// When an occurrence takes place, and in which time zone.
#[derive(Clone, Debug)]
pub struct OccurrencePeriod {
    pub start_at: UtcMinute,
    pub end_at: UtcMinute,
    pub zone: Arc<Zone>,
}

impl OccurrencePeriod {
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
    /// When it takes place now, or took place before.
    pub fn when(&self) -> Option<&OccurrencePeriod> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// The number of days by which the latest owner is notified too late. None if all can be notified in time.
    pub fn late_days(&self) -> Option<i64> {
        self.notifications.iter().map(|notification| notification.late_days).max().filter(|days| *days > 0)
    }

    /// The earliest deadline for notifying an owner.
    pub fn notice(&self) -> Option<Notice> {
        self.notifications.iter().filter_map(|notification| notification.notice).min_by_key(|notice| notice.due_on)
    }

    /// Whether it gets its own line. Dates whose time is unchanged are only counted, unless an owner is notified too late.
    pub fn has_own_line(&self) -> bool {
        self.change.is_of_time() || self.late_days().is_some()
    }

    /// Whether it counts: it is not over, and both plans could contain it.
    pub fn counts(&self) -> bool {
        !self.is_past && !self.change.is_of_months()
    }
}

impl WindowRevision {
    /// The number of its dates that count and changed in this way.
    pub fn count(&self, change: DateChange) -> usize {
        self.dates.iter().filter(|date| date.change == change && (date.counts() || change.is_of_months())).count()
    }

    /// Whether the window itself differs, and not only some of its dates.
    pub fn is_changed(&self) -> bool {
        self.presence == RecordPresence::Kept && !self.fields.is_empty()
    }

    /// The number of its dates with too little notice.
    pub fn late_count(&self) -> usize {
        self.dates.iter().filter(|date| date.late_days().is_some()).count()
    }
}

impl Revision {
    /// The differences of `new`, as seen on `today`.
    pub fn between(old: &Schedule, new: &Schedule, today: NaiveDate) -> Self {
        Self::compare(Some(old), new, today, &Progress::default()).unwrap_or_else(|| Self::nothing(new, today))
    }

    /// The differences from the owners' calendars: everything that is [due](crate::schedule::agreement::outbox::due).
    pub fn since_sent(schedule: &Schedule, today: NaiveDate) -> Self {
        Self::compare(None, schedule, today, &Progress::default()).unwrap_or_else(|| Self::nothing(schedule, today))
    }

    /// The differences from the `old` plan, or from what was sent if there is none. None if it is
    /// cancelled.
    pub fn compare(old: Option<&Schedule>, new: &Schedule, today: NaiveDate, progress: &Progress) -> Option<Self> {
        let nothing = Self::nothing(new, today);
        let Some(old) = old else {
            let sent::SentDifferences { windows, owners, unchanged } = sent::compare(new, today, progress)?;
            return Some(Self { windows, owners, unchanged, ..nothing });
        };
        let mut directory = owners::OwnerDirectory::new(&[&old.plan, &new.plan]);
        let found = windows::compare(old, new, today, &directory, progress)?;
        Some(Self {
            records: records::compare(&old.plan, &new.plan),
            unchanged: found.unchanged,
            owners: directory.owners_to_notify(&found.windows),
            windows: directory.renumbered(found.windows),
            ..nothing
        })
    }

    /// The same for a plan that no owner knows yet.
    #[must_use]
    pub fn without_owners(mut self) -> Self {
        self.owners.clear();
        self.windows.iter_mut().flat_map(|window| &mut window.dates).for_each(|date| date.notifications.clear());
        self
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

    /// Whether there are no differences.
    pub fn is_empty(&self) -> bool {
        self.windows.is_empty() && self.records.is_empty()
    }

    /// The number of dates that count and changed in this way.
    pub fn count(&self, change: DateChange) -> usize {
        self.windows.iter().map(|window| window.count(change)).sum()
    }

    /// The number of dates with too little notice.
    pub fn late_count(&self) -> usize {
        self.windows.iter().map(WindowRevision::late_count).sum()
    }

    /// The dates with too little notice, with their windows.
    pub fn with_late_notice(&self) -> impl Iterator<Item = (&WindowRevision, &DateRevision)> {
        let of_window = |window| Self::dates(window).filter(|(_, date)| date.late_days().is_some());
        self.windows.iter().flat_map(of_window)
    }

    fn dates(window: &WindowRevision) -> impl Iterator<Item = (&WindowRevision, &DateRevision)> {
        window.dates.iter().map(move |date| (window, date))
    }

    /// The number of changed times that are already over.
    pub fn past_count(&self) -> usize {
        let dates = self.windows.iter().flat_map(|window| &window.dates);
        dates.filter(|date| date.is_past && date.change.is_of_time()).count()
    }
}
