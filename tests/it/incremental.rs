//! Checks over a session: findings updated after an edit equal those of a fresh run, for any plan.

use std::sync::Arc;

use chrono::Weekday;
use proptest::prelude::*;
use windowsill::checks::{Context, Findings};
use windowsill::model::{
    ChangeFreeze, Edit, Exemption, MaintenanceWindow, Minutes, Plan, PlanParts, Rule as WindowRule, Subject, System,
    SystemId, SystemScope,
};
use windowsill::schedule::Schedule;

use crate::support::edits::any_edit;
use crate::support::full::{clock, date, empty_plan};
use crate::support::judging::{
    assert_fixes_fix, assert_sound, assert_worded, fixtures, found_in, plan_of, shown, today,
};
use crate::support::plans::any_plan;

/// Simulated runs: few, because only equality matters.
const FEW_RUNS: u32 = 20;

/// The messages of one rule before and after an edit, the second time found again from the first.
fn before_and_after(code: &str, plan: Plan, edit: &Edit) -> [usize; 2] {
    let plan = Arc::new(plan);
    let schedule = Schedule::derive(&plan, None);
    let findings = found_in(&schedule);
    let after = Schedule::derive(&Arc::new(plan.apply(edit).unwrap()), Some(&schedule));
    let again = Findings::check(&after, today(), Some(&findings));
    [&findings, &again].map(|findings| findings.list.iter().filter(|finding| finding.rule.code == code).count())
}

#[test]
fn a_window_that_leaves_a_ladder_takes_its_findings_along() {
    let plan = Plan::clone(&plan_of(&fixtures("R001", "fires")[0]));
    let early = plan.windows().get(&"prod".into()).unwrap();
    let edit = Edit::PutWindow(MaintenanceWindow { groups: Vec::new(), ..MaintenanceWindow::clone(early) });
    assert_eq!(before_and_after("R001", plan, &edit), [1, 0]);
}

/// Windows of 30 days, twice a week, that cover those systems.
fn endless_windows(systems: &[&str], count: usize) -> impl Iterator<Item = MaintenanceWindow> {
    let systems: Vec<SystemId> = systems.iter().map(|id| (*id).into()).collect();
    (0..count).map(move |number| MaintenanceWindow {
        systems: systems.clone(),
        duration: Minutes::days(30),
        ..MaintenanceWindow::new(
            format!("{}-{number}", systems[0]).as_str().into(),
            "Endless",
            WindowRule::Weekly { days: vec![Weekday::Mon, Weekday::Thu], every: 1 },
        )
    })
}

#[test]
fn overlaps_beyond_the_limit_are_counted() {
    let system = |id: &str| System { id: id.into(), name: id.to_owned(), hosts: 1, ..System::default() };
    let late = |id: &str| MaintenanceWindow {
        systems: vec!["b".into()],
        ..MaintenanceWindow::new(id.into(), id, WindowRule::once(date(2027, 12, 1)))
    };
    let plan = Plan::from(PlanParts {
        systems: [system("a"), system("b")].into_iter().collect(),
        windows: endless_windows(&["a", "b"], 12).chain([late("late-1"), late("late-2")]).collect(),
        ..empty_plan().to_parts()
    });
    let findings = found_in(&Schedule::derive(&Arc::new(plan), None));
    let is_told = |system: &str| {
        let subject = Subject::System(system.into());
        findings.list.iter().any(|finding| finding.rule.code == "W001" && finding.subject == subject)
    };
    assert_eq!(["a", "b"].map(is_told), [true, true]);
}

#[test]
fn pairs_of_windows_that_were_not_compared_are_reported_as_such() {
    let system = |id: &str, depends_on: Vec<SystemId>| System {
        id: id.into(),
        name: id.to_owned(),
        hosts: 1,
        depends_on,
        ..System::default()
    };
    let windows = ["a", "b"].into_iter().flat_map(|system| {
        (0..51_u32).map(move |number| MaintenanceWindow {
            systems: vec![system.into()],
            ..MaintenanceWindow::new(
                format!("{system}-{number}").as_str().into(),
                "Once",
                WindowRule::once(date(2027, if system == "a" { 3 } else { 9 }, 1 + number % 28)),
            )
        })
    });
    let plan = Plan::from(PlanParts {
        systems: [system("a", vec!["b".into()]), system("b", Vec::new())].into_iter().collect(),
        windows: windows.collect(),
        ..empty_plan().to_parts()
    });
    let findings = found_in(&Schedule::derive(&Arc::new(plan), None));
    let messages: Vec<_> = findings.list.iter().filter(|finding| finding.rule.code == "W002").collect();
    let [finding] = messages.as_slice() else { panic!("{messages:?}") };
    assert!(finding.message.contains("only the first 2500 pairs"), "{finding:?}");
}

