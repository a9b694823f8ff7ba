//! Where a calendar is published: a file, one file on a web server, or a collection of events.

use std::fmt;
use std::path::{Path, PathBuf};

use super::url::{Typed, Url, UrlError};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A file that is replaced as a whole: on a share, or in a web server's folder.
    File(PathBuf),
    /// One file on a WebDAV server.
    Resource(Url),
    /// A CalDAV or WebDAV collection with one resource an event.
    Collection(Url),
}

/// A target as a person typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedTarget {
    pub target: Target,
    /// The user name that the address held.
    pub user: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    #[error("Write where to publish: the path of an .ics file, or the address of a calendar")]
    Empty,
    #[error("A calendar file ends in .ics. Add it: {}", .0.display())]
    Ending(PathBuf),
    #[error("{0}")]
    Url(#[from] UrlError),
    #[error(
        "Over http:// the password and the calendar go in clear text, and whoever is on the way reads them. \
         Use https://, or say that this network is safe: {0}"
    )]
    ClearText(Url),
}

impl Target {
    /// # Errors
    /// What is neither the path of an .ics file nor the address of a calendar.
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
        let Typed { url, user } = Url::parse(text)?;
        let target = if url.is_calendar_file() { Self::Resource(url) } else { Self::Collection(url.as_collection()) };
        Ok(TypedTarget { target, user })
    }

    pub fn url(&self) -> Option<&Url> {
        match self {
            Self::File(_) => None,
            Self::Resource(url) | Self::Collection(url) => Some(url),
        }
    }

    /// Whether nobody on the way can read what is sent.
    ///
    /// # Errors
    /// An address that is neither encrypted nor this machine's.
    pub fn is_safe(&self) -> Result<(), TargetError> {
        match self.url() {
            Some(url) if !url.is_encrypted() && !url.is_loopback() => Err(TargetError::ClearText(url.clone())),
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
    fn the_ending_says_whether_it_is_one_file_or_a_collection() {
        let parsed = |text| Target::parse(text).unwrap().target;
        assert!(matches!(parsed("https://example.org/year.ics"), Target::Resource(_)));
        assert_eq!(parsed("https://example.org/dav/year").to_string(), "https://example.org/dav/year/");
        assert!(matches!(parsed("https://example.org/dav/year.ics/"), Target::Collection(_)));
        assert!(matches!(parsed("share/year.ICS"), Target::File(path) if path.is_absolute()));
    }

    #[test]
    fn another_file_than_a_calendar_is_never_a_target() {
        assert_eq!(Target::parse("  "), Err(TargetError::Empty));
        assert_eq!(Target::parse("plan.ron"), Err(TargetError::Ending("plan.ron".into())));
    }

    #[test]
    fn clear_text_is_for_this_machine_alone() {
        let is_safe = |text| Target::parse(text).unwrap().target.is_safe().is_ok();
        assert!(is_safe("http://127.0.0.1:5232/anna/year/") && is_safe("https://example.org/") && is_safe("year.ics"));
        assert!(!is_safe("http://example.org/"));
    }
}
