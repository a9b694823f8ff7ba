//! A file that may contain an owner's reply: what the store reads from disk and the import understands.

/// A file that may contain a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyFile {
    /// The file's name, for messages.
    pub name: String,
    pub content: ReplyContent,
}

/// What was read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplyContent {
    Calendar(String),
    Mail(Vec<u8>),
    /// The reason why it could not be read.
    Unreadable(String),
}
