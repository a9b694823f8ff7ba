//! Days of a month that only a recurrence rule can express: "last day", "2nd and 4th Saturday", "second last Friday".

use super::tokens::{code, from_the_end, nth, weekday};
use super::working_days;

/// The rule for such days, of every so many months.
pub(super) fn several_days(tokens: &[&str], every: u16) -> Option<String> {
    let monthly = |part: String| match every {
        1 => format!("FREQ=MONTHLY;{part}"),
        every => format!("FREQ=MONTHLY;INTERVAL={every};{part}"),
    };
    let day_from_the_end = match tokens {
        ["end"] => Some(1),
        [which, "day"] => from_the_end(which),
        _ => None,
    };
    if let Some(number) = day_from_the_end {
        return Some(monthly(format!("BYMONTHDAY=-{number}")));
    }
    if tokens.iter().any(|token| token.contains('#')) {
        return with_signs(tokens).map(monthly);
    }
    if let Some(part) = working_days::in_month(tokens) {
        return Some(monthly(part));
    }
    let (last, which) = tokens.split_last()?;
    let day = code(weekday(last)?);
    let numbers = positions(which)?;
    // One of them alone is a plain rule, unless it counts from the end.
    let is_plain = numbers.len() == 1 && numbers[0] >= -1;
    let days: Vec<String> = numbers.iter().map(|number| format!("{number}{day}")).collect();
    (!is_plain && !days.is_empty()).then(|| monthly(format!("BYDAY={}", days.join(","))))
}

/// "1st, 3rd and last" as 1, 3 and -1. None if it is unclear: in "2nd and 3rd last", the second may count from the end.
fn positions(tokens: &[&str]) -> Option<Vec<i32>> {
    let is_separator = |token: &&str| matches!(*token, "," | "and" | "&" | "/" | "+");
    let mut numbers = Vec::new();
    let mut follows_number = false;
    for token in tokens {
        if is_separator(token) {
            follows_number = false;
            continue;
        }
        let number = match from_the_end(token) {
            Some(number) if !follows_number => -i32::from(number),
            Some(_) => return None,
            None => i32::from(nth(token)?),
        };
        if numbers.last() < Some(&0) && follows_number {
            return None;
        }
        numbers.push(number);
        follows_number = true;
    }
    let is_mixed = numbers.iter().any(|number| *number > 0) && numbers.iter().any(|number| *number < -1);
    (!is_mixed).then_some(numbers)
}

/// "SUN#1,SUN#3", "SAT#L". A single day with a number is a plain rule.
fn with_signs(tokens: &[&str]) -> Option<String> {
    let each = |token: &&str| {
        let (day, which) = token.split_once('#')?;
        let number = if which == "l" { -1 } else { which.parse().ok().filter(|which| (1..=5).contains(which))? };
        Some((number, format!("{number}{}", code(weekday(day)?))))
    };
    let days = tokens.iter().filter(|token| **token != ",").map(each).collect::<Option<Vec<(i32, String)>>>()?;
    if let [(1.., _)] = &*days {
        return None;
    }
    let codes: Vec<String> = days.into_iter().map(|(_, code)| code).collect();
    Some(format!("BYDAY={}", codes.join(",")))
}
