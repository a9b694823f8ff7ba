//! The open plan and everything around it; carries out what a view asks for.

use crate::checks::{Context, Findings, Subject};
use crate::model::{Edit, LadderId, NightKey, Plan};
use crate::parallel;
use crate::schedule::agreement::ledger::Ledger;
use crate::schedule::{Revision, Schedule};
use crate::session::files::plan_file::FileState;
use crate::session::files::publishing::Publishing;
use crate::session::files::sending::Sending;
use crate::session::state::cached::{Shown, State};
use crate::session::state::clock::Clock;
use crate::session::state::history::History;
use crate::session::state::jobs::Jobs;
use crate::session::state::settings::Settings;
use crate::session::verbs::action::{Action, After, CalendarView, Dialog, Place, Pointed, Selection, View};
use crate::session::work::comparison::{Compared, Comparison};
use crate::session::work::findings_cursor::Step;
use crate::session::work::night::Tonight;
use crate::session::work::preview::{InvitesPreview, Previewed};
use crate::store::Folders;
use chrono::NaiveDate;
use std::sync::Arc;

/// The sample plan: what opens on first start.
pub const SAMPLE: &str = include_str!("../../assets/sample.ron");

/// One open plan and everything around it.
pub struct Session {
    pub history: History,
    pub schedule: Schedule,
    pub findings: Findings,
    pub view: View,
    pub selection: Selection,
    /// The record that the lists show.
    pub listed: Option<Subject>,
    pub file: FileState,
    /// What the plan is compared with.
    pub comparison: Option<Comparison>,
    /// The night whose checklist is worked down, or whose record is looked at.
    pub night: Option<NightKey>,
    pub settings: Settings,
    pub jobs: Jobs,
    pub publishing: Publishing,
    /// What lies over the screen; one at a time.
    pub dialog: Option<Dialog>,
    /// Messages for the person, the newest last.
    pub messages: Vec<Message>,
    /// Whether the selected window's name is to be typed next; the inspector takes it up.
    pub names_selection: bool,
    /// The ladder that the board of groups shows next; the board takes it up.
    pub board: Option<LadderId>,
    /// What the list of findings has its cursor on.
    pub pointed: Option<Pointed>,
    /// The finding that was gone to last.
    pub(in crate::session) stepped: Option<Step>,
    /// Whether the desktop's own appearance is a dark one.
    pub desktop_is_dark: bool,
    /// Whether the window may close now.
    pub may_close: bool,
    /// Whether what an earlier run left was offered once.
    pub(in crate::session) has_offered: bool,
    /// What waits for a save to end well.
    pub(in crate::session) then_after_save: Option<After>,
    pub(in crate::session) sending: Sending,
    /// How all answers stand, as far as somebody looked at them.
    pub(in crate::session) ledger: Shown<State, Ledger>,
    /// What is different from what the plan is compared with.
    pub(in crate::session) revision: Shown<Compared, Revision>,
    /// What an export of invites would write.
    pub(in crate::session) preview: Shown<Previewed, InvitesPreview>,
    /// The job that reckons how sure the fits are.
    pub(in crate::session) reckoning: Option<u64>,
    pub(in crate::session) tonight: Tonight,
    pub(in crate::session) clock: Box<dyn Clock>,
    pub(in crate::session) folders: Option<Folders>,
    pub(in crate::session) today: NaiveDate,
}

/// Something to tell, shown until it is dismissed or replaced.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub text: String,
    pub is_error: bool,
    /// The plan that was current when it came: a message about an edit leaves with the next one.
    pub about: Option<Arc<Plan>>,
}

impl Session {
    /// A session on `plan`. `folders` is where settings and recovery files are; without it nothing is remembered.
    pub fn new(plan: Plan, file: FileState, clock: Box<dyn Clock>, folders: Option<Folders>) -> Self {
        let plan = Arc::new(plan);
        let settings = Settings::load(folders.as_ref());
        let schedule = Schedule::derive(&plan, None);
        let today = clock.today(&schedule.zone);
        let findings = Findings::check(&schedule, today, None);
        let mut session = Self {
            history: History::new(plan),
            view: View::Calendar(CalendarView::Planner),
            selection: Selection::default(),
            listed: None,
            schedule,
            findings,
            file,
            comparison: None,
            night: None,
            settings,
            jobs: Jobs::default(),
            publishing: Publishing::default(),
            dialog: None,
            has_offered: false,
            then_after_save: None,
            sending: Sending::default(),
            ledger: Shown::default(),
            revision: Shown::default(),
            preview: Shown::default(),
            reckoning: None,
            tonight: Tonight::default(),
            messages: Vec::new(),
            names_selection: false,
            board: None,
            pointed: None,
            stepped: None,
            desktop_is_dark: false,
            may_close: false,
            clock,
            folders,
            today,
        };
        session.reckon_outlooks();
        session
    }

