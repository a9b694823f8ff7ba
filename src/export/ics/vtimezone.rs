//! A zone's offsets as a VTIMEZONE, from the same data that the occurrences were calculated with (RFC 5545 §3.6.5).
//!
//! A zone with one rule in spring and one in autumn becomes one DAYLIGHT and one STANDARD with a yearly RRULE of one nth
//! BYDAY; a zone without clock changes becomes a single STANDARD. Those are the forms that Outlook reads (MS-STANOICAL
//! 2.2.47). Other zones, such as Morocco's, list their clock changes one by one.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use crate::model::{LocalMinute, MonthDay, UtcMinute};
use crate::schedule::Zone;
use crate::schedule::time::zone::ZoneTransition;
use crate::wording::iso;

/// Rules are written as if they had applied since this year, as other programs do. No event is before the years for which
/// they were verified, and the text stays the same from one year to the next.
const RULES_FROM: i32 = 1970;

/// Calendar years, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Years {
    first: i32,
    last: i32,
}

impl Years {
    pub fn new(first: i32, last: i32) -> Self {
        Self { first, last: last.max(first) }
    }

    fn wider(self, years: i32) -> Self {
        Self { first: self.first.saturating_sub(years), last: self.last.saturating_add(years) }
    }

    /// All years from the first of either to the last of either.
    pub fn and(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

/// The VTIMEZONE of `zone`, correct in all of `years`. CRLF; `tzid` is not escaped.
pub fn zone_definition(zone: &Zone, tzid: &str, years: Years) -> String {
    let onsets = onsets(zone, years);
    let mut text = format!("BEGIN:VTIMEZONE\r\nTZID:{tzid}\r\n");
    match onsets.as_slice() {
        [] => {}
        [only] => push(&mut text, "STANDARD", new_year(RULES_FROM).and_time(NaiveTime::MIN), only, None),
        all => {
            // In a year or two the fourth Sunday may always be the last one; more years tell which is meant.
            let wider = years.wider(10);
            let rules = YearlyRules::find(&self::onsets(zone, wider), wider).or_else(|| YearlyRules::find(all, years));
            match rules {
                Some(rules) => rules.push(&mut text),
                None => push_one_by_one(&mut text, all),
            }
        }
    }
    text.push_str("END:VTIMEZONE\r\n");
    text
}

/// The offset that applies when `years` begin, and the changes in them.
fn onsets(zone: &Zone, years: Years) -> Vec<ZoneTransition> {
    let midnight = |year| zone.resolve(LocalMinute::midnight(new_year(year))).at;
    zone.transitions(midnight(years.first), midnight(years.last.saturating_add(1)))
}

fn new_year(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX)
}

fn push_one_by_one(text: &mut String, onsets: &[ZoneTransition]) {
    let lowest = onsets.iter().map(|onset| onset.offset).min().unwrap_or(0);
    for onset in onsets {
        push(text, if onset.offset == lowest { "STANDARD" } else { "DAYLIGHT" }, clock_before(onset), onset, None);
    }
}

fn push(text: &mut String, block: &str, start: chrono::NaiveDateTime, onset: &ZoneTransition, rule: Option<&str>) {
    // Writing into a string does not fail.
    let _ = write!(
        text,
        "BEGIN:{block}\r\nDTSTART:{}\r\nTZOFFSETFROM:{}\r\nTZOFFSETTO:{}\r\nTZNAME:{}\r\n",
        iso::basic_local(start),
        offset(onset.offset_before),
        offset(onset.offset),
        onset.abbreviation,
    );
    if let Some(rule) = rule {
        let _ = write!(text, "RRULE:{rule}\r\n");
    }
    let _ = write!(text, "END:{block}\r\n");
}

/// "+0530"
fn offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}

/// The reading of the clock just before it is changed.
fn clock_before(onset: &ZoneTransition) -> chrono::NaiveDateTime {
    LocalMinute(onset.at.0.saturating_add(onset.offset_before)).to_naive()
}

/// A rule for the change forward and one for the change back, each once a year.
struct YearlyRules {
    forward: YearlyRule,
    back: YearlyRule,
}

/// A yearly clock change.
struct YearlyRule {
    month: u32,
    on: MonthDay,
    time: NaiveTime,
    onset: ZoneTransition,
}

impl YearlyRules {
    /// The rules that give exactly `onsets`, the first of which is the offset that applies when `years` begin.
    fn find(onsets: &[ZoneTransition], years: Years) -> Option<Self> {
        let (at_first, changes) = onsets.split_first()?;
        let forward: Vec<&ZoneTransition> = changes.iter().filter(|onset| onset.offset > onset.offset_before).collect();
        let back: Vec<&ZoneTransition> = changes.iter().filter(|onset| onset.offset < onset.offset_before).collect();
        if forward.len() + back.len() != changes.len() {
            return None;
        }
        let rules = Self { forward: YearlyRule::find(&forward)?, back: YearlyRule::find(&back)? };
        (rules.all(years)? == changes && rules.mirror() && at_first.offset == rules.offset_at_new_year())
            .then_some(rules)
    }

