//! A file in which an owner may have answered, as it was read: what the disk hands to those who understand it.

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// What messages call it: the file's name.
    pub name: String,
    pub body: PostBody,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PostBody {
    Calendar(String),
    Mail(Vec<u8>),
    /// It could not be read, and why.
    Unreadable(String),
}
