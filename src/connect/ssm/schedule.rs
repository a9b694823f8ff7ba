//! The schedule of a maintenance window of AWS: "cron(…)", "rate(…)" or "at(…)", in a zone.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

use super::cron::Cron;
use crate::connect::windows::{Leaving, first_day, last_day};
use crate::import::iana_name;
use crate::model::{Horizon, ListedDate, LocalMinute, Rule, Table, UtcMinute};
use crate::schedule::{Zone, rule_dates};
use crate::wording::iso;

/// What a window of AWS says about its dates.
#[derive(Clone, Debug, Default)]
pub struct Written<'a> {
    pub schedule: &'a str,
    /// Missing: UTC.
    pub zone: &'a str,
    /// Days after those of the cron expression.
    pub offset_days: i32,
    pub start_date: &'a str,
    pub end_date: &'a str,
    pub next_execution: &'a str,
}

/// The same in the words of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    pub rule: Rule,
    pub start: NaiveTime,
    /// IANA name.
    pub zone: String,
    pub first: Option<NaiveDate>,
    /// Of a rate: `first` is only the next of its dates, this many days apart.
    pub counts_days: Option<u16>,
    pub last: Option<NaiveDate>,
    /// What was assumed: sentences without a full stop.
    pub assumptions: Vec<&'static str>,
    /// What does not agree with the file.
    pub warning: Option<String>,
}

pub const UTC_ASSUMED: &str = "Windows without a time zone are in UTC, as AWS documents";

/// Reads a schedule. Dates that no rule of a plan gives are listed for the months of `horizon`.
///
/// # Errors
/// Why the window cannot be planned.
pub fn read(written: &Written<'_>, horizon: Horizon) -> Result<Timing, Leaving> {
    let wrong = |detail: String| Leaving { reason: "a schedule that a plan cannot have", detail };
    let zone_name = match written.zone.trim() {
        "" => "UTC".to_owned(),
        name => iana_name(name).ok_or_else(|| wrong(format!("unknown time zone \"{name}\"")))?,
    };
    let zone = Zone::named(&zone_name).ok_or_else(|| wrong(format!("unknown time zone \"{zone_name}\"")))?;
    let bound = |what: &str, text: &str, extra: TimeDelta| match text.trim() {
        "" => Ok(None),
        text => bound(text, &zone, extra).map(Some).ok_or_else(|| wrong(format!("invalid {what} \"{text}\""))),
    };
    let begin = bound("start date", written.start_date, TimeDelta::zero())?;
    // A day without a time is part of the period.
    let end = bound("end date", written.end_date, TimeDelta::days(1))?;
    let inside =
        |prefix: &str| written.schedule.trim().strip_prefix(prefix).and_then(|rest| rest.trim_end().strip_suffix(')'));
    let mut timing = if let Some(expression) = inside("cron(") {
        let cron = Cron::parse(expression).map_err(wrong)?;
        at_cron(&cron, written, begin.map(|at| zone.local(at)), &zone, horizon)
    } else if let Some(rate) = inside("rate(") {
        at_rate(rate, instant(written.next_execution).or(begin)).map_err(wrong)?
    } else if let Some(at) = inside("at(") {
        once(at, &zone, zone_name, written).map_err(wrong)?
    } else {
        return Err(wrong(format!("\"{}\" is neither cron, rate nor at", written.schedule)));
    };
    if written.zone.trim().is_empty() {
        timing.assumptions.push(UTC_ASSUMED);
    }
    let clock = Zone::named(&timing.zone).unwrap_or_else(Zone::utc);
    timing.last = end.map(|end| last_day(clock.local(end), timing.start));
    Ok(timing)
}

/// An instant as AWS writes it, or a day with or without a time on the clock of the zone. `extra` is added to a day alone.
fn bound(text: &str, zone: &Zone, extra: TimeDelta) -> Option<UtcMinute> {
    let midnight = || text.parse::<NaiveDate>().ok()?.checked_add_signed(extra)?.and_hms_opt(0, 0, 0);
    let local = || iso::read_local(text).or_else(midnight);
    instant(text).or_else(|| local().map(|local| zone.resolve(LocalMinute::from_naive(local)).at))
}

impl Timing {
    fn new(rule: Rule, start: NaiveTime, zone: String) -> Self {
        Self { rule, start, zone, first: None, counts_days: None, last: None, assumptions: Vec::new(), warning: None }
    }
}

