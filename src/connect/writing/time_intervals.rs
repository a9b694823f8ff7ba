//! Time intervals of Alertmanager, which Grafana's mute timings share: times of day on weekdays, days of the month, months
//! and years, on the clock of a location. None crosses midnight, so a night has two.
//!
//! <https://prometheus.io/docs/alerting/latest/configuration/#time_interval>

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

use super::abilities::{Candidate, Lasts, RuleSupport};
use super::entries::{Entries, NativeRule, SingleDate, minute_of_day};
use super::node::{Node, text, texts};
use super::rhythm::{ALL_MONTHS, Rhythm, month_numbers};
use crate::export::ics::proper_name;
use crate::model::{LocalMinute, MonthDay, date_of_day};
use crate::wording::iso;

const DAY: u32 = 24 * 60;
/// A month has at least this many days.
const SURE_DAYS: i32 = 28;

pub const RULES: RuleSupport = RuleSupport {
    lasts: Lasts::Years,
    zone_name: |zone, _, _| Some(proper_name(zone)),
    skips_begun_offsets: false,
    rules: |candidate| rules(candidate),
};

fn rules(candidate: &Candidate) -> Result<Vec<Rhythm>, String> {
    let days = day_parts(candidate.end_minute());
    let is_possible = match &candidate.rhythm {
        Rhythm::Weekly { every: 2.., .. } => return Err("time intervals have no rule for every second week".to_owned()),
        Rhythm::Weekly { days: weekdays, .. } => days <= 7 && (days == 1 || !reaches_new_year(candidate, weekdays)),
        Rhythm::Monthly { on: MonthDay::Last(day), offset: 0, months } => {
            days == 1 || (days == 2 && *months == ALL_MONTHS && !reaches_new_year(candidate, &[*day]))
        }
        Rhythm::Monthly { on, offset, .. } => match span(*on, *offset) {
            Some((from, to)) => from >= 1 && (to + days - 1 <= SURE_DAYS || (days == 1 && *offset == 0)),
            None => false,
        },
    };
    if is_possible {
        Ok(vec![candidate.rhythm.clone()])
    } else {
        Err("time intervals cannot say days that reach into another month or year".to_owned())
    }
}

/// On how many days an occurrence takes place that ends at that minute of its first day.
fn day_parts(end_minute: u32) -> i32 {
    end_minute.div_ceil(DAY).max(1) as i32
}

/// Whether an occurrence on a 31 December would reach into a year that has no interval, or come from one.
fn reaches_new_year(candidate: &Candidate, days: &[Weekday]) -> bool {
    let reach = day_parts(candidate.end_minute()) as u64 - 1;
    let (first, last) = (date_of_day(candidate.first).year(), date_of_day(candidate.last).year());
    let is_near = |year: i32| {
        let end = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default();
        (0..reach).any(|before| days.contains(&(end - Days::new(before)).weekday()))
    };
    is_near(first - 1) || is_near(last)
}

/// The first and the last day of the month on which a rhythm can be.
fn span(on: MonthDay, offset: i32) -> Option<(i32, i32)> {
    match on {
        MonthDay::Nth(n @ 1..=5, _) => {
            let first = 7 * (i32::from(n) - 1) + 1;
            Some((first + offset, (first + 6).min(31) + offset))
        }
        MonthDay::Day(day @ 1..=31) => Some((i32::from(day) + offset, i32::from(day) + offset)),
        _ => None,
    }
}

/// The time intervals of a window.
pub fn interval_nodes(entries: &Entries<'_>) -> Vec<Node> {
    match entries {
        Entries::Rules(rules) => rules.iter().flat_map(rule_intervals).collect(),
        Entries::Dates(dates) => dates.iter().flat_map(date_intervals).collect(),
        Entries::Nothing => Vec::new(),
    }
}

fn rule_intervals(rule: &NativeRule) -> Vec<Node> {
    let start = minute_of_day(rule.start);
    let end = start + rule.minutes;
    let years = [date_of_day(rule.first).year(), date_of_day(rule.last).year()];
    let years = if years[0] == years[1] { years[0].to_string() } else { format!("{}:{}", years[0], years[1]) };
    let mut nodes = Vec::new();
    for part in 0..day_parts(end) {
        let from = if part == 0 { start } else { 0 };
        let to = (end - part as u32 * DAY).min(DAY);
        let interval = |weekdays: Option<Vec<Weekday>>, days: Option<String>, months: u16| {
            let mut map = vec![("times", times(from, to))];
            map.extend(weekdays.map(|days| ("weekdays", texts(days.into_iter().map(weekday_name)))));
            map.extend(days.map(|days| ("days_of_month", texts([days]))));
            if months != ALL_MONTHS {
                map.push(("months", texts(month_numbers(months).map(|month| month.to_string()))));
            }
            map.push(("years", texts([years.clone()])));
            map.push(("location", text(&rule.zone)));
            Node::Map(map)
        };
        match &rule.rhythm {
            Rhythm::Weekly { days, .. } => {
                nodes.push(interval(Some(days.iter().map(|day| later(*day, part)).collect()), None, ALL_MONTHS));
            }
            Rhythm::Monthly { on: MonthDay::Last(day), months, .. } => {
                let days = if part == 0 { "-7:-1" } else { "-6:-1" };
                nodes.push(interval(Some(vec![later(*day, part)]), Some(days.to_owned()), *months));
                if part == 1 {
                    nodes.push(interval(Some(vec![later(*day, part)]), Some("1:1".to_owned()), *months));
                }
            }
            Rhythm::Monthly { on, offset, months } => {
                let (first, last) = span(*on, *offset).unwrap_or((1, 31));
                let weekday = match on {
                    MonthDay::Nth(_, day) | MonthDay::Last(day) => Some(vec![later(*day, offset + part)]),
                    MonthDay::Day(_) => None,
                };
                nodes.push(interval(weekday, Some(format!("{}:{}", first + part, last + part)), *months));
            }
        }
    }
    nodes
}

/// A date in UTC, so that it begins and ends at the planned instants.
fn date_intervals(date: &SingleDate<'_>) -> Vec<Node> {
    let utc = |at: crate::model::UtcMinute| LocalMinute(at.0);
    let (start, end) = (utc(date.start_at()), utc(date.end_at()));
    let mut nodes = Vec::new();
    let mut day = start.0.div_euclid(DAY as i32);
    while day * (DAY as i32) < end.0 {
        let midnight = day * DAY as i32;
        let (from, to) = ((start.0 - midnight).max(0) as u32, (end.0 - midnight).min(DAY as i32) as u32);
        let on = date_of_day(day);
        nodes.push(Node::Map(vec![
            ("times", times(from, to)),
            ("days_of_month", texts([on.day().to_string()])),
            ("months", texts([on.month().to_string()])),
            ("years", texts([on.year().to_string()])),
            ("location", text("UTC")),
        ]));
        day += 1;
    }
    nodes
}

fn times(from: u32, to: u32) -> Node {
    let range = vec![("start_time", text(iso::minute_of_day(from))), ("end_time", text(iso::minute_of_day(to)))];
    Node::List(vec![Node::Map(range)])
}

fn later(day: Weekday, days: i32) -> Weekday {
    let index = (day.num_days_from_monday() as i32 + days).rem_euclid(7);
    Weekday::try_from(index as u8).unwrap_or(day)
}

fn weekday_name(day: Weekday) -> &'static str {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"][day.num_days_from_monday() as usize]
}
