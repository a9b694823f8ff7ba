//! Rolling a plan forward to a later year.

use std::sync::Arc;

use chrono::{NaiveDate, Weekday};
use windowsill::checks::Findings;
use windowsill::model::{
    ChangeFreeze, DatedChange, Holiday, HolidayCalendar, Horizon, ListedDate, MaintenanceWindow, Minutes, MonthDay,
    OccurrenceChange, Plan, PlanParts, Rule, Table,
};
use windowsill::roll::{Choices, DateKey, Outcome, RollError, RollTarget, RolledPlan, meetings, roll_forward};
use windowsill::schedule::Schedule;

use crate::common::harbour;
use crate::support::desk::Desk;
use crate::support::full::full_plan;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn target(year: i32) -> RollTarget {
    RollTarget { year, id: "next".into(), title: None }
}

fn rolled(plan: &Plan, year: i32) -> RolledPlan {
    roll_forward(plan, &target(year), &Choices::new()).unwrap()
}

fn plan(horizon: Horizon, zone: &str, fill: impl FnOnce(&mut PlanParts)) -> Plan {
    let mut parts = Plan::new("old".into(), "Harbour 2027", horizon, zone).to_parts();
    fill(&mut parts);
    parts.into()
}

fn window(id: &str, rule: Rule) -> MaintenanceWindow {
    MaintenanceWindow::new(id.into(), id, rule)
}

fn weekly(day: Weekday, every: u16) -> Rule {
    Rule::Weekly { days: vec![day], every }
}

fn listed(dates: &[(&str, &str)]) -> Rule {
    Rule::Dates(dates.iter().map(|(on, words)| ListedDate { on: day(on), words: (*words).to_owned() }).collect())
}

/// The starts of a window in the plan.
fn starts(plan: &Plan, id: &str) -> Vec<String> {
    let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
    let window = schedule.window(&id.into()).unwrap();
    window
        .expansion
        .occurrences
        .iter()
        .map(|each| each.local_start.to_naive().format("%Y-%m-%d %H:%M").to_string())
        .collect()
}

fn listed_dates(plan: &Plan, id: &str) -> Vec<String> {
    match &plan.windows().get(&id.into()).unwrap().rule {
        Rule::Dates(dates) => dates.iter().map(|date| date.on.to_string()).collect(),
        rule => panic!("{rule:?}"),
    }
}

fn freeze(first: &str, last: &str, name: &str) -> ChangeFreeze {
    let id = name.to_lowercase().replace(' ', "-");
    ChangeFreeze { name: name.into(), last_on: day(last), ..ChangeFreeze::week((&*id).into(), day(first)) }
}

fn freezes(plan: &Plan) -> Vec<String> {
    plan.freezes().iter().map(|freeze| format!("{} {} to {}", freeze.id, freeze.first_on, freeze.last_on)).collect()
}

#[test]
fn the_rules_stay_and_what_happened_stays_behind() {
    let unresolved = roll_forward(&full_plan(), &target(2028), &Choices::new()).unwrap_err();
    assert!(matches!(unresolved, RollError::Conflicts(_)));
    let old: Plan = PlanParts { conflicts: Table::default(), ..full_plan().to_parts() }.into();
    let new = rolled(&old, 2028);
    let plan = &new.plan;
    assert_eq!(plan.id().as_str(), "next");
    assert_eq!(plan.horizon().from, day("2028-01-01"));
    assert!(plan.systems().ptr_eq(old.systems()) && plan.ladders().ptr_eq(old.ladders()));
    assert!(plan.areas().ptr_eq(old.areas()) && plan.releases().ptr_eq(old.releases()));
    assert!(plan.checklists().ptr_eq(old.checklists()) && plan.teams().ptr_eq(old.teams()));
    assert_eq!((plan.policy(), plan.invites()), (old.policy(), old.invites()));
    assert!(plan.ledger().is_empty() && plan.nights().is_empty() && plan.sent_invites().is_empty());
    assert!(plan.advisories().is_empty() && plan.acceptances().is_empty() && plan.cancelled_events().is_empty());
    for window in plan.windows() {
        assert!(window.exceptions.is_empty() && window.imported.is_none() && window.sequence == 0, "{}", window.id);
        assert!(window.bookings.iter().all(|booking| booking.on.is_none()), "{}", window.id);
        let before = old.windows().get(&window.id).unwrap();
        if before.rule.is_recurring() && before.changes.is_empty() && before.first.is_some() {
            assert_eq!((&window.rule, window.first), (&before.rule, before.first));
        }
    }
    assert!(plan.freezes().iter().all(|freeze| freeze.imported.is_none()));
    assert!(plan.holidays().iter().all(|calendar| calendar.imported.is_none()));
    assert!(!new.left_behind.is_empty());
}

