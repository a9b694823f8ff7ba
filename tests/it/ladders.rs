//! Ladders in time: cycles with what was missed and why, and the days on which deadlines cannot be met.

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate, Weekday};
use windowsill::model::*;
use windowsill::schedule::{
    Cycle, Cycles, DayVerdict, EmergencyReachability, FreezeTimes, LadderReachability, MissReason, Reachability,
    Schedule, SeverityReachability, Standby, StandbyWindows,
};

use crate::support::full::{clock, date, empty_plan};

/// A plan of 2027 in Berlin with one ladder, "servers", on which each group has one system. A group is
/// given by its name and its soak time in hours.
fn plan(groups: &[(&str, u32)]) -> Plan {
    let mut parts = empty_plan().to_parts();
    let system = |name: &str| System { id: name.into(), name: name.to_owned(), hosts: 1, ..System::default() };
    parts.systems = groups.iter().map(|(name, _)| system(name)).collect();
    let group = |(name, soak): &(&str, u32)| DeploymentGroup {
        id: (*name).into(),
        name: (*name).to_owned(),
        stage: Stage::Test,
        soak: Some(Minutes::hours(*soak)),
        cadence_days: None,
        checklist: None,
        systems: vec![(*name).into()],
    };
    let ladder = Ladder {
        id: "servers".into(),
        name: "Servers".to_owned(),
        class: SystemClass::Server,
        release: Some("microsoft".into()),
        groups: groups.iter().map(group).collect(),
    };
    parts.ladders = [ladder].into_iter().collect();
    parts.into()
}

/// From 20:00 for two hours.
fn window(group: &str, rule: Rule) -> MaintenanceWindow {
    MaintenanceWindow {
        groups: vec![group.into()],
        start: clock(20, 0),
        duration: Minutes::hours(2),
        ..MaintenanceWindow::new(group.into(), group, rule)
    }
}

fn with(plan: &Plan, edits: impl IntoIterator<Item = Edit>) -> Plan {
    edits.into_iter().fold(plan.clone(), |plan, edit| plan.apply(&edit).unwrap())
}

fn after_release(offset_days: i32, then: Weekday) -> Rule {
    Rule::AfterRelease { release: "microsoft".into(), offset_days, then: Some(then) }
}

fn weekly(day: Weekday) -> Rule {
    Rule::Weekly { days: vec![day], every: 1 }
}

fn freeze(first_on: NaiveDate, last_on: NaiveDate) -> Edit {
    Edit::PutFreeze(ChangeFreeze { last_on, ..ChangeFreeze::week("audit".into(), first_on) })
}

fn derived(plan: Plan) -> Schedule {
    Schedule::derive(&Arc::new(plan), None)
}

fn cycles(plan: Plan) -> Vec<Cycle> {
    Cycles::derive(&derived(plan)).ladders[0].cycles.clone()
}

fn of_month(cycles: &[Cycle], month: u32) -> &Cycle {
    cycles.iter().find(|cycle| cycle.released_at.to_utc().month() == month).unwrap()
}

fn reachability(plan: Plan) -> LadderReachability {
    Reachability::derive(&derived(plan)).ladders[0].clone()
}

/// How many of the days from that one on are late, for each severity.
fn late(ladder: &LadderReachability, from: NaiveDate, days: usize) -> Vec<usize> {
    let first = (from - ladder.first_day).num_days() as usize;
    let count = |days: &[DayVerdict]| days.iter().filter(|day| **day == DayVerdict::Late).count();
    ladder.severities.iter().map(|severity| count(&severity.days[first..first + days])).collect()
}

fn two_years(plan: Plan) -> Plan {
    Plan::from(PlanParts { horizon: Horizon { from: date(2027, 1, 1), months: 24 }, ..plan.to_parts() })
}

#[test]
fn one_window_a_month_misses_short_deadlines_on_most_days() {
    let plan = two_years(plan(&[("all", 0)]));
    let monthly = window("all", after_release(1, Weekday::Sat));
    let ladder = reachability(with(&plan, [Edit::PutWindow(monthly)]));
    // From the day after one window to the day of the one twelve releases later: 364 days.
    assert_eq!((date(2028, 1, 15) - date(2027, 1, 16)).num_days(), 364);
    assert_eq!(late(&ladder, date(2027, 1, 17), 364), [328, 280, 20, 0]);
}

