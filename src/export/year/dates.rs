//! The dates of an owner's year: a row for each window and time of the week, so that they have room on one page.

use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike as _, Months, NaiveDate};

use super::affecting_windows::{AffectingWindow, Year};
use crate::export::paper::Table;
use crate::export::sheet_text::{called, column, hours_with_zone_if_it_changes, name, names, starts_on};
use crate::export::text::{clean, clip};
use crate::model::{Agreement, UtcMinute};
use crate::schedule::agreement::answers::Answer;
use crate::schedule::agreement::ledger::outdated_in_words;
use crate::schedule::{Occurrence, Origin};
use crate::wording::{self, counted, date, short_date, short_month, short_month_and_year, short_weekday};

/// Characters of the impact of a window.
const LONGEST_TEXT: usize = 400;
/// The same in a list of many windows.
const SHORT_TEXT: usize = 120;
/// More rows are printed on landscape paper, with a column for each month.
const MOST_UPRIGHT: usize = 20;
/// As many months have room for a column each.
const MOST_MONTHS: u16 = 12;
/// Keeps day and month on one line.
const NO_BREAK: &str = "\u{a0}";

/// All dates that are still to come.
pub struct Dates<'a> {
    year: &'a Year<'a>,
    /// Sorted by their first dates.
    rows: Vec<DatesRow<'a>>,
}

/// The dates of a window that have the weekday and the times in common.
struct DatesRow<'a> {
    affecting: &'a AffectingWindow<'a>,
    when: String,
    dates: Vec<(&'a Occurrence, Answer<'a>)>,
}

impl<'a> Dates<'a> {
    pub fn new(year: &'a Year<'a>) -> Self {
        let mut rows = Vec::new();
        for affecting in &year.affecting_windows {
            let mut by_time: BTreeMap<String, Vec<_>> = BTreeMap::new();
            for occurrence in &affecting.coming {
                let dates = by_time.entry(year.when(affecting, occurrence)).or_default();
                dates.push((*occurrence, affecting.party.answer(occurrence)));
            }
            rows.extend(by_time.into_iter().map(|(when, dates)| DatesRow { affecting, when, dates }));
        }
        // The windows come by name, and the sort keeps that order among equal starts.
        rows.sort_by_key(DatesRow::first);
        Self { year, rows }
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn answers(&self) -> impl Iterator<Item = &Answer<'a>> {
        self.rows.iter().flat_map(|row| &row.dates).map(|(_, answer)| answer)
    }

    /// Whether an answer is outstanding.
    pub fn has_open(&self) -> bool {
        self.answers().any(is_open)
    }

