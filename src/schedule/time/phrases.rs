//! Rules in words: "first Saturday", "Friday after the second Tuesday", "Saturday after Patch Tuesday".

mod german;
mod months;
mod quarters;
mod several_days;
mod tokens;
pub mod working_days;

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};

use super::foreign;
use super::release::local_days;
use crate::model::{MonthDay, ReleaseCalendar, ReleaseId, Rule, Table, date_of_day, day_number as day_of};
use crate::schedule::time::rules::Days;
use crate::schedule::time::zone::Zone;
use crate::wording::WEEK;
use several_days::several_days;
use tokens::{day_number, nth, number, tokens, weekday};

/// The longest offset in words, in days.
const LONGEST_OFFSET: i32 = 366;

/// Returns the rule for `words`. None if the wording is unknown or ambiguous ("every third Wednesday"). Case, articles,
/// abbreviations and "of the month" do not matter, and German words
/// are understood. Release calendars are recognized by id, name or vendor. Reads
/// everything that [`Rule::in_words`] writes, except lists of dates and foreign rules.
pub fn rule(words: &str, releases: &Table<ReleaseCalendar>) -> Option<Rule> {
    if let Some(rrule) = rrule(words) {
        return Some(Rule::Foreign(rrule));
    }
    let tokens = tokens(words);
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    if let [body @ .., "every" | "each" | "of" | "a" | "in", "quarter"] = &*tokens {
        return quarters::quarterly(body).map(Rule::Foreign);
    }
    if let Some(rule) = months::in_months(&tokens) {
        return Some(rule);
    }
    if let Some(rule) = relative(&tokens, releases) {
        return Some(rule);
    }
    let (body, months) = split_months(&tokens);
    if months.is_none()
        && let Some(rule) = weekly(body)
    {
        return Some(rule);
    }
    let body = match body {
        ["on", body @ ..] => body,
        // "Every second Sunday of the month", "every first Saturday". But "every third Sunday" may also mean weeks.
        ["every" | "each", body @ ..]
            if months.is_some() || matches!(body, ["first" | "1st" | "last" | "penultimate", ..] | ["day", ..]) =>
        {
            body
        }
        body => body,
    };
    if let Some(rrule) = several_days(body, months.unwrap_or(1)) {
        return Some(Rule::Foreign(rrule));
    }
    let (body, offset_days) = split_offset(body)?;
    if let Some(on) = month_day(body) {
        return Some(Rule::Monthly { on, every: months.unwrap_or(1), offset_days });
    }
    let release = release(body, releases)?;
    months.is_none().then_some(Rule::AfterRelease { release, offset_days, then: None })
}

/// The number of days by which `on` differs from the rule in words next to it, positive if it is later. None if the
/// wording is unknown.
///
/// The date is compared with the rule's date in the same month or, if there is none, with its nearest date. A single
/// date does not tell which weeks or months "every second" means, so any will do. `zone` is the window's time zone,
/// which decides the date of a release.
pub fn days_off(words: &str, on: NaiveDate, releases: &Table<ReleaseCalendar>, zone: &Zone) -> Option<i32> {
    let candidates = match rule(words, releases)? {
        Rule::Weekly { days, .. } => near_weekdays(on, &days),
        Rule::Monthly { on: day, offset_days, .. } => near_months(on, day, offset_days),
        Rule::AfterRelease { release, offset_days, then } => {
            let around = day_of(on) - offset_days;
            let days = local_days(releases.get(&release)?, zone, Days { from: around, to: around }.wider(190));
            days.into_iter().filter_map(|day| from_release(date_of_day(day), offset_days, then)).collect()
        }
        Rule::Dates(_) | Rule::Foreign(_) => return None,
    };
    let same_month = |date: &&NaiveDate| (date.year(), date.month()) == (on.year(), on.month());
    let distance = |date: &&NaiveDate| (on - **date).num_days().abs();
    let nearest = candidates
        .iter()
        .filter(|date| same_month(date))
        .min_by_key(distance)
        .or_else(|| candidates.iter().min_by_key(distance))?;
    i32::try_from((on - *nearest).num_days()).ok()
}

