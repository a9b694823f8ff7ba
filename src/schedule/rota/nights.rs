//! The nights in which a person works.

use super::{Rota, Shift};

const DAY: i64 = 24 * 60;
/// A night lasts from 22:00 to 06:00.
const NIGHT_FROM: i64 = 22 * 60;
const NIGHT_TO: i64 = DAY + 6 * 60;

/// A night in which somebody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkedNight<'a> {
    /// The date of its evening, in days since 1970-01-01.
    pub day: i32,
    /// The first shift in it.
    pub shift: &'a Shift,
}

impl Rota {
    /// The nights in which a person works, in order, without duplicates. A night counts if any minute of a shift is
    /// between 22:00 and 06:00 in the plan's local time. It belongs to the date of its evening. Watches do not count.
    pub fn nights(&self, person: usize) -> Vec<WorkedNight<'_>> {
        let mut nights: Vec<WorkedNight<'_>> = Vec::new();
        for shift in self.shifts_of(person).filter(|shift| shift.from < shift.to && !shift.is_watch()) {
            let (first, last) = self.nights_of(shift);
            let next = nights.last().map_or(first, |night| first.max(night.day + 1));
            nights.extend((next..=last).map(|day| WorkedNight { day, shift }));
        }
        nights
    }

    /// The first and the last night that a shift overlaps. If it overlaps none, the last one is before the first.
    fn nights_of(&self, shift: &Shift) -> (i32, i32) {
        let (from, to) = (i64::from(self.local(shift.from).0), i64::from(self.local(shift.to).0));
        let first = (from - NIGHT_TO).div_euclid(DAY) + 1;
        let last = (to - 1 - NIGHT_FROM).div_euclid(DAY);
        (first as i32, last as i32)
    }
}