    /// "24 dates: 10 agreed, 1 declined, 13 without an answer"
    pub fn tally(&self) -> String {
        let count = |is: fn(&Answer<'_>) -> bool| self.answers().filter(|answer| is(answer)).count();
        let agreed = count(|answer| matches!(answer.agreement(), Agreement::Agreed { .. }));
        let declined = count(|answer| matches!(answer.agreement(), Agreement::Declined { .. }));
        let counts = [
            (agreed, "agreed"),
            (declined, "declined"),
            (count(is_open), "without an answer"),
            (count(is_informed), "for information"),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
        format!("{}: {}", counted(self.answers().count(), "date"), counts.collect::<Vec<_>>().join(", "))
    }

    /// Whether they need landscape paper.
    pub fn are_many(&self) -> bool {
        self.rows.len() > MOST_UPRIGHT
    }

    pub fn table(&self) -> Table {
        if self.are_many() && self.year.schedule.plan.horizon().months <= MOST_MONTHS {
            return self.table_by_month();
        }
        let columns = [("Window", 17), ("Impact", 26), ("Time", 17), ("Dates", 25), ("Answer", 15)];
        let columns = columns.map(|(name, share)| column(name, share)).into();
        let rows = self.rows.iter().zip(self.about()).map(|(row, (systems, impact))| {
            let window = lines([row.affecting.name.clone(), systems]);
            vec![window, impact, row.when.clone(), self.dates(row), self.answer(row)]
        });
        Table { columns, rows: rows.collect() }
    }

    /// The days of each month in a column of its own. What does not fit there is in the last column.
    fn table_by_month(&self) -> Table {
        let horizon = self.year.schedule.plan.horizon();
        // A plan that does not begin on the first of a month ends in the same month of the next year.
        let months: Vec<NaiveDate> = (0..=horizon.months)
            .filter_map(|month| horizon.from.with_day(1)?.checked_add_months(Months::new(month.into())))
            .take_while(|month| *month <= horizon.last())
            .collect();
        let head = |month: NaiveDate| {
            if self.year.is_one_year() { short_month(month).to_owned() } else { short_month_and_year(month) }
        };
        let heads = months.iter().map(|month| column(&head(*month), 5));
        let columns = [column("Window", 30), column("Time", 16)].into_iter().chain(heads).chain([column("Answer", 22)]);
        let rows = self.rows.iter().zip(self.about()).map(|(row, (systems, impact))| {
            let window = lines([row.affecting.name.clone(), systems, clip(impact, SHORT_TEXT)]);
            let on = |occurrence: &Occurrence| starts_on(row.affecting.window, occurrence);
            let is_in = |on: NaiveDate, month: &NaiveDate| (on.year(), on.month()) == (month.year(), month.month());
            let days = months.iter().map(|month| {
                let days = row.dates.iter().map(|(occurrence, _)| on(occurrence)).filter(|on| is_in(*on, month));
                days.map(|on| on.day().to_string()).collect::<Vec<_>>().join(", ")
            });
            let remarks = row.dates.iter().filter_map(|(occurrence, _)| {
                let on = on(occurrence);
                let is_elsewhere = !months.iter().any(|month| is_in(on, month));
                match occurrence.origin {
                    Origin::Rule | Origin::Skipped => is_elsewhere.then(|| date(on)),
                    Origin::Moved | Origin::Added => Some(self.dated_with_origin(row, occurrence)),
                }
            });
            let answer = lines(std::iter::once(self.answer(row)).chain(remarks));
            [window, row.when.clone()].into_iter().chain(days).chain([answer]).collect()
        });
        let rows = rows.collect();
        Table { columns: columns.collect(), rows }
    }

    /// Systems and impact for each row. They are given once, in the first row of a window.
    fn about(&self) -> impl Iterator<Item = (String, String)> {
        let mut told: HashSet<&str> = HashSet::new();
        self.rows.iter().map(move |row| {
            let is_first = told.insert(row.affecting.window.id().as_str());
            if is_first { self.year.about(row.affecting) } else { <(String, String)>::default() }
        })
    }

    /// "13 Jan, 10 Feb, 17 Mar (moved from Wed 10 Mar)"; in a plan of several years a line for each year.
    fn dates(&self, row: &DatesRow<'_>) -> String {
        let text = |occurrence: &Occurrence| self.dated_with_origin(row, occurrence);
        let year = |occurrence: &Occurrence| starts_on(row.affecting.window, occurrence).year();
        let years = row.dates.chunk_by(|a, b| year(a.0) == year(b.0)).map(|dates| {
            let list = dates.iter().map(|(occurrence, _)| text(occurrence)).collect::<Vec<_>>().join(", ");
            if self.year.is_one_year() { list } else { format!("{}: {list}", year(dates[0].0)) }
        });
        years.collect::<Vec<_>>().join("\n")
    }

    /// "17 Mar (moved from Wed 10 Mar)"
    fn dated_with_origin(&self, row: &DatesRow<'_>, occurrence: &Occurrence) -> String {
        let on = day_and_month(starts_on(row.affecting.window, occurrence));
        match occurrence.origin {
            Origin::Moved => format!("{on} (moved from {})", self.year.long(occurrence.original_on())),
            Origin::Added => format!("{on} (added)"),
            Origin::Rule | Origin::Skipped => on,
        }
    }

    /// The state of most dates, then the exceptions, then when to answer: "Agreed", "27 Mar: Not asked yet", "Answer 10 days
    /// before".
    fn answer(&self, row: &DatesRow<'_>) -> String {
        let states: Vec<String> = row.dates.iter().map(|(_, answer)| self.year.state(answer)).collect();
        let count = |state: &String| states.iter().filter(|other| *other == state).count();
        // The first of the most frequent states.
        let usual = states.iter().rev().max_by_key(|state| count(state)).cloned().unwrap_or_default();
        let mut lines = vec![usual.clone()];
        for ((occurrence, _), state) in row.dates.iter().zip(&states).filter(|(_, state)| **state != usual) {
            lines.push(format!("{}: {state}", self.dated(row, occurrence)));
        }
        if row.dates.iter().any(|(_, answer)| is_open(answer))
            && let Some(days) = row.affecting.party.notice_days
        {
            lines.push(format!("Answer {} before", counted(usize::from(days), "day")));
        }
        lines.join("\n")
    }

    fn dated(&self, row: &DatesRow<'_>, occurrence: &Occurrence) -> String {
        let on = starts_on(row.affecting.window, occurrence);
        if self.year.is_one_year() { day_and_month(on) } else { date(on) }
    }
}

impl DatesRow<'_> {
    fn first(&self) -> Option<UtcMinute> {
        self.dates.first().map(|(occurrence, _)| occurrence.start_at)
    }
}

impl Year<'_> {
    /// "Sat 22:00 – 02:00", and the zone's name if it is not the plan's.
    fn when(&self, affecting: &AffectingWindow<'_>, occurrence: &Occurrence) -> String {
        let window = affecting.window;
        let zone = &window.expansion.zone;
        let own =
            if zone.name() == self.schedule.plan.zone() { String::new() } else { format!("\n{}", name(zone.name())) };
        let weekday = short_weekday(starts_on(window, occurrence).weekday());
        format!("{weekday} {}{own}", hours_with_zone_if_it_changes(window, occurrence))
    }

