//! Rules that give several times a day. Freezes and holidays are whole days, so they may have them; windows may not.

use chrono::{NaiveTime, Timelike};

use super::events::Event;
use crate::schedule::time::foreign;

/// The most times a day of one rule.
const MOST_TIMES: usize = 48;

/// The parts of a rule that a list of times replaces.
const TIMES: [&str; 3] = ["BYHOUR", "BYMINUTE", "BYSECOND"];

/// The rule as one for each time of day that it gives, each with its part of COUNT; the rule itself if it gives one.
///
/// # Errors
/// Why it is not understood, in the middle of a sentence.
pub(super) fn with_one_time(raw: &str, event: &Event) -> Result<Vec<String>, String> {
    let upper = raw.to_ascii_uppercase();
    let parts: Vec<(&str, &str)> = upper
        .split(';')
        .filter_map(|part| part.split_once('='))
        .map(|(key, value)| (key.trim(), value.trim()))
        .collect();
    let value = |name: &str| parts.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    let has_list = |name: &str| value(name).is_some_and(|value| value.contains(','));
    if event.start.is_date() || !(has_list("BYHOUR") || has_list("BYMINUTE")) {
        return Ok(vec![raw.to_owned()]);
    }
    if value("BYSETPOS").is_some() {
        return Err(
            "its rule gives several times a day, of which BYSETPOS selects some: enter them as events".to_owned()
        );
    }
    let clock = event.start_clock();
    let times = times(value("BYHOUR"), value("BYMINUTE"), clock)?;
    let rest: Vec<&(&str, &str)> = parts.iter().filter(|(key, _)| !TIMES.contains(key)).collect();
    let first = event.start.written_on();
    let plain: Vec<String> = rest.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let gives_first =
        foreign::dates(&plain.join(";"), first, NaiveTime::MIN, first, first).is_ok_and(|on| !on.is_empty());
    let count = value("COUNT").and_then(|count| count.parse::<usize>().ok());
    // Times before DTSTART on its day do not count.
    let skipped = times.iter().filter(|time| gives_first && **time < clock).count();
    let rule = |(index, time): (usize, &NaiveTime)| {
        // Such a rule is read as one that does not take place on the first day.
        let early = usize::from(index < skipped);
        let own =
            count.map(|count| (count + skipped).saturating_sub(index).div_ceil(times.len()).saturating_sub(early));
        let part = |(key, value): &&(&str, &str)| match own {
            Some(own) if *key == "COUNT" => format!("COUNT={own}"),
            Some(_) | None => format!("{key}={value}"),
        };
        let parts: Vec<String> = rest.iter().map(part).collect();
        let text = format!("{};BYHOUR={};BYMINUTE={}", parts.join(";"), time.hour(), time.minute());
        (own != Some(0) || count == Some(0)).then_some(text)
    };
    Ok(times.iter().enumerate().filter_map(rule).collect())
}

/// All times of day, sorted.
fn times(hours: Option<&str>, minutes: Option<&str>, clock: NaiveTime) -> Result<Vec<NaiveTime>, String> {
    let numbers = |name: &str, list: Option<&str>, own: u32| {
        let numbers =
            list.map_or(Some(vec![own]), |list| list.split(',').map(|text| text.trim().parse().ok()).collect());
        numbers.ok_or_else(|| format!("invalid {name} in its rule"))
    };
    let (hours, minutes) = (numbers("BYHOUR", hours, clock.hour())?, numbers("BYMINUTE", minutes, clock.minute())?);
    let all = hours.iter().flat_map(|hour| minutes.iter().map(|minute| NaiveTime::from_hms_opt(*hour, *minute, 0)));
    let times: Option<Vec<NaiveTime>> = all.take(MOST_TIMES + 1).collect();
    let mut times = times.ok_or("invalid BYHOUR or BYMINUTE in its rule")?;
    times.sort_unstable();
    times.dedup();
    if times.len() > MOST_TIMES {
        return Err(format!("its rule gives more than {MOST_TIMES} times a day: enter it as whole days"));
    }
    Ok(times)
}
