//! Schedules as Configuration Manager stores them: 64 bits as 16 hexadecimal digits, one after another without separators
//! (`ServiceWindowSchedules` of
//! <https://learn.microsoft.com/intune/configmgr/develop/reference/core/servers/configure/sms_servicewindow-server-wmi-class>).

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Weekday};

use crate::model::{Minutes, MonthDay, Rule};
use crate::wording::WEEK;

/// A schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct ScheduleToken {
    /// On the clock of each client, or in UTC.
    pub start: NaiveDateTime,
    pub is_utc: bool,
    pub duration: Minutes,
    pub rule: Rule,
}

/// How many hexadecimal digits a schedule has.
const DIGITS: usize = 16;

/// The schedules of a field.
///
/// # Errors
/// What is wrong, as the end of a sentence.
pub fn read_all(text: &str) -> Result<Vec<ScheduleToken>, String> {
    let digits: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | ';')).collect();
    if digits.is_empty() || !digits.len().is_multiple_of(DIGITS) {
        return Err(format!("\"{text}\" is not a number of schedules with {DIGITS} hexadecimal digits each"));
    }
    digits.chunks(DIGITS).map(|token| read(&String::from_iter(token))).collect()
}

fn read(token: &str) -> Result<ScheduleToken, String> {
    let bits = u64::from_str_radix(token, 16).map_err(|_| format!("\"{token}\" is not a hexadecimal number"))?;
    let bits = Bits(bits);
    let wrong = || format!("\"{token}\" has an invalid start");
    let year = i32::try_from(1970 + bits.at(20, 6)).map_err(|_| wrong())?;
    let day = NaiveDate::from_ymd_opt(year, bits.at(16, 4), bits.at(11, 5)).ok_or_else(wrong)?;
    let start = day.and_hms_opt(bits.at(6, 5), bits.at(0, 6), 0).ok_or_else(wrong)?;
    let duration = Minutes(bits.at(26, 6) + 60 * bits.at(32, 5) + 24 * 60 * bits.at(37, 5));
    if duration.0 == 0 {
        return Err(format!("\"{token}\" has no length"));
    }
    Ok(ScheduleToken { start, is_utc: bits.at(63, 1) == 1, duration, rule: rule(bits, day)? })
}

/// The bits of a schedule, counted from the highest one.
#[derive(Clone, Copy)]
struct Bits(u64);

impl Bits {
    fn at(self, first: u32, number: u32) -> u32 {
        ((self.0 >> (64 - first - number)) & ((1 << number) - 1)) as u32
    }
}

fn rule(bits: Bits, first: NaiveDate) -> Result<Rule, String> {
    let every = |first: u32, number: u32| bits.at(first, number).max(1) as u16;
    match bits.at(42, 3) {
        1 => Ok(Rule::once(first)),
        2 => match (bits.at(45, 6), bits.at(51, 5), bits.at(56, 5)) {
            (0, 0, 0) => Err("it recurs after no time".to_owned()),
            (0, 0, 1) => Ok(Rule::Weekly { days: WEEK.to_vec(), every: 1 }),
            (0, 0, days) => Ok(Rule::Foreign(format!("FREQ=DAILY;INTERVAL={days}"))),
            _ => Err("it recurs after hours or minutes".to_owned()),
        },
        3 => Ok(Rule::Weekly { days: vec![weekday(bits.at(45, 3))?], every: every(48, 3) }),
        // Newer versions store an offset in days in the bits that follow, in a form that is not documented.
        4 if bits.at(55, 8) != 0 => Err("it has an offset from a weekday of the month".to_owned()),
        4 => {
            let day = weekday(bits.at(45, 3))?;
            let on = match bits.at(52, 3) {
                0 => MonthDay::Last(day),
                nth @ 1..=4 => MonthDay::Nth(nth as u8, day),
                nth => return Err(format!("week {nth} of a month")),
            };
            Ok(Rule::Monthly { on, every: every(48, 4), offset_days: 0 })
        }
        5 => {
            let every = every(50, 4);
            Ok(match bits.at(45, 5) {
                0 => Rule::Foreign(format!("FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY=-1")),
                day => Rule::Monthly { on: MonthDay::Day(day as u8), every, offset_days: 0 },
            })
        }
        kind => Err(format!("unknown recurrence {kind}")),
    }
}