    /// The area's systems in a window, and what its users notice of it.
    fn about(&self, affecting: &AffectingWindow<'_>) -> (String, String) {
        let own = affecting.window.scope.systems.iter().filter(|system| system.area.as_ref() == Some(&self.area.id));
        let own: Vec<String> = own.map(|system| called(&system.name, &system.id)).collect();
        let impact = clip(clean(&affecting.window.window.impact).trim().to_owned(), LONGEST_TEXT);
        let impact = if impact.is_empty() { "Not written down yet".to_owned() } else { impact };
        let own = names(own.into_iter());
        (if own == affecting.name { String::new() } else { own }, impact)
    }

    fn is_one_year(&self) -> bool {
        let horizon = self.schedule.plan.horizon();
        horizon.from.year() == horizon.last().year()
    }

    /// "Sat 20 Mar": the head of the page names the year if there is only one.
    fn long(&self, on: NaiveDate) -> String {
        if self.is_one_year() && self.schedule.plan.horizon().contains(on) { short_date(on) } else { date(on) }
    }

    /// An answer in few words: "Agreed", and by whom if it was not the owner.
    fn state(&self, answer: &Answer<'_>) -> String {
        let by = |by: &String| {
            let by = name(by);
            if by.is_empty() || by == name(&self.area.owner) { String::new() } else { format!(" by {by}") }
        };
        match answer.agreement() {
            Agreement::NotAsked if is_informed(answer) => "For your information".to_owned(),
            Agreement::NotAsked => outdated_in_words(answer).unwrap_or_else(|| "Not asked yet".to_owned()),
            Agreement::Asked { on } => format!("Asked {}", date(*on)),
            Agreement::Agreed { by: whom, .. } => format!("Agreed{}", by(whom)),
            Agreement::Declined { by: whom, reason, .. } => {
                let reason = name(reason);
                let why = if reason.is_empty() { String::new() } else { format!(": {reason}") };
                let reserve = answer.entry.and_then(|entry| entry.reserve_on);
                let reserve = reserve.map_or_else(String::new, |on| format!("; reserve {}", self.long(on)));
                format!("Declined{}{why}{reserve}", by(whom))
            }
        }
    }
}

/// Those texts that are not empty, one below the other.
fn lines(texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

fn day_and_month(on: NaiveDate) -> String {
    wording::day_and_month(on).replace(' ', NO_BREAK)
}

fn is_informed(answer: &Answer<'_>) -> bool {
    matches!((answer.agreement(), answer.notice), (Agreement::NotAsked, None))
}

fn is_open(answer: &Answer<'_>) -> bool {
    let is_answered = matches!(answer.agreement(), Agreement::Agreed { .. } | Agreement::Declined { .. });
    !is_answered && !is_informed(answer)
}