#[test]
fn a_weekly_window_fails_72_hours_on_four_days_of_seven() {
    let plan = plan(&[("all", 0)]);
    let ladder = reachability(with(&plan, [Edit::PutWindow(window("all", weekly(Weekday::Sat)))]));
    for week in 0..50 {
        assert_eq!(late(&ladder, date(2027, 1, 3) + chrono::Days::new(7 * week), 7), [4, 0, 0, 0]);
    }
    let critical = &ladder.severities[0];
    let gap = ladder.largest_gap(critical).unwrap();
    assert_eq!((gap.from, gap.to, gap.days), (date(2027, 1, 3), date(2027, 1, 6), 4));
    // From Sunday to Saturday evening, in the week after which the clocks go back.
    assert_eq!(ladder.worst(), Some(Minutes::hours(6 * 24 + 23)));
}

#[test]
fn an_unreached_day_with_a_deadline_after_the_plan_does_not_count() {
    let plan = plan(&[("all", 0)]);
    let ladder = reachability(with(&plan, [Edit::PutWindow(window("all", Rule::once(date(2027, 6, 1))))]));
    let medium = &ladder.severities[2];
    // From 2 December on, 30 days reach into 2028.
    assert_eq!(medium.days.iter().filter(|day| **day == DayVerdict::Open).count(), 29);
    assert_eq!((medium.judged(), medium.late()), (336, 336 - 30));
    assert_eq!(ladder.climbs.iter().flatten().count(), 152);
}

#[test]
fn each_group_waits_for_the_one_before_it_and_its_soak_time() {
    let plan = plan(&[("test", 24), ("empty", 999), ("prod", 0)]);
    let test = window("test", weekly(Weekday::Wed));
    let prod = window("prod", weekly(Weekday::Thu));
    let empty = Edit::Unassign { systems: vec!["empty".into()], ladder: "servers".into() };
    let cycles = cycles(with(&plan, [Edit::PutWindow(test), Edit::PutWindow(prod), empty]));
    let march = of_month(&cycles, 3);
    let steps: Vec<_> = march.steps.iter().map(|step| (step.group, step.start_at.to_utc().to_string())).collect();
    // Test is done on Wednesday at 22:00, so the 24 hours are over at 22:00 on Thursday: production waits a week.
    let expected = [(0, "2027-03-10 19:00:00 UTC"), (2, "2027-03-18 19:00:00 UTC")];
    assert_eq!(steps, expected.map(|(group, at)| (group, at.to_owned())));
    assert_eq!((march.days_to_all(), march.collides(), &march.missed), (Some(9), false, &None));
    assert_eq!(cycles.len(), 12);
    assert_eq!(cycles[11].next_at.unwrap().to_utc().to_string(), "2028-01-11 18:00:00 UTC");
}

#[test]
fn what_was_missed_says_why() {
    let groups = [("test", 24), ("prod", 0)];
    let test = || Edit::PutWindow(window("test", after_release(1, Weekday::Wed)));
    let prod = |offset_days| Edit::PutWindow(window("prod", after_release(offset_days, Weekday::Sat)));
    let why = |edits: Vec<Edit>| {
        let cycles = cycles(with(&plan(&groups), edits));
        let march = of_month(&cycles, 3);
        let missed = march.missed.clone().expect("the group is missed");
        assert_eq!(missed.group, 1);
        (missed.why, missed.occurrence.map(|key| key.on), march.collides())
    };
    let saturday = date(2027, 3, 13);
    let march = || (date(2027, 3, 12), date(2027, 3, 14));
    assert_eq!(why(vec![test()]), (MissReason::NoWindow("prod".into()), None, false));
    let (from, to) = march();
    let frozen = vec![test(), prod(1), freeze(from, to)];
    assert_eq!(why(frozen), (MissReason::Freeze("audit".into()), Some(saturday), true));
    let skipped = Edit::SkipOccurrence { window: "prod".into(), on: saturday, reason: "Party".to_owned() };
    assert_eq!(why(vec![test(), prod(1), skipped]), (MissReason::Skipped, Some(saturday), true));
    let moved = |to| Edit::MoveOccurrence { window: "prod".into(), on: saturday, to, start: None, duration: None };
    assert_eq!(why(vec![test(), prod(1), moved(date(2027, 3, 9))]).0, MissReason::Order);
    assert_eq!(why(vec![test(), prod(1), moved(date(2027, 3, 11))]), (MissReason::Soak, Some(saturday), true));
    // Test is displaced by the freeze to a day after which production has no window.
    let late_test = Edit::AddOccurrence { window: "test".into(), on: date(2027, 3, 20), start: None, duration: None };
    let frozen_test = vec![test(), prod(1), late_test, freeze(date(2027, 3, 10), date(2027, 3, 10))];
    assert_eq!(why(frozen_test), (MissReason::Freeze("audit".into()), None, true));
    let only_april = window("prod", Rule::once(date(2027, 4, 17)));
    assert_eq!(why(vec![test(), Edit::PutWindow(only_april)]), (MissReason::NoOccurrence("prod".into()), None, true));
}

