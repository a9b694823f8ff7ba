//! The time axis of the rows: converts instants to positions, at any zoom from two years to an hour. Pure.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::model::{Horizon, LocalMinute, UtcMinute};
use crate::schedule::time::zone::Zone;

pub const DAY: f64 = 24.0 * 60.0;
/// The closest zoom: an hour fills the view.
pub const SHORTEST: f64 = 60.0;

/// The visible part of the plan's months, in minutes since 1970 in UTC. Fractions keep zooming and panning smooth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Visible {
    pub from: f64,
    pub minutes: f64,
}

impl Visible {
    /// All months of the plan.
    pub fn whole(horizon: Horizon, zone: &Zone) -> Self {
        let from = f64::from(midnight(horizon.from, zone).0);
        let to = f64::from(midnight(horizon.end(), zone).0);
        Self { from, minutes: (to - from).max(SHORTEST) }
    }

    pub fn to(self) -> f64 {
        self.from + self.minutes
    }

    /// Shows `factor` times as much detail; the instant `about` stays where it is.
    pub fn zoomed(self, factor: f64, about: f64, bounds: Bounds) -> Self {
        let minutes = (self.minutes / factor).clamp(SHORTEST, bounds.whole.minutes);
        let share = (about - self.from) / self.minutes;
        bounds.nearest(Self { from: about - share * minutes, minutes })
    }

    pub fn panned(self, minutes: f64, bounds: Bounds) -> Self {
        bounds.nearest(Self { from: self.from + minutes, ..self })
    }

    /// Moves so that the instants are visible with a margin of a tenth, unless they are visible already.
    pub fn showing(self, instants: RangeInclusive<f64>, bounds: Bounds) -> Self {
        let free = self.minutes * (1.0 - bounds.covered);
        if *instants.start() >= self.from && *instants.end() <= self.from + free {
            return self;
        }
        let margin = self.minutes / 10.0;
        let (from, to) = (instants.start() - margin, instants.end() + margin);
        let at = if from < self.from { from } else { (to - free).min(from) };
        bounds.nearest(Self { from: at, ..self })
    }

    /// The zoom as a share: 0 shows all months, 1 an hour. Equal steps look equal.
    pub fn zoom(self, whole: Self) -> f32 {
        let steps = (whole.minutes / SHORTEST).ln();
        if steps <= 0.0 { 0.0 } else { ((whole.minutes / self.minutes).ln() / steps) as f32 }
    }

    /// The range with that zoom and the same center.
    pub fn at_zoom(self, share: f32, bounds: Bounds) -> Self {
        let whole = bounds.whole.minutes;
        let minutes = whole / (whole / SHORTEST).powf(f64::from(share));
        self.zoomed(self.minutes / minutes, self.from + self.minutes / 2.0, bounds)
    }
}

/// What can be shown.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub whole: Visible,
    /// The share of the width, at the right, that the inspector covers. The last months can be panned out from below it.
    pub covered: f64,
}

impl Bounds {
    /// The nearest range that is inside the plan's months.
    pub fn nearest(self, visible: Visible) -> Visible {
        let minutes = visible.minutes.clamp(SHORTEST, self.whole.minutes);
        let last = self.whole.to() - minutes * (1.0 - self.covered);
        Visible { from: visible.from.clamp(self.whole.from, last.max(self.whole.from)), minutes }
    }
}

/// Converts instants to horizontal positions.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    pub left: f32,
    pub width: f32,
    pub visible: Visible,
}

impl Axis {
    pub fn x(&self, at: UtcMinute) -> f32 {
        self.x_at(f64::from(at.0))
    }

    pub fn x_at(&self, minutes: f64) -> f32 {
        self.left + ((minutes - self.visible.from) / self.visible.minutes) as f32 * self.width
    }

    pub fn right(&self) -> f32 {
        self.left + self.width
    }

