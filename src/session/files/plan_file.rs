//! Opens a plan, and answers the questions about files. A job reads the file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::{Horizon, Plan, PlanId};
use crate::session::files::new_plan::SAMPLE_ID;
use crate::session::session::{SAMPLE, Session};
use crate::session::state::comparing::ComparisonBasis;
use crate::session::state::dialogs::{AfterSave, FailedPath};
use crate::session::state::file_state::{FileState, Overwrite, SaveOrder};
use crate::session::state::navigation::Navigation;
use crate::session::state::new_records::NewRecords;
use crate::session::verbs::action::{After, Dialog, PathRequest, Question, QuestionAnswer};
use crate::session::work::merging::MergeSource;
use crate::store;
use crate::store::OpenedPlan;
use crate::wording::list;

/// What is shown after a plan was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ViewAfterwards {
    /// The first view, without a selection.
    First,
    /// The same view and selection as before.
    Same,
}

impl Session {
    /// The sample plan, which is part of the program. An empty plan if it cannot be read.
    pub fn sample_plan() -> Plan {
        store::parse(SAMPLE).map_or_else(
            |error| {
                log::error!("the sample plan cannot be read: {error}");
                Plan::new(PlanId::new("empty"), "New plan", Horizon::year(2027), "Europe/London")
            },
            |loaded| loaded.plan,
        )
    }

    /// Marks the current plan as saved.
    pub fn mark_saved(&mut self) {
        self.file.saved = Some(Arc::clone(self.document.history.current()));
        self.file.autosaved = self.file.saved.clone();
        self.file.due = None;
    }

    /// Opens the plan at `path`. If there are unsaved changes, asks first.
    pub fn open_path(&mut self, path: &Path) {
        self.dialogs.open = None;
        self.after_saving(After::Open(path.to_owned()));
    }

    /// Does `then` now. If there are unsaved changes, asks first.
    pub(in crate::session) fn after_saving(&mut self, then: After) {
        if self.is_unsaved() {
            self.dialogs.open = Some(Dialog::Question(Question::SaveFirst { then }));
        } else {
            self.continue_with(then);
        }
    }

    /// Does `then` without asking. A save that is running ends first: until then its file stays locked.
    pub(super) fn continue_with(&mut self, then: After) {
        if self.is_saving() {
            let discarded = Some(Arc::clone(self.plan()));
            self.dialogs.after_save = Some(AfterSave { then, discarded });
            return;
        }
        match then {
            After::Open(path) => self.load(path, ViewAfterwards::First),
            After::Start(plan) => {
                self.discard_unsaved_recovery();
                let is_sample = plan.id().as_str() == SAMPLE_ID;
                self.start_over(*plan, FileState::none());
                self.navigation.is_new_plan = !is_sample;
                self.mark_saved();
            }
            After::StartRolled(plan) => {
                self.discard_unsaved_recovery();
                self.start_rolled(*plan);
            }
            After::Commit(message) => self.commit_saved(message),
            After::Recover { offer, is_compared } => self.recover(&offer, is_compared),
            After::Close => {
                self.discard_unsaved_recovery();
                self.desktop.may_close = true;
            }
        }
    }

    /// Opens the plan at `path` without asking.
    pub(super) fn load(&mut self, path: PathBuf, view: ViewAfterwards) {
        if let Some(job) = self.file.opening.take() {
            self.jobs.cancel(job);
        }
        let (before, held) = (Arc::clone(self.plan()), self.file.lock.clone());
        let versions = self.version_folder();
        let job = self.jobs.start(format!("Open {}", path.display()), move |_| {
            let opened = store::open_holding(&path, held.as_ref());
            if let (Ok(_), Some(versions)) = (&opened, versions) {
                versions.try_to_keep_found(&path, &path);
            }
            Box::new(move |session| match opened {
                // The plan was edited while the file was read, so the question about unsaved changes comes again.
                Ok(opened) if session.is_saving() || !Arc::ptr_eq(session.plan(), &before) => {
                    drop(opened);
                    session.open_path(&path);
                }
                Ok(opened) => session.apply_opened(path, opened, view),
                Err(error) => {
                    session.forget_recent(&path);
                    session.report_not_opened(&path, error.to_string());
                    session.offer_recovery_for(&path);
                }
            })
        });
        self.file.opening = Some(job);
    }

    /// Opens the file at a path that was typed.
    pub(in crate::session) fn open_typed(&mut self, path: PathBuf) {
        self.dialogs.typed = Some(path.clone());
        self.open_or_import(path);
    }

