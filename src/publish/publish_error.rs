//! What can keep a calendar from being published, and what to do about it.

use std::fmt;

use super::target::TargetError;
use super::url::Url;
use crate::wording::Explanation;

/// A problem that every further request would meet as well. What was sent before it stays published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublishError {
    PasswordMissing {
        origin: String,
    },
    PasswordWrong {
        origin: String,
    },
    /// The server does not offer basic authentication, but this other way of signing in.
    SignInUnsupported {
        origin: String,
        method: String,
    },
    Forbidden(Url),
    /// There is no collection to publish to.
    NoCalendar(Url),
    /// There is no folder for the file to publish.
    NoFolder(Url),
    /// The server does not accept calendars here; the address may be that of a web page.
    NotWritable {
        url: Url,
        status: u16,
    },
    StorageFull(Url),
    Redirected {
        from: Url,
        /// None if the server does not say it.
        to: Option<String>,
    },
    NotDav {
        url: Url,
        reason: String,
    },
    ServerFailed {
        url: Url,
        status: u16,
    },
    Refused {
        url: Url,
        status: u16,
    },
    Insecure {
        host: String,
        reason: String,
    },
    TimedOut {
        host: String,
        seconds: u64,
    },
    UnknownHost(String),
    Unreachable {
        host: String,
        reason: String,
    },
    /// This build can only publish to files.
    FilesOnly,
    Target(TargetError),
    Cancelled,
}

impl From<TargetError> for PublishError {
    fn from(error: TargetError) -> Self {
        Self::Target(error)
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let explanation = match self {
            Self::Cancelled => return f.write_str("Publishing was stopped"),
            Self::Target(error) => return error.fmt(f),
            Self::PasswordMissing { origin } => {
                Explanation::new("sign-in required (401)", "enter a user name and a password").at(origin)
            }
            Self::PasswordWrong { origin } => Explanation::new(
                "wrong user name or password (401)",
                "check both; some servers require an app password",
            )
            .at(origin),
            Self::SignInUnsupported { origin, method } => Explanation::new(
                format!("the server requires {method} sign-in, which Windowsill does not support"),
                "allow basic authentication for this address",
            )
            .at(origin),
            Self::Forbidden(url) => Explanation::new(
                "no permission to write here (403)",
                "ask the calendar's owner for write access, or publish to your own calendar",
            )
            .at(url),
            Self::NoCalendar(url) => Explanation::new(
                "no calendar at this address (404)",
                "create one first and copy its address, as docs/publishing.md describes",
            )
            .at(url),
            Self::NoFolder(url) => Explanation::new(
                "the folder for this file does not exist or cannot contain files (409)",
                "create the folder on the server first",
            )
            .at(url),
            Self::NotWritable { url, status } => Explanation::new(
                format!("the server does not accept calendars at this address ({status})"),
                "use the address of the calendar, not that of its web page",
            )
            .at(url),
            Self::StorageFull(url) => {
                Explanation::new("the server has no space left (507)", "free some space there, then publish again")
                    .at(url)
            }
            Self::Redirected { from, to: None } => {
                Explanation::new("the server redirects, but does not say where", "check the address").at(from)
            }
            Self::Redirected { from, to: Some(to) } => Explanation::new(
                format!("the calendar has moved to {to}"),
                "publish to that address; passwords are never sent to another address automatically",
            )
            .at(from),
            Self::NotDav { url, reason } => {
                Explanation::new(format!("this does not look like a calendar server ({reason})"), "check the address")
                    .at(url)
            }
            Self::ServerFailed { url, status } => {
                Explanation::new(format!("the server has a problem ({status})"), "publish again later").at(url)
            }
            Self::Refused { url, status } => {
                Explanation::new(format!("the server rejected the request ({status})"), "check the address").at(url)
            }
            Self::Insecure { host, reason } => Explanation::new(
                format!("no secure connection, so nothing was sent ({reason})"),
                "check the address; if the certificate is invalid, renew it, or trust its authority on this system",
            )
            .at(host),
            Self::TimedOut { host, seconds } => {
                Explanation::new(format!("no answer within {seconds} s"), "check the network, then publish again")
                    .at(host)
            }
            Self::UnknownHost(host) => Explanation::new("unknown server", "check the address and the network").at(host),
            Self::Unreachable { host, reason } => {
                Explanation::new(format!("cannot reach the server ({reason})"), "check the address and the network")
                    .at(host)
            }
            Self::FilesOnly => Explanation::new(
                "this build of Windowsill cannot publish to servers",
                "publish to a file, or build it with the feature `publish`",
            ),
        };
        explanation.fmt(f)
    }
}
