//! Dragging an occurrence to other times: what is held and where, and the edits that result when it is released.

use std::borrow::Cow;

use chrono::NaiveDate;
use egui::Modifiers;

use crate::model::{Edit, Extent, LocalMinute, Minutes, UtcMinute, WindowId};
use crate::schedule::{Occurrence, Schedule, WindowOccurrence, WindowSchedule, Zone};

/// Starts and lengths change in steps of this many minutes.
pub const STEP: i32 = 15;

/// The part of an occurrence that is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    Whole,
    /// The start; the end stays.
    Start,
    /// The end; the start stays.
    End,
}

/// The times of an occurrence if it was released now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub start: LocalMinute,
    pub duration: Minutes,
}

impl Target {
    /// The times that the occurrence has.
    pub fn unchanged(occurrence: &Occurrence) -> Self {
        Self { start: occurrence.local_start, duration: occurrence.duration }
    }

    /// On another day, at the same time of day.
    pub fn on_day(occurrence: &Occurrence, on: NaiveDate) -> Self {
        Self { start: LocalMinute::new(on, occurrence.local_start.time()), duration: occurrence.duration }
    }

    /// With the held part dragged by that many minutes that really pass, to a quarter of an hour on the window's clock. An
    /// occurrence keeps at least one step of its length.
    ///
    /// Pages show instants, and in a night of a clock change an hour of them is not an hour of the clock. So the distance
    /// is added to the instant, and what the clock shows then counts.
    pub fn dragged(window: &WindowSchedule, occurrence: &Occurrence, grip: Grip, minutes: i32) -> Self {
        let (start, end) = (occurrence.local_start, occurrence.local_end());
        let on_clock = |edge: LocalMinute, at: UtcMinute| {
            if minutes.abs() < STEP / 2 { edge } else { rounded(window.local(at.plus(minutes))) }
        };
        let shortest = STEP.min(occurrence.duration.signed());
        let length = |minutes: i32| minutes.clamp(shortest, Minutes::LONGEST.signed());
        match grip {
            Grip::Whole => Self { start: on_clock(start, occurrence.start_at), duration: occurrence.duration },
            Grip::Start => {
                let length = length(end.0 - on_clock(start, occurrence.start_at).0);
                Self { start: end.shifted(-length), duration: Minutes(length.unsigned_abs()) }
            }
            Grip::End => {
                let length = length(on_clock(end, occurrence.end_at).0 - start.0);
                Self { start, duration: Minutes(length.unsigned_abs()) }
            }
        }
    }

    /// The same that many days later on the clock.
    pub fn days_later(self, days: i32) -> Self {
        Self { start: self.start.shifted(days.saturating_mul(24 * 60)), ..self }
    }

    /// The occurrence with these times.
    pub fn moved(self, window: &WindowSchedule, occurrence: &Occurrence) -> Occurrence {
        let mut moved = *occurrence;
        moved.duration = self.duration;
        moved.starting_at(&window.expansion.zone, self.start)
    }
}

/// The nearest quarter of an hour.
fn rounded(at: LocalMinute) -> LocalMinute {
    LocalMinute((at.0 + STEP / 2).div_euclid(STEP) * STEP)
}

/// Days in the zone of an occurrence's window as days in another zone: those on which it would begin there.
pub fn days_in_zone<'a>(
    zone: &Zone,
    (window, occurrence): WindowOccurrence<'_>,
    days: &'a [NaiveDate],
) -> Cow<'a, [NaiveDate]> {
    if zone.name() == window.expansion.zone.name() {
        return Cow::Borrowed(days);
    }
    let moved = |on: &NaiveDate| Target::on_day(occurrence, *on).moved(window, occurrence);
    let mut days: Vec<NaiveDate> = days.iter().map(|on| zone.local(moved(on).start_at).date()).collect();
    days.sort_unstable();
    Cow::Owned(days)
}

/// What releasing the button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Changes this date.
    Change,
    /// Adds a date to the window.
    Copy,
    /// Asks whether to change this date, also later ones, or all.
    Ask,
}

impl Manner {
    /// Alt or Ctrl copies. Shift asks, as a changed start or length does if the window has several dates, because such a
    /// change is often meant for all of them.
    pub fn new(modifiers: Modifiers, grip: Grip, window: &WindowSchedule) -> Self {
        let has_several = window.expansion.occurrences.len() > 1;
        if grip == Grip::Whole && (modifiers.alt || modifiers.command) {
            Self::Copy
        } else if has_several && (modifiers.shift || grip != Grip::Whole) {
            Self::Ask
        } else {
            Self::Change
        }
    }
}

/// An occurrence that is being dragged.
#[derive(Clone, Debug)]
pub struct Drag {
    pub window: WindowId,
    /// Its original date.
    pub on: NaiveDate,
    pub grip: Grip,
    /// None while the pointer is at no time.
    pub target: Option<Target>,
    /// Its times when the drag began.
    began_with: Target,
}

impl Drag {
    pub fn new(window: &WindowSchedule, occurrence: &Occurrence, grip: Grip) -> Self {
        let began_with = Target::unchanged(occurrence);
        Self { window: window.id().clone(), on: occurrence.original_on(), grip, target: None, began_with }
    }

    /// Whether the occurrence has the times that it had when the drag began. An undo, or another person's edit, ends a
    /// drag.
    pub fn began_with(&self, occurrence: &Occurrence) -> bool {
        self.began_with == Target::unchanged(occurrence)
    }

    pub fn holds(&self, window: &WindowSchedule, occurrence: &Occurrence) -> bool {
        self.window == *window.id() && self.on == occurrence.original_on()
    }

