//! The message of a commit, made from what it changes.

use crate::export::text::{clip, one_line};
use crate::schedule::revision::{RecordChange, RecordPresence};
use crate::wording::counted;

/// The first line is cut after this many characters, as Git's own tools show it.
const LONGEST_SUBJECT: usize = 72;
/// Characters of a line with details.
const LONGEST_LINE: usize = 400;
/// More changes are only counted.
const MOST_LINES: usize = 100;

/// A short first line, then a line for each changed record: "Core DB moved to 27 Mar, 2 windows added".
/// `title` is the plan's. `is_new` is whether it was never committed.
pub fn commit_message(changes: &[RecordChange], title: &str, is_new: bool) -> String {
    let subject = if changes.is_empty() {
        let verb = if is_new { "Add" } else { "Update" };
        clip(one_line(&format!("{verb} {title}")), LONGEST_SUBJECT)
    } else {
        subject(changes)
    };
    let mut lines: Vec<String> = changes.iter().take(MOST_LINES).map(line).collect();
    let more = changes.len().saturating_sub(MOST_LINES);
    lines.extend((more > 0).then(|| format!("- and {more} more")));
    // A single change that the first line says in full needs no second one.
    let is_said = matches!(changes, [change] if change.words.len() == 1 && subject.ends_with(&change.words[0]));
    if lines.is_empty() || is_said { subject } else { format!("{subject}\n\n{}", lines.join("\n")) }
}

fn line(change: &RecordChange) -> String {
    format!("- {}", clip(one_line(&change.in_words()), LONGEST_LINE))
}

fn subject(changes: &[RecordChange]) -> String {
    let (windows, records): (Vec<_>, Vec<_>) = changes.iter().partition(|change| change.is_window());
    let (kept, others): (Vec<&RecordChange>, Vec<&RecordChange>) =
        windows.into_iter().partition(|change| change.presence == RecordPresence::Kept);
    let rest = [counts(&others, "window"), counts(&records, "record")].concat();
    let each = |changes: &[&RecordChange]| changes.iter().map(|change| named(change)).collect::<Vec<_>>();
    // The most specific line that is short enough.
    let candidates = [
        [each(&kept), each(&others), each(&records)].concat(),
        [each(&kept), rest.clone()].concat(),
        [counts(&kept, "window"), rest].concat(),
    ];
    let lines = candidates.map(|parts| capitalised(&one_line(&parts.join(", "))));
    let fits = |line: &&String| line.chars().count() <= LONGEST_SUBJECT;
    lines
        .iter()
        .find(fits)
        .cloned()
        .unwrap_or_else(|| clip(lines.into_iter().next_back().unwrap_or_default(), LONGEST_SUBJECT))
}

/// "Core DB moved to 27 Mar", "Core DB: 3 dates moved"
fn named(change: &RecordChange) -> String {
    let colon = if change.in_short.starts_with(|c: char| c.is_ascii_digit()) { ":" } else { "" };
    format!("{}{colon} {}", change.title(), change.in_short)
}

/// "2 windows added", "1 window changed"
fn counts(changes: &[&RecordChange], noun: &str) -> Vec<String> {
    let kinds =
        [(RecordPresence::New, "added"), (RecordPresence::Kept, "changed"), (RecordPresence::Removed, "removed")];
    let counts = kinds.map(|(presence, verb)| (changes.iter().filter(|each| each.presence == presence).count(), verb));
    counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, verb)| format!("{} {verb}", counted(count, noun)))
        .collect()
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
