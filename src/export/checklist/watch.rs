//! The result of the watch: the baseline, what was found, and room to write it down.

use super::night::ChecklistContext;
use super::written::{name, written};
use crate::export::paper::{Labelled, Part, Room, Title};
use crate::export::translation::Word;

/// Lines for what was found.
const LINES: u8 = 3;

/// Nothing for a window without a watch, unless something was written down.
pub fn parts(night: &ChecklistContext<'_>) -> Vec<Part> {
    let (words, watch) = (&night.words, night.window.window.watch.as_ref());
    let record = night.record.and_then(|record| record.watch.as_ref());
    let until = night.watch_times().map(|(_, until)| night.moment(until)).unwrap_or_default();
    let mut parts = Vec::new();
    if watch.is_none() && record.is_none() {
        return parts;
    }
    let title = |word, beside| Part::Title(Title { text: words.say(word), beside });
    parts.push(title(Word::WatchResult, record.map_or(until, |record| signed(night, record))));
    let baseline = watch.map(|watch| written(&watch.baseline)).filter(|baseline| !baseline.is_empty());
    if let Some(text) = baseline {
        parts.push(Part::Labelled(vec![Labelled { label: words.say(Word::Baseline), text }]));
    }
    let texts = [
        (Word::WatchLogs, record.map(|record| &record.logs)),
        (Word::WatchPerformance, record.map(|record| &record.performance)),
    ];
    for (word, text) in texts {
        parts.push(title(word, String::new()));
        parts.push(Part::Room(Room { lines: LINES, written: text.map(|text| written(text)).unwrap_or_default() }));
    }
    parts
}

/// "Quiet: Ann Bell, Mon 15 Mar, 09:10"
fn signed(night: &ChecklistContext<'_>, record: &crate::model::WatchRecord) -> String {
    let who = format!("{}, {}", name(&record.by), night.moment(record.at));
    record.outcome.map_or_else(|| who.clone(), |outcome| format!("{}: {who}", night.words.watch_outcome(outcome)))
}
