//! A window in one line of words: "Core DB every Saturday after Patch Tuesday 22:00 4h The rest".

mod hours;
mod rules;
mod scope;

use chrono::{NaiveDate, NaiveTime};

use crate::model::{
    GroupId, MaintenanceWindow, Minutes, Plan, Rule, SystemId, WindowId, WindowKind, check_name_length,
};
use hours::{Hours, find_hours};
use rules::find_rule;
use scope::{TypedScope, find_scope};

/// A window as somebody typed it.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedWindow {
    pub name: String,
    pub rule: Rule,
    /// None for the usual start.
    pub start: Option<NaiveTime>,
    /// None for the usual length.
    pub duration: Option<Minutes>,
    pub kind: WindowKind,
    pub groups: Vec<GroupId>,
    pub systems: Vec<SystemId>,
}

/// A word of the text. What is in quotes is one word that is part of the name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    text: String,
    is_quoted: bool,
    /// What it was recognised as.
    part: Part,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Unknown,
    Hours,
    Rule,
    Scope,
    /// A word that only connects others.
    Filler,
}

/// Reads a window in words. Nothing is guessed: what could mean two things is an error that names both.
///
/// # Errors
/// What is missing or unclear, and what to write instead.
pub fn read_window(text: &str, plan: &Plan) -> Result<TypedWindow, String> {
    const LONGEST: usize = 300;
    if text.len() > LONGEST {
        return Err(format!("Too long: use at most {LONGEST} characters"));
    }
    let mut words = split(text)?;
    if words.is_empty() {
        return Err("Write a name, when it takes place, and where".to_owned());
    }
    let Hours { start, duration } = find_hours(&mut words)?;
    let rule = find_rule(&mut words, plan)?;
    let TypedScope { kind, groups, systems } = find_scope(&mut words, plan)?;
    let name = name_of(&words, plan)?;
    Ok(TypedWindow { name, rule, start, duration, kind, groups, systems })
}

impl TypedWindow {
    /// The window that it describes. `word` makes its id unique.
    pub fn to_window(&self, plan: &Plan, word: &str) -> MaintenanceWindow {
        let id = WindowId::unique(&self.name, word, |id| plan.windows().contains(id));
        let window = MaintenanceWindow::new(id, &self.name, self.rule.clone());
        MaintenanceWindow {
            kind: self.kind,
            start: self.start.unwrap_or(window.start),
            duration: self.duration.unwrap_or(window.duration),
            groups: self.groups.clone(),
            systems: self.systems.clone(),
            first: first_date(&self.rule, plan),
            ..window
        }
    }
}

/// The date from which a foreign rule counts.
fn first_date(rule: &Rule, plan: &Plan) -> Option<NaiveDate> {
    matches!(rule, Rule::Foreign(_)).then(|| plan.horizon().from)
}

/// The words, without commas and dots between them.
fn split(text: &str) -> Result<Vec<Word>, String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let quote = ['"', '“', '„'].into_iter().find(|quote| rest.starts_with(*quote));
        if let Some(quote) = quote {
            let inner = &rest[quote.len_utf8()..];
            let end = inner.find(['"', '”', '“']).ok_or("Missing quote: close the name with \"")?;
            words.push(Word { text: inner[..end].to_owned(), is_quoted: true, part: Part::Unknown });
            let closing = inner[end..].chars().next().map_or(0, char::len_utf8);
            rest = inner[end + closing..].trim_start();
            continue;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let bare = word.trim_end_matches([',', ';']);
        if !bare.is_empty() {
            let is_sign = matches!(bare, "·" | "/" | "|" | ">" | "→" | "-" | "–");
            let part = if is_sign { Part::Filler } else { Part::Unknown };
            words.push(Word { text: bare.to_owned(), is_quoted: false, part });
        }
        rest = after.trim_start();
    }
    Ok(words)
}

/// The text of words that have no part yet; none if one of them has one, or is quoted.
fn free_text(words: &[Word]) -> Option<String> {
    let is_free = |word: &Word| word.part == Part::Unknown && !word.is_quoted;
    words.iter().all(is_free).then(|| words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "))
}

fn mark(words: &mut [Word], part: Part) {
    for word in words {
        word.part = part;
    }
}

/// What is left must be one stretch of words: the name.
fn name_of(words: &[Word], plan: &Plan) -> Result<String, String> {
    const FILLERS: [&str; 9] = ["at", "for", "on", "from", "in", "with", "and", "to", "of"];
    let is_filler = |word: &&Word| !word.is_quoted && FILLERS.contains(&&*word.text.to_lowercase());
    let mut stretches: Vec<Vec<&Word>> = Vec::new();
    let mut is_open = false;
    for word in words {
        match word.part {
            Part::Unknown if is_open => stretches.last_mut().into_iter().for_each(|open| open.push(word)),
            Part::Unknown => {
                stretches.push(vec![word]);
                is_open = true;
            }
            // "A · B" is one name.
            Part::Filler => {}
            Part::Hours | Part::Rule | Part::Scope => is_open = false,
        }
    }
    for stretch in &mut stretches {
        while stretch.last().is_some_and(is_filler) {
            stretch.pop();
        }
        while stretch.first().is_some_and(is_filler) {
            stretch.remove(0);
        }
    }
    stretches.retain(|stretch| !stretch.is_empty());
    let text = |stretch: &[&Word]| stretch.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    match stretches.as_slice() {
        [] => Err("Missing name: begin with it, e.g. \"Core DB every Saturday\"".to_owned()),
        [name] => {
            let name = text(name);
            check_name_length(&name).map_err(|problem| format!("Name too long: {problem}"))?;
            Ok(name)
        }
        [_, other, ..] => Err(scope::unknown_words(&text(other), plan)),
    }
}

#[cfg(test)]
mod tests;
