//! The plan's file: opening, saving, autosave, recovery. What touches the disk runs as a job.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::model::{Horizon, Plan, PlanId, slug};
use crate::session::session::{SAMPLE, Session};
use crate::session::state::clock::{Stopwatch, unique_word};
use crate::session::state::jobs::Then;
use crate::session::verbs::action::{After, Answer, Question};
use crate::session::verbs::action::{Dialog, PathRequest};
use crate::store;
use crate::store::{
    Access, Fingerprint, Lock, OpenedPlan, Recovery, RecoveryOffer, RecoveryOwner, SaveError, UnknownField,
};

/// Where the current plan lives on disk, and which plan is there.
#[derive(Default)]
pub struct FileState {
    pub path: Option<PathBuf>,
    /// The plan that is on disk, or that needs no saving: an untouched sample.
    saved: Option<Arc<Plan>>,
    fingerprint: Option<Fingerprint>,
    lock: Option<Lock>,
    /// Why it cannot be saved where it came from.
    read_only: Option<String>,
    /// What the file has and this program does not know; saving drops it.
    unknown_fields: Vec<UnknownField>,
    recovery: Option<Arc<Mutex<Recovery>>>,
    /// The plan that the recovery file holds.
    autosaved: Option<Arc<Plan>>,
    /// Since when autosave has been due.
    due: Option<Stopwatch>,
}

/// How long edits are collected before they go into the recovery file.
const AUTOSAVE_AFTER: Duration = Duration::from_secs(2);

impl FileState {
    /// For a plan that is in no file, and need not be saved as long as it is unchanged.
    pub fn none() -> Self {
        Self::default()
    }

    fn opened(path: PathBuf, fingerprint: Fingerprint, access: Access, unknown_fields: Vec<UnknownField>) -> Self {
        let (lock, read_only) = match access {
            Access::Writable(lock) => (Some(lock), None),
            Access::ReadOnly(reason) => (None, Some(reason)),
        };
        Self { path: Some(path), fingerprint: Some(fingerprint), lock, read_only, unknown_fields, ..Self::default() }
    }

    pub fn is_saved(&self, plan: &Arc<Plan>) -> bool {
        self.saved.as_ref().is_some_and(|saved| Arc::ptr_eq(saved, plan))
    }

    /// The plan that is on disk, or that needs no saving.
    pub fn saved(&self) -> Option<&Arc<Plan>> {
        self.saved.as_ref()
    }

    /// The plan's own file; none if it was never saved.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Refuses to write an output over this plan's own file.
    pub fn guard(&self, destination: &Path) -> Result<(), SaveError> {
        store::guard_plan(destination, self.path.as_deref())
    }

    pub fn read_only_reason(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// The file's name for titles; "Not saved yet" without one.
    pub fn name(&self) -> String {
        let name = self.path.as_deref().and_then(Path::file_name);
        name.map_or_else(|| "Not saved yet".to_owned(), |name| name.to_string_lossy().into_owned())
    }
}

impl Session {
    /// The sample plan. It is part of the program; where it could not be read, an empty plan takes its place.
    pub fn sample_plan() -> Plan {
        store::parse(SAMPLE).map_or_else(
            |error| {
                log::error!("the sample plan cannot be read: {error}");
                Plan::new(PlanId::new("empty"), "New plan", Horizon::year(2027), "Europe/London")
            },
            |loaded| loaded.plan,
        )
    }

    /// Says that the current plan is the one that needs no saving.
    pub fn mark_saved(&mut self) {
        self.file.saved = Some(Arc::clone(self.document.history.current()));
        self.file.autosaved = self.file.saved.clone();
        self.file.due = None;
    }

    /// Opens the plan at `path`, after asking what becomes of unsaved changes.
    pub fn open_path(&mut self, path: &Path) {
        self.dialogs.open = None;
        self.after_saving(After::Open(path.to_owned()));
    }

