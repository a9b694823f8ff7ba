//! What views read in a frame, and how they ask for something: they send actions.

use std::cell::RefCell;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::checks::{Context, Findings};
use crate::model::{Edit, Plan, UtcMinute};
use crate::schedule::Schedule;
use crate::session::{Action, Command, Destination, Dialog, Document, Navigation, Selection, Session, Settings, View};
use crate::ui::parts::theme::Colors;

/// One frame's reading of the program: the document, where the person is, the settings. What only one view reads beyond
/// that (the ledger, a comparison, the nights that run) is an argument of that view.
pub struct Cx<'a> {
    /// Not handed out: it answers which commands are enabled.
    session: &'a Session,
    pub colors: &'static Colors,
    /// What had the keyboard when the frame began.
    focused: Option<egui::Id>,
    sent: RefCell<Vec<Action>>,
}

impl<'a> Cx<'a> {
    /// The reading for the frame that begins now.
    pub fn new(session: &'a Session, ui: &egui::Ui) -> Self {
        let focused = ui.memory(egui::Memory::focused);
        Self { session, colors: Colors::of(ui.visuals()), focused, sent: RefCell::default() }
    }

    /// Whether a view may take the keys: no dialog is open and nothing else has them, nor had them when the frame
    /// began. The Enter that ends a text field opens no month. `own` is the view's own widget that may have them.
    pub fn keys_are_free(&self, ui: &egui::Ui, own: Option<egui::Id>) -> bool {
        let is_free = |focused: Option<egui::Id>| focused.is_none() || focused == own;
        self.session.dialog().is_none() && is_free(self.focused) && is_free(ui.memory(egui::Memory::focused))
    }

    pub fn document(&self) -> &'a Document {
        &self.session.document
    }

    pub fn plan(&self) -> &'a Plan {
        self.session.plan()
    }

    /// The plan with its pointer: what is derived from a plan is valid as long as this is the same one.
    pub fn plan_pointer(&self) -> &'a Arc<Plan> {
        self.session.plan()
    }

    pub fn schedule(&self) -> &'a Schedule {
        self.session.schedule()
    }

    pub fn findings(&self) -> &'a Findings {
        self.session.findings()
    }

    /// What rules and quick fixes look at.
    pub fn context(&self) -> Context<'a> {
        self.session.context()
    }

    /// The local date of now in the plan's zone.
    pub fn today(&self) -> NaiveDate {
        self.session.today()
    }

    pub fn now(&self) -> UtcMinute {
        self.session.now()
    }

    pub fn navigation(&self) -> &'a Navigation {
        &self.session.navigation
    }

    pub fn view(&self) -> View {
        self.session.view()
    }

    pub fn selection(&self) -> &'a Selection {
        self.session.selection()
    }

    /// The day of what is selected.
    pub fn selected_day(&self) -> NaiveDate {
        self.session.selected_day()
    }

    pub fn settings(&self) -> &'a Settings {
        &self.session.settings
    }

    /// Whether a job is calculating how sure the fits are.
    pub fn is_calculating_outlooks(&self) -> bool {
        self.session.is_simulating()
    }

    /// Whether a command would do something now.
    pub fn is_enabled(&self, command: Command) -> bool {
        self.session.is_enabled(command)
    }

    /// The name of a command, with what it acts on.
    pub fn label(&self, command: Command) -> String {
        self.session.label(command)
    }

    /// Asks for something; it happens before the next frame.
    pub fn send(&self, action: Action) {
        self.sent.borrow_mut().push(action);
    }

    pub fn edit(&self, edit: Edit) {
        self.send(Action::Edit(edit));
    }

    pub fn run(&self, command: Command) {
        self.send(Action::Run(command));
    }

    pub fn select(&self, selection: Selection) {
        self.send(Action::Select(selection));
    }

    pub fn show(&self, view: View) {
        self.send(Action::Show(view));
    }

    pub fn reveal(&self, destination: Destination) {
        self.send(Action::Reveal(destination));
    }

    pub fn open_dialog(&self, dialog: Dialog) {
        self.send(Action::OpenDialog(Some(dialog)));
    }

    /// Whether the plan may be changed here.
    pub fn is_editable(&self) -> bool {
        self.session.file.read_only_reason().is_none()
    }

    /// What was asked for, in order.
    pub fn into_sent(self) -> Vec<Action> {
        self.sent.into_inner()
    }
}
