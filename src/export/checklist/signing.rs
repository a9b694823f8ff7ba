//! The sign-offs after the work, and room for lessons learned.

use super::night::ChecklistContext;
use super::written::written;
use crate::export::paper::{Part, Room, SignOff, Title};
use crate::export::translation::Word;

/// Lines for the lessons learned.
const LINES: u8 = 5;

/// The sign-offs. Security signs for the follow-up authenticated scan, without which patching is not done.
pub fn parts(night: &ChecklistContext<'_>) -> Vec<Part> {
    let words = &night.words;
    let title = |word| Part::Title(Title { text: words.say(word), beside: String::new() });
    let sign_off =
        |(who, what)| SignOff { who: words.say(who), what: words.say(what), hint: words.say(Word::SignHere) };
    let all = [
        (Word::Infrastructure, Word::DeployedIt),
        (Word::SoftwareSupport, Word::ValidatedIt),
        (Word::Security, Word::AssessedIt),
    ];
    let notes = night.record.map(|record| written(&record.notes)).unwrap_or_default();
    vec![
        title(Word::SignOff),
        Part::SignOffs(all.into_iter().map(sign_off).collect()),
        title(Word::LessonsLearned),
        Part::Room(Room { lines: LINES, written: notes }),
    ]
}
