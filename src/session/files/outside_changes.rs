//! Watches the plan's file: what others write to it, and to conflicted copies of it, is shown until somebody decides.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;

use crate::model::Plan;
use crate::schedule::{Revision, Schedule};
use crate::session::files::plan_file::ViewAfterwards;
use crate::session::session::{ApplyToSession, Session};
use crate::session::state::comparing::ComparisonBasis;
use crate::session::state::file_state::{KnownContent, Overwrite, SaveOrder};
use crate::session::state::outside::{
    ChangedFile, CopyChange, CopyState, FileChange, MergeBase, OutsideCard, OutsideChanges,
};
use crate::session::verbs::action::After;
use crate::session::work::merging::{MergeSource, when};
use crate::store::{
    ConflictedCopy, FoundPlan, LoadError, PlanWatch, SaveError, WatchNews, WatchedContent, delete_copy,
    other_lock_holder,
};

/// How often the file is looked at.
const PERIOD: Duration = Duration::from_secs(1);
/// What the status bar says after "Keep mine", until something else is on disk.
const NEXT_SAVE_REPLACES: &str = "The next save replaces what is on disk now, which is kept in Versions";

/// What is needed to say what somebody else wrote to the plan's file.
pub(super) struct ChangeRequest {
    schedule: Schedule,
    /// The plan as it was last opened or saved.
    saved: Option<Arc<Plan>>,
    today: NaiveDate,
}

impl ChangeRequest {
    /// Reads the file.
    pub(super) fn read(&self, path: &Path) -> Result<ChangedFile, LoadError> {
        let schedule = &self.schedule;
        let found = FoundPlan::read(path)?;
        let changes = match &self.saved {
            _ if found.loaded.plan.id() != schedule.plan.id() => "It contains another plan".to_owned(),
            Some(saved) => {
                let before = Schedule::derive(saved, Some(schedule));
                let theirs = Schedule::derive(&Arc::new(found.loaded.plan.clone()), Some(&before));
                Revision::between(&before, &theirs, self.today).in_one_line()
            }
            None => String::new(),
        };
        Ok(ChangedFile {
            who: other_lock_holder(path),
            when: found.modified_at.map(|at| when(at, schedule, self.today)),
            changes,
            is_mergeable: found.is_complete() && found.loaded.plan.id() == schedule.plan.id(),
            found: Arc::new(found),
        })
    }
}

impl Session {
    /// Watches the plan's file from now on. Forgets what was seen before.
    pub(in crate::session) fn watch_file(&mut self) {
        self.outside = OutsideChanges::default();
        let Some(path) = self.file.path.clone() else { return self.jobs.stop_watching() };
        let known = Arc::clone(&self.outside.known);
        known.set(self.file.fingerprint);
        let mut watch = PlanWatch::new(path, self.plan().id().clone());
        self.jobs.watch(PERIOD, move || -> Option<ApplyToSession> {
            let news = watch.look(known.get())?;
            Some(Box::new(move |session| session.apply_news(news)))
        });
    }

    fn apply_news(&mut self, news: WatchNews) {
        if self.is_saving() {
            // Only then is it known what is on disk.
            let waiting = self.outside.waiting.get_or_insert(WatchNews { content: None, copies: None });
            waiting.content = news.content.or_else(|| waiting.content.take());
            waiting.copies = news.copies.or_else(|| waiting.copies.take());
            return;
        }
        match news.content {
            Some(WatchedContent::Changed(found)) if Some(found) != self.file.fingerprint => self.read_change(),
            Some(WatchedContent::Missing) => self.show_change(FileChange::Missing),
            Some(WatchedContent::Unreadable(why)) => self.show_change(FileChange::Unreadable(why)),
            Some(WatchedContent::Changed(_) | WatchedContent::Known) => self.outside.file = None,
            None => {}
        }
        if let Some(copies) = news.copies {
            self.apply_copies(copies);
        }
    }

    /// Shows the card about the file, also instead of the one about an earlier merge.
    pub(super) fn show_change(&mut self, change: FileChange) {
        self.outside.file = Some(change);
        self.outside.outcome = None;
        self.outside.is_hidden = false;
        self.forget_keeping_mine();
    }

    /// Drops the message that the next save replaces what is on disk, once it no longer does.
    pub(super) fn forget_keeping_mine(&mut self) {
        if self.messages.iter().any(|message| message.text == NEXT_SAVE_REPLACES) {
            self.messages.drop_outdated();
        }
    }

    pub(super) fn change_request(&self) -> ChangeRequest {
        ChangeRequest {
            schedule: self.document.schedule.clone(),
            saved: self.file.saved.clone().filter(|_| !self.file.has_earlier_base),
            today: self.document.today,
        }
    }

