//! Other times for this date only, for this and later dates, or for all dates of a window.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::{DatedChange, Exception, MaintenanceWindow, Minutes, OccurrenceChange};

/// The occurrences of a window that a change of times applies to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    #[default]
    ThisDate,
    ThisAndLater,
    AllDates,
}

impl Extent {
    pub const ALL: [Self; 3] = [Self::ThisDate, Self::ThisAndLater, Self::AllDates];

    /// "this and later"
    pub fn name(self) -> &'static str {
        match self {
            Self::ThisDate => "this date",
            Self::ThisAndLater => "this and later",
            Self::AllDates => "all dates",
        }
    }
}

/// What changes in the times of one occurrence. Other occurrences that follow it change in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimesChange {
    /// The original date of the occurrence.
    pub on: NaiveDate,
    /// By how many days it moves.
    pub days: i32,
    /// The new start. None if it stays.
    pub start: Option<NaiveTime>,
    /// The new length. None if it stays.
    pub duration: Option<Minutes>,
}

impl MaintenanceWindow {
    /// The window with other times for the occurrence and all later ones: a dated change. All keep their original dates.
    /// Dates that were moved one by one stay where they are.
    #[must_use]
    pub fn with_later_times(&self, new: &TimesChange) -> Self {
        let mut window = self.clone();
        window.shift_and_set(new.on, new);
        window.follow(self, new);
        window
    }

    /// The window with other times for all its occurrences from `first` on, which is the plan's first day. Another start
    /// or length becomes that of the window; a shift by days is a dated change, so that all keep their original dates.
    #[must_use]
    pub fn with_times_for_all(&self, new: &TimesChange, first: NaiveDate) -> Self {
        let mut window = self.clone();
        window.start = new.start.unwrap_or(window.start);
        window.duration = new.duration.unwrap_or(window.duration);
        for change in &mut window.changes {
            forget_replaced(change, new);
        }
        let earliest = window.changes.first().map_or(first, |change| change.from.min(first)).min(new.on);
        if new.days != 0 {
            window.shift_and_set(earliest, &TimesChange { start: None, duration: None, ..*new });
        }
        window.remove_idle_changes();
        window.follow(self, new);
        window
    }

    /// Adds or changes the dated change that begins on `from`; later ones keep only what is not replaced.
    fn shift_and_set(&mut self, from: NaiveDate, new: &TimesChange) {
        let mut first = self.dated_change(from);
        first.start = new.start.or(first.start);
        first.duration = new.duration.or(first.duration);
        self.changes.retain(|change| change.from != from);
        self.changes.push(first);
        self.changes.sort_by_key(|change| change.from);
        for change in self.changes.iter_mut().filter(|change| change.from >= from) {
            change.shift_days = change.shift().saturating_add(new.days);
            if change.from > from {
                forget_replaced(change, new);
            }
        }
        self.remove_idle_changes();
    }

    /// Removes dated changes that change nothing.
    fn remove_idle_changes(&mut self) {
        let mut shift = 0;
        self.changes.retain(|change| {
            let is_idle = change.start.is_none() && change.duration.is_none() && change.shift() == shift;
            shift = change.shift();
            !is_idle
        });
    }

    /// Brings single dates in line with other usual times: the chosen one takes them, and a date that had only its own
    /// start or length stays on the usual date.
    fn follow(&mut self, old: &Self, new: &TimesChange) {
        for exception in &old.exceptions {
            let on = exception.on;
            let followed = if on == new.on {
                chosen(exception, new)
            } else if let OccurrenceChange::Moved { to, start, duration } = exception.change
                && to == old.usual_times(on).date(on)
            {
                Some(OccurrenceChange::Moved { to: self.usual_times(on).date(on), start, duration })
            } else {
                None
            };
            let Some(followed) = followed else { continue };
            let usual = OccurrenceChange::Moved { to: self.usual_times(on).date(on), start: None, duration: None };
            let followed =
                if followed == usual && !exception.is_added() { OccurrenceChange::Restored } else { followed };
            if followed != exception.change {
                self.set_exception(on, followed);
            }
        }
    }
}

/// Drops what the new times replace.
fn forget_replaced(change: &mut DatedChange, new: &TimesChange) {
    change.start = change.start.filter(|_| new.start.is_none());
    change.duration = change.duration.filter(|_| new.duration.is_none());
}

