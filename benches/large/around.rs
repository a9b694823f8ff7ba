//! The other records of a large plan, so that every rule has something to check: dependencies, hardware models, allowed
//! hours, people and their bookings, answers of the business, advisories, accepted findings.

use std::sync::Arc;

use chrono::{NaiveTime, Weekday};
use windowsill::model::{
    Acceptance, Advisory, Agreement, AllowedHours, Assignee, Booking, BusinessArea, Duty, Exposure, LedgerEntry,
    LedgerKey, MaintenanceWindow, Minutes, NightLimits, Person, PersonId, PlanParts, Policy, Rule, Subject, System,
    Team, TeamId, WindowKind, WindowType,
};

use super::{Dice, date, id, system_id};

const PEOPLE: usize = 60;
const TEAMS: usize = 10;
const ADVISORIES: usize = 200;

/// Fills in the rest of a plan that already has its windows.
pub fn fill(parts: &mut PlanParts) {
    let mut dice = Dice(11);
    parts.policy = Arc::new(policy(parts.windows.len() as u32));
    parts.areas = parts.areas.iter().map(|area| with_hours(area)).collect();
    let count = parts.systems.len();
    parts.systems = parts.systems.iter().enumerate().map(|(index, system)| related(system, index, count)).collect();
    parts.people = (0..PEOPLE).map(|number| Person::new(person_id(number), &format!("Person {number}"))).collect();
    parts.teams = (0..TEAMS).map(team).collect();
    parts.ledger = answers(parts).into_iter().collect();
    parts.windows = parts.windows.iter().enumerate().map(|(index, window)| booked(window, index)).collect();
    parts.advisories = (0..ADVISORIES).map(|number| advisory(number, count, &mut dice)).collect();
    parts.acceptances = (0..3).map(|number| acceptance(number * 50 + 16)).collect();
}

/// Limits that one night in a hundred exceeds. Only Extended windows need a tester, to limit the number of findings.
fn policy(windows: u32) -> Policy {
    let usual = Policy::default();
    let without_tester = |each: WindowType| WindowType { needs_tester: each.kind == WindowKind::Extended, ..each };
    let window_types = usual.window_types.iter().cloned().map(without_tester).collect();
    let night =
        NightLimits { windows: Some(windows / 3 + 4), changes: Some(windows + 8), hosts: Some(windows * 8 + 40) };
    Policy { night, window_types, ..usual }
}

/// Allows work in the evening and at night, every day.
fn with_hours(area: &BusinessArea) -> BusinessArea {
    let days = vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let clock = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let allowed = vec![AllowedHours { days, from: clock(17), until: clock(8) }];
    BusinessArea { allowed, ..area.clone() }
}

/// One system in forty depends on another one, on a different ladder; one in a hundred has a twin.
fn related(system: &System, index: usize, count: usize) -> System {
    let mut system = system.clone();
    system.model = format!("Model {}", index % 7);
    if index % 40 == 3 {
        system.depends_on = vec![system_id((index + 15) % count)];
    }
    if index % 100 == 8 {
        system.twin = Some(system_id((index + 1) % count));
    }
    system
}

fn person_id(number: usize) -> PersonId {
    id("person", number).as_str().into()
}

fn team_id(number: usize) -> TeamId {
    id("team", number).as_str().into()
}

fn team(number: usize) -> Team {
    let people = (0..PEOPLE / TEAMS).map(|index| person_id(number * (PEOPLE / TEAMS) + index)).collect();
    Team { people, needed: Some(1), ..Team::new(team_id(number), &format!("Team {number}")) }
}

/// Books people for one window in ten of those that are not weekly: a person for the work, a team for testing.
fn booked(window: &MaintenanceWindow, index: usize) -> MaintenanceWindow {
    let mut window = window.clone();
    if index % 10 == 6 && !matches!(window.rule, Rule::Weekly { .. }) || index % 250 == 6 {
        let booking = |duty, who| Booking { duty, who, on: None };
        window.bookings = vec![
            booking(Duty::Work, Assignee::Person(person_id(index / 10 % PEOPLE))),
            booking(Duty::Testing(Minutes::hours(1)), Assignee::Team(team_id(index / 10 % TEAMS))),
        ];
    }
    window
}

/// One answer for each of the first 2,000 windows.
fn answers(plan: &PlanParts) -> Vec<LedgerEntry> {
    let entry = |window: &Arc<MaintenanceWindow>| LedgerEntry {
        key: LedgerKey { window: window.id.clone(), on: date(2027, 3, 6), area: "area-0001".into() },
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
    let mut affected: Vec<_> = (0..3).map(|index| system_id((first + index) % systems)).collect();
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

/// Accepts the finding about a window that is too short.
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
