//! Messages to the user, shown until they are dismissed or replaced.

#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub text: String,
    pub is_error: bool,
    /// Whether the next edit removes it.
    pub until_next_edit: bool,
}

/// All messages, the newest last.
#[derive(Debug, Default)]
pub struct Messages(Vec<Message>);

impl Messages {
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.0.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn last(&self) -> Option<&Message> {
        self.0.last()
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Shows a message until the next edit. Replaces earlier messages that are not errors.
    pub(in crate::session) fn show_message(&mut self, text: impl Into<String>) {
        self.0.retain(|message| message.is_error);
        self.0.push(Message { text: text.into(), is_error: false, until_next_edit: true });
    }

    /// Shows an error. Replaces earlier errors: what was tried last counts.
    pub(in crate::session) fn show_error(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.drop_errors();
        self.0.push(Message { text, is_error: true, until_next_edit: false });
    }

    pub(in crate::session) fn drop_errors(&mut self) {
        self.0.retain(|message| !message.is_error);
    }

    /// Drops messages that are shown until the next edit.
    pub(in crate::session) fn drop_outdated(&mut self) {
        self.0.retain(|message| !message.until_next_edit);
    }
}
