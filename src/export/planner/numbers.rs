//! The numbers by which the planner refers to windows, and their key.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::export::paper::{Day, Labelled};
use crate::export::sheet_text::{called, name, names, window_name};
use crate::model::{LocalMinute, Minutes, Plan, WindowId};
use crate::schedule::{Schedule, WindowSchedule};
use crate::wording::{hours, time};

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
    let hours = if record.duration < Minutes::days(1) {
        hours(record.start, LocalMinute::new(NaiveDate::default(), record.start).plus(record.duration).time())
    } else {
        format!("{} for {}", time(record.start), record.duration)
    };
    let zone = record.zone.as_deref().filter(|zone| *zone != plan.zone()).map(name).unwrap_or_default();
    let all = [window_name(record), of_what, [hours, zone].join(" ").trim_end().to_owned()];
    all.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
}
