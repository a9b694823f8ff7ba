//! Why an order was not delivered.

use std::fmt;
use std::path::PathBuf;

use crate::export::FileType;
use crate::export::invites::NoOrganizer;
use crate::export::print::PrintError;
use crate::export::profiles::Complaint;
use crate::store::SaveError;
use crate::wording::{list, list_of_choices};

/// Why nothing was written. In the alternate form of its text the path comes first.
#[derive(Debug)]
pub enum DeliveryError {
    UnknownEnding {
        known: Vec<FileType>,
        path: PathBuf,
    },
    /// The file has not the ending of the form that was named.
    OtherEnding {
        expected: FileType,
        path: PathBuf,
    },
    NeedsFolder,
    /// Standard output takes text only.
    NoText,
    NoSuchForm,
    NoBasis,
    Stopped,
    NoCalendar(Vec<Complaint>),
    /// No window can be written for a system: why, window by window.
    NoWindow(Vec<String>),
    NoOrganizer(NoOrganizer),
    Print(PrintError),
    NotSaved(SaveError),
}

impl fmt::Display for DeliveryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownEnding { known, path } if f.alternate() => {
                write!(f, "{}: unknown output format ({})", path.display(), in_words(known))
            }
            Self::UnknownEnding { known, path } => {
                write!(f, "Unknown output format: {} ({})", in_words(known), path.display())
            }
            Self::OtherEnding { expected, path } if f.alternate() => {
                write!(f, "{}: the ending is not that of --format (use .{})", path.display(), expected.ending())
            }
            Self::OtherEnding { expected, path } => {
                write!(f, "The file needs the ending .{} ({})", expected.ending(), path.display())
            }
            Self::NeedsFolder => f.write_str("This writes several files: choose a folder (-o FOLDER)"),
            Self::NoText => f.write_str("Standard output takes text only: use -o with a file"),
            Self::NoSuchForm => f.write_str("The list is too long for this format: choose another one"),
            Self::NoBasis => f.write_str("The plan is not compared with anything yet: choose a basis in Changes"),
            Self::Stopped => f.write_str("Cancelled: nothing was written"),
            Self::NoCalendar(complaints) => complaints.last().map_or(Ok(()), |complaint| complaint.fmt(f)),
            Self::NoWindow(reasons) if reasons.is_empty() => {
                f.write_str("The plan has no windows: nothing was exported")
            }
            Self::NoWindow(reasons) => {
                let reasons: Vec<&str> = reasons.iter().map(String::as_str).collect();
                write!(f, "No window can be written: nothing was exported. {}", list(reasons, 3))
            }
            Self::NoOrganizer(error) => error.fmt(f),
            Self::Print(error) => error.fmt(f),
            Self::NotSaved(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for DeliveryError {}

impl From<NoOrganizer> for DeliveryError {
    fn from(error: NoOrganizer) -> Self {
        Self::NoOrganizer(error)
    }
}

impl From<PrintError> for DeliveryError {
    fn from(error: PrintError) -> Self {
        Self::Print(error)
    }
}

impl From<SaveError> for DeliveryError {
    fn from(error: SaveError) -> Self {
        Self::NotSaved(error)
    }
}

/// "use .csv, .json or .txt"
fn in_words(known: &[FileType]) -> String {
    let endings: Vec<String> = known.iter().map(|file_type| format!(".{}", file_type.ending())).collect();
    format!("use {}", list_of_choices(&endings))
}