fn near_weekdays(on: NaiveDate, days: &[Weekday]) -> Vec<NaiveDate> {
    let around = (-3..=3).filter_map(|days| on.checked_add_signed(TimeDelta::days(days)));
    // No two are equally near: a week has seven days.
    let mut near: Vec<NaiveDate> = around.filter(|date| days.contains(&date.weekday())).collect();
    near.sort_by_key(|date| (on - *date).num_days().abs());
    near.truncate(1);
    near
}

/// The rule's dates in the months around `on`, a year on each side, because day 31 or an offset may leave months out.
fn near_months(on: NaiveDate, day: MonthDay, offset_days: i32) -> Vec<NaiveDate> {
    let Some(first) = on.with_day(1).and_then(|first| first.checked_sub_months(Months::new(13))) else {
        return Vec::new();
    };
    (0..=26)
        .filter_map(|month| first.checked_add_months(Months::new(month)))
        .filter_map(|month| day.in_month(month.year(), month.month()))
        .filter_map(|date| date.checked_add_signed(TimeDelta::days(offset_days.into())))
        .collect()
}

fn from_release(released: NaiveDate, offset_days: i32, then: Option<Weekday>) -> Option<NaiveDate> {
    let date = released.checked_add_signed(TimeDelta::days(offset_days.into()))?;
    let wait = then.map_or(0, |day| day.days_since(date.weekday()));
    date.checked_add_days(chrono::Days::new(wait.into()))
}

/// The rule for a window that first takes place on `first`, which tells the weekday if the words do not: "fortnightly".
pub fn rule_from(words: &str, first: NaiveDate, releases: &Table<ReleaseCalendar>) -> Option<Rule> {
    let weeks = || {
        let tokens = tokens(words);
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        weeks_alone(&tokens).map(|every| Rule::Weekly { days: vec![first.weekday()], every })
    };
    rule(words, releases).or_else(weeks)
}

/// Whether words that count weeks may also mean a day of each month, which `first` is: "every second Saturday".
pub fn may_be_monthly(words: &str, first: NaiveDate) -> bool {
    let tokens = tokens(words);
    let [every, which, day] = &*tokens else { return false };
    let on = nth(which).and_then(|which| u8::try_from(which).ok()).zip(weekday(day));
    let in_month = |(which, day)| MonthDay::Nth(which, day).in_month(first.year(), first.month()) == Some(first);
    matches!(every.as_str(), "every" | "each") && on.is_some_and(in_month)
}

/// Whether words name a period but no day of it: "monthly", "every 3 months", "vierteljährlich".
pub fn names_no_day(words: &str) -> bool {
    let tokens = tokens(words);
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    matches!(split_months(&tokens), ([], Some(_))) || matches!(*tokens, ["every" | "each", "quarter" | "year"])
}

/// Whether words say that something recurs, and not only which day of a month a date is: "weekly", "every Saturday".
pub fn says_it_recurs(words: &str) -> bool {
    const RECURRING: [&str; 9] =
        ["every", "each", "daily", "weekly", "monthly", "quarterly", "yearly", "annually", "recurring"];
    rrule_text(words).is_some() || tokens(words).iter().any(|token| RECURRING.contains(&token.as_str()))
}

/// The weekday that a single word of at least three letters names: shorter ones ("so", "do") are other words, too.
pub fn single_weekday(word: &str) -> Option<Weekday> {
    let tokens = tokens(word);
    let [token] = &*tokens else { return None };
    weekday(token).filter(|_| word.chars().count() > 2)
}

/// The number of a month by its English or German name in lower case: 3 for "mar", "march" and "märz".
pub fn month_number(word: &str) -> Option<u8> {
    tokens::month(word)
}

