//! Compares the plan with an earlier file or version, with the saved plan, with what owners were sent, or with earlier zone data.

use std::path::Path;
use std::sync::Arc;

use crate::schedule::{Revision, Schedule};
use crate::session::session::Session;
use crate::session::state::cached::{Cached, CachedView};
use crate::session::state::comparing::{Comparison, ComparisonBasis, ComparisonKey};
use crate::session::verbs::views::View;
use crate::session::work::calculation::CacheRequest;
use crate::store;

impl Session {
    pub(in crate::session) fn revision_slot(&mut self) -> &mut Cached<ComparisonKey, Revision> {
        &mut self.comparing.revision
    }

    /// The differences from what the plan is compared with. While a job compares a large plan, they are those from before
    /// the last edit. None without a comparison, and until the first one is done.
    pub fn revision(&self) -> Option<&Arc<Revision>> {
        let ((_, comparison), revision) = self.comparing.revision.latest()?;
        (self.comparing.comparison.as_ref() == Some(comparison)).then_some(revision)
    }

    /// Whether the user stopped the comparison of the current plan.
    pub fn has_stopped_revision(&self) -> bool {
        self.has_stopped(&self.comparing.revision)
    }

    pub fn revision_reading(&self) -> CachedView<'_, Revision> {
        CachedView { latest: self.revision(), is_stopped: self.has_stopped_revision() }
    }

    /// Updates the revision.
    pub(in crate::session) fn refresh_revision(&mut self) {
        let Some(comparison) = self.comparing.comparison.clone() else { return };
        let compared = comparison.clone();
        let of_old = comparison.old.as_ref().map_or(0, |old| old.occurrence_count());
        let wanted = CacheRequest {
            label: "Comparing all dates",
            slot: Self::revision_slot,
            size: self.document.schedule.occurrence_count().saturating_add(of_old),
            inputs: (self.state(), comparison),
        };
        let today = self.document.today;
        self.calculate(wanted, move |schedule, progress| {
            let (before, after) = compared.before_and_after(schedule);
            Revision::compare(before, after, today, progress)
        });
    }

    /// Compares the plan with `basis` and shows the differences. A job reads the file.
    pub(in crate::session) fn compare(&mut self, basis: ComparisonBasis) {
        self.dialogs.open = None;
        self.show(View::Changes);
        match &basis {
            ComparisonBasis::Sent => self.comparing.comparison = Some(Comparison { basis, old: None }),
            ComparisonBasis::Saved => {
                self.comparing.comparison = Some(Comparison { basis, old: None });
                self.follow_saved();
            }
            ComparisonBasis::ZoneData(_) => {
                self.comparing.comparison = Some(Comparison { basis, old: None });
                self.follow_zone_data();
            }
            ComparisonBasis::File(path) | ComparisonBasis::Theirs(path) => {
                let (path, schedule) = (path.clone(), self.document.schedule.clone());
                self.jobs.start(format!("Compare with {}", path.display()), move |_| {
                    let read = read(&path, &schedule);
                    Box::new(move |session| session.apply_earlier(basis, read))
                });
            }
            ComparisonBasis::Version { version, .. } => {
                let (version, schedule) = (version.clone(), self.document.schedule.clone());
                self.jobs.start(format!("Compare with {}", basis.name()), move |_| {
                    let loaded = version.load().map_err(|error| error.to_string());
                    let read = loaded.map(|loaded| Schedule::derive(&Arc::new(loaded.plan), Some(&schedule)));
                    Box::new(move |session| session.apply_earlier(basis, read))
                });
            }
        }
    }

    fn apply_earlier(&mut self, basis: ComparisonBasis, read: Result<Schedule, String>) {
        match read {
            Ok(old) => {
                if old.plan.id() != self.plan().id() {
                    self.show_message(format!(
                        "{} is a different plan, not an earlier version of this one",
                        old.plan.title()
                    ));
                }
                self.comparing.comparison = Some(Comparison { basis, old: Some(Arc::new(old)) });
            }
            Err(error) => self.show_error(error),
        }
    }

    /// Updates a comparison with the saved plan after saving.
    pub(in crate::session) fn follow_saved(&mut self) {
        if self.comparing.comparison.as_ref().is_some_and(|comparison| comparison.basis == ComparisonBasis::Saved) {
            let saved = self.file.saved().cloned();
            // Reuses what both plans share; usually they are the same.
            let old = saved.map(|saved| {
                let schedule = &self.document.schedule;
                let is_current = Arc::ptr_eq(&saved, &schedule.plan);
                Arc::new(if is_current { schedule.clone() } else { Schedule::derive(&saved, Some(schedule)) })
            });
            self.comparing.comparison = old.map(|old| Comparison { basis: ComparisonBasis::Saved, old: Some(old) });
        }
    }
}

/// The schedule of the plan at `path`. The file is only read, so it is not locked.
fn read(path: &Path, current: &Schedule) -> Result<Schedule, String> {
    let read = store::read_plan(path).map_err(|error| error.to_string())?;
    Ok(Schedule::derive(&Arc::new(read.loaded.plan), Some(current)))
}