    /// Whether the plan's file has become one that can be neither merged nor saved over without losing it.
    pub(super) fn has_unmergeable_file(&self) -> bool {
        match self.outside.file() {
            Some(FileChange::Changed(change)) => !change.is_mergeable,
            Some(FileChange::Unreadable(_)) => true,
            Some(FileChange::Missing) | None => false,
        }
    }

    /// Reads what somebody else wrote to the plan's file, and keeps it as a version.
    fn read_change(&mut self) {
        let Some(path) = self.file.path.clone() else { return };
        let (request, versions) = (self.change_request(), self.version_folder());
        self.jobs.start(format!("Read {}", path.display()), move |_| {
            if let Some(versions) = versions {
                versions.try_to_keep_found(&path, &path);
            }
            let found = request.read(&path);
            Box::new(move |session| session.apply_change(&path, found))
        });
    }

    fn apply_change(&mut self, path: &Path, change: Result<ChangedFile, LoadError>) {
        if self.file.path.as_deref() != Some(path) {
            return;
        }
        match change {
            Ok(change) if Some(change.found.fingerprint) == self.file.fingerprint => self.outside.file = None,
            Ok(change) => self.show_change(FileChange::Changed(change)),
            // If it stays unreadable, the next looks report that.
            Err(error) => log::info!("{error}"),
        }
    }

    /// Looks at copies that are new or were written again. Those that are gone are forgotten.
    fn apply_copies(&mut self, copies: Vec<ConflictedCopy>) {
        self.outside.copies.retain(|known| copies.contains(&known.copy));
        for copy in copies {
            if !self.outside.copies.iter().any(|known| known.copy == copy) {
                match copy.unreadable.clone() {
                    Some(why) => {
                        self.show_copy(copy, (String::new(), 0, MergeBase::Unknown, CopyState::Unreadable(why)));
                    }
                    None => self.try_merge_of_copy(copy),
                }
            }
        }
    }

    /// Calculates what merging a copy would change, to show it.
    fn try_merge_of_copy(&mut self, copy: ConflictedCopy) {
        let Some(request) = self.merge_request(MergeSource::Copy(copy.path.clone())) else { return };
        self.jobs.start(format!("Read {}", copy.path.display()), move |_| {
            let merged = request.run();
            Box::new(move |session: &mut Self| {
                if session.file.path.as_ref() != Some(&request.path) {
                    return;
                }
                let what = match merged {
                    Ok(merged) if merged.plan == request.schedule.plan => {
                        (merged.outcome.changes, 0, merged.outcome.base, CopyState::NothingNew)
                    }
                    Ok(merged) => {
                        let conflicts = merged.plan.conflicts().len();
                        let earlier = request.schedule.plan.conflicts().len();
                        let added = conflicts.saturating_sub(earlier);
                        (merged.outcome.changes, added, merged.outcome.base, CopyState::Offered)
                    }
                    Err(why) => (String::new(), 0, MergeBase::Unknown, CopyState::Unmergeable(why)),
                };
                session.show_copy(copy, what);
            })
        });
    }

    /// Shows a copy, with what merging it would change, the number of conflicts, and where both began.
    fn show_copy(
        &mut self,
        copy: ConflictedCopy,
        (changes, conflicts, base, state): (String, usize, MergeBase, CopyState),
    ) {
        let when = copy.modified_at.map(|at| when(at, &self.document.schedule, self.document.today));
        let change = CopyChange { copy, when, changes, conflicts, base, state, is_postponed: false };
        self.outside.copies.retain(|known| known.copy.path != change.copy.path);
        self.outside.copies.push(change);
        self.outside.outcome = None;
        self.outside.is_hidden = false;
    }

    /// Brings what is known of the file up to date after undo and redo, and after a save.
    pub(in crate::session) fn follow_outside_changes(&mut self) {
        let history = &self.document.history;
        let is_done = |number: u64| history.has_done(number);
        let undone = self.outside.steps.iter().find(|step| !is_done(step.number));
        let last = self.outside.steps.iter().take_while(|step| is_done(step.number)).last();
        let first = self.outside.steps.first();
        let known = last.map(|step| &step.after).or_else(|| first.map(|step| &step.before)).cloned();
        if let Some(known) = known.filter(|known| known.fingerprint != self.file.fingerprint) {
            self.outside.file = undone.and_then(|step| step.change.clone());
            self.outside.is_hidden = false;
            self.file.set_on_disk(known);
        }
        for copy in &mut self.outside.copies {
            if matches!(copy.state, CopyState::Merged(step) if !is_done(step)) {
                copy.state = CopyState::Offered;
            }
        }
        self.outside.outcome.take_if(|outcome| !is_done(outcome.step));
        self.outside.known.set(self.file.fingerprint);
        if !self.is_saving()
            && let Some(news) = self.outside.waiting.take()
        {
            self.apply_news(news);
        }
    }