/// How many weeks "weekly", "every other week" or "every 2 weeks" means.
fn weeks_alone(tokens: &[&str]) -> Option<u16> {
    match tokens {
        ["weekly"] | ["every" | "each", "week"] => Some(1),
        ["every" | "each", "other", "week"] => Some(2),
        ["every" | "each", every, "week" | "weeks"] => nth(every).or_else(|| number(every)).filter(|every| *every > 0),
        ["every" | "each", days, "days"] => weeks_of_days(days),
        _ => None,
    }
}

/// 2 for 14 days.
fn weeks_of_days(days: &str) -> Option<u16> {
    number(days).filter(|days| *days > 0 && days % 7 == 0).map(|days| days / 7)
}

/// "Friday after the second Tuesday" as a day of the month with an offset, if the words name no release.
fn within_months(tokens: &[&str]) -> Option<(MonthDay, i32)> {
    match relative(tokens, &Table::default())? {
        Rule::Monthly { on, every: 1, offset_days } => Some((on, offset_days)),
        _ => None,
    }
}

/// "Friday after the second Tuesday", "3 days after Patch Tuesday", "Saturday on or after Patch Tuesday + 3 days".
fn relative(tokens: &[&str], releases: &Table<ReleaseCalendar>) -> Option<Rule> {
    let at = tokens.iter().position(|token| matches!(*token, "after" | "following" | "before"))?;
    let (left, right) = (&tokens[..at], &tokens[at + 1..]);
    let is_before = tokens[at] == "before";
    let (left, same_day_counts) = match left {
        [left @ .., "on", "or"] => (left, true),
        left => (left, false),
    };
    let mut left = left;
    while let ["on" | "the" | "every" | "each" | "first" | "next", rest @ ..] = left {
        left = rest;
    }
    if let (true, ["last", rest @ ..]) = (is_before, left) {
        left = rest;
    }
    let (anchor, months) = split_months(right);
    let (anchor, offset_days) = split_offset(anchor)?;
    if let Some(days) = span_of_days(left) {
        let offset_days = offset_days + if is_before { -days } else { days };
        return match month_day(anchor) {
            Some(on) => Some(Rule::Monthly { on, every: months.unwrap_or(1), offset_days }),
            None => Some(Rule::AfterRelease { release: release(anchor, releases)?, offset_days, then: None }),
        };
    }
    // "every second Saturday after" may count weeks or releases.
    let counts_weeks = tokens[..at].iter().any(|token| matches!(*token, "every" | "each"));
    let (day, more_days) = match left {
        [day] => (day, 0),
        [which, day] if !is_before && !same_day_counts && !counts_weeks => (day, 7 * (i32::from(nth(which)?) - 1)),
        _ => return None,
    };
    let day = weekday(day)?;
    let offset_days = offset_days + more_days;
    let Some(on) = month_day(anchor) else {
        let release = release(anchor, releases)?;
        // The Saturday before a day is the first one on or after the day a week earlier.
        let offset_days = match (is_before, same_day_counts) {
            (false, counts) => offset_days + i32::from(!counts),
            (true, counts) => offset_days - 7 + i32::from(counts),
        };
        return Some(Rule::AfterRelease { release, offset_days, then: Some(day) });
    };
    let (MonthDay::Nth(_, from) | MonthDay::Last(from)) = on else { return None };
    let weekday_days = day.num_days_from_monday() as i32 - from.num_days_from_monday() as i32;
    let ahead = (weekday_days - offset_days).rem_euclid(7);
    let wait = match (is_before, ahead) {
        (false, 0) if !same_day_counts => 7,
        (true, 0) if same_day_counts => 0,
        (true, ahead) => ahead - 7,
        (false, ahead) => ahead,
    };
    Some(Rule::Monthly { on, every: months.unwrap_or(1), offset_days: offset_days + wait })
}

