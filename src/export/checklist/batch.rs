//! Many packs in one document, with contents and a chapter for each month.

use chrono::NaiveDate;

use super::night::Night;
use super::{NoChecklist, name, sheet_of};
use crate::export::paper::{Document, Sheet};
use crate::export::translation::{Word, Words};
use crate::model::WindowId;
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

/// A document, and what could not be put into it.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    pub document: Document,
    /// The occurrences without a pack, each window once.
    pub missing: Vec<NoChecklist>,
}

/// The packs of those occurrences in the order in which they start; of an occurrence that is named twice, one.
/// `goes_on` is told how many of how many are done; where it says no, there is no document.
pub fn document(
    schedule: &Schedule,
    occurrences: &[(WindowId, NaiveDate)],
    revision: &str,
    goes_on: &(dyn Fn(usize, usize) -> bool + Sync),
) -> Option<Batch> {
    let mut missing = Vec::new();
    let found = in_order(schedule, occurrences, &mut missing);
    let mut made: Vec<(NaiveDate, Words, Sheet)> = Vec::with_capacity(found.len());
    for (done, (window, occurrence)) in found.iter().enumerate() {
        if !goes_on(done, found.len()) {
            return None;
        }
        match Night::new(schedule, window, occurrence) {
            Ok(night) => {
                let chapter = Some(night.words.month(night.first_day()));
                let sheet = Sheet { chapter, ..sheet_of(&night) };
                made.push((night.first_day(), night.words, sheet));
            }
            Err(error) if missing.contains(&error) => {}
            Err(error) => missing.push(error),
        }
    }
    Some(Batch { document: bound(schedule, made, revision), missing })
}

/// Those that there are, sorted by their starts.
fn in_order<'a>(
    schedule: &'a Schedule,
    occurrences: &[(WindowId, NaiveDate)],
    missing: &mut Vec<NoChecklist>,
) -> Vec<(&'a WindowSchedule, &'a Occurrence)> {
    let mut found = Vec::with_capacity(occurrences.len());
    for (id, on) in occurrences {
        match schedule.occurrence(id, *on) {
            Some((window, occurrence)) => found.push((&**window, occurrence)),
            None => missing.push(NoChecklist::Gone { window: name(id.as_str()), on: *on }),
        }
    }
    found.sort_by_key(|(window, occurrence)| (occurrence.start_at, window.id(), occurrence.original_on()));
    found.dedup_by_key(|(window, occurrence)| (window.id(), occurrence.original_on()));
    found
}

/// The sheets between two covers. Where they are in different words, what stands around them is in English.
fn bound(schedule: &Schedule, made: Vec<(NaiveDate, Words, Sheet)>, revision: &str) -> Document {
    let mut all = made.iter().map(|(_, words, _)| words);
    let words = all.next().filter(|first| all.all(|words| words == *first)).cloned().unwrap_or_default();
    let days = || made.iter().map(|(on, ..)| *on);
    let plan = name(schedule.plan.title());
    let title = match (days().min(), days().max()) {
        (Some(from), Some(to)) if from == to => words.fill(Word::PacksOfDay, &[("date", &words.date(from))]),
        (Some(from), Some(to)) => words.fill(Word::Packs, &[("from", &words.date(from)), ("to", &words.date(to))]),
        _ => plan.clone(),
    };
    Document {
        title,
        plan,
        revision: revision.to_owned(),
        contents: Some(words.say(Word::Contents)),
        page_of: words.say(Word::PageOf),
        sheets: made.into_iter().map(|(_, _, sheet)| sheet).collect(),
        language: words.language,
    }
}
