//! Very large plans, the same on every machine: for benchmarks, for tests, and to try the program with.
//!
//! Problems are limited to a realistic number: about three occurrences in a hundred do not fit, overlap, or are in a
//! freeze.

#![allow(dead_code, reason = "each benchmark uses one of the plans")]

mod around;

use chrono::{Days, NaiveDate, NaiveTime, Weekday};
use windowsill::model::{
    BusinessArea, ChangeFreeze, DeploymentGroup, Estimate, Exception, Exemption, Holiday, HolidayCalendar, Horizon,
    Ladder, MaintenanceWindow, Minutes, MonthDay, OccurrenceChange, Plan, PlanParts, RollbackMethod, Rule, Stage,
    System, SystemId, SystemScope, Work,
};
use windowsill::schedule::{Zone, rule_dates};

/// The allocator that the program uses.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The numbers of areas and ladders. A system's number decides which ones it belongs to.
const AREAS: usize = 12;
const LADDERS: usize = 10;
const STAGES: [Stage; 3] = [Stage::Test, Stage::Pilot, Stage::Rest];
/// The evenings on which each stage is patched, in the order of the ladder and with time to soak in between.
const EVENINGS: [[Weekday; 2]; 3] =
    [[Weekday::Tue, Weekday::Wed], [Weekday::Thu, Weekday::Fri], [Weekday::Sat, Weekday::Sun]];
/// The fewest days from the second Tuesday to the windows of each stage.
const DAYS_AFTER_RELEASE: [i32; 3] = [1, 10, 20];
const ZONES: [&str; 4] = ["America/New_York", "Asia/Singapore", "Australia/Sydney", "Europe/London"];

/// A large organisation over two years: three windows in ten recur weekly, the others every month, every third
/// month or after a vendor's release, each for up to four systems.
pub fn mixed(windows: usize) -> Plan {
    let mut plan = organisation("mixed", windows * 2);
    let mut dice = Dice(windows as u64);
    let list: Vec<MaintenanceWindow> = (0..windows)
        .map(|number| {
            // Two systems per window; one window in a hundred also works on a system of the next one.
            let systems = number * 2..number * 2 + 2 + usize::from(number % 100 == 0);
            let stage = stage_index(number * 2);
            let rule = match number % 10 {
                0..3 => weekly_rule(stage, &mut dice),
                3..5 => Rule::AfterRelease {
                    release: "microsoft".into(),
                    offset_days: DAYS_AFTER_RELEASE[stage] + dice.roll(3) as i32,
                    then: None,
                },
                // Only the last stage is patched every third month; otherwise all later stages would have to wait.
                5 if stage == 2 => monthly_rule(stage, 3, &mut dice),
                _ => monthly_rule(stage, 1, &mut dice),
            };
            window(number, systems.map(|system| system % (windows * 2)), rule, &mut dice)
        })
        .collect();
    plan.windows = list.into_iter().map(|window| without_freezes(window, &plan)).collect();
    around::fill(&mut plan);
    plan.into()
}

/// Weekly windows over two years: about 104 occurrences each. There are as many systems as windows. Each system has its
/// own window, and some also have a second one: another system's window, or one for a whole ladder on Mondays.
pub fn weekly(windows: usize) -> Plan {
    let mut plan = organisation("weekly", windows);
    let mut dice = Dice(windows as u64);
    let list: Vec<MaintenanceWindow> = (0..windows)
        .map(|number| {
            let second = (number % 8 == 7).then_some((number + 5 * LADDERS) % windows);
            let rule = weekly_rule(stage_index(number), &mut dice);
            let mut window = window(number, [number].into_iter().chain(second), rule, &mut dice);
            if number % 1_000 == 500 {
                let ladder = &plan.ladders.as_slice()[number / 1_000 % LADDERS];
                window.groups = ladder.groups.iter().map(|group| group.id.clone()).collect();
                window.rule = Rule::Weekly { days: vec![Weekday::Mon], every: 1 };
            }
            window
        })
        .collect();
    plan.windows = list.into_iter().map(|window| without_freezes(window, &plan)).collect();
    around::fill(&mut plan);
    plan.into()
}