/// Splits ", every third month", "of the month" and the like off the end.
fn split_months<'a, 'b>(tokens: &'a [&'b str]) -> (&'a [&'b str], Option<u16>) {
    let (rest, every) = match tokens {
        ["monthly", "on", rest @ ..] | ["monthly", rest @ ..] => (rest, 1),
        ["every" | "each", "other", "month", "," | "on", rest @ ..] if !rest.is_empty() => (rest, 2),
        ["every" | "each", step, "month" | "months", "," | "on", rest @ ..] if !rest.is_empty() => {
            match nth(step).or_else(|| number(step)) {
                Some(every) => (rest, every),
                None => return (tokens, None),
            }
        }
        [rest @ .., "every" | "each" | "of" | "a" | "in", "month"] | [rest @ .., "monthly"] => (rest, 1),
        [rest @ .., "every" | "each", "other", "month"] => (rest, 2),
        [rest @ .., "every" | "each", step, "month" | "months"] => match nth(step).or_else(|| number(step)) {
            Some(every) => (rest, every),
            None => return (tokens, None),
        },
        [rest @ .., "quarterly"] => (rest, 3),
        [rest @ .., "once", "a", "year"] | [rest @ .., "yearly"] => (rest, 12),
        _ => return (tokens, None),
    };
    let end = rest.iter().rposition(|token| !matches!(*token, "," | "of" | "in")).map_or(0, |last| last + 1);
    (&rest[..end], Some(every))
}

/// The text of a recurrence rule: "RRULE:FREQ=MONTHLY;BYDAY=2SA".
fn rrule(words: &str) -> Option<String> {
    let rrule = rrule_text(words)?.to_ascii_uppercase();
    foreign::check(&rrule).is_ok().then_some(rrule)
}

/// The recurrence rule in words that look like one, without "RRULE:". It may be invalid.
pub fn rrule_text(words: &str) -> Option<&str> {
    let text = words.trim();
    let rest =
        text.get(..6).filter(|start| start.eq_ignore_ascii_case("RRULE:")).map_or(text, |start| &text[start.len()..]);
    let rest = rest.trim();
    rest.to_ascii_uppercase().contains("FREQ=").then_some(rest)
}

/// Splits "+ 11 days" or "+ 11" off the end. None if the offset is unreasonably long.
fn split_offset<'a, 'b>(tokens: &'a [&'b str]) -> Option<(&'a [&'b str], i32)> {
    let (rest, sign, days) = match tokens {
        [rest @ .., "+" | "plus", days, "day" | "days"] | [rest @ .., "+", days] => (rest, 1, days),
        [rest @ .., "-" | "minus", days, "day" | "days"] | [rest @ .., "-", days] => (rest, -1, days),
        _ => return Some((tokens, 0)),
    };
    let days = i32::from(number(days.strip_suffix('d').unwrap_or(days))?);
    (days <= LONGEST_OFFSET).then_some((rest, sign * days))
}

/// "3 days", "a week", "day".
fn span_of_days(tokens: &[&str]) -> Option<i32> {
    let (count, unit) = match tokens {
        ["day"] => return Some(1),
        ["week"] => return Some(7),
        [count, "day" | "days"] => (count, 1),
        [count, "week" | "weeks"] => (count, 7),
        _ => return None,
    };
    let days = i32::from(number(count)?) * unit;
    (days <= LONGEST_OFFSET).then_some(days)
}

/// "Second Tuesday", "last Fri", "day 15", "15th".
fn month_day(tokens: &[&str]) -> Option<MonthDay> {
    match tokens {
        [each] if each.contains('#') => {
            let (day, which) = each.split_once('#')?;
            let which = which.parse().ok().filter(|which| (1..=5).contains(which))?;
            Some(MonthDay::Nth(which, weekday(day)?))
        }
        ["last", day] => Some(MonthDay::Last(weekday(day)?)),
        ["day", number] => Some(MonthDay::Day(day_number(number)?)),
        [which, "day"] | [which] if !which.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(MonthDay::Day(day_number(which)?))
        }
        [which, day] => Some(MonthDay::Nth(u8::try_from(nth(which)?).ok()?, weekday(day)?)),
        _ => None,
    }
}

