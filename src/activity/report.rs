//! The result of comparing a log with a plan.

use std::collections::HashMap;

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use super::classes::{Class, Verdict};
use super::times::in_words;

/// More bytes than a row of JSON has without its host and window.
const LONGEST_ROW: usize = 112;

/// All events of a log with their classes.
#[derive(Debug, Default)]
pub struct ActivityReport {
    rows: Vec<Row>,
    hosts: Names,
    windows: Names,
    counts: [usize; 5],
}

/// A row in few bytes: logs have millions.
#[derive(Clone, Copy, Debug)]
struct Row {
    line: u32,
    /// `None` if it is unreadable.
    at: Option<i64>,
    host: u32,
    class: Class,
    window: Option<u32>,
}

/// Each text once.
#[derive(Debug, Default)]
struct Names {
    texts: Vec<String>,
    known: HashMap<String, u32>,
}

impl Names {
    fn index(&mut self, text: &str) -> u32 {
        if let Some(index) = self.known.get(text) {
            return *index;
        }
        let index = self.texts.len() as u32;
        self.texts.push(text.to_owned());
        self.known.insert(text.to_owned(), index);
        index
    }
}

/// A row as it is written.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct EventRow<'a> {
    pub line: u32,
    /// RFC 3339 in UTC.
    pub time: Option<String>,
    pub host: Option<&'a str>,
    pub class: Class,
    /// Id.
    pub window: Option<&'a str>,
}

impl ActivityReport {
    /// Adds an event on a host.
    pub fn add(&mut self, line: usize, host: &str, verdict: &Verdict<'_>) {
        let host = self.hosts.index(host);
        let window = verdict.window.map(|window| self.windows.index(window.id().as_str()));
        self.push(Row { line: line as u32, at: Some(verdict.at), host, class: verdict.class, window });
    }

    /// Adds a line whose time or host cannot be read.
    pub fn add_unreadable(&mut self, line: usize) {
        let host = self.hosts.index("");
        self.push(Row { line: line as u32, at: None, host, class: Class::Unreadable, window: None });
    }

    fn push(&mut self, row: Row) {
        self.counts[row.class as usize] += 1;
        self.rows.push(row);
    }

    pub fn count(&self, class: Class) -> usize {
        self.counts[class as usize]
    }

    pub fn rows(&self) -> impl Iterator<Item = EventRow<'_>> {
        self.rows.iter().map(|row| EventRow {
            line: row.line,
            time: row.at.map(in_words),
            host: row.at.map(|_| self.hosts.texts[row.host as usize].as_str()),
            class: row.class,
            window: row.window.map(|window| self.windows.texts[window as usize].as_str()),
        })
    }

    /// The report as JSON with a line break, which is all that is in memory beside the rows.
    ///
    /// # Errors
    /// Cannot happen: all of it is text and numbers.
    pub fn json(&self) -> serde_json::Result<Vec<u8>> {
        let length = |row: &Row| {
            let window = row.window.map_or(4, |window| self.windows.texts[window as usize].len());
            LONGEST_ROW + self.hosts.texts[row.host as usize].len() + window
        };
        // Growing, it would be in memory twice.
        let mut json = Vec::with_capacity(2 * LONGEST_ROW + self.rows.iter().map(length).sum::<usize>());
        serde_json::to_writer(&mut json, self)?;
        json.push(b'\n');
        Ok(json)
    }

    /// "412 expected, 3 on hosts not in scope, 7 outside any window"
    pub fn in_words(&self) -> String {
        let words = [
            (Class::Expected, "expected"),
            (Class::Unapproved, "in windows without approval"),
            (Class::WrongSystem, "on hosts not in scope"),
            (Class::Outside, "outside any window"),
            (Class::Unreadable, "unreadable"),
        ];
        let all = words.into_iter().filter(|(class, _)| *class == Class::Expected || self.count(*class) > 0);
        all.map(|(class, words)| format!("{} {words}", self.count(class))).collect::<Vec<_>>().join(", ")
    }
}

impl Serialize for ActivityReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        struct Rows<'a>(&'a ActivityReport);
        impl Serialize for Rows<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut list = serializer.serialize_seq(Some(self.0.rows.len()))?;
                for row in self.0.rows() {
                    list.serialize_element(&row)?;
                }
                list.end()
            }
        }
        let mut report = serializer.serialize_struct("ActivityReport", 7)?;
        report.serialize_field("version", &1)?;
        report.serialize_field("expected", &self.count(Class::Expected))?;
        report.serialize_field("unapproved", &self.count(Class::Unapproved))?;
        report.serialize_field("wrong_system", &self.count(Class::WrongSystem))?;
        report.serialize_field("outside", &self.count(Class::Outside))?;
        report.serialize_field("unreadable", &self.count(Class::Unreadable))?;
        report.serialize_field("rows", &Rows(self))?;
        report.end()
    }
}
