//! Dragging an occurrence to other times: what is held and where, and the edits that result when it is released.

use chrono::NaiveDate;
use egui::Modifiers;

use crate::model::{Edit, Extent, LocalMinute, Minutes, WindowId};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};

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

    /// With the held part this many minutes later. An occurrence keeps at least one step of its length.
    pub fn shifted(occurrence: &Occurrence, grip: Grip, minutes: i32) -> Self {
        let (start, duration) = (occurrence.local_start, occurrence.duration.signed());
        let shortest = STEP.min(duration);
        let longest = Minutes::LONGEST.signed();
        let length = |length: i32| Minutes(length.clamp(shortest, longest).unsigned_abs());
        match grip {
            Grip::Whole => Self { start: start.shifted(minutes), duration: occurrence.duration },
            Grip::Start => {
                let duration = length(duration.saturating_sub(minutes));
                Self { start: start.shifted(occurrence.duration.signed() - duration.signed()), duration }
            }
            Grip::End => Self { start, duration: length(duration.saturating_add(minutes)) },
        }
    }

    /// The occurrence with these times.
    pub fn moved(self, window: &WindowSchedule, occurrence: &Occurrence) -> Occurrence {
        let mut moved = *occurrence;
        moved.duration = self.duration;
        moved.starting_at(&window.expansion.zone, self.start)
    }
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
}

impl Drag {
    pub fn new(window: &WindowSchedule, occurrence: &Occurrence, grip: Grip) -> Self {
        Self { window: window.id().clone(), on: occurrence.original_on(), grip, target: None }
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
        schedule.window(&self.window)?.add_date(target.start, target.duration)
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

    /// Every Saturday at 22:00 for 4 h.
    fn schedule() -> Schedule {
        let plan = Plan::new("p".into(), "P", Horizon::year(2027), "Europe/London");
        let rule = Rule::Weekly { days: vec![chrono::Weekday::Sat], every: 1 };
        let plan = plan.apply(&Edit::PutWindow(MaintenanceWindow::new("w".into(), "W", rule))).unwrap();
        Schedule::derive(&std::sync::Arc::new(plan), None)
    }

    fn dragged(grip: Grip, minutes: i32) -> (String, u32) {
        let schedule = schedule();
        let (_, occurrence) = schedule.occurrence(&"w".into(), "2027-03-13".parse().unwrap()).unwrap();
        let target = Target::shifted(occurrence, grip, minutes);
        (target.start.to_naive().to_string(), target.duration.0)
    }

    #[test]
    fn an_edge_moves_alone_and_leaves_a_step() {
        assert_eq!(dragged(Grip::Whole, 60), ("2027-03-13 23:00:00".to_owned(), 240));
        assert_eq!(dragged(Grip::Start, -90), ("2027-03-13 20:30:00".to_owned(), 330));
        assert_eq!(dragged(Grip::Start, 600), ("2027-03-14 01:45:00".to_owned(), 15));
        assert_eq!(dragged(Grip::End, 45), ("2027-03-13 22:00:00".to_owned(), 285));
        assert_eq!(dragged(Grip::End, -600), ("2027-03-13 22:00:00".to_owned(), 15));
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
