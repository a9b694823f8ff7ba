//! Judges a recurrence rule as it is written, before a parser changes it.

use chrono::{NaiveDate, NaiveTime, TimeDelta, Timelike};

use super::event_time::EventTime;
use super::events::Event;
use super::raw_values::read_time;
use crate::import::text::words_on_one_line;
use crate::model::UtcMinute;
use crate::schedule::Zone;
use crate::schedule::time::foreign;
use crate::wording::{iso, time, within_sentence};

/// The longest part of a rule in a message, in characters.
const LONGEST_PART: usize = 60;

/// A rule that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SeriesRule {
    /// The rule without the parts that say the time of day.
    pub text: String,
    /// The time of day of its occurrences: that of DTSTART, unless BYHOUR or BYMINUTE say another.
    pub start: NaiveTime,
    /// The last date that an UNTIL in UTC allows, on the clock of the series.
    pub last: Option<NaiveDate>,
    /// Times of an EXDATE inside the rule.
    pub excluded: Vec<EventTime>,
    /// What was not understood as written, in the middle of a sentence.
    pub remarks: Vec<String>,
}

/// A rule whose parts are being looked at.
struct Judge<'a> {
    /// When the series begins.
    begins: &'a EventTime,
    zone: &'a Zone,
    home: &'a Zone,
    parts: Vec<String>,
    has_until: bool,
    is_yearly: bool,
    is_monthly: bool,
    has_month: bool,
    rule: SeriesRule,
}

impl SeriesRule {
    /// Whether it gives a number of dates, or dates to a day.
    pub fn ends(&self) -> bool {
        let is_end = |part: &str| part.starts_with("COUNT=") || part.starts_with("UNTIL=");
        self.last.is_some() || self.text.to_ascii_uppercase().split(';').any(is_end)
    }

    /// Understands the rule of an event whose clock is that of `zone`.
    ///
    /// # Errors
    /// Why it is not understood, in the middle of a sentence.
    pub fn read(raw: &str, event: &Event, zone: &Zone, home: &Zone) -> Result<Self, String> {
        Self::read_from(raw, &event.start, zone, home)
    }

    /// # Errors
    /// Why it is not understood, in the middle of a sentence.
    fn read_from(raw: &str, begins: &EventTime, zone: &Zone, home: &Zone) -> Result<Self, String> {
        let pairs = in_days(pairs(raw)?);
        let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let mut judge = Judge {
            begins,
            zone,
            home,
            parts: Vec::new(),
            has_until: value("UNTIL").is_some(),
            is_yearly: value("FREQ") == Some("YEARLY"),
            is_monthly: value("FREQ") == Some("MONTHLY"),
            has_month: value("BYMONTH").is_some(),
            rule: Self {
                text: String::new(),
                start: begins.written_at().time(),
                last: None,
                excluded: Vec::new(),
                remarks: Vec::new(),
            },
        };
        if let Some((key, _)) =
            pairs.iter().enumerate().find_map(|(index, pair)| pairs[..index].iter().find(|earlier| earlier.0 == pair.0))
        {
            return Err(format!("its rule has {} twice", clipped(key)));
        }
        if let Some(days) = value("BYMONTHDAY").filter(|_| value("FREQ") == Some("WEEKLY")) {
            return Err(format!("its rule has BYMONTHDAY={}, which FREQ=WEEKLY cannot have", clipped(days)));
        }
        // The last date depends on the time of day.
        let (ends, others): (Vec<_>, Vec<_>) = pairs.iter().partition(|(key, _)| key == "UNTIL");
        for (key, value) in others.into_iter().chain(ends) {
            judge.part(key, value)?;
        }
        judge.finish()
    }

    /// Whether it begins at another time of day than the event.
    pub fn moves_clock(&self, event: &Event) -> bool {
        self.start != event.start_clock()
    }
}

/// The rule of a window that a table writes as an RRULE, judged as that of an event is: the rule as the plan keeps it, and
/// what was not understood as written. `start` is the window's, if the table has one.
///
/// # Errors
/// Why it is not understood, in the middle of a sentence.
pub(in crate::import) fn written_rule(
    raw: &str,
    first: NaiveDate,
    start: Option<NaiveTime>,
    zone: &Zone,
) -> Result<(String, Vec<String>), String> {
    let usual = start.unwrap_or_default();
    let rule = SeriesRule::read_from(raw, &EventTime::Local { at: first.and_time(usual), zone: None }, zone, zone)?;
    let names_time = rule.start != usual || start.is_none() && raw.to_ascii_uppercase().contains("BYHOUR");
    match start {
        Some(start) if names_time => {
            let (own, start) = (time(rule.start), time(start));
            Err(format!("its rule begins at {own}, but its start is {start}: correct one of them"))
        }
        None if names_time => Err("its rule has a time of day: write that as the start of the row".to_owned()),
        Some(_) | None if !rule.excluded.is_empty() => {
            Err("its rule has an EXDATE: list its dates one by one, or import it as a calendar".to_owned())
        }
        Some(_) | None => Ok((rule.text, rule.remarks)),
    }
}

