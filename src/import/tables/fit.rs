//! Which sheets of a workbook are about a topic: those whose titles fit it better than any other topic.

use super::layout::Layout;
use super::sheet::Sheet;
use super::sniff::SniffedTitles;
use crate::import::confidence::Confidence;
use crate::import::head::Head;
use crate::import::topic::Topic;

/// A kind of table, as far as it matters for telling sheets apart.
#[derive(Clone, Copy)]
pub struct TableKind {
    pub topic: Topic,
    pub layout: &'static Layout,
    pub sniff: fn(&Head) -> Confidence,
}

/// How a sheet fits the topic of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetFit {
    Best,
    /// No topic fits well, or others fit as well.
    Unclear,
    /// The titles fit this topic at least as well.
    Other(Topic),
    /// The sheet is about this topic, and nothing in it speaks of the topic of the import.
    Only(Topic),
}

/// Titles of times of day, which only windows need.
const OF_WINDOWS: [&str; 11] = [
    "start",
    "beginn",
    "start time",
    "startzeit",
    "uhrzeit",
    "end time",
    "endzeit",
    "duration",
    "dauer",
    "rule",
    "regel",
];

/// Titles of Outlook, whose exports of holidays have times of day as well.
const WHOLE_DAYS: [&str; 2] = ["all day event", "ganztägiges ereignis"];

/// How well the titles of a sheet fit a topic. Greater is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Closeness {
    is_likely: bool,
    /// How many columns are known.
    columns: usize,
    /// The sheet is called like the topic.
    is_named: bool,
}

/// Judges a sheet whose header was found with this many known columns. `is_chosen` if a person said what they hold.
pub fn sheet_fit(kinds: &[TableKind], topic: Topic, sheet: &Sheet, columns: usize, is_chosen: bool) -> SheetFit {
    let name = sheet.name.as_deref().unwrap_or_default();
    let head = Head::new(sheet.first_text().as_bytes());
    let judged = |kind: &TableKind, known: Option<usize>| {
        let is_named = is_called_like(name, kind.topic);
        let columns = known.unwrap_or_else(|| SniffedTitles::read(&head, kind.layout).known());
        let confidence = (kind.sniff)(&head);
        let is_likely =
            confidence >= Confidence::Likely || (is_named && confidence >= Confidence::Unlikely && columns > 0);
        Closeness { is_likely, columns, is_named }
    };
    let Some(kind) = kinds.iter().find(|kind| kind.topic == topic) else { return SheetFit::Best };
    let own = judged(kind, Some(columns));
    let own = Closeness { is_likely: own.is_likely || is_chosen, ..own };
    let others = kinds.iter().filter(|kind| kind.topic != topic).map(|kind| (judged(kind, None), kind.topic));
    match others.filter(|(other, _)| other.is_likely).max_by_key(|(other, _)| *other) {
        Some((other, topic)) if !own.is_likely && is_only(topic, other, &SniffedTitles::read(&head, kind.layout)) => {
            SheetFit::Only(topic)
        }
        Some((other, topic)) if other >= own => SheetFit::Other(topic),
        _ if own.is_likely => SheetFit::Best,
        _ => SheetFit::Unclear,
    }
}

/// Whether a sheet that may be about `topic` is about nothing else: its name says so, or its titles are those of windows.
fn is_only(topic: Topic, fit: Closeness, titles: &SniffedTitles) -> bool {
    let has_times = || titles.has_title(&OF_WINDOWS) && !titles.has_title(&WHOLE_DAYS);
    fit.is_named || (topic == Topic::Windows && has_times())
}

/// Whether the name of a sheet says what it is about.
fn is_called_like(sheet: &str, topic: Topic) -> bool {
    let words: &[&str] = match topic {
        Topic::Windows => &["window", "fenster", "wartung", "maintenance"],
        Topic::Holidays => &["holiday", "feiertag"],
        Topic::Freezes => &["freeze", "sperr", "frozen"],
        Topic::Systems => &["system", "server", "host", "cmdb"],
        Topic::Areas => &["area", "bereich", "department", "abteilung"],
        Topic::People => &["people", "person", "contact", "kontakt", "team"],
        Topic::Scans => &["scan"],
        Topic::Bulletins => &["bulletin"],
        Topic::Advisories => &["advisor", "cve", "vulnerab", "schwachstelle"],
        Topic::Notices | Topic::Results | Topic::Replies => &[],
    };
    let sheet = sheet.to_lowercase();
    words.iter().any(|word| sheet.contains(word))
}
