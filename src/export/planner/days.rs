//! The days of the planner, with what takes place on them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::numbers::Numbers;
use crate::checks::{Findings, Severity};
use crate::export::paper::{Day, Entry};
use crate::export::sheet_text::{called, name, starts_on, window_name};
use crate::model::{FreezeSpan, Holiday, Plan, Stage, WindowId, date_of_day, day_number};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};
use crate::wording::{date, short_weekday, time};

/// Each day of the plan with what takes place on it.
pub struct Wall<'a> {
    pub plan: &'a Plan,
    first_day: i32,
    days: Vec<Day>,
    /// The days of each freeze inside the plan's months, in the order of the plan's table.
    pub freezes: Vec<Vec<FreezeSpan>>,
    /// Occurrences that were moved out of the plan's months, in words.
    pub outside: Vec<String>,
    /// Whether occurrences with findings are marked.
    pub has_marks: bool,
}

impl<'a> Wall<'a> {
    pub fn new(schedule: &'a Schedule, findings: Option<&Findings>, numbers: &Numbers<'_>) -> Self {
        let plan = &*schedule.plan;
        let (first, last) = (plan.horizon().from, plan.horizon().last());
        let bare = |day: i32| bare(date_of_day(day), first);
        let mut wall = Self {
            plan,
            first_day: day_number(first),
            days: (day_number(first)..=day_number(last)).map(bare).collect(),
            freezes: plan.freezes().iter().map(|freeze| within(freeze.spans(first, last), first, last)).collect(),
            outside: Vec::new(),
            has_marks: findings.is_some(),
        };
        wall.put_freezes();
        wall.put_holidays();
        for release in schedule.releases.iter() {
            let called = name(&plan.release_name(&release.calendar));
            if let Some(day) = wall.day(schedule.zone.local(release.at).date()) {
                day.releases.push(called);
            }
        }
        wall.put_occurrences(schedule, &findings.map(marks).unwrap_or_default(), numbers);
        wall
    }

    fn index(&self, on: NaiveDate) -> Option<usize> {
        usize::try_from(day_number(on).checked_sub(self.first_day)?).ok()
    }

    fn day(&mut self, on: NaiveDate) -> Option<&mut Day> {
        let index = self.index(on)?;
        self.days.get_mut(index)
    }

    fn put_freezes(&mut self) {
        let mut names = NamesByDay::new();
        let spans: Vec<_> = self.plan.freezes().iter().zip(self.freezes.clone()).collect();
        for (freeze, spans) in spans {
            for span in spans {
                for number in day_number(span.first_on)..=day_number(span.last_on) {
                    let on = date_of_day(number);
                    let Some(day) = self.day(on) else { continue };
                    day.is_frozen = true;
                    if on == span.first_on || on.day() == 1 {
                        add_once(&mut names, on, called(&freeze.name, &freeze.id));
                    }
                }
            }
        }
        for (on, names) in names {
            if let Some(day) = self.day(on) {
                day.freeze = Some(names.join(", "));
            }
        }
    }

    fn put_holidays(&mut self) {
        let mut names = NamesByDay::new();
        for holiday in self.plan.holidays().iter().flat_map(|calendar| &calendar.days) {
            add_once(&mut names, holiday.on, holiday_name(holiday));
        }
        for (on, names) in names {
            if let Some(day) = self.day(on) {
                day.holiday = Some(names.join(", "));
            }
        }
    }

    fn put_occurrences(&mut self, schedule: &Schedule, marks: &Marks<'_>, numbers: &Numbers<'_>) {
        for (window, occurrence) in schedule.in_order(false) {
            let mark = marks.get(&(window.id(), occurrence.original_on()));
            let on = starts_on(window, occurrence);
            match self.day(on) {
                Some(day) => day.entries.push(entry(window, occurrence, numbers, mark.copied())),
                None => self.outside.push(format!(
                    "{}, {} {}",
                    window_name(&window.window),
                    date(on),
                    time(window.local(occurrence.start_at).time())
                )),
            }
        }
    }