/// A plan with everything except windows.
fn organisation(id: &str, systems: usize) -> PlanParts {
    let horizon = Horizon { from: date(2027, 1, 1), months: 24 };
    let mut plan = Plan::new(id.into(), "A large plan", horizon, "Europe/Berlin").to_parts();
    let mut dice = Dice(7);
    plan.areas = (0..AREAS).map(area).collect();
    plan.systems = (0..systems).map(|number| system(number, &mut dice)).collect();
    plan.ladders = (0..LADDERS).map(|number| ladder(number, systems)).collect();
    plan.freezes = freezes();
    plan.holidays = [holidays()].into_iter().collect();
    plan
}

fn area(number: usize) -> BusinessArea {
    BusinessArea {
        id: id("area", number).as_str().into(),
        name: format!("Business area {number}"),
        owner: format!("Owner {number}"),
        email: format!("owner{number}@example.com"),
        ..BusinessArea::default()
    }
}

fn system(number: usize, dice: &mut Dice) -> System {
    let minutes = |least: u32, more: u32, dice: &mut Dice| Minutes(least + dice.roll(more));
    let estimate = Estimate {
        prepare: Minutes(10).into(),
        drain: Minutes(1).into(),
        patch: (number % 200 != 17).then(|| minutes(8, 8, dice).into()),
        reboot: minutes(4, 8, dice).into(),
        verify: Minutes(5).into(),
        final_verification: Minutes(10).into(),
        rollback: Some(minutes(10, 8, dice).into()),
        switch: None,
        rollback_verification: Minutes(5).into(),
        handover: Minutes(5).into(),
    };
    System {
        id: system_id(number),
        name: format!("System {number}"),
        area: Some(id("area", number % AREAS).as_str().into()),
        hosts: 1 + dice.roll(12),
        estimate,
        rollback: RollbackMethod::Snapshot,
        rollback_tested_on: Some(date(2026, 10, 1)),
        ..System::default()
    }
}

fn ladder(number: usize, systems: usize) -> Ladder {
    let groups = STAGES.iter().enumerate().map(|(index, stage)| DeploymentGroup {
        id: format!("ladder-{number:02}-{index}").as_str().into(),
        name: format!("{}, ladder {number}", stage.name()),
        stage: *stage,
        soak: None,
        cadence_days: None,
        checklist: None,
        systems: (0..systems)
            .filter(|system| system % LADDERS == number && stage_index(*system) == index)
            .map(system_id)
            .collect(),
    });
    Ladder {
        id: id("ladder", number).as_str().into(),
        name: format!("Ladder {number}"),
        class: windowsill::model::SystemClass::Server,
        release: Some("microsoft".into()),
        groups: groups.collect(),
    }
}

/// The index of a system's group on its ladder: one in eight is in Test, one in four in Pilot.
fn stage_index(system: usize) -> usize {
    match (system / LADDERS) % 8 {
        0 => 0,
        1 | 2 => 1,
        _ => 2,
    }
}

fn freezes() -> windowsill::model::Table<ChangeFreeze> {
    let freeze = |name: &str, from, to, scope| ChangeFreeze {
        id: windowsill::model::FreezeId::new(&windowsill::model::slug(name)),
        name: name.to_owned(),
        first_on: from,
        last_on: to,
        every_months: None,
        scope,
        exemptions: vec![Exemption { window: "window-0003".into(), approver: "Board".into(), reason: String::new() }],
        notes: String::new(),
        imported: None,
    };
    let area = |number| SystemScope::Areas(vec![id("area", number).as_str().into()]);
    [
        freeze("Year end 2027", date(2027, 12, 17), date(2028, 1, 3), SystemScope::Everything),
        freeze("Year end 2028", date(2028, 12, 15), date(2029, 1, 2), SystemScope::Everything),
        freeze("Books closed 2027", date(2027, 7, 1), date(2027, 7, 7), area(3)),
        freeze("Books closed 2028", date(2028, 7, 1), date(2028, 7, 7), area(3)),
        freeze("Sales days", date(2027, 11, 25), date(2027, 11, 30), SystemScope::Ladders(vec!["ladder-0004".into()])),
    ]
    .into_iter()
    .collect()
}

