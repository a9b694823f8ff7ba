//! What is made of findings: one line for each cause, those that somebody has accepted, ways out of a change freeze.

use std::sync::Arc;

use chrono::{Datelike as _, Days, NaiveDate, NaiveTime};
use proptest::prelude::*;
use windowsill::checks::{
    AcceptanceExtent, Acceptances, Context, Findings, Severity, displaced, fold, moves_out_of_freeze,
};
use windowsill::model::{
    Acceptance, ChangeFreeze, DatedChange, Edit, LedgerEntry, LedgerKey, MaintenanceWindow, Minutes, Plan, Rule,
    Subject, System, SystemId, SystemScope, UtcMinute, WindowId, built_in_releases,
};
use windowsill::schedule::{Occurrence, Schedule};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, Command, Destination, FileState, Selection, Session, View};

use crate::support::edits::any_edit;
use crate::support::full::{date, empty_plan};
use crate::support::judging::{self, found_in, today};

/// The plan of a rule's first fixture that fires; fixtures with longer names come before it.
fn plan_of(code: &str) -> Arc<Plan> {
    judging::plan_of(judging::fixtures(code, "fires").last().unwrap())
}

/// The words of a rule's folded findings in its fixture.
fn folded(code: &str) -> Vec<String> {
    folded_in(code, &plan_of(code), today())
}

/// The same plan with every window repeated weekly, and with each answer repeated for the next weeks.
fn again_each_week(plan: &Plan) -> Plan {
    let mut parts = plan.to_parts();
    let again = |window: &Arc<MaintenanceWindow>| match &window.rule {
        Rule::Dates(dates) if !dates.is_empty() => MaintenanceWindow {
            rule: Rule::Weekly { days: vec![dates[0].on.weekday()], every: 1 },
            first: Some(dates[0].on),
            ..MaintenanceWindow::clone(window)
        },
        _ => MaintenanceWindow::clone(window),
    };
    parts.windows = parts.windows.iter().map(again).collect();
    let plan = Plan::from(parts);
    let next_week = |entry: &Arc<LedgerEntry>| {
        let key = LedgerKey { on: entry.key.on + Days::new(7), ..entry.key.clone() };
        Edit::PutEntry(LedgerEntry { key, ..LedgerEntry::clone(entry) })
    };
    let entries: Vec<Edit> = plan.ledger().iter().map(next_week).collect();
    entries.iter().fold(plan, |plan, edit| plan.apply(edit).unwrap())
}

fn folded_in(code: &str, plan: &Arc<Plan>, today: NaiveDate) -> Vec<String> {
    let schedule = Schedule::derive(plan, None);
    let findings = Findings::check(&schedule, today, None);
    let cx = Context::new(&schedule, today);
    let of_rule = findings.list.iter().filter(|finding| finding.rule.code == code);
    fold(of_rule).iter().map(|cause| cause.message(&cx).to_owned()).collect()
}

#[test]
fn findings_of_one_cause_are_one_line() {
    assert_eq!(folded("F001"), ["Freeze Year end covers 2 occurrences of 2 windows, from Sun 12 Dec 2027 on"]);
    assert_eq!(folded("F003"), ["3 windows are exempt from freeze Quarter end, but no approver is named"]);
}

#[test]
fn repeated_findings_are_folded_into_one_sentence() {
    let on_the_day = date(2026, 11, 25);
    for (code, today, line) in [
        (
            "C001",
            on_the_day,
            "1 occurrence of Both: notice to Payments and Sales is late; the first was due on Fri 20 Nov 2026",
        ),
        ("C001", today(), "2 occurrences of Later: Sales asked too late; the first notice was due on Sun 15 Nov 2026"),
        ("C001", today(), "2 occurrences of Today: notice to Payments is due soon, the first on Sat 21 Nov 2026"),
        (
            "C001",
            today(),
            "2 occurrences of Both: notice to Payments and Sales is due soon, the first on Mon 23 Nov 2026",
        ),
        ("C002", on_the_day, "2 occurrences of A: no answer from Payments; the first was due by Wed 18 Nov 2026"),
        (
            "C003",
            today(),
            "2 occurrences of Far: Payments declined, and no reserve date is set, the first Sat 25 Sep 2027",
        ),
        ("C004", today(), "B: nobody is booked to test after 47 occurrences, the first Sat 6 Feb 2027"),
        (
            "C005",
            today(),
            "Cy Moss is booked for 52 occurrences of 1 window but cannot be there, the first Fri 8 Jan 2027",
        ),
        ("C005", today(), "Unix has too few people free for 34 occurrences of 1 window, the first Sat 8 May 2027"),
        ("C006", today(), "Cy Moss works too many nights or rests too little, 34 times, the first Sun 9 May 2027"),
        (
            "W002",
            today(),
            "Pair works on DB 2 and on its twin at the same time: 42 occurrences, the first Sat 13 Mar 2027",
        ),
        (
            "W002",
            today(),
            "Left works on a system while Right works on its twin: 38 occurrences, the first Sat 10 Apr 2027",
        ),
        (
            "W002",
            today(),
            "Tracks works on DB 1 and on one that depends on it at the same time: 34 occurrences, the first Sat 8 May 2027",
        ),
        ("W004", today(), "39 occurrences of Late are outside the hours allowed by Retail, the first Sat 3 Apr 2027"),
        ("W006", today(), "40 nights exceed the policy's limits; worst on Sat 30 Oct 2027, 252 hosts of 100"),
        (
            "W007",
            today(),
            "Production of Servers waits too long for a window, 2 times; 180 days at worst, from Fri 1 Jan 2027 on",
        ),
        ("R005", today(), "Desktops: Pilot lacks appliance and ThinkPad T14; 121 such hosts come later"),
    ] {
        let lines = folded_in(code, &Arc::new(again_each_week(&plan_of(code))), today);
        assert!(lines.iter().any(|each| each == line), "{line}\nis not among\n{}", lines.join("\n"));
    }
}

