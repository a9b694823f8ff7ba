//! Two dates in one cell that may share their month or year: "13./14.03.2027", "30.04./01.05.2027", "March 13/14, 2027".

use chrono::{Datelike, NaiveDate, Weekday};

use super::date_names::weekday;
use super::dates::{self, WrittenDate};

const SEPARATORS: [&str; 10] = ["/", " bis ", " und ", " and ", " to ", "-", "–", "—", "&", "+"];

/// Both dates written out, with the days that they are. None if the text is anything else, or the second is not later.
pub fn both(text: &str) -> Option<[(String, NaiveDate); 2]> {
    if dates::read(text).is_ok() {
        return None;
    }
    let text = ["Nacht vom ", "Nacht ", "Night of "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let (text, weekdays) = without_weekdays(text);
    let is_then = |[(_, first), (_, last)]: &[(String, NaiveDate); 2]| {
        weekdays.is_none_or(|days| days == [first.weekday(), last.weekday()])
    };
    halves(text).filter(is_then)
}

/// The two weekdays of "Sa/So 13./14.03.2027", and the text after them.
fn without_weekdays(text: &str) -> (&str, Option<[Weekday; 2]>) {
    let named = |word: &str| weekday(&word.trim_matches(['.', ',', ' ']).to_lowercase());
    let both = |head: &str| {
        let (first, last) = head.split_once(['/', '-', '–', '+', '&'])?;
        Some([named(first)?, named(last)?])
    };
    match text.split_once(' ').map(|(head, rest)| (rest, both(head))) {
        Some((rest, Some(days))) => (rest, Some(days)),
        _ => (text, None),
    }
}

fn halves(text: &str) -> Option<[(String, NaiveDate); 2]> {
    let halves = SEPARATORS.iter().flat_map(|word| {
        text.match_indices(word).map(|(at, word)| (text[..at].trim(), text[at + word.len()..].trim()))
    });
    halves.into_iter().find_map(|(left, right)| {
        let [first, last] = if let Some(last) = in_same_month(left, right) {
            [left.to_owned(), last]
        } else if alone(left).is_some() {
            [left.to_owned(), right.to_owned()]
        } else if begins_with_month(left) {
            after_month(left, right)?
        } else {
            before_year(left, right)?
        };
        let (first_on, last_on) = (alone(&first)?, alone(&last)?);
        (first_on < last_on).then_some([(first, first_on), (last, last_on)])
    })
}

/// The second date of "2027-03-13/14".
fn in_same_month(left: &str, right: &str) -> Option<String> {
    let is_iso = left.len() == 10 && left.as_bytes()[4] == b'-' && left.as_bytes()[7] == b'-';
    let month = left.get(..8).filter(|_| is_iso && right.len() == 2 && digits(right) == 2)?;
    Some(format!("{month}{right}"))
}

fn begins_with_month(left: &str) -> bool {
    left.starts_with(char::is_alphabetic) && left.ends_with(|c: char| c.is_ascii_digit())
}

/// "March 13" and "14, 2027".
fn after_month(left: &str, right: &str) -> Option<[String; 2]> {
    let month = left.trim_end_matches(|c: char| c.is_ascii_digit());
    let year = &right[digits(right)..];
    (digits(right) > 0).then(|| [format!("{left}{year}"), format!("{month}{right}")])
}

/// "13." and "14.03.2027", or "30.04." and "01.05.2027", or "30 April" and "1 May 2027".
fn before_year(left: &str, right: &str) -> Option<[String; 2]> {
    let rest = &right[digits(right)..];
    // Between slashes or dashes the day may come second.
    let is_clear = rest.starts_with('.') || rest.contains(char::is_alphabetic);
    let year = &right[right.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    let day = left.trim_end_matches('.');
    if !is_clear || day.is_empty() || year.is_empty() || digits(right) == 0 {
        return None;
    }
    let first = if day.len() == digits(day) {
        format!("{day}{rest}")
    } else if left.ends_with('.') {
        format!("{left}{year}")
    } else {
        format!("{left} {year}")
    };
    Some([first, right.to_owned()])
}

/// How many digits a text begins with.
fn digits(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())
}

/// The day that a date means without its column.
fn alone(text: &str) -> Option<NaiveDate> {
    match dates::read(text).ok()? {
        WrittenDate::On(on) => Some(on),
        WrittenDate::Numbers { day_first: Some(on), month_first: None, .. }
        | WrittenDate::Numbers { day_first: None, month_first: Some(on), .. } => Some(on),
        WrittenDate::Numbers { separator: '.', day_first, .. } => day_first,
        WrittenDate::Numbers { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_dates_may_share_their_month_or_year() {
        for (text, expected) in [
            ("13./14.03.2027", Some("2027-03-13 2027-03-14")),
            ("13/14.03.2027", Some("2027-03-13 2027-03-14")),
            ("13.-14.3.27", Some("2027-03-13 2027-03-14")),
            ("13. / 14. März 2027", Some("2027-03-13 2027-03-14")),
            ("13/14 March 2027", Some("2027-03-13 2027-03-14")),
            ("13./14-Mar-2027", Some("2027-03-13 2027-03-14")),
            ("March 13/14, 2027", Some("2027-03-13 2027-03-14")),
            ("30.04./01.05.2027", Some("2027-04-30 2027-05-01")),
            ("30 April/1 May 2027", Some("2027-04-30 2027-05-01")),
            ("24. bis 26.12.2027", Some("2027-12-24 2027-12-26")),
            ("13.03.2027 - 14.03.2027", Some("2027-03-13 2027-03-14")),
            ("2027-03-13 bis 2027-03-14", Some("2027-03-13 2027-03-14")),
            ("2027-03-13/2027-03-14", Some("2027-03-13 2027-03-14")),
            ("13/03/2027 - 14/03/2027", Some("2027-03-13 2027-03-14")),
            ("2027-03-13/14", Some("2027-03-13 2027-03-14")),
            ("Sa/So 13./14.03.2027", Some("2027-03-13 2027-03-14")),
            ("Sat/Sun, 13/14 March 2027", Some("2027-03-13 2027-03-14")),
            ("Nacht 13./14.03.2027", Some("2027-03-13 2027-03-14")),
            ("Fr/Sa 13./14.03.2027", None),
            ("03/04/2027 - 04/04/2027", None),
            ("14./13.03.2027", None),
            ("31./01.04.2027", None),
            ("13.03.2027", None),
            ("3/4/2027", None),
            ("13/14/2027", None),
            ("22:00/02:00", None),
            ("/", None),
            ("é/ü", None),
        ] {
            let found = both(text).map(|[(_, first), (_, last)]| format!("{first} {last}"));
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
