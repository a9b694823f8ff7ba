//! The backout plan, on a page of its own: by when, step by step, system by system.

use super::night::ChecklistContext;
use super::systems;
use super::written::written;
use crate::export::paper::{CheckItem, Checks, KeyTime, Labelled, Part, Room, Title};
use crate::export::translation::Word;

/// Lines to write on if the steps have not been written down.
const LINES: u8 = 8;

/// The page. `rollback`: the time by which to roll back, as the first page shows it.
pub fn parts(night: &ChecklistContext<'_>, rollback: KeyTime) -> Vec<Part> {
    let (plan, words) = (&night.window.window.backout, &night.words);
    let tested = plan.tested_on.map_or_else(|| words.say(Word::NeverTested), |on| words.date(on));
    let mut parts = vec![
        Part::Title(Title { text: words.say(Word::BackoutPlan), beside: night.name() }),
        Part::Times(vec![rollback]),
        Part::Labelled(vec![Labelled { label: words.say(Word::BackoutTested), text: tested }]),
    ];
    let title = Title { text: words.say(Word::BackoutSteps), beside: String::new() };
    let steps = written(&plan.steps);
    let steps: Vec<&str> = steps.lines().map(str::trim).filter(|step| !step.is_empty()).collect();
    if steps.is_empty() {
        parts.push(Part::Title(Title { beside: words.say(Word::NotWritten), ..title }));
        parts.push(Part::Room(Room::empty(LINES)));
    } else {
        let step =
            |text: &&str| CheckItem { text: (*text).to_owned(), at: String::new(), owner: String::new(), done: None };
        let items = steps.iter().map(step).collect();
        parts.push(Part::Checks(Checks { title, who: words.say(Word::Who), when: words.say(Word::When), items }));
    }
    if let Some(table) = systems::ways_back(night) {
        parts.push(Part::Title(Title { text: words.say(Word::WaysBack), beside: String::new() }));
        parts.push(Part::Table(table));
    }
    parts
}
