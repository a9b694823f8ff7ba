//! Dates in years that no plan can have are not imported.

use chrono::{Datelike as _, Months, NaiveDate};

use super::imported::Imported;
use crate::model::{ChangeFreeze, Edit, MaintenanceWindow, OccurrenceChange, Plan, Rule};
use crate::schedule::time::foreign;
use crate::schedule::{Zone, rule_dates};
use crate::wording::typed::{YEARS, is_in_range};
use crate::wording::{counted, list_in_sentence};

/// A warning names at most this many dates.
const MOST_DATES: usize = 3;

impl Imported {
    /// Leaves out dates in other years than the plan can have, and warns. A record is left out if nothing remains of it, or if
    /// its first or last day is such a date. A window that ends after these years has no end. Months with such dates are not
    /// offered.
    pub(super) fn refuse_other_years(&mut self) {
        let mut refused: Vec<String> = Vec::new();
        self.horizon = self.horizon.filter(|horizon| is_in_range(horizon.from) && is_in_range(horizon.last()));
        self.edits.retain_mut(|edit| {
            let (name, dates, remains) = match edit {
                Edit::PutWindow(window) => {
                    let dates = take_from_window(window);
                    (window.name.clone(), dates, !has_no_dates(window))
                }
                Edit::PutFreeze(freeze) => {
                    let dates = outside([freeze.first_on, freeze.last_on]);
                    (freeze.name.clone(), dates.clone(), dates.is_empty())
                }
                Edit::PutHolidays(calendar) => {
                    let dates = outside(calendar.days.iter().map(|day| day.on));
                    calendar.days.retain(|day| is_in_range(day.on));
                    (calendar.name.clone(), dates, !calendar.days.is_empty())
                }
                Edit::PutAdvisory(advisory) => {
                    let due = advisory.due_on.into_iter().chain(advisory.in_on);
                    let dates = outside(due.chain([advisory.published_on]));
                    (advisory.title.clone(), dates.clone(), dates.is_empty())
                }
                _ => return true,
            };
            if !dates.is_empty() {
                refused.push(in_words(&name, &dates, remains));
            }
            dates.is_empty() || remains
        });
        if !refused.is_empty() {
            self.summary = summary(&self.edits);
        }
        for message in refused {
            self.warn(None, message);
        }
    }
}

/// A series of an earlier year than this has a wrong year rather than a long history. Some programs let all series begin in
/// the first year of the clock of Windows.
const OLDEST: i32 = 1601;

/// Lets series that began before the years of plans, such as holidays since 1975, begin with their first date within them.
pub(super) fn begin_within_years(edits: &mut [Edit], plan: &Plan) {
    for edit in edits {
        match edit {
            Edit::PutWindow(window) => begin_window(window, plan),
            Edit::PutFreeze(freeze) => begin_freeze(freeze),
            _ => {}
        }
    }
}

/// Whether a series that began then may begin later instead.
fn is_early(on: NaiveDate) -> bool {
    (OLDEST..*YEARS.start()).contains(&on.year())
}

/// The first date that the rule gives within the years becomes the window's first date: its weeks or months are counted
/// from there alike. A rule that ends after a number of dates keeps its beginning. A window that ends after the years has
/// no end.
pub(super) fn begin_window(window: &mut MaintenanceWindow, plan: &Plan) {
    window.last = window.last.filter(|last| last.year() <= *YEARS.end());
    let Some(first) = window.first.filter(|first| is_early(*first)) else { return };
    let zone = Zone::in_plan(plan, plan.window_zone(window)).unwrap_or_else(Zone::utc);
    let from = NaiveDate::from_ymd_opt(*YEARS.start(), 1, 1).unwrap_or(first);
    let dates = |years: u32| {
        let to = from + Months::new(12 * years);
        match &window.rule {
            Rule::Dates(_) => Vec::new(),
            Rule::Foreign(rrule) if rrule.to_ascii_uppercase().contains("COUNT=") => Vec::new(),
            Rule::Foreign(rrule) => foreign::dates(rrule, first, window.start, from, to).unwrap_or_default(),
            rule => rule_dates(rule, Some(first), plan.releases(), &zone, from, to),
        }
    };
    let next = [1, 12, 120].into_iter().find_map(|years| dates(years).first().copied());
    window.first = next.or(window.first);
}

/// The first recurrence within the years that has the same day of the month becomes the freeze itself.
pub(super) fn begin_freeze(freeze: &mut ChangeFreeze) {
    let Some(period) = freeze.every_months.filter(|months| *months > 0 && is_early(freeze.first_on)) else { return };
    let (first, length) = (freeze.first_on, freeze.last_on - freeze.first_on);
    let recurrences = (1..).map_while(|number: u32| first.checked_add_months(Months::new(u32::from(period) * number)));
    let next =
        recurrences.take_while(|on| on.year() <= *YEARS.end()).find(|on| is_in_range(*on) && on.day() == first.day());
    if let Some(next) = next {
        (freeze.first_on, freeze.last_on) = (next, next + length);
    }
}

