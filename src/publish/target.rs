//! Where a calendar is published: a file, one file on a web server, or a collection of events.

use std::fmt;
use std::path::{Path, PathBuf};

use super::url::{TypedUrl, Url, UrlError};
use crate::wording::Explanation;

/// A destination to publish to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A file that is replaced as a whole: on a share, or in a web server's folder.
    File(PathBuf),
    /// One file on a WebDAV server.
    Resource(Url),
    /// A CalDAV or WebDAV collection with one resource per event.
    Collection(Url),
}

/// A target as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedTarget {
    pub target: Target,
    /// The user name that the address contained.
    pub user: Option<String>,
}

/// Why nothing can be published to a typed target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetError {
    Empty,
    /// A file that is not a calendar file.
    Ending(PathBuf),
    Url(UrlError),
    /// An http:// address of another machine.
    Unencrypted(Url),
}

impl From<UrlError> for TargetError {
    fn from(error: UrlError) -> Self {
        Self::Url(error)
    }
}

impl std::error::Error for TargetError {}

impl fmt::Display for TargetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let explanation = match self {
            Self::Url(error) => return error.fmt(f),
            Self::Empty => Explanation::new("no target", "enter the path of an .ics file or the address of a calendar"),
            Self::Ending(path) => {
                Explanation::new("a calendar file must end in .ics", "add the ending").at(path.display())
            }
            Self::Unencrypted(url) => Explanation::new(
                "http:// sends the password and the calendar unencrypted; anyone on the network can read them",
                "use https://, or confirm that this network is safe",
            )
            .at(url),
        };
        explanation.fmt(f)
    }
}

impl Target {
    /// Parses a path or an address.
    ///
    /// # Errors
    /// Anything but the path of an .ics file or the address of a calendar.
    pub fn parse(text: &str) -> Result<TypedTarget, TargetError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(TargetError::Empty);
        }
        if !text.contains("://") {
            let path = PathBuf::from(text);
            let is_calendar = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ics"));
            if !is_calendar {
                return Err(TargetError::Ending(path));
            }
            return Ok(TypedTarget { target: Self::File(absolute(&path)), user: None });
        }
        let TypedUrl { url, user } = Url::parse(text)?;
        let target = if url.is_calendar_file() { Self::Resource(url) } else { Self::Collection(url.into_collection()) };
        Ok(TypedTarget { target, user })
    }

    pub fn url(&self) -> Option<&Url> {
        match self {
            Self::File(_) => None,
            Self::Resource(url) | Self::Collection(url) => Some(url),
        }
    }

    /// Makes sure that nobody on the network can read what is sent.
    ///
    /// # Errors
    /// An unencrypted address of another machine.
    pub fn check_encryption(&self) -> Result<(), TargetError> {
        match self.url() {
            Some(url) if !url.is_encrypted() && !url.is_loopback() => Err(TargetError::Unencrypted(url.clone())),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Resource(url) | Self::Collection(url) => url.fmt(f),
        }
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_tells_one_file_from_a_collection() {
        let parsed = |text| Target::parse(text).unwrap().target;
        assert!(matches!(parsed("https://example.org/year.ics"), Target::Resource(_)));
        assert_eq!(parsed("https://example.org/dav/year").to_string(), "https://example.org/dav/year/");
        assert!(matches!(parsed("https://example.org/dav/year.ics/"), Target::Collection(_)));
        assert!(matches!(parsed("share/year.ICS"), Target::File(path) if path.is_absolute()));
    }

    #[test]
    fn only_a_calendar_file_can_be_a_target() {
        assert_eq!(Target::parse("  "), Err(TargetError::Empty));
        assert_eq!(Target::parse("plan.ron"), Err(TargetError::Ending("plan.ron".into())));
    }

    #[test]
    fn unencrypted_addresses_are_only_safe_on_this_machine() {
        let is_safe = |text| Target::parse(text).unwrap().target.check_encryption().is_ok();
        assert!(is_safe("http://127.0.0.1:5232/anna/year/") && is_safe("https://example.org/") && is_safe("year.ics"));
        assert!(!is_safe("http://example.org/"));
    }
}
