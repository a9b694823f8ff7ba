//! The rule in a typed line: "every Saturday after Patch Tuesday", "13 Mar 2027".

use super::days::read_day;
use super::{Part, Word, free_text, joined_text, mark};
use crate::model::{Plan, Rule};
use crate::schedule::time::phrases;

/// A stretch of words that is a rule.
struct Found {
    from: usize,
    to: usize,
    rule: Result<Rule, String>,
}

/// One of these alone may mean a day, but is more likely part of a name.
const NAME_WORDS: [&str; 8] = ["first", "second", "third", "fourth", "forth", "fifth", "day", "days"];
/// A longer stretch is not a rule.
const LONGEST: usize = 20;

/// Finds the rule, and marks its words: the longest stretch that is one. There must be no other.
pub(super) fn find_rule(words: &mut [Word], plan: &Plan) -> Result<Rule, String> {
    let all = stretches(words, plan);
    let text = |each: &Found| joined_text(&words[each.from..each.to]).unwrap_or_default();
    let rule = match all.as_slice() {
        [] => return Err(missing(words)),
        [only] => only.rule.clone()?,
        [one, other, ..] => {
            let (first, second) = if one.from < other.from { (one, other) } else { (other, one) };
            return Err(format!(
                "Two rules, \"{}\" and \"{}\": remove one, or put the name in quotes",
                text(first),
                text(second)
            ));
        }
    };
    let (from, to) = (all[0].from, all[0].to);
    let ambiguous = ambiguity(words, from, to);
    mark(&mut words[from..to], Part::Rule);
    // "On the second Tuesday"
    for index in (1..from).rev() {
        if !words[index].is_free(&["on", "the"]) {
            break;
        }
        words[index].part = Part::Rule;
    }
    ambiguous.map_or(Ok(rule), Err)
}

/// The stretches that are rules and do not overlap, the longest first.
fn stretches(words: &[Word], plan: &Plan) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for from in 0..words.len() {
        let ends = (from + 1..=words.len().min(from + LONGEST)).rev();
        all.extend(ends.filter_map(|to| Some(Found { from, to, rule: read(&words[from..to], plan)? })));
    }
    // Of the same words with and without an article, the first counts.
    all.sort_by_key(|each| (std::cmp::Reverse(each.to - each.from), each.from));
    let mut apart: Vec<Found> = Vec::new();
    for each in all {
        if apart.iter().all(|known| each.to <= known.from || known.to <= each.from) {
            apart.push(each);
        }
    }
    apart
}

fn read(words: &[Word], plan: &Plan) -> Option<Result<Rule, String>> {
    let text = joined_text(words)?;
    // A number alone is part of a name.
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let is_short = |word: &Word| word.text.chars().count() < 3 || word.is_free(&["the", "and"]);
    // "so" and "do" are weekdays in German, and other words in English.
    if words.iter().all(is_short) || matches!(words, [word] if word.is_free(&NAME_WORDS)) {
        return None;
    }
    if let Some(on) = read_day(text.strip_prefix("on ").unwrap_or(&text), plan) {
        return Some(on.map(Rule::once));
    }
    phrases::rule(&text, plan.releases()).filter(|_| !is_vendor(&text, plan)).map(Ok)
}

/// Whether the words are no more than the name of a vendor or its release, without a weekday in it: "SAP patching" is a
/// name.
fn is_vendor(text: &str, plan: &Plan) -> bool {
    let lower = text.to_lowercase();
    plan.releases().iter().any(|release| {
        lower == release.vendor.to_lowercase()
            || ((lower == release.name.to_lowercase() || lower == release.id.as_str()) && !lower.contains(' '))
    })
}

/// "Every third Wednesday" may mean weeks or months; only a part of it, "third Wednesday", would be read as a rule.
fn ambiguity(words: &[Word], from: usize, to: usize) -> Option<String> {
    const NTH: [&str; 6] = ["third", "3rd", "fourth", "4th", "fifth", "5th"];
    let word = |index: usize| words[index].text.to_lowercase();
    let every = (from.saturating_sub(2)..from).find(|index| words[*index].is_free(&["every", "each"]))?;
    let nth = Some(every + 1).filter(|index| *index < to && NTH.contains(&&*word(*index)))?;
    let day = free_text(words.get(nth + 1..to)?)?;
    let (every, nth) = (word(every), word(nth));
    let months = format!("{nth} {day} of the month");
    Some(format!("\"{every} {nth} {day}\" can mean weeks or months: write \"{months}\", or \"{day}, every 3 weeks\""))
}

fn begins_with_digit(word: &Word) -> bool {
    word.text.starts_with(|c: char| c.is_ascii_digit())
}

fn missing(words: &[Word]) -> String {
    let text = |word: &Word| word.text.to_lowercase();
    let starts = words.iter().position(|word| matches!(&*text(word), "every" | "each" | "second" | "last" | "first"));
    match starts.filter(|_| words.len() > 1) {
        Some(at) => {
            let rest = words[at..]
                .iter()
                .take_while(|word| word.part == Part::Unknown && !begins_with_digit(word))
                .map(|word| word.text.as_str());
            let rest = rest.collect::<Vec<_>>().join(" ");
            format!(
                "Unknown rule \"{rest}\": use e.g. \"every Saturday\", \"second Tuesday + 11 days\" or \"Saturday after Patch Tuesday\""
            )
        }
        None => "When? Add e.g. \"every Saturday after Patch Tuesday\" or \"13 Mar 2027\"".to_owned(),
    }
}