/// The parts of a rule, in capital letters.
fn pairs(raw: &str) -> Result<Vec<(String, String)>, String> {
    if raw.len() > foreign::LONGEST_RULE {
        return Err(within_sentence(&foreign::ForeignRuleError::TooLong.to_string()));
    }
    let upper = raw.to_ascii_uppercase();
    let parts = upper.split(';').map(str::trim).filter(|part| !part.is_empty());
    let pair = |part: &str| match part.split_once('=') {
        Some((key, value)) => Ok((key.trim().to_owned(), value.trim().to_owned())),
        None => Err(format!("\"{}\" is not part of a recurrence rule", clipped(part))),
    };
    parts.map(pair).collect()
}

/// A rule of every 24 hours, or a multiple of that, as one of days: on the clock, it is the same.
fn in_days(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let per_day = match value("FREQ") {
        Some("HOURLY") => 24,
        Some("MINUTELY") => 24 * 60,
        Some("SECONDLY") => 24 * 60 * 60,
        Some(_) | None => return pairs,
    };
    let interval = value("INTERVAL").and_then(|number| number.parse::<u32>().ok()).unwrap_or(1);
    let is_plain = ["BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS"].iter().all(|name| value(name).is_none());
    if interval > 0 && interval.is_multiple_of(per_day) && is_plain {
        for (key, value) in &mut pairs {
            match key.as_str() {
                "FREQ" => "DAILY".clone_into(value),
                "INTERVAL" => *value = (interval / per_day).to_string(),
                _ => {}
            }
        }
    }
    pairs
}

fn clipped(text: &str) -> String {
    words_on_one_line(text).chars().take(LONGEST_PART).collect()
}

