//! What is wrong with a plan's text, in words for the person who typed it, and where.

use std::collections::HashMap;
use std::ops::ControlFlow;

use chrono::NaiveDate;
use ron::Error;
use ron::error::SpannedError;

use super::place;
use crate::model::{GroupId, WindowId};

/// What is wrong with a text.
pub(super) enum Fault {
    Ron(SpannedError),
    /// One window says twice what happens on a date, as when two people's edits were merged.
    TwoExceptions {
        window: WindowId,
        on: NaiveDate,
    },
    TwoGroups(GroupId),
}

impl Fault {
    /// The message, then line and column from 1.
    pub fn explained(&self, text: &str) -> (String, usize, usize) {
        let found = merge_conflict(text).or_else(|| match self {
            Self::TwoExceptions { window, on } => second_exception(text, window, *on),
            Self::TwoGroups(id) => second_group(text, id),
            Self::Ron(SpannedError { code: Error::Message(message), .. }) if message.starts_with("two ") => {
                second_of_an_id(text).map(|(first, offset)| (format!("{message}, the first in line {first}"), offset))
            }
            Self::Ron(_) => None,
        });
        if let Some((message, offset)) = found {
            let (line, column) = place::line_and_column(text, offset);
            return (capitalised(&message), line, column);
        }
        match self {
            Self::Ron(error) => {
                let at = error.span.start;
                let message = capitalised(&ron_in_words(&error.code));
                let record = enclosing_record(text, at.line);
                let place = record.map_or_else(String::new, |id| format!(" in or after the record \"{id}\""));
                (format!("{message}{place}"), at.line, at.col)
            }
            Self::TwoExceptions { window, on } => (capitalised(&two_exceptions(window, *on)), 1, 1),
            Self::TwoGroups(id) => (capitalised(&two_groups(id)), 1, 1),
        }
    }
}

/// RON's own words, but for those that speak to programmers.
fn ron_in_words(error: &Error) -> String {
    match error {
        Error::Eof => "the text ends too early: a bracket or a quote is not closed".to_owned(),
        Error::MissingStructField { field, .. } => format!("the field \"{field}\" is missing"),
        Error::DuplicateStructField { field, .. } => format!("the field \"{field}\" stands there twice"),
        Error::ExceededRecursionLimit => "brackets are nested deeper than in any plan".to_owned(),
        Error::NoSuchEnumVariant { expected, found, .. } => {
            format!("\"{found}\" is none of the choices {}", expected.join(", "))
        }
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => {
            "expected the opening `(` of a record".to_owned()
        }
        Error::ExpectedStructLikeEnd => "expected a comma or the closing `)`".to_owned(),
        Error::ExpectedComma => "expected a comma after the value before".to_owned(),
        error => error.to_string(),
    }
}

fn merge_conflict(text: &str) -> Option<(String, usize)> {
    let start = if text.starts_with("<<<<<<< ") { 0 } else { text.find("\n<<<<<<< ")? + 1 };
    Some(("two versions were merged and the conflict is not resolved: keep one of the two".to_owned(), start))
}

fn two_exceptions(window: &WindowId, on: NaiveDate) -> String {
    format!("the window \"{window}\" has two exceptions for {on}: keep one of them")
}

fn second_exception(text: &str, window: &WindowId, on: NaiveDate) -> Option<(String, usize)> {
    let (id, on_text) = (format!("\"{window}\""), format!("\"{on}\""));
    let mut index = None;
    place::fields(text, |field| {
        if field.value == id && field.path.starts_with("windows[") && field.path.ends_with("].id") {
            index = field.path.strip_suffix("id").map(|path| format!("{path}exceptions["));
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    let index = index?;
    let mut places = Vec::new();
    place::fields(text, |field| {
        if field.value == on_text && field.path.starts_with(&index) && field.path.ends_with("].on") {
            places.push(field.offset);
        }
        ControlFlow::Continue(())
    });
    places.get(1).map(|offset| (two_exceptions(window, on), *offset))
}

fn two_groups(id: &GroupId) -> String {
    format!("two groups have the id \"{id}\"")
}

/// Also of two ladders.
fn second_group(text: &str, id: &GroupId) -> Option<(String, usize)> {
    let id_text = format!("\"{id}\"");
    let mut places = Vec::new();
    place::fields(text, |field| {
        let is_group =
            field.path.starts_with("ladders[") && field.path.ends_with("].id") && field.path.contains("].groups[");
        if is_group && field.value == id_text {
            places.push((field.line, field.offset));
        }
        ControlFlow::Continue(())
    });
    let ((first, _), (_, offset)) = (places.first()?, places.get(1)?);
    Some((format!("{}, the first in line {first}", two_groups(id)), *offset))
}

/// The line of the first and the offset of the second record with one id in one list of the plan.
fn second_of_an_id(text: &str) -> Option<(usize, usize)> {
    let mut seen: HashMap<(String, String), usize> = HashMap::new();
    let mut found = None;
    place::fields(text, |field| {
        if let Some((list, "id")) =
            field.path.split_once('[').and_then(|(list, rest)| Some((list, rest.split_once("].")?.1)))
            && let Some(first) = seen.insert((list.to_owned(), field.value.to_owned()), field.line)
        {
            found = Some((first, field.offset));
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    found
}

/// The id of the last record that begins at or before `line`.
fn enclosing_record(text: &str, line: usize) -> Option<String> {
    let mut id = None;
    place::fields(text, |field| {
        if field.line > line {
            return ControlFlow::Break(());
        }
        if field.path.ends_with("].id") {
            id = Some(field.value.trim_matches('"').to_owned());
        }
        ControlFlow::Continue(())
    });
    id
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
