//! One line for all changes of a window: "All 24 dates from Sat to Sun".

use super::{DateChange, DateRevision, OccurrencePeriod, RecordPresence, WindowRevision};
use crate::wording::{counted, days_and_hours, time};

impl WindowRevision {
    /// "All 24 dates from Sat to Sun", "Removed, 12 dates", "2 of 24 dates moved, 1 cancelled", "Type Standard → Extended".
    pub fn headline(&self) -> String {
        let mut parts = Vec::new();
        let of_time = |date: &&DateRevision| !date.change.is_of_months();
        let dates = self.dates.iter().filter(of_time).count();
        match self.presence {
            RecordPresence::New | RecordPresence::Removed if dates == 0 => parts.push(self.presence.name().to_owned()),
            RecordPresence::New | RecordPresence::Removed => {
                parts.push(format!("{}, {}", self.presence.name(), counted(dates, "date")));
            }
            RecordPresence::Kept => parts.extend(self.date_counts()),
        }
        parts.extend(self.months());
        if parts.is_empty() {
            parts.extend(self.fields.first().map(ToString::to_string));
            let more = self.fields.len().saturating_sub(1);
            parts.extend((more > 0).then(|| format!("{more} more")));
        }
        parts.join(", ")
    }

    /// The lines about the whole window: its fields, and the dates that need no line of their own.
    pub fn lines(&self) -> Vec<String> {
        let fields = self.fields.iter().map(ToString::to_string);
        let kinds = [
            (DateChange::Changed, "keeps its time", "keep their time"),
            (DateChange::OldMonths, "is only in the earlier plan's months", "are only in the earlier plan's months"),
            (DateChange::NewMonths, "is only in the new plan's months", "are only in the new plan's months"),
        ];
        let counts = kinds.map(|(change, one, many)| match self.count(change) {
            0 => None,
            1 => Some(format!("1 date {one}")),
            count => Some(format!("{} {many}", counted(count, "date"))),
        });
        fields.chain(counts.into_iter().flatten()).collect()
    }

    /// "All 24 dates from Sat to Sun", "1 cancelled".
    pub(super) fn date_counts(&self) -> impl Iterator<Item = String> {
        self.moves().into_iter().chain(self.other_dates())
    }

    fn dates_with(&self, change: DateChange) -> Vec<&DateRevision> {
        self.dates.iter().filter(|date| date.change == change).collect()
    }

    fn moves(&self) -> Option<String> {
        let moved = self.dates_with(DateChange::Moved);
        if moved.is_empty() {
            return None;
        }
        let how = alike(&moved);
        let count = match (moved.len(), self.before) {
            (1, 1) => "Its only date".to_owned(),
            (moved, before) if moved == before => format!("All {}", counted(before, "date")),
            (moved, before) => format!("{moved} of {}", counted(before, "date")),
        };
        Some(if how.is_empty() { format!("{count} moved") } else { format!("{count} {how}") })
    }

    fn other_dates(&self) -> Vec<String> {
        let changes = [DateChange::Cancelled, DateChange::Added, DateChange::Restored];
        let counts = changes.map(|change| (self.dates_with(change).len(), change));
        let worded = counts.into_iter().filter(|(count, _)| *count > 0);
        worded.map(|(count, change)| format!("{count} {}", change.name().to_lowercase())).collect()
    }

    /// "3 dates in new months"
    pub(super) fn months(&self) -> Vec<String> {
        let changes = [(DateChange::OldMonths, "earlier"), (DateChange::NewMonths, "new")];
        let counts = changes.map(|(change, which)| (self.dates_with(change).len(), which));
        let worded = counts.into_iter().filter(|(count, _)| *count > 0);
        worded.map(|(count, which)| format!("{} in {which} months", counted(count, "date"))).collect()
    }
}

/// What these moves have in common: "from Sat to Sun", "from 22:00 to 23:00", "2 h longer". Empty if they have nothing
/// in common.
fn alike(moved: &[&DateRevision]) -> String {
    let mut parts = Vec::new();
    let pairs = || moved.iter().filter_map(|date| date.before.as_ref().zip(date.after.as_ref()));
    let days = |(before, after): (&OccurrencePeriod, &OccurrencePeriod)| (after.on() - before.on()).num_days();
    // "From Sat to Sun" is better than a number of days if several dates move a little, but not if one date moves far.
    let is_habit = moved.len() > 1 && pairs().all(|pair| days(pair).abs() < 7);
    let weekdays = same(moved.iter().map(|date| date.weekdays())).flatten().filter(|[from, to]| from != to);
    if let Some([from, to]) = weekdays.filter(|_| is_habit) {
        parts.push(format!("from {from} to {to}"));
    } else if let Some(days) = same(pairs().map(days)).filter(|days| *days != 0) {
        let which = if days > 0 { "later" } else { "earlier" };
        parts.push(format!("{} {which}", counted(days.abs(), "day")));
    }
    let clocks =
        |(before, after): (&OccurrencePeriod, &OccurrencePeriod)| [before, after].map(|when| when.start().time());
    if let Some([from, to]) = same(pairs().map(clocks)).filter(|[from, to]| from != to) {
        parts.push(format!("from {} to {}", time(from), time(to)));
    }
    let longer = |(before, after): (&OccurrencePeriod, &OccurrencePeriod)| after.length() - before.length();
    if let Some(longer) = same(pairs().map(longer)).filter(|longer| *longer != 0) {
        let which = if longer > 0 { "longer" } else { "shorter" };
        parts.push(format!("{} {which}", days_and_hours(longer.unsigned_abs())));
    }
    parts.join(", ")
}

/// The value that all have in common.
fn same<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.all(|each| each == first).then_some(first)
}
