//! Hours of the week in which work may take place, as a person or a business area allows.

use crate::model::{AllowedHours, LocalMinute};

const DAY: i64 = 24 * 60;
const WEEK: i64 = 7 * DAY;
/// Minutes from a Monday to 1 January 1970, which was a Thursday.
const EPOCH: i64 = 3 * DAY;

/// Allowed hours as spans of a week, in minutes from Monday 00:00. Sorted and separate from each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeeklyHours(Vec<(i64, i64)>);

impl WeeklyHours {
    /// Combines these hours. If there are none, any hour is allowed. Hours that end when they begin last a whole day.
    pub fn new(hours: &[AllowedHours]) -> Self {
        if hours.is_empty() {
            return Self(vec![(0, WEEK)]);
        }
        let minute = |time: chrono::NaiveTime| LocalMinute::new(chrono::NaiveDate::default(), time).0.into();
        let mut spans = Vec::new();
        for allowed in hours {
            let (from, until): (i64, i64) = (minute(allowed.from), minute(allowed.until));
            let length = if until > from { until - from } else { until - from + DAY };
            for day in &allowed.days {
                let start = i64::from(day.num_days_from_monday()) * DAY + from;
                spans.push((start, (start + length).min(WEEK)));
                if start + length > WEEK {
                    spans.push((0, start + length - WEEK));
                }
            }
        }
        spans.sort_unstable();
        let mut merged: Vec<(i64, i64)> = Vec::with_capacity(spans.len());
        for (from, to) in spans {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        Self(merged)
    }

    /// Whether every minute from `from` to `to` is allowed.
    pub fn allow(&self, from: LocalMinute, to: LocalMinute) -> bool {
        let length = i64::from(to.0) - i64::from(from.0);
        let start = (i64::from(from.0) + EPOCH).rem_euclid(WEEK);
        let within = self.0.partition_point(|(from, _)| *from <= start).checked_sub(1).map(|index| self.0[index]);
        let Some((_, end)) = within.filter(|(_, end)| start < *end) else { return false };
        let is_whole_week = self.0.first() == Some(&(0, WEEK));
        // Sunday's last span continues with Monday's first.
        let continued_to = self.0.first().filter(|(from, _)| end == WEEK && *from == 0).map_or(0, |(_, to)| *to);
        is_whole_week || length <= end - start + continued_to
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDateTime, NaiveTime, Weekday};

    fn hours(days: &[Weekday], from: (u32, u32), until: (u32, u32)) -> AllowedHours {
        let clock = |(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        AllowedHours { days: days.to_vec(), from: clock(from), until: clock(until) }
    }

    fn allowed(hours: &[AllowedHours], from: &str, to: &str) -> bool {
        let local = |text| LocalMinute::from_naive(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap());
        WeeklyHours::new(hours).allow(local(from), local(to))
    }

    #[test]
    fn hours_over_midnight_end_the_next_morning() {
        let saturday = [hours(&[Weekday::Sat], (20, 0), (6, 0))];
        assert!(allowed(&saturday, "2027-03-13 20:00", "2027-03-14 06:00"));
        assert!(!allowed(&saturday, "2027-03-13 19:59", "2027-03-14 02:00"));
        assert!(!allowed(&saturday, "2027-03-14 02:00", "2027-03-14 06:01"));
        assert!(!allowed(&saturday, "2027-03-12 22:00", "2027-03-13 02:00"));
    }

    #[test]
    fn adjacent_hours_are_joined_even_across_the_end_of_the_week() {
        let nights = [hours(&[Weekday::Sun], (18, 0), (0, 0)), hours(&[Weekday::Mon], (0, 0), (8, 0))];
        assert!(allowed(&nights, "2027-03-14 18:00", "2027-03-15 08:00"));
        assert!(!allowed(&nights, "2027-03-14 18:00", "2027-03-15 08:01"));
    }

    #[test]
    fn without_hours_or_with_all_of_them_any_time_is_allowed() {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        let all = [hours(&[Mon, Tue, Wed, Thu, Fri, Sat, Sun], (7, 0), (7, 0))];
        assert!(allowed(&[], "2027-03-14 18:00", "2027-06-15 08:00"));
        assert!(allowed(&all, "2027-03-14 18:00", "2027-06-15 08:00"));
        assert!(!allowed(&[hours(&[], (7, 0), (9, 0))], "2027-03-15 07:00", "2027-03-15 08:00"));
    }
}
