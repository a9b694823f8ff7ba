//! What stays in a rolled plan, what stays behind, and what crosses its first day.

use std::sync::Arc;

use chrono::Weekday;
use windowsill::checks::Findings;
use windowsill::model::{
    DatedChange, Holiday, HolidayCalendar, Horizon, MaintenanceWindow, Minutes, MonthDay, OccurrenceChange, Plan,
    PlanParts, Rule, Table,
};
use windowsill::roll::{Choices, Crossing, RollError, meetings, roll_forward};
use windowsill::schedule::Schedule;

use super::{day, freeze, listed, listed_dates, plan, rolled, starts, target, weekly, window};
use crate::support::full::full_plan;

#[test]
fn the_rules_stay_and_what_happened_stays_behind() {
    let unresolved = roll_forward(&full_plan(), &target(2028), &Choices::new()).unwrap_err();
    assert!(matches!(unresolved, RollError::Conflicts(_)));
    let old: Plan = PlanParts { conflicts: Table::default(), ..full_plan().to_parts() }.into();
    let new = rolled(&old, 2028);
    let plan = &new.plan;
    assert_eq!(plan.id().as_str(), format!("{}-next", windowsill::model::slug(plan.title())));
    assert!(plan.title().contains("2028") && !plan.title().contains("2027"), "{}", plan.title());
    assert_eq!(plan.horizon().from, day("2028-01-01"));
    assert!(plan.systems().ptr_eq(old.systems()) && plan.ladders().ptr_eq(old.ladders()));
    assert!(plan.areas().ptr_eq(old.areas()) && plan.releases().ptr_eq(old.releases()));
    assert!(plan.checklists().ptr_eq(old.checklists()) && plan.teams().ptr_eq(old.teams()));
    assert_eq!((plan.policy(), plan.invites()), (old.policy(), old.invites()));
    assert!(plan.ledger().is_empty() && plan.nights().is_empty() && plan.sent_invites().is_empty());
    assert!(plan.advisories().is_empty() && plan.acceptances().is_empty() && plan.cancelled_events().is_empty());
    let kept: Vec<_> = plan.windows().iter().collect();
    assert!(!kept.is_empty());
    let mut has = [0; 5];
    for window in &kept {
        assert!(window.exceptions.is_empty() && window.imported.is_none() && window.sequence == 0, "{}", window.id);
        assert!(window.bookings.iter().all(|booking| booking.on.is_none()), "{}", window.id);
        assert_eq!(window.change_ticket, "");
        let before = old.windows().get(&window.id).unwrap();
        assert_eq!(
            (&window.name, window.kind, &window.groups, &window.systems, &window.zone),
            (&before.name, before.kind, &before.groups, &before.systems, &before.zone)
        );
        has[0] += before.exceptions.len();
        has[1] += before.bookings.len();
        has[2] += usize::from(before.imported.is_some());
    }
    assert!(plan.freezes().iter().all(|freeze| freeze.imported.is_none()));
    has[3] = plan.freezes().len();
    // A calendar remembers where its days come from, but none of the events.
    let imported = |calendar: &HolidayCalendar| calendar.imported.clone().unwrap_or_default();
    for calendar in plan.holidays() {
        let before = imported(old.holidays().get(&calendar.id).unwrap());
        assert_eq!(imported(calendar).source, before.source);
        assert!(imported(calendar).events.is_empty());
        has[4] += before.events.len();
    }
    assert!(has.iter().all(|count| *count > 0), "the plan lacks something that stays behind: {has:?}");
    for (noun, count) in [
        ("answer", old.ledger().len()),
        ("sent invite", old.sent_invites().len()),
        ("record", old.nights().len()),
        ("advisor", old.advisories().len()),
        ("acceptance", old.acceptances().len()),
    ] {
        let line = new.left_behind.iter().find(|line| line.contains(noun)).unwrap();
        assert!(count > 0 && line.starts_with(&format!("{count} ")), "{line}");
    }
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
fn what_crosses_the_first_day_of_the_new_plan_is_shown() {
    let old = plan(Horizon::year(2027), "Europe/Berlin", |parts| {
        let late = |id: &str, day| MaintenanceWindow { duration: Minutes::hours(6), ..window(id, weekly(day, 1)) };
        let mut early = window("early", weekly(Weekday::Sat, 1));
        early.set_exception(
            day("2028-01-01"),
            OccurrenceChange::Moved { to: day("2027-12-30"), start: None, duration: None },
        );
        let shifted = MaintenanceWindow {
            changes: vec![DatedChange { from: day("2027-05-01"), start: None, duration: None, shift_days: 4 }],
            ..window(
                "shifted",
                Rule::AfterRelease { release: "microsoft".into(), offset_days: 14, then: Some(Weekday::Tue) },
            )
        };
        parts.windows = [late("night", Weekday::Fri), early, shifted].into_iter().collect();
    });
    let across = |year| -> Vec<String> {
        let new = rolled(&old, year);
        new.across.iter().map(|each| format!("{} {} {:?}", each.name, each.starts, each.kind)).collect()
    };
    assert_eq!(
        across(2028),
        ["early 2027-12-30 22:00:00 MovedAway", "night 2027-12-31 22:00:00 Runs", "shifted 2028-01-01 22:00:00 InBoth"]
    );
    // 31 December 2032 is a Friday, in the months of neither plan.
    assert_eq!(across(2033), ["night 2032-12-31 22:00:00 InNeither", "shifted 2033-01-01 22:00:00 InBoth"]);
    let report = rolled(&old, 2028).facts();
    let (title, lines) = &report[0];
    assert_eq!((*title, lines.len()), ("Around the first day of the new plan", 3));
    assert!(lines[1].starts_with("night, Fri 31 Dec 2027 22:00 – 04:00"), "{lines:?}");
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
    assert!(new.across[0].kind == Crossing::OnlyInEarlier && new.across[0].starts.date() == day("2028-01-08"));
    assert!(starts(&new.plan, "w").iter().all(|start| start.starts_with("2028-12")));
}
