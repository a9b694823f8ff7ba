//! What is different from the plan that the board saw last.

use chrono::NaiveDate;

use super::coming::{LONGEST_TEXT, title};
use crate::export::paper::{Labelled, Part, Table};
use crate::export::sheet_text::{column, name};
use crate::export::text::{clean, clip, clip_line, one_line};
use crate::schedule::Revision;
use crate::schedule::revision::{DateRevision, OccurrencePeriod, RecordRevision, WindowRevision};

/// A sentence, then the windows and their dates up to `last`. Later dates are listed only if their notice is too short.
pub fn parts(since: Option<&Revision>, last: NaiveDate) -> Vec<Part> {
    let heading = title("Changes", "");
    let Some(since) = since else {
        return vec![heading, Part::Text("Not compared with an earlier plan".to_owned())];
    };
    if since.is_empty() {
        return vec![heading, Part::Text("No differences".to_owned())];
    }
    let sentences = std::iter::once(since.summary()).chain(since.remarks()).map(|text| one_line(&text));
    let mut parts = vec![heading, Part::Text(sentences.collect::<Vec<_>>().join("\n"))];
    let rows: Vec<_> = since.windows.iter().flat_map(|window| rows(window, last)).collect();
    if !rows.is_empty() {
        let columns = [("Window", 6), ("Change", 9), ("Before", 8), ("Now", 8), ("Notice by", 5)];
        parts.push(Part::Table(Table { columns: columns.map(|(name, share)| column(name, share)).into(), rows }));
    }
    if !since.records.is_empty() {
        let record = |each: &RecordRevision| Labelled {
            label: name(&each.title()),
            text: clip_line(&each.in_words(), LONGEST_TEXT),
        };
        parts.push(Part::Labelled(since.records.iter().map(record).collect()));
    }
    parts
}

/// What changed about the window as a whole, then about its dates that are near or whose notice is too short.
fn rows(window: &WindowRevision, last: NaiveDate) -> Vec<Vec<String>> {
    let is_near = |date: &DateRevision| [&date.before, &date.after].into_iter().flatten().any(|when| when.on() <= last);
    let is_told =
        |date: &&DateRevision| date.counts() && date.has_own_line() && (is_near(date) || date.late_days().is_some());
    let dates = window.dates.iter().filter(is_told).map(|date| {
        let when = |when: Option<&OccurrencePeriod>| when.map_or_else(String::new, OccurrencePeriod::in_words);
        let notice = date.notice_in_words().unwrap_or_default();
        vec![name(&window.name), name(&date.in_words()), when(date.before.as_ref()), when(date.after.as_ref()), notice]
    });
    let lines = window.lines();
    // If only its fields are different, the headline would repeat them.
    let headline = (lines.is_empty() || !window.dates.is_empty()).then(|| window.headline());
    let whole: Vec<String> = headline.into_iter().chain(lines).filter(|line| !line.is_empty()).collect();
    let whole = clip(clean(&whole.join("\n")), LONGEST_TEXT);
    let first = vec![name(&window.name), whole, String::new(), String::new(), String::new()];
    std::iter::once(first).chain(dates).collect()
}