    pub fn plan(&self) -> &Arc<Plan> {
        self.history.current()
    }

    /// The local date of now in the plan's zone.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    pub fn now(&self) -> crate::model::UtcMinute {
        self.clock.now()
    }

    /// What rules and quick fixes look at.
    pub fn context(&self) -> Context<'_> {
        Context::new(&self.schedule, self.today)
    }

    /// Whether the plan differs from what is on disk.
    pub fn is_unsaved(&self) -> bool {
        !self.file.is_saved(self.plan())
    }

    /// Carries out what a view asked for.
    pub fn perform(&mut self, action: Action) {
        self.carry_out(action);
        self.keep_shown();
    }

    pub(in crate::session) fn carry_out(&mut self, action: Action) {
        match action {
            Action::Edit(edit) => self.edit(&edit),
            Action::Note(night, step) => self.note_night(&night, step),
            Action::Run(command) => self.run(command),
            Action::Select(selection) => self.selection = selection,
            Action::Show(view) => self.show(view),
            Action::Reveal(place) => self.reveal(place),
            Action::Point(pointed) => self.pointed = pointed,
            Action::Open(path) => self.open_path(&path),
            Action::SaveAs(path) => self.save_as(path),
            Action::Export(export, path) => self.export(export, path),
            Action::OrderPrint(order) => self.show_print(order),
            Action::ChoosePrintPath(order) => self.choose_print_path(order),
            Action::Print(order, path) => self.print(order, path),
            Action::ExportCalendar(order, path) => self.export_calendar(order, path),
            Action::OrderCalendar(order) => self.order_calendar(order),
            Action::ChooseInvitesFolder(which, occasion) => self.choose_invites_folder(which, occasion),
            Action::PreviewInvites(which, occasion) => self.preview_invites(which, occasion),
            Action::ExportInvites(which, occasion, folder) => self.export_invites(which, occasion, folder),
            Action::Import(import, path) => self.import(import, path),
            Action::Publish(publication) => self.publish(publication),
            Action::ImportReplies(paths) => self.import_replies(paths),
            Action::Drop(paths) => self.take_dropped(paths),
            Action::Answer(answer) => self.answer(answer),
            Action::Compare(basis) => self.compare(basis),
            Action::Set(settings) => self.set(settings),
            Action::OpenDialog(dialog) => self.open_dialog(dialog),
            Action::Dismiss => self.messages.clear(),
            Action::CancelJob(id) => {
                self.jobs.cancel(id);
                self.tell_of_stopped();
            }
        }
    }

    pub(in crate::session) fn show(&mut self, view: View) {
        self.view = view;
        self.resume_shown();
    }

    /// Opens a dialog, or closes the one that is open: then nothing waits for a save any more.
    pub(in crate::session) fn open_dialog(&mut self, dialog: Option<Dialog>) {
        if dialog.is_none() {
            self.then_after_save = None;
        }
        self.dialog = dialog;
    }

    /// Applies an edit as one step of undo. An edit that cannot be carried out changes nothing and says why.
    pub fn edit(&mut self, edit: &Edit) {
        if let Some(reason) = self.file.read_only_reason() {
            let text = format!("This plan is read-only. {reason}. Save it under another name to change it.");
            return self.tell_error(text);
        }
        match self.plan().apply(edit) {
            Ok(plan) if plan == **self.plan() => {}
            Ok(plan) if edit.is_for_good() => {
                self.history.amend(Arc::new(plan));
                self.derive();
            }
            Ok(plan) => {
                let label = edit.label(self.plan());
                self.history.push(label, Arc::new(plan));
                self.derive();
                self.select_new(edit);
            }
            Err(error) => self.tell_error(format!("{error}.")),
        }
    }

    /// After adding a window or an occurrence a person goes on with it.
    pub(in crate::session) fn select_new(&mut self, edit: &Edit) {
        match edit {
            Edit::PutWindow(window) if self.selection.window() != Some(&window.id) => {
                let first = self.schedule.window(&window.id).and_then(|window| window.expansion.occurrences.first());
                self.selection = match first {
                    Some(first) => Selection::Occurrence(window.id.clone(), first.original_on()),
                    None => Selection::Window(window.id.clone()),
                };
            }
            Edit::AddOccurrence { window, on, .. } => self.selection = Selection::Occurrence(window.clone(), *on),
            _ => {}
        }
        self.drop_dead_selection();
    }

    /// Derives schedule and findings of the current plan, reusing what did not change.
    pub(in crate::session) fn derive(&mut self) {
        let schedule = Schedule::derive(self.history.current(), Some(&self.schedule));
        self.today = self.clock.today(&schedule.zone);
        let findings = Findings::check(&schedule, self.today, Some(&self.findings));
        parallel::put_away(std::mem::replace(&mut self.schedule, schedule));
        parallel::put_away(std::mem::replace(&mut self.findings, findings));
        self.reckon_outlooks();
        self.messages.retain(|message| message.about.is_none());
    }

    pub(in crate::session) fn undo(&mut self) {
        if self.history.undo() {
            self.derive();
            self.drop_dead_selection();
        }
    }

    pub(in crate::session) fn redo(&mut self) {
        if self.history.redo() {
            self.derive();
            self.drop_dead_selection();
        }
    }

    /// What is selected may be gone after an undo.
    pub(in crate::session) fn drop_dead_selection(&mut self) {
        let gone = match &self.selection {
            Selection::Nothing => false,
            Selection::Window(window) => self.schedule.window(window).is_none(),
            Selection::Occurrence(window, on) => self.schedule.occurrence(window, *on).is_none(),
            Selection::Freeze(freeze) => !self.plan().freezes.contains(freeze),
            Selection::Day(_) => false,
        };
        if gone {
            self.selection = match self.selection.window().filter(|window| self.schedule.window(window).is_some()) {
                Some(window) => Selection::Window(window.clone()),
                None => Selection::Nothing,
            };
        }
    }

    pub(in crate::session) fn reveal(&mut self, place: Place) {
        match place {
            Place::Subject(subject) => self.reveal_subject(&subject),
            Place::List(subject) => {
                self.listed = Some(subject);
                self.view = View::Lists;
            }
            Place::Occurrence(window, on) => {
                if !matches!(self.view, View::Calendar(_)) {
                    self.view = View::Calendar(CalendarView::Planner);
                }
                self.selection = Selection::Occurrence(window, on);
            }
            Place::Month(on) => self.view = View::Calendar(CalendarView::Month(on)),
            Place::Day(on) => {
                self.view = View::Calendar(CalendarView::Day(on));
                self.selection = Selection::Day(on);
            }
            Place::Night(night) => self.open_night(night),
        }
    }

    /// Replaces everything by another plan: opened, new, recovered or the sample.
    pub(in crate::session) fn start_over(&mut self, plan: Plan, file: FileState) {
        self.stop_sending();
        self.drop_shown();
        let plan = Arc::new(plan);
        self.history = History::new(Arc::clone(&plan));
        self.schedule = Schedule::derive(&plan, None);
        self.today = self.clock.today(&self.schedule.zone);
        self.findings = Findings::check(&self.schedule, self.today, None);
        self.reckon_outlooks();
        self.selection = Selection::Nothing;
        self.listed = None;
        self.stepped = None;
        self.comparison = None;
        self.night = None;
        self.publishing = Publishing::default();
        self.view = View::Calendar(CalendarView::Planner);
        self.file = file;
        self.messages.clear();
        self.dialog = None;
    }

    pub fn tell(&mut self, text: impl Into<String>) {
        self.messages.retain(|message| message.is_error);
        self.messages.push(Message { text: text.into(), is_error: false, about: Some(Arc::clone(self.plan())) });
    }

    pub fn tell_error(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.messages.retain(|message| message.text != text);
        self.messages.push(Message { text, is_error: true, about: None });
    }
}
