//! What publishing needs from a server, as a trait, so that it can be tested without one.

use std::collections::BTreeMap;

use super::publish_error::PublishError;

/// The resources in a collection by name, each with its ETag. None if the server has no ETag for it.
pub type Listing = BTreeMap<String, Option<String>>;

/// The condition under which something may be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PutCondition {
    /// Nothing exists under this name.
    Absent,
    /// The resource still has this ETag.
    Unchanged(String),
    /// The server has no ETags. The resource was read a moment ago.
    Unconditional,
}

/// A resource as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    pub etag: Option<String>,
    pub text: String,
}

/// A server's answer to a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerAnswer {
    /// The change was made. Contains the new ETag if the server returned one.
    Done(Option<String>),
    /// The condition was not met, because somebody else made a change.
    Changed,
    /// The server rejected this resource for this reason, but may accept others.
    Refused(String),
}

/// A server that stores resources by name.
///
/// All methods return an error only for problems that would also affect all further requests.
pub trait Server {
    /// Lists all resources. None if the server cannot list them.
    fn list(&self) -> Result<Option<Listing>, PublishError>;

    /// Reads a resource. None if there is none with this name.
    fn get(&self, name: &str) -> Result<Option<Fetched>, PublishError>;

    /// Creates or replaces a resource.
    fn put(&self, name: &str, text: &str, condition: &PutCondition) -> Result<ServerAnswer, PublishError>;

    /// Deletes a resource. If it no longer exists, that counts as done.
    fn delete(&self, name: &str, condition: &PutCondition) -> Result<ServerAnswer, PublishError>;
}