/// The change of the chosen occurrence: moved by the same days, without a start and length of its own that are replaced.
fn chosen(exception: &Exception, new: &TimesChange) -> Option<OccurrenceChange> {
    let days = TimeDelta::days(new.days.into());
    let kept = |start: Option<NaiveTime>, duration: Option<Minutes>| {
        (start.filter(|_| new.start.is_none()), duration.filter(|_| new.duration.is_none()))
    };
    match exception.change {
        OccurrenceChange::Moved { to, start, duration } => {
            let (start, duration) = kept(start, duration);
            Some(OccurrenceChange::Moved { to: to.checked_add_signed(days)?, start, duration })
        }
        OccurrenceChange::Added { start, duration } => {
            let (start, duration) = kept(start, duration);
            match new.days {
                0 => Some(OccurrenceChange::Added { start, duration }),
                _ => Some(OccurrenceChange::Moved { to: exception.on.checked_add_signed(days)?, start, duration }),
            }
        }
        OccurrenceChange::Skipped { .. } | OccurrenceChange::Restored => None,
    }
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;
    use crate::model::Rule;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn clock(hour: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
    }

    /// Every Saturday at 22:00 for 4 h; on 10 July for 5 h, on 17 July a day later.
    fn window() -> MaintenanceWindow {
        let rule = Rule::Weekly { days: vec![Weekday::Sat], every: 1 };
        let mut window = MaintenanceWindow::new("w".into(), "W", rule);
        let longer = OccurrenceChange::Moved { to: day("2027-07-10"), start: None, duration: Some(Minutes::hours(5)) };
        window.set_exception(day("2027-07-10"), longer);
        let later = OccurrenceChange::Moved { to: day("2027-07-18"), start: None, duration: None };
        window.set_exception(day("2027-07-17"), later);
        window
    }

    fn new(on: &str, days: i32, start: Option<u32>, hours: Option<u32>) -> TimesChange {
        TimesChange { on: day(on), days, start: start.map(clock), duration: hours.map(Minutes::hours) }
    }

    fn usual(window: &MaintenanceWindow, on: &str) -> (String, u32, u32) {
        let usual = window.usual_times(day(on));
        (usual.date(day(on)).to_string(), chrono::Timelike::hour(&usual.start), usual.duration.0 / 60)
    }

    fn date_of(window: &MaintenanceWindow, on: &str) -> Option<NaiveDate> {
        match window.exception(day(on))?.change {
            OccurrenceChange::Moved { to, .. } => Some(to),
            _ => None,
        }
    }

    #[test]
    fn later_dates_follow_and_earlier_ones_stay() {
        let changed = window().with_later_times(&new("2027-07-03", 1, Some(20), None));
        assert_eq!(usual(&changed, "2027-06-26"), ("2027-06-26".to_owned(), 22, 4));
        assert_eq!(usual(&changed, "2027-07-03"), ("2027-07-04".to_owned(), 20, 4));
        assert_eq!(date_of(&changed, "2027-07-10"), Some(day("2027-07-11")), "it has only a length of its own");
        assert_eq!(date_of(&changed, "2027-07-17"), Some(day("2027-07-18")), "it was moved alone");
    }

    #[test]
    fn later_changes_keep_what_is_not_replaced() {
        let first = window().with_later_times(&new("2027-08-07", 2, Some(23), Some(6)));
        let both = first.with_later_times(&new("2027-07-03", 1, Some(20), None));
        assert_eq!(usual(&both, "2027-07-31"), ("2027-08-01".to_owned(), 20, 4));
        assert_eq!(usual(&both, "2027-08-07"), ("2027-08-10".to_owned(), 20, 6), "moved by both, with its own length");
        let back = both.with_later_times(&new("2027-07-03", -1, Some(22), None));
        assert_eq!(back.changes.len(), 2, "{:?}", back.changes);
    }

    #[test]
    fn all_dates_change_the_window_itself() {
        let first = window().with_later_times(&new("2027-08-07", 0, Some(23), None));
        let all = first.with_times_for_all(&new("2027-08-07", 0, Some(20), Some(3)), day("2027-01-01"));
        assert_eq!((all.start, all.duration, all.changes.len()), (clock(20), Minutes::hours(3), 0));
        let moved = all.with_times_for_all(&new("2027-08-07", -1, None, None), day("2027-01-01"));
        assert_eq!(usual(&moved, "2027-01-02"), ("2027-01-01".to_owned(), 20, 3));
        let back = moved.with_times_for_all(&new("2027-03-06", 1, None, None), day("2027-01-01"));
        assert_eq!(back.changes, [], "moved there and back");
    }

    #[test]
    fn the_chosen_date_takes_the_new_times() {
        let changed = window().with_later_times(&new("2027-07-10", 0, None, Some(6)));
        assert_eq!(changed.exception(day("2027-07-10")).unwrap().change, OccurrenceChange::Restored);
        assert_eq!(usual(&changed, "2027-07-10"), ("2027-07-10".to_owned(), 22, 6));
        let moved = window().with_later_times(&new("2027-07-17", 2, None, None));
        assert_eq!(date_of(&moved, "2027-07-17"), Some(day("2027-07-20")));
    }
}
