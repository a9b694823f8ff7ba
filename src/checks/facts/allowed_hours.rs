//! The hours of the week in which business areas allow work.

use chrono::{NaiveTime, Timelike as _, Weekday};

use crate::checks::MOST_NAMES;
use crate::model::{AllowedHours, AreaId, BusinessArea, Plan};
use crate::schedule::WindowSchedule;
use crate::wording::{self, list_in_sentence};

const DAY: i32 = 24 * 60;
const WEEK: i32 = 7 * DAY;
/// 1970-01-01, from which local minutes are counted, was the fourth day of its week.
const EPOCH_IN_WEEK: i32 = 3 * DAY;

/// The business areas that allow work at some hours only, with these hours.
pub struct LimitedAreas<'a> {
    /// In the order of the areas' ids.
    areas: Vec<(&'a BusinessArea, WeeklyHours)>,
}

/// The allowed hours of a week as spans of minutes since Monday, sorted and without overlaps. The last one may reach into
/// the next week.
#[derive(Debug, PartialEq, Eq)]
pub struct WeeklyHours(Vec<[i32; 2]>);

/// A period of work, in minutes since Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkPeriod {
    pub from: i32,
    pub to: i32,
}

impl<'a> LimitedAreas<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let limited = plan.areas().iter().filter(|area| !area.allowed.is_empty());
        Self { areas: limited.map(|area| (&**area, WeeklyHours::new(&area.allowed))).collect() }
    }

    /// The areas of the window's systems that limit their hours, each once.
    pub fn limiting(&self, window: &WindowSchedule) -> Vec<&(&'a BusinessArea, WeeklyHours)> {
        if self.areas.is_empty() {
            return Vec::new();
        }
        let index_of_area = |id: &AreaId| self.areas.binary_search_by(|(area, _)| area.id.cmp(id)).ok();
        let systems = window.scope.systems.iter();
        let mut indices: Vec<usize> = systems.filter_map(|system| index_of_area(system.area.as_ref()?)).collect();
        indices.sort_unstable();
        indices.dedup();
        indices.into_iter().map(|index| &self.areas[index]).collect()
    }
}

impl WeeklyHours {
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

    /// The allowed parts of a period, in order.
    pub fn within(&self, period: WorkPeriod) -> Vec<WorkPeriod> {
        let part = |[from, to]: [i32; 2]| WorkPeriod { from: from.max(period.from), to: to.min(period.to) };
        self.around(period.to).map(part).filter(|part| part.from < part.to).collect()
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

/// "Mon to Fri 22:00 – 04:00, Sat all day"
pub fn in_words(allowed: &[AllowedHours]) -> String {
    let entries: Vec<String> = allowed.iter().filter(|hours| !hours.days.is_empty()).map(entry_in_words).collect();
    if entries.is_empty() { "at no time".to_owned() } else { list_in_sentence(&entries, MOST_NAMES) }
}

fn entry_in_words(hours: &AllowedHours) -> String {
    let mut days = hours.days.clone();
    days.sort_unstable_by_key(Weekday::num_days_from_monday);
    days.dedup();
    let follow = days.windows(2).all(|pair| pair[0].succ() == pair[1]);
    let days = match days.as_slice() {
        [_, _, _, _, _, _, _] => "every day".to_owned(),
        [first, .., last] if follow && days.len() > 2 => format!("{first} to {last}"),
        _ => days.iter().map(Weekday::to_string).collect::<Vec<_>>().join("/"),
    };
    if hours.from == hours.until && minute(hours.from) == 0 {
        return format!("{days} all day");
    }
    format!("{days} {}", wording::hours(hours.from, hours.until))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};

    fn hours(days: &[Weekday], from: u32, until: u32) -> AllowedHours {
        let clock = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        AllowedHours { days: days.to_vec(), from: clock(from), until: clock(until) }
    }

    /// The hours of that weekday's period that are allowed, as "22-26".
    fn allowed(all: &[AllowedHours], day: Weekday, from: i32, length: i32) -> String {
        let start = day.num_days_from_monday() as i32 * DAY;
        let period = WorkPeriod { from: start + from * 60, to: start + (from + length) * 60 };
        let part = |part: WorkPeriod| format!("{}-{}", (part.from - start) / 60, (part.to - start) / 60);
        WeeklyHours::new(all).within(period).into_iter().map(part).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_span_that_ends_earlier_than_it_begins_ends_the_next_morning() {
        let nights = [hours(&[Sat, Sun], 22, 4)];
        assert_eq!(allowed(&nights, Sat, 22, 4), "22-26");
        assert_eq!(allowed(&nights, Sat, 2, 4), "");
        assert_eq!(allowed(&nights, Mon, 2, 4), "2-4", "the night of Sunday ends in the next week");
        assert_eq!(allowed(&nights, Sat, 20, 32), "22-28 46-52");
    }

    #[test]
    fn spans_that_meet_are_one_and_a_whole_week_has_no_end() {
        let evenings = [hours(&[Fri], 18, 0), hours(&[Sat], 0, 6)];
        assert_eq!(allowed(&evenings, Fri, 20, 8), "20-28");
        let always = [hours(&[Mon, Tue, Wed, Thu, Fri, Sat, Sun], 6, 6)];
        assert_eq!(allowed(&always, Sun, 23, 24 * 9), "23-239");
        assert_eq!(allowed(&[hours(&[], 0, 0)], Sun, 1, 2), "");
    }

    #[test]
    fn a_period_knows_its_weekday() {
        // 2027-03-13 is a Saturday.
        let local = crate::model::LocalMinute::midnight("2027-03-13".parse().unwrap());
        assert_eq!(WorkPeriod::new(local.0, 60), WorkPeriod { from: 5 * DAY, to: 5 * DAY + 60 });
    }

    #[test]
    fn hours_are_worded_as_people_say_them() {
        let all = [hours(&[Fri, Mon, Tue, Wed, Thu], 22, 4), hours(&[Sat], 0, 0), hours(&[Sun, Tue], 1, 5)];
        assert_eq!(in_words(&all), "Mon to Fri 22:00 – 04:00, Sat all day and Tue/Sun 01:00 – 05:00");
        assert_eq!(in_words(&[hours(&[], 1, 2)]), "at no time");
    }
}
