//! Finds the rule that a list of dates follows.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::model::{MaintenanceWindow, MonthDay, Plan, Rule};
use crate::schedule::{Zone, rule_dates};

/// Fewer dates may follow a rule by chance.
const LEAST_DATES: usize = 4;
/// The longest intervals that are tried.
const MOST_WEEKS: u16 = 8;
const MOST_MONTHS: u16 = 6;
/// The built-in release calendar that is tried first.
const MICROSOFT: &str = "microsoft";
/// The most days after a release that are tried.
const MOST_DAYS: i32 = 28;

/// The window with a rule instead of its list, if the rule gives exactly its dates between the first and the last.
pub(super) fn with_pattern(mut window: MaintenanceWindow, plan: &Plan) -> MaintenanceWindow {
    let Rule::Dates(list) = &window.rule else { return window };
    let dates: Vec<NaiveDate> = list.iter().map(|date| date.on).collect();
    let (Some(first), Some(last)) = (dates.first().copied(), dates.last().copied()) else { return window };
    if dates.len() < LEAST_DATES {
        return window;
    }
    let zone = Zone::named(plan.window_zone(&window)).unwrap_or_else(Zone::utc);
    let fits = |rule: &Rule| rule_dates(rule, Some(first), plan.releases(), &zone, first, last) == dates;
    if let Some(rule) = candidates(&dates, plan, &zone).into_iter().find(fits) {
        window.rule = rule;
        window.first = Some(first);
        window.last = Some(last);
    }
    window
}

/// The rules that may give the dates, the usual ones first.
fn candidates(dates: &[NaiveDate], plan: &Plan, zone: &Zone) -> Vec<Rule> {
    let Some(first) = dates.first() else { return Vec::new() };
    let weekday = first.weekday();
    let mut rules = Vec::new();
    if dates.iter().all(|on| on.weekday() == weekday) {
        rules.extend((1..=MOST_WEEKS).map(|every| Rule::Weekly { days: vec![weekday], every }));
        let nth = u8::try_from(first.day().div_ceil(7)).unwrap_or(1);
        rules.extend(monthly(MonthDay::Nth(nth, weekday)));
        rules.extend(monthly(MonthDay::Last(weekday)));
        rules.extend(after_releases(*first, Some(weekday), plan, zone));
    }
    rules.extend(after_releases(*first, None, plan, zone));
    rules.extend(u8::try_from(first.day()).ok().into_iter().flat_map(|day| monthly(MonthDay::Day(day))));
    rules
}

fn monthly(on: MonthDay) -> impl Iterator<Item = Rule> {
    (1..=MOST_MONTHS).map(move |every| Rule::Monthly { on, every, offset_days: 0 })
}

/// Rules after each release of the plan that give `first`: the next such weekday after it, or a number of days.
fn after_releases(first: NaiveDate, then: Option<Weekday>, plan: &Plan, zone: &Zone) -> Vec<Rule> {
    let mut rules = Vec::new();
    // Several vendors release on Patch Tuesday, and most people know Microsoft's.
    let (known, others): (Vec<_>, Vec<_>) =
        plan.releases().iter().partition(|release| release.id.as_str() == MICROSOFT);
    for release in known.into_iter().chain(others) {
        for offset_days in 0..=MOST_DAYS {
            let rule = Rule::AfterRelease { release: release.id.clone(), offset_days, then };
            let before = first.checked_sub_days(Days::new(1)).unwrap_or(first);
            if rule_dates(&rule, None, plan.releases(), zone, before, first).contains(&first) {
                rules.push(rule);
            }
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Horizon, ListedDate};

    fn rule_of(dates: &[&str]) -> Rule {
        let plan = Plan::new("plan".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
        let list = dates.iter().map(|on| ListedDate { on: on.parse().unwrap(), words: String::new() }).collect();
        with_pattern(MaintenanceWindow::new("a".into(), "A", Rule::Dates(list)), &plan).rule
    }

    #[test]
    fn dates_that_follow_a_rule_get_it() {
        let weekly = rule_of(&["2027-01-02", "2027-01-16", "2027-01-30", "2027-02-13"]);
        assert_eq!(weekly, Rule::Weekly { days: vec![Weekday::Sat], every: 2 });
        let second = rule_of(&["2027-01-09", "2027-02-13", "2027-03-13", "2027-04-10"]);
        assert_eq!(second, Rule::Monthly { on: MonthDay::Nth(2, Weekday::Sat), every: 1, offset_days: 0 });
        assert!(matches!(rule_of(&["2027-01-09", "2027-02-13", "2027-03-13", "2027-04-11"]), Rule::Dates(_)));
        assert!(matches!(rule_of(&["2027-01-09", "2027-01-16", "2027-01-23"]), Rule::Dates(_)), "too few");
    }

    #[test]
    fn dates_after_patch_tuesday_get_its_rule() {
        let dates = ["2027-01-16", "2027-02-13", "2027-03-13", "2027-04-17", "2027-05-15", "2027-06-12"];
        let expected = Rule::AfterRelease { release: "microsoft".into(), offset_days: 0, then: Some(Weekday::Sat) };
        assert_eq!(rule_of(&dates), expected);
    }
}
