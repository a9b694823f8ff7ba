//! Short names of windows, shown instead of names that are too long: entered by a person, or derived from the name.

use std::collections::{HashMap, HashSet};

use super::{MaintenanceWindow, Table, WindowId};

/// The most characters of a short name.
pub const LONGEST_SHORT_NAME: usize = 5;

/// Words that a short name leaves out.
const SMALL_WORDS: [&str; 8] = ["a", "an", "and", "at", "for", "in", "of", "the"];

/// The short name of each window of a plan, in the order of the windows. Derived ones are unique; those that people gave
/// are as they gave them.
#[derive(Clone, Debug, Default)]
pub struct ShortNames {
    names: Vec<String>,
}

impl ShortNames {
    pub fn new(windows: &Table<MaintenanceWindow>) -> Self {
        let given = windows.iter().map(|window| shortened(window.short_name.trim()));
        let mut names: Vec<String> = given.collect();
        let mut taken: HashSet<String> = names.iter().filter(|name| !name.is_empty()).map(|name| key(name)).collect();
        let mut numbers = HashMap::new();
        for (window, name) in windows.iter().zip(&mut names) {
            if name.is_empty() {
                *name = derived(&window.name, &mut numbers, |name| taken.contains(&key(name)));
                taken.insert(key(name));
            }
        }
        Self { names }
    }

    /// The short name of the window at that index.
    pub fn get(&self, window: usize) -> &str {
        self.names.get(window).map_or("", String::as_str)
    }
}

/// Checks a short name that somebody enters for a window; an empty one stands for the derived one.
///
/// # Errors
/// What is wrong with it, as a sentence.
pub fn check_short_name(text: &str, window: &WindowId, windows: &Table<MaintenanceWindow>) -> Result<String, String> {
    let text = text.trim();
    if text.chars().count() > LONGEST_SHORT_NAME {
        return Err(format!("Use at most {LONGEST_SHORT_NAME} characters"));
    }
    let is_same = |other: &MaintenanceWindow| other.id != *window && key(other.short_name.trim()) == key(text);
    match windows.iter().find(|other| !text.is_empty() && is_same(other)) {
        Some(other) => Err(format!("\"{}\" has this short name. Use another one", other.name)),
        None => Ok(text.to_owned()),
    }
}

/// Two names that differ only in case are too much alike.
fn key(name: &str) -> String {
    name.to_lowercase()
}

fn shortened(name: &str) -> String {
    name.chars().take(LONGEST_SHORT_NAME).collect()
}

/// The first short name for `name` that is not taken: the usual one, one with more letters of the last word, or one with a
/// number. `numbers` has the last number that was used for each beginning.
fn derived(name: &str, numbers: &mut HashMap<String, usize>, is_taken: impl Fn(&str) -> bool) -> String {
    let words = words(name);
    let usual = usual(&words);
    let last = words.last().filter(|word| !word.is_kept());
    let rest = last.map_or("", |last| if words.len() == 1 { "" } else { last.rest() });
    let longer =
        (1..=rest.chars().count()).map(|more| usual.chars().chain(rest.chars().take(more)).collect::<String>());
    let longer = longer.take_while(|name| name.chars().count() <= LONGEST_SHORT_NAME);
    if let Some(free) = std::iter::once(usual.clone()).chain(longer).find(|name| !is_taken(name)) {
        return free;
    }
    let number = numbers.entry(usual.clone()).or_insert(1);
    loop {
        *number += 1;
        let digits = number.to_string();
        let begin: String = usual.chars().take(LONGEST_SHORT_NAME.saturating_sub(digits.len())).collect();
        let numbered = format!("{begin}{digits}");
        if !is_taken(&numbered) {
            return numbered;
        }
    }
}

/// The short name before anybody has asked whether it is taken.
fn usual(words: &[Word<'_>]) -> String {
    let name = match words {
        [] => "W".to_owned(),
        [only] if only.is_kept() => only.0.to_owned(),
        [only] => only.0.chars().take(4).collect(),
        [.., before, mark] if mark.is_mark() => {
            let letters = if words.len() > 2 { 2 } else { 3 };
            before.beginning(letters) + &mark.0.to_uppercase()
        }
        [first, last] if last.is_kept() => first.initial() + last.0,
        [first, last] => first.beginning(3) + &last.initial(),
        all => {
            let kept: String = all.iter().map(Word::kept_or_initial).collect();
            let is_short = kept.chars().count() <= LONGEST_SHORT_NAME;
            if is_short { kept } else { all.iter().map(Word::initial).collect() }
        }
    };
    shortened(&name)
}

/// The words of a name without small ones, or all of them if there are no others.
fn words(name: &str) -> Vec<Word<'_>> {
    let all = || name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(Word);
    // "A" at the end tells one thing from another, "a" is a small word.
    let large: Vec<_> = all().filter(|word| !SMALL_WORDS.contains(&word.0)).collect();
    if large.is_empty() { all().collect() } else { large }
}

