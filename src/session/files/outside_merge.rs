//! Merges or reloads what others wrote, as one step that can be undone. Jobs read and merge.

use std::sync::Arc;

use crate::merge::merge_plans;
use crate::model::Plan;
use crate::session::session::Session;
use crate::session::state::file_state::KnownContent;
use crate::session::state::outside::{CopyState, FileChange, MergeOutcome, OutsideStep};
use crate::session::work::merging::{MergeRequest, MergeSource, Merged};
use crate::store::FoundPlan;

impl Session {
    /// What can be merged: the copy that the card shows, or else what somebody wrote to the plan's file.
    pub(in crate::session) fn mergeable(&self) -> Option<MergeSource> {
        if self.file.read_only.is_some() {
            return None;
        }
        if let Some(copy) = self.outside.shown_copy().filter(|copy| copy.state == CopyState::Offered) {
            return Some(MergeSource::Copy(copy.copy.path.clone()));
        }
        match self.outside.file()? {
            FileChange::Changed(change) if change.is_mergeable => self.file.path.clone().map(MergeSource::File),
            FileChange::Changed(_) | FileChange::Missing | FileChange::Unreadable(_) => None,
        }
    }

    /// Merges the plan's file or a copy of it. A job reads and merges it.
    pub(in crate::session) fn merge_outside(&mut self, source: MergeSource) {
        if self.refuse_read_only() {
            return;
        }
        let Some(request) = self.merge_request(source) else { return };
        self.jobs.start(format!("Merge {}", request.source.path().display()), move |_| {
            let merged = request.run();
            Box::new(move |session| session.apply_merged(request, merged))
        });
    }

    /// None for a plan without a file.
    pub(in crate::session) fn merge_request(&self, source: MergeSource) -> Option<MergeRequest> {
        let path = self.file.path.clone()?;
        let is_file = matches!(&source, MergeSource::File(merged) if *merged == path);
        Some(MergeRequest {
            saved: self.file.saved.clone().filter(|_| is_file && !self.file.has_earlier_base),
            known: self.file.fingerprint.filter(|_| is_file),
            source,
            path,
            versions: self.version_folder(),
            schedule: self.document.schedule.clone(),
            findings: self.document.findings.clone(),
            today: self.document.today,
        })
    }

    fn apply_merged(&mut self, request: MergeRequest, merged: Result<Merged, String>) {
        if self.file.path.as_ref() != Some(&request.path) || self.refuse_read_only() {
            return;
        }
        let merged = match merged {
            Ok(merged) => merged,
            Err(why) => return self.show_error(why),
        };
        // Edited meanwhile.
        if self.is_saving() || !Arc::ptr_eq(self.plan(), &request.schedule.plan) {
            return self.merge_outside(request.source);
        }
        let Merged { found, theirs, plan, outcome } = merged;
        if plan == request.schedule.plan {
            return self.apply_nothing_new(&request.source, &found, theirs);
        }
        self.push_outside_step(format!("Merge {}", outcome.name), Arc::clone(&plan));
        let number = self.document.history.number();
        match &request.source {
            MergeSource::File(_) => self.note_outside_step(&found, theirs),
            MergeSource::Copy(path) => {
                if let Some(copy) = self.outside.copy_at(path) {
                    copy.state = CopyState::Merged(number);
                }
            }
        }
        let rest = if self.is_unsaved() { "Save the plan to keep it, or undo." } else { "Nothing is left to save." };
        self.show_undoable(format!("Merged {}. {rest}", outcome.name));
        self.outside.outcome = outcome.is_notable().then_some(MergeOutcome { step: number, ..outcome });
        self.outside.is_hidden = false;
    }

    fn apply_nothing_new(&mut self, source: &MergeSource, found: &FoundPlan, theirs: Arc<Plan>) {
        match source {
            MergeSource::File(_) => {
                self.outside.steps.clear();
                self.outside.file = None;
                self.file.set_on_disk(self.content_on_disk(found, theirs));
                self.follow_saved();
            }
            MergeSource::Copy(path) => {
                if let Some(copy) = self.outside.copy_at(path) {
                    copy.state = CopyState::NothingNew;
                }
            }
        }
        self.show_message(format!("{} has nothing that the plan does not have", source.name()));
    }

    /// Takes what is in the file instead of the plan. Invites that were sent since the last save stay sent.
    pub(super) fn apply_reloaded(&mut self, found: &FoundPlan) {
        let theirs = Arc::new(found.loaded.plan.clone());
        let plan = self.with_unsaved_invites(&theirs);
        if plan == *self.plan() {
            return self.apply_nothing_new_to_reload(found, theirs);
        }
        let name = self.file.name();
        self.push_outside_step(format!("Reload {name}"), plan);
        self.note_outside_step(found, theirs);
        self.show_undoable(format!("Reloaded {name}. Undo returns to the plan as it was before."));
    }

    fn apply_nothing_new_to_reload(&mut self, found: &FoundPlan, theirs: Arc<Plan>) {
        self.outside.steps.clear();
        self.outside.file = None;
        self.file.set_on_disk(self.content_on_disk(found, theirs));
        self.follow_saved();
        self.show_message(format!("{} has the same content as the plan", self.file.name()));
    }

    fn with_unsaved_invites(&self, theirs: &Arc<Plan>) -> Arc<Plan> {
        let Some(saved) = self.file.saved.as_deref().filter(|saved| saved.sent_invites() != self.plan().sent_invites())
        else {
            return Arc::clone(theirs);
        };
        let ours = saved.with_sent_invites(self.plan().sent_invites());
        merge_plans(Some(saved), &ours, theirs).map_or_else(|_| Arc::clone(theirs), |merged| Arc::new(merged.plan))
    }

    fn push_outside_step(&mut self, label: String, plan: Arc<Plan>) {
        self.document.history.push(label, plan);
        self.derive();
        self.drop_dead_selection();
    }

    /// Notes that the last step was based on what is in the file, so that the next save replaces it without a question.
    fn note_outside_step(&mut self, found: &FoundPlan, theirs: Arc<Plan>) {
        let before = self.file.on_disk();
        let after = self.content_on_disk(found, theirs);
        self.file.set_on_disk(after.clone());
        self.file.older_format = found.loaded.older_format;
        self.follow_saved();
        let history = &self.document.history;
        // Steps that were undone cannot be redone after another one.
        self.outside.steps.retain(|step| history.has_done(step.number));
        let change = self.outside.file.take();
        self.outside.steps.push(OutsideStep { number: history.number(), before, after, change });
    }

    fn content_on_disk(&self, found: &FoundPlan, theirs: Arc<Plan>) -> KnownContent {
        // If the plan is what is in the file, it needs no saving.
        let saved = if theirs == *self.plan() { Arc::clone(self.plan()) } else { theirs };
        KnownContent { fingerprint: Some(found.fingerprint), saved: Some(saved), has_earlier_base: false }
    }
}