#[test]
fn every_second_week_keeps_its_beat_across_a_year_of_53_weeks() {
    let old = plan(Horizon::year(2026), "UTC", |parts| {
        let weekly = |id: &str, first: Option<&str>| MaintenanceWindow {
            first: first.map(day),
            ..window(id, weekly(Weekday::Sun, 2))
        };
        let foreign = window("foreign", Rule::Foreign("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU".into()));
        parts.windows = [weekly("a", Some("2026-03-08")), weekly("b", None), foreign].into_iter().collect();
    });
    let new = rolled(&old, 2027);
    for id in ["a", "b", "foreign"] {
        let last = day(&starts(&old, id).last().unwrap()[..10]);
        let first = day(&starts(&new.plan, id)[0][..10]);
        assert_eq!((first - last).num_days(), 14, "{id}");
    }
}

#[test]
fn dated_changes_become_the_times_of_the_window() {
    let change = |from: &str, hour, shift_days| DatedChange {
        from: day(from),
        start: chrono::NaiveTime::from_hms_opt(hour, 0, 0),
        duration: Some(Minutes::hours(6)),
        shift_days,
    };
    let old = plan(Horizon { from: day("2027-01-01"), months: 24 }, "Europe/Berlin", |parts| {
        let with = |id: &str, rule, changes| MaintenanceWindow { changes, ..window(id, rule) };
        let patch = Rule::AfterRelease { release: "microsoft".into(), offset_days: 1, then: Some(Weekday::Sat) };
        let third = Rule::Monthly { on: MonthDay::Nth(3, Weekday::Sat), every: 1, offset_days: 0 };
        parts.windows = [
            with("plain", weekly(Weekday::Sat, 1), vec![change("2027-05-01", 23, 0)]),
            with("next-day", weekly(Weekday::Sat, 1), vec![change("2027-05-01", 1, 1), change("2028-06-01", 2, 2)]),
            with("biweekly", weekly(Weekday::Sat, 2), vec![change("2027-05-01", 1, 4)]),
            with("monthly", third, vec![change("2027-05-01", 1, 1)]),
            with("patch", patch, vec![change("2027-05-01", 1, 1)]),
        ]
        .into_iter()
        .collect();
    });
    let new = rolled(&old, 2028).plan;
    for window in new.windows() {
        let id = window.id.as_str();
        let expected: Vec<String> = starts(&old, id).into_iter().filter(|start| start.starts_with("2028")).collect();
        let found: Vec<String> = starts(&new, id).into_iter().filter(|start| start.starts_with("2028")).collect();
        assert_eq!(found, expected, "{id}");
        assert_eq!(window.duration, Minutes::hours(6));
    }
    let changes = |id: &str| new.windows().get(&id.into()).unwrap().changes.clone();
    assert!(changes("plain").is_empty() && changes("monthly").is_empty());
    assert_eq!(changes("next-day").len(), 1, "the change of 2028 is still to come");
    let shift_alone = DatedChange { from: day("2027-05-01"), start: None, duration: None, shift_days: 1 };
    assert_eq!(changes("patch"), [shift_alone]);
}

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
fn a_plan_may_cover_other_months_than_a_calendar_year() {
    let old = plan(Horizon { from: day("2027-04-01"), months: 18 }, "UTC", |parts| {
        parts.title = "Harbour 2027/28".into();
        parts.windows =
            [window("w", listed(&[("2027-06-05", ""), ("2027-11-06", ""), ("2028-06-03", "")]))].into_iter().collect();
    });
    let new = rolled(&old, 2028);
    assert_eq!(new.plan.horizon(), Horizon { from: day("2028-04-01"), months: 18 });
    assert_eq!(new.plan.title(), "Harbour 2028/29");
    // June 2028 is in both plans and stays; November 2028 and June 2029 are new.
    assert_eq!(listed_dates(&new.plan, "w"), ["2028-06-03", "2028-11-04", "2029-06-02"]);
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

#[test]
fn holidays_of_the_old_year_are_dropped_and_asked_for() {
    let old = plan(Horizon::year(2027), "UTC", |parts| {
        let holiday = |on: &str| Holiday { on: day(on), name: on.into(), region: String::new() };
        let calendar = |id: &str, days: &[&str]| HolidayCalendar {
            id: id.into(),
            name: id.into(),
            days: days.iter().map(|on| holiday(on)).collect(),
            imported: None,
        };
        parts.holidays = [calendar("de", &["2027-01-01", "2027-12-25"]), calendar("uk", &["2027-01-01", "2028-01-01"])]
            .into_iter()
            .collect();
    });
    let new = rolled(&old, 2028);
    let days = |id: &str| new.plan.holidays().get(&id.into()).unwrap().days.len();
    assert_eq!((days("de"), days("uk")), (0, 1));
    let incomplete: Vec<&str> =
        new.calendars.iter().filter(|each| each.is_incomplete()).map(|each| &*each.name).collect();
    assert_eq!(incomplete, ["de"]);
}

#[test]
fn what_meets_a_freeze_or_a_clock_change_is_listed_with_a_free_date() {
    let old = plan(Horizon::year(2027), "Europe/Berlin", |parts| {
        let early = MaintenanceWindow {
            start: chrono::NaiveTime::from_hms_opt(1, 0, 0).unwrap(),
            ..window("w", weekly(Weekday::Sun, 4))
        };
        parts.windows = [MaintenanceWindow { first: Some(day("2027-03-28")), ..early }].into_iter().collect();
        parts.freezes = [freeze("2027-02-14", "2027-02-20", "Audit")].into_iter().collect();
    });
    let new = rolled(&old, 2028);
    let schedule = Schedule::derive(&Arc::new(new.plan), None);
    let today = day("2027-11-01");
    let met = meetings(&schedule, &Findings::check(&schedule, today, None), today, usize::MAX);
    let words: Vec<String> = met.iter().map(|meeting| format!("{} {}", meeting.on, meeting.in_words())).collect();
    assert!(!words.is_empty(), "{words:?}");
    for meeting in &met {
        let (on, edit) = meeting.free.clone().unwrap();
        let moved = Schedule::derive(&Arc::new(schedule.plan.apply(&edit).unwrap()), Some(&schedule));
        let findings = Findings::check(&moved, today, None);
        assert!(meetings(&moved, &findings, today, usize::MAX).iter().all(|each| each.starts.date() != on));
    }
}

#[test]
fn a_window_moved_into_january_is_shown() {
    let old = plan(Horizon::year(2027), "UTC", |parts| {
        let mut moved = window("w", listed(&[("2027-12-25", "")]));
        moved.set_exception(
            day("2027-12-25"),
            OccurrenceChange::Moved { to: day("2028-01-08"), start: None, duration: None },
        );
        parts.windows = [moved].into_iter().collect();
    });
    let new = rolled(&old, 2028);
    assert!(new.across[0].is_moved && new.across[0].starts.date() == day("2028-01-08"));
    assert!(starts(&new.plan, "w").iter().all(|start| start.starts_with("2028-12")));
}

#[test]
fn a_year_that_is_not_later_is_refused() {
    let old = plan(Horizon::year(2027), "UTC", |_| {});
    let error = |year| roll_forward(&old, &target(year), &Choices::new()).unwrap_err();
    assert_eq!(error(2027), RollError::NotLater(2027));
    assert_eq!(error(2027).to_string(), "the plan begins in 2027: roll it to 2028 or a later year");
    assert_eq!(error(2101), RollError::OutOfRange(2101));
    assert_eq!(error(i32::MAX), RollError::OutOfRange(i32::MAX));
}

#[test]
fn the_command_writes_a_new_plan_and_never_over_another_file() {
    let desk = Desk::new();
    let dry = desk.run("roll plan.ron --to 2028 --dry-run");
    assert_eq!(dry.code, 0, "{}", dry.err);
    assert!(dry.out.contains("nothing was written") && dry.out.contains("Freeze Year end, "), "{}", dry.out);
    let ran = desk.run("roll plan.ron --to 2028 -o next.ron");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("Harbour Trust 2028: "), "{}", ran.out);
    let plan = desk.plan("next.ron");
    assert_ne!(plan.id(), harbour::plan().id());
    assert!(plan.windows().get(&"core-db".into()).unwrap().change_ticket.is_empty());
    for taken in ["next.ron", "plan.ron"] {
        let before = desk.read(taken);
        let ran = desk.run(&format!("roll plan.ron --to 2028 -o {taken}"));
        assert_eq!((ran.code, desk.read(taken)), (2, before));
        assert!(ran.err.contains("already exists"), "{}", ran.err);
    }
    let ran = desk.run("roll plan.ron --to 2027 --dry-run");
    assert_eq!((ran.code, &*ran.err), (2, "plan.ron: the plan begins in 2027: roll it to 2028 or a later year\n"));
    let json: serde_json::Value =
        serde_json::from_str(&desk.run("roll plan.ron --to 2028 --dry-run --format json").out).unwrap();
    assert_eq!(json["dates"][0]["was_from"], "2027-12-13");
    assert_eq!(json["saved_as"], serde_json::Value::Null);
}
