//! The open plan with everything that belongs to it. [`Session::perform`] carries out what a view asks for.

use std::sync::Arc;

use crate::checks::FindingCounts;
use crate::checks::{Context, Findings};
use crate::model::{Edit, Plan, UtcMinute};
use crate::schedule::Schedule;
use crate::schedule::agreement::ledger::Ledger;
use crate::session::state::cached::{Cached, PlanOnDay};
use crate::session::state::clock::Clock;
use crate::session::state::comparing::ComparisonState;
use crate::session::state::dialogs::Dialogs;
use crate::session::state::document::Document;
use crate::session::state::file_state::FileState;
use crate::session::state::git::GitState;
use crate::session::state::invites::Invites;
use crate::session::state::jobs::{Apply, Jobs};
use crate::session::state::messages::Messages;
use crate::session::state::navigation::Navigation;
use crate::session::state::new_records::Naming;
use crate::session::state::newest::Newest;
use crate::session::state::outside::OutsideChanges;
use crate::session::state::panic_record::PanicReport;
use crate::session::state::publishing::Publishing;
use crate::session::state::settings::Settings;
use crate::session::state::surroundings::{Desktop, Surroundings};
use crate::session::state::tonight::Tonight;
use crate::session::state::typing::Typing;
use crate::session::state::unsaved_work::UnsavedWork;
use crate::session::verbs::action::{Action, Dialog, PathRequest, Selection};
use crate::session::verbs::command::Command;
use crate::session::verbs::views::View;
use crate::store::{self, ProgramFolders};
use chrono::NaiveDate;

/// The sample plan, which opens on first start.
pub const SAMPLE: &str = include_str!("../../assets/sample.ron");

/// Applies the result of a job to the session.
pub(in crate::session) type ApplyToSession = Apply<Session>;

/// One open plan and everything that belongs to it. Each part is a separate type.
pub struct Session {
    pub document: Document,
    pub file: FileState,
    /// What others wrote to the plan's file or to copies of it.
    pub outside: OutsideChanges,
    pub navigation: Navigation,
    pub comparing: ComparisonState,
    pub settings: Settings,
    /// Orders the writes of the settings.
    pub(in crate::session) settings_file: Arc<Newest<()>>,
    pub jobs: Jobs<Session>,
    pub publishing: Publishing,
    pub dialogs: Dialogs,
    pub messages: Messages,
    pub desktop: Desktop,
    /// All answers of owners; kept up to date while the Ledger view is open.
    pub(in crate::session) ledger: Cached<PlanOnDay, Ledger>,
    pub(in crate::session) invites: Invites,
    pub tonight: Tonight,
    /// The plan's state in Git.
    pub git: GitState,
    /// What to write if the program has to end at once.
    pub unsaved_work: UnsavedWork,
    /// What is being typed, which belongs to that, too.
    pub(in crate::session) typing: Typing,
    pub(in crate::session) surroundings: Surroundings,
    opened_plans: u32,
}

impl Session {
    /// A session on `plan`. Settings and recovery files are kept in `folders`; without folders nothing is remembered.
    pub fn new(plan: Plan, file: FileState, clock: Box<dyn Clock>, folders: Option<ProgramFolders>) -> Self {
        let (settings, warning) = Settings::load(folders.as_ref());
        let mut session = Self {
            document: Document::new(plan, clock.as_ref()),
            file,
            outside: OutsideChanges::default(),
            navigation: Navigation::default(),
            comparing: ComparisonState::default(),
            settings,
            settings_file: Arc::default(),
            jobs: Jobs::default(),
            publishing: Publishing::default(),
            dialogs: Dialogs::default(),
            messages: Messages::default(),
            desktop: Desktop::default(),
            ledger: Cached::default(),
            invites: Invites::default(),
            tonight: Tonight::default(),
            git: GitState::default(),
            unsaved_work: UnsavedWork::default(),
            typing: Typing::default(),
            surroundings: Surroundings { clock, folders, panics: Arc::default() },
            opened_plans: 0,
        };
        if let Some(warning) = warning {
            session.show_error(warning);
        }
        session.navigation.show(View::from_word(&session.settings.view, session.selected_day()));
        session.calculate_outlooks();
        session
    }

    /// From now on, a panic writes unsaved changes for recovery, and a log file.
    pub fn record_panics(&self) {
        let state = self.surroundings.folders.as_ref().map(|folders| folders.state.clone());
        self.surroundings.panics.install(self.unsaved_work.clone(), state);
    }

    /// What was recorded about the last panic.
    pub fn last_panic(&self) -> Option<PanicReport> {
        self.surroundings.panics.last()
    }

    /// How many plans were opened after the first one.
    pub fn opened_plans(&self) -> u32 {
        self.opened_plans
    }

    pub fn plan(&self) -> &Arc<Plan> {
        self.document.plan()
    }

    pub fn schedule(&self) -> &Schedule {
        &self.document.schedule
    }

    pub fn findings(&self) -> &Findings {
        &self.document.findings
    }

