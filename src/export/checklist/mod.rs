//! The pack for one night, and for many: what lies on the table, as sheets of paper.
//!
//! [`sheet`] decides what is said; how it looks is the writers' matter (`export/paper`). Every time in it is what a clock
//! in the window's zone really shows, also in a night in which the clocks change. Where the plan holds the record of the
//! night, the sheet is that record.

mod backout;
mod batch;
mod blocks;
mod head;
mod headings;
mod items;
mod night;
mod people;
mod preview;
mod rows;
mod signing;
mod systems;
mod timeline;

use super::paper::{Document, Part, Sheet, Title};
use super::text::{clean, clip, one_line};
use super::translation::Word;
use crate::schedule::{Occurrence, Schedule, WindowSchedule};
use night::Night;

pub use batch::{Batch, document};
pub use items::{Item, NoChecklist, of as items};
pub use preview::{Preview, PreviewBlock, PreviewItem, shown_for, users};

/// Characters of a name on paper. Nothing that anybody means as a name is longer.
const LONGEST_NAME: usize = 2_000;
/// Characters of what was written in several lines.
const LONGEST_TEXT: usize = 20_000;

fn name(text: &str) -> String {
    clip(one_line(text), LONGEST_NAME)
}

/// What a person wrote, line by line.
fn written(text: &str) -> String {
    clip(clean(text).trim().to_owned(), LONGEST_TEXT)
}

/// The pack of `occurrence`, which is one of `window`'s, from the checklist that the window has.
pub fn sheet(schedule: &Schedule, window: &WindowSchedule, occurrence: &Occurrence) -> Result<Sheet, NoChecklist> {
    Ok(sheet_of(&Night::new(schedule, window, occurrence)?))
}

/// A document of that one pack.
pub fn single(
    schedule: &Schedule,
    window: &WindowSchedule,
    occurrence: &Occurrence,
    revision: &str,
) -> Result<Document, NoChecklist> {
    let night = Night::new(schedule, window, occurrence)?;
    let sheet = sheet_of(&night);
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

fn sheet_of(night: &Night<'_>) -> Sheet {
    let (fit, words) = (night.window.fit(night.occurrence), &night.words);
    let mut parts = vec![Part::Head(head::head(night))];
    let people = people::of(night);
    if !people.is_empty() {
        parts.push(Part::Labelled(people));
    }
    parts.extend(head::notices(night, fit).into_iter().map(Part::Notice));
    let times = head::times(night, fit);
    let rollback = times.iter().find(|time| time.is_rollback).cloned();
    parts.push(Part::Times(times));
    parts.extend(fit.ok().map(|fit| Part::Timeline(timeline::of(night, &fit))));
    parts.push(Part::Headings(headings::of(night, fit)));
    if let Some(table) = systems::batches(night) {
        parts.push(Part::Title(Title { text: words.say(Word::SystemsInScope), beside: String::new() }));
        parts.push(Part::Table(table));
    }
    parts.extend(blocks::of(night));
    parts.extend(signing::of(night));
    parts.push(Part::NewPage);
    parts.extend(rollback.into_iter().flat_map(|rollback| backout::of(night, rollback)));
    Sheet { language: Some(words.language.clone()), ..Sheet::new(night.name(), parts) }
}
