//! The checklist of one occurrence as a sheet.

use super::items::ChecklistError;
use super::night::ChecklistContext;
use super::written::name;
use super::{backout, blocks, head, headings, people, signing, systems, timeline, watch};
use crate::export::paper::{Document, Part, Sheet, Title};
use crate::export::translation::Word;
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

/// The checklist of `occurrence`, which is one of `window`'s, from the template that the window has.
pub fn sheet(schedule: &Schedule, window: &WindowSchedule, occurrence: &Occurrence) -> Result<Sheet, ChecklistError> {
    Ok(night_sheet(&ChecklistContext::new(schedule, window, occurrence)?))
}

/// A document of that one checklist.
pub fn single(
    schedule: &Schedule,
    window: &WindowSchedule,
    occurrence: &Occurrence,
    revision: &str,
) -> Result<Document, ChecklistError> {
    let night = ChecklistContext::new(schedule, window, occurrence)?;
    let sheet = night_sheet(&night);
    Ok(Document {
        title: sheet.name.clone(),
        language: night.words.language.clone(),
        plan: name(schedule.plan.title()),
        revision: revision.to_owned(),
        contents: None,
        page_of: night.words.say(Word::PageOf),
        sheets: vec![sheet],
    })
}

/// The sheet of a night.
pub fn night_sheet(night: &ChecklistContext<'_>) -> Sheet {
    let (fit, words) = (night.window.fit(night.occurrence), &night.words);
    let mut parts = vec![Part::Head(head::head(night))];
    let people = people::labelled(night);
    if !people.is_empty() {
        parts.push(Part::Labelled(people));
    }
    parts.extend(head::notices(night, fit).into_iter().map(Part::Notice));
    let times = head::times(night, fit);
    let rollback = times.iter().find(|time| time.is_rollback).cloned();
    parts.push(Part::Times(times));
    parts.extend(fit.ok().map(|fit| Part::Timeline(timeline::timeline(night, &fit))));
    parts.push(Part::Headings(headings::headings(night, fit)));
    if let Some(table) = systems::batches(night) {
        parts.push(Part::Title(Title { text: words.say(Word::SystemsInScope), beside: String::new() }));
        parts.push(Part::Table(table));
    }
    parts.extend(blocks::parts(night));
    parts.extend(watch::parts(night));
    parts.extend(signing::parts(night));
    parts.push(Part::NewPage);
    parts.extend(rollback.into_iter().flat_map(|rollback| backout::parts(night, rollback)));
    Sheet { language: Some(words.language.clone()), ..Sheet::new(night.name(), parts) }
}
