//! A night from noon to noon on the plan's clock: its hours, its clock change, and where its instants are. Pure.

use chrono::{NaiveDate, Timelike};

use crate::model::{LocalMinute, Minutes, UtcMinute};
use crate::schedule::{Zone, noon};
use crate::wording;

/// The hours of a night that are tinted, from the evening to the morning.
const EVENING: Minutes = Minutes(20 * 60);
const MORNING: Minutes = Minutes(6 * 60);
/// The least distance of two marks.
const MARK: f32 = 46.0;

/// The period that a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Night {
    /// The date of its evening.
    pub on: NaiveDate,
    pub from: UtcMinute,
    pub to: UtcMinute,
}

/// A change of the clocks during a night.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockChange {
    pub at: UtcMinute,
    /// "Clocks go forward: 01:00 GMT is 02:00 BST"
    pub words: String,
}

/// A time on the clock that is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    pub at: UtcMinute,
    /// "21:00"
    pub label: String,
    pub is_midnight: bool,
}

impl Night {
    pub fn new(on: NaiveDate, zone: &Zone) -> Self {
        Self { on, from: noon(on, zone), to: noon(on.succ_opt().unwrap_or(on), zone) }
    }

    /// The same night with the morning before it, from midnight on.
    pub fn with_morning(on: NaiveDate, zone: &Zone) -> Self {
        Self { from: zone.resolve(LocalMinute::midnight(on)).at, ..Self::new(on, zone) }
    }

    /// The minutes that really pass.
    pub fn minutes(&self) -> i32 {
        self.to.since(self.from).max(1)
    }

    pub fn contains(&self, at: UtcMinute) -> bool {
        self.from <= at && at < self.to
    }

    /// The part of a period that is in this night.
    pub fn part(&self, from: UtcMinute, to: UtcMinute) -> Option<(UtcMinute, UtcMinute)> {
        let (from, to) = (from.max(self.from), to.min(self.to));
        (from < to).then_some((from, to))
    }

    /// The dark hours, as periods.
    pub fn dark(&self, zone: &Zone) -> Vec<(UtcMinute, UtcMinute)> {
        let at = |on: NaiveDate, time: Minutes| zone.resolve(LocalMinute::midnight(on).plus(time)).at;
        let before = self.on.pred_opt().unwrap_or(self.on);
        let evenings = [before, self.on].into_iter();
        let dark = evenings.map(|on| (at(on, EVENING), at(on.succ_opt().unwrap_or(on), MORNING)));
        dark.filter_map(|(from, to)| self.part(from, to)).collect()
    }

    pub fn clock_change(&self, zone: &Zone) -> Option<ClockChange> {
        let change = zone.transitions(self.from, self.to).into_iter().nth(1)?;
        let (before, after) = (change.offset_before, change.offset);
        let direction = match after.cmp(&before) {
            std::cmp::Ordering::Greater => "forward",
            std::cmp::Ordering::Less => "back",
            std::cmp::Ordering::Equal => return None,
        };
        let before_at = wording::time(LocalMinute(change.at.0 + before).time());
        let old = zone.abbreviation(change.at.plus(-1));
        let new = wording::time_with_zone(zone.zoned(change.at));
        Some(ClockChange { at: change.at, words: format!("Clocks go {direction}: {before_at} {old} is {new}") })
    }

    /// Times of the clock at this distance in hours. When the clocks change, one is missing or comes twice, as on the
    /// clock.
    pub fn ticks(&self, zone: &Zone, hours: u32) -> Vec<Tick> {
        let is_marked = |at: &UtcMinute| {
            let time = zone.local(*at).time();
            time.minute() == 0 && time.hour().is_multiple_of(hours)
        };
        let all = (self.from.0..=self.to.0).step_by(5).map(UtcMinute).filter(is_marked);
        all.map(|at| {
            let time = zone.local(at).time();
            Tick { at, label: wording::time(time), is_midnight: time.hour() == 0 }
        })
        .collect()
    }
}

/// Converts instants of a night to horizontal positions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NightAxis {
    pub left: f32,
    /// The width of a minute.
    pub minute: f32,
    pub from: UtcMinute,
}

impl NightAxis {
    pub fn x(&self, at: UtcMinute) -> f32 {
        self.left + at.since(self.from) as f32 * self.minute
    }

    pub fn instant_at(&self, x: f32) -> UtcMinute {
        self.from.plus(((x - self.left) / self.minute) as i32)
    }

    /// The distance of the marks, in hours.
    pub fn hours(&self) -> u32 {
        [1, 2, 3, 6].into_iter().find(|hours| (hours * 60) as f32 * self.minute >= MARK).unwrap_or(12)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn night(on: &str) -> (Night, std::sync::Arc<Zone>) {
        let zone = Zone::named("Europe/London").unwrap();
        (Night::new(on.parse().unwrap(), &zone), zone)
    }

    fn labels(on: &str) -> String {
        let (night, zone) = night(on);
        night.ticks(&zone, 3).into_iter().map(|tick| tick.label).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_night_goes_from_noon_to_noon() {
        let (night, zone) = night("2027-03-13");
        assert_eq!((night.minutes(), night.clock_change(&zone)), (24 * 60, None));
        assert_eq!(labels("2027-03-13"), "12:00 15:00 18:00 21:00 00:00 03:00 06:00 09:00 12:00");
        let dark = night.dark(&zone);
        assert_eq!(dark, [(night.from.plus(8 * 60), night.from.plus(18 * 60))]);
        assert_eq!(night.part(night.from.plus(-60), night.from.plus(60)), Some((night.from, night.from.plus(60))));
        assert_eq!(night.part(night.to, night.to.plus(60)), None);
        let whole = Night::with_morning(night.on, &zone);
        assert_eq!((whole.minutes(), whole.dark(&zone).len()), (36 * 60, 2));
    }

    #[test]
    fn the_night_of_a_clock_change_has_23_or_25_hours() {
        let (spring, zone) = night("2027-03-27");
        assert_eq!(spring.minutes(), 23 * 60);
        assert_eq!(spring.clock_change(&zone).unwrap().words, "Clocks go forward: 01:00 GMT is 02:00 BST");
        assert_eq!(labels("2027-03-27"), "12:00 15:00 18:00 21:00 00:00 03:00 06:00 09:00 12:00");
        let three = spring.ticks(&zone, 3).into_iter().find(|tick| tick.label == "03:00").unwrap();
        assert_eq!(three.at.since(spring.from), 14 * 60, "two hours after midnight");
        let (autumn, zone) = night("2027-10-30");
        assert_eq!(autumn.minutes(), 25 * 60);
        assert_eq!(autumn.clock_change(&zone).unwrap().words, "Clocks go back: 02:00 BST is 01:00 GMT");
        assert_eq!(autumn.ticks(&zone, 1).iter().filter(|tick| tick.label == "01:00").count(), 2);
    }

    #[test]
    fn marks_are_as_near_as_they_are_readable() {
        let axis = |minute| NightAxis { left: 0.0, minute, from: UtcMinute(0) };
        assert_eq!((axis(0.8).hours(), axis(0.5).hours(), axis(0.3).hours(), axis(0.01).hours()), (1, 2, 3, 12));
        assert_eq!(axis(0.5).instant_at(axis(0.5).x(UtcMinute(600))), UtcMinute(600));
    }
}
