//! The rota: whose turn it is, who cannot come, what nobody can fill, and which nights are whose.

use std::sync::Arc;

use chrono::{NaiveDate, Weekday};
use proptest::prelude::*;
use windowsill::model::*;
use windowsill::schedule::rota::{Obstacle, Shift};
use windowsill::schedule::{Rota, Schedule};

use crate::support::edits::any_edit;
use crate::support::full::{clock, date, empty_plan};

/// A plan with the people "ann", "bo" and "cy", who make up the team "unix", of which one is needed.
fn plan() -> Plan {
    let mut parts = empty_plan().to_parts();
    let person = |id: &str| Person::new(id.into(), id);
    parts.people = ["ann", "bo", "cy"].map(person).into_iter().collect();
    parts.teams = [unix(Some(1))].into_iter().collect();
    parts.into()
}

fn unix(needed: Option<u16>) -> Team {
    let people = ["bo", "ann", "cy"].map(PersonId::from).to_vec();
    Team { people, needed, ..Team::new("unix".into(), "Unix") }
}

fn booked(duty: Duty, who: Assignee) -> Booking {
    Booking { duty, who, on: None }
}

fn person(id: &str) -> Assignee {
    Assignee::Person(id.into())
}

fn team() -> Assignee {
    Assignee::Team("unix".into())
}

/// A window from 22:00 to 02:00 on those days of January 2027.
fn window(id: &str, days: &[u32], bookings: &[Booking]) -> MaintenanceWindow {
    let dates = days.iter().map(|day| ListedDate { on: date(2027, 1, *day), words: String::new() });
    MaintenanceWindow {
        bookings: bookings.to_vec(),
        ..MaintenanceWindow::new(id.into(), id, Rule::Dates(dates.collect()))
    }
}

fn with(plan: Plan, windows: impl IntoIterator<Item = MaintenanceWindow>) -> Schedule {
    let plan = Plan::from(PlanParts { windows: windows.into_iter().collect(), ..plan.to_parts() });
    Schedule::derive(&Arc::new(plan), None)
}

/// "ann 9 work", sorted as the rota is: who, the day on which the occurrence starts, what for.
fn shifts(rota: &Rota) -> Vec<String> {
    let line = |shift: &Shift| {
        let words = rota.shift_in_words(shift);
        words.replace(" Jan 2027 22:00 – 02:00", "").replace(" Jan 2027 02:00 – 04:00", "")
    };
    rota.shifts().iter().map(line).collect()
}

fn shortages(rota: &Rota) -> Vec<(NaiveDate, u32, u32)> {
    rota.shortages().iter().map(|shortage| (shortage.on(), shortage.needed, shortage.missing)).collect()
}

#[test]
fn a_team_takes_turns_in_its_own_order() {
    let schedule = with(plan(), [window("w", &[9, 12, 15, 18], &[booked(Duty::Work, team())])]);
    let expected = ["bo, Sat 9, w, work", "ann, Tue 12, w, work", "cy, Fri 15, w, work", "bo, Mon 18, w, work"];
    assert_eq!(shifts(&schedule.rota), expected);
    assert!(schedule.rota.shortages().is_empty());
}

#[test]
fn who_is_away_loses_the_turn_and_gets_it_back_with_the_fewest_duties() {
    let away = Absence { first_on: date(2027, 1, 9), last_on: date(2027, 1, 9), reason: String::new() };
    let bo = Person { away: vec![away], ..Person::new("bo".into(), "bo") };
    let plan = plan().apply(&Edit::PutPerson(bo)).unwrap();
    let schedule = with(plan, [window("w", &[9, 12, 15], &[booked(Duty::Work, team())])]);
    assert_eq!(shifts(&schedule.rota), ["ann, Sat 9, w, work", "bo, Tue 12, w, work", "cy, Fri 15, w, work"]);
}

#[test]
fn a_shift_that_ends_on_the_first_day_away_cannot_be_worked() {
    let away = Absence { first_on: date(2027, 1, 10), last_on: date(2027, 1, 20), reason: String::new() };
    let bo = Person { away: vec![away], ..Person::new("bo".into(), "bo") };
    let plan = plan().apply(&Edit::PutPerson(bo)).unwrap();
    let schedule = with(plan, [window("w", &[9], &[booked(Duty::Work, team())])]);
    assert_eq!(shifts(&schedule.rota), ["ann, Sat 9, w, work"]);
}

