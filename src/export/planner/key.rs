//! What the planner says below its days: the windows by their numbers, freezes, releases and holidays in words.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::days::{Wall, holiday_name};
use crate::export::paper::{Day, Labelled};
use crate::export::phrases::{area_name, called, name, names, window_name};
use crate::model::{FreezeScope, FreezeSpan, LocalMinute, Minutes, Plan, WindowId, date_of_day, day_number};
use crate::schedule::{Schedule, WindowSchedule};
use crate::wording::{and_more, dates, day_and_month, hours, time};

/// Occurrences outside of the planner that are told one by one.
const MOST_OUTSIDE: usize = 20;

/// The numbers of the windows that take place, by name.
pub struct Numbers<'a> {
    windows: Vec<&'a WindowSchedule>,
    by_id: HashMap<&'a WindowId, usize>,
}

impl<'a> Numbers<'a> {
    pub fn of(schedule: &'a Schedule) -> Self {
        let takes_place = |window: &&WindowSchedule| !window.expansion.occurrences.is_empty();
        let mut windows: Vec<_> = schedule.windows.iter().map(|window| &**window).filter(takes_place).collect();
        windows.sort_by_cached_key(|window| (window_name(&window.window), window.id().clone()));
        let by_id = windows.iter().enumerate().map(|(place, window)| (window.id(), place + 1)).collect();
        Self { windows, by_id }
    }

    pub fn of_window(&self, id: &WindowId) -> String {
        self.by_id.get(id).map_or_else(String::new, ToString::to_string)
    }

    /// What the numbers on those days stand for.
    pub fn key(&self, plan: &Plan, days: &[Day]) -> Vec<Labelled> {
        let used: BTreeSet<&str> = days.iter().flat_map(|day| &day.entries).map(|entry| &*entry.number).collect();
        let numbered = (1..).map(|number: usize| number.to_string()).zip(&self.windows);
        let here = numbered.filter(|(number, _)| used.contains(number.as_str()));
        here.map(|(label, window)| Labelled { label, text: in_words(plan, window) }).collect()
    }
}

/// "Core DB, Production, 22:00 – 02:00"; with the zone, where it is not the plan's.
fn in_words(plan: &Plan, window: &WindowSchedule) -> String {
    let record = &*window.window;
    let groups = record.groups.iter().filter_map(|id| plan.group(id)).map(|(_, group)| called(&group.name, &group.id));
    let groups: Vec<String> = groups.collect();
    let of_what = match groups.as_slice() {
        [] => names(window.scope.systems.iter().map(|system| called(&system.name, &system.id))),
        _ => names(groups.into_iter()),
    };
    let hours = if record.duration < Minutes::days(1) {
        hours(record.start, LocalMinute::new(NaiveDate::default(), record.start).plus(record.duration).time())
    } else {
        format!("{} for {}", time(record.start), record.duration)
    };
    let zone = record.zone.as_deref().filter(|zone| *zone != plan.zone()).map(name).unwrap_or_default();
    let all = [window_name(record), of_what, [hours, zone].join(" ").trim_end().to_owned()];
    all.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Freezes, releases and holidays between two days in words, and what takes place outside of the whole planner.
pub fn remarks(wall: &Wall<'_>, first: NaiveDate, last: NaiveDate) -> Vec<Labelled> {
    let mut remarks = Vec::new();
    if wall.between(first, last).iter().all(|day| day.entries.is_empty()) {
        remarks.push(labelled("Windows", "No maintenance window takes place in these months".to_owned()));
    }
    remarks.extend(freezes(wall, first, last));
    remarks.extend(releases(wall, first, last));
    for calendar in wall.plan.holidays() {
        let here = calendar.days.iter().filter(|holiday| first <= holiday.on && holiday.on <= last);
        let here: Vec<_> =
            here.map(|holiday| format!("{} {}", day_and_month(holiday.on), holiday_name(holiday))).collect();
        if !here.is_empty() {
            remarks.push(labelled(&called(&calendar.name, &calendar.id), here.join(", ")));
        }
    }
    if last == wall.plan.horizon().last() && !wall.outside.is_empty() {
        let mut told = wall.outside.iter().take(MOST_OUTSIDE).cloned().collect::<Vec<_>>().join("; ");
        if wall.outside.len() > MOST_OUTSIDE {
            told = format!("{told} {}", and_more(wall.outside.len() - MOST_OUTSIDE));
        }
        remarks.push(labelled("Outside these months", told));
    }
    remarks
}

fn freezes(wall: &Wall<'_>, first: NaiveDate, last: NaiveDate) -> Vec<Labelled> {
    let of_freeze = |(freeze, spans): (&std::sync::Arc<crate::model::ChangeFreeze>, &Vec<FreezeSpan>)| {
        let here = spans.iter().filter(|span| span.first_on <= last && first <= span.last_on);
        let here: Vec<String> = here.map(|span| dates(span.first_on, span.last_on)).collect();
        let text = || format!("{}; {}", here.join(", "), scope(wall.plan, &freeze.scope));
        (!here.is_empty()).then(|| labelled(&called(&freeze.name, &freeze.id), text()))
    };
    wall.plan.freezes().iter().zip(&wall.freezes).filter_map(of_freeze).collect()
}

/// Each release calendar with its dates, by name.
fn releases(wall: &Wall<'_>, first: NaiveDate, last: NaiveDate) -> Vec<Labelled> {
    let mut calendars: Vec<(&str, Vec<String>)> = Vec::new();
    let from = day_number(first.max(wall.plan.horizon().from));
    for (number, day) in (from..).zip(wall.between(first, last)) {
        for release in &day.releases {
            let on = day_and_month(date_of_day(number));
            match calendars.iter_mut().find(|(called, _)| called == release) {
                Some((_, dates)) => dates.push(on),
                None => calendars.push((release, vec![on])),
            }
        }
    }
    calendars.sort();
    calendars.into_iter().map(|(called, dates)| labelled(called, dates.join(", "))).collect()
}

/// What a freeze covers: "Payments, Cards".
fn scope(plan: &Plan, scope: &FreezeScope) -> String {
    let listed = |names_: Vec<String>| if names_.is_empty() { "nothing".to_owned() } else { names(names_.into_iter()) };
    match scope {
        FreezeScope::Everything => "everything".to_owned(),
        FreezeScope::Areas(ids) => {
            let of = |id| plan.areas().get(id).map_or_else(|| called("", id), |area| area_name(area));
            listed(ids.iter().map(of).collect())
        }
        FreezeScope::Ladders(ids) => {
            let of = |id| called(plan.ladders().get(id).map_or("", |ladder| &ladder.name), id);
            listed(ids.iter().map(of).collect())
        }
        FreezeScope::Systems(ids) => {
            let of = |id| called(plan.systems().get(id).map_or("", |system| &system.name), id);
            listed(ids.iter().map(of).collect())
        }
    }
}

fn labelled(label: &str, text: String) -> Labelled {
    Labelled { label: label.to_owned(), text }
}