#[test]
fn a_cycle_that_the_plan_cuts_off_is_open_and_not_incomplete() {
    let plan = plan(&[("test", 24), ("prod", 0)]);
    let test = Edit::PutWindow(window("test", after_release(1, Weekday::Wed)));
    let prod = Edit::PutWindow(window("prod", after_release(20, Weekday::Sat)));
    let cycles = cycles(with(&plan, [test, prod]));
    let december = of_month(&cycles, 12);
    let missed = december.missed.as_ref().unwrap();
    assert_eq!((&missed.why, missed.is_open, december.is_incomplete()), (&MissReason::AfterHorizon, true, false));
    assert!(cycles[..11].iter().all(|cycle| cycle.missed.is_none() && cycle.is_complete));
}

#[test]
fn an_exempt_window_counts_during_a_freeze() {
    let plan = plan(&[("all", 0)]);
    let exemption = Exemption { window: "all".into(), approver: "Board".to_owned(), reason: String::new() };
    let everything = ChangeFreeze {
        last_on: date(2027, 12, 31),
        exemptions: vec![exemption],
        ..ChangeFreeze::week("audit".into(), date(2027, 1, 1))
    };
    let window = Edit::PutWindow(window("all", weekly(Weekday::Sat)));
    let exempt = cycles(with(&plan, [window.clone(), Edit::PutFreeze(everything.clone())]));
    assert!(exempt.iter().all(|cycle| cycle.is_complete));
    let frozen = ChangeFreeze { exemptions: Vec::new(), ..everything };
    let frozen = cycles(with(&plan, [window, Edit::PutFreeze(frozen)]));
    assert!(frozen.iter().all(|cycle| cycle.missed.as_ref().unwrap().why == MissReason::Freeze("audit".into())));
}

/// What the standby windows for that severity are, and how many days of each severity are late once they are added.
fn with_standbys(plan: Plan, severity: usize) -> (StandbyWindows, Vec<usize>) {
    let schedule = derived(plan);
    let (reach, freezes) = (&schedule.reaches[0], FreezeTimes::all(&schedule));
    let days = LadderReachability::derive(&schedule, reach, &freezes).unwrap();
    let standby = Standby::find(&schedule, reach, &freezes, &days, &days.severities[severity]);
    let Standby::Windows(windows) = standby else { panic!("{standby:?}") };
    let edit = windows.edit(&schedule, reach).unwrap();
    let after = reachability(schedule.plan.apply(&edit).unwrap());
    (windows, after.severities.iter().map(SeverityReachability::late).collect())
}

#[test]
fn standby_windows_bring_the_late_days_to_none_in_the_hours_of_the_ladders_own_windows() {
    let plan = plan(&[("all", 0)]);
    let weekly = window("all", weekly(Weekday::Sat));
    let (found, late) = with_standbys(with(&plan, [Edit::PutWindow(weekly)]), 0);
    // Four late days a week need two windows; the first two days of the year follow the Saturday before it.
    assert_eq!((found.left, late), (0, vec![0, 0, 0, 0]));
    assert_eq!(found.list.len(), 104);
    let first = &found.list[0];
    assert_eq!((first.on, first.group), (date(2027, 1, 5), 0));
    assert_eq!(first.start_at.to_utc().to_string(), "2027-01-05 19:00:00 UTC");
    assert_eq!(first.end_at.since(first.start_at), 120);
}

