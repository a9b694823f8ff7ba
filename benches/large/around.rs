//! What stands around the windows of a large plan, so that every rule has something to look at: dependencies, hardware
//! models, allowed hours, people and their bookings, answers of the business, advisories, accepted findings.

use std::sync::Arc;

use chrono::{NaiveTime, Weekday};
use windowsill::model::{
    Acceptance, Advisory, Agreement, AllowedHours, Booking, BusinessArea, Duty, Exposure, LedgerEntry, LedgerKey,
    MaintenanceWindow, Minutes, NightLimits, Person, PersonId, Plan, Policy, Rule, Subject, System, Team, TeamId, Who,
    WindowKind, WindowType,
};

use super::{Dice, date, id, system_id};

const PEOPLE: usize = 60;
const TEAMS: usize = 10;
const ADVISORIES: usize = 200;

/// Fills `plan`, whose windows are laid out.
pub fn fill(plan: &mut Plan) {
    let mut dice = Dice(11);
    plan.policy = Arc::new(policy(plan.windows.len() as u32));
    plan.areas = plan.areas.iter().map(|area| with_hours(area)).collect();
    let count = plan.systems.len();
    plan.systems = plan.systems.iter().enumerate().map(|(place, system)| related(system, place, count)).collect();
    plan.people = (0..PEOPLE).map(|number| Person::new(person(number), &format!("Person {number}"))).collect();
    plan.teams = (0..TEAMS).map(team_of).collect();
    plan.ledger = answers(plan).into_iter().collect();
    plan.windows = plan.windows.iter().enumerate().map(|(place, window)| booked(window, place)).collect();
    plan.advisories = (0..ADVISORIES).map(|number| advisory(number, count, &mut dice)).collect();
    plan.acceptances = (0..3).map(|number| acceptance(number * 50 + 16)).collect();
}

/// Limits that a night in a hundred is over. Whoever has no booking needs none: trouble is rationed here, too.
fn policy(windows: u32) -> Policy {
    let usual = Policy::default();
    let without_tester = |each: WindowType| WindowType { needs_tester: each.kind == WindowKind::Extended, ..each };
    let window_types = usual.window_types.iter().cloned().map(without_tester).collect();
    let night =
        NightLimits { windows: Some(windows / 3 + 4), changes: Some(windows + 8), hosts: Some(windows * 8 + 40) };
    Policy { night, window_types, ..usual }
}

/// Work in the evening and at night, on every day.
fn with_hours(area: &BusinessArea) -> BusinessArea {
    let days = vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let clock = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let allowed = vec![AllowedHours { days, from: clock(17), until: clock(8) }];
    BusinessArea { allowed, ..area.clone() }
}

/// One system in forty needs another one, of another ladder; one in a hundred has a twin.
fn related(system: &System, place: usize, count: usize) -> System {
    let mut system = system.clone();
    system.model = format!("Model {}", place % 7);
    if place % 40 == 3 {
        system.depends_on = vec![system_id((place + 15) % count)];
    }
    if place % 100 == 8 {
        system.twin = Some(system_id((place + 1) % count));
    }
    system
}

fn person(number: usize) -> PersonId {
    id("person", number).as_str().into()
}

fn team(number: usize) -> TeamId {
    id("team", number).as_str().into()
}

fn team_of(number: usize) -> Team {
    let people = (0..PEOPLE / TEAMS).map(|place| person(number * (PEOPLE / TEAMS) + place)).collect();
    Team { people, needed: Some(1), ..Team::new(team(number), &format!("Team {number}")) }
}

/// One window in ten, of those that do not recur weekly, has people: who works is booked by name, who tests by team.
fn booked(window: &MaintenanceWindow, place: usize) -> MaintenanceWindow {
    let mut window = window.clone();
    if place % 10 == 6 && !matches!(window.rule, Rule::Weekly { .. }) || place % 250 == 6 {
        let booking = |duty, who| Booking { duty, who, on: None };
        window.bookings = vec![
            booking(Duty::Work, Who::Person(person(place / 10 % PEOPLE))),
            booking(Duty::Testing(Minutes::hours(1)), Who::Team(team(place / 10 % TEAMS))),
        ];
    }
    window
}

/// One answer for each of the first windows.
fn answers(plan: &Plan) -> Vec<LedgerEntry> {
    let entry = |window: &Arc<MaintenanceWindow>| LedgerEntry {
        of: LedgerKey { window: window.id.clone(), on: date(2027, 3, 6), area: "area-0001".into() },
        agreement: Agreement::Agreed { on: date(2026, 11, 2), by: "Owner 1".to_owned() },
        answered_for: None,
        replied_at: None,
        reserve_on: None,
        notes: String::new(),
    };
    plan.windows.iter().take(2_000).map(entry).collect()
}

fn advisory(number: usize, systems: usize, dice: &mut Dice) -> Advisory {
    let first = dice.roll(systems as u32) as usize;
    let mut affected: Vec<_> = (0..3).map(|place| system_id((first + place) % systems)).collect();
    affected.sort();
    affected.dedup();
    Advisory {
        cvss_tenths: Some((40 + dice.roll(60)) as u8),
        is_exploited: number.is_multiple_of(5),
        exposure: Exposure::Internet,
        systems: affected,
        ..Advisory::new(
            id("cve", number).as_str().into(),
            &format!("Advisory {number}"),
            date(2027, 1 + number as u32 % 12, 9),
        )
    }
}

/// For a window that is too short.
fn acceptance(window: usize) -> Acceptance {
    let window = id("window", window);
    Acceptance {
        id: format!("b001-{window}").as_str().into(),
        code: "B001".to_owned(),
        cause: Subject::Window(window.as_str().into()),
        window: None,
        on: None,
        reason: "Replaced in spring".to_owned(),
        by: "Owner 1".to_owned(),
        until: date(2028, 12, 31),
    }
}
