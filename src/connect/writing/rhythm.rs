//! A rule of a plan as other schedulers can say it: days of a week, or a day of some months and an offset.

use chrono::{NaiveDate, Weekday};

use crate::model::{MaintenanceWindow, MonthDay, Plan, ReleaseCalendar, Rule, date_of_day, day_number, month_number};

/// All twelve months, as a set of bits: bit 0 is January.
pub const ALL_MONTHS: u16 = 0xfff;
/// The furthest that a day can be from the day before its offset, in days. Longer offsets are listed.
const FURTHEST: i32 = 370;

/// Days that recur. They know neither a beginning nor an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// These weekdays, Monday first, of every `every`th week. `monday` is the day number of a Monday whose week counts.
    Weekly { days: Vec<Weekday>, every: u16, monday: i32 },
    /// `offset` days after `on`, in these months: a set of bits. The months are those of the day before the offset.
    Monthly { on: MonthDay, offset: i32, months: u16 },
}

/// What an `n`th weekday plus some days is with the smallest offset between `least` and `most` that is exact: the second
/// Tuesday + 11 is the third Tuesday + 4. Only the first four weekdays are in every month, so no other ordinal is the
/// result of such a step. `None` if there is no such form.
pub fn with_small_offset(on: MonthDay, offset: i32, least: i32, most: i32) -> Option<(MonthDay, i32)> {
    let fits = |offset: &i32| (least..=most).contains(offset);
    match on {
        MonthDay::Nth(n @ 1..=4, day) => {
            let forms =
                (1..=4_u8).map(|other| (MonthDay::Nth(other, day), offset + 7 * (i32::from(n) - i32::from(other))));
            // The rule as it is written, else days after a weekday before days before one.
            forms
                .filter(|(_, offset)| fits(offset))
                .min_by_key(|(other, offset)| (*other != on, *offset < 0, offset.abs()))
        }
        MonthDay::Day(day) => {
            // Every month has the days 1 to 28.
            let moved = i32::from(day) + offset;
            let is_in_every_month = (1..=28).contains(&moved) && (1..=28).contains(&day);
            if is_in_every_month {
                Some((MonthDay::Day(moved as u8), 0))
            } else {
                fits(&offset).then_some((on, offset))
            }
        }
        MonthDay::Nth(..) | MonthDay::Last(_) => fits(&offset).then_some((on, offset)),
    }
}

impl Rhythm {
    /// The rhythms that a window's rule may be. Which one gives the window's dates is for the caller to find out: a release
    /// on Tuesday in Los Angeles is on Wednesday in Sydney. `first` is the first date of the window.
    ///
    /// # Errors
    /// Why the rule is not a rhythm, as the rest of a sentence: "its dates are listed".
    pub fn candidates(window: &MaintenanceWindow, plan: &Plan, first: NaiveDate) -> Result<Vec<Self>, &'static str> {
        let first = day_number(first);
        match &window.rule {
            Rule::Dates(dates) if dates.len() == 1 => Err("it takes place once"),
            Rule::Dates(_) => Err("its dates are listed"),
            Rule::Foreign(_) => Err("its rule was imported as it is written"),
            Rule::Weekly { days, every } => {
                let mut days = days.clone();
                if days.is_empty() {
                    return Err("its rule has no weekday");
                }
                days.sort_by_key(Weekday::num_days_from_monday);
                days.dedup();
                let monday = first - (first + 3).rem_euclid(7);
                Ok(vec![Self::Weekly { days, every: (*every).max(1), monday }])
            }
            Rule::Monthly { on, every, offset_days } => Self::monthly(*on, *every, *offset_days, first),
            Rule::AfterRelease { release, offset_days, then } => {
                let calendar = plan.releases().get(release).ok_or("its release calendar is unknown")?;
                Self::after_release(calendar, *offset_days, *then)
            }
        }
    }

    fn monthly(on: MonthDay, every: u16, offset: i32, first: i32) -> Result<Vec<Self>, &'static str> {
        let every = every.max(1);
        if offset.abs() > FURTHEST {
            return Err("its offset is longer than a year");
        }
        if 12 % every != 0 {
            return Err("its interval of months does not repeat from year to year");
        }
        let month = month_number(date_of_day(first.saturating_sub(offset)));
        let phase = month.rem_euclid(every.into());
        let months = (0..12).filter(|month| month % i32::from(every) == phase).fold(0, |all, month| all | 1 << month);
        Ok(vec![Self::Monthly { on, offset, months }])
    }

    /// A vendor that publishes on one day of the month. That is a day earlier or later on the window's clock, if its zone is
    /// far away.
    fn after_release(
        calendar: &ReleaseCalendar,
        offset: i32,
        then: Option<Weekday>,
    ) -> Result<Vec<Self>, &'static str> {
        let [first, others @ ..] = &calendar.cadences[..] else { return Err("its release calendar has no days") };
        if others.iter().any(|other| other.on != first.on) || offset.abs() > FURTHEST {
            return Err("its release calendar follows several rules");
        }
        let mut months = 0_u16;
        for cadence in &calendar.cadences {
            let own = cadence
                .months
                .iter()
                .filter(|month| (1..=12).contains(*month))
                .fold(0, |all, month| all | 1 << (month - 1));
            months |= if cadence.months.is_empty() { ALL_MONTHS } else { own };
        }
        let weekday = match first.on {
            MonthDay::Nth(_, day) | MonthDay::Last(day) => Some(day),
            MonthDay::Day(_) if then.is_some() => return Err("it waits for a weekday after a day of the month"),
            MonthDay::Day(_) => None,
        };
        let wait = |shift: i32| match (weekday, then) {
            (Some(day), Some(then)) => {
                let reached = day.num_days_from_monday() as i32 + shift + offset;
                (then.num_days_from_monday() as i32 - reached).rem_euclid(7)
            }
            _ => 0,
        };
        let with_shift = |shift: i32| Self::Monthly { on: first.on, offset: offset + shift + wait(shift), months };
        let mut all: Vec<Self> = [0, 1, -1].map(with_shift).into();
        all.dedup();
        Ok(all)
    }

    /// Its days between two days, both included, ascending.
    pub fn days(&self, from: i32, to: i32) -> Vec<i32> {
        match self {
            Self::Weekly { days, every, monday } => {
                let period = 7 * i32::from(*every);
                let mut week = monday + (from - 6 - monday).div_euclid(period) * period;
                let mut out = Vec::new();
                while week <= to {
                    let in_week = days.iter().map(|day| week + day.num_days_from_monday() as i32);
                    out.extend(in_week.filter(|day| (from..=to).contains(day)));
                    week += period;
                }
                out
            }
            Self::Monthly { on, offset, months } => {
                let first = month_number(date_of_day(from.saturating_sub(*offset))) - 1;
                let last = month_number(date_of_day(to.saturating_sub(*offset)));
                let mut out: Vec<i32> = (first..=last)
                    .filter(|month| months & 1 << month.rem_euclid(12) != 0)
                    .filter_map(|month| on.in_month(month.div_euclid(12), month.rem_euclid(12) as u32 + 1))
                    .map(|date| day_number(date) + offset)
                    .filter(|day| (from..=to).contains(day))
                    .collect();
                out.sort_unstable();
                out.dedup();
                out
            }
        }
    }

    /// How many days its offset adds; none for weeks.
    pub fn offset(&self) -> i32 {
        match self {
            Self::Weekly { .. } => 0,
            Self::Monthly { offset, .. } => *offset,
        }
    }
}