    /// The days from `first` to `last`, both included, as far as they belong to the plan.
    pub fn between(&self, first: NaiveDate, last: NaiveDate) -> &[Day] {
        let from = self.index(first).unwrap_or_default();
        let to = self.index(last).map_or(from, |index| index + 1);
        self.days.get(from..to.min(self.days.len())).unwrap_or_default()
    }

    /// The stages of all occurrences; None is that of an occurrence without a group.
    pub fn stages(&self) -> Vec<Option<Stage>> {
        let stages: BTreeSet<_> = self.days.iter().flat_map(|day| &day.entries).map(|entry| entry.stage).collect();
        Stage::ALL.into_iter().map(Some).chain([None]).filter(|stage| stages.contains(stage)).collect()
    }
}

/// An empty day. `first` is the first day of the planner.
fn bare(on: NaiveDate, first: NaiveDate) -> Day {
    let weekday = on.weekday();
    let has_week = weekday == Weekday::Mon || on == first;
    Day {
        number: on.day() as u8,
        weekday: short_weekday(weekday).to_owned(),
        column: weekday.num_days_from_monday() as u8,
        is_weekend: matches!(weekday, Weekday::Sat | Weekday::Sun),
        week: has_week.then(|| on.iso_week().week() as u8),
        ..Day::default()
    }
}

/// The spans, cut to the days from `first` to `last`.
fn within(spans: Vec<FreezeSpan>, first: NaiveDate, last: NaiveDate) -> Vec<FreezeSpan> {
    let cut = |span: FreezeSpan| FreezeSpan { first_on: span.first_on.max(first), last_on: span.last_on.min(last) };
    spans.into_iter().map(cut).filter(|span| span.first_on <= span.last_on).collect()
}

type NamesByDay = BTreeMap<NaiveDate, Vec<String>>;

/// Adds a name to a day, unless the day has it: several calendars may list the same holiday.
fn add_once(names: &mut NamesByDay, on: NaiveDate, name: String) {
    let names = names.entry(on).or_default();
    if !names.contains(&name) {
        names.push(name);
    }
}

/// "Epiphany (Bavaria)"
pub fn holiday_name(holiday: &Holiday) -> String {
    let region = name(&holiday.region);
    let name = called(&holiday.name, &"Public holiday");
    if region.is_empty() { name } else { format!("{name} ({region})") }
}

type Marks<'a> = HashMap<(&'a WindowId, NaiveDate), Severity>;

/// The worst open finding on each occurrence. Notes are not marked.
fn marks(findings: &Findings) -> Marks<'_> {
    let mut marks = Marks::new();
    for finding in findings.open().filter(|finding| finding.severity < Severity::Note) {
        if let (Some(window), Some(on)) = (&finding.window, finding.on) {
            // Errors come first in the list.
            marks.entry((window, on)).or_insert(finding.severity);
        }
    }
    marks
}

fn entry(window: &WindowSchedule, occurrence: &Occurrence, numbers: &Numbers<'_>, mark: Option<Severity>) -> Entry {
    let stage = window.scope.stage;
    Entry {
        stage,
        letter: stage.map_or_else(String::new, |stage| stage.letter().to_string()),
        number: numbers.find(window.id()),
        clock: time(window.local(occurrence.start_at).time()),
        name: window_name(&window.window),
        mark: match mark {
            Some(Severity::Error) => "!!",
            Some(_) => "!",
            None => "",
        }
        .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_commas_is_one_name() {
        let on = NaiveDate::MIN;
        let mut names = NamesByDay::new();
        for name in ["Stock, year end", "Stock", "Stock, year end", "Stock"] {
            add_once(&mut names, on, name.to_owned());
        }
        assert_eq!(names[&on], ["Stock, year end", "Stock"]);
    }
}