#[test]
fn two_bookings_at_one_time_take_two_people_and_the_testers_are_rested() {
    let bookings = [booked(Duty::Work, team()), booked(Duty::Testing(Minutes::hours(2)), team())];
    let schedule = with(plan(), [window("a", &[9], &bookings), window("b", &[9], &[booked(Duty::Work, team())])]);
    assert_eq!(shifts(&schedule.rota), ["bo, Sat 9, a, work", "cy, Sat 9, b, work", "ann, Sun 10, a, testing"]);
}

#[test]
fn a_person_booked_by_name_is_always_taken_and_their_team_leaves_them_room() {
    let by_name = window("late", &[10], &[booked(Duty::Work, person("bo"))]);
    let schedule = with(plan(), [window("w", &[9, 10], &[booked(Duty::Work, team())]), by_name]);
    // Bo could work on the 9th and would rest long enough; on the 10th the team gives somebody else.
    assert_eq!(shifts(&schedule.rota), ["bo, Sat 9, w, work", "bo, Sun 10, late, work", "ann, Sun 10, w, work"]);
    let twice = with(
        plan(),
        [
            window("v", &[9], &[booked(Duty::Work, person("bo"))]),
            window("w", &[9], &[booked(Duty::Work, person("bo")), booked(Duty::Work, person("bo"))]),
        ],
    );
    assert_eq!(shifts(&twice.rota), ["bo, Sat 9, v, work", "bo, Sat 9, w, work"]);
    assert_eq!(twice.rota.overlapping_shifts(1).count(), 1);
}

#[test]
fn people_without_rest_are_not_booked_and_shortages_are_reported() {
    let early = MaintenanceWindow { start: clock(8, 0), ..window("x", &[10], &[booked(Duty::Work, team())]) };
    let plan = plan().apply(&Edit::PutTeam(unix(Some(2)))).unwrap();
    let schedule = with(plan, [window("w", &[9], &[booked(Duty::Work, team())]), early]);
    assert_eq!(schedule.rota.shifts().len(), 3);
    assert_eq!(shortages(&schedule.rota), [(date(2027, 1, 10), 2, 1)]);
}

#[test]
fn a_team_that_does_not_say_how_many_gives_everybody_and_an_empty_one_is_short() {
    let plan = plan().apply(&Edit::PutTeam(unix(None))).unwrap();
    let schedule = with(plan.clone(), [window("w", &[9], &[booked(Duty::Work, team())])]);
    assert_eq!(schedule.rota.shifts().len(), 3);
    let empty = plan.apply(&Edit::PutTeam(Team { people: Vec::new(), ..unix(None) })).unwrap();
    let schedule = with(empty, [window("w", &[9], &[booked(Duty::Work, team())])]);
    assert_eq!(shortages(&schedule.rota), [(date(2027, 1, 9), 1, 1)]);
}

#[test]
fn a_booking_for_one_date_follows_a_moved_occurrence() {
    let only = Booking { on: Some(date(2027, 1, 12)), ..booked(Duty::Work, person("cy")) };
    let window = window("w", &[9, 12], &[only]);
    let plan = Plan::from(PlanParts { windows: [window].into_iter().collect(), ..plan().to_parts() });
    let moved = Edit::MoveOccurrence {
        window: "w".into(),
        on: date(2027, 1, 12),
        to: date(2027, 1, 13),
        start: None,
        duration: None,
    };
    let schedule = Schedule::derive(&Arc::new(plan.apply(&moved).unwrap()), None);
    assert_eq!(shifts(&schedule.rota), ["cy, Wed 13, w, work"]);
    assert_eq!(schedule.rota.shifts_at(&"w".into(), date(2027, 1, 12)).count(), 1);
    assert_eq!(schedule.rota.shifts_at(&"w".into(), date(2027, 1, 9)).count(), 0);
}

/// The evenings of January on which a person works who is booked from `start` on for so long.
fn nights(start: (u32, u32), duration: Minutes) -> Vec<i32> {
    let start = clock(start.0, start.1);
    let window = MaintenanceWindow { start, duration, ..window("w", &[9], &[booked(Duty::Work, person("ann"))]) };
    let schedule = with(plan(), [window]);
    let first = day_number(date(2027, 1, 1));
    schedule.rota.nights(0).iter().map(|night| night.day - first + 1).collect()
}

#[test]
fn a_night_belongs_to_its_evening_and_ends_at_six() {
    assert_eq!(nights((21, 59), Minutes(2)), [9]);
    assert_eq!(nights((18, 0), Minutes::hours(4)), [0; 0]);
    assert_eq!(nights((5, 59), Minutes(1)), [8]);
    assert_eq!(nights((6, 0), Minutes::hours(16)), [0; 0]);
    assert_eq!(nights((22, 0), Minutes::hours(48)), [9, 10]);
}

