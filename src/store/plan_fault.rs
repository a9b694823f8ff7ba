//! What is wrong with a plan's text, and where, in words for the person who typed it.

use std::collections::HashMap;
use std::ops::ControlFlow;

use chrono::NaiveDate;
use ron::Error;
use ron::error::SpannedError;

use super::ron_fields;
use crate::model::{GroupId, LONGEST_NAME, WindowId};
use crate::wording::{list_of_choices, within_sentence};

/// A plan with a longer name is not opened, because the window would take seconds to lay it out. Far more than
/// [`LONGEST_NAME`], so that what earlier versions imported can be opened and shortened.
const LONGEST_SHOWN: usize = 10_000;

/// What chrono says about text that is not a date or a time of day.
const CHRONO_MESSAGES: [&str; 5] = [
    "input is out of range",
    "input contains invalid characters",
    "premature end of input",
    "trailing input",
    "no possible date and time matching input",
];

/// What is wrong with a plan's text.
pub(super) enum PlanFault {
    Ron(SpannedError),
    /// A window has two entries for one date, as happens when two people's edits are merged.
    TwoForDate {
        window: WindowId,
        list: DatedList,
        on: NaiveDate,
    },
    TwoGroups(GroupId),
    /// No window could show a name that is this long.
    LongName,
}

/// A list of a window with one entry for each date.
#[derive(Clone, Copy)]
pub(super) enum DatedList {
    Exceptions,
    Changes,
}

impl DatedList {
    /// The name of the list in the file, and of the field with the date.
    fn fields(self) -> (&'static str, &'static str) {
        match self {
            Self::Exceptions => ("exceptions", "on"),
            Self::Changes => ("changes", "from"),
        }
    }
}

impl PlanFault {
    /// Describes the fault in `text`.
    pub fn explain(&self, text: &str) -> SyntaxProblem {
        let found = merge_conflict(text).or_else(|| match self {
            Self::TwoForDate { window, list, on } => second_for_date(text, window, *list, *on),
            Self::TwoGroups(id) => second_group(text, id),
            Self::Ron(SpannedError { code: Error::Message(message), .. }) if is_duplicate_id(message) => {
                second_of_an_id(text, message)
                    .map(|(first, offset)| (format!("{message}, the first in line {first}"), offset))
            }
            Self::LongName => long_name(text),
            Self::Ron(_) => None,
        });
        if let Some((message, offset)) = found {
            return SyntaxProblem::new(&message, "", ron_fields::line_and_column(text, offset));
        }
        match self {
            Self::Ron(error) => {
                let at = error.span.start;
                let offset = ron_fields::offset(text, (at.line, at.col));
                if let Some(message) = value_message(&error.code, text, offset) {
                    return SyntaxProblem::new(&message, "", (at.line, at.col));
                }
                let record = enclosing_record(text, offset);
                let near = record.map_or_else(String::new, |id| format!(" in or after the record \"{id}\""));
                SyntaxProblem::new(&ron_message(&error.code), &near, (at.line, at.col))
            }
            Self::TwoForDate { window, list, on } => SyntaxProblem::new(&two_for_date(window, *list, *on), "", (1, 1)),
            Self::TwoGroups(id) => SyntaxProblem::new(&two_groups(id), "", (1, 1)),
            Self::LongName => SyntaxProblem::new("a name is too long", "", (1, 1)),
        }
    }
}

/// What is wrong with a plan's text, what to do about it, and the position, which counts from 1.
#[derive(Debug)]
pub struct SyntaxProblem {
    /// Begins in lower case.
    pub problem: String,
    /// None if there is nothing better to say than that the person should correct it.
    pub advice: Option<String>,
    pub line: usize,
    pub column: usize,
}

impl SyntaxProblem {
    /// `message` may end with advice: "invalid duration "4x": use e.g. 4h". `near` is added to the problem.
    fn new(message: &str, near: &str, (line, column): (usize, usize)) -> Self {
        let split = ["use ", "keep "].iter().find_map(|verb| {
            let at = message.rfind(&format!(": {verb}"))?;
            Some((&message[..at], message[at + 2..].to_owned()))
        });
        let (problem, advice) = split.map_or((message, None), |(problem, advice)| (problem, Some(advice)));
        Self { problem: format!("{problem}{near}"), advice, line, column }
    }
}

/// Whether a message of serde is the one of [`Table`](crate::model::Table) about two records with the same id.
fn is_duplicate_id(message: &str) -> bool {
    message.starts_with("duplicate ") && message.contains(" id \"")
}

/// RON's own message, except where it is meant for programmers.
fn ron_message(error: &Error) -> String {
    match error {
        Error::Eof => "unexpected end of text: a bracket or a quote is not closed".to_owned(),
        Error::MissingStructField { field, .. } => format!("missing field \"{field}\""),
        Error::DuplicateStructField { field, .. } => format!("duplicate field \"{field}\""),
        Error::ExceededRecursionLimit => "too many nested brackets".to_owned(),
        Error::NoSuchEnumVariant { expected, found, .. } => {
            format!("unknown value \"{found}\", expected {}", list_of_choices(expected))
        }
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => {
            "expected the opening `(` of a record".to_owned()
        }
        Error::ExpectedStructLikeEnd => "expected a comma or the closing `)`".to_owned(),
        Error::ExpectedComma => "expected a comma after the previous value".to_owned(),
        error => within_sentence(&error.to_string()),
    }
}

