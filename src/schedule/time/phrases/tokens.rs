//! The words of a rule, split up and without meaningless ones, and the small words that rules consist of.

use chrono::Weekday;

use super::german;
use crate::wording::WEEK;

/// Longer texts are not read as rules. In bytes.
const LONGEST_WORDING: usize = 200;

/// Lower-case English words without articles and full stops; "2." is "2nd". Signs and commas are separate tokens. Empty
/// for a text that is too long.
pub(super) fn tokens(words: &str) -> Vec<String> {
    if words.len() > LONGEST_WORDING {
        return Vec::new();
    }
    let mut spaced = String::new();
    for c in words.chars().flat_map(char::to_lowercase) {
        match c {
            '+' | ',' | '&' | '/' => spaced.extend([' ', c, ' ']),
            '−' | '–' => spaced.push_str(" - "),
            '-' if spaced.ends_with(char::is_whitespace) => spaced.push_str("- "),
            '.' if spaced.ends_with(|c: char| c.is_ascii_digit()) => spaced.push_str(". "),
            '.' | ';' => spaced.push(' '),
            c => spaced.push(c),
        }
    }
    let mut tokens = Vec::new();
    for word in spaced.split_whitespace() {
        let english = match word.strip_suffix('.') {
            Some(number) => ordinal(number),
            None => german::in_english(word).unwrap_or(word).to_owned(),
        };
        tokens.extend(english.split(' ').filter(|word| !word.is_empty() && *word != "the").map(str::to_owned));
    }
    count_from_the_end(tokens)
}

/// Joins "2nd last", "second to last", "third-last" and "last but one" into one token: "last-2". Between the two, there is
/// neither a comma nor "and": "2nd and last" are two days.
fn count_from_the_end(tokens: Vec<String>) -> Vec<String> {
    let mut joined = Vec::with_capacity(tokens.len());
    let mut rest: &[String] = &tokens;
    while let Some((first, after)) = rest.split_first() {
        let words: Vec<&str> = rest.iter().take(3).map(String::as_str).collect();
        let hyphenated = || first.strip_suffix("-last").map(|which| which.strip_suffix("-to").unwrap_or(which));
        let counted = |which: &str| if which == "next" { Some(2) } else { nth(which).filter(|number| *number > 1) };
        let found = match *words {
            ["last", "but", number_word] => number(number_word).map(|number| (number + 1, 3)),
            [which, "to", "last"] => counted(which).map(|number| (number, 3)),
            [which, "last", ..] if which != "next" => counted(which).map(|number| (number, 2)),
            _ => hyphenated().and_then(counted).map(|number| (number, 1)),
        };
        if let Some((number, words)) = found {
            joined.push(format!("last-{number}"));
            rest = &rest[words..];
        } else {
            joined.push(first.clone());
            rest = after;
        }
    }
    joined
}

/// Which one from the end a word means: 1 for "last", 2 for "penultimate".
pub(super) fn from_the_end(word: &str) -> Option<u16> {
    match word {
        "last" => Some(1),
        "penultimate" => Some(2),
        "antepenultimate" => Some(3),
        word => word.strip_prefix("last-")?.parse().ok().filter(|number| (2..=5).contains(number)),
    }
}

/// "2nd" for 2.
fn ordinal(number: &str) -> String {
    let ending = match number {
        "1" => "st",
        "2" => "nd",
        "3" => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// "tue", "tues", "tuesday", "tuesdays".
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let names: [&[&str]; 7] = [
        &["mo", "mon", "monday"],
        &["tu", "tue", "tues", "tuesday"],
        &["we", "wed", "weds", "wednesday"],
        &["th", "thu", "thur", "thurs", "thursday"],
        &["fr", "fri", "friday"],
        &["sa", "sat", "saturday"],
        &["su", "sun", "sunday"],
    ];
    let singular = word.strip_suffix('s').filter(|rest| rest.ends_with("day"));
    let word = singular.unwrap_or(word);
    names.iter().position(|names| names.contains(&word)).map(|index| WEEK[index])
}

/// "SA"
pub(super) fn code(day: Weekday) -> String {
    day.to_string()[..2].to_ascii_uppercase()
}

/// The number of a month by its English or German name: "jan", "january", "märz".
pub(super) fn month(word: &str) -> Option<u8> {
    let names: [&[&str]; 12] = [
        &["jan", "january", "januar", "jän", "jänner"],
        &["feb", "february", "februar", "feber"],
        &["mar", "march", "mär", "mrz", "märz", "maerz"],
        &["apr", "april"],
        &["may", "mai"],
        &["jun", "june", "juni"],
        &["jul", "july", "juli"],
        &["aug", "august"],
        &["sep", "sept", "september"],
        &["oct", "october", "okt", "oktober"],
        &["nov", "november"],
        &["dec", "december", "dez", "dezember"],
    ];
    let index = names.iter().position(|names| names.contains(&word))?;
    u8::try_from(index + 1).ok()
}

/// "first", "2nd" … up to five.
pub(super) fn nth(word: &str) -> Option<u16> {
    Some(match word {
        "first" | "1st" => 1,
        "second" | "2nd" => 2,
        "third" | "3rd" => 3,
        "fourth" | "forth" | "4th" => 4,
        "fifth" | "5th" => 5,
        _ => return None,
    })
}

/// "11", "eleven", "a".
pub(super) fn number(word: &str) -> Option<u16> {
    let words = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen",
    ];
    match word {
        "a" => Some(1),
        word => match words.iter().position(|name| *name == word) {
            Some(number) => u16::try_from(number).ok(),
            None => word.parse().ok(),
        },
    }
}

/// A day of the month: "15", "15th", "third".
pub(super) fn day_number(word: &str) -> Option<u8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    let day = digits.parse().ok().or_else(|| nth(word).and_then(|day| u8::try_from(day).ok()));
    day.filter(|day| (1..=31).contains(day))
}