    /// All changes that the rules give in those years, in order.
    fn all(&self, years: Years) -> Option<Vec<ZoneTransition>> {
        let mut all = Vec::new();
        for year in years.first..=years.last {
            all.push(self.forward.in_year(year)?);
            all.push(self.back.in_year(year)?);
        }
        all.sort_by_key(|onset| onset.at);
        Some(all)
    }

    /// Whether each change reverses the other.
    fn mirror(&self) -> bool {
        let (forward, back) = (&self.forward.onset, &self.back.onset);
        forward.offset_before == back.offset && forward.offset == back.offset_before
    }

    /// The offset after the later change of the year before.
    fn offset_at_new_year(&self) -> i32 {
        let later = if self.forward.month > self.back.month { &self.forward } else { &self.back };
        later.onset.offset
    }

    fn push(&self, text: &mut String) {
        for (block, rule) in [("DAYLIGHT", &self.forward), ("STANDARD", &self.back)] {
            if let Some(first) = rule.on.in_month(RULES_FROM, rule.month) {
                push(text, block, first.and_time(rule.time), &rule.onset, Some(&rule.rrule()));
            }
        }
    }
}

impl YearlyRule {
    /// The nth or last weekday of a month on which all of `onsets` fall.
    fn find(onsets: &[&ZoneTransition]) -> Option<Self> {
        let first = onsets.first()?;
        let clock = clock_before(first);
        let day = clock.weekday();
        let candidates = [1, 2, 3, 4].map(|n| MonthDay::Nth(n, day)).into_iter().chain([MonthDay::Last(day)]);
        candidates
            .map(|on| Self { month: clock.month(), on, time: clock.time(), onset: ZoneTransition::clone(first) })
            .find(|rule| {
                onsets
                    .iter()
                    .all(|onset| rule.in_year(clock_before(onset).year()).is_some_and(|given| given == **onset))
            })
    }

    /// The change in that year.
    fn in_year(&self, year: i32) -> Option<ZoneTransition> {
        let local = LocalMinute::new(self.on.in_month(year, self.month)?, self.time);
        Some(ZoneTransition { at: UtcMinute(local.0.saturating_sub(self.onset.offset_before)), ..self.onset.clone() })
    }

    fn rrule(&self) -> String {
        let two_letters = |day: Weekday| day.to_string()[..2].to_uppercase();
        let day = match self.on {
            MonthDay::Nth(n, day) => format!("{n}{}", two_letters(day)),
            MonthDay::Last(day) => format!("-1{}", two_letters(day)),
            MonthDay::Day(_) => String::new(),
        };
        format!("FREQ=YEARLY;BYMONTH={};BYDAY={day}", self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn rules(zone: &str, first: i32, last: i32) -> Vec<String> {
        let text = zone_definition(&Zone::named(zone).unwrap(), zone, Years::new(first, last));
        let wanted = ["BEGIN:DAYLIGHT", "BEGIN:STANDARD", "DTSTART", "RRULE"];
        let lines = text.lines().filter(|line| wanted.iter().any(|start| line.starts_with(start)));
        lines.map(|line| line.trim_start_matches("BEGIN:").to_owned()).collect()
    }

    #[test]
    fn a_zone_with_one_rule_each_way_gets_two_yearly_blocks() {
        assert_eq!(
            rules("Europe/Berlin", 2027, 2027),
            [
                "DAYLIGHT",
                "DTSTART:19700329T020000",
                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
                "STANDARD",
                "DTSTART:19701025T030000",
                "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            ]
        );
        assert!(rules("Australia/Sydney", 2027, 2028).contains(&"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU".to_owned()));
        assert!(rules("Australia/Lord_Howe", 2027, 2028).contains(&"DAYLIGHT".to_owned()));
    }

    #[test]
    fn a_zone_without_clock_changes_is_a_single_standard() {
        for zone in ["Asia/Kolkata", "America/Sao_Paulo", "UTC", "America/Vancouver"] {
            assert_eq!(rules(zone, 2027, 2028), ["STANDARD", "DTSTART:19700101T000000"], "{zone}");
        }
    }

    #[test]
    fn a_zone_without_a_yearly_rule_lists_its_changes() {
        let morocco = rules("Africa/Casablanca", 2026, 2026);
        assert!(morocco.len() == 8 && morocco.iter().all(|line| !line.starts_with("RRULE")), "{morocco:?}");
        // British Columbia stopped changing its clocks in the middle of the year.
        assert!(rules("America/Vancouver", 2026, 2026).iter().all(|line| !line.starts_with("RRULE")));
    }
}
