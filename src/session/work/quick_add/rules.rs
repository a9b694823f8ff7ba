//! The rule in a typed line: "every Saturday after Patch Tuesday", "13 Mar 2027".

use super::{Part, Word, free_text, mark};
use crate::model::{Plan, Rule};
use crate::schedule::time::phrases;
use crate::wording::typed::read_date;

/// Finds the rule, and marks its words: the longest stretch that is one.
pub(super) fn find_rule(words: &mut [Word], plan: &Plan) -> Result<Rule, String> {
    let mut all: Vec<(usize, usize, Rule)> = Vec::new();
    for from in 0..words.len() {
        let longest = (from + 1..=words.len()).rev().find_map(|to| Some((to, read(&words[from..to], plan)?)));
        if let Some((to, rule)) = longest {
            all.push((from, to, rule));
        }
    }
    let length = |(from, to, _): &(usize, usize, Rule)| to - from;
    let longest = all.iter().map(length).max().unwrap_or(0);
    let text = |(from, to, _): &(usize, usize, Rule)| free_text(&words[*from..*to]).unwrap_or_default();
    let best: Vec<&(usize, usize, Rule)> = all.iter().filter(|each| length(each) == longest).collect();
    let (from, to, rule) = match best.as_slice() {
        [] => return Err(missing(words)),
        [one] => (one.0, one.1, one.2.clone()),
        // The same words read from the article on.
        [one, other, ..] if one.2 == other.2 && other.0 < one.1 => (one.0, one.1, one.2.clone()),
        [one, other, ..] => {
            return Err(format!(
                "Two rules, \"{}\" and \"{}\": remove one, or put the name in quotes",
                text(one),
                text(other)
            ));
        }
    };
    let ambiguous = ambiguity(words, from, to);
    mark(&mut words[from..to], Part::Rule);
    // "On the second Tuesday"
    for index in (0..from).rev() {
        if !matches!(&*words[index].text.to_lowercase(), "on" | "the") || words[index].is_quoted || index == 0 {
            break;
        }
        words[index].part = Part::Rule;
    }
    ambiguous.map_or(Ok(rule), Err)
}

fn read(words: &[Word], plan: &Plan) -> Option<Rule> {
    let text = free_text(words)?;
    let is_date = text.starts_with(|c: char| c.is_ascii_digit()) || text.split(' ').count() > 2;
    let once = || read_date(text.strip_prefix("on ").unwrap_or(&text)).ok().map(Rule::once);
    // A number alone is not a rule: it may be part of a name.
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    is_date.then(once).flatten().or_else(|| phrases::rule(&text, plan.releases()))
}

/// "Every third Wednesday" may mean weeks or months; only a part of it, "third Wednesday", would be read as a rule.
fn ambiguity(words: &[Word], from: usize, to: usize) -> Option<String> {
    const NTH: [&str; 6] = ["third", "3rd", "fourth", "4th", "fifth", "5th"];
    let word = |index: usize| words[index].text.to_lowercase();
    let every = (from.saturating_sub(2)..from).find(|index| matches!(&*word(*index), "every" | "each"))?;
    let nth = Some(every + 1).filter(|index| *index < to && NTH.contains(&&*word(*index)))?;
    let day = free_text(words.get(nth + 1..to)?)?;
    let (every, nth) = (word(every), word(nth));
    let months = format!("{nth} {day} of the month");
    Some(format!("\"{every} {nth} {day}\" can mean weeks or months: write \"{months}\", or \"{day}, every 3 weeks\""))
}

fn missing(words: &[Word]) -> String {
    let text = |word: &Word| word.text.to_lowercase();
    let starts = words.iter().position(|word| matches!(&*text(word), "every" | "each" | "second" | "last" | "first"));
    match starts.filter(|_| words.len() > 1) {
        Some(at) => {
            let rest = words[at..].iter().take_while(|word| word.part == Part::Unknown).map(|word| word.text.as_str());
            let rest = rest.collect::<Vec<_>>().join(" ");
            format!(
                "Unknown rule \"{rest}\": use e.g. \"every Saturday\", \"second Tuesday + 11 days\" or \"Saturday after Patch Tuesday\""
            )
        }
        None => "When? Add e.g. \"every Saturday after Patch Tuesday\" or \"13 Mar 2027\"".to_owned(),
    }
}
