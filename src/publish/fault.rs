//! Why publishing stopped, worded for the person who must put it right.

use super::target::TargetError;
use super::url::Url;

/// What keeps everything from being published; what was sent until then is there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("{0} asks who you are (401). Give a user name and a password")]
    NoPassword(String),
    #[error("{0} does not know this user name with this password (401). Check both; some servers want an app password")]
    WrongPassword(String),
    #[error(
        "{0} wants a way of signing in that Windowsill does not know ({1}). Allow basic authentication for this address"
    )]
    OtherSignIn(String, String),
    #[error(
        "You may not write there (403). Ask the calendar's owner for the right to write, or publish to a calendar of your own: {0}"
    )]
    Forbidden(Url),
    #[error(
        "There is no calendar at that address (404). Make one there first (docs/publishing.md says how) and copy its \
         address: {0}"
    )]
    NotFound(Url),
    #[error(
        "The folder for the file is not there, or may not hold files (409). Make the folder on the server first: {0}"
    )]
    NoFolder(Url),
    #[error(
        "The server takes no calendars at that address (405). Give the address of a calendar, not that of its web page: {0}"
    )]
    NotAllowed(Url),
    #[error("There is no room left on the server (507). Make room there, then publish again: {0}")]
    Full(Url),
    #[error("The calendar is at another address now, and passwords do not follow by themselves. Publish to: {0}")]
    Moved(String),
    #[error("The server answers as no calendar server does ({reason}). Check the address: {url}")]
    NotDav { url: Url, reason: String },
    #[error("The server has trouble of its own ({status}). Publish again later: {url}")]
    ServerTrouble { url: Url, status: u16 },
    #[error("The server does not want it ({status}). Check the address: {url}")]
    Refused { url: Url, status: u16 },
    #[error(
        "{host} cannot be spoken to safely ({reason}), and nothing was sent. Check the address; where the certificate is \
         at fault, have it renewed, or add its authority to those of this system"
    )]
    Certificate { host: String, reason: String },
    #[error("{host} did not answer in {seconds} s. Check the network, then publish again")]
    Slow { host: String, seconds: u64 },
    #[error("There is no server of that name: {0}. Check the address and the network")]
    NoSuchHost(String),
    #[error("{host} cannot be reached ({reason}). Check the address and the network")]
    Unreachable { host: String, reason: String },
    #[error("Publishing was stopped")]
    Cancelled,
    #[error("{0}")]
    Target(#[from] TargetError),
    #[error(
        "This Windowsill was built without publishing to servers. Publish to a file, or build it with the feature `publish`"
    )]
    BuiltWithout,
}
