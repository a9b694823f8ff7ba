//! What can keep a calendar from being published, and what to do about it.

use std::borrow::Cow;
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

impl PublishError {
    /// The address or server that the problem is about; empty if there is none.
    fn address(&self) -> String {
        match self {
            Self::PasswordMissing { origin }
            | Self::PasswordWrong { origin }
            | Self::SignInUnsupported { origin, method: _ } => origin.clone(),
            Self::Forbidden(url) | Self::NoCalendar(url) | Self::NoFolder(url) | Self::StorageFull(url) => {
                url.to_string()
            }
            Self::NotWritable { url, status: _ }
            | Self::Redirected { from: url, to: _ }
            | Self::NotDav { url, reason: _ }
            | Self::ServerFailed { url, status: _ }
            | Self::Refused { url, status: _ } => url.to_string(),
            Self::Insecure { host, reason: _ }
            | Self::TimedOut { host, seconds: _ }
            | Self::UnknownHost(host)
            | Self::Unreachable { host, reason: _ } => host.clone(),
            Self::FilesOnly | Self::Target(_) | Self::Cancelled => String::new(),
        }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (problem, advice): (Cow<'_, str>, &str) = match self {
            Self::Cancelled => return f.write_str("Publishing was stopped"),
            Self::Target(error) => return error.fmt(f),
            Self::PasswordMissing { .. } => ("sign-in required (401)".into(), "enter a user name and a password"),
            Self::PasswordWrong { .. } => {
                ("wrong user name or password (401)".into(), "check both; some servers require an app password")
            }
            Self::SignInUnsupported { method, .. } => (
                format!("the server requires {method} sign-in, which Windowsill does not support").into(),
                "allow basic authentication for this address",
            ),
            Self::Forbidden(_) => (
                "no permission to write here (403)".into(),
                "ask the calendar's owner for write access, or publish to your own calendar",
            ),
            Self::NoCalendar(_) => (
                "no calendar at this address (404)".into(),
                "create one first and copy its address, as docs/publishing.md describes",
            ),
            Self::NoFolder(_) => (
                "the folder for this file does not exist or cannot contain files (409)".into(),
                "create the folder on the server first",
            ),
            Self::NotWritable { status, .. } => (
                format!("the server does not accept calendars at this address ({status})").into(),
                "use the address of the calendar, not that of its web page",
            ),
            Self::StorageFull(_) => {
                ("the server has no space left (507)".into(), "free some space there, then publish again")
            }
            Self::Redirected { to: None, .. } => {
                ("the server redirects, but does not say where".into(), "check the address")
            }
            Self::Redirected { to: Some(to), .. } => (
                format!("the calendar has moved to {to}").into(),
                "publish to that address; passwords are never sent to another address automatically",
            ),
            Self::NotDav { reason, .. } => {
                (format!("this does not look like a calendar server ({reason})").into(), "check the address")
            }
            Self::ServerFailed { status, .. } => {
                (format!("the server has a problem ({status})").into(), "publish again later")
            }
            Self::Refused { status, .. } => {
                (format!("the server rejected the request ({status})").into(), "check the address")
            }
            Self::Insecure { reason, .. } => (
                format!("no secure connection, so nothing was sent ({reason})").into(),
                "check the address; if the certificate is invalid, renew it, or trust its authority on this system",
            ),
            Self::TimedOut { seconds, .. } => {
                (format!("no answer within {seconds} s").into(), "check the network, then publish again")
            }
            Self::UnknownHost(_) => ("unknown server".into(), "check the address and the network"),
            Self::Unreachable { reason, .. } => {
                (format!("cannot reach the server ({reason})").into(), "check the address and the network")
            }
            Self::FilesOnly => (
                "this build of Windowsill cannot publish to servers".into(),
                "publish to a file, or build it with the feature `publish`",
            ),
        };
        Explanation::new(problem, advice).at(self.address()).fmt(f)
    }
}
