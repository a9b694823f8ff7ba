//! The known times of the open plan: what other zone data have moved is shown like changes until somebody accepts it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::schedule::time::zone_data::ZoneData;
use crate::schedule::{KnownTimes, MovedTimes, Schedule};
use crate::session::session::Session;
use crate::session::state::comparing::{Comparison, ComparisonBasis};
use crate::store::{SaveError, known_times, save_known_times};
use crate::wording::{counted, list_in_sentence};
use chrono::NaiveDate;

/// At most this many releases are named.
const MOST_RELEASES: usize = 3;

/// The known times of a plan file, to be brought up to date by a job.
pub(in crate::session) struct TimesFile {
    /// The program's state folder.
    folder: PathBuf,
    schedule: Schedule,
    today: NaiveDate,
    /// What is known instead of what the file says.
    known: Option<Arc<KnownTimes>>,
}

impl TimesFile {
    /// Writes the times of the schedule, except those that only other zone data have changed.
    pub(in crate::session) fn update(&self, plan: &Path) -> Result<KnownTimes, SaveError> {
        let before = known_times(&self.folder, plan);
        let known = self.known.as_deref().unwrap_or(&before);
        let updated = known.updated(&self.schedule, ZoneData::in_use().release(), self.today);
        if updated != before {
            save_known_times(&self.folder, plan, &updated)?;
        }
        Ok(updated)
    }
}

impl Session {
    /// Whether other zone data have moved coming occurrences of the plan, and nobody has accepted that.
    pub fn has_moved_times(&self) -> bool {
        self.comparing.known.is_some()
    }

    /// The known times of the plan's file. None without a state folder.
    pub(in crate::session) fn times_file(&self) -> Option<TimesFile> {
        let folder = self.surroundings.folders.as_ref()?.state.clone();
        let (schedule, today) = (self.document.schedule.clone(), self.document.today);
        Some(TimesFile { folder, schedule, today, known: self.comparing.known.clone() })
    }

    /// After a plan was opened: shows what other zone data have moved since the plan was last opened here. A job reads the
    /// known times.
    pub(in crate::session) fn recall_times(&mut self, path: &Path) {
        let Some(file) = self.times_file() else { return };
        let (path, job) = (path.to_owned(), self.jobs.next_id());
        self.file.saving = Some(job);
        self.jobs.start_write("Compare with the known times", move |_| {
            let updated = file.update(&path);
            let moved = updated.as_ref().ok().and_then(|known| known.moved(&file.schedule, file.today));
            Box::new(move |session: &mut Self| {
                if session.file.saving != Some(job) {
                    return;
                }
                session.file.saving = None;
                match updated {
                    Ok(known) => session.apply_known_times(known, moved),
                    Err(error) => log::warn!("the times of the plan are not remembered: {error}"),
                }
                session.continue_after_write();
            })
        });
    }

    fn apply_known_times(&mut self, known: KnownTimes, moved: Option<MovedTimes>) {
        let Some(moved) = moved else { return };
        self.comparing.known = Some(Arc::new(known));
        self.show_error(format!(
            "Time zone data {} put {} at another time than {}. Check the list and accept the new times.",
            ZoneData::in_use().release(),
            counted(moved.count, "coming occurrence"),
            list_in_sentence(&moved.releases, MOST_RELEASES),
        ));
        self.compare_with_zone_data();
    }

    /// Shows what other zone data have moved.
    pub(in crate::session) fn compare_with_zone_data(&mut self) {
        let moved = self.moved_times();
        let releases = moved.map(|moved| list_in_sentence(&moved.releases, MOST_RELEASES)).unwrap_or_default();
        self.compare(ComparisonBasis::ZoneData(releases));
    }

    /// Updates a comparison with earlier zone data after an edit.
    pub(in crate::session) fn follow_zone_data(&mut self) {
        let basis = self.comparing.comparison.as_ref().map(|comparison| comparison.basis.clone());
        let Some(basis @ ComparisonBasis::ZoneData(_)) = basis else { return };
        let earlier = self.moved_times().map_or_else(|| self.document.schedule.clone(), |moved| moved.earlier);
        self.comparing.comparison = Some(Comparison { basis, old: Some(Arc::new(earlier)) });
    }

    fn moved_times(&self) -> Option<MovedTimes> {
        self.comparing.known.as_ref()?.moved(&self.document.schedule, self.document.today)
    }

    /// Makes the current times the known ones, so that they are no longer reported. A save that is running ends first: it
    /// may give the plan another file, and it writes the times that were known when it began.
    pub(in crate::session) fn accept_times(&mut self) {
        if self.is_saving() {
            self.file.accepts_next = true;
            return;
        }
        let (Some(file), Some(path)) = (self.times_file(), self.file.path.clone()) else { return };
        let job = self.jobs.next_id();
        self.file.saving = Some(job);
        self.jobs.start_write("Accept the new times", move |_| {
            let release = ZoneData::in_use().release();
            let saved = save_known_times(&file.folder, &path, &KnownTimes::new(&file.schedule, release));
            Box::new(move |session: &mut Self| {
                if session.file.saving != Some(job) {
                    return;
                }
                session.file.saving = None;
                match saved {
                    Ok(()) => session.forget_moved_times(release),
                    Err(error) => session.show_error(format!("The new times could not be accepted. {error}")),
                }
                session.continue_after_write();
            })
        });
    }

    fn forget_moved_times(&mut self, release: &str) {
        self.comparing.known = None;
        if self.comparing.comparison.as_ref().is_some_and(|each| matches!(each.basis, ComparisonBasis::ZoneData(_))) {
            self.comparing.comparison = None;
        }
        self.messages.drop_errors();
        self.show_done(format!("Accepted the times of zone data {release}"));
    }
}
