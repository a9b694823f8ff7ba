//! Messages to the user: what was done, information and errors.

use std::path::PathBuf;

use crate::session::verbs::command::Command;

/// A message. It is shown over the view, so that it moves nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// No other message of the session has the same one.
    pub id: u64,
    pub text: String,
    pub kind: MessageKind,
    pub buttons: Vec<MessageButton>,
    /// Whether the next edit removes it.
    until_next_edit: bool,
}

/// What a message is about, which decides where it is shown, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// An edit, which can be undone.
    Edit,
    /// Something else that the user asked for and that is done.
    Done,
    /// Something that the user did not ask for, or that could not be done for a harmless reason.
    Information,
    /// Stays until it is dismissed.
    Error,
}

/// A button of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum MessageButton {
    /// Undoes or redoes a step, as long as the plan's history is at that number.
    Step(Command, u64),
    /// Opens a file or folder with the program that the desktop uses for it.
    Open(PathBuf),
    /// Opens the folder that contains a file.
    ShowInFolder(PathBuf),
}

impl MessageButton {
    pub fn text(&self) -> &'static str {
        match self {
            Self::Step(command, _) => command.name(),
            Self::Open(_) => "Open",
            Self::ShowInFolder(_) => "Show in folder",
        }
    }
}

impl Message {
    pub fn is_error(&self) -> bool {
        self.kind == MessageKind::Error
    }

    /// Whether it confirms what the user did.
    pub fn is_toast(&self) -> bool {
        matches!(self.kind, MessageKind::Edit | MessageKind::Done)
    }

    /// How long it is shown, in seconds; none if until it is dismissed.
    pub fn seconds(&self) -> Option<f64> {
        match self.kind {
            MessageKind::Edit => Some(4.0),
            MessageKind::Done | MessageKind::Information => Some(8.0),
            MessageKind::Error => None,
        }
    }
}

/// All messages, the newest last. Each replaces the earlier ones of its kind: what was done last counts, and what was
/// tried last.
#[derive(Debug, Default)]
pub struct Messages {
    list: Vec<Message>,
    newest: u64,
}

impl Messages {
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.list.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn last(&self) -> Option<&Message> {
        self.list.last()
    }

    /// What was done last, if it is still shown.
    pub fn toast(&self) -> Option<&Message> {
        self.list.iter().find(|message| message.is_toast())
    }

    pub fn clear(&mut self) {
        self.list.clear();
    }

    /// Removes one message.
    pub(in crate::session) fn dismiss(&mut self, id: u64) {
        self.list.retain(|message| message.id != id);
    }

    /// Says what was done.
    pub(in crate::session) fn show_toast(&mut self, kind: MessageKind, text: String, buttons: Vec<MessageButton>) {
        self.list.retain(|message| !message.is_toast());
        self.push(text, kind, buttons);
    }

    /// Adds to what was done.
    pub(in crate::session) fn append_to_toast(&mut self, more: &str) {
        if let Some(message) = self.list.iter_mut().find(|message| message.is_toast()) {
            message.text.push_str(more);
        }
    }

    /// Shows information. Replaces earlier information.
    pub(in crate::session) fn show_message(&mut self, text: String) {
        self.list.retain(|message| message.kind != MessageKind::Information);
        self.push(text, MessageKind::Information, Vec::new());
    }

    /// The same until the next edit.
    pub(in crate::session) fn show_until_next_edit(&mut self, text: String) {
        self.show_message(text);
        if let Some(message) = self.list.last_mut() {
            message.until_next_edit = true;
        }
    }

    /// Shows an error. Replaces earlier errors.
    pub(in crate::session) fn show_error(&mut self, text: String) {
        self.drop_errors();
        self.push(text, MessageKind::Error, Vec::new());
    }

    fn push(&mut self, text: String, kind: MessageKind, buttons: Vec<MessageButton>) {
        self.newest += 1;
        self.list.push(Message { id: self.newest, text, kind, buttons, until_next_edit: false });
    }

    pub(in crate::session) fn drop_errors(&mut self) {
        self.list.retain(|message| !message.is_error());
    }

    /// Drops what was done if something else was done since, so that its button cannot undo that instead. `at` is the number
    /// of the plan's history.
    pub(in crate::session) fn drop_passed_steps(&mut self, at: u64) {
        let is_passed = |button: &MessageButton| matches!(button, MessageButton::Step(_, step) if *step != at);
        self.list.retain(|message| !message.buttons.iter().any(is_passed));
    }

    /// Drops messages that are shown until the next edit.
    pub(in crate::session) fn drop_outdated(&mut self) {
        self.list.retain(|message| !message.until_next_edit);
    }
}
