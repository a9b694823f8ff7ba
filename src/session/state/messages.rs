//! Messages for the person, shown until they are dismissed or replaced.

use std::sync::Arc;

use crate::model::Plan;

#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub text: String,
    pub is_error: bool,
    /// The plan that was current when it came: a message about an edit leaves with the next one.
    pub about: Option<Arc<Plan>>,
}

/// The newest last.
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

    /// Shows what was done with `plan`, in place of what was said before.
    pub(in crate::session) fn inform(&mut self, text: impl Into<String>, plan: &Arc<Plan>) {
        self.0.retain(|message| message.is_error);
        self.0.push(Message { text: text.into(), is_error: false, about: Some(Arc::clone(plan)) });
    }

    pub(in crate::session) fn report(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.0.retain(|message| message.text != text);
        self.0.push(Message { text, is_error: true, about: None });
    }

    pub(in crate::session) fn drop_errors(&mut self) {
        self.0.retain(|message| !message.is_error);
    }

    /// Drops messages about an earlier plan.
    pub(in crate::session) fn drop_outdated(&mut self) {
        self.0.retain(|message| message.about.is_none());
    }
}
