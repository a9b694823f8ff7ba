//! The name in a typed line: what nothing else has taken. Words that look like part of a rule or a time are not taken for
//! a name in silence.

use super::scope::{TypedScope, unknown_words};
use super::{Part, Word};
use crate::model::{Plan, check_name_length};

/// Words without a meaning at the edge of a name.
const FILLERS: [&str; 13] = ["at", "for", "on", "from", "in", "with", "and", "to", "of", "the", "a", "an", "starting"];

/// Words that change a rule wherever they are.
const RULE_WORDS: [&str; 20] = [
    "every",
    "each",
    "daily",
    "weekly",
    "biweekly",
    "fortnightly",
    "monthly",
    "bimonthly",
    "quarterly",
    "yearly",
    "annually",
    "jeden",
    "jede",
    "jeder",
    "täglich",
    "wöchentlich",
    "monatlich",
    "quartalsweise",
    "vierteljährlich",
    "jährlich",
];

/// Words that change the rule or the time beside them.
const EDGE_WORDS: [&str; 51] = [
    "before",
    "after",
    "following",
    "next",
    "this",
    "coming",
    "last",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "until",
    "till",
    "through",
    "thru",
    "except",
    "excluding",
    "not",
    "but",
    "or",
    "than",
    "by",
    "around",
    "about",
    "circa",
    "beginning",
    "since",
    "ending",
    "ends",
    "begins",
    "starts",
    "within",
    "between",
    "over",
    "under",
    "no",
    "never",
    "only",
    "unless",
    "if",
    "when",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "quarter",
    "year",
    "years",
];

/// Units that follow a number: "four hours" is not read.
const UNITS: [&str; 10] = ["hour", "hours", "hrs", "hr", "min", "mins", "minute", "minutes", "uhr", "o'clock"];

/// What is left must be one stretch of words: the name.
pub(super) fn find_name(words: &[Word], scope: &TypedScope, plan: &Plan) -> Result<String, String> {
    let stretches = stretches(words);
    for stretch in &stretches {
        refuse_rule_words(words, stretch)?;
    }
    let text =
        |stretch: &[usize]| stretch.iter().map(|index| words[*index].text.as_str()).collect::<Vec<_>>().join(" ");
    match stretches.as_slice() {
        [] => Err("Missing name: begin with it, e.g. \"Core DB every Saturday\"".to_owned()),
        [stretch] => {
            let name = text(stretch);
            check_name_length(&name).map_err(|problem| format!("Name too long: {problem}"))?;
            let named: Vec<Word> = stretch.iter().map(|index| words[*index].clone()).collect();
            let is_quoted = named.iter().any(|word| word.is_quoted);
            match scope.in_name(&named, plan).filter(|_| !is_quoted) {
                Some(part) => Err(format!(
                    "\"{part}\" can be part of the name, a group or a type: write it at the end, or put the name in quotes"
                )),
                None => Ok(name),
            }
        }
        [_, other, ..] => Err(unknown_words(&text(other), plan)),
    }
}

/// The stretches of words without a part, as indices, without fillers at their edges.
fn stretches(words: &[Word]) -> Vec<Vec<usize>> {
    let mut stretches: Vec<Vec<usize>> = Vec::new();
    let mut is_open = false;
    for (index, word) in words.iter().enumerate() {
        match word.part {
            Part::Unknown if is_open => stretches.last_mut().into_iter().for_each(|open| open.push(index)),
            Part::Unknown => {
                stretches.push(vec![index]);
                is_open = true;
            }
            // "A · B" is one name.
            Part::Filler if is_open => stretches.last_mut().into_iter().for_each(|open| open.push(index)),
            Part::Filler => {}
            Part::Hours | Part::Rule | Part::Scope => is_open = false,
        }
    }
    let is_filler = |index: &usize| words[*index].is_filler();
    for stretch in &mut stretches {
        while stretch.last().is_some_and(is_filler) {
            stretch.pop();
        }
        // "The backups" at the beginning of the line is a name.
        while stretch.first().is_some_and(|index| *index > 0 && is_filler(index)) {
            stretch.remove(0);
        }
    }
    stretches.retain(|stretch| !stretch.is_empty());
    stretches
}

/// Refuses words that a person may have meant as part of the rule or the time.
fn refuse_rule_words(words: &[Word], stretch: &[usize]) -> Result<(), String> {
    let is_taken = |index: usize| words.get(index).is_some_and(|word| matches!(word.part, Part::Rule | Part::Hours));
    let (first, last) = (stretch[0], stretch[stretch.len() - 1]);
    let is_beside = |index: usize| {
        let follows =
            index == last && (last + 1..words.len()).find(|next| !words[*next].is_filler()).is_some_and(is_taken);
        let precedes =
            index == first && (0..first).rev().find(|before| !words[*before].is_filler()).is_some_and(is_taken);
        follows || precedes
    };
    let is_wrong = |index: &&usize| {
        let word = &words[**index];
        word.is_free(&RULE_WORDS)
            || word.is_free(&UNITS)
            || (!word.is_quoted && looks_like_hours(&word.lower()))
            || (word.is_free(&EDGE_WORDS) && is_beside(**index))
    };
    match stretch.iter().find(is_wrong) {
        None => Ok(()),
        Some(index) => {
            let text = words[*index].text.as_str();
            Err(format!("Not understood: \"{text}\". If it belongs to the name, put the name in quotes"))
        }
    }
}

impl Word {
    fn is_filler(&self) -> bool {
        self.part == Part::Filler || self.is_free(&FILLERS)
    }
}

/// Whether a word looks like a time or a length that could not be read: "25:00", "22:00-4h", "1.5h".
fn looks_like_hours(word: &str) -> bool {
    let (digits, rest) = word.split_at(word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len()));
    let has_clock = word.split(':').zip(word.split(':').skip(1)).any(|(before, after)| {
        before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit())
    });
    let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'));
    has_clock
        || (!digits.is_empty() && matches!(unit, "h" | "hr" | "hrs" | "hours" | "min" | "mins" | "am" | "pm" | "uhr"))
}
