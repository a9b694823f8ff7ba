//! Why a source as a whole cannot be imported, worded for the person who can change that.

use std::fmt;

use super::limits::{FIRST_ROWS, LARGEST_FILE, MOST_CELLS, MOST_RECORDS};
use super::topic::Topic;
use crate::wording::{list_of_choices, plural};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    #[error("The file is empty")]
    Empty,
    #[error("The file is larger than {} MB: split it into several", LARGEST_FILE >> 20)]
    TooLarge,
    #[error("The file has more than {MOST_RECORDS} {0}: split it into several")]
    TooMany(&'static str),
    #[error("The table has more than {MOST_CELLS} cells: delete empty columns, or split the file into several")]
    TooManyCells,
    #[error("The workbook is too large ({0} once unpacked): split it into several, or save it as CSV")]
    TooLargeUnpacked(String),
    #[error("{0} files cannot be imported together: choose one")]
    TooManyFiles(usize),
    #[error("{0}")]
    Unreadable(String),
    #[error("The import was cancelled")]
    Cancelled,
    #[error(
        "Missing {}: one of the first {FIRST_ROWS} rows must name the columns, or assign them with the option column \
         (found: {found})",
        columns(.missing)
    )]
    MissingColumns { missing: String, found: String },
    #[error("No line or row {0} for the titles: choose one that the table has")]
    NoTitleLine(usize),
    #[error("This is Windowsill's {name}, which cannot be imported as {}{}", .wanted.words().id, import_as(.topic.as_ref()))]
    OwnList { name: &'static str, wanted: Topic, topic: Option<Topic> },
    #[error("Unknown column \"{title}\": use a title of the table (found: {found})")]
    NoSuchColumn { title: String, found: String },
    #[error("Unknown field \"{field}\". Known fields: {known}")]
    NoSuchField { field: String, known: String },
    #[error("Cannot read this workbook ({0}): save it again as .xlsx, or as CSV")]
    BrokenWorkbook(String),
    #[error("The file has a NUL byte (line {0}), which text never has: save it again as CSV, or as .xlsx")]
    NulByte(usize),
    #[error(
        "This is a workbook whose cells have the text of another kind of file: save that text as a separate file, and import \
         that"
    )]
    TextInWorkbook,
    #[error("The workbook has a password: save it without one, or as CSV")]
    Protected,
    #[error(
        "Not a catalogue of advisories ({0}): expected a list \"vulnerabilities\" whose entries have cveID, \
         vendorProject, product, dateAdded and dueDate"
    )]
    NotCatalogue(String),
    /// A document of a connected system that is damaged, or of another shape than it seems to be.
    #[error("Cannot read this as {name}: {problem}")]
    BrokenDocument { name: &'static str, problem: String },
    #[error("Not a calendar: expected a line BEGIN:VCALENDAR or BEGIN:VEVENT")]
    NotCalendar,
    #[error("The mail contains no calendar: save the calendar that it is about, and import that")]
    MailWithoutCalendar,
    #[error("{0}")]
    UnreadMail(String),
    #[error("No events in this file (found: {0}): only events (VEVENT) are imported")]
    NoEvents(String),
    #[error("Components are nested more than {most} levels deep (line {line}): a calendar needs three")]
    TooDeep { most: usize, line: usize },
    #[error("No replies in this folder: choose one with calendars (.ics) or e-mails (.eml)")]
    NoReplies,
    #[error(
        "{}. Expected {expected}{}",
        .content.unwrap_or("Unknown file content"),
        .looks_like.as_ref().map(ToString::to_string).unwrap_or_default()
    )]
    NotRecognised {
        expected: String,
        /// What the file is, if it is known, as a sentence without a full stop.
        content: Option<&'static str>,
        /// The id of its kind, if it is known.
        kind: Option<&'static str>,
        looks_like: Option<Box<LooksLike>>,
    },
    #[error("{error}{looks_like}")]
    WrongTopic { error: Box<ImportError>, looks_like: Box<LooksLike> },
}

/// What a file looks like instead of what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LooksLike {
    /// The ids of these kinds.
    pub kinds: Vec<&'static str>,
    /// What it may be, if only a person can tell: "a table of advisories (CSV)".
    pub names: Vec<&'static str>,
    /// What each of them brings.
    pub topics: Vec<Topic>,
}

impl ImportError {
    /// The id of the kind that the refused file is of, as far as that is known.
    pub fn kind(&self) -> Option<&'static str> {
        match self {
            Self::NotRecognised { kind: Some(kind), .. } => Some(kind),
            Self::NotRecognised { looks_like: Some(looks_like), .. } | Self::WrongTopic { looks_like, .. } => {
                looks_like.kinds.first().copied()
            }
            _ => None,
        }
    }
}

/// What a list can be imported as.
fn import_as(topic: Option<&Topic>) -> String {
    topic.map_or_else(String::new, |topic| format!(": import it as {}", topic.words().id))
}

/// "column \"date\"", "columns \"name\" and \"date\""
fn columns(missing: &str) -> String {
    let columns = if missing.contains(" and ") { plural("column") } else { "column".to_owned() };
    format!("{columns} {missing}")
}

impl fmt::Display for LooksLike {
    /// ". This looks like a table of advisories (CSV): import it as advisories"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let topics: Vec<&str> = self.topics.iter().map(|topic| topic.words().id).collect();
        write!(f, ". This looks like {}: import it as {}", list_of_choices(&self.names), list_of_choices(&topics))
    }
}
