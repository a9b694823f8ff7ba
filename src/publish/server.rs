//! What publishing asks of a server, so that it can be tried without one.

use super::fault::Fault;
use super::planning::Listing;

/// On which condition something may be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Only where nothing is there.
    Absent,
    /// Only what is in the state of that ETag.
    Is(String),
    /// The server has no ETags; what is there was read a moment ago.
    None,
}

/// A resource as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    pub etag: Option<String>,
    pub text: String,
}

/// What a server said to a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is done; with the new ETag, if the server says it.
    Done(Option<String>),
    /// The condition does not hold: somebody else was there.
    Changed,
    /// It does not take this one, for that reason.
    Refused(String),
}

/// Somewhere to put resources by name.
pub trait Server {
    /// What is there; none where the server lists nothing.
    ///
    /// # Errors
    /// Whatever keeps everything else from working, too; so in all of these.
    fn list(&self) -> Result<Option<Listing>, Fault>;

    /// None where nothing is there.
    ///
    /// # Errors
    /// As for [`Server::list`].
    fn get(&self, name: &str) -> Result<Option<Fetched>, Fault>;

    /// # Errors
    /// As for [`Server::list`].
    fn put(&self, name: &str, text: &str, condition: &Condition) -> Result<Answer, Fault>;

    /// What is not there any more counts as deleted.
    ///
    /// # Errors
    /// As for [`Server::list`].
    fn delete(&self, name: &str, condition: &Condition) -> Result<Answer, Fault>;
}
