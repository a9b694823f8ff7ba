//! The dates of freezes, listed dates and windows with an end in a rolled plan.

use chrono::{NaiveDate, Weekday};
use windowsill::model::{ChangeFreeze, Holiday, HolidayCalendar, Horizon, MaintenanceWindow, Plan};
use windowsill::roll::{Choices, DateKey, Outcome, roll_forward};

use super::{day, freeze, freezes, listed, listed_dates, plan, rolled, target, weekly, window};

#[test]
fn listed_dates_keep_their_words_or_their_weekday() {
    let old = plan(Horizon::year(2027), "Australia/Sydney", |parts| {
        let dates = listed(&[
            ("2027-01-30", ""),
            ("2027-03-06", "first Saturday"),
            ("2027-05-15", "Saturday after Patch Tuesday"),
        ]);
        parts.windows = [window("w", dates)].into_iter().collect();
    });
    let new = rolled(&old, 2028);
    assert_eq!(listed_dates(&new.plan, "w"), ["2028-01-29", "2028-03-04", "2028-05-13"]);
    // Another choice for one of them, and one that does not come again.
    let index = |on: &str, wanted: &dyn Fn(Outcome) -> bool| {
        let key = DateKey::Listed { window: "w".into(), on: day(on) };
        let proposal = new.dates.iter().find(|proposal| proposal.key == key).unwrap();
        (key, proposal.options.iter().position(|option| wanted(option.outcome)).unwrap())
    };
    let same_date = |outcome| matches!(outcome, Outcome::Days(span) if span.first_on == day("2028-01-30"));
    let choices =
        Choices::from([index("2027-01-30", &same_date), index("2027-03-06", &|outcome| outcome == Outcome::LeftOut)]);
    let chosen = roll_forward(&old, &target(2028), &choices).unwrap();
    assert_eq!(listed_dates(&chosen.plan, "w"), ["2028-01-30", "2028-05-13"]);
}

#[test]
fn a_leap_day_moves_to_the_28th_and_says_so() {
    let old = plan(Horizon::year(2028), "UTC", |parts| {
        parts.freezes = [freeze("2028-02-20", "2028-02-29", "Closing")].into_iter().collect();
    });
    let new = rolled(&old, 2029);
    assert_eq!(freezes(&new.plan), ["closing 2029-02-20 to 2029-02-28"]);
    assert!(new.dates[0].options[0].basis.contains("29 February"));
}

#[test]
fn a_date_outside_the_new_plan_is_not_replaced_by_a_worse_one() {
    // Easter 2027 is the last one in the months of the plan, and Easter 2028 is after those of the next.
    let old = plan(Horizon { from: day("2026-04-01"), months: 12 }, "Europe/Berlin", |parts| {
        let easter = freeze("2027-03-26", "2027-03-29", "Easter");
        parts.freezes = [easter, freeze("2026-12-24", "2026-12-26", "Christmas")].into_iter().collect();
        parts.windows = [window("w", listed(&[("2026-04-01", ""), ("2026-05-02", "")]))].into_iter().collect();
    });
    let new = rolled(&old, 2027);
    assert_eq!(freezes(&new.plan), ["christmas 2027-12-24 to 2027-12-26"]);
    let proposal = |name: &str| new.dates.iter().find(|proposal| proposal.name == name).unwrap();
    let words: Vec<String> = proposal("Easter").options.iter().map(windowsill::roll::DateOption::in_words).collect();
    assert_eq!(
        words[0],
        "not again: Fri 14 Apr 2028 to Mon 17 Apr 2028 (2 days before Easter Sunday) is outside the new plan"
    );
    assert!(words[1..].iter().any(|words| words.contains("same dates")), "{words:?}");
    // The first Wednesday of April is in the months of the next plan.
    assert_eq!(listed_dates(&new.plan, "w"), ["2027-04-07", "2027-05-01"]);
}

#[test]
fn what_becomes_one_date_or_has_no_month_is_listed() {
    // October 2027 has five Saturdays, October 2028 four.
    let dates = ["2027-10-02", "2027-10-09", "2027-10-16", "2027-10-23", "2027-10-30"].map(|on| (on, ""));
    let old = plan(Horizon::year(2027), "UTC", |parts| {
        parts.windows = [window("w", listed(&dates)), window("old", listed(&[("2025-03-01", ""), ("2027-03-06", "")]))]
            .into_iter()
            .collect();
        let backwards = ChangeFreeze { last_on: day("2027-05-01"), ..freeze("2027-05-03", "2027-05-03", "Backwards") };
        parts.freezes = [backwards, freeze("2024-05-03", "2024-05-09", "Long ago")].into_iter().collect();
    });
    let new = rolled(&old, 2028);
    assert_eq!(listed_dates(&new.plan, "w"), ["2028-10-07", "2028-10-14", "2028-10-21", "2028-10-28"]);
    let notes: Vec<&str> = new.dates.iter().filter_map(|proposal| proposal.note.as_deref()).collect();
    assert_eq!(notes, ["same date as the one that was Sat 23 Oct 2027: they become one date"]);
    assert_eq!(freezes(&new.plan), [] as [&str; 0]);
    let backwards = new.dates.iter().find(|proposal| proposal.name == "Backwards").unwrap();
    assert_eq!(backwards.options[0].in_words(), "not again: it ends before it begins");
    for line in ["1 listed date in the months of neither plan", "1 freeze in the months of neither plan"] {
        assert!(new.left_behind.iter().any(|each| each == line), "{:?}", new.left_behind);
    }
    // Every freeze and listed date is kept as it is, is a decision, or is counted.
    let asked = |key: &DateKey| new.dates.iter().any(|proposal| proposal.key == *key);
    for (on, _) in dates {
        assert!(asked(&DateKey::Listed { window: "w".into(), on: day(on) }), "{on}");
    }
}

