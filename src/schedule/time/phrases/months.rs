//! Rules with a list of months: "first Saturday in January, April, July and October".

use super::several_days::several_days;
use super::tokens::{code, month};
use super::{month_day, split_offset, weekly, within_months};
use crate::model::{MonthDay, Rule};

/// The last day that every month has.
const LAST_COMMON_DAY: i32 = 28;

/// A rule that applies in some months only. None without a list of months at the end, or if the words before it are
/// unclear: "every second Saturday in March" may count weeks.
pub(super) fn in_months(tokens: &[&str]) -> Option<Rule> {
    let (body, months) = split(tokens)?;
    let body = match body {
        ["on", rest @ ..] => rest,
        body => body,
    };
    let body = match body {
        ["every" | "each", rest @ ..] if matches!(rest, ["first" | "1st" | "last" | "penultimate", ..]) => rest,
        body => body,
    };
    let list = months.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let rule = |days: &str| Some(Rule::Foreign(format!("FREQ=MONTHLY;BYMONTH={list};{days}")));
    if let Some(rrule) = several_days(body, 1) {
        return rule(rrule.strip_prefix("FREQ=MONTHLY;")?);
    }
    if let Some((on, offset_days)) = within_months(body) {
        return rule(&with_offset(on, offset_days)?);
    }
    let (body, offset_days) = split_offset(body)?;
    if let Some(on) = month_day(body) {
        return rule(&with_offset(on, offset_days)?);
    }
    // "Saturday in March" may be any of them.
    let is_every = matches!(body, ["every" | "each", ..] | ["daily"]) || body.iter().all(|day| day.ends_with("days"));
    match weekly(body).filter(|_| is_every)? {
        Rule::Weekly { days, every: 1 } => {
            let days: Vec<String> = days.iter().map(|day| code(*day)).collect();
            rule(&format!("BYDAY={}", days.join(",")))
        }
        _ => None,
    }
}

/// Splits the list of months off the end: "in January, April and July", "(Jan/Jul)".
fn split<'a, 'b>(tokens: &'a [&'b str]) -> Option<(&'a [&'b str], Vec<u8>)> {
    let named = |token: &str| month(token.trim_matches(['(', ')']));
    let belongs = |token: &&str| named(token).is_some() || matches!(*token, "," | "and" | "&" | "/" | "+");
    let begin = tokens.iter().rposition(|token| !belongs(token)).map_or(0, |last| last + 1);
    let mut months: Vec<u8> = tokens[begin..].iter().filter_map(|token| named(token)).collect();
    months.sort_unstable();
    months.dedup();
    let mut body = &tokens[..begin];
    while let [rest @ .., "in" | "of" | "each" | "every" | ","] = body {
        body = rest;
    }
    (!months.is_empty() && !body.is_empty()).then_some((body, months))
}

/// The days of a month that a rule gives with its offset. None if some may be in another month.
fn with_offset(on: MonthDay, offset_days: i32) -> Option<String> {
    match on {
        MonthDay::Day(day) if offset_days == 0 => Some(format!("BYMONTHDAY={day}")),
        MonthDay::Nth(nth, day) if offset_days == 0 => Some(format!("BYDAY={nth}{}", code(day))),
        MonthDay::Last(day) if offset_days == 0 => Some(format!("BYDAY=-1{}", code(day))),
        // The third day after a second Tuesday is a Friday from day 11 to day 17.
        MonthDay::Nth(nth, day) => {
            let first = i32::from(nth) * 7 - 6 + offset_days;
            let days = first..first + 7;
            let day = (0..offset_days.rem_euclid(7)).fold(day, |day, _| day.succ());
            let is_inside = first >= 1 && days.end <= LAST_COMMON_DAY + 1;
            let numbers: Vec<String> = days.map(|number| number.to_string()).collect();
            is_inside.then(|| format!("BYDAY={};BYMONTHDAY={}", code(day), numbers.join(",")))
        }
        MonthDay::Day(_) | MonthDay::Last(_) => None,
    }
}