#[test]
fn a_round_of_standbys_uses_existing_windows_where_they_fit() {
    let plan = plan(&[("test", 24), ("prod", 0)]);
    let daily = Rule::Weekly { days: vec![Weekday::Mon, Weekday::Wed, Weekday::Fri], every: 1 };
    let (test, prod) = (window("test", after_release(1, Weekday::Wed)), window("prod", daily));
    let (found, late) = with_standbys(with(&plan, [Edit::PutWindow(test), Edit::PutWindow(prod)]), 1);
    assert_eq!((found.left, late[1]), (0, 0));
    assert!(found.list.iter().all(|standby| standby.group == 0), "production has windows enough: {:?}", found.list);
}

#[test]
fn no_standby_window_is_in_a_freeze_or_overlaps_another_window() {
    let plan = plan(&[("all", 0)]);
    let (from, to) = (date(2027, 12, 13), date(2027, 12, 26));
    let edits = [Edit::PutWindow(window("all", weekly(Weekday::Sat))), freeze(from, to)];
    let (found, late) = with_standbys(with(&plan, edits), 0);
    // What is published on the last two of its days can still be in by the third evening, on the first day after it.
    assert_eq!((found.left, late[0]), (12, 12));
    assert!(found.list.iter().all(|standby| standby.on < from || standby.on > to));
    assert!(found.list.iter().all(|standby| standby.on.weekday() != Weekday::Sat));
}

#[test]
fn no_window_helps_if_the_soak_times_alone_exceed_the_deadline() {
    let plan = plan(&[("test", 72), ("prod", 0)]);
    let every_day = || (0..7_u8).map(|day| Weekday::try_from(day).unwrap()).collect();
    let daily = |group| Edit::PutWindow(window(group, Rule::Weekly { days: every_day(), every: 1 }));
    let schedule = derived(with(&plan, [daily("test"), daily("prod")]));
    let (reach, freezes) = (&schedule.reaches[0], FreezeTimes::all(&schedule));
    let days = LadderReachability::derive(&schedule, reach, &freezes).unwrap();
    let standby = |severity: usize| Standby::find(&schedule, reach, &freezes, &days, &days.severities[severity]);
    assert_eq!(standby(0), Standby::Impossible { soak: Minutes::hours(72) });
    assert_eq!(standby(1), Standby::NotNeeded);
}

/// The ladder of test, uat and production, each with a window every evening, by this lane.
fn exploited(lane: Option<EmergencyLane>) -> Option<EmergencyReachability> {
    let mut parts = plan(&[("a-test", 24), ("b-uat", 24), ("c-prod", 0)]).to_parts();
    let mut ladder = Ladder::clone(&parts.ladders.as_slice()[0]);
    (ladder.groups[1].stage, ladder.groups[2].stage) = (Stage::Uat, Stage::Production);
    parts.ladders = [ladder].into_iter().collect();
    parts.policy = Arc::new(Policy { emergency: lane, ..Policy::default() });
    let all = Weekday::Mon;
    let days = std::iter::successors(Some(all), |day| Some(day.succ()).filter(|day| *day != all)).collect::<Vec<_>>();
    let evening = |group| Edit::PutWindow(window(group, Rule::Weekly { days: days.clone(), every: 1 }));
    let schedule = derived(with(&parts.into(), ["a-test", "b-uat", "c-prod"].map(evening)));
    EmergencyReachability::derive(&schedule, &schedule.reaches[0], &FreezeTimes::all(&schedule))
}

#[test]
fn what_is_exploited_climbs_by_the_emergency_lane() {
    assert_eq!(exploited(None), None);
    let hours = |lane| {
        let reach = exploited(Some(lane)).unwrap();
        let days = reach.days();
        (days.climbs[10].unwrap().since(days.days[10]) / 60, reach.severity().late())
    };
    // Test on the first evening, all others on the second.
    assert_eq!(hours(EmergencyLane::default()), (46, 0));
    // All on the first evening.
    assert_eq!(hours(EmergencyLane { stages: Vec::new(), ..EmergencyLane::default() }), (22, 0));
    // UAT waits for Test, and Production for UAT.
    assert_eq!(hours(EmergencyLane { stages: vec![Stage::Test, Stage::Uat], ..EmergencyLane::default() }), (70, 0));
    // With a long soak time, 72 hours are missed on every day that can be judged.
    let (climb, late) = hours(EmergencyLane { soak: Minutes::days(3), ..EmergencyLane::default() });
    assert_eq!((climb, late), (118, 363));
}