    /// Shows why a file could not be opened: in the dialog, if its path was typed there.
    fn report_not_opened(&mut self, path: &Path, reason: String) {
        if self.dialogs.typed.take().is_some_and(|typed| typed == path) && self.dialogs.open.is_none() {
            self.dialogs.not_opened = Some(FailedPath { path: path.to_owned(), reason });
            self.dialogs.open = Some(Dialog::Path(PathRequest::Open));
        } else {
            self.show_error(reason);
        }
    }

    fn apply_opened(&mut self, path: PathBuf, opened: OpenedPlan, view: ViewAfterwards) {
        self.discard_unsaved_recovery();
        let path = std::path::absolute(&path).unwrap_or(path);
        let completed_save = opened.completed_save;
        let (file, plan) = FileState::opened(path.clone(), opened);
        let navigation = std::mem::take(&mut self.navigation);
        self.start_over(plan, file);
        if view == ViewAfterwards::Same {
            self.navigation = Navigation { new_records: NewRecords::default(), ..navigation };
            self.drop_dead_selection();
        }
        self.mark_saved();
        self.remember_recent(&path);
        if completed_save {
            self.show_message(format!("The last save of {} was interrupted. It is complete now.", self.file.name()));
        }
        self.report_read_only();
        if !self.file.unknown_fields.is_empty() {
            let fields = list(self.file.unknown_fields.iter().map(ToString::to_string), 1);
            self.show_error(format!(
                "Unknown fields in this file: {fields}. Windowsill asks before a save that would lose them."
            ));
        }
        self.offer_recovery_for(&path);
        self.recall_times(&path);
    }

    pub(super) fn report_read_only(&mut self) {
        if let Some(reason) = self.file.read_only.clone() {
            self.show_error(format!("{} is read-only. {reason}.", self.file.name()));
        }
    }

    /// Acts on the user's answer to the open question.
    pub(in crate::session) fn answer(&mut self, answer: QuestionAnswer) {
        let Some(Dialog::Question(question)) = self.dialogs.open.take() else { return };
        match (question, answer) {
            (Question::SaveFirst { then }, QuestionAnswer::Yes) => {
                let opens_own = matches!(&then, After::Open(path) if self.file.path.as_ref() == Some(path));
                self.dialogs.after_save = Some(AfterSave { then, discarded: None });
                // A save must not replace the plan that is opened afterwards.
                if opens_own && self.has_unmergeable_file() { self.ask_where_to_save() } else { self.save() }
            }
            (Question::SaveFirst { then }, QuestionAnswer::Other) => self.continue_with(then),
            (Question::ChangedOnDisk { path }, QuestionAnswer::Yes) => {
                self.write(SaveOrder { path, overwrite: Overwrite::Anything });
            }
            (Question::ChangedOnDisk { path }, QuestionAnswer::Other) => {
                self.dialogs.after_save = None;
                self.reload(path);
            }
            (Question::ChangedOnDisk { path }, QuestionAnswer::Merge) => {
                self.dialogs.after_save = None;
                self.merge_outside(MergeSource::File(path));
            }
            (Question::ChangedOnDisk { path }, QuestionAnswer::Compare) => {
                self.dialogs.after_save = None;
                self.compare(ComparisonBasis::Theirs(path));
            }
            (Question::DropsUnknown { path, .. }, QuestionAnswer::Yes) => {
                self.write(SaveOrder { path, overwrite: Overwrite::WhatWasOpened });
            }
            (Question::DropsUnknown { .. }, QuestionAnswer::Other) => self.ask_where_to_save(),
            (Question::RollDropsUnknown { .. }, QuestionAnswer::Yes) => {
                self.dialogs.open = Some(Dialog::RollForward);
            }
            (Question::DeleteRecovery(offer), QuestionAnswer::Yes) => self.delete_recovery(&offer),
            // The question has no other button.
            (Question::DeleteRecovery(_), QuestionAnswer::Other) => {}
            (Question::Edit(proposal), QuestionAnswer::Yes) => self.edit(&proposal.edit),
            // The question has no other button.
            (Question::Edit(_) | Question::RollDropsUnknown { .. }, QuestionAnswer::Other) => {}
            (Question::Import(preview), QuestionAnswer::Yes) => self.apply_import(preview, false),
            (Question::Import(preview), QuestionAnswer::Other) => self.apply_import(preview, true),
            (Question::Import(preview), QuestionAnswer::Cancel) => self.cancel_import(&preview),
            // Only the question about a changed file has these buttons.
            (_, QuestionAnswer::Merge | QuestionAnswer::Compare) => {}
            (_, QuestionAnswer::Cancel) => self.dialogs.after_save = None,
        }
    }
}