/// The dates outside the years of plans, sorted.
fn outside(dates: impl IntoIterator<Item = NaiveDate>) -> Vec<NaiveDate> {
    let mut outside: Vec<NaiveDate> = dates.into_iter().filter(|on| !is_in_range(*on)).collect();
    outside.sort_unstable();
    outside.dedup();
    outside
}

/// Removes such dates from a window, and returns them.
fn take_from_window(window: &mut MaintenanceWindow) -> Vec<NaiveDate> {
    let mut dates: Vec<NaiveDate> = window.first.into_iter().collect();
    window.last = window.last.filter(|last| last.year() <= *YEARS.end());
    dates.extend(window.last);
    if let Rule::Dates(listed) = &mut window.rule {
        dates.extend(listed.iter().map(|listed| listed.on));
        listed.retain(|listed| is_in_range(listed.on));
    }
    dates.extend(window.changes.iter().map(|change| change.from));
    window.changes.retain(|change| is_in_range(change.from));
    window.exceptions.retain(|exception| {
        let to = match exception.change {
            OccurrenceChange::Moved { to, .. } => to,
            OccurrenceChange::Skipped { .. } | OccurrenceChange::Added { .. } | OccurrenceChange::Restored => {
                exception.on
            }
        };
        dates.extend([exception.on, to]);
        is_in_range(exception.on) && is_in_range(to)
    });
    outside(dates)
}

/// Whether nothing remains of a window.
fn has_no_dates(window: &MaintenanceWindow) -> bool {
    let has_bound = |bound: Option<NaiveDate>| bound.is_some_and(|on| !is_in_range(on));
    let is_empty = matches!(&window.rule, Rule::Dates(listed) if listed.is_empty()) && window.exceptions.is_empty();
    is_empty || has_bound(window.first) || has_bound(window.last)
}

fn in_words(name: &str, dates: &[NaiveDate], remains: bool) -> String {
    let which = list_in_sentence(dates.iter().map(ToString::to_string), MOST_DATES);
    let (is, it) = if dates.len() == 1 { ("is", "that date") } else { ("are", "those dates") };
    let (first, last) = (YEARS.start(), YEARS.end());
    let what = if remains { it } else { "it" };
    format!(
        "\"{name}\": {which} {is} outside the years {first} to {last}; skipped {what} (correct the year in the file)"
    )
}