    /// Notes that the plan was saved: what was merged into it is on disk.
    pub(in crate::session) fn note_saved_outside_changes(&mut self) {
        self.outside.steps.clear();
        self.outside.file = None;
        self.outside.outcome = None;
        let is_current = self.file.is_saved(self.document.history.current());
        for copy in self.outside.copies.iter_mut().filter(|_| is_current) {
            if matches!(copy.state, CopyState::Merged(_)) {
                copy.state = CopyState::Saved;
                self.outside.is_hidden = false;
            }
        }
    }

    /// Lets the next save replace what others wrote. If that is not a plan, saves at once.
    pub(in crate::session) fn keep_mine(&mut self) {
        let Some(path) = self.file.path.clone().filter(|_| !self.refuse_read_only()) else { return };
        match self.outside.file.take() {
            Some(FileChange::Changed(change)) => {
                self.outside.steps.clear();
                self.file.set_on_disk(KnownContent {
                    fingerprint: Some(change.found.fingerprint),
                    saved: Some(Arc::new(change.found.loaded.plan.clone())),
                    has_earlier_base: false,
                });
                self.follow_saved();
                self.messages.show_until_next_edit(NEXT_SAVE_REPLACES.to_owned());
            }
            Some(FileChange::Missing | FileChange::Unreadable(_)) => {
                self.write(SaveOrder { path, overwrite: Overwrite::Anything });
            }
            None => {}
        }
    }

    /// Reloads the plan's file as one undo step. A plan that cannot be changed is opened again.
    pub(in crate::session) fn reload(&mut self, path: PathBuf) {
        if self.file.path.as_ref() != Some(&path) || self.file.read_only.is_some() {
            return self.open_again(path);
        }
        let versions = self.version_folder();
        self.jobs.start(format!("Reload {}", path.display()), move |_| {
            if let Some(versions) = versions {
                versions.try_to_keep_found(&path, &path);
            }
            let found = FoundPlan::read(&path);
            Box::new(move |session: &mut Self| match found {
                _ if session.file.path.as_ref() != Some(&path) => {}
                Ok(found) if found.is_complete() && found.loaded.plan.id() == session.plan().id() => {
                    session.apply_reloaded(&found);
                }
                Ok(_) => session.open_again(path),
                Err(error) => session.show_error(error.to_string()),
            })
        });
    }

    /// Opens the file instead of the plan, with the same view. If there are unsaved changes, asks first.
    fn open_again(&mut self, path: PathBuf) {
        if self.is_unsaved() {
            self.after_saving(After::Open(path));
        } else {
            self.load(path, ViewAfterwards::Same);
        }
    }

    /// Shows the card again, and moves the keyboard focus to it.
    pub(in crate::session) fn show_outside_changes(&mut self) {
        self.outside.is_hidden = false;
        if self.outside.card().is_none() {
            self.outside.copies.iter_mut().for_each(|copy| copy.is_postponed = false);
        }
        self.outside.wants_focus = true;
    }

    /// Hides what the card shows now.
    pub(in crate::session) fn decide_later(&mut self) {
        if let Some(path) = self.outside.shown_copy_path()
            && let Some(copy) = self.outside.copy_at(&path)
        {
            copy.is_postponed = true;
            return;
        }
        match self.outside.card() {
            Some(OutsideCard::Outcome(_)) => self.outside.outcome = None,
            Some(OutsideCard::File(_) | OutsideCard::Copy(_)) | None => self.outside.is_hidden = true,
        }
    }

    /// Compares the plan with the copy that the card shows, or with its own file.
    pub(in crate::session) fn compare_with_outside(&mut self) {
        if let Some(path) = self.outside.shown_copy_path().or_else(|| self.file.path.clone()) {
            self.compare(ComparisonBasis::Theirs(path));
        }
    }

    /// Whether the card offers to delete a conflicted copy.
    pub(in crate::session) fn offers_to_delete_copy(&self) -> bool {
        let copy = self.outside.shown_copy();
        copy.is_some_and(|copy| matches!(copy.state, CopyState::NothingNew | CopyState::Saved))
    }

    /// Deletes the conflicted copy that the card shows, once it is kept as a version.
    pub(in crate::session) fn delete_shown_copy(&mut self) {
        let Some(copy) = self.outside.shown_copy().map(|copy| copy.copy.clone()) else { return };
        let (Some(path), versions) = (self.file.path.clone(), self.version_folder()) else { return };
        self.jobs.start_write(format!("Delete {}", copy.path.display()), move |_| {
            let kept = versions.map_or(Ok(None), |versions| versions.keep_found(&path, &copy.path));
            let deleted: Result<(), SaveError> = kept.and_then(|_| delete_copy(&copy.path, copy.fingerprint));
            Box::new(move |session: &mut Self| match deleted {
                Ok(()) => {
                    session.outside.copies.retain(|known| known.copy.path != copy.path);
                    session.show_done(format!("Deleted {}; its content is in Versions", copy.path.display()));
                }
                Err(error) => session.show_error(format!("The copy was not deleted. {error}")),
            })
        });
    }
}
