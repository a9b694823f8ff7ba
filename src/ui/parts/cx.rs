//! What views see and how they speak: they read the session and send actions.

use std::cell::RefCell;
use std::sync::Arc;

use super::theme::Colors;
use crate::model::{Edit, Plan};
use crate::session::{Action, Command, Dialog, Place, Selection, Session, View};

/// One frame's view of the program.
pub struct Cx<'a> {
    pub session: &'a Session,
    pub colors: &'static Colors,
    /// What had the keyboard when the frame began.
    focused: Option<egui::Id>,
    sent: RefCell<Vec<Action>>,
}

impl<'a> Cx<'a> {
    /// A view of the program for the frame that begins now.
    pub fn new(session: &'a Session, ui: &egui::Ui) -> Self {
        let focused = ui.memory(egui::Memory::focused);
        Self { session, colors: Colors::of(ui.visuals()), focused, sent: RefCell::default() }
    }

    /// Whether a view may take the keys: no dialog is open and nothing else has them, nor had them when the frame
    /// began. The Enter that ends a text field opens no month. `own` is the view's own widget that may have them.
    pub fn keys_are_free(&self, ui: &egui::Ui, own: Option<egui::Id>) -> bool {
        let is_free = |focused: Option<egui::Id>| focused.is_none() || focused == own;
        self.session.dialog.is_none() && is_free(self.focused) && is_free(ui.memory(egui::Memory::focused))
    }

    pub fn plan(&self) -> &'a Plan {
        self.session.plan()
    }

    /// The plan with its pointer: what is derived from a plan is valid as long as this is the same one.
    pub fn plan_pointer(&self) -> &'a Arc<Plan> {
        self.session.plan()
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

    pub fn reveal(&self, place: Place) {
        self.send(Action::Reveal(place));
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
