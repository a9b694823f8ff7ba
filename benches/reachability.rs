//! Measures calculating the days on which deadlines cannot be met, including standby windows.
//!
//! Budget: 20 ms for 2 years, 4 severities, 5 ladders of 4 groups.

#![allow(clippy::unwrap_used)]

mod large;

use std::sync::{Arc, LazyLock};

use chrono::{NaiveDate, Weekday};
use divan::{Bencher, black_box};
use windowsill::model::{
    DeploymentGroup, Horizon, Ladder, MaintenanceWindow, Plan, Rule, Stage, System, SystemClass, WindowId,
};
use windowsill::schedule::{Cycles, FreezeTimes, Reachability, Schedule, Standby};

fn main() {
    divan::main();
}

const LADDERS: usize = 5;
const STAGES: [Stage; 4] = [Stage::Test, Stage::Uat, Stage::Rest, Stage::Production];
const EVENINGS: [Weekday; 4] = [Weekday::Wed, Weekday::Thu, Weekday::Sat, Weekday::Sat];

/// Two years, 5 ladders of 4 groups of 5 systems. The first two groups have a window every week, the last two one for
/// each release.
static PLAN: LazyLock<Schedule> = LazyLock::new(|| {
    let horizon = Horizon { from: NaiveDate::from_ymd_opt(2027, 1, 1).unwrap(), months: 24 };
    let mut parts = Plan::new("ladders".into(), "Ladders", horizon, "Europe/Berlin").to_parts();
    parts.systems = (0..LADDERS * 20).map(system).collect();
    parts.ladders = (0..LADDERS).map(ladder).collect();
    parts.windows = (0..LADDERS).flat_map(|ladder| (0..4).map(move |group| window(ladder, group))).collect();
    let plan = Plan::from(parts);
    Schedule::derive(&Arc::new(plan), None)
});
static WEEKLY: LazyLock<Schedule> = LazyLock::new(|| Schedule::derive(&Arc::new(large::weekly(5_000)), None));

fn system(number: usize) -> System {
    System { id: large::system_id(number), name: format!("System {number}"), hosts: 4, ..System::default() }
}

fn ladder(number: usize) -> Ladder {
    let group = |index: usize| DeploymentGroup {
        id: group_id(number, index).as_str().into(),
        name: STAGES[index].name().to_owned(),
        stage: STAGES[index],
        soak: None,
        cadence_days: None,
        checklist: None,
        systems: (0..5).map(|system| large::system_id(number * 20 + index * 5 + system)).collect(),
    };
    Ladder {
        id: format!("ladder-{number}").as_str().into(),
        name: format!("Ladder {number}"),
        class: SystemClass::Server,
        release: Some("microsoft".into()),
        groups: (0..4).map(group).collect(),
    }
}

fn group_id(ladder: usize, group: usize) -> String {
    format!("group-{ladder}-{group}")
}

fn window(ladder: usize, group: usize) -> MaintenanceWindow {
    let rule = match group {
        0 | 1 => Rule::Weekly { days: vec![EVENINGS[group]], every: 1 },
        _ => Rule::AfterRelease {
            release: "microsoft".into(),
            offset_days: 7 * group as i32 - 10,
            then: Some(EVENINGS[group]),
        },
    };
    let name = group_id(ladder, group);
    MaintenanceWindow {
        groups: vec![name.as_str().into()],
        ..MaintenanceWindow::new(WindowId::new(&name), &name, rule)
    }
}

#[divan::bench]
fn days_and_standby_windows_budget_20_ms(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let schedule = black_box(&*PLAN);
        let freezes = FreezeTimes::all(schedule);
        let reachability = Reachability::derive(schedule);
        let found: Vec<Standby> = schedule
            .reaches
            .iter()
            .zip(&reachability.ladders)
            .flat_map(|(reach, days)| days.severities.iter().map(move |severity| (reach, days, severity)))
            .map(|(reach, days, severity)| Standby::find(schedule, reach, &freezes, days, severity))
            .collect();
        (reachability, found)
    });
}

#[divan::bench]
fn cycles(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Cycles::derive(black_box(&PLAN)));
}

/// Adds a freeze for everything to the plan of 5,000 weekly windows.
mod weekly_5000 {
    use super::{Bencher, Cycles, Reachability, WEEKLY, black_box};

    #[divan::bench]
    fn days(bencher: Bencher<'_, '_>) {
        bencher.bench(|| Reachability::derive(black_box(&WEEKLY)));
    }

    #[divan::bench]
    fn cycles(bencher: Bencher<'_, '_>) {
        bencher.bench(|| Cycles::derive(black_box(&WEEKLY)));
    }
}