    /// The current date in the plan's zone.
    pub fn today(&self) -> NaiveDate {
        self.document.today
    }

    pub fn now(&self) -> UtcMinute {
        self.surroundings.clock.now()
    }

    /// The input of rules and quick fixes.
    pub fn context(&self) -> Context<'_> {
        self.document.context()
    }

    pub fn view(&self) -> View {
        self.navigation.view
    }

    pub fn selection(&self) -> &Selection {
        &self.navigation.selection
    }

    /// The dialog that is open.
    pub fn dialog(&self) -> Option<&Dialog> {
        self.dialogs.open.as_ref()
    }

    /// Whether the plan differs from what is on disk.
    pub fn is_unsaved(&self) -> bool {
        !self.file.is_saved(self.plan())
    }

    /// Carries out what a view asked for.
    pub fn perform(&mut self, action: Action) {
        self.carry_out(action);
        self.follow_changes();
    }

    /// Brings up to date what depends on the plan, after actions and jobs.
    pub(in crate::session) fn follow_changes(&mut self) {
        self.refresh_results();
        self.follow_outside_changes();
        self.note_unsaved_work();
        self.messages.drop_passed_steps(self.document.history.number());
    }

    pub(in crate::session) fn carry_out(&mut self, action: Action) {
        if let Action::Open(path) | Action::SaveAs(path) | Action::Export(_, path) = &action {
            self.dialogs.last_path = Some(path.clone());
        }
        match action {
            Action::Edit(edit) => self.edit(&edit),
            Action::Propose(proposal) => self.propose(*proposal),
            Action::Note(night, step) => self.note_night(&night, step),
            Action::Run(command) => self.run(command),
            Action::ChangeSeveral(change) => self.change_selected_occurrences(&change),
            Action::Select(selection) => self.select(selection),
            Action::Show(view) => self.show(view),
            Action::Reveal(destination) => self.reveal(destination),
            Action::Filter(step) => self.filter(step),
            Action::Point(finding) => self.navigation.current_finding = finding,
            Action::Open(path) => self.open_or_import(path),
            Action::OpenTyped(path) => self.open_typed(path),
            Action::SaveAs(path) => self.save_as(path),
            Action::ChooseDestination(order) => self.choose_destination(order),
            Action::Export(order, path) => self.export(order, path),
            Action::OrderPrint(order) => self.show_print(order),
            Action::OrderCalendar(order) => self.order_calendar(order),
            Action::PreviewInvites(order) => self.preview_invites(order),
            Action::Import(topic, paths) => self.import(topic, paths),
            Action::ImportAs(kind, paths) => self.import_as(kind, paths),
            Action::ImportText(topic, text) => self.import_text(topic, text),
            Action::ImportWith(options) => self.import_with(options),
            Action::Publish(publication) => self.publish(publication),
            Action::Drop(paths) => self.take_dropped(paths),
            Action::Answer(answer) => self.answer(answer),
            Action::Recover(offer, step) => self.recover_or_delete(offer, step),
            Action::Compare(basis) => self.compare(basis),
            Action::RestoreVersion(entry) => self.restore_version(entry),
            Action::Commit(message) => self.commit(message),
            Action::Set(settings) => self.set(settings),
            Action::RollForward(order) => self.roll_forward(&order),
            Action::AddTypedWindow(typed) => self.add_typed_window(&typed),
            Action::OpenDialog(dialog) => self.open_dialog(dialog),
            Action::ShowError(text) => self.show_error(text),
            Action::Step(command, at) => self.step_back_or_forward(command, at),
            Action::Dismiss => self.messages.clear(),
            Action::DismissMessage(id) => self.messages.dismiss(id),
            Action::HideFirstSteps => self.navigation.hides_first_steps = true,
            Action::OpenElsewhere(path) => self.open_elsewhere(path),
            Action::CancelJob(id) if self.git.committing == Some(id) => self.jobs.ask_to_stop(id),
            Action::CancelJob(id) => {
                self.jobs.cancel(id);
                self.report_stopped();
            }
        }
    }

    fn select(&mut self, selection: Selection) {
        self.navigation.shows_overview = false;
        match (&selection, self.navigation.selection.window()) {
            (Selection::Day(_), Some(window)) => self.navigation.last_window = Some(window.clone()),
            (Selection::Day(_), None) => {}
            _ => self.navigation.last_window = None,
        }
        self.navigation.selection = selection;
    }

    pub(in crate::session) fn show(&mut self, view: View) {
        self.navigation.show(view);
        self.change_settings(|settings| view.word().clone_into(&mut settings.view));
        self.resume_stopped();
    }

    /// Opens a dialog, or closes the open one. Closing also cancels what would have happened after saving. A dialog that
    /// only changes the plan is refused if the plan is read-only.
    pub(in crate::session) fn open_dialog(&mut self, dialog: Option<Dialog>) {
        if dialog.as_ref().is_some_and(Dialog::only_edits) && self.refuse_read_only() {
            return;
        }
        if dialog.is_none() {
            self.dialogs.after_save = None;
        }
        let previous = std::mem::replace(&mut self.dialogs.open, dialog);
        if self.dialogs.open.is_none() {
            match previous {
                Some(Dialog::ChooseKind { .. }) => self.cancel_waiting_imports(),
                Some(Dialog::Path(PathRequest::Import { .. })) => self.return_to_meetings(),
                _ => {}
            }
        }
    }

    /// Applies an edit as one undo step. An edit that fails changes nothing and shows why.
    pub fn edit(&mut self, edit: &Edit) {
        if self.refuse_read_only() {
            return;
        }
        let naming = self.naming(edit);
        let edit = naming.as_ref().map_or(edit, |naming| &naming.edit);
        match self.plan().apply(edit) {
            Ok(plan) if plan == **self.plan() => {}
            Ok(plan) if edit.is_permanent() => {
                self.document.history.amend(Arc::new(plan));
                self.derive();
            }
            Ok(plan) => {
                let plan_before = Arc::clone(self.plan());
                let (label, done) = (edit.label(self.plan()), edit.done(self.plan()));
                let mut before = FindingCounts::new(self.findings());
                let is_new = edit.adds_record(self.plan());
                if is_new {
                    self.navigation.names_selection = true;
                    self.show_inspector_for(edit);
                }
                self.navigation.new_records.note_added(edit, self.document.history.current());
                self.document.history.push(label, Arc::new(plan));
                if let Some(naming) = &naming {
                    self.navigation.follow_naming(naming);
                }
                self.derive();
                self.select_new(edit);
                if is_new {
                    // What is wrong with a new record is not news before it is entered.
                    before = FindingCounts::new(self.findings());
                }
                self.announce_edit(&done, before);
                self.report_same_names(edit, &plan_before);
            }
            Err(error) => self.show_error(format!("{error}.")),
        }
    }

    /// The name of a new window is in the inspector, so it must be open.
    fn show_inspector_for(&mut self, edit: &Edit) {
        if matches!(edit, Edit::PutWindow(_)) && !self.settings.shows_inspector {
            self.change_settings(|settings| settings.shows_inspector = true);
        }
    }

    /// The first naming of a new record, if `edit` is one and nothing else names the record by its id.
    fn naming(&self, edit: &Edit) -> Option<Naming> {
        let naming = self.navigation.new_records.naming(edit, self.plan())?;
        // A new record's id has a random part, so the plan's text contains it only where it is meant.
        let id = format!("\"{}\"", naming.old.id());
        let is_alone = store::to_text(self.plan()).is_ok_and(|text| text.matches(&id).count() == 1);
        is_alone.then_some(naming)
    }

    /// Shows why the plan cannot be changed, and returns true, if it is read-only.
    pub(in crate::session) fn refuse_read_only(&mut self) -> bool {
        let Some(reason) = self.file.read_only_reason() else { return false };
        let text = format!("This plan is read-only. {reason}. Save it under another name to change it.");
        self.show_error(text);
        true
    }

    /// Brings everything that follows from the plan up to date.
    pub(in crate::session) fn derive(&mut self) {
        self.document.derive(self.surroundings.clock.as_ref());
        self.calculate_outlooks();
        self.follow_zone_data();
        self.messages.drop_outdated();
    }

    pub(in crate::session) fn undo(&mut self) {
        let label = self.document.history.undo_label().unwrap_or_default().to_owned();
        let before = FindingCounts::new(self.findings());
        if self.document.history.undo() {
            self.follow_history();
            self.announce(&format!("Undid \"{label}\""), before, Command::Redo);
        }
    }

    pub(in crate::session) fn redo(&mut self) {
        let label = self.document.history.redo_label().unwrap_or_default().to_owned();
        let before = FindingCounts::new(self.findings());
        if self.document.history.redo() {
            self.follow_history();
            self.announce(&format!("Redid \"{label}\""), before, Command::Undo);
        }
    }

    fn follow_history(&mut self) {
        self.navigation.follow_ids(self.document.history.current());
        self.derive();
        self.drop_dead_selection();
    }

    /// Replaces the whole session state with another plan: opened, new, recovered or the sample.
    pub(in crate::session) fn start_over(&mut self, plan: Plan, file: FileState) {
        self.stop_sending();
        self.drop_results();
        self.stop_outlooks();
        self.opened_plans += 1;
        self.typing = Typing::default();
        self.document = Document::new(plan, self.surroundings.clock.as_ref());
        self.calculate_outlooks();
        self.navigation = Navigation::default();
        self.navigation.show(View::from_word(&self.settings.view, self.selected_day()));
        self.comparing.comparison = None;
        self.comparing.known = None;
        self.publishing = Publishing::default();
        self.file = file;
        self.messages.clear();
        (self.dialogs.open, self.dialogs.after_save) = (None, None);
        self.git = GitState::default();
        self.refresh_git();
        self.watch_file();
    }
}