/// The dates of an expression, each `offset_days` later.
fn at_cron(cron: &Cron, written: &Written<'_>, begin: Option<LocalMinute>, zone: &Zone, horizon: Horizon) -> Timing {
    let listed = || {
        let dates = cron.dates(horizon.from, horizon.last(), written.offset_days);
        Rule::Dates(dates.into_iter().map(|on| ListedDate { on, words: String::new() }).collect())
    };
    // AWS skips an execution whose day before the offset lies before the start.
    let offset = TimeDelta::days(i64::from(written.offset_days));
    let begin = begin.and_then(|begin| first_day(begin, cron.start).checked_add_signed(offset));
    let (rule, first) = recurring(cron, written.offset_days, begin, zone, horizon).unwrap_or_else(|| (listed(), begin));
    let mut timing = Timing::new(rule, cron.start, zone.name().to_owned());
    timing.first = first;
    let next = instant(written.next_execution).map(|at| zone.local(at));
    let agrees = |next: LocalMinute| {
        next.time() == cron.start && !cron.dates(next.date(), next.date(), written.offset_days).is_empty()
    };
    timing.warning = next.filter(|next| !agrees(*next)).map(|next| {
        format!(
            "AWS says that it next starts on {} ({}), which its schedule does not say",
            iso::local_minute(next.to_naive()),
            zone.name()
        )
    });
    timing
}

/// How far a rule is compared with the dates of an expression: all lengths and weekdays of months occur.
const COMPARED_DAYS: u64 = 12 * 366;

/// The rule of a plan with the dates of an expression from `begin` on, and the date from which it counts. None if no rule
/// gives exactly these dates.
fn recurring(
    cron: &Cron,
    offset_days: i32,
    begin: Option<NaiveDate>,
    zone: &Zone,
    horizon: Horizon,
) -> Option<(Rule, Option<NaiveDate>)> {
    let rule = cron.rule(offset_days)?;
    let counts = matches!(rule, Rule::Monthly { every, .. } if every > 1);
    if !counts {
        return Some((rule, begin));
    }
    let from = begin.unwrap_or(horizon.from);
    let last = from.checked_add_days(Days::new(COMPARED_DAYS))?;
    let dates = cron.dates(from, last, offset_days);
    let first = if begin.is_none() && cron.counts_from_january() { None } else { Some(*dates.first()?) };
    (rule_dates(&rule, first, &Table::default(), zone, from, last) == dates).then_some((rule, first))
}

/// "14 days": in UTC, since it counts elapsed time.
fn at_rate(rate: &str, begin: Option<UtcMinute>) -> Result<Timing, String> {
    let words: Vec<&str> = rate.split_whitespace().collect();
    let (number, unit) = match words.as_slice() {
        [number, unit] => (number.parse::<u32>().ok().filter(|number| *number > 0), *unit),
        _ => (None, ""),
    };
    let hours = match (number, unit.trim_end_matches('s')) {
        (Some(number), "day") => number.checked_mul(24),
        (Some(number), "hour") => Some(number),
        (Some(_), "minute") => return Err(format!("\"rate({rate})\" starts several times a day")),
        _ => return Err(format!("invalid \"rate({rate})\"")),
    };
    let days = hours.filter(|hours| hours.is_multiple_of(24)).map(|hours| hours / 24);
    let Some(days) = days.and_then(|days| u16::try_from(days).ok()) else {
        return Err(format!("\"rate({rate})\" does not start once a day or less often"));
    };
    let begin = begin.ok_or(
        "a rate begins when the window was created, and the file has neither its next execution nor a start date",
    )?;
    let local = Zone::utc().local(begin);
    let (first, start) = (local.date(), local.time());
    let rule = match days {
        days if days % 7 == 0 => Rule::Weekly { days: vec![chrono::Datelike::weekday(&first)], every: days / 7 },
        days => Rule::Foreign(format!("FREQ=DAILY;INTERVAL={days}")),
    };
    let mut timing = Timing::new(rule, start, "UTC".to_owned());
    (timing.first, timing.counts_days) = (Some(first), Some(days));
    timing.assumptions.push("Rates count from the next execution, in UTC, since AWS counts elapsed time");
    Ok(timing)
}

/// "2027-01-16T21:00:00". AWS documents it in UTC; with a zone, what the next execution says counts.
fn once(at: &str, zone: &Zone, zone_name: String, written: &Written<'_>) -> Result<Timing, String> {
    let naive: NaiveDateTime = at.trim().parse().map_err(|_| format!("invalid \"at({at})\""))?;
    let next = instant(written.next_execution).map(|at| zone.local(at).to_naive());
    let is_local = next == Some(naive.with_second(0).unwrap_or(naive)) && zone_name != "UTC";
    if is_local {
        let mut timing = Timing::new(Rule::once(naive.date()), naive.time(), zone_name);
        timing.assumptions.push("Single dates are on the clock of the window's zone, as their next execution shows");
        return Ok(timing);
    }
    let utc = UtcMinute::from_utc(naive.and_utc());
    let local = zone.local(utc);
    let mut timing = Timing::new(Rule::once(local.date()), local.time(), zone_name);
    timing.assumptions.push("Single dates (at) are in UTC, as AWS documents");
    Ok(timing)
}

