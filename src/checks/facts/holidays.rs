//! The plan's public holidays by day, and which of them count for a window.

use crate::model::{Holiday, HolidayId, Plan, System, day_number};
use crate::schedule::{Occurrence, WindowSchedule};

/// All holidays of a plan.
pub struct Holidays<'a> {
    plan: &'a Plan,
    /// Sorted by day; on the same day nationwide holidays come first.
    days: Vec<HolidayDay<'a>>,
    /// Whether any business area names its own calendars.
    areas_choose: bool,
}

/// One holiday of one calendar.
#[derive(Clone, Copy, Debug)]
pub struct HolidayDay<'a> {
    /// Days since 1970-01-01.
    pub day: i32,
    pub calendar: &'a HolidayId,
    pub holiday: &'a Holiday,
}

impl HolidayDay<'_> {
    /// Its first minute, since 1970-01-01 on the wall clock.
    fn start(&self) -> i64 {
        i64::from(self.day) * 24 * 60
    }

    /// The first minute of the next day.
    fn end(&self) -> i64 {
        self.start() + 24 * 60
    }

    /// Whether it is a holiday everywhere in its calendar's country.
    pub fn is_nationwide(&self) -> bool {
        self.holiday.region.is_empty()
    }
}

impl<'a> Holidays<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let days_of_calendar = |calendar: &'a crate::model::HolidayCalendar| {
            let day =
                |holiday: &'a Holiday| HolidayDay { day: day_number(holiday.on), calendar: &calendar.id, holiday };
            calendar.days.iter().map(day)
        };
        let mut days: Vec<_> = plan.holidays().iter().flat_map(|calendar| days_of_calendar(calendar)).collect();
        days.sort_by_key(|day| (day.day, !day.is_nationwide()));
        Self { plan, days, areas_choose: plan.areas().iter().any(|area| !area.holidays.is_empty()) }
    }

    /// The occurrences that touch a holiday that counts for the window, each with that holiday. Of several it is the
    /// first nationwide one, or else the first.
    pub fn occurrences_on_holidays<'w>(
        &'w self,
        window: &'w WindowSchedule,
    ) -> impl Iterator<Item = (&'w Occurrence, HolidayDay<'a>)> + 'w {
        let mut next = 0;
        let mut counting = None;
        window.expansion.occurrences.iter().filter_map(move |occurrence| {
            // Comparing minutes avoids calculating the day of most occurrences. Occurrences are sorted by start, so a
            // holiday that ended before this one also ended before all later ones.
            let start = i64::from(occurrence.local_start.0);
            while self.days.get(next).is_some_and(|day| day.end() <= start) {
                next += 1;
            }
            self.days.get(next).filter(|day| day.start() < start + i64::from(occurrence.duration.0))?;
            let (_, last) = days_of(occurrence);
            let counting = counting.get_or_insert_with(|| self.counting(window));
            Some((occurrence, first_counting(&self.days[next..], last, counting)?))
        })
    }

    /// Whether a holiday that counts for the window is between two days, both included.
    pub fn is_holiday_between(&self, window: &WindowSchedule, first: i32, last: i32) -> bool {
        let next = self.days.partition_point(|day| day.day < first);
        first_counting(&self.days[next..], last, &self.counting(window)).is_some()
    }

    fn counting(&self, window: &WindowSchedule) -> CountingCalendars<'a> {
        if !self.areas_choose || window.scope.systems.is_empty() {
            return CountingCalendars::All;
        }
        let own = |system: &System| {
            let area = self.plan.areas().get(system.area.as_ref()?)?;
            (!area.holidays.is_empty()).then_some(&area.holidays)
        };
        let mut calendars: Vec<&'a HolidayId> = Vec::new();
        for system in &window.scope.systems {
            match own(system) {
                Some(holidays) => calendars.extend(holidays),
                None => return CountingCalendars::All,
            }
        }
        calendars.sort_unstable();
        calendars.dedup();
        CountingCalendars::These(calendars)
    }
}

/// The calendars that count for a window: those named by the areas of its systems, or all if an area names none.
enum CountingCalendars<'a> {
    All,
    These(Vec<&'a HolidayId>),
}

fn first_counting<'a>(days: &[HolidayDay<'a>], last: i32, counting: &CountingCalendars<'_>) -> Option<HolidayDay<'a>> {
    let counts = |day: &&HolidayDay<'_>| match counting {
        CountingCalendars::All => true,
        CountingCalendars::These(calendars) => calendars.contains(&day.calendar),
    };
    let mut touched = days.iter().take_while(|day| day.day <= last).filter(counts);
    let first = touched.next()?;
    if first.is_nationwide() {
        return Some(*first);
    }
    Some(*touched.find(|day| day.is_nationwide()).unwrap_or(first))
}

/// The first and the last local day of an occurrence, as day numbers. If it ends at midnight, it does not touch the next
/// day.
pub fn days_of(occurrence: &Occurrence) -> (i32, i32) {
    let last_minute = occurrence.local_start.0.saturating_add(occurrence.duration.signed() - 1);
    (occurrence.start_day(), last_minute.div_euclid(24 * 60))
}