    /// The instant at a position, as minutes since 1970.
    pub fn minutes_at(&self, x: f32) -> f64 {
        self.visible.from + f64::from((x - self.left) / self.width.max(1.0)) * self.visible.minutes
    }

    pub fn instant_at(&self, x: f32) -> UtcMinute {
        UtcMinute(self.minutes_at(x).floor() as i32)
    }

    /// The width of a day.
    pub fn day(&self) -> f32 {
        (f64::from(self.width) * DAY / self.visible.minutes) as f32
    }

    /// The first and last visible date.
    pub fn dates(&self, zone: &Zone) -> (NaiveDate, NaiveDate) {
        let date = |minutes: f64| zone.local(UtcMinute(minutes as i32)).date();
        (date(self.visible.from), date(self.visible.to() - 1.0))
    }
}

/// The instant at which the day begins.
pub fn midnight(on: NaiveDate, zone: &Zone) -> UtcMinute {
    zone.resolve(LocalMinute::midnight(on)).at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> Visible {
        Visible::whole(Horizon::year(2027), &Zone::named("Europe/London").unwrap())
    }

    fn free() -> Bounds {
        Bounds { whole: whole(), covered: 0.0 }
    }

    #[test]
    fn zooming_keeps_the_instant_below_the_pointer() {
        let about = whole().from + 100.0 * DAY;
        let once = whole().zoomed(4.0, about, free());
        let axis = |visible| Axis { left: 10.0, width: 900.0, visible };
        assert!((axis(once).x_at(about) - axis(whole()).x_at(about)).abs() < 0.01);
        assert!((once.minutes - whole().minutes / 4.0).abs() < 0.01);
    }

    #[test]
    fn zoom_goes_from_all_months_to_one_hour_and_back() {
        let about = whole().from + 200.0 * DAY;
        let near = whole().zoomed(1e9, about, free());
        assert!((near.minutes - 60.0).abs() < 1e-6 && (near.zoom(whole()) - 1.0).abs() < 1e-5);
        assert_eq!(near.zoomed(1e-9, about, free()), whole());
        for share in [0.0, 0.25, 0.5, 1.0] {
            assert!((whole().at_zoom(share, free()).zoom(whole()) - share).abs() < 1e-4);
        }
    }

    #[test]
    fn nothing_outside_the_months_is_shown() {
        let month = Visible { from: whole().from, minutes: 30.0 * DAY };
        assert_eq!(month.panned(-5.0 * DAY, free()), month);
        assert!((month.panned(1e9, free()).to() - whole().to()).abs() < 1e-6);
    }

    #[test]
    fn what_is_revealed_is_visible_and_what_is_visible_stays() {
        let month = Visible { from: whole().from, minutes: 30.0 * DAY };
        let at = |day: f64| whole().from + day * DAY;
        assert_eq!(month.showing(at(10.0)..=at(11.0), free()), month);
        let later = month.showing(at(200.0)..=at(201.0), free());
        assert!(later.from < at(200.0) && later.to() > at(201.0));
        let earlier = later.showing(at(100.0)..=at(101.0), free());
        assert!(earlier.from < at(100.0) && earlier.to() > at(101.0));
        let beside = month.showing(at(25.0)..=at(26.0), Bounds { covered: 0.5, ..free() });
        let last = whole().showing(at(360.0)..=at(361.0), Bounds { covered: 0.5, ..free() });
        assert!(last.from + last.minutes / 2.0 > at(361.0), "the last month can be panned out from below it");
        assert!(beside.from + 15.0 * DAY > at(26.0), "not below what covers the right half");
    }

    #[test]
    fn days_are_as_long_as_the_clock_change_makes_them() {
        let zone = Zone::named("Europe/London").unwrap();
        let date = |text: &str| midnight(text.parse().unwrap(), &zone);
        assert_eq!(date("2027-03-29").since(date("2027-03-28")), 23 * 60);
        assert_eq!(date("2027-11-01").since(date("2027-10-31")), 25 * 60);
    }
}