#[test]
fn an_edit_of_a_window_without_bookings_keeps_the_rota() {
    let windows = [window("a", &[9], &[booked(Duty::Work, team())]), window("b", &[10], &[])];
    let schedule = with(plan(), windows);
    let after = |edit: &Edit| Schedule::derive(&Arc::new(schedule.plan.apply(edit).unwrap()), Some(&schedule));
    let kept = |edit: &Edit| Arc::ptr_eq(&after(edit).rota, &schedule.rota);
    assert!(kept(&Edit::PutWindow(window("b", &[11], &[]))));
    assert!(kept(&Edit::PutWindow(window("c", &[11], &[]))));
    assert!(kept(&Edit::RemoveWindow("b".into())));
    assert!(!kept(&Edit::RemoveWindow("a".into())));
    assert!(!kept(&Edit::PutWindow(window("b", &[10], &[booked(Duty::Work, team())]))));
    assert!(!kept(&Edit::RemovePerson("cy".into())));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_reused_rota_equals_a_fresh_one(
        edits in proptest::collection::vec(any_edit(), 0..40),
        more in proptest::collection::vec(any_edit(), 1..10),
    ) {
        let apply = |plan: Plan, edit: &Edit| plan.apply(edit).unwrap_or(plan);
        let mut plan = edits.iter().fold(empty_plan(), apply);
        let mut schedule = Schedule::derive(&Arc::new(plan.clone()), None);
        for edit in &more {
            plan = apply(plan, edit);
            let plan = Arc::new(plan.clone());
            schedule = Schedule::derive(&plan, Some(&schedule));
            let afresh = Schedule::derive(&plan, None);
            prop_assert_eq!(schedule.rota.shifts(), afresh.rota.shifts());
            prop_assert_eq!(schedule.rota.shortages(), afresh.rota.shortages());
        }
        let starts: Vec<_> = schedule.rota.shifts().iter().map(|shift| shift.from).collect();
        prop_assert!(starts.is_sorted());
    }
}

#[test]
fn a_watch_takes_no_rest_no_nights_and_no_other_duties_but_nobody_who_is_away() {
    let watched =
        |window: MaintenanceWindow| MaintenanceWindow { watch: Some(Watch::new(Minutes::hours(48))), ..window };
    let bookings = [booked(Duty::Watch, team()), booked(Duty::Work, person("bo"))];
    let schedule = with(plan(), [watched(window("a", &[9, 10], &bookings))]);
    let expected = [
        "bo, Sat 9, a, work",
        "bo, Sun 10 Jan 2027 02:00 – Tue 12 Jan 2027 02:00, a, watch",
        "bo, Sun 10, a, work",
        "ann, Mon 11 Jan 2027 02:00 – Wed 13 Jan 2027 02:00, a, watch",
    ];
    assert_eq!(shifts(&schedule.rota), expected);
    assert_eq!((schedule.rota.overlapping_shifts(1).count(), schedule.rota.nights(1).len()), (0, 2));
    let working = with(plan(), [window("a", &[9, 10], &bookings)]);
    assert_eq!(shifts(&working.rota), ["bo, Sat 9, a, work", "bo, Sun 10, a, work"], "the window has no watch");
    // Away on the last day of the watch, and at work by day only.
    let away = Absence { first_on: date(2027, 1, 12), last_on: date(2027, 1, 12), reason: String::new() };
    let by_day = AllowedHours { days: vec![Weekday::Mon], from: clock(8, 0), until: clock(17, 0) };
    let bo = Person { away: vec![away], ..Person::new("bo".into(), "bo") };
    let ann = Person { available: vec![by_day], ..Person::new("ann".into(), "ann") };
    let plan = [bo, ann].into_iter().fold(plan(), |plan, person| plan.apply(&Edit::PutPerson(person)).unwrap());
    let watch = |who| watched(window("a", &[9], &[booked(Duty::Watch, who)]));
    let schedule = with(plan.clone(), [watch(team())]);
    assert_eq!(
        shifts(&schedule.rota),
        ["ann, Sun 10 Jan 2027 02:00 – Tue 12 Jan 2027 02:00, a, watch"],
        "hours do not matter"
    );
    assert!(schedule.rota.obstacle(&schedule.rota.shifts()[0]).is_none());
    let schedule = with(plan, [watch(person("bo"))]);
    assert!(matches!(schedule.rota.obstacle(&schedule.rota.shifts()[0]), Some(Obstacle::Away(_))));
}
