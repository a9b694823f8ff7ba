//! When the occurrences of a window take place unless an exception changes one of them.

use chrono::NaiveDate;

use super::{DatedChange, MaintenanceWindow, OccurrenceChange, UsualTimes};

impl MaintenanceWindow {
    /// The dated change that begins on `from`, or a new one that changes nothing.
    pub fn dated_change(&self, from: NaiveDate) -> DatedChange {
        let known = self.changes.iter().find(|change| change.from == from).cloned();
        let shift_days = self.usual_times(from).shift_days;
        known.unwrap_or(DatedChange { from, start: None, duration: None, shift_days })
    }

    /// Adds or replaces a dated change. The occurrence of its first date follows it, too: what the change gives is no
    /// longer its own.
    pub(super) fn set_dated_change(&mut self, new: &DatedChange) {
        let from = new.from;
        self.changes.retain(|change| change.from != from);
        self.changes.push(new.clone());
        self.changes.sort_by_key(|change| change.from);
        let Some(OccurrenceChange::Moved { to, start, duration }) = self.exception(from).map(|each| &each.change)
        else {
            return;
        };
        let kept = OccurrenceChange::Moved {
            to: *to,
            start: start.filter(|_| new.start.is_none()),
            duration: duration.filter(|_| new.duration.is_none()),
        };
        let is_usual =
            kept == OccurrenceChange::Moved { to: self.usual_times(from).date(from), start: None, duration: None };
        self.set_exception(from, if is_usual { OccurrenceChange::Restored } else { kept });
    }

    /// The usual times of the occurrence with this original date: the window's, or those of its dated changes.
    #[inline]
    pub fn usual_times(&self, original_on: NaiveDate) -> UsualTimes {
        let mut usual = UsualTimes { shift_days: 0, start: self.start, duration: self.duration };
        for change in self.changes.iter().take_while(|change| change.from <= original_on) {
            usual.start = change.start.unwrap_or(usual.start);
            usual.duration = change.duration.unwrap_or(usual.duration);
            usual.shift_days = change.shift();
        }
        usual
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::*;
    use crate::model::{Minutes, Rule};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn later_changes_replace_the_fields_that_they_give() {
        let clock = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
        let change = |from, start, duration, shift_days| DatedChange { from: day(from), start, duration, shift_days };
        let window = MaintenanceWindow {
            changes: vec![
                change("2027-03-01", clock(23), None, 1),
                change("2027-07-01", None, Some(Minutes::hours(6)), 0),
                change("2027-09-01", clock(20), None, i32::MIN),
            ],
            ..MaintenanceWindow::new("w".into(), "W", Rule::Weekly { days: vec![], every: 1 })
        };
        let usual = |on| {
            let usual = window.usual_times(day(on));
            (usual.date(day(on)).to_string(), usual.start.to_string(), usual.duration.0 / 60)
        };
        let expected = |on: &str, start: &str, hours| (on.to_owned(), format!("{start}:00"), hours);
        assert_eq!(usual("2027-02-28"), expected("2027-02-28", "22:00", 4));
        assert_eq!(usual("2027-03-01"), expected("2027-03-02", "23:00", 4));
        assert_eq!(usual("2027-07-01"), expected("2027-07-01", "23:00", 6));
        assert_eq!(usual("2027-09-01"), expected("2017-08-24", "20:00", 6));
        assert_eq!(
            UsualTimes { shift_days: 9, ..window.usual_times(day("2027-01-01")) }.date(NaiveDate::MAX),
            NaiveDate::MAX
        );
    }
}
