//! Hours of the week in which work may take place, as a person or a business area allows.

use chrono::{NaiveTime, Timelike as _};

use crate::model::AllowedHours;

const DAY: i32 = 24 * 60;
const WEEK: i32 = 7 * DAY;
/// 1970-01-01, from which local minutes are counted, was the fourth day of its week.
const EPOCH_IN_WEEK: i32 = 3 * DAY;

/// The allowed hours of a week as spans of minutes since Monday, sorted and without overlaps. The last one may reach into
/// the next week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeeklyHours(Vec<[i32; 2]>);

/// A period of work, in minutes since Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkPeriod {
    pub from: i32,
    pub to: i32,
}

impl WeeklyHours {
    /// Combines these hours. Hours that end when they begin last a whole day.
    pub fn new(allowed: &[AllowedHours]) -> Self {
        let mut spans: Vec<[i32; 2]> = allowed.iter().flat_map(spans).collect();
        spans.sort_unstable();
        let mut joined: Vec<[i32; 2]> = Vec::new();
        for [from, to] in spans {
            match joined.last_mut() {
                Some(last) if from <= last[1] => last[1] = last[1].max(to),
                _ => joined.push([from, to]),
            }
        }
        Self(joined)
    }

    /// Whether every minute of a period is allowed.
    pub fn allow(&self, period: WorkPeriod) -> bool {
        let is_whole_week = matches!(self.0.as_slice(), [[from, to]] if to - from >= WEEK);
        is_whole_week || self.around(period.to).any(|[from, to]| from <= period.from && period.to <= to)
    }

    /// The allowed parts of a period, in order.
    pub fn within(&self, period: WorkPeriod) -> Vec<WorkPeriod> {
        let part = |[from, to]: [i32; 2]| WorkPeriod { from: from.max(period.from), to: to.min(period.to) };
        self.around(period.to).map(part).filter(|part| part.from < part.to).collect()
    }

    /// The spans from the week before up to `until`, in order: all that work starting in the week can meet.
    fn around(&self, until: i32) -> impl Iterator<Item = [i32; 2]> + '_ {
        let weeks = -1..=until.div_euclid(WEEK).clamp(0, 60);
        let mut all = weeks.flat_map(|week| self.0.iter().map(move |span| span.map(|at| at + week * WEEK))).peekable();
        std::iter::from_fn(move || {
            let mut span = all.next()?;
            while let Some(next) = all.next_if(|next| next[0] <= span[1]) {
                span[1] = span[1].max(next[1]);
            }
            Some(span)
        })
    }
}

/// The spans of one entry, one for each of its days.
fn spans(allowed: &AllowedHours) -> impl Iterator<Item = [i32; 2]> + '_ {
    let (from, until) = (minute(allowed.from), minute(allowed.until));
    let length = if until > from { until - from } else { until + DAY - from };
    allowed.days.iter().map(move |day| {
        let from = day.num_days_from_monday() as i32 * DAY + from;
        [from, from + length]
    })
}

fn minute(time: NaiveTime) -> i32 {
    (time.hour() * 60 + time.minute()) as i32
}

impl WorkPeriod {
    /// Work that starts at a local minute and takes `duration` minutes, at least one.
    pub fn new(local_start: i32, duration: i32) -> Self {
        let from = local_start.wrapping_add(EPOCH_IN_WEEK).rem_euclid(WEEK);
        Self { from, to: from.saturating_add(duration.max(1)) }
    }

    pub fn length(self) -> i32 {
        self.to - self.from
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LocalMinute;
    use chrono::Weekday::{self, Fri, Mon, Sat, Sun, Thu, Tue, Wed};

    fn hours(days: &[Weekday], from: u32, until: u32) -> AllowedHours {
        let clock = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        AllowedHours { days: days.to_vec(), from: clock(from), until: clock(until) }
    }

    /// Work that starts on that weekday, `from` hours after its midnight.
    fn period(day: Weekday, from: i32, length: i32) -> WorkPeriod {
        let start = day.num_days_from_monday() as i32 * DAY + from * 60;
        WorkPeriod { from: start, to: start + length * 60 }
    }

    /// The hours of that weekday's period that are allowed, as "22-26".
    fn allowed(all: &[AllowedHours], day: Weekday, from: i32, length: i32) -> String {
        let (hours, period, start) = (WeeklyHours::new(all), period(day, from, length), period(day, 0, 0).from);
        let parts = hours.within(period);
        assert_eq!(hours.allow(period), parts == [period]);
        let part = |part: WorkPeriod| format!("{}-{}", (part.from - start) / 60, (part.to - start) / 60);
        parts.into_iter().map(part).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_span_that_ends_earlier_than_it_begins_ends_the_next_morning() {
        let nights = [hours(&[Sat, Sun], 22, 4)];
        assert_eq!(allowed(&nights, Sat, 22, 4), "22-26");
        assert_eq!(allowed(&nights, Sat, 2, 4), "");
        assert_eq!(allowed(&nights, Mon, 2, 4), "2-4", "the night of Sunday ends in the next week");
        assert_eq!(allowed(&nights, Sat, 20, 32), "22-28 46-52");
        assert_eq!(allowed(&nights, Sat, 22, 7), "22-28");
    }

    #[test]
    fn spans_that_meet_are_one_even_across_the_end_of_the_week() {
        let evenings = [hours(&[Fri], 18, 0), hours(&[Sat], 0, 6)];
        assert_eq!(allowed(&evenings, Fri, 20, 8), "20-28");
        let sunday = [hours(&[Sun], 18, 0), hours(&[Mon], 0, 8)];
        assert_eq!(allowed(&sunday, Sun, 18, 14), "18-32");
        assert_eq!(allowed(&sunday, Sun, 18, 15), "18-32");
    }

    #[test]
    fn a_whole_week_has_no_end_and_no_day_allows_nothing() {
        let always = [hours(&[Mon, Tue, Wed, Thu, Fri, Sat, Sun], 6, 6)];
        assert_eq!(allowed(&always, Sun, 23, 24 * 9), "23-239");
        assert!(WeeklyHours::new(&always).allow(period(Sun, 23, 24 * 7 * 100)));
        assert_eq!(allowed(&[hours(&[], 0, 0)], Sun, 1, 2), "");
    }

    #[test]
    fn a_period_knows_its_weekday() {
        // 2027-03-13 is a Saturday.
        let local = LocalMinute::midnight("2027-03-13".parse().unwrap());
        assert_eq!(WorkPeriod::new(local.0, 60), period(Sat, 0, 1));
    }
}
