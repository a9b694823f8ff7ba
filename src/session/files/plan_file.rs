//! Opens and saves the plan. Jobs do what touches the disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::{Horizon, Plan, PlanId, slug};
use crate::session::session::{ApplyToSession, SAMPLE, Session};
use crate::session::state::clock::unique_word;
use crate::session::state::file_state::FileState;
use crate::session::verbs::action::{After, Question, QuestionAnswer};
use crate::session::verbs::action::{Dialog, PathRequest};
use crate::store;
use crate::store::{Fingerprint, Lock, OpenedPlan, SaveError};
use crate::wording::list;

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
            self.go_on(then);
        }
    }

    fn go_on(&mut self, then: After) {
        match then {
            After::Open(path) => self.load(path),
            After::Start(plan) => {
                self.discard_recovery();
                self.start_over(*plan, FileState::none());
                self.mark_saved();
            }
            After::Close => {
                self.discard_recovery();
                self.desktop.may_close = true;
            }
        }
    }

    fn load(&mut self, path: PathBuf) {
        // The plan that is open here must not keep itself from being opened again.
        if self.file.path.as_ref() == Some(&path) {
            self.file.lock = None;
        }
        self.jobs.start(format!("Open {}", path.display()), move |_| {
            let opened = store::open(&path);
            Box::new(move |session| match opened {
                Ok(opened) => session.apply_opened(path, opened),
                Err(error) => {
                    session.forget_recent(&path);
                    session.show_error(error.to_string());
                }
            })
        });
    }

    fn apply_opened(&mut self, path: PathBuf, opened: OpenedPlan) {
        self.discard_recovery();
        let path = std::path::absolute(&path).unwrap_or(path);
        let (file, plan) = FileState::opened(path.clone(), opened);
        self.start_over(plan, file);
        self.mark_saved();
        self.remember_recent(&path);
        if let Some(reason) = self.file.read_only.clone() {
            self.show_error(format!("{} is read-only. {reason}.", self.file.name()));
        }
        if !self.file.unknown_fields.is_empty() {
            let fields = list(self.file.unknown_fields.iter().map(ToString::to_string), 1);
            self.show_error(format!(
                "Unknown fields in this file: {fields}. Windowsill asks before a save that would lose them."
            ));
        }
        if self.file.read_only.is_none() {
            self.offer_recovery_of(&path);
        }
        self.recall_times(&path);
    }

    /// Saves to the plan's file, or asks for a path if there is none.
    pub(in crate::session) fn save(&mut self) {
        match self.file.path.clone() {
            None => self.ask_where_to_save(),
            Some(_) if self.file.read_only.is_some() => self.ask_where_to_save(),
            Some(path) if !self.file.unknown_fields.is_empty() => {
                let fields = self.file.unknown_fields.iter().map(ToString::to_string).collect();
                self.dialogs.open = Some(Dialog::Question(Question::DropsUnknown { path, fields }));
            }
            Some(path) => self.write(path, Overwrite::WhatWasOpened),
        }
    }

    pub(in crate::session) fn ask_where_to_save(&mut self) {
        let name = match &self.file.path {
            Some(path) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            None => format!("{}.ron", slug(self.plan().title())),
        };
        self.dialogs.open = Some(Dialog::Path(PathRequest::SaveAs { name }));
    }

    /// Saves to another file, which becomes the plan's file. The dialog has asked before replacing a file.
    pub(in crate::session) fn save_as(&mut self, path: PathBuf) {
        self.dialogs.open = None;
        let path = if path.extension().is_none() { path.with_extension("ron") } else { path };
        let overwrite =
            if self.file.path.as_ref() == Some(&path) { Overwrite::WhatWasOpened } else { Overwrite::Anything };
        self.write(path, overwrite);
    }

    fn write(&mut self, path: PathBuf, overwrite: Overwrite) {
        let plan = Arc::clone(self.plan());
        let fingerprint = self.file.fingerprint;
        let times = self.times_file();
        // A second file gets a lock of its own, before anything is written to it.
        let is_new_file = self.file.path.as_ref() != Some(&path);
        self.jobs.start(format!("Save {}", path.display()), move |_| -> ApplyToSession {
            let lock = is_new_file.then(|| Lock::acquire(&path));
            if let Some(store::LockOutcome::HeldBy(who)) = lock {
                return Box::new(move |session| {
                    session.dialogs.after_save = None;
                    session.show_error(format!(
                        "This file is open elsewhere ({who}). Save under another name: {}",
                        path.display()
                    ));
                });
            }
            let saved = match overwrite {
                Overwrite::WhatWasOpened => store::save(&path, &plan, fingerprint.as_ref()),
                Overwrite::Anything => store::save_anyway(&path, &plan),
            };
            if saved.is_ok()
                && let Some(Err(error)) = times.map(|times| times.update(&path))
            {
                log::warn!("the times of the plan are not remembered: {error}");
            }
            Box::new(move |session| match saved {
                Ok(fingerprint) => session.apply_saved(path, plan, fingerprint, lock),
                Err(SaveError::ChangedOnDisk(path)) => {
                    session.dialogs.open = Some(Dialog::Question(Question::ChangedOnDisk { path }));
                }
                Err(error) => {
                    session.dialogs.after_save = None;
                    session.show_error(error.to_string());
                }
            })
        });
    }

    fn apply_saved(
        &mut self,
        path: PathBuf,
        plan: Arc<Plan>,
        fingerprint: Fingerprint,
        lock: Option<store::LockOutcome>,
    ) {
        if let Some(lock) = lock {
            self.discard_recovery();
            self.file.lock = match lock {
                store::LockOutcome::Held(lock) => Some(lock),
                _ => None,
            };
            self.file.recovery = None;
        }
        self.file.path = Some(path.clone());
        self.file.fingerprint = Some(fingerprint);
        self.file.read_only = None;
        self.file.unknown_fields.clear();
        self.file.saved = Some(Arc::clone(&plan));
        self.follow_saved();
        if self.file.is_saved(self.document.history.current()) {
            self.discard_recovery();
        }
        self.remember_recent(&path);
        self.messages.drop_errors();
        let saved = format!("Saved {}", self.file.name());
        let message = match self.file.older_format.take() {
            Some(older) => format!("{saved}. {}", store::raised_format(older)),
            None => saved,
        };
        self.show_message(message);
        if let Some(then) = self.dialogs.after_save.take() {
            self.after_saving(then);
        }
    }

    /// Acts on the user's answer to the open question.
    pub(in crate::session) fn answer(&mut self, answer: QuestionAnswer) {
        let Some(Dialog::Question(question)) = self.dialogs.open.take() else { return };
        match (question, answer) {
            (Question::SaveFirst { then }, QuestionAnswer::Yes) => {
                self.dialogs.after_save = Some(then);
                self.save();
            }
            (Question::SaveFirst { then }, QuestionAnswer::Other) => self.go_on(then),
            (Question::ChangedOnDisk { path }, QuestionAnswer::Yes) => self.write(path, Overwrite::Anything),
            (Question::ChangedOnDisk { path }, QuestionAnswer::Other) => {
                self.dialogs.after_save = None;
                self.load(path);
            }
            (Question::DropsUnknown { path, .. }, QuestionAnswer::Yes) => self.write(path, Overwrite::WhatWasOpened),
            (Question::DropsUnknown { .. }, QuestionAnswer::Other) => self.ask_where_to_save(),
            (Question::Recover(offer), QuestionAnswer::Yes) => self.recover(&offer),
            (Question::Recover(offer), QuestionAnswer::Other) => {
                if let Err(error) = offer.discard() {
                    self.show_error(error.to_string());
                }
            }
            (Question::Edit(proposal), QuestionAnswer::Yes) => self.edit(&proposal.edit),
            // The question has no other button.
            (Question::Edit(_), QuestionAnswer::Other) => {}
            (Question::Import(preview), QuestionAnswer::Yes) => self.apply_import(&preview, false),
            (Question::Import(preview), QuestionAnswer::Other) => self.apply_import(&preview, true),
            (Question::Import(preview), QuestionAnswer::Cancel) => self.cancel_import(&preview),
            (_, QuestionAnswer::Cancel) => self.dialogs.after_save = None,
        }
    }

    pub(in crate::session) fn new_plan(&mut self) {
        let year = chrono::Datelike::year(&self.document.today) + 1;
        let id = PlanId::new(&format!("plan-{year}-{}", unique_word()));
        let plan = Plan::new(id, &format!("Maintenance {year}"), Horizon::year(year), self.plan().zone());
        self.after_saving(After::Start(Box::new(plan)));
    }
}

/// Which file a save may replace.
#[derive(Clone, Copy)]
enum Overwrite {
    /// Only the file as it was last opened or saved.
    WhatWasOpened,
    Anything,
}
