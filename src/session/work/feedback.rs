//! Says what was done, and what it changed in the findings: "Moved Core DB to Tue 13 Apr: 1 error fewer".

use std::path::PathBuf;
use std::sync::Arc;

use crate::checks::FindingCounts;
use crate::model::Edit;
use crate::session::session::{ApplyToSession, Session};
use crate::session::state::messages::{MessageButton, MessageKind};
use crate::session::verbs::command::Command;
use crate::store;

impl Session {
    /// Says what an edit has done and what it changed in the findings, with a button to undo it.
    pub(in crate::session) fn announce_edit(&mut self, done: &str, before: FindingCounts) {
        self.announce(done, before, Command::Undo);
    }

    /// Carries out an edit, and adds to what is said about it. Returns whether the plan changed.
    pub(in crate::session) fn edit_and_add(&mut self, edit: &Edit, more: &str) -> bool {
        let before = Arc::clone(self.plan());
        self.edit(edit);
        let has_changed = !Arc::ptr_eq(&before, self.plan());
        if has_changed {
            self.messages.append_to_toast(more);
        }
        has_changed
    }

    /// The same after Undo or Redo, with a button for the opposite.
    pub(in crate::session) fn announce(&mut self, done: &str, before: FindingCounts, opposite: Command) {
        let change = before.change_to(FindingCounts::new(self.findings()));
        let text = if change.is_empty() { done.to_owned() } else { format!("{done}: {change}") };
        let button = self.step_button(opposite);
        self.messages.show_toast(MessageKind::Edit, text, vec![button]);
    }

    /// Says that something is done that cannot be undone.
    pub(in crate::session) fn show_done(&mut self, text: impl Into<String>) {
        self.show_done_with(text, Vec::new());
    }

    /// The same for a step that can be undone but is not an edit.
    pub(in crate::session) fn show_undoable(&mut self, text: impl Into<String>) {
        let button = self.step_button(Command::Undo);
        self.show_done_with(text, vec![button]);
    }

    fn step_button(&self, command: Command) -> MessageButton {
        MessageButton::Step(command, self.document.history.number())
    }

    /// Undoes or redoes the step that a message was about. Text that was still in a field has become a step of its own before.
    pub(in crate::session) fn step_back_or_forward(&mut self, command: Command, at: u64) {
        if self.document.history.number() == at {
            return self.run(command);
        }
        let name = command.name().to_lowercase();
        self.show_message(format!(
            "Nothing to {name}: the plan was changed after that. Use Undo to go back step by step."
        ));
    }

    /// The same with buttons.
    pub(in crate::session) fn show_done_with(&mut self, text: impl Into<String>, buttons: Vec<MessageButton>) {
        self.messages.show_toast(MessageKind::Done, text.into(), buttons);
    }

    pub fn show_message(&mut self, text: impl Into<String>) {
        self.messages.show_message(text.into());
    }

    pub fn show_error(&mut self, text: impl Into<String>) {
        self.messages.show_error(text.into());
    }

    /// Opens a file or folder with the program that the desktop uses for it.
    pub(in crate::session) fn open_elsewhere(&mut self, path: PathBuf) {
        self.jobs.start_write(format!("Open {}", path.display()), move |_| -> ApplyToSession {
            let opened = store::open_elsewhere(&path);
            Box::new(move |session| {
                if let Err(error) = opened {
                    session.show_error(error.to_string());
                }
            })
        });
    }
}
