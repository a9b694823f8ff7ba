//! A single date in a typed line: "13 Mar 2027", "Saturday 13 Mar", "2027-03-13".

use chrono::{Datelike as _, NaiveDate};

use crate::model::Plan;
use crate::schedule::time::phrases;
use crate::wording::typed::read_date;
use crate::wording::{date, list_of_choices, weekday};

/// Reads a date, with or without its weekday and its year. None if the text is not a date.
///
/// # Errors
/// The weekday is another one, or the plan does not have exactly one such day.
pub(super) fn read_day(text: &str, plan: &Plan) -> Option<Result<NaiveDate, String>> {
    let text = text.trim().trim_end_matches(',');
    let (day, rest) = match text.split_once([' ', ',']) {
        Some((first, rest)) => match phrases::single_weekday(first.trim_end_matches('.')) {
            Some(day) => (Some(day), rest.trim()),
            None => (None, text),
        },
        None => (None, text),
    };
    if !rest.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let on = match without_ordinal(rest) {
        with_year if read_date(&with_year).is_ok() => read_date(&with_year),
        without_year => in_plan(&without_year, plan)?,
    };
    Some(on.and_then(|on| match day.filter(|day| *day != on.weekday()) {
        Some(day) => Err(format!("{} is not a {}: correct one of them", date(on), weekday(day))),
        None => Ok(on),
    }))
}

/// The only day of that month and number in the plan's months: "13 Mar", "March 13".
fn in_plan(text: &str, plan: &Plan) -> Option<Result<NaiveDate, String>> {
    let (one, other) = text.split_once(' ')?;
    let number = |word: &str| word.parse::<u32>().ok().filter(|_| word.len() <= 2);
    let month = |word: &str| phrases::month_number(&word.trim_end_matches('.').to_lowercase()).map(u32::from);
    let (day, month) = number(one).zip(month(other)).or_else(|| number(other).zip(month(one)))?;
    let horizon = plan.horizon();
    let years = horizon.from.year()..=horizon.last().year();
    let days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    let days: Vec<NaiveDate> = days.filter(|on| horizon.contains(*on)).collect();
    Some(match days.as_slice() {
        [only] => Ok(*only),
        [] => Err(format!("\"{text}\" is not in the plan's months: add the year")),
        several => {
            let choices: Vec<String> = several.iter().map(|on| date(*on)).collect();
            Err(format!("\"{text}\" is in the plan more than once: write {}", list_of_choices(&choices)))
        }
    })
}

/// "13th March" as "13 March", "March 13, 2027" as "13 March 2027".
fn without_ordinal(text: &str) -> String {
    let bare = |word: &str| {
        let word = word.trim_end_matches([',', '.']);
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
        digits.filter(|digits| digits.parse::<u8>().is_ok()).unwrap_or(word).to_owned()
    };
    let words: Vec<String> = text.split(' ').filter(|word| !word.is_empty()).map(bare).collect();
    match words.as_slice() {
        [month, day, rest @ ..] if day.len() <= 2 && phrases::month_number(&month.to_lowercase()).is_some() => {
            [&[day.clone(), month.clone()], rest].concat().join(" ")
        }
        words => words.join(" "),
    }
}