#[test]
fn a_window_with_an_end_is_decided() {
    let old = |months| {
        plan(Horizon { from: day("2027-01-01"), months }, "UTC", |parts| {
            let until =
                |last: &str| MaintenanceWindow { last: Some(day(last)), ..window(last, weekly(Weekday::Sat, 1)) };
            let ends =
                ["2027-06-30", "2027-12-04", "2027-12-31", "2028-06-30", "2028-12-31", "2029-03-31", "2031-01-01"];
            parts.windows = ends.map(until).into_iter().collect();
        })
    };
    let ends = |plan: &Plan| -> Vec<String> {
        let end = |last: Option<NaiveDate>| last.map_or("none".to_owned(), |last| last.to_string());
        plan.windows().iter().map(|window| format!("{} {}", window.id, end(window.last))).collect()
    };
    let new = rolled(&old(12), 2028);
    assert_eq!(
        ends(&new.plan),
        [
            "2027-12-04 none",
            "2027-12-31 none",
            "2028-06-30 2028-06-30",
            "2028-12-31 2028-12-31",
            "2029-03-31 2029-03-31",
            "2031-01-01 2031-01-01"
        ]
    );
    let decided: Vec<&str> = new.dates.iter().map(|proposal| proposal.name.as_str()).collect();
    assert_eq!(decided, ["2027-06-30", "2027-12-04", "2027-12-31", "2028-06-30"]);
    // One that ended between the plans stays behind.
    let new = rolled(&old(12), 2029);
    assert_eq!(new.windows_left, ["2027-06-30", "2028-06-30", "2028-12-31"]);
    // The plan of two years ends with 2028, and so does the window that an import limited to it.
    let new = rolled(&old(24), 2028);
    assert!(ends(&new.plan).contains(&"2028-12-31 none".to_owned()), "{:?}", ends(&new.plan));
}

#[test]
fn a_freeze_on_a_holiday_follows_it() {
    let old = plan(Horizon::year(2027), "Europe/Berlin", |parts| {
        let holiday = |on: &str, name: &str| Holiday { on: day(on), name: name.into(), region: String::new() };
        let days = vec![
            holiday("2027-05-01", "Labour Day"),
            holiday("2027-05-17", "Founders' Day"),
            holiday("2028-05-22", "Founders' Day"),
        ];
        let calendar = HolidayCalendar { id: "x".into(), name: "X".into(), days, imported: None };
        parts.holidays = [calendar].into_iter().collect();
        parts.freezes = [
            freeze("2027-05-01", "2027-05-01", "Closed"),
            freeze("2027-05-15", "2027-05-17", "Founders weekend"),
            freeze("2027-10-02", "2027-10-03", "Go-live"),
        ]
        .into_iter()
        .collect();
    });
    assert_eq!(
        freezes(&rolled(&old, 2028).plan),
        [
            "closed 2028-05-01 to 2028-05-01",
            "founders-weekend 2028-05-20 to 2028-05-22",
            "go-live 2028-10-07 to 2028-10-08"
        ]
    );
}

#[test]
fn a_freeze_over_the_new_year_applies_in_both_years() {
    let old = plan(Horizon::year(2027), "Europe/Berlin", |parts| {
        let before = ChangeFreeze { id: "before".into(), ..freeze("2026-12-24", "2027-01-06", "Year end") };
        let sale = ChangeFreeze { every_months: Some(12), ..freeze("2027-11-20", "2027-11-30", "Sale") };
        parts.freezes = [before, freeze("2027-12-24", "2028-01-06", "Year end"), sale].into_iter().collect();
        parts.windows = [window("night", weekly(Weekday::Fri, 1))].into_iter().collect();
    });
    let new = rolled(&old, 2028);
    let expected = [
        "sale 2027-11-20 to 2027-11-30",
        "year-end 2027-12-24 to 2028-01-06",
        "year-end-2028 2028-12-24 to 2029-01-06",
    ];
    assert_eq!(freezes(&new.plan), expected);
    let across: Vec<String> =
        new.across.iter().map(|each| format!("{} {} to {}", each.name, each.starts, each.ends)).collect();
    assert_eq!(
        across,
        ["Year end 2027-12-24 00:00:00 to 2028-01-07 00:00:00", "night 2027-12-31 22:00:00 to 2028-01-01 02:00:00"]
    );
}

#[test]
fn a_window_that_ended_early_stays_behind_and_one_that_ended_with_the_plan_goes_on() {
    let old = plan(Horizon::year(2027), "UTC", |parts| {
        let until =
            |id: &str, last: &str| MaintenanceWindow { last: Some(day(last)), ..window(id, weekly(Weekday::Sat, 1)) };
        parts.windows = [until("early", "2027-06-30"), until("late", "2027-12-31")].into_iter().collect();
    });
    let new = rolled(&old, 2028);
    assert_eq!(new.windows_left, ["early"]);
    assert_eq!(new.plan.windows().get(&"late".into()).unwrap().last, None);
}
