//! Points in time as small integers: minutes on the UTC clock and minutes on a wall clock.
//!
//! A plan of 5,000 weekly windows has half a million occurrences; four bytes an instant keep them in the cache.
//! Whole minutes lose nothing: every zone offset since 1973 is a multiple of a minute.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Minutes;

const MINUTES_A_DAY: i32 = 24 * 60;
/// Days from 1 January of year 1 (chrono's day 1) to 1 January 1970.
const EPOCH_DAY: i32 = 719_163;

/// An instant: whole minutes since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcMinute(pub i32);

/// A reading of a wall clock, in no zone yet: whole minutes since 1970-01-01 00:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalMinute(pub i32);

impl UtcMinute {
    pub fn plus(self, minutes: i32) -> Self {
        Self(self.0.saturating_add(minutes))
    }

    /// Minutes from `earlier` to this, negative where it is later.
    pub fn since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(self.0.into())
    }

    /// Seconds are cut off. Instants before 1970 or after the year 6053 become the nearest that fits.
    pub fn from_utc(at: DateTime<Utc>) -> Self {
        let minutes = at.timestamp().div_euclid(60);
        Self(minutes.clamp(i32::MIN.into(), i32::MAX.into()) as i32)
    }
}

/// In a file "2027-03-13T22:00Z".
impl Serialize for UtcMinute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.to_utc().format("%Y-%m-%dT%H:%MZ"))
    }
}

impl<'de> Deserialize<'de> for UtcMinute {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let at = text.strip_suffix('Z').and_then(minute_of_day);
        let at = at.ok_or_else(|| de::Error::custom(format!("\"{text}\" is no instant: write 2027-03-13T22:00Z")))?;
        Ok(Self::from_utc(at.and_utc()))
    }
}

/// In a file "2027-03-13T22:00".
impl Serialize for LocalMinute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.to_naive().format("%Y-%m-%dT%H:%M"))
    }
}

impl<'de> Deserialize<'de> for LocalMinute {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let at = minute_of_day(&text);
        let at =
            at.ok_or_else(|| de::Error::custom(format!("\"{text}\" is no date and time: write 2027-03-13T22:00")))?;
        Ok(Self::from_naive(at))
    }
}

fn minute_of_day(text: &str) -> Option<NaiveDateTime> {
    let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];
    forms.into_iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
}

impl LocalMinute {
    pub fn new(on: NaiveDate, time: NaiveTime) -> Self {
        let minute = (time.hour() * 60 + time.minute()) as i32;
        Self(day_number(on).saturating_mul(MINUTES_A_DAY).saturating_add(minute))
    }

    pub fn midnight(on: NaiveDate) -> Self {
        Self(day_number(on).saturating_mul(MINUTES_A_DAY))
    }

    pub fn plus(self, duration: Minutes) -> Self {
        Self(self.0.saturating_add(duration.signed()))
    }

    pub fn date(self) -> NaiveDate {
        date_of_day(self.0.div_euclid(MINUTES_A_DAY))
    }

    pub fn time(self) -> NaiveTime {
        let minute = self.0.rem_euclid(MINUTES_A_DAY) as u32;
        NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap_or_default()
    }

    pub fn to_naive(self) -> NaiveDateTime {
        self.date().and_time(self.time())
    }

    pub fn from_naive(at: NaiveDateTime) -> Self {
        Self::new(at.date(), at.time())
    }
}

/// Days since 1970-01-01.
pub fn day_number(on: NaiveDate) -> i32 {
    on.num_days_from_ce() - EPOCH_DAY
}

/// The date `days` after 1970-01-01; beyond chrono's years the nearest that it knows.
pub fn date_of_day(days: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(days.saturating_add(EPOCH_DAY)).unwrap_or(if days < 0 {
        NaiveDate::MIN
    } else {
        NaiveDate::MAX
    })
}

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A date as the program writes it everywhere: "Sat 13 Mar 2027".
pub fn date_in_words(on: NaiveDate) -> String {
    let mut words = String::with_capacity(24);
    push_date(&mut words, on);
    words
}

/// "Sat 13 Mar 2027 22:00"
pub fn moment_in_words(at: LocalMinute) -> String {
    let mut words = String::with_capacity(24);
    push_date(&mut words, at.date());
    words.push(' ');
    push_time(&mut words, at.time());
    words
}

/// "22:05"
pub fn clock_in_words(time: NaiveTime) -> String {
    let mut words = String::with_capacity(5);
    push_time(&mut words, time);
    words
}

/// Written digit by digit: a large plan words tens of thousands of dates, and format strings take ten times as long.
fn push_date(words: &mut String, on: NaiveDate) {
    words.push_str(WEEKDAYS[on.weekday().num_days_from_monday() as usize]);
    words.push(' ');
    if on.day() >= 10 {
        words.push(digit(on.day() / 10));
    }
    words.push(digit(on.day()));
    words.push(' ');
    words.push_str(MONTHS[on.month0() as usize]);
    words.push(' ');
    match u32::try_from(on.year()) {
        Ok(year @ 1_000..=9_999) => words.extend([year / 1_000, year / 100, year / 10, year].map(digit)),
        _ => words.push_str(&on.year().to_string()),
    }
}

fn push_time(words: &mut String, time: NaiveTime) {
    let (hour, minute) = (time.hour(), time.minute());
    words.extend([digit(hour / 10), digit(hour), ':', digit(minute / 10), digit(minute)]);
}

/// The last digit of a number.
fn digit(number: u32) -> char {
    char::from(b'0' + (number % 10) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_clocks_come_back_as_they_went_in() {
        let on = NaiveDate::from_ymd_opt(2027, 3, 13).unwrap();
        let time = NaiveTime::from_hms_opt(22, 5, 0).unwrap();
        let local = LocalMinute::new(on, time);
        assert_eq!((local.date(), local.time()), (on, time));
        assert_eq!(day_number(NaiveDate::from_ymd_opt(1970, 1, 1).unwrap()), 0);
        assert_eq!(date_of_day(day_number(on)), on);
        assert_eq!(LocalMinute(-1).to_naive().to_string(), "1969-12-31 23:59:00");
        assert_eq!(UtcMinute::from_utc(UtcMinute(29_000_000).to_utc()), UtcMinute(29_000_000));
    }

    #[test]
    fn dates_and_times_are_worded_as_chrono_words_them() {
        for day in (-800_000..3_000_000).step_by(997) {
            let on = date_of_day(day);
            let expected = format!("{} {}", on.format("%a %-d %b"), on.year());
            assert_eq!(date_in_words(on), expected);
            let at = LocalMinute::midnight(date_of_day(day / 3)).plus(Minutes((day.unsigned_abs() * 7) % 1_440));
            let expected = format!("{} {}", date_in_words(at.date()), at.time().format("%H:%M"));
            assert_eq!(moment_in_words(at), expected);
            assert!(expected.ends_with(&clock_in_words(at.time())));
        }
    }
}