impl Judge<'_> {
    fn part(&mut self, key: &str, value: &str) -> Result<(), String> {
        let part = format!("{key}={value}");
        match key {
            "COUNT" => self.count(value)?,
            "INTERVAL" if value.parse::<i64>().is_ok_and(|number| number <= 0) => {
                return Err(format!("its rule has {}: an interval is at least 1", clipped(&part)));
            }
            "BYDAY" => {
                let value = self.weekdays(value)?;
                self.parts.push(format!("BYDAY={value}"));
            }
            "BYWEEKNO" | "BYYEARDAY" if !self.is_yearly => {
                return Err(format!("its rule has {}, which only FREQ=YEARLY can have", clipped(&part)));
            }
            "UNTIL" => self.until(value)?,
            "EXDATE" => self.excluded(value)?,
            "BYHOUR" | "BYMINUTE" | "BYSECOND" if self.begins.is_date() => {}
            "BYHOUR" => self.rule.start = self.clock(key, value, |start, hour| start.with_hour(hour))?,
            "BYMINUTE" => self.rule.start = self.clock(key, value, |start, minute| start.with_minute(minute))?,
            "BYSECOND" => {
                self.clock(key, value, |start, second| start.with_second(second.min(59)))?;
                if !value.trim_start_matches('0').is_empty() {
                    let message = format!("{} in its rule is left out, since plans have no seconds", clipped(&part));
                    self.rule.remarks.push(message);
                }
            }
            key if key.starts_with("X-") => {
                self.rule.remarks.push(format!("\"{}\" in its rule is ignored", clipped(&part)));
            }
            _ => self.parts.push(part),
        }
        Ok(())
    }

    fn count(&mut self, value: &str) -> Result<(), String> {
        match value.parse::<i128>() {
            Ok(0) => {
                Err("its rule has COUNT=0, which gives no occurrence: remove it, or enter how many there are"
                    .to_owned())
            }
            Ok(-1) => {
                let end = if self.has_until { "the rule ends with UNTIL" } else { "the rule has no end" };
                self.rule.remarks.push(format!("COUNT=-1 in its rule is read as no count: {end}"));
                Ok(())
            }
            Ok(count) if count > i128::from(u32::MAX) => {
                self.rule.remarks.push(format!("COUNT={count} in its rule is read as no end"));
                Ok(())
            }
            Ok(count) if count > 0 => {
                self.parts.push(format!("COUNT={count}"));
                Ok(())
            }
            Ok(_) | Err(_) => Err(format!("invalid \"COUNT={}\" in its rule", clipped(value))),
        }
    }

    /// Checks numbers before weekdays: no month has a sixth Monday, and weeks have one of each. Where some weekdays have a
    /// number and others mean all of a month, the others are written with all their numbers, since the expander knows
    /// only one of the two.
    fn weekdays(&self, value: &str) -> Result<String, String> {
        let days: Vec<&str> = value.split(',').map(str::trim).filter(|day| !day.is_empty()).collect();
        let is_numbered = |day: &&str| day.starts_with(|c: char| !c.is_ascii_alphabetic());
        if !days.iter().any(is_numbered) {
            return Ok(days.join(","));
        }
        if !self.is_monthly && !self.is_yearly {
            return Err(format!("its rule has BYDAY={}, but weeks and days have no numbered weekdays", clipped(value)));
        }
        let is_in_months = self.is_monthly || self.has_month;
        for day in days.iter().copied().filter(|day| is_numbered(day)) {
            let number = day.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i32>().unwrap_or(0);
            if number.abs() > 5 && is_in_months {
                return Err(format!(
                    "its rule has BYDAY={}, but no month has that weekday {} times",
                    clipped(day),
                    number.abs()
                ));
            }
        }
        if days.iter().all(is_numbered) {
            return Ok(days.join(","));
        }
        if !is_in_months {
            return Err(format!("its rule has BYDAY={}, with and without numbers", clipped(value)));
        }
        let all = |day: &str| {
            if is_numbered(&day) {
                vec![day.to_owned()]
            } else {
                (1..=5).map(|number| format!("{number}{day}")).collect()
            }
        };
        let mut days: Vec<String> = days.into_iter().flat_map(all).collect();
        days.dedup();
        Ok(days.join(","))
    }

    fn until(&mut self, value: &str) -> Result<(), String> {
        let read = read_time(value).ok_or_else(|| {
            format!("invalid \"UNTIL={}\" in its rule (expected e.g. 20271231 or 20271231T220000Z)", clipped(value))
        })?;
        if read != value {
            self.rule.remarks.push(format!("UNTIL={} in its rule is read as {read}", clipped(value)));
        }
        let value = &*read;
        let in_utc = value.strip_suffix('Z');
        let at = iso::read_basic_local(in_utc.unwrap_or(value));
        match (at, in_utc) {
            // An end in UTC is a date of a whole-day series if it is midnight in the plan's zone, as Exchange writes it;
            // else its date as written counts.
            (Some(at), _) if self.begins.is_date() => {
                let local = self.home.local(UtcMinute::from_utc(at.and_utc())).to_naive();
                let is_midnight = in_utc.is_some() && local.time() == NaiveTime::MIN;
                let on = if is_midnight { local.date() } else { at.date() };
                self.parts.push(format!("UNTIL={}", iso::basic_date(on)));
            }
            (Some(at), Some(_)) => {
                self.rule.last = Some(self.zone.local(UtcMinute::from_utc(at.and_utc())).to_naive())
                    .map(|local| local + TimeDelta::seconds(at.second().into()))
                    .and_then(|local| {
                        if local.time() < self.rule.start { local.date().pred_opt() } else { Some(local.date()) }
                    });
                self.parts.push(format!("UNTIL={value}"));
            }
            _ => self.parts.push(format!("UNTIL={value}")),
        }
        Ok(())
    }

    fn excluded(&mut self, value: &str) -> Result<(), String> {
        for text in value.split(',').map(str::trim) {
            let (local, in_utc) = text.strip_suffix('Z').map_or((text, false), |local| (local, true));
            let at = match (iso::read_basic_date(local), iso::read_basic_local(local)) {
                (Some(on), _) => EventTime::Date(on),
                (None, Some(at)) if in_utc => EventTime::Utc(at),
                (None, Some(at)) => self.begins.at_local(at),
                (None, None) => return Err(format!("invalid \"EXDATE={}\" in its rule", clipped(value))),
            };
            self.rule.excluded.push(at);
        }
        self.rule.remarks.push("EXDATE inside its rule is read as dates that are left out".to_owned());
        Ok(())
    }

    /// The start with another hour, minute or second.
    fn clock(
        &self,
        key: &str,
        value: &str,
        with: impl Fn(NaiveTime, u32) -> Option<NaiveTime>,
    ) -> Result<NaiveTime, String> {
        let (first, others) = value.split_once(',').unwrap_or((value, ""));
        if others.split(',').any(|other| !other.is_empty() && other != first) {
            return Err(format!(
                "a window takes place at most once a day, but {key}={} gives several times",
                clipped(value)
            ));
        }
        let number = first.parse().ok().and_then(|number| with(self.rule.start, number));
        number.ok_or_else(|| format!("invalid \"{key}={}\" in its rule", clipped(value)))
    }

    fn finish(self) -> Result<SeriesRule, String> {
        let mut rule = self.rule;
        rule.text = self.parts.join(";");
        rule.start = rule.start.with_second(0).unwrap_or(rule.start);
        foreign::check(&rule.text).map_err(|error| within_sentence(&error.to_string()))?;
        Ok(rule)
    }
}
