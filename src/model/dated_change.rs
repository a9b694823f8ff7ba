//! Changes of a window's times from a date on: "from 1 July on at 23:00".

use chrono::{Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{MaintenanceWindow, Minutes, OccurrenceChange, hhmm, is_default};
use crate::wording::{counted, date, time};

/// Other times for all occurrences of a window from a date on (THISANDFUTURE in RFC 5545 §3.2.13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedChange {
    /// The first date of the rule that it applies to. Occurrences keep their original dates.
    pub from: NaiveDate,
    /// The start from then on. None if it stays as it was.
    #[serde(default, skip_serializing_if = "is_default", with = "hhmm::option")]
    pub start: Option<NaiveTime>,
    /// The length on the wall clock from then on. None if it stays as it was.
    #[serde(default, skip_serializing_if = "is_default")]
    pub duration: Option<Minutes>,
    /// How many days after the date of the rule they take place; negative before it. An earlier change does not count.
    #[serde(default, skip_serializing_if = "is_default")]
    pub shift_days: i32,
}

impl DatedChange {
    /// The furthest shift, in days. A larger one in a file is limited to this.
    pub const LONGEST_SHIFT: i32 = 3_660;

    /// The shift, within its limits.
    pub fn shift(&self) -> i32 {
        self.shift_days.clamp(-Self::LONGEST_SHIFT, Self::LONGEST_SHIFT)
    }

    /// "from Thu 1 Jul 2027: 23:00, 6 h, 1 day later"
    pub fn in_words(&self) -> String {
        let shift = match self.shift() {
            0 => None,
            days => Some(format!("{} {}", counted(days.abs(), "day"), if days < 0 { "earlier" } else { "later" })),
        };
        let parts = [self.start.map(time), self.duration.map(|length| length.to_string()), shift];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let what = if parts.is_empty() { "as before".to_owned() } else { parts.join(", ") };
        format!("from {}: {what}", date(self.from))
    }
}

/// When an occurrence takes place unless an exception changes it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsualTimes {
    /// How many days after its original date.
    pub shift_days: i32,
    pub start: NaiveTime,
    pub duration: Minutes,
}

impl UsualTimes {
    /// The same with the start and length that are given.
    #[must_use]
    pub fn with(self, start: Option<NaiveTime>, duration: Option<Minutes>) -> Self {
        Self { start: start.unwrap_or(self.start), duration: duration.unwrap_or(self.duration), ..self }
    }

    /// The date on which the occurrence of that original date takes place.
    pub fn date(&self, original_on: NaiveDate) -> NaiveDate {
        let days = Days::new(self.shift_days.unsigned_abs().into());
        let shifted =
            if self.shift_days < 0 { original_on.checked_sub_days(days) } else { original_on.checked_add_days(days) };
        shifted.unwrap_or(original_on)
    }
}

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
    use super::*;
    use crate::model::Rule;

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
        assert_eq!(usual("2027-09-01"), expected("2017-08-25", "20:00", 6));
        assert_eq!(
            UsualTimes { shift_days: 9, ..window.usual_times(day("2027-01-01")) }.date(NaiveDate::MAX),
            NaiveDate::MAX
        );
    }
}
