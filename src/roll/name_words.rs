//! The words of a name, in which feasts and dates are found.

use chrono::{Datelike as _, NaiveDate};

use crate::wording::month_name;

/// The words of a name in lower case, without signs.
pub(super) struct NameWords(Vec<String>);

impl NameWords {
    pub fn new(name: &str) -> Self {
        let lower = name.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        Self(words.map(str::to_owned).collect())
    }

    /// The first of the listed phrases whose words follow each other in the name, as whole words.
    pub fn name(&self, list: &'static str) -> Option<&'static str> {
        list.split(", ").find(|phrase| {
            let phrase: Vec<&str> = phrase.split(' ').collect();
            self.0.windows(phrase.len()).any(|part| part.iter().eq(phrase.iter()))
        })
    }

    /// Whether the name has that day and month: "24 Dec", "December 24th", "24.12.", also as an end of "24-26 Dec".
    pub fn have_date(&self, on: NaiveDate) -> bool {
        let name = month_name(on.month()).unwrap_or_default().to_lowercase();
        let is_month = |word: &String| *word == name || (word.len() >= 3 && name.starts_with(word.as_str()));
        let number = |word: &String| {
            let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
            digits.parse::<u32>().ok()
        };
        let is_day = |word: &String| number(word) == Some(on.day());
        let is_pair = |pair: &[String]| {
            (is_day(&pair[0]) && (is_month(&pair[1]) || number(&pair[1]) == Some(on.month())))
                || (is_month(&pair[0]) && is_day(&pair[1]))
        };
        // "24-26 Dec", "24 to 26 Dec"
        let is_span = |part: &[String]| {
            let between = &part[1..part.len() - 1];
            is_day(&part[0]) && is_month(&part[part.len() - 1]) && between.iter().any(|word| number(word).is_some())
        };
        self.0.windows(2).any(is_pair) || self.0.windows(3).any(is_span) || self.0.windows(4).any(is_span)
    }

    /// Whether two names share a word that says which day it is.
    pub fn share_with(&self, other: &Self) -> bool {
        const GENERAL: [&str; 8] = ["freeze", "change", "holiday", "holidays", "public", "national", "bank", "weekend"];
        let says_which = |word: &&String| word.chars().count() > 3 && !GENERAL.contains(&word.as_str());
        self.0.iter().filter(says_which).any(|word| other.0.contains(word))
    }
}
