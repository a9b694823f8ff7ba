//! The numbers by which the planner refers to windows, and their key.

use std::collections::{BTreeSet, HashMap};

use chrono::{NaiveDate, NaiveTime};

use crate::export::paper::{Day, Labelled};
use crate::export::sheet_text::{called, name, names, window_name};
use crate::model::{LocalMinute, MaintenanceWindow, Minutes, Plan, WindowId};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};
use crate::wording::{day_and_month, hours, time};

/// The numbers of the windows that have occurrences, assigned by name.
pub struct Numbers<'a> {
    windows: Vec<&'a WindowSchedule>,
    by_id: HashMap<&'a WindowId, usize>,
}

impl<'a> Numbers<'a> {
    pub fn new(schedule: &'a Schedule) -> Self {
        let takes_place = |window: &&WindowSchedule| !window.expansion.occurrences.is_empty();
        let mut windows: Vec<_> = schedule.windows.iter().map(|window| &**window).filter(takes_place).collect();
        windows.sort_by_cached_key(|window| (window_name(&window.window), window.id().clone()));
        let by_id = windows.iter().enumerate().map(|(index, window)| (window.id(), index + 1)).collect();
        Self { windows, by_id }
    }

    pub fn find(&self, id: &WindowId) -> String {
        self.by_id.get(id).map_or_else(String::new, ToString::to_string)
    }

    /// The windows that the numbers on those days stand for.
    pub fn key(&self, plan: &Plan, days: &[Day]) -> Vec<Labelled> {
        let used: BTreeSet<&str> = days.iter().flat_map(|day| &day.entries).map(|entry| &*entry.number).collect();
        let numbered = (1..).map(|number: usize| number.to_string()).zip(&self.windows);
        let here = numbered.filter(|(number, _)| used.contains(number.as_str()));
        here.map(|(label, window)| Labelled { label, text: in_words(plan, window) }).collect()
    }
}

/// "Core DB, Production, 22:00 – 02:00"; with the zone if it is not the plan's.
fn in_words(plan: &Plan, window: &WindowSchedule) -> String {
    let record = &*window.window;
    let groups = record.groups.iter().filter_map(|id| plan.group(id)).map(|(_, group)| called(&group.name, &group.id));
    let groups: Vec<String> = groups.collect();
    let of_what = match groups.as_slice() {
        [] => names(window.scope.systems.iter().map(|system| called(&system.name, &system.id))),
        _ => names(groups.into_iter()),
    };
    let hours = hours_in_words(record.start, record.duration);
    let zone = record.zone.as_deref().filter(|zone| *zone != plan.zone()).map(name).unwrap_or_default();
    let all = [window_name(record), of_what, [hours, zone].join(" ").trim_end().to_owned()];
    all.into_iter()
        .chain(from_dates(record))
        .chain(other_lengths(window))
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

fn hours_in_words(start: NaiveTime, duration: Minutes) -> String {
    if duration < Minutes::days(1) {
        hours(start, LocalMinute::new(NaiveDate::default(), start).plus(duration).time())
    } else {
        format!("{} for {duration}", time(start))
    }
}

/// "from 1 Jul 23:00 – 05:00" for each dated change.
fn from_dates(window: &MaintenanceWindow) -> impl Iterator<Item = String> {
    window.changes.iter().map(|change| {
        let usual = window.usual_times(change.from);
        format!("from {} {}", day_and_month(change.from), hours_in_words(usual.start, usual.duration))
    })
}

/// "13 Mar for 6 h" for the occurrences with a length of their own. Their starts stand beside their numbers.
fn other_lengths(window: &WindowSchedule) -> Option<String> {
    if window.window.exceptions.is_empty() {
        return None;
    }
    let is_own = |each: &&Occurrence| each.duration != window.window.usual_times(each.original_on()).duration;
    let own = window.expansion.occurrences.iter().filter(is_own);
    let own: Vec<String> = own.map(|each| format!("{} for {}", day_and_month(each.on()), each.duration)).collect();
    (!own.is_empty()).then(|| names(own.into_iter()))
}