/// 1 is Sunday.
fn weekday(number: u32) -> Result<Weekday, String> {
    let days = [Weekday::Sun, Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat];
    let day = number.checked_sub(1).and_then(|index| days.get(index as usize));
    day.copied().ok_or_else(|| format!("day {number} of a week"))
}

impl ScheduleToken {
    /// From where the plan counts weeks: the first date, which may come after the start.
    pub fn first(&self) -> NaiveDate {
        let start = self.start.date();
        let Rule::Weekly { days, .. } = &self.rule else { return start };
        let later = (0..7).filter_map(|later| start.checked_add_signed(TimeDelta::days(later)));
        later.into_iter().find(|on| days.contains(&chrono::Datelike::weekday(on))).unwrap_or(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(token: &str) -> ScheduleToken {
        let tokens = read_all(token).unwrap();
        let [token] = tokens.as_slice() else { panic!("{tokens:?}") };
        token.clone()
    }

    fn parts(token: &str) -> (String, u32, Rule) {
        let token = one(token);
        (token.start.to_string(), token.duration.0, token.rule)
    }

    #[test]
    fn the_schedules_of_the_manual_are_read() {
        let start = "2007-03-20 01:00:00".to_owned();
        let daily = Rule::Weekly { days: WEEK.to_vec(), every: 1 };
        assert_eq!(parts("0034394008100008"), (start.clone(), 60, daily));
        let weekly = Rule::Weekly { days: vec![Weekday::Mon], every: 1 };
        assert_eq!(parts("00343940081A2000"), (start.clone(), 60, weekly));
        assert_eq!(one("00343940081A2000").first().to_string(), "2007-03-26", "20 March is a Tuesday");
        let monthly = Rule::Monthly { on: MonthDay::Day(1), every: 1, offset_days: 0 };
        assert_eq!(parts("0034394008284400"), (start, 60, monthly));
    }

    #[test]
    fn lengths_intervals_and_utc_are_read() {
        let every_second_day = Rule::Foreign("FREQ=DAILY;INTERVAL=2".to_owned());
        assert_eq!(parts("1033BC7B10100010"), ("2019-11-19 01:04:00".to_owned(), 2 * 60 + 59, every_second_day));
        let monday = Rule::Weekly { days: vec![Weekday::Mon], every: 1 };
        assert_eq!(parts("02C24AC0381A2000"), ("2013-04-02 22:00:00".to_owned(), 7 * 60, monday));
        assert!(!one("02C24AC0381A2000").is_utc && one("026B3B80601C2001").is_utc);
    }

    #[test]
    fn days_of_months_are_read() {
        let token = |recurrence: u64| {
            let tokens = read_all(&format!("00343940{:08X}", (1 << 27) | recurrence));
            tokens.map(|tokens| tokens[0].rule.clone())
        };
        let by_weekday = |day: u64, months: u64, week: u64| (4 << 19) | (day << 16) | (months << 12) | (week << 9);
        let monthly = |on, every| Ok(Rule::Monthly { on, every, offset_days: 0 });
        assert_eq!(token(by_weekday(3, 1, 2)), monthly(MonthDay::Nth(2, Weekday::Tue), 1));
        assert_eq!(token(by_weekday(7, 3, 0)), monthly(MonthDay::Last(Weekday::Sat), 3));
        assert_eq!(token((5 << 19) | (15 << 14) | (2 << 10)), monthly(MonthDay::Day(15), 2));
        assert_eq!(token((5 << 19) | (1 << 10)), Ok(Rule::Foreign("FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1".to_owned())));
        assert_eq!(token(1 << 19), Ok(Rule::once("2007-03-20".parse().unwrap())));
        for (recurrence, part) in [
            (by_weekday(3, 1, 2) | (4 << 1), "offset"),
            (by_weekday(0, 1, 2), "day 0"),
            (by_weekday(3, 1, 5), "week 5"),
            (2 << 19, "no time"),
            ((2 << 19) | (8 << 8), "hours"),
            (0, "recurrence 0"),
        ] {
            let error = token(recurrence).unwrap_err();
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn several_follow_one_another_and_damaged_ones_are_refused() {
        assert_eq!(read_all("00343940081A200000343940081A2000").unwrap().len(), 2);
        for text in ["", "0034", "00343940081A200", "G0343940081A2000", "0000000008100008", "00343940001A2000"] {
            assert!(read_all(text).is_err(), "{text}");
        }
    }
}