/// A word of a name.
#[derive(Clone, Copy)]
struct Word<'a>(&'a str);

impl Word<'_> {
    /// Whether it is an abbreviation or a number, which is kept whole.
    fn is_kept(&self) -> bool {
        let is_large = |letter: char| letter.is_uppercase() || letter.is_numeric();
        (2..=4).contains(&self.0.chars().count()) && self.0.chars().all(is_large)
    }

    /// Whether it tells one of several things of the same name from the others: "A", "2".
    fn is_mark(&self) -> bool {
        let length = self.0.chars().count();
        length == 1 || (length == 2 && self.0.chars().all(char::is_numeric))
    }

    fn initial(&self) -> String {
        self.0.chars().take(1).flat_map(char::to_uppercase).collect()
    }

    fn rest(&self) -> &str {
        self.0.char_indices().nth(1).map_or("", |(at, _)| &self.0[at..])
    }

    fn kept_or_initial(&self) -> String {
        if self.is_kept() { self.0.to_owned() } else { self.initial() }
    }

    /// Its first letters. A vowel before two consonants is left out: "Dsk" for "Desktops", but "Dir" for "Directory".
    fn beginning(&self, letters: usize) -> String {
        if self.is_kept() {
            return self.0.to_owned();
        }
        let is_vowel = |letter: char| "aeiouy".contains(letter);
        let rest: Vec<char> = self.rest().chars().collect();
        let skipped = match rest[..] {
            [vowel, a, b, ..] if is_vowel(vowel) && !is_vowel(a) && !is_vowel(b) => 1,
            _ => 0,
        };
        self.initial().chars().chain(rest.into_iter().skip(skipped)).take(letters).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rule;

    fn names(all: &[(&str, &str)]) -> Vec<String> {
        let window = |(index, (name, short)): (usize, &(&str, &str))| MaintenanceWindow {
            short_name: (*short).to_owned(),
            ..MaintenanceWindow::new(format!("{index:05}").as_str().into(), name, Rule::Dates(Vec::new()))
        };
        let windows: Table<_> = Table::default().with_all(all.iter().enumerate().map(window));
        let names = ShortNames::new(&windows);
        (0..all.len()).map(|index| names.get(index).to_owned()).collect()
    }

    #[test]
    fn a_name_becomes_initials_abbreviations_and_its_last_word() {
        for (name, short) in [
            ("Core DB", "CDB"),
            ("Core DB patching", "CDBP"),
            ("Core switches A", "SwA"),
            ("Switch 2", "Swi2"),
            ("Desktops pilot", "DskP"),
            ("Directory, Leadenhall", "DirL"),
            ("Firewalls and VPN", "FVPN"),
            ("Servers UAT", "SUAT"),
            ("SAP extended", "SAPE"),
            ("Web + API", "WAPI"),
            ("Low-critical servers", "LCS"),
            ("Payments hub for the bank", "PHB"),
            ("Mailboxes", "Mail"),
            ("SAP", "SAP"),
            ("One two three four five six", "OTTFF"),
            ("Büro Österreich", "BürÖ"),
            ("ночные работы", "НочР"),
            ("the", "the"),
            ("—", "W"),
            ("", "W"),
        ] {
            assert_eq!(names(&[(name, "")]), [short], "{name}");
        }
    }

    #[test]
    fn derived_names_are_unique_and_leave_given_ones_alone() {
        let all = [("Desktops pilot", ""), ("Desktops patching", ""), ("Desktops pilot", ""), ("Other", "dskp")];
        assert_eq!(names(&all), ["DskPi", "DskPa", "DskP2", "dskp"]);
        let many = names(&vec![("Nightly", ""); 1200]);
        assert_eq!((&*many[0], &*many[1], &*many[1199]), ("Nigh", "Nigh2", "N1200"));
        assert_eq!(many.iter().map(|name| key(name)).collect::<HashSet<_>>().len(), many.len());
        assert!(many.iter().all(|name| name.chars().count() <= LONGEST_SHORT_NAME));
        assert_eq!(names(&[("Core DB", "Databases"), ("Data", "")]), ["Datab", "Data"], "a plan file may say anything");
    }

    #[test]
    fn a_given_name_has_at_most_five_characters_and_is_given_once() {
        let window = |id: &str, short: &str| MaintenanceWindow {
            short_name: short.to_owned(),
            ..MaintenanceWindow::new(id.into(), "Core DB", Rule::Dates(Vec::new()))
        };
        let windows = Table::default().with_all([window("a", "CDB"), window("b", "")]);
        let check = |text: &str, id: &str| check_short_name(text, &id.into(), &windows);
        assert_eq!(check(" CDB ", "a"), Ok("CDB".to_owned()));
        assert_eq!(check("", "b"), Ok(String::new()));
        assert_eq!(check("cdb", "b"), Err("\"Core DB\" has this short name. Use another one".to_owned()));
        assert_eq!(check("CoreDB", "b"), Err("Use at most 5 characters".to_owned()));
    }
}
