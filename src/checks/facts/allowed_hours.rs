//! The hours of the week in which business areas allow work.

use chrono::{NaiveTime, Weekday};

use crate::checks::MOST_NAMES;
use crate::model::{AllowedHours, AreaId, BusinessArea, Plan};
use crate::schedule::time::hours::{WeeklyHours, WorkPeriod};
use crate::schedule::{LocalTimeKind, Occurrence, WindowSchedule};
use crate::wording::{self, list_in_sentence};

/// The business areas that allow work at some hours only, with these hours.
pub struct LimitedAreas<'a> {
    /// In the order of the areas' ids.
    areas: Vec<(&'a BusinessArea, WeeklyHours)>,
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

/// The period on the window's clock. A start or end that the clock change skips is later than planned.
pub fn real_period(window: &WindowSchedule, occurrence: &Occurrence) -> WorkPeriod {
    if occurrence.start_clock != LocalTimeKind::Gap && occurrence.end_clock != LocalTimeKind::Gap {
        return WorkPeriod::new(occurrence.local_start.0, occurrence.duration.signed());
    }
    let (from, to) = (window.local(occurrence.start_at).0, window.local(occurrence.end_at).0);
    WorkPeriod::new(from, to.saturating_sub(from))
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
    if (hours.from, hours.until) == (NaiveTime::MIN, NaiveTime::MIN) {
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

    #[test]
    fn hours_are_worded_as_people_say_them() {
        let all = [hours(&[Fri, Mon, Tue, Wed, Thu], 22, 4), hours(&[Sat], 0, 0), hours(&[Sun, Tue], 1, 5)];
        assert_eq!(in_words(&all), "Mon to Fri 22:00 – 04:00, Sat all day and Tue/Sun 01:00 – 05:00");
        assert_eq!(in_words(&[hours(&[], 1, 2)]), "at no time");
    }
}
