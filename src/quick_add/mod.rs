//! A window in one line of words: "Core DB every Saturday after Patch Tuesday 22:00 4h The rest".

mod days;
mod hours;
mod limits;
mod name;
mod rules;
mod scope;

use chrono::{NaiveDate, NaiveTime};

use crate::model::{GroupId, MaintenanceWindow, Minutes, Plan, Rule, SystemId, WindowId, WindowKind};
use crate::schedule::Expansion;
use crate::wording::{counted, list, short_date};
use hours::{Hours, find_hours};
use limits::find_limits;
use name::find_name;
use rules::find_rule;
use scope::{TypedScope, find_scope};

/// A window as somebody typed it.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedWindow {
    pub name: String,
    pub rule: Rule,
    /// The date from which the rule counts, if the line gives one.
    pub first: Option<NaiveDate>,
    /// The last date on which it may take place, if the line gives one.
    pub last: Option<NaiveDate>,
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

/// Reads a window in words. Nothing is guessed: what could mean two things is an error that names both, and so are words
/// that are neither understood nor part of the name.
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
    let limits = find_limits(&mut words, plan)?;
    let rule = find_rule(&mut words, plan)?;
    limits.check(&rule)?;
    let Hours { start, duration } = find_hours(&mut words)?;
    let scope = find_scope(&mut words, plan)?;
    let name = find_name(&words, &scope, plan)?;
    let TypedScope { kind, groups, systems, .. } = scope;
    Ok(TypedWindow { name, rule, first: limits.first, last: limits.last, start, duration, kind, groups, systems })
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
            first: self.first.or_else(|| first_date(&self.rule, plan)),
            last: self.last,
            ..window
        }
    }

    /// "12 dates: Sat 16 Jan, Sat 13 Feb and 10 more"
    pub fn dates_in_words(&self, plan: &Plan) -> String {
        /// At most this many dates are named.
        const MOST: usize = 6;
        let occurrences = Expansion::new(&self.to_window(plan, "typed"), plan).occurrences;
        let dates: Vec<String> = occurrences.iter().map(|occurrence| short_date(occurrence.on())).collect();
        match dates.len() {
            0 => "No date in the plan's months".to_owned(),
            count => format!("{}: {}", counted(count, "date"), list(&dates, MOST)),
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
        let quote = ['"', '“', '„', '«'].into_iter().find(|quote| rest.starts_with(*quote));
        if let Some(quote) = quote {
            let inner = &rest[quote.len_utf8()..];
            let end = inner.find(['"', '”', '“', '»']).ok_or("Missing quote: close the name with \"")?;
            words.push(Word { text: inner[..end].to_owned(), is_quoted: true, part: Part::Unknown });
            let closing = inner[end..].chars().next().map_or(0, char::len_utf8);
            rest = inner[end + closing..].trim_start();
            continue;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let bare = word.trim_end_matches([',', ';']);
        if bare.starts_with('@') && bare.len() > 1 {
            words.push(Word { text: "at".to_owned(), is_quoted: false, part: Part::Unknown });
        }
        let bare = bare.strip_prefix('@').unwrap_or(bare);
        if !bare.is_empty() {
            let is_sign = matches!(bare, "·" | "/" | "|" | ">" | "→" | "-" | "–");
            let part = if is_sign { Part::Filler } else { Part::Unknown };
            words.push(Word { text: bare.to_owned(), is_quoted: false, part });
        }
        rest = after.trim_start();
    }
    Ok(words)
}

impl Word {
    fn is_dash(&self) -> bool {
        self.part == Part::Filler && matches!(&*self.text, "-" | "–")
    }

    fn lower(&self) -> String {
        self.text.to_lowercase()
    }

    /// Whether it is one of these words, and neither quoted nor recognised.
    fn is_free(&self, known: &[&str]) -> bool {
        self.part == Part::Unknown && !self.is_quoted && known.contains(&&*self.lower())
    }
}

/// The text of words that have no part yet; none if one of them has one, or is quoted.
fn free_text(words: &[Word]) -> Option<String> {
    let is_free = |word: &Word| word.part == Part::Unknown && !word.is_quoted;
    words.iter().all(is_free).then(|| words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "))
}

/// The text of free words, also with a dash between them: "second Tuesday - 2 days", "22:00 - 02:00".
fn joined_text(words: &[Word]) -> Option<String> {
    let (first, last) = (words.first()?, words.last()?);
    let is_free = |word: &Word| (word.part == Part::Unknown && !word.is_quoted) || word.is_dash();
    let is_joined = !first.is_dash() && !last.is_dash() && words.iter().all(is_free);
    is_joined.then(|| words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "))
}

fn mark(words: &mut [Word], part: Part) {
    for word in words {
        word.part = part;
    }
}

#[cfg(test)]
mod tests;