/// An instant as AWS writes it: with or without seconds, with fractions, with an offset or "Z", or as seconds since 1970.
pub fn instant(text: &str) -> Option<UtcMinute> {
    let text = text.trim();
    let without_seconds = || {
        let (minute, zone) = text.split_at_checked("0000-00-00T00:00".len())?;
        DateTime::parse_from_rfc3339(&format!("{minute}:00{zone}")).ok()
    };
    let parsed = DateTime::parse_from_rfc3339(text).ok().or_else(without_seconds).map(|at| at.with_timezone(&Utc));
    // A number with fewer digits is a date without separators.
    let is_recent = |seconds: &f64| (1e9..1e10).contains(seconds);
    let seconds = || text.parse::<f64>().ok().filter(is_recent);
    let epoch = || seconds().and_then(|seconds| DateTime::from_timestamp(seconds as i64, 0));
    parsed.or_else(epoch).map(UtcMinute::from_utc)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn horizon() -> Horizon {
        Horizon::year(2027)
    }

    fn timing(written: Written<'_>) -> Timing {
        read(&written, horizon()).unwrap()
    }

    #[test]
    fn instants_are_read_in_every_form_of_the_command_line() {
        let expected = instant("2020-02-19T16:00:00Z");
        for text in ["2020-02-19T16:00Z", "2020-02-19T16:00:20.596Z", "2020-02-19T10:00-06:00", "1582128000.957"] {
            assert_eq!(instant(text), expected, "{text}");
        }
        for text in ["soon", "20270601", "202706012200", "2027", "NaN", "inf"] {
            assert_eq!(instant(text), None, "{text}");
        }
    }

    #[test]
    fn a_window_without_a_zone_is_in_utc() {
        let read = timing(Written { schedule: "cron(0 16 ? * TUE *)", ..Written::default() });
        assert_eq!((read.zone.as_str(), read.assumptions.as_slice()), ("UTC", &[UTC_ASSUMED][..]));
        let zoned = timing(Written {
            schedule: "cron(0 9 * * ? *)",
            zone: "America/Chicago",
            next_execution: "2024-03-12T09:00-05:00",
            ..Written::default()
        });
        assert_eq!((zoned.zone.as_str(), zoned.warning), ("America/Chicago", None));
    }

    #[test]
    fn an_execution_at_another_time_is_said() {
        let read = timing(Written {
            schedule: "cron(0 9 * * ? *)",
            zone: "America/Chicago",
            next_execution: "2024-03-12T09:00Z",
            ..Written::default()
        });
        assert!(read.warning.unwrap().contains("next starts on"), "04:00 in Chicago");
        let second = |next_execution| {
            let schedule = "cron(0 22 ? * TUE#2 *)";
            timing(Written { schedule, offset_days: 4, next_execution, ..Written::default() }).warning
        };
        assert_eq!(second("2027-01-16T22:00Z"), None);
        assert!(second("2027-01-12T22:00Z").is_some(), "the offset is not in it");
    }

    #[test]
    fn a_window_begins_and_ends_between_its_dates() {
        let period = |start_date, end_date| {
            let schedule = "cron(0 22 ? * SAT *)";
            let zone = "Europe/Berlin";
            let read = timing(Written { schedule, zone, start_date, end_date, ..Written::default() });
            let day = |on: Option<NaiveDate>| on.map(|on| on.to_string()).unwrap_or_default();
            (day(read.first), day(read.last))
        };
        let expected = |first: &str, last: &str| (first.to_owned(), last.to_owned());
        assert_eq!(period("", ""), expected("", ""));
        assert_eq!(period("2027-01-16", "2027-02-27"), expected("2027-01-16", "2027-02-27"));
        assert_eq!(period("2027-01-16T20:59Z", "2027-02-27T21:00Z"), expected("2027-01-16", "2027-02-26"));
        assert_eq!(period("2027-01-16T21:01Z", "2027-02-27T21:01Z"), expected("2027-01-17", "2027-02-27"));
        assert_eq!(period("2027-01-16T22:00", "2027-02-27T22:00"), expected("2027-01-16", "2027-02-26"));
        for (start_date, end_date) in [("soon", ""), ("", "2027-13-01"), ("16/01/2027", ""), ("", "20270601")] {
            let schedule = "cron(0 22 ? * SAT *)";
            let error = read(&Written { schedule, start_date, end_date, ..Written::default() }, horizon()).unwrap_err();
            assert!(error.detail.starts_with("invalid "), "{}", error.detail);
        }
    }

    #[test]
    fn a_date_whose_day_before_the_offset_lies_before_the_start_is_no_date() {
        let schedule = "cron(0 22 ? * TUE#2 *)";
        let first = |start_date| timing(Written { schedule, offset_days: 4, start_date, ..Written::default() }).first;
        assert_eq!(first("2027-01-12T22:00Z"), "2027-01-16".parse().ok());
        assert_eq!(first("2027-01-12T22:01Z"), "2027-01-17".parse().ok(), "it begins in February");
    }

    #[test]
    fn rates_begin_with_the_next_execution() {
        let read = timing(Written {
            schedule: "rate(14 days)",
            next_execution: "2027-01-16T21:00:00.956Z",
            zone: "Europe/Berlin",
            ..Written::default()
        });
        assert_eq!(read.rule, Rule::Weekly { days: vec![chrono::Weekday::Sat], every: 2 });
        assert_eq!((read.first, read.zone.as_str()), ("2027-01-16".parse().ok(), "UTC"));
        let daily =
            timing(Written { schedule: "rate(10 days)", start_date: "2027-01-04T05:00:00Z", ..Written::default() });
        assert_eq!(daily.rule, Rule::Foreign("FREQ=DAILY;INTERVAL=10".to_owned()));
        for schedule in ["rate(180 minutes)", "rate(7 days)", "rate(5 hours)", "rate(0 days)", "weekly"] {
            assert!(read_fails(schedule), "{schedule}");
        }
    }

    fn read_fails(schedule: &str) -> bool {
        read(&Written { schedule, ..Written::default() }, horizon()).is_err()
    }

    #[test]
    fn single_dates_are_in_utc_unless_the_next_execution_says_otherwise() {
        let at = |next_execution| {
            let schedule = "at(2027-01-16T22:00:00)";
            let read = timing(Written { schedule, zone: "Europe/Berlin", next_execution, ..Written::default() });
            (read.rule, crate::wording::time(read.start))
        };
        let on = |text: &str| Rule::once(text.parse().unwrap());
        assert_eq!(at(""), (on("2027-01-16"), "23:00".to_owned()));
        assert_eq!(at("2027-01-16T22:00Z"), (on("2027-01-16"), "23:00".to_owned()));
        assert_eq!(at("2027-01-16T22:00+01:00"), (on("2027-01-16"), "22:00".to_owned()));
    }

    #[test]
    fn dates_that_no_rule_gives_are_listed() {
        let read = timing(Written { schedule: "cron(0 22 ? 1,2,7,10 TUE#2 *)", offset_days: 4, ..Written::default() });
        let Rule::Dates(dates) = read.rule else { panic!("a rule") };
        let dates: Vec<String> = dates.iter().map(|date| date.on.to_string()).collect();
        assert_eq!(dates, ["2027-01-16", "2027-02-13", "2027-07-17", "2027-10-16"]);
    }

    #[test]
    fn months_at_equal_distances_are_a_rule() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (schedule, offset_days, start_date, every, first) in [
            ("cron(0 22 ? 1,4,7,10 TUE#2 *)", 4, "", 3, None),
            ("cron(0 3 1 1/3 ? *)", 0, "", 3, None),
            ("cron(0 22 ? */2 TUE#2 *)", 0, "", 2, None),
            ("cron(0 22 ? JAN,JUL FRIL *)", 0, "", 6, None),
            ("cron(0 22 ? 2,5,8,11 TUE#2 *)", 0, "", 3, Some("2027-02-09")),
            ("cron(0 22 ? 12 SUN#1 *)", 0, "", 12, Some("2027-12-05")),
            ("cron(0 22 ? 1,4,7,10 TUE#2 *)", 0, "2027-02-01", 3, Some("2027-04-13")),
            ("cron(0 22 31 1,3,5,7,9,11 ? *)", 0, "", 2, None),
            ("cron(0 22 ? 2,8 MON#5 *)", 0, "", 6, Some("2027-08-30")),
        ] {
            let read = timing(Written { schedule, offset_days, start_date, ..Written::default() });
            assert!(matches!(read.rule, Rule::Monthly { every: found, .. } if found == every), "{schedule}: {read:?}");
            assert_eq!(read.first, first.map(day), "{schedule}");
            let cron = Cron::parse(schedule.trim_start_matches("cron(").trim_end_matches(')')).unwrap();
            let (from, last) = (read.first.unwrap_or(day("2027-01-01")), day("2046-12-31"));
            let dates = rule_dates(&read.rule, read.first, &Table::default(), &Zone::utc(), from, last);
            assert_eq!(dates, cron.dates(from, last, offset_days), "{schedule}");
            assert!(!dates.is_empty());
        }
        for schedule in ["cron(0 22 ? 1,2 TUE#2 *)", "cron(0 22 ? 1,4,7 TUE#2 *)", "cron(0 22 ? 1,4,7,10 SAT *)"] {
            let read = timing(Written { schedule, ..Written::default() });
            assert!(matches!(read.rule, Rule::Dates(_)), "{schedule}");
        }
    }
}
