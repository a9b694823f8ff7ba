//! The sentences of a revision, which are the same in all outputs.

use chrono::Datelike;

use super::{DateChange, DateRevision, OccurrencePeriod, Revision};
use crate::model::{Assignee, Plan};
use crate::wording::{counted, date, days_and_hours, hours};

/// The names of records, in the order of `ids`. The id if the plan does not contain the record.
pub fn names<T: ToString>(ids: &[T], name: impl Fn(&T) -> Option<String>) -> Vec<String> {
    ids.iter().map(|id| name(id).unwrap_or_else(|| id.to_string())).collect()
}

pub fn who(plan: &Plan, who: &Assignee) -> String {
    who.name(plan).to_owned()
}

impl OccurrencePeriod {
    /// "22:00 – 02:00"
    pub fn hours(&self) -> String {
        hours(self.start().time(), self.end().time())
    }

    /// "Sat 13 Mar 2027 22:00 – 02:00 GMT"
    pub fn in_words(&self) -> String {
        format!("{} {} {}", date(self.on()), self.hours(), self.zone.abbreviation(self.start_at))
    }

    /// The minutes by the clock.
    pub fn length(&self) -> i64 {
        i64::from(self.end().0) - i64::from(self.start().0)
    }
}

impl DateRevision {
    /// "1 day later, 2 h longer". Empty if it did not move.
    pub fn shift(&self) -> String {
        let (Some(before), Some(after)) = (&self.before, &self.after) else { return String::new() };
        let later = i64::from(after.start().0) - i64::from(before.start().0);
        let longer = after.length() - before.length();
        let mut parts = Vec::new();
        for (difference, more, less) in [(later, "later", "earlier"), (longer, "longer", "shorter")] {
            if difference != 0 {
                parts.push(format!(
                    "{} {}",
                    days_and_hours(difference.unsigned_abs()),
                    if difference > 0 { more } else { less }
                ));
            }
        }
        if parts.is_empty() && !before.is_same(after) {
            parts.push("in another time zone".to_owned());
        }
        parts.join(", ")
    }

    /// How it changed, with details: "Moved, 1 day later", "Cancelled: quarter close".
    pub fn in_words(&self) -> String {
        let name = self.change.name();
        match self.change {
            DateChange::Moved => format!("{name}, {}", self.shift()),
            DateChange::Cancelled if !self.reason.trim().is_empty() => format!("{name}: {}", self.reason.trim()),
            _ => name.to_owned(),
        }
    }

    /// "3 days too late"
    pub fn late_in_words(&self) -> Option<String> {
        self.late_days().map(|days| format!("{} too late", counted(days, "day")))
    }

    /// By when owners must be notified, and how much too late that is: "Sat 6 Mar 2027, 3 days too late".
    pub fn notice_in_words(&self) -> Option<String> {
        let due = date(self.notice()?.due_on);
        Some(match self.late_in_words() {
            Some(late) => format!("{due}, {late}"),
            None => due,
        })
    }

    /// The old and the new weekday if it moved: "Sat", "Sun".
    pub(super) fn weekdays(&self) -> Option<[chrono::Weekday; 2]> {
        let (before, after) = (self.before.as_ref()?, self.after.as_ref()?);
        Some([before.on().weekday(), after.on().weekday()])
    }
}

impl Revision {
    /// "6 moved, 2 cancelled, 1 added; 11 owners must be notified; 2 with too little notice"
    pub fn summary(&self) -> String {
        let (sentence, late) = self.summary_parts();
        late.map_or_else(|| sentence.clone(), |late| format!("{sentence}; {late}"))
    }

    /// The summary without its last part, and that part, if notice is too short: "2 with too little notice".
    pub fn summary_parts(&self) -> (String, Option<String>) {
        let parts = self.counts_in_words();
        let dates = if parts.is_empty() { "No date is moved, cancelled or added".to_owned() } else { parts.join(", ") };
        let informed = self.owners.iter().filter(|owner| owner.is_informed).count();
        let owners = match self.owners.len() - informed {
            0 => String::new(),
            owners => format!("; {} must be notified", counted(owners, "owner")),
        };
        let informed = if informed == 0 { String::new() } else { format!("; {informed} to inform") };
        let late = (self.late_count() > 0).then(|| format!("{} with too little notice", self.late_count()));
        (format!("{dates}{owners}{informed}"), late)
    }

    /// "6 moved", "2 cancelled", "1 window changed"
    fn counts_in_words(&self) -> Vec<String> {
        let changes = [DateChange::Moved, DateChange::Cancelled, DateChange::Added, DateChange::Restored];
        let counts = changes.map(|change| (self.count(change), change));
        let mut parts: Vec<String> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, change)| format!("{count} {}", change.name().to_lowercase()))
            .collect();
        let windows = self.windows.iter().filter(|window| window.is_changed()).count();
        if windows > 0 {
            parts.push(format!("{} changed", counted(windows, "window")));
        }
        parts
    }

    /// What differs, for a list of versions: "Core DB: 1 of 12 dates 15 days earlier", "Plan: Title A → B", or, if
    /// several records differ, "6 moved, 2 cancelled, 4 records changed".
    pub fn in_one_line(&self) -> String {
        match (self.windows.as_slice(), self.records.as_slice()) {
            ([], []) => "No differences".to_owned(),
            ([window], []) => format!("{}: {}", window.name, window.headline()),
            ([], [record]) => format!("{}: {}", record.title(), record.in_words()),
            _ => self.counts_in_words().into_iter().chain(self.remarks()).collect::<Vec<_>>().join(", "),
        }
    }

    /// Details that the summary omits: "3 changes in the past · 52 dates only in new months · 4 records changed".
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.past_count() > 0 {
            remarks.push(format!("{} in the past", counted(self.past_count(), "change")));
        }
        for (change, which_months) in
            [(DateChange::OldMonths, "the earlier plan's months"), (DateChange::NewMonths, "the new plan's months")]
        {
            let count = self.count(change);
            if count > 0 {
                remarks.push(format!("{} only in {which_months}", counted(count, "date")));
            }
        }
        if !self.records.is_empty() {
            remarks.push(format!("{} changed", counted(self.records.len(), "record")));
        }
        remarks
    }
}