#[test]
fn stepping_visits_every_finding_and_starts_over() {
    let plan = ["One", "Two"].into_iter().fold(Plan::clone(&plan_of("W007")), |plan, name| {
        let first = System::clone(&plan.systems().as_slice()[0]);
        let system = System { id: SystemId::new(name), name: name.to_owned(), ..first };
        plan.apply(&Edit::PutSystem(system)).unwrap()
    });
    let mut session = Session::new(plan, FileState::none(), Box::new(FixedClock(UtcMinute(29_914_560))), None);
    let mut destinations: Vec<Destination> =
        session.findings().open().map(|finding| Destination::for_finding(finding)).collect();
    destinations.dedup();
    assert!(destinations.contains(&Destination::Subject(Subject::System(SystemId::new("Two")))), "{destinations:?}");
    assert!(
        destinations.iter().any(|destination| matches!(destination, Destination::Subject(Subject::Group(_)))),
        "{destinations:?}"
    );
    let mut step = |command| {
        session.perform(Action::Run(command));
        let listed = session.navigation.listed.clone().filter(|_| session.navigation.view == View::Lists);
        (session.navigation.view, listed, session.navigation.selection.clone())
    };
    let seen: Vec<_> = destinations.iter().map(|_| step(Command::NextFinding)).collect();
    for (destination, seen) in destinations.iter().zip(&seen) {
        match destination {
            Destination::Subject(subject @ Subject::System(_)) => assert_eq!(seen.1.as_ref(), Some(subject)),
            Destination::Subject(Subject::Group(_) | Subject::Ladder(_)) => assert_eq!(seen.0, View::Groups),
            Destination::Subject(Subject::Window(window)) => assert_eq!(seen.2, Selection::Window(window.clone())),
            other => panic!("{other:?} is of no rule that is looked at here"),
        }
    }
    for before in seen.iter().rev().skip(1) {
        let (view, listed, _) = step(Command::PreviousFinding);
        assert_eq!((view, &listed), (before.0, &before.1));
    }
    let (view, listed, _) = step(Command::PreviousFinding);
    let last = seen.last().unwrap();
    assert_eq!((view, &listed), (last.0, &last.1), "from the first to the last");
}

#[test]
fn an_accepted_finding_is_counted_until_its_day_is_over() {
    let plan = Plan::clone(&plan_of("F001"));
    let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
    let findings = found_in(&schedule);
    let [first, second] = [&findings.list[0], &findings.list[1]];
    assert_eq!((first.rule.code, second.rule.code), ("F001", "F001"));
    let until = date(2026, 12, 24);
    let accepted = |extent| {
        let acceptance = Acceptance::for_finding(&plan, first, extent, until);
        Schedule::derive(&Arc::new(plan.apply(&Edit::PutAcceptance(acceptance)).unwrap()), Some(&schedule))
    };
    let one = accepted(AcceptanceExtent::Occurrence);
    let on_the_day = Findings::check(&one, until, Some(&findings));
    let errors = findings.count(Severity::Error);
    assert_eq!((on_the_day.count(Severity::Error), on_the_day.accepted_count()), (errors - 1, 1));
    assert!(!on_the_day.is_open(first) && on_the_day.is_open(second));
    let after = Findings::check(&one, date(2026, 12, 25), Some(&on_the_day));
    assert_eq!((after.count(Severity::Error), after.accepted_count()), (errors, 0));
    assert!(after.accepted.expired(&after.list[0]).is_some());
    let whole = Findings::check(&accepted(AcceptanceExtent::Cause), today(), Some(&findings));
    assert_eq!(whole.accepted_count(), 2);
    assert!(whole.accepted.stale(&whole.list).is_empty());
    assert_eq!(whole.accepted.stale(&[]).len(), 1);
}

