//! The plan's public holidays by day, and which of them count for a window.

use crate::model::{Holiday, HolidayId, Plan, System, day_number};
use crate::schedule::{Occurrence, WindowSchedule};

/// All holidays of a plan.
pub struct Holidays<'a> {
    plan: &'a Plan,
    /// Sorted by day; on one day those of the whole country first.
    days: Vec<HolidayDay<'a>>,
    /// Whether any business area names calendars of its own.
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

    /// Whether it is one everywhere that its calendar is for.
    pub fn is_nationwide(&self) -> bool {
        self.holiday.region.is_empty()
    }
}

impl<'a> Holidays<'a> {
    pub fn of(plan: &'a Plan) -> Self {
        let of_calendar = |calendar: &'a crate::model::HolidayCalendar| {
            let day =
                |holiday: &'a Holiday| HolidayDay { day: day_number(holiday.on), calendar: &calendar.id, holiday };
            calendar.days.iter().map(day)
        };
        let mut days: Vec<_> = plan.holidays().iter().flat_map(|calendar| of_calendar(calendar)).collect();
        days.sort_by_key(|day| (day.day, !day.is_nationwide()));
        Self { plan, days, areas_choose: plan.areas().iter().any(|area| !area.holidays.is_empty()) }
    }

    /// For each occurrence that touches a holiday that counts for the window: that holiday, of several the first one
    /// of the whole country, else the first.
    pub fn touched<'w>(
        &'w self,
        window: &'w WindowSchedule,
    ) -> impl Iterator<Item = (&'w Occurrence, HolidayDay<'a>)> + 'w {
        let mut next = 0;
        let mut counting = None;
        let duration = window.window.duration.signed();
        window.expansion.occurrences.iter().filter_map(move |occurrence| {
            // Minutes spare most occurrences the division that gives a day. They come in the order of their starts, so
            // days that are over stay over.
            let start = i64::from(occurrence.local_start.0);
            while self.days.get(next).is_some_and(|day| day.end() <= start) {
                next += 1;
            }
            self.days.get(next).filter(|day| day.start() < start + i64::from(duration))?;
            let (_, last) = days_of(occurrence, window);
            let counting = counting.get_or_insert_with(|| self.counting(window));
            Some((occurrence, first_counting(&self.days[next..], last, counting)?))
        })
    }

    /// Whether a holiday that counts for the window lies between two days, both included.
    pub fn touch(&self, window: &WindowSchedule, first: i32, last: i32) -> bool {
        let next = self.days.partition_point(|day| day.day < first);
        first_counting(&self.days[next..], last, &self.counting(window)).is_some()
    }

    fn counting(&self, window: &WindowSchedule) -> Counting<'a> {
        if !self.areas_choose || window.scope.systems.is_empty() {
            return Counting::All;
        }
        let own = |system: &System| {
            let area = self.plan.areas().get(system.area.as_ref()?)?;
            (!area.holidays.is_empty()).then_some(&area.holidays)
        };
        let mut calendars: Vec<&'a HolidayId> = Vec::new();
        for system in &window.scope.systems {
            match own(system) {
                Some(holidays) => calendars.extend(holidays),
                None => return Counting::All,
            }
        }
        calendars.sort_unstable();
        calendars.dedup();
        Counting::These(calendars)
    }
}

/// The calendars that count for a window: those that the areas of its systems name, or all where one names none.
enum Counting<'a> {
    All,
    These(Vec<&'a HolidayId>),
}

fn first_counting<'a>(days: &[HolidayDay<'a>], last: i32, counting: &Counting<'_>) -> Option<HolidayDay<'a>> {
    let counts = |day: &&HolidayDay<'_>| match counting {
        Counting::All => true,
        Counting::These(calendars) => calendars.contains(&day.calendar),
    };
    let mut touched = days.iter().take_while(|day| day.day <= last).filter(counts);
    let first = touched.next()?;
    if first.is_nationwide() {
        return Some(*first);
    }
    Some(*touched.find(|day| day.is_nationwide()).unwrap_or(first))
}

/// The first and last local date of an occurrence, as day numbers. One that ends at midnight does not touch the next
/// day.
pub fn days_of(occurrence: &Occurrence, window: &WindowSchedule) -> (i32, i32) {
    let last_minute = occurrence.local_start.0.saturating_add(window.window.duration.signed() - 1);
    (occurrence.start_day(), last_minute.div_euclid(24 * 60))
}
