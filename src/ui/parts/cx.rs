//! What views can read during a frame. They change things only by sending actions.

use std::cell::RefCell;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::checks::{Context, Findings};
use crate::model::{Edit, Plan, UtcMinute};
use crate::schedule::{Schedule, WindowOccurrence};
use crate::session::state::clock::unique_word;
use crate::session::{
    Action, BulkChange, BulkOutcome, Command, Destination, Dialog, Document, Navigation, PolicyPage, Selection,
    Session, Settings, SettingsPage, View,
};
use crate::ui::parts::theme::Colors;

/// A view's read access to the program during one frame: the document, the navigation, the settings. Data that only one
/// view needs (the ledger, a comparison, a running night) is passed to that view separately.
pub struct Cx<'a> {
    /// Private, so that views cannot change anything directly.
    session: &'a Session,
    pub colors: &'static Colors,
    /// The widget that had the keyboard focus when the frame began.
    focused: Option<egui::Id>,
    sent: RefCell<Vec<Action>>,
}

impl<'a> Cx<'a> {
    /// Creates the context for the frame that begins now.
    pub fn new(session: &'a Session, ui: &egui::Ui) -> Self {
        let focused = ui.memory(egui::Memory::focused);
        Self { session, colors: Colors::for_visuals(ui.visuals()), focused, sent: RefCell::default() }
    }

    /// Returns whether a view may handle keys: no dialog is open and no other widget has the focus, now or when the
    /// frame began. Otherwise the Enter that ends a text field would also open a month. `own` is the view's own widget,
    /// which may have the focus.
    pub fn keys_are_free(&self, ui: &egui::Ui, own: Option<egui::Id>) -> bool {
        let is_free = |focused: Option<egui::Id>| focused.is_none() || focused == own;
        self.session.dialog().is_none() && is_free(self.focused) && is_free(ui.memory(egui::Memory::focused))
    }

    /// Whether no dialog was open and nothing had the focus at the beginning of the frame.
    pub fn keys_were_free(&self) -> bool {
        self.session.dialog().is_none() && self.focused.is_none()
    }

    /// Returns whether Enter belongs to no widget but `button`: it has just ended a field otherwise.
    pub fn has_free_enter(&self, button: egui::Id) -> bool {
        self.focused.is_none_or(|focused| focused == button)
    }

    /// Whether a dialog is open.
    pub fn has_dialog(&self) -> bool {
        self.session.dialog().is_some()
    }

    pub fn document(&self) -> &'a Document {
        &self.session.document
    }

    pub fn plan(&self) -> &'a Plan {
        self.session.plan()
    }

    /// The plan as a shared pointer. Results derived from a plan stay valid while the pointer is the same.
    pub fn plan_pointer(&self) -> &'a Arc<Plan> {
        self.session.plan()
    }

    pub fn schedule(&self) -> &'a Schedule {
        self.session.schedule()
    }

    pub fn findings(&self) -> &'a Findings {
        self.session.findings()
    }

    /// The input of rules and quick fixes.
    pub fn context(&self) -> Context<'a> {
        self.session.context()
    }

    /// Today's date in the plan's time zone.
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

    /// Whether the inspector is open: something is selected, or the overview was asked for.
    pub fn is_inspecting(&self) -> bool {
        self.navigation().shows_overview || (self.settings().shows_inspector && *self.selection() != Selection::Nothing)
    }

    /// The selected occurrences.
    pub fn selected_occurrences(&self) -> impl Iterator<Item = WindowOccurrence<'a>> {
        self.session.selected_occurrences()
    }

    /// The day of the selection.
    pub fn selected_day(&self) -> NaiveDate {
        self.session.selected_day()
    }

    /// The night of the selection, by the date of its evening.
    pub fn selected_night(&self) -> NaiveDate {
        self.session.selected_night()
    }

    /// What a change of the selected occurrences would do.
    pub fn bulk_outcome(&self, change: &BulkChange) -> BulkOutcome {
        self.session.bulk_outcome(change)
    }

    /// How many plans were opened after the first one: tells one opened plan from the next.
    pub fn opened_plans(&self) -> u32 {
        self.session.opened_plans()
    }

    pub fn settings(&self) -> &'a Settings {
        &self.session.settings
    }

    /// Returns whether a job is simulating how likely the occurrences are to fit.
    pub fn is_calculating_outlooks(&self) -> bool {
        self.session.is_simulating()
    }

    /// Returns whether a command can run now.
    pub fn is_enabled(&self, command: Command) -> bool {
        self.session.is_enabled(command)
    }

    /// Why a command is not available, if that is not obvious from its name.
    pub fn unavailable_reason(&self, command: Command) -> Option<&'static str> {
        self.session.unavailable_reason(command)
    }

    /// The name of a command, including what it acts on.
    pub fn label(&self, command: Command) -> String {
        self.session.label(command)
    }

    /// Queues an action; it runs before the next frame.
    pub fn send(&self, action: Action) {
        self.sent.borrow_mut().push(action);
    }

    pub fn edit(&self, edit: Edit) {
        self.send(Action::Edit(edit));
    }

    /// Makes an edit that was proposed: what it adds gets unique ids.
    pub fn edit_as_proposed(&self, edit: Edit) {
        self.edit(edit.with_unique_ids(self.plan(), &unique_word()));
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

    /// Opens the plan's settings at a part of the policy.
    pub fn open_policy(&self, page: PolicyPage) {
        self.open_dialog(Dialog::PlanSettings(Some(SettingsPage::Policy(page))));
    }

    /// Returns whether the plan may be edited.
    pub fn is_editable(&self) -> bool {
        self.session.file.read_only_reason().is_none()
    }

    /// Returns the queued actions in order.
    pub fn into_sent(self) -> Vec<Action> {
        self.sent.into_inner()
    }
}
