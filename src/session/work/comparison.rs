//! Compares the plan with an earlier file, with the saved plan, or with what owners were sent.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::schedule::{Revision, Schedule};
use crate::session::session::Session;
use crate::session::state::cached::{CacheRequest, Cached, Reading, State};
use crate::session::verbs::views::View;
use crate::store;

/// Something to compare the plan with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    File(PathBuf),
    /// The plan as it was last saved.
    Saved,
    /// The invites that owners were sent.
    Sent,
}

impl Basis {
    /// "plan-2026.ron", "the saved plan", "what was sent"
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            Self::Saved => "the saved plan".to_owned(),
            Self::Sent => "what was sent".to_owned(),
        }
    }
}

/// A basis with its schedule.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub basis: Basis,
    /// The earlier plan; none for [`Basis::Sent`], since the plan itself records what was sent.
    pub old: Option<Arc<Schedule>>,
}

impl Comparison {
    /// The differences between the earlier plan and that of `schedule`.
    pub fn revision(&self, schedule: &Schedule, today: NaiveDate) -> Revision {
        match &self.old {
            Some(old) => Revision::between(old, schedule, today),
            None => Revision::since_sent(schedule, today),
        }
    }
}

/// Compares the pointers, not the schedules.
impl PartialEq for Comparison {
    fn eq(&self, other: &Self) -> bool {
        let same_old = match (&self.old, &other.old) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        self.basis == other.basis && same_old
    }
}

/// What the plan is compared with, and the result, which is kept up to date while the Changes view is open.
#[derive(Default)]
pub struct Comparing {
    pub comparison: Option<Comparison>,
    pub(in crate::session) revision: Cached<Compared, Revision>,
}

/// What a revision was calculated for: the current plan, and what it is compared with.
pub type Compared = (State, Comparison);

impl Session {
    pub(in crate::session) fn revision_slot(&mut self) -> &mut Cached<Compared, Revision> {
        &mut self.comparing.revision
    }

    /// The differences from what the plan is compared with. While a job compares a large plan, they are those from before
    /// the last edit. None without a comparison, and until the first one is done.
    pub fn revision(&self) -> Option<&Arc<Revision>> {
        let ((_, of), revision) = self.comparing.revision.latest()?;
        (self.comparing.comparison.as_ref() == Some(of)).then_some(revision)
    }

    /// Whether the user stopped the comparison of the current plan.
    pub fn has_stopped_revision(&self) -> bool {
        self.has_stopped(&self.comparing.revision)
    }

    pub fn revision_reading(&self) -> Reading<'_, Revision> {
        Reading { latest: self.revision(), is_stopped: self.has_stopped_revision() }
    }

    /// Updates the revision.
    pub(in crate::session) fn keep_revision(&mut self) {
        let Some(comparison) = self.comparing.comparison.clone() else { return };
        let old = comparison.old.clone();
        let of_old = old.as_ref().map_or(0, |old| old.occurrence_count());
        let wanted = CacheRequest {
            label: "Comparing all dates",
            slot: Self::revision_slot,
            size: self.document.schedule.occurrence_count().saturating_add(of_old),
            inputs: (self.state(), comparison),
        };
        let today = self.document.today;
        self.calculate(wanted, move |schedule, goes_on| Revision::compare(old.as_deref(), schedule, today, goes_on));
    }

    /// Compares the plan with `basis` and shows the differences. A job reads the file.
    pub(in crate::session) fn compare(&mut self, basis: Basis) {
        self.dialogs.open = None;
        self.show(View::Changes);
        match &basis {
            Basis::Sent => self.comparing.comparison = Some(Comparison { basis, old: None }),
            Basis::Saved => {
                self.comparing.comparison = Some(Comparison { basis, old: None });
                self.follow_saved();
            }
            Basis::File(path) => {
                let (path, schedule) = (path.clone(), self.document.schedule.clone());
                self.jobs.start(format!("Compare with {}", path.display()), move |_| {
                    let read = read(&path, &schedule);
                    Box::new(move |session| session.take_earlier(path, read))
                });
            }
        }
    }

    fn take_earlier(&mut self, path: PathBuf, read: Result<Schedule, String>) {
        match read {
            Ok(old) => {
                if old.plan.id() != self.plan().id() {
                    self.tell(format!("{} is a different plan, not an earlier version of this one", old.plan.title()));
                }
                self.comparing.comparison = Some(Comparison { basis: Basis::File(path), old: Some(Arc::new(old)) });
            }
            Err(error) => self.tell_error(error),
        }
    }

    /// Updates a comparison with the saved plan after saving.
    pub(in crate::session) fn follow_saved(&mut self) {
        if self.comparing.comparison.as_ref().is_some_and(|comparison| comparison.basis == Basis::Saved) {
            let saved = self.file.saved().cloned();
            // Reuses what both plans share.
            let old = saved.map(|saved| Arc::new(Schedule::derive(&saved, Some(&self.document.schedule))));
            self.comparing.comparison = old.map(|old| Comparison { basis: Basis::Saved, old: Some(old) });
        }
    }
}

/// The schedule of the plan at `path`. The file is only read, so it is not locked.
fn read(path: &Path, current: &Schedule) -> Result<Schedule, String> {
    let read = store::read_text(path, store::LARGEST_FILE).map_err(|error| error.to_string())?;
    if read.warning.is_some() {
        return Err(format!("The plan is not UTF-8 text. Save it as UTF-8 in a text editor: {}", path.display()));
    }
    let loaded = store::parse(&read.text).map_err(|error| format!("{}: {}", error.problem, path.display()))?;
    Ok(Schedule::derive(&Arc::new(loaded.plan), Some(current)))
}
