//! Measures deriving and checking a plan. The budgets are in the names of the benchmarks.
//!
//! `cargo bench --bench plan -- --write FILE` writes the plan with 5,000 windows, to try the program with it.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod large;

use std::sync::{Arc, LazyLock};

use divan::{Bencher, black_box};
use windowsill::checks::{Findings, RULES};
use windowsill::model::{ChangeFreeze, Edit, MaintenanceWindow, Plan, Rule, System, SystemScope, WindowId};
use windowsill::schedule::Schedule;
use windowsill::session::History;
use windowsill::store;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some([_, path]) = arguments.windows(2).find(|pair| pair[0] == "--write") {
        let text = store::to_text(&WEEKLY.plan).unwrap();
        store::write_bytes(path.as_ref(), text.as_bytes()).unwrap();
        return;
    }
    for (name, state) in [("500 mixed windows", &*MIXED), ("5,000 weekly windows", &*WEEKLY)] {
        let (windows, occurrences) = (state.schedule.windows.len(), state.schedule.occurrence_count());
        println!("{name}: {windows} windows, {occurrences} occurrences, {} findings", state.findings.list.len());
        let count = |code| state.findings.list.iter().filter(|finding| finding.rule.code == code).count();
        let counts = RULES.iter().map(|rule| format!("{} {}", rule.code, count(rule.code)));
        println!("  {}", counts.filter(|text| !text.ends_with(" 0")).collect::<Vec<_>>().join(", "));
    }
    divan::main();
}

/// A plan with its schedule and findings.
struct State {
    plan: Arc<Plan>,
    schedule: Schedule,
    findings: Findings,
}

static MIXED: LazyLock<State> = LazyLock::new(|| State::new(large::mixed(500)));
static WEEKLY: LazyLock<State> = LazyLock::new(|| State::new(large::weekly(5_000)));

impl State {
    fn new(plan: Plan) -> Self {
        let plan = Arc::new(plan);
        let schedule = Schedule::derive(&plan, None);
        let findings = Findings::check(&schedule, today(), None);
        Self { plan, schedule, findings }
    }

    /// Performs an edit as the program does: the changed plan, an undo step, the schedule and the findings.
    fn edit(&self, history: &mut History, edit: &Edit) -> (Schedule, Findings) {
        let plan = Arc::new(self.plan.apply(edit).unwrap());
        history.push(edit.label(&self.plan), Arc::clone(&plan));
        let schedule = Schedule::derive(&plan, Some(&self.schedule));
        let findings = Findings::check(&schedule, today(), Some(&self.findings));
        (schedule, findings)
    }
}

fn today() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

/// All checks on 500 windows over 2 years: budget 3 ms.
mod mixed_500 {
    use super::{Bencher, Findings, MIXED, Schedule, black_box, today};

    #[divan::bench]
    fn check_within_3_ms(bencher: Bencher<'_, '_>) {
        bencher.bench(|| Findings::check(black_box(&MIXED.schedule), today(), None));
    }

    #[divan::bench]
    fn derive_and_check(bencher: Bencher<'_, '_>) {
        bencher.bench(|| {
            let schedule = Schedule::derive(black_box(&MIXED.plan), None);
            let findings = Findings::check(&schedule, today(), None);
            (schedule, findings)
        });
    }
}

/// 5,000 weekly windows over 2 years, 520,000 occurrences: budget 60 ms from plan to findings, 5 ms for one edit.
mod weekly_5000 {
    use super::{Arc, Bencher, Findings, Gesture, History, Schedule, WEEKLY, black_box, edits, today};

    #[divan::bench]
    fn derive_and_check_within_60_ms(bencher: Bencher<'_, '_>) {
        bencher.bench(|| {
            let schedule = Schedule::derive(black_box(&WEEKLY.plan), None);
            let findings = Findings::check(&schedule, today(), None);
            (schedule, findings)
        });
    }

    #[divan::bench]
    fn derive(bencher: Bencher<'_, '_>) {
        bencher.bench(|| Schedule::derive(black_box(&WEEKLY.plan), None));
    }

    #[divan::bench]
    fn check(bencher: Bencher<'_, '_>) {
        bencher.bench(|| Findings::check(black_box(&WEEKLY.schedule), today(), None));
    }

    #[divan::bench(args = edits())]
    fn edit_within_5_ms(bencher: Bencher<'_, '_>, edit: &Gesture) {
        bencher
            .with_inputs(|| History::new(Arc::clone(&WEEKLY.plan)))
            .bench_local_refs(|history| WEEKLY.edit(history, &edit.1));
    }
}

/// An edit with its name in the table of results.
struct Gesture(&'static str, Edit);

impl std::fmt::Display for Gesture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

fn edits() -> [Gesture; 7] {
    let plan = &WEEKLY.plan;
    let window = WEEKLY.schedule.windows[1_234].window.id.clone();
    let on = WEEKLY.schedule.windows[1_234].expansion.occurrences[40].original_on();
    let to = on.succ_opt().unwrap();
    let system = System { name: "Renamed".to_owned(), ..System::clone(&plan.systems().as_slice()[321]) };
    let added = MaintenanceWindow {
        id: WindowId::new("another"),
        name: "Another".to_owned(),
        ..MaintenanceWindow::clone(&plan.windows().as_slice()[99])
    };
    let freeze = ChangeFreeze {
        id: "another".into(),
        name: "Another".to_owned(),
        first_on: on,
        last_on: to,
        every_months: None,
        scope: SystemScope::Areas(vec!["area-0005".into()]),
        exemptions: Vec::new(),
        notes: String::new(),
        imported: None,
    };
    let for_everybody = ChangeFreeze { id: "everybody".into(), scope: SystemScope::Everything, ..freeze.clone() };
    let retimed = MaintenanceWindow {
        rule: Rule::Weekly { days: vec![chrono::Weekday::Mon], every: 2 },
        ..MaintenanceWindow::clone(&plan.windows().as_slice()[77])
    };
    let group = plan.ladders().as_slice()[1].groups[1].id.clone();
    [
        Gesture("move an occurrence", Edit::MoveOccurrence { window, on, to, start: None, duration: None }),
        Gesture("change a rule", Edit::PutWindow(retimed)),
        Gesture("add a window", Edit::PutWindow(added)),
        Gesture("rename a system", Edit::PutSystem(system)),
        Gesture("assign a system", Edit::Assign { systems: vec![large::system_id(321)], group }),
        Gesture("add a freeze for one area", Edit::PutFreeze(freeze)),
        Gesture("add a freeze for everything", Edit::PutFreeze(for_everybody)),
    ]
}