/// The message for a value of the wrong form, with the value in it: the one that begins at or before `offset`, since the
/// reader may have read a part of it. The messages of chrono and serde do not name it.
fn value_message(error: &Error, text: &str, offset: usize) -> Option<String> {
    match error {
        Error::Message(message) if CHRONO_MESSAGES.contains(&message.as_str()) => {
            let value = ron_fields::token_before(text, offset, |token| token.starts_with('"'))?.trim_matches('"');
            Some(if value.contains(':') && !value.contains('-') {
                format!("invalid time of day \"{value}\": use e.g. 22:00")
            } else {
                format!("invalid date \"{value}\": use e.g. 2027-03-13")
            })
        }
        Error::IntegerOutOfBounds => {
            let is_number = |token: &str| token.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
            let number = ron_fields::token_before(text, offset, is_number)?;
            Some(format!("the number {number} is out of range"))
        }
        _ => None,
    }
}

fn merge_conflict(text: &str) -> Option<(String, usize)> {
    let start = if text.starts_with("<<<<<<< ") { 0 } else { text.find("\n<<<<<<< ")? + 1 };
    Some(("unresolved merge conflict: keep one of the two versions".to_owned(), start))
}

fn two_for_date(window: &WindowId, list: DatedList, on: NaiveDate) -> String {
    let (what, preposition) = match list {
        DatedList::Exceptions => ("exceptions", "for"),
        DatedList::Changes => ("dated changes", "from"),
    };
    format!("the window \"{window}\" has two {what} {preposition} {on}: keep one of them")
}

fn second_for_date(text: &str, window: &WindowId, list: DatedList, on: NaiveDate) -> Option<(String, usize)> {
    let (list_name, date_name) = list.fields();
    let (id, on_text) = (format!("\"{window}\""), format!("\"{on}\""));
    let mut entries = None;
    ron_fields::visit(text, |field| {
        if field.value == id && field.path.starts_with("windows[") && field.path.ends_with("].id") {
            entries = field.path.strip_suffix("id").map(|path| format!("{path}{list_name}["));
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    let (entries, date_field) = (entries?, format!("].{date_name}"));
    let mut offsets = Vec::new();
    ron_fields::visit(text, |field| {
        if field.value == on_text && field.path.starts_with(&entries) && field.path.ends_with(&date_field) {
            offsets.push(field.offset);
        }
        ControlFlow::Continue(())
    });
    offsets.get(1).map(|offset| (two_for_date(window, list, on), *offset))
}

fn two_groups(id: &GroupId) -> String {
    format!("duplicate group id \"{id}\"")
}

/// Whether a name can be shown.
pub(super) fn is_showable(name: &str) -> bool {
    name.len() <= LONGEST_SHOWN || name.chars().count() <= LONGEST_SHOWN
}

/// The message for the first name that is too long.
fn long_name(text: &str) -> Option<(String, usize)> {
    let mut found = None;
    ron_fields::visit(text, |field| {
        let is_name = ["name", "title"].contains(&field.path.rsplit('.').next().unwrap_or_default());
        if is_name && !is_showable(field.value) {
            found = Some((field.value.chars().count(), field.offset));
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    let (length, offset) = found?;
    Some((format!("the name has {length} characters: use at most {LONGEST_NAME}"), offset))
}

/// The message for the second group with that id, which may be on another ladder.
fn second_group(text: &str, id: &GroupId) -> Option<(String, usize)> {
    let id_text = format!("\"{id}\"");
    let mut found = Vec::new();
    ron_fields::visit(text, |field| {
        let is_group =
            field.path.starts_with("ladders[") && field.path.ends_with("].id") && field.path.contains("].groups[");
        if is_group && field.value == id_text {
            found.push((field.line, field.offset));
        }
        ControlFlow::Continue(())
    });
    let ((first, _), (_, offset)) = (found.first()?, found.get(1)?);
    Some((format!("{}, the first in line {first}", two_groups(id)), *offset))
}

/// The line of the first and the offset of the second of two records in one list of the plan with the id that `message`
/// names.
fn second_of_an_id(text: &str, message: &str) -> Option<(usize, usize)> {
    let (_, id) = message.split_once('"')?;
    let (id, _) = id.rsplit_once('"')?;
    let is_it = |value: &str| value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) == Some(id);
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut found = None;
    ron_fields::visit(text, |field| {
        if let Some((list, "id")) =
            field.path.split_once('[').and_then(|(list, rest)| Some((list, rest.split_once("].")?.1)))
            && is_it(field.value)
            && let Some(first) = seen.insert(list.to_owned(), field.line)
        {
            found = Some((first, field.offset));
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    found
}

/// The id of the last record that begins before an offset in bytes.
fn enclosing_record(text: &str, offset: usize) -> Option<String> {
    let mut id = None;
    ron_fields::visit(text, |field| {
        if field.offset > offset {
            return ControlFlow::Break(());
        }
        if field.path.ends_with("].id") {
            id = Some(field.value.trim_matches('"').to_owned());
        }
        ControlFlow::Continue(())
    });
    id
}