    /// The edit that changes the dates of that extent; `None` if nothing would change.
    pub fn change(&self, schedule: &Schedule, extent: Extent) -> Option<Edit> {
        let target = self.target?;
        let (window, occurrence) = schedule.occurrence(&self.window, self.on)?;
        let first = schedule.plan.horizon().from;
        (target != Target::unchanged(occurrence))
            .then(|| window.change_times_of((occurrence, extent), target.start, target.duration, first))
    }

    /// The edit that adds a date; `None` if the window has that date already.
    pub fn copy(&self, schedule: &Schedule) -> Option<Edit> {
        let target = self.target?;
        schedule.window(&self.window)?.add_date(target.start, target.duration).ok()
    }

    /// The edit that shows what releasing would mean.
    pub fn edit(&self, schedule: &Schedule, manner: Manner) -> Option<Edit> {
        match manner {
            Manner::Change | Manner::Ask => self.change(schedule, Extent::ThisDate),
            Manner::Copy => self.copy(schedule),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Horizon, MaintenanceWindow, Plan, Rule};

    /// Every Saturday at 22:00 in a zone for 4 h.
    fn schedule_in(zone: &str) -> Schedule {
        let plan = Plan::new("p".into(), "P", Horizon::year(2027), "Europe/London");
        let rule = Rule::Weekly { days: vec![chrono::Weekday::Sat], every: 1 };
        let window = MaintenanceWindow { zone: Some(zone.to_owned()), ..MaintenanceWindow::new("w".into(), "W", rule) };
        Schedule::derive(&std::sync::Arc::new(plan.apply(&Edit::PutWindow(window)).unwrap()), None)
    }

    fn schedule() -> Schedule {
        schedule_in("Europe/London")
    }

    #[test]
    fn days_are_those_on_which_an_occurrence_would_begin_in_the_other_zone() {
        let days = ["2027-03-19", "2027-03-20"].map(|on| on.parse::<NaiveDate>().unwrap());
        let in_london = |zone: &str| {
            let schedule = schedule_in(zone);
            let held = schedule.occurrence(&"w".into(), "2027-03-13".parse().unwrap()).unwrap();
            days_in_zone(&schedule.zone, held, &days).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(in_london("Europe/London"), ["2027-03-19", "2027-03-20"]);
        // 22:00 in New York is 02:00 in London, while the clocks of both are four hours apart.
        assert_eq!(in_london("America/New_York"), ["2027-03-20", "2027-03-21"]);
        assert_eq!(in_london("Asia/Tokyo"), ["2027-03-19", "2027-03-20"], "13:00");
    }

    /// The start and the length in minutes after a drag of the occurrence on that date.
    fn dragged(on: &str, grip: Grip, minutes: i32) -> (String, u32) {
        let schedule = schedule();
        let (window, occurrence) = schedule.occurrence(&"w".into(), on.parse().unwrap()).unwrap();
        let target = Target::dragged(window, occurrence, grip, minutes);
        (target.start.to_naive().format("%m-%d %H:%M").to_string(), target.duration.0)
    }

    #[test]
    fn an_edge_moves_alone_and_leaves_a_step() {
        let dragged = |grip, minutes| dragged("2027-03-13", grip, minutes);
        assert_eq!(dragged(Grip::Whole, 60), ("03-13 23:00".to_owned(), 240));
        assert_eq!(dragged(Grip::Whole, 7), ("03-13 22:00".to_owned(), 240));
        assert_eq!(dragged(Grip::Start, -90), ("03-13 20:30".to_owned(), 330));
        assert_eq!(dragged(Grip::Start, 600), ("03-14 01:45".to_owned(), 15));
        assert_eq!(dragged(Grip::End, 45), ("03-13 22:00".to_owned(), 285));
        assert_eq!(dragged(Grip::End, -600), ("03-13 22:00".to_owned(), 15));
    }

    #[test]
    fn a_drag_across_a_clock_change_ends_where_the_clock_shows_the_time_under_the_pointer() {
        // At 01:00 GMT the clocks go forward to 02:00 BST: four hours after 22:00 it is 03:00.
        assert_eq!(dragged("2027-03-27", Grip::Whole, 4 * 60), ("03-28 03:00".to_owned(), 240));
        // The window ends at 01:00 GMT, which is 02:00 BST; its end an hour later is 03:00.
        assert_eq!(dragged("2027-03-27", Grip::End, 60), ("03-27 22:00".to_owned(), 300));
        assert_eq!(dragged("2027-03-27", Grip::End, -60), ("03-27 22:00".to_owned(), 120), "midnight");
        // At 02:00 BST they go back to 01:00 GMT: five hours after 22:00 it is 02:00.
        assert_eq!(dragged("2027-10-30", Grip::Whole, 5 * 60), ("10-31 02:00".to_owned(), 240));
        assert_eq!(dragged("2027-10-30", Grip::End, 60), ("10-30 22:00".to_owned(), 300));
        assert_eq!(dragged("2027-10-30", Grip::Start, 60), ("10-30 23:00".to_owned(), 180));
    }

    #[test]
    fn a_copy_needs_a_day_without_a_date() {
        let schedule = schedule();
        let (window, occurrence) = schedule.occurrence(&"w".into(), "2027-03-13".parse().unwrap()).unwrap();
        let to = |on: &str| {
            let target = Some(Target::on_day(occurrence, on.parse().unwrap()));
            Drag { target, ..Drag::new(window, occurrence, Grip::Whole) }.copy(&schedule)
        };
        assert_eq!(to("2027-03-20"), None);
        let added =
            Edit::AddOccurrence { window: "w".into(), on: "2027-03-21".parse().unwrap(), start: None, duration: None };
        assert_eq!(to("2027-03-21"), Some(added));
    }
}
