//! The remarks below the planner's days: freezes, releases and holidays in words, and occurrences outside the months.

use chrono::NaiveDate;

use super::days::{Wall, holiday_name};
use crate::export::paper::Labelled;
use crate::export::sheet_text::{self, area_name, called};
use crate::model::{FreezeSpan, Plan, SystemScope, date_of_day, day_number};
use crate::wording::{and_more, dates, day_and_month};

/// Occurrences outside the planner's months that are listed one by one.
const MOST_OUTSIDE: usize = 20;

/// Freezes, releases and holidays between two days, and occurrences outside all months of the planner.
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
fn scope(plan: &Plan, scope: &SystemScope) -> String {
    let listed = |names: Vec<String>| {
        if names.is_empty() { "nothing".to_owned() } else { sheet_text::names(names.into_iter()) }
    };
    match scope {
        SystemScope::Everything => "everything".to_owned(),
        SystemScope::Areas(ids) => {
            let name = |id| plan.areas().get(id).map_or_else(|| called("", id), |area| area_name(area));
            listed(ids.iter().map(name).collect())
        }
        SystemScope::Ladders(ids) => {
            let name = |id| called(plan.ladders().get(id).map_or("", |ladder| &ladder.name), id);
            listed(ids.iter().map(name).collect())
        }
        SystemScope::Systems(ids) => {
            let name = |id| called(plan.systems().get(id).map_or("", |system| &system.name), id);
            listed(ids.iter().map(name).collect())
        }
    }
}

fn labelled(label: &str, text: String) -> Labelled {
    Labelled { label: label.to_owned(), text }
}