#[test]
fn a_conflict_that_somebody_accepts_stays_open() {
    let plan = Plan::clone(&plan_of("P016"));
    let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
    let findings = found_in(&schedule);
    let conflict = findings.list.iter().find(|finding| finding.rule.code == "P016").unwrap();
    let until = date(2099, 12, 31);
    for extent in AcceptanceExtent::for_finding(conflict) {
        let acceptance = Acceptance::for_finding(&plan, conflict, extent, until);
        assert!(!acceptance.covers(conflict));
        let accepted = Arc::new(plan.apply(&Edit::PutAcceptance(acceptance)).unwrap());
        let schedule = Schedule::derive(&accepted, Some(&schedule));
        let found = Findings::check(&schedule, today(), Some(&findings));
        assert_eq!((found.count(Severity::Error), found.accepted_count()), (findings.count(Severity::Error), 0));
        assert!(found.is_open(conflict) && found.accepted.expired(conflict).is_none());
        assert_eq!(found.accepted.stale(&found.list).len(), 1, "it has no effect, and can be removed");
    }
    let mut several = Acceptances::new(&plan);
    several.accept(conflict, "Later", "Ann", until);
    assert!(several.take_edits().is_empty());
}

/// A week without changes from that day on.
fn week(first_on: NaiveDate) -> ChangeFreeze {
    ChangeFreeze { name: "Week".to_owned(), ..ChangeFreeze::week("week".into(), first_on) }
}

#[test]
fn a_recurring_freeze_meets_windows_that_a_dated_change_moves_beyond_the_months() {
    for (shift_days, frozen_on) in [(0, None), (3_655, Some("Sat 14 Mar 2037")), (-3_650, Some("Tue 14 Mar 2017"))] {
        let change = DatedChange { from: date(2027, 3, 1), start: None, duration: None, shift_days };
        let window = MaintenanceWindow {
            changes: vec![change],
            ..MaintenanceWindow::new(WindowId::new("w"), "Core", Rule::once(date(2027, 3, 12)))
        };
        let freeze = ChangeFreeze { every_months: Some(12), last_on: date(2016, 3, 15), ..week(date(2016, 3, 14)) };
        let edits = [Edit::PutWindow(window), Edit::PutFreeze(freeze)];
        let plan = Arc::new(edits.iter().fold(empty_plan(), |plan, edit| plan.apply(edit).unwrap()));
        let found = found_in(&Schedule::derive(&plan, None));
        let frozen = found.list.iter().find(|finding| finding.rule.code == "F001");
        assert_eq!(frozen.is_some(), frozen_on.is_some(), "{frozen:?}");
        assert!(frozen.is_none_or(|found| found.message.contains(frozen_on.unwrap())), "{frozen:?}");
    }
}

/// Windows on the nights of 8, 9 and 10 March 2027, the first two on the same system.
fn three_nights() -> Arc<Plan> {
    let window = |id: &str, day, system: &str| MaintenanceWindow {
        systems: vec![system.into()],
        ..MaintenanceWindow::new(WindowId::new(id), id, Rule::once(date(2027, 3, day)))
    };
    let mut parts = empty_plan().to_parts();
    parts.systems = plan_of("F001").systems().clone();
    parts.windows = [window("a", 8, "db"), window("b", 8, "db"), window("c", 10, "web")].into_iter().collect();
    let plan = Plan::from(parts);
    Arc::new(plan)
}

#[test]
fn what_a_freeze_displaces_goes_to_the_next_free_weeks_and_nothing_meets() {
    let schedule = Schedule::derive(&three_nights(), None);
    let freeze = week(date(2027, 3, 8));
    let all = displaced(&schedule, &freeze);
    let labels: Vec<_> = moves_out_of_freeze(&schedule, today(), &freeze, &all)
        .into_iter()
        .map(|move_out| move_out.map(|fix| fix.label).unwrap_or_default())
        .collect();
    assert_eq!(labels, ["Move to Mon 15 Mar 2027", "Move to Mon 22 Mar 2027", "Move to Wed 17 Mar 2027"]);
}

#[test]
fn short_windows_in_the_skipped_hour_do_not_go_to_the_same_night() {
    let window = |id: &str| MaintenanceWindow {
        systems: vec!["db".into()],
        start: NaiveTime::from_hms_opt(2, 30, 0).unwrap(),
        duration: Minutes(30),
        ..MaintenanceWindow::new(WindowId::new(id), id, Rule::once(date(2027, 3, 21)))
    };
    let mut parts = empty_plan().to_parts();
    parts.systems = plan_of("F001").systems().clone();
    parts.windows = [window("a"), window("b")].into_iter().collect();
    let schedule = Schedule::derive(&Arc::new(Plan::from(parts)), None);
    let freeze = week(date(2027, 3, 20));
    let moves = moves_out_of_freeze(&schedule, today(), &freeze, &displaced(&schedule, &freeze));
    let labels: Vec<_> = moves.into_iter().map(|move_out| move_out.unwrap().label).collect();
    // On 28 March the clocks skip from 02:00 to 03:00.
    assert_eq!(labels, ["Move to Sun 28 Mar 2027", "Move to Sun 4 Apr 2027"]);
}

