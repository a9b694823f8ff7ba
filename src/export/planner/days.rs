//! What stands on each day of the planner.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::key::Numbers;
use crate::checks::{Findings, Severity};
use crate::export::paper::{Day, Entry};
use crate::export::phrases::{called, name, starts_on, window_name};
use crate::model::{FreezeSpan, Holiday, Plan, Stage, WindowId, date_of_day, day_number};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};
use crate::wording::{date, time};

/// Each day of the plan with what stands on it.
pub struct Wall<'a> {
    pub plan: &'a Plan,
    first_day: i32,
    days: Vec<Day>,
    /// The days of each freeze inside the plan's months, by place in the plan's table.
    pub freezes: Vec<Vec<FreezeSpan>>,
    /// Occurrences that were moved out of the plan's months, in words.
    pub outside: Vec<String>,
    /// Whether what is wrong is marked.
    pub has_marks: bool,
}

impl<'a> Wall<'a> {
    pub fn of(schedule: &'a Schedule, findings: Option<&Findings>, numbers: &Numbers<'_>) -> Self {
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

    fn place(&self, on: NaiveDate) -> Option<usize> {
        usize::try_from(day_number(on).checked_sub(self.first_day)?).ok()
    }

    fn day(&mut self, on: NaiveDate) -> Option<&mut Day> {
        let place = self.place(on)?;
        self.days.get_mut(place)
    }

    fn put_freezes(&mut self) {
        let spans: Vec<_> = self.plan.freezes().iter().zip(self.freezes.clone()).collect();
        for (freeze, spans) in spans {
            for span in spans {
                for number in day_number(span.first_on)..=day_number(span.last_on) {
                    let on = date_of_day(number);
                    let Some(day) = self.day(on) else { continue };
                    day.is_frozen = true;
                    if on == span.first_on || on.day() == 1 {
                        add(&mut day.freeze, &called(&freeze.name, &freeze.id));
                    }
                }
            }
        }
    }

    fn put_holidays(&mut self) {
        let plan = self.plan;
        for holiday in plan.holidays().iter().flat_map(|calendar| &calendar.days) {
            if let Some(day) = self.day(holiday.on) {
                add(&mut day.holiday, &holiday_name(holiday));
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

    /// The days from one to another, both included, as far as they are the plan's.
    pub fn between(&self, first: NaiveDate, last: NaiveDate) -> &[Day] {
        let from = self.place(first).unwrap_or_default();
        let to = self.place(last).map_or(from, |place| place + 1);
        self.days.get(from..to.min(self.days.len())).unwrap_or_default()
    }

    /// The stages that anything on it has; none stands for what has no group.
    pub fn stages(&self) -> Vec<Option<Stage>> {
        let stages: BTreeSet<_> = self.days.iter().flat_map(|day| &day.entries).map(|entry| entry.stage).collect();
        Stage::ALL.into_iter().map(Some).chain([None]).filter(|stage| stages.contains(stage)).collect()
    }
}

/// A day on which nothing stands yet. `first` is that of the planner.
fn bare(on: NaiveDate, first: NaiveDate) -> Day {
    let weekday = on.weekday();
    let has_week = weekday == Weekday::Mon || on == first;
    Day {
        number: on.day() as u8,
        weekday: weekday.to_string(),
        column: weekday.num_days_from_monday() as u8,
        is_weekend: matches!(weekday, Weekday::Sat | Weekday::Sun),
        week: has_week.then(|| on.iso_week().week() as u8),
        ..Day::default()
    }
}

/// Those spans without what lies outside of the days.
fn within(spans: Vec<FreezeSpan>, first: NaiveDate, last: NaiveDate) -> Vec<FreezeSpan> {
    let cut = |span: FreezeSpan| FreezeSpan { first_on: span.first_on.max(first), last_on: span.last_on.min(last) };
    spans.into_iter().map(cut).filter(|span| span.first_on <= span.last_on).collect()
}

/// Adds a name to those that there are, each once.
fn add(names: &mut Option<String>, name: &str) {
    match names {
        Some(names) if names.split(", ").any(|each| each == name) => {}
        Some(names) => names.extend([", ", name]),
        None => *names = Some(name.to_owned()),
    }
}

/// "Epiphany (Bavaria)"
pub fn holiday_name(holiday: &Holiday) -> String {
    let region = name(&holiday.region);
    let name = called(&holiday.name, &"Public holiday");
    if region.is_empty() { name } else { format!("{name} ({region})") }
}

type Marks<'a> = HashMap<(&'a WindowId, NaiveDate), Severity>;

/// The worst open finding on each occurrence that has one; notes are none.
fn marks(findings: &Findings) -> Marks<'_> {
    let mut marks = Marks::new();
    for finding in findings.open().filter(|finding| finding.severity < Severity::Note) {
        if let (Some(window), Some(on)) = (&finding.window, finding.on) {
            // The list begins with errors.
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
        number: numbers.of_window(window.id()),
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