/// Every how many months a set of months recurs, if it is even: 3 for January, April, July and October.
pub fn interval(months: u16) -> Option<u16> {
    let count = months.count_ones() as u16;
    let every = 12_u16.checked_div(count)?;
    let first = months.trailing_zeros() as u16;
    let is_even = 12 % count == 0 && (0..count).all(|n| months & 1 << (first + n * every) != 0);
    is_even.then_some(every)
}

/// The months of a set, from 1 to 12.
pub fn month_numbers(months: u16) -> impl Iterator<Item = u16> {
    (0..12).filter(move |month| months & 1 << month != 0).map(|month| month + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_by_sevens_is_another_ordinal_while_every_month_has_it() {
        let second = MonthDay::Nth(2, Weekday::Tue);
        let nth = |n| MonthDay::Nth(n, Weekday::Tue);
        for (offset, expected) in [
            (0, Some((nth(2), 0))),
            (4, Some((nth(2), 4))),
            (11, Some((nth(3), 4))),
            (20, Some((nth(4), 6))),
            (21, None),
            (-4, Some((nth(1), 3))),
            (-8, None),
        ] {
            assert_eq!(with_small_offset(second, offset, 0, 6), expected, "{offset}");
        }
        assert_eq!(with_small_offset(second, -8, -6, 6), Some((nth(1), -1)));
        assert_eq!(with_small_offset(MonthDay::Day(15), 11, 0, 6), Some((MonthDay::Day(26), 0)));
        assert_eq!(with_small_offset(MonthDay::Day(31), 11, 0, 6), None);
    }

    #[test]
    fn another_form_of_a_day_gives_the_same_days() {
        let (from, to) = (10_957, 10_957 + 40 * 366);
        for n in 1..=4 {
            for offset in -20..=30 {
                let on = MonthDay::Nth(n, Weekday::Thu);
                let Some((other, rest)) = with_small_offset(on, offset, -6, 6) else { continue };
                let of_form = |on, offset| Rhythm::Monthly { on, offset, months: ALL_MONTHS }.days(from, to);
                assert_eq!(of_form(on, offset), of_form(other, rest), "{n} {offset}");
            }
        }
    }

    #[test]
    fn sets_of_months_tell_their_interval() {
        for (months, expected) in
            [(ALL_MONTHS, Some(1)), (0b0010_0100_1001, Some(3)), (0b1, Some(12)), (0b11, None), (0, None)]
        {
            assert_eq!(interval(months), expected, "{months:b}");
        }
        assert_eq!(month_numbers(0b1001).collect::<Vec<_>>(), [1, 4]);
    }
}