#[test]
fn what_brings_a_release_is_not_moved_before_it() {
    // The release is on Tue 14 Dec, and the freeze lasts until the plan ends.
    let after_release = Rule::AfterRelease { release: "microsoft".into(), offset_days: 4, then: None };
    for (rule, expected) in [(after_release, None), (Rule::once(date(2027, 12, 18)), Some("Move to Sat 11 Dec 2027"))] {
        let mut parts = empty_plan().to_parts();
        parts.releases = built_in_releases().into_iter().collect();
        parts.systems = plan_of("F001").systems().clone();
        let window = MaintenanceWindow { systems: vec!["db".into()], ..MaintenanceWindow::new("a".into(), "A", rule) };
        parts.windows = [window].into_iter().collect();
        let schedule = Schedule::derive(&Arc::new(Plan::from(parts)), None);
        let freeze = ChangeFreeze { last_on: date(2027, 12, 31), ..week(date(2027, 12, 15)) };
        let all = displaced(&schedule, &freeze);
        let moves = moves_out_of_freeze(&schedule, today(), &freeze, &all);
        let labels: Vec<_> = moves.iter().map(|fix| fix.as_ref().map(|fix| fix.label.as_str())).collect();
        assert_eq!(labels, [expected]);
    }
}

#[test]
fn a_freeze_that_is_dragged_counts_where_it_would_be() {
    let schedule = Schedule::derive(&three_nights(), None);
    let plan = schedule.plan.apply(&Edit::PutFreeze(week(date(2027, 3, 15)))).unwrap();
    let schedule = Schedule::derive(&Arc::new(plan), Some(&schedule));
    let ghost = week(date(2027, 3, 10));
    let all = displaced(&schedule, &ghost);
    let [move_out] = &moves_out_of_freeze(&schedule, today(), &ghost, &all)[..] else { panic!("{all:?}") };
    assert_eq!(move_out.as_ref().unwrap().label, "Move to Wed 17 Mar 2027", "where the freeze was, it no longer is");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_freeze_displaces_what_f001_finds_and_moving_all_leaves_nothing(
        edits in proptest::collection::vec(any_edit(), 5..60),
        (month, day) in (1..=12_u32, 1..=28_u32),
        every_months in proptest::sample::select(vec![None, Some(3), Some(12)]),
    ) {
        let plan = edits.iter().fold(empty_plan(), |plan, edit| plan.apply(edit).unwrap_or(plan));
        let freeze = ChangeFreeze { every_months, scope: SystemScope::Everything, ..week(date(2027, month, day)) };
        let plan = Arc::new(plan.apply(&Edit::PutFreeze(freeze.clone())).unwrap());
        let schedule = Schedule::derive(&plan, None);
        let all = displaced(&schedule, &freeze);
        let of_freeze = |findings: &Findings| {
            let here = |code: &str, cause: &str| code == "F001" && cause == "freeze week";
            findings.list.iter().filter(|each| here(each.rule.code, &each.cause().to_string())).count()
        };
        prop_assert_eq!(all.len(), of_freeze(&found_in(&schedule)));
        let moves = moves_out_of_freeze(&schedule, today(), &freeze, &all);
        let stay = moves.iter().filter(|move_out| move_out.is_none()).count();
        let edits = moves.into_iter().flatten().map(|fix| fix.edit).collect();
        let moved = plan.apply(&Edit::Together { label: "Move all".to_owned(), edits }).unwrap();
        let after = Schedule::derive(&Arc::new(moved), None);
        prop_assert_eq!(of_freeze(&found_in(&after)), stay);
        prop_assert!(overlaps(&after) <= overlaps(&schedule), "what was moved meets something");
    }
}

/// How many pairs of occurrences work on one system at once.
fn overlaps(schedule: &Schedule) -> usize {
    let all = schedule.in_order(false);
    let meets = |index: usize, (window, occurrence): &(&Arc<windowsill::schedule::WindowSchedule>, &Occurrence)| {
        let later = all[index + 1..].iter().take_while(|(_, other)| other.start_at < occurrence.end_at);
        later
            .filter(|(other, _)| other.id() == window.id() || window.scope.first_shared(&other.scope).is_some())
            .count()
    };
    all.iter().enumerate().map(|(index, each)| meets(index, each)).sum()
}