fn holidays() -> HolidayCalendar {
    let each_year =
        [(1, 1, "New Year"), (5, 1, "Labour Day"), (10, 3, "Unity Day"), (12, 25, "Christmas"), (12, 26, "Boxing Day")];
    let days = [2027, 2028].into_iter().flat_map(|year| {
        each_year.map(|(month, day, name)| Holiday {
            on: date(year, month, day),
            name: name.to_owned(),
            region: String::new(),
        })
    });
    HolidayCalendar { id: "holidays".into(), name: "Holidays".to_owned(), days: days.collect(), imported: None }
}

fn window(number: usize, systems: impl Iterator<Item = usize>, rule: Rule, dice: &mut Dice) -> MaintenanceWindow {
    let name = format!("Window {number}");
    let mut window = MaintenanceWindow::new(id("window", number).as_str().into(), &name, rule);
    window.systems = systems.map(system_id).collect();
    window.systems.sort();
    window.systems.dedup();
    window.start = NaiveTime::from_hms_opt(18 + dice.roll(5), 0, 0).unwrap_or_default();
    window.zone = (number % 5 == 4).then(|| ZONES[number % ZONES.len()].to_owned());
    // Systems are patched in parallel. One window in fifty is too short even for a single system.
    window.work = Work::Tracks(window.systems.iter().map(|system| vec![system.clone()]).collect());
    window.duration = if number % 50 == 16 { Minutes(45) } else { Minutes::hours(3 + dice.roll(2)) };
    window
}

/// Skips the occurrences in a freeze for everything, as a planner would. One window in a hundred is left out.
fn without_freezes(mut window: MaintenanceWindow, plan: &PlanParts) -> MaintenanceWindow {
    if window.id.as_str().ends_with("23") {
        return window;
    }
    let zone = Zone::named(window.zone.as_deref().unwrap_or(&plan.zone)).unwrap_or_else(Zone::utc);
    let frozen = plan.freezes.iter().filter(|freeze| freeze.scope == SystemScope::Everything);
    let dates = frozen.flat_map(|freeze| {
        // A window on the evening before the freeze ends inside it.
        let from = freeze.first_on - Days::new(1);
        rule_dates(&window.rule, None, &plan.releases, &zone, from, freeze.last_on)
    });
    let skipped = |on| Exception {
        on,
        change: OccurrenceChange::Skipped { reason: "Year end".to_owned() },
        sequence: 1,
        was_added: false,
    };
    window.exceptions = dates.filter(|on| plan.horizon.contains(*on)).map(skipped).collect();
    window
}

fn weekly_rule(stage: usize, dice: &mut Dice) -> Rule {
    Rule::Weekly { days: vec![evening(stage, dice)], every: 1 }
}

/// A day after the second Tuesday that leaves each stage time to soak.
fn monthly_rule(stage: usize, every: u16, dice: &mut Dice) -> Rule {
    let offset_days = DAYS_AFTER_RELEASE[stage] + dice.roll(3) as i32;
    Rule::Monthly { on: MonthDay::Nth(2, Weekday::Tue), every, offset_days }
}

/// An evening on which the stage is patched.
fn evening(stage: usize, dice: &mut Dice) -> Weekday {
    EVENINGS[stage][dice.roll(2) as usize]
}

pub fn system_id(number: usize) -> SystemId {
    id("system", number).as_str().into()
}

fn id(noun: &str, number: usize) -> String {
    format!("{noun}-{number:04}")
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// Pseudo-random numbers, the same every time: a linear congruential generator with Knuth's MMIX constants.
struct Dice(u64);

impl Dice {
    /// A number from 0 to `sides` − 1.
    fn roll(&mut self, sides: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(sides)) as u32
    }
}
