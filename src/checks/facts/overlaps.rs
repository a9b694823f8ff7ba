//! Occurrences of two windows that take place at the same time.

use std::sync::Arc;

use crate::schedule::{WindowOccurrence, WindowSchedule};

/// Two windows with one occurrence each.
pub type OccurrencePair<'a> = [WindowOccurrence<'a>; 2];

/// Adds the pairs of occurrences that overlap to `found`. Stops as soon as `found` has more than `most` pairs, so that
/// the caller can tell that there are too many.
pub fn overlaps_of_two<'a>(
    first: &'a Arc<WindowSchedule>,
    second: &'a Arc<WindowSchedule>,
    most: usize,
    found: &mut Vec<OccurrencePair<'a>>,
) {
    // Both lists are sorted by start, so they are walked side by side.
    let theirs = &second.expansion.occurrences;
    let mut from = 0;
    for occurrence in &first.expansion.occurrences {
        while theirs.get(from).is_some_and(|other| other.end_at <= occurrence.start_at) {
            from += 1;
        }
        let candidates = theirs[from..].iter().take_while(|other| other.start_at < occurrence.end_at);
        for other in candidates.filter(|other| occurrence.overlaps(other)) {
            found.push([(first, occurrence), (second, other)]);
            if found.len() > most {
                return;
            }
        }
    }
}