/// What is left: "2 windows and 1 change freeze".
fn summary(edits: &[Edit]) -> String {
    let count = |is: fn(&Edit) -> bool| edits.iter().filter(|edit| is(edit)).count();
    let holidays = edits.iter().map(|edit| match edit {
        Edit::PutHolidays(calendar) => calendar.days.len(),
        _ => 0,
    });
    let counts = [
        (count(|edit| matches!(edit, Edit::PutWindow(_))), "window"),
        (count(|edit| matches!(edit, Edit::PutFreeze(_))), "change freeze"),
        (holidays.sum(), "holiday"),
        (count(|edit| matches!(edit, Edit::PutAdvisory(_))), "advisory"),
    ];
    let parts = counts.into_iter().filter(|(count, _)| *count > 0).map(|(number, noun)| match (number, noun) {
        (2.., "advisory") => format!("{number} advisories"),
        _ => counted(number, noun),
    });
    list_in_sentence(parts, counts.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Exception, Holiday, HolidayCalendar, Horizon, ListedDate};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn refused(edits: Vec<Edit>) -> (Imported, Vec<String>) {
        let mut imported = Imported { edits, summary: "as it was".to_owned(), ..Imported::default() };
        imported.refuse_other_years();
        let messages = imported.warnings.iter().map(|warning| warning.message.clone()).collect();
        (imported, messages)
    }

    fn window(dates: &[&str]) -> MaintenanceWindow {
        let listed = |on: &&str| ListedDate { on: date(on), words: String::new() };
        MaintenanceWindow::new("w".into(), "W", Rule::Dates(dates.iter().map(listed).collect()))
    }

    #[test]
    fn dates_in_other_years_are_left_out_and_named() {
        let mut freeze = ChangeFreeze::week("f".into(), date("2027-12-13"));
        freeze.first_on = date("0027-12-13");
        let holiday = |on: &str| Holiday { on: date(on), name: "X".to_owned(), region: String::new() };
        let days = ["1969-12-25", "2027-12-25"].map(holiday).to_vec();
        let calendar = HolidayCalendar { id: "h".into(), name: "H".to_owned(), days, imported: None };
        let (imported, messages) = refused(vec![
            Edit::PutWindow(window(&["0027-03-13", "2027-04-10"])),
            Edit::PutWindow(window(&["0027-03-13"])),
            Edit::PutFreeze(freeze),
            Edit::PutHolidays(calendar),
        ]);
        assert_eq!(imported.edits.len(), 2);
        assert_eq!(imported.summary, "1 window and 1 holiday");
        let advice = "(correct the year in the file)";
        assert_eq!(
            messages,
            [
                format!("\"W\": 0027-03-13 is outside the years 1980 to 2100; skipped that date {advice}"),
                format!("\"W\": 0027-03-13 is outside the years 1980 to 2100; skipped it {advice}"),
                format!("\"New freeze\": 0027-12-13 is outside the years 1980 to 2100; skipped it {advice}"),
                format!("\"H\": 1969-12-25 is outside the years 1980 to 2100; skipped that date {advice}"),
            ]
        );
    }

    #[test]
    fn months_in_other_years_are_not_offered() {
        let offered = |from: &str| {
            let horizon = Some(Horizon { from: date(from), months: 2 });
            let mut imported = Imported { horizon, ..Imported::default() };
            imported.refuse_other_years();
            imported.widened_edit().is_some()
        };
        assert!(!offered("0027-12-01") && !offered("2100-12-01"));
        assert!(offered("2100-11-01"));
    }

    #[test]
    fn the_bounds_and_exceptions_of_a_window_count_too() {
        let with = |change: fn(&mut MaintenanceWindow)| {
            let mut window = window(&["2027-03-13"]);
            change(&mut window);
            let (imported, messages) = refused(vec![Edit::PutWindow(window)]);
            (imported.edits.len(), messages.len())
        };
        assert_eq!(with(|_| {}), (1, 0));
        assert_eq!(with(|window| window.first = Some(date("0027-01-01"))), (0, 1));
        assert_eq!(with(|window| window.last = Some(date("0027-01-01"))), (0, 1));
        assert_eq!(with(|window| window.last = Some(date("9999-12-31"))), (1, 0), "no end");
        let moved = OccurrenceChange::Moved { to: date("2207-03-14"), start: None, duration: None };
        let mut window = window(&["2027-03-13"]);
        window.exceptions = vec![Exception { on: date("2027-03-13"), change: moved, sequence: 0, was_added: false }];
        let (imported, messages) = refused(vec![Edit::PutWindow(window)]);
        assert!(messages[0].contains("2207-03-14"), "{messages:?}");
        assert!(matches!(&imported.edits[0], Edit::PutWindow(window) if window.exceptions.is_empty()));
    }

    #[test]
    fn old_series_begin_with_their_first_date_within_the_years() {
        let plan = Plan::new("p".into(), "P", Horizon::year(2027), "Europe/Berlin");
        let began = |rule: Rule, first: &str| {
            let window = MaintenanceWindow { rule, first: Some(date(first)), ..window(&[]) };
            let mut edits = [Edit::PutWindow(window)];
            begin_within_years(&mut edits, &plan);
            let [Edit::PutWindow(window)] = edits else { panic!("{edits:?}") };
            window.first.unwrap().to_string()
        };
        let foreign = |rrule: &str| Rule::Foreign(rrule.to_owned());
        assert_eq!(began(foreign("FREQ=YEARLY"), "1975-03-08"), "1980-03-08");
        assert_eq!(began(foreign("FREQ=YEARLY;INTERVAL=4"), "1975-03-08"), "1983-03-08");
        assert_eq!(began(foreign("FREQ=YEARLY;COUNT=90"), "1975-03-08"), "1975-03-08");
        assert_eq!(began(foreign("FREQ=YEARLY"), "0027-03-08"), "0027-03-08");
        // 1979-12-25 was a Tuesday, two weeks before 1980-01-08.
        let weekly = Rule::Weekly { days: vec![chrono::Weekday::Tue], every: 2 };
        assert_eq!(began(weekly, "1979-12-25"), "1980-01-08");

        let freeze = |first: &str, last: &str, months: u16| {
            let (first_on, last_on) = (date(first), date(last));
            let freeze = ChangeFreeze {
                first_on,
                last_on,
                every_months: Some(months),
                ..ChangeFreeze::week("f".into(), first_on)
            };
            let mut edits = [Edit::PutFreeze(freeze)];
            begin_within_years(&mut edits, &plan);
            let [Edit::PutFreeze(freeze)] = edits else { panic!("{edits:?}") };
            format!("{} {}", freeze.first_on, freeze.last_on)
        };
        assert_eq!(freeze("1975-12-24", "1976-01-02", 12), "1980-12-24 1981-01-02");
        assert_eq!(freeze("1976-02-29", "1976-02-29", 12), "1980-02-29 1980-02-29");
        assert_eq!(freeze("1979-01-31", "1979-01-31", 1), "1980-01-31 1980-01-31");
    }
}
