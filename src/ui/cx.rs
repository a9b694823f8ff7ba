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
    sent: RefCell<Vec<Action>>,
}

impl<'a> Cx<'a> {
    pub fn new(session: &'a Session, colors: &'static Colors) -> Self {
        Self { session, colors, sent: RefCell::default() }
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