    /// Does `then` now, or asks first where something is unsaved.
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
                Ok(opened) => session.take_opened(path, opened),
                Err(error) => {
                    session.forget_recent(&path);
                    session.tell_error(error.to_string());
                }
            })
        });
    }

    fn take_opened(&mut self, path: PathBuf, opened: OpenedPlan) {
        let OpenedPlan { plan, unknown_fields, fingerprint, access } = opened;
        self.discard_recovery();
        let path = std::path::absolute(&path).unwrap_or(path);
        let file = FileState::opened(path.clone(), fingerprint, access, unknown_fields);
        self.start_over(plan, file);
        self.mark_saved();
        self.remember_recent(&path);
        if let Some(reason) = self.file.read_only.clone() {
            self.tell_error(format!("{} is open to look at only. {reason}.", self.file.name()));
        }
        if let Some(first) = self.file.unknown_fields.first() {
            let more = match self.file.unknown_fields.len() {
                1 => String::new(),
                n => format!(" and {} more", n - 1),
            };
            self.tell_error(format!(
                "This program does not know {first}{more}. Saving would drop it; you will be asked."
            ));
        }
        if self.file.read_only.is_none() {
            self.offer_recovery_of(&path);
        }
    }

    /// Saves to the plan's file; asks for one where there is none.
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

    /// Saves to another file and goes on with that one. The dialog has asked whether a file there may be replaced.
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
        // A second file gets a lock of its own, before anything is written to it.
        let is_new_file = self.file.path.as_ref() != Some(&path);
        self.jobs.start(format!("Save {}", path.display()), move |_| -> Then {
            let lock = is_new_file.then(|| Lock::acquire(&path));
            if let Some(store::LockOutcome::HeldBy(who)) = lock {
                return Box::new(move |session| {
                    session.dialogs.after_save = None;
                    session.tell_error(format!(
                        "This file is open elsewhere ({who}). Save under another name: {}",
                        path.display()
                    ));
                });
            }
            let saved = match overwrite {
                Overwrite::WhatWasOpened => store::save(&path, &plan, fingerprint.as_ref()),
                Overwrite::Anything => store::save_anyway(&path, &plan),
            };
            Box::new(move |session| match saved {
                Ok(fingerprint) => session.take_saved(path, plan, fingerprint, lock),
                Err(SaveError::ChangedOnDisk(path)) => {
                    session.dialogs.open = Some(Dialog::Question(Question::ChangedOnDisk { path }));
                }
                Err(error) => {
                    session.dialogs.after_save = None;
                    session.tell_error(error.to_string());
                }
            })
        });
    }

    fn take_saved(
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
        self.tell(format!("Saved {}", self.file.name()));
        if let Some(then) = self.dialogs.after_save.take() {
            self.after_saving(then);
        }
    }

    /// The answer to the open question.
    pub(in crate::session) fn answer(&mut self, answer: Answer) {
        let Some(Dialog::Question(question)) = self.dialogs.open.take() else { return };
        match (question, answer) {
            (Question::SaveFirst { then }, Answer::Yes) => {
                self.dialogs.after_save = Some(then);
                self.save();
            }
            (Question::SaveFirst { then }, Answer::Other) => self.go_on(then),
            (Question::ChangedOnDisk { path }, Answer::Yes) => self.write(path, Overwrite::Anything),
            (Question::ChangedOnDisk { path }, Answer::Other) => {
                self.dialogs.after_save = None;
                self.load(path);
            }
            (Question::DropsUnknown { path, .. }, Answer::Yes) => self.write(path, Overwrite::WhatWasOpened),
            (Question::DropsUnknown { .. }, Answer::Other) => self.ask_where_to_save(),
            (Question::Recover(offer), Answer::Yes) => self.recover(&offer),
            (Question::Recover(offer), Answer::Other) => {
                if let Err(error) = offer.discard() {
                    self.tell_error(error.to_string());
                }
            }
            (Question::Import(preview), Answer::Yes) => self.take_import(&preview, false),
            (Question::Import(preview), Answer::Other) => self.take_import(&preview, true),
            (Question::Import(preview), Answer::Cancel) => self.cancel_import(&preview),
            (_, Answer::Cancel) => self.dialogs.after_save = None,
        }
    }

    /// Puts the recovered plan in the place of the one on disk, as an unsaved change.
    fn recover(&mut self, offer: &RecoveryOffer) {
        let plan = match offer.load() {
            Ok(loaded) => loaded.plan,
            Err(error) => return self.tell_error(error.to_string()),
        };
        match &offer.owner {
            RecoveryOwner::File(path) => {
                let opened = store::open(path);
                let file = match opened {
                    Ok(opened) => {
                        let on_disk = Arc::new(opened.plan);
                        let mut file =
                            FileState::opened(path.clone(), opened.fingerprint, opened.access, opened.unknown_fields);
                        file.saved = Some(on_disk);
                        file
                    }
                    // The file is gone or broken: what was recovered can still be saved there.
                    Err(_) => FileState { path: Some(path.clone()), ..FileState::default() },
                };
                self.start_over(plan, file);
            }
            RecoveryOwner::Untitled(_) => self.start_over(plan, FileState::none()),
        }
        self.tell("These are the changes that were not saved when the program ended. Save them to keep them.");
        if let Err(error) = offer.discard() {
            self.tell_error(error.to_string());
        }
    }

    /// What is due by the clock; gives back when to look again, if at all.
    pub fn tick(&mut self) -> Option<Duration> {
        let plan = Arc::clone(self.plan());
        let is_kept = |kept: &Option<Arc<Plan>>| kept.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, &plan));
        if is_kept(&self.file.autosaved) || self.file.is_saved(&plan) || self.surroundings.folders.is_none() {
            self.file.due = None;
            return None;
        }
        let waited = self.file.due.get_or_insert_with(Stopwatch::start).elapsed();
        if waited < AUTOSAVE_AFTER {
            return Some(AUTOSAVE_AFTER.saturating_sub(waited));
        }
        self.file.due = None;
        self.autosave(plan);
        None
    }

    fn autosave(&mut self, plan: Arc<Plan>) {
        let Some(folders) = &self.surroundings.folders else { return };
        let owner =
            self.file.path.clone().map_or_else(|| RecoveryOwner::Untitled(plan.id().clone()), RecoveryOwner::File);
        let recovery =
            self.file.recovery.get_or_insert_with(|| Arc::new(Mutex::new(Recovery::new(&folders.state, owner))));
        let recovery = Arc::clone(recovery);
        self.file.autosaved = Some(Arc::clone(&plan));
        self.jobs.start("Keep a recovery file", move |_| {
            let kept = recovery.lock().unwrap_or_else(PoisonError::into_inner).write(&plan);
            Box::new(move |session| {
                if let Err(error) = kept {
                    session.tell_error(format!("Unsaved changes could not be kept for after a crash. {error}"));
                }
            })
        });
    }

    fn discard_recovery(&mut self) {
        self.file.autosaved = None;
        if let Some(recovery) = &self.file.recovery
            && let Err(error) = recovery.lock().unwrap_or_else(PoisonError::into_inner).discard()
        {
            log::warn!("a recovery file stays behind: {error}");
        }
    }

    pub(in crate::session) fn new_plan(&mut self) {
        let year = chrono::Datelike::year(&self.document.today) + 1;
        let id = PlanId::new(&format!("plan-{year}-{}", unique_word()));
        let plan = Plan::new(id, &format!("Maintenance {year}"), Horizon::year(year), self.plan().zone());
        self.after_saving(After::Start(Box::new(plan)));
    }

    fn forget_recent(&mut self, path: &Path) {
        let mut settings = self.settings.clone();
        settings.recent.retain(|recent| recent != path);
        self.set(settings);
    }
}

/// What a save may replace.
#[derive(Clone, Copy)]
enum Overwrite {
    /// Only the file as it was when it was opened or saved last.
    WhatWasOpened,
    Anything,
}
