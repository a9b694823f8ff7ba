//! The plan in Git: reads its state, shows the dialog, commits. Jobs do it, since Git may take a while.

use std::path::Path;
use std::sync::Arc;

use crate::export::revision::commit_message;
use crate::session::session::Session;
use crate::session::state::dialogs::AfterSave;
use crate::session::verbs::action::{After, Dialog};
use crate::store::{GitError, GitFile, GitReport, GitStatus, MadeCommit, git_report};

impl Session {
    /// Reads the state of the plan in Git again. Several requests while it is read are one.
    pub fn refresh_git(&mut self) {
        let Some(path) = self.file.path.clone() else {
            self.git.status = None;
            return;
        };
        if self.git.reading.is_some_and(|job| self.jobs.is_running(job)) {
            self.git.reads_again = true;
            return;
        }
        let job = self.jobs.start("Read the state in Git", move |progress| {
            let status = GitFile::find(&path).map(|file| file.status(progress));
            Box::new(move |session: &mut Self| session.apply_git_status(&path, status))
        });
        self.git.reading = Some(job);
    }

    /// Why the state in Git cannot be shown.
    pub(in crate::session) fn git_reason(&self) -> &'static str {
        match self.file.path() {
            None => "The plan has no file yet: save it in a Git repository",
            Some(_) => "The plan is not in a Git repository",
        }
    }

    fn apply_git_status(&mut self, path: &Path, status: Option<Result<GitStatus, GitError>>) {
        if self.file.path.as_deref() != Some(path) {
            return self.refresh_git();
        }
        self.git.reading = None;
        self.git.status = status.map(|status| status.map_err(|error| error.to_string()));
        if std::mem::take(&mut self.git.reads_again) {
            self.refresh_git();
        }
    }

    /// Shows the dialog Git. A job reads what it shows.
    pub(in crate::session) fn open_git(&mut self) {
        let Some(path) = self.file.path.clone() else { return };
        self.dialogs.open = Some(Dialog::Git);
        (self.git.report, self.git.failure) = (None, None);
        let (schedule, now, opened) = (self.document.schedule.clone(), self.now(), self.file.fingerprint);
        self.jobs.start("Read the changes in Git", move |progress| {
            let file = GitFile::require(&path);
            let report = file.and_then(|file| git_report(&file, &schedule, opened.as_ref(), now, progress));
            let suggested = report
                .as_ref()
                .map(|report| commit_message(report.changes(), schedule.plan.title(), report.status.is_new()));
            let message = suggested.unwrap_or_default();
            Box::new(move |session: &mut Self| session.apply_git_report(&path, report, message))
        });
    }

    fn apply_git_report(&mut self, path: &Path, report: Result<GitReport, GitError>, message: String) {
        if self.file.path.as_deref() != Some(path) {
            return;
        }
        if let Ok(report) = &report {
            self.git.status = Some(Ok(report.status.clone()));
        }
        self.git.report = Some(report.map(Arc::new).map_err(|error| error.to_string()));
        self.git.message = message;
    }

    /// Commits the plan with this message, and saves it first.
    pub(in crate::session) fn commit(&mut self, message: String) {
        self.git.failure = None;
        let then = After::Commit(message);
        if self.is_unsaved() {
            self.dialogs.after_save = Some(AfterSave { then, discarded: None });
            self.save();
        } else {
            self.continue_with(then);
        }
    }

    /// Keeps the reason why the plan was not saved, if that keeps it from being committed.
    pub(super) fn note_not_saved(&mut self, why: &str) {
        if matches!(self.dialogs.after_save, Some(AfterSave { then: After::Commit(_), .. })) {
            self.git.failure = Some(why.to_owned());
        }
    }

    /// Commits the plan as it is on disk.
    pub(super) fn commit_saved(&mut self, message: String) {
        let Some(path) = self.file.path.clone() else { return };
        let opened = self.file.fingerprint;
        let job = self.jobs.start(format!("Commit {}", self.file.name()), move |progress| {
            let made = GitFile::require(&path).and_then(|file| file.commit(&message, opened.as_ref(), progress));
            Box::new(move |session: &mut Self| session.apply_commit(made))
        });
        self.git.committing = Some(job);
    }

    fn apply_commit(&mut self, made: Result<MadeCommit, GitError>) {
        self.git.committing = None;
        self.refresh_git();
        let is_open = matches!(self.dialogs.open, Some(Dialog::Git));
        match made {
            Ok(made) => {
                if is_open {
                    self.dialogs.open = None;
                }
                self.show_done(match made.advice() {
                    None => made.in_words(),
                    Some(advice) => format!("{}. {advice}", made.in_words()),
                });
            }
            Err(error) => {
                let message = match error {
                    GitError::Stopped => "The commit was stopped. Nothing was committed.".to_owned(),
                    error => error.to_string(),
                };
                if is_open {
                    self.git.failure = Some(message);
                } else {
                    self.show_error(message);
                }
            }
        }
    }
}