/// "Every Friday", "every second Sunday", "Tuesdays and Thursdays", "Friday, every 3 weeks".
fn weekly(tokens: &[&str]) -> Option<Rule> {
    let step = |step: &str| nth(step).or_else(|| number(step)).filter(|every| *every > 0);
    let (days, every) = match tokens {
        ["every" | "each", "other", "week", "on", days @ ..] => (days, 2),
        [days @ .., "every" | "each", "other", "week"] if !days.is_empty() => (days, 2),
        ["every" | "each", "other", days @ ..] => (days, 2),
        ["every" | "each", "second" | "2nd", days @ ..] if days.first() != Some(&"week") => (days, 2),
        ["every" | "each", every, "week" | "weeks", "on", days @ ..] => (days, step(every)?),
        ["every" | "each", "week", "on", days @ ..] | ["weekly", "on", days @ ..] | ["weekly", days @ ..] => (days, 1),
        [days @ .., "every" | "each", every, "week" | "weeks"] => (days, step(every)?),
        ["every" | "each", every, "week" | "weeks", days @ ..] => (days, step(every)?),
        ["every" | "each", number, "days", "on", days @ ..] | [days @ .., "every" | "each", number, "days"] => {
            (days, weeks_of_days(number)?)
        }
        [days @ .., "every" | "each", "week"] | [days @ .., "weekly"] => (days, 1),
        ["every" | "each", days @ ..] | ["on", days @ ..] => (days, 1),
        days => (days, 1),
    };
    if let ["day" | "days"] | ["daily"] = days {
        return (every == 1).then(|| Rule::Weekly { days: WEEK.to_vec(), every: 1 });
    }
    if let ["weekday" | "weekdays"] = days {
        return (every == 1).then(|| Rule::Weekly { days: WEEK[..5].to_vec(), every: 1 });
    }
    let names = days.iter().filter(|token| !matches!(**token, "," | "and" | "&" | "/" | "on"));
    let mut days = names.map(|name| weekdays(name)).collect::<Option<Vec<_>>>()?.concat();
    days.sort_by_key(Weekday::num_days_from_monday);
    days.dedup();
    (!days.is_empty()).then_some(Rule::Weekly { days, every })
}

/// One weekday, or those of "mon-fri".
fn weekdays(word: &str) -> Option<Vec<Weekday>> {
    let Some((first, last)) = word.split_once('-') else { return Some(vec![weekday(word)?]) };
    let (first, last) = (weekday(first)?, weekday(last)?);
    let from = WEEK.iter().position(|day| *day == first)?;
    let days = usize::try_from(last.days_since(first)).ok()?;
    Some((0..=days).map(|wait| WEEK[(from + wait) % 7]).collect())
}

/// The calendar whose release the words name, with or without "on" in front.
fn release(words: &[&str], releases: &Table<ReleaseCalendar>) -> Option<ReleaseId> {
    let words = match words {
        ["on", words @ ..] => words,
        words => words,
    };
    let words = match words {
        [words @ .., "release" | "releases"] if !words.is_empty() => words,
        words => words,
    };
    let words = match words {
        ["patchday" | "patch-dienstag" | "patchdienstag" | "patch-tuesday"] => &["patch", "tuesday"],
        words => words,
    };
    let is_it = |name: &str| tokens(name).iter().map(String::as_str).eq(words.iter().copied());
    let named = |release: &ReleaseCalendar| {
        is_it(&release.name) || is_it(release.id.as_str()) || is_it(&format!("{} {}", release.vendor, release.name))
    };
    let by_vendor = || releases.iter().find(|release| is_it(&release.vendor));
    releases.iter().find(|release| named(release)).or_else(by_vendor).map(|release| release.id.clone())
}

#[cfg(test)]
mod tests;