#[test]
fn a_window_that_leaves_a_system_takes_its_overlaps_along() {
    let plan = Plan::clone(&plan_of(&fixtures("W001", "fires")[0]));
    let other = plan.windows().get(&"web".into()).unwrap();
    let third = MaintenanceWindow { id: "x".into(), start: clock(7, 0), ..MaintenanceWindow::clone(other) };
    let plan = plan.apply(&Edit::PutWindow(third)).unwrap();
    let edit = Edit::PutWindow(MaintenanceWindow { systems: Vec::new(), ..MaintenanceWindow::clone(other) });
    assert_eq!(before_and_after("W001", plan, &edit).map(|count| count > 1), [true, false]);
}

#[test]
fn removing_a_window_reports_the_exemption_that_names_it() {
    let plan = Plan::clone(&plan_of(&fixtures("R001", "fires")[0]));
    let plan = plan.apply(&Edit::RemoveWindow("test".into())).unwrap();
    let edit = Edit::RemoveWindow("prod".into());
    let exempt = |window: &str| Exemption { window: window.into(), approver: String::new(), reason: String::new() };
    let freeze = ChangeFreeze {
        id: "freeze".into(),
        name: "Freeze".to_owned(),
        first_on: date(2027, 12, 1),
        last_on: date(2027, 12, 2),
        every_months: None,
        scope: SystemScope::Everything,
        exemptions: vec![exempt("prod")],
        notes: String::new(),
        imported: None,
    };
    let plan = plan.apply(&Edit::PutFreeze(freeze)).unwrap();
    assert_eq!(before_and_after("P001", plan, &edit), [0, 1]);
}

/// One step of a session.
#[derive(Clone, Debug)]
enum Step {
    Edit(Box<Edit>),
    /// The window with that index, counted in a circle, keeps its time and loses its groups and systems.
    Uncover(usize),
    /// Goes back to the plan this many steps ago.
    Undo(usize),
    /// A night passes.
    Tomorrow,
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => any_edit().prop_map(|edit| Step::Edit(Box::new(edit))),
        2 => (0..5_usize).prop_map(Step::Uncover),
        2 => (1..6_usize).prop_map(Step::Undo),
        1 => Just(Step::Tomorrow),
    ]
}

fn uncovered(plan: &Plan, index: usize) -> Option<Plan> {
    let window = plan.windows().as_slice().get(index % plan.windows().len().max(1))?;
    let window = MaintenanceWindow { groups: Vec::new(), systems: Vec::new(), ..MaintenanceWindow::clone(window) };
    plan.apply(&Edit::PutWindow(window)).ok()
}

/// The plan after those of the edits that can be carried out.
fn plan_after(edits: &[Edit]) -> Plan {
    edits.iter().fold(empty_plan(), |plan, edit| plan.apply(edit).unwrap_or(plan))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn incremental_findings_equal_those_of_a_fresh_run(
        edits in proptest::collection::vec(any_edit(), 0..40),
        steps in proptest::collection::vec(any_step(), 1..25),
    ) {
        let mut past = vec![Arc::new(plan_after(&edits))];
        let mut today = today();
        let mut schedule = Schedule::derive(&past[0], None);
        let mut findings = Findings::check(&schedule, today, None);
        for step in steps {
            let current = Arc::clone(&schedule.plan);
            let plan = match &step {
                Step::Edit(edit) => current.apply(edit).map_or(current, Arc::new),
                Step::Uncover(index) => uncovered(&current, *index).map_or(current, Arc::new),
                Step::Undo(steps) => Arc::clone(&past[past.len().saturating_sub(1 + steps)]),
                Step::Tomorrow => {
                    today = today.succ_opt().unwrap();
                    current
                }
            };
            past.push(Arc::clone(&plan));
            schedule = Schedule::derive(&plan, Some(&schedule));
            // Simulations finish later than everything else; then the findings are updated.
            findings = Findings::check(&schedule, today, Some(&findings));
            schedule = schedule.with_outlooks(FEW_RUNS);
            findings = Findings::check(&schedule, today, Some(&findings));
            let afresh = Findings::check(&Schedule::derive(&plan, None).with_outlooks(FEW_RUNS), today, None);
            prop_assert_eq!(shown(&findings), shown(&afresh), "after {:?}", step);
        }
        assert_sound(&schedule, &findings);
        assert_worded(&schedule, &findings);
    }

    #[test]
    fn quick_fixes_fix_in_any_plan(edits in proptest::collection::vec(any_edit(), 10..60)) {
        let schedule = Schedule::derive(&Arc::new(plan_after(&edits)), None).with_outlooks(FEW_RUNS);
        let mut findings = found_in(&schedule);
        Arc::make_mut(&mut findings.list).truncate(40);
        assert_fixes_fix(&schedule, &findings, FEW_RUNS);
    }

    #[test]
    fn wild_plans_are_checked_without_a_panic_and_findings_name_records_that_exist(plan in any_plan()) {
        let schedule = Schedule::derive(&Arc::new(plan), None).with_outlooks(FEW_RUNS);
        let findings = found_in(&schedule);
        assert_sound(&schedule, &findings);
        findings.list.iter().for_each(|finding| drop(finding.fix(&Context::new(&schedule, today()))));
    }
}
