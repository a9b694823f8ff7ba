//! The checklists of many occurrences in one document, with contents and a chapter for each month.

use chrono::NaiveDate;

use super::items::ChecklistError;
use super::night::ChecklistContext;
use super::sheet::night_sheet;
use super::written::name;
use crate::export::paper::{Document, Sheet};
use crate::export::translation::{Word, Words};
use crate::model::WindowId;
use crate::progress::Progress;
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

/// A document, and what is missing from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    pub document: Document,
    /// Why occurrences have no checklist, each reason once.
    pub missing: Vec<ChecklistError>,
}

/// The checklists of those occurrences in the order of their starts; one for an occurrence that is given twice. None if
/// it is cancelled.
pub fn document(
    schedule: &Schedule,
    occurrences: &[(WindowId, NaiveDate)],
    revision: &str,
    progress: &Progress,
) -> Option<Batch> {
    let mut missing = Vec::new();
    let found = in_order(schedule, occurrences, &mut missing);
    let mut made: Vec<(NaiveDate, Words, Sheet)> = Vec::with_capacity(found.len());
    for (done, (window, occurrence)) in found.iter().enumerate() {
        if !progress.continues(done, found.len()) {
            return None;
        }
        match ChecklistContext::new(schedule, window, occurrence) {
            Ok(night) => {
                let chapter = Some(night.words.month(night.first_day()));
                let sheet = Sheet { chapter, ..night_sheet(&night) };
                made.push((night.first_day(), night.words, sheet));
            }
            Err(error) if missing.contains(&error) => {}
            Err(error) => missing.push(error),
        }
    }
    Some(Batch { document: bound(schedule, made, revision), missing })
}

/// The occurrences that exist, sorted by their starts.
fn in_order<'a>(
    schedule: &'a Schedule,
    occurrences: &[(WindowId, NaiveDate)],
    missing: &mut Vec<ChecklistError>,
) -> Vec<(&'a WindowSchedule, &'a Occurrence)> {
    let mut found = Vec::with_capacity(occurrences.len());
    for (id, on) in occurrences {
        match schedule.occurrence(id, *on) {
            Some((window, occurrence)) => found.push((&**window, occurrence)),
            None => missing.push(ChecklistError::Gone { window: name(id.as_str()), on: *on }),
        }
    }
    found.sort_by_key(|(window, occurrence)| (occurrence.start_at, window.id(), occurrence.original_on()));
    found.dedup_by_key(|(window, occurrence)| (window.id(), occurrence.original_on()));
    found
}

/// The sheets as one document. If they are in different languages, everything around them is in English.
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
