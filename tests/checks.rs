//! Checks: what each rule says of a plan, that quick fixes fix, and that findings found again are those found afresh.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot read its own files has failed"
)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{NaiveDate, Weekday};
use common::edits::any_edit;
use common::full::{date, empty_plan};
use common::plans::any_plan;
use proptest::prelude::*;
use windowsill::checks::{self, Context, Finding, Findings, RULES, Rule, Severity, fold};
use windowsill::model::{
    ChangeFreeze, Edit, Exemption, FreezeScope, MaintenanceWindow, Minutes, Plan, Rule as WindowRule, Subject, System,
    SystemId,
};
use windowsill::schedule::{Schedule, Simulation};
use windowsill::store::parse;

/// What a fixture's head says: `// error B001 at window core-db on 2027-03-27: part of the message -> label of the fix`.
#[derive(Debug)]
struct Expected {
    severity: String,
    code: String,
    subject: String,
    on: Option<String>,
    part: String,
    fix: Option<String>,
}

impl Expected {
    fn read(line: &str) -> Option<Self> {
        let (place, text) = line.strip_prefix("// ")?.split_once(": ")?;
        let (head, subject) = place.split_once(" at ")?;
        let (severity, code) = head.split_once(' ')?;
        let (subject, on) = match subject.split_once(" on ") {
            Some((subject, on)) => (subject, Some(on.to_owned())),
            None => (subject, None),
        };
        let (part, fix) = match text.split_once(" -> ") {
            Some((part, fix)) => (part, Some(fix.to_owned())),
            None => (text, None),
        };
        let [severity, code, subject, part] = [severity, code, subject, part].map(str::to_owned);
        Some(Self { severity, code, subject, on, part, fix })
    }

    #[track_caller]
    fn assert_is(&self, finding: &Finding, cx: &Context<'_>) {
        let on = finding.on.map(|on| on.to_string());
        let fix = finding.fix(cx).map(|fix| fix.label);
        assert_eq!((self.severity.as_str(), &self.on, &self.fix), (finding.severity.name(), &on, &fix), "{finding:?}");
        assert_eq!((&self.code, &self.subject), (&finding.rule.code.to_owned(), &finding.subject.to_string()));
        assert!(finding.message.contains(&self.part), "expected: {}\nfound: {}", self.part, finding.message);
    }
}

/// The fixtures `CODE-what.ron` and `CODE-what-….ron`, sorted by name.
fn fixtures(code: &str, what: &str) -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/checks");
    let start = format!("{code}-{what}");
    let name = |file: &PathBuf| file.file_name().unwrap().to_string_lossy().into_owned();
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| name(file).starts_with(&start));
    files.sort();
    assert!(!files.is_empty(), "tests/fixtures/checks/{start}.ron is missing");
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

fn plan_of(text: &str) -> Arc<Plan> {
    let loaded = parse(text).unwrap_or_else(|error| panic!("{error}"));
    assert!(loaded.unknown_fields.is_empty(), "{:?}", loaded.unknown_fields);
    Arc::new(loaded.plan)
}

/// The day on which all these plans are looked at.
fn today() -> NaiveDate {
    date(2026, 11, 21)
}

/// Nights that are played through: enough to find the same twice.
const FEW_RUNS: u32 = 20;

fn derived(text: &str) -> Schedule {
    Schedule::derive(&plan_of(text), None).with_outlooks(Simulation::RUNS)
}

fn found_in(schedule: &Schedule) -> Findings {
    Findings::of(schedule, today(), None)
}

/// What makes it the same problem, whatever its numbers have become.
fn identity(finding: &Finding) -> String {
    let Finding { rule, subject, window, on, other, .. } = finding;
    format!("{} {subject} {window:?} {on:?} {other:?}", rule.code)
}

fn shown(findings: &Findings) -> Vec<String> {
    let line = |finding: &Arc<Finding>| {
        let accepted = findings.accepted.holding(finding).map(|acceptance| &acceptance.id);
        let name = finding.severity.name();
        format!("{name} {} {:?}: {} {accepted:?}", identity(finding), finding.at, finding.message)
    };
    let counts = Severity::ALL.map(|severity| findings.count(severity));
    findings.list.iter().map(line).chain([format!("{counts:?} {}", findings.accepted_count())]).collect()
}

fn of_rule<'a>(findings: &'a Findings, rule: &Rule) -> Vec<&'a Arc<Finding>> {
    findings.list.iter().filter(|finding| finding.rule.code == rule.code).collect()
}

#[test]
fn every_rule_finds_in_its_fixtures_what_their_heads_say() {
    for (rule, text) in
        RULES.iter().flat_map(|rule| fixtures(rule.code, "fires").into_iter().map(move |text| (rule, text)))
    {
        let expected: Vec<Expected> = text.lines().filter_map(Expected::read).collect();
        assert!(!expected.is_empty(), "{} expects nothing", rule.code);
        let schedule = derived(&text);
        let findings = found_in(&schedule);
        let of_rule = of_rule(&findings, rule);
        let messages: Vec<_> = of_rule.iter().map(|finding| &finding.message).collect();
        assert_eq!(of_rule.len(), expected.len(), "{}: {messages:#?}", rule.code);
        let cx = Context::new(&schedule, today());
        expected.iter().zip(of_rule).for_each(|(expected, finding)| expected.assert_is(finding, &cx));
    }
}

#[test]
fn every_rule_is_silent_where_it_has_nothing_to_say() {
    for (rule, text) in
        RULES.iter().flat_map(|rule| fixtures(rule.code, "silent").into_iter().map(move |text| (rule, text)))
    {
        let findings = found_in(&derived(&text));
        let of_rule = of_rule(&findings, rule);
        assert!(of_rule.is_empty(), "{}: {of_rule:#?}", rule.code);
    }
}

#[test]
fn the_registry_is_in_order() {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "sorted, each once: {codes:?}");
    let names: BTreeSet<_> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len(), "a name stands twice");
    for rule in RULES {
        let file =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("src/checks/{}.rs", rule.code.to_lowercase()));
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        assert!(text.starts_with(&format!("//! {} {}: ", rule.code, rule.name)), "{} opens with its name", rule.code);
        assert!(rule.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{} is kebab-case", rule.name);
        for text in [rule.checks, rule.why, rule.example, rule.remedy] {
            assert!(text.ends_with('.') && text.len() > 10 && !text.contains("  "), "{}: {text}", rule.code);
        }
        assert_eq!(rule.family().letter(), rule.code.chars().next().unwrap());
        assert!(std::ptr::eq(*rule, checks::rule(&rule.code.to_lowercase()).unwrap()));
        assert!(std::ptr::eq(*rule, checks::rule(rule.name).unwrap()));
    }
}

/// What holds of all findings, whatever the plan.
fn assert_sound(schedule: &Schedule, findings: &Findings) {
    let plan = &schedule.plan;
    for finding in findings.list.iter() {
        assert!(finding.subject.exists(plan), "{finding:?}");
        assert!(finding.window.as_ref().is_none_or(|window| plan.windows.contains(window)), "{finding:?}");
        let other_is_known = finding.other.as_ref().is_none_or(|other| other.exists(plan));
        assert_eq!(other_is_known, finding.rule.code != "P001" || finding.other.is_none(), "{finding:?}");
        let is_occurrence = finding
            .on
            .zip(finding.window.as_ref())
            .is_none_or(|(on, window)| schedule.occurrence(window, on).is_some() || finding.rule.code == "T006");
        assert!(is_occurrence, "{finding:?}");
    }
    for severity in Severity::ALL {
        let open = findings.open().filter(|finding| finding.severity == severity).count();
        assert_eq!(findings.count(severity), open, "{severity:?}");
    }
    assert_eq!(findings.list.len() - findings.open().count(), findings.accepted_count());
    assert_folded(schedule, findings);
    let order: Vec<_> = findings.list.iter().map(|finding| (finding.severity, finding.rule.code, finding.at)).collect();
    assert!(order.is_sorted(), "{order:?}");
}

/// Each finding stands behind one line, whose words are those of a person.
fn assert_folded(schedule: &Schedule, findings: &Findings) {
    let cx = Context::new(schedule, today());
    let causes = fold(findings.list.iter());
    for cause in &causes {
        assert!(cause.findings.iter().all(|finding| *finding.cause() == cause.subject), "{cause:?}");
        let message = cause.message(&cx);
        assert!(!message.is_empty(), "{message}");
        assert!(cause.findings.len() > 1 || message == cause.findings[0].message, "{message}");
    }
    assert_eq!(causes.iter().map(|cause| cause.findings.len()).sum::<usize>(), findings.list.len());
}

/// Messages, folded or not, do not end in a full stop, unless a record that one ends with is called so.
fn assert_worded(schedule: &Schedule, findings: &Findings) {
    let cx = Context::new(schedule, today());
    let folded: Vec<String> = fold(findings.list.iter()).iter().map(|cause| cause.message(&cx).to_string()).collect();
    let mut messages =
        findings.list.iter().map(|finding| finding.message.as_str()).chain(folded.iter().map(String::as_str));
    let ends = messages.find(|message| message.ends_with('.'));
    assert!(ends.is_none(), "{ends:?}");
}

/// Applies every quick fix, each by itself: its finding is gone then.
fn assert_fixes_fix(schedule: &Schedule, findings: &Findings, runs: u32) {
    let cx = Context::new(schedule, today());
    for finding in findings.list.iter() {
        let Some(fix) = finding.fix(&cx) else { continue };
        let fixed = Arc::new(schedule.plan.apply(&fix.edit).unwrap_or_else(|error| panic!("{}: {error}", fix.label)));
        let after = found_in(&Schedule::derive(&fixed, Some(schedule)).with_outlooks(runs));
        let same = after.list.iter().find(|other| identity(other) == identity(finding));
        assert!(same.is_none(), "{}\n{}\nleft: {same:#?}", finding.message, fix.label);
    }
}

#[test]
fn applying_a_quick_fix_removes_the_finding() {
    for rule in RULES {
        let mut offers_a_fix = false;
        for text in fixtures(rule.code, "fires") {
            let schedule = derived(&text);
            let findings = found_in(&schedule);
            assert_sound(&schedule, &findings);
            assert_worded(&schedule, &findings);
            assert_fixes_fix(&schedule, &findings, Simulation::RUNS);
            let cx = Context::new(&schedule, today());
            offers_a_fix |= of_rule(&findings, rule).iter().any(|finding| finding.fix(&cx).is_some());
        }
        assert_eq!(offers_a_fix, rule.fix.is_some(), "{}: a rule with quick fixes shows one in a fixture", rule.code);
    }
}

/// The messages of one rule before and after an edit, the second time found again from the first.
fn before_and_after(code: &str, plan: Plan, edit: &Edit) -> [usize; 2] {
    let plan = Arc::new(plan);
    let schedule = Schedule::derive(&plan, None);
    let findings = found_in(&schedule);
    let after = Schedule::derive(&Arc::new(plan.apply(edit).unwrap()), Some(&schedule));
    let again = Findings::of(&after, today(), Some(&findings));
    [&findings, &again].map(|findings| findings.list.iter().filter(|finding| finding.rule.code == code).count())
}

#[test]
fn a_window_that_leaves_a_ladder_takes_its_findings_along() {
    let plan = Plan::clone(&plan_of(&fixtures("R001", "fires")[0]));
    let early = plan.windows.get(&"prod".into()).unwrap();
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
fn overlaps_that_are_not_all_listed_are_said_to_be_more() {
    let system = |id: &str| System { id: id.into(), name: id.to_owned(), hosts: 1, ..System::default() };
    let late = |id: &str| MaintenanceWindow {
        systems: vec!["b".into()],
        ..MaintenanceWindow::new(id.into(), id, WindowRule::once(date(2027, 12, 1)))
    };
    let plan = Plan {
        systems: [system("a"), system("b")].into_iter().collect(),
        windows: endless_windows(&["a", "b"], 12).chain([late("late-1"), late("late-2")]).collect(),
        ..empty_plan()
    };
    let findings = found_in(&Schedule::derive(&Arc::new(plan), None));
    let is_told = |system: &str| {
        let subject = Subject::System(system.into());
        findings.list.iter().any(|finding| finding.rule.code == "W001" && finding.subject == subject)
    };
    assert_eq!(["a", "b"].map(is_told), [true, true]);
}

#[test]
fn a_window_that_leaves_a_system_takes_its_overlaps_along() {
    let plan = Plan::clone(&plan_of(&fixtures("W001", "fires")[0]));
    let other = plan.windows.get(&"web".into()).unwrap();
    let third =
        MaintenanceWindow { id: "x".into(), start: common::full::clock(7, 0), ..MaintenanceWindow::clone(other) };
    let plan = plan.apply(&Edit::PutWindow(third)).unwrap();
    let edit = Edit::PutWindow(MaintenanceWindow { systems: Vec::new(), ..MaintenanceWindow::clone(other) });
    assert_eq!(before_and_after("W001", plan, &edit).map(|count| count > 1), [true, false]);
}

#[test]
fn the_last_window_takes_what_was_found_about_it_along() {
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
        scope: FreezeScope::Everything,
        exemptions: vec![exempt("prod")],
        notes: String::new(),
    };
    let plan = plan.apply(&Edit::PutFreeze(freeze)).unwrap();
    assert_eq!(before_and_after("P001", plan, &edit), [0, 1]);
}

/// One step of a session.
#[derive(Clone, Debug)]
enum Step {
    Edit(Box<Edit>),
    /// The window at that place, or near it, keeps its time and loses its groups and systems.
    Uncover(usize),
    /// Back to the plan of so many steps ago.
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

fn uncovered(plan: &Plan, place: usize) -> Option<Plan> {
    let window = plan.windows.as_slice().get(place % plan.windows.len().max(1))?;
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
    fn findings_found_again_are_those_found_afresh(
        edits in proptest::collection::vec(any_edit(), 0..40),
        steps in proptest::collection::vec(any_step(), 1..25),
    ) {
        let mut past = vec![Arc::new(plan_after(&edits))];
        let mut today = today();
        let mut schedule = Schedule::derive(&past[0], None);
        let mut findings = Findings::of(&schedule, today, None);
        for step in steps {
            let current = Arc::clone(&schedule.plan);
            let plan = match &step {
                Step::Edit(edit) => current.apply(edit).map_or(current, Arc::new),
                Step::Uncover(place) => uncovered(&current, *place).map_or(current, Arc::new),
                Step::Undo(steps) => Arc::clone(&past[past.len().saturating_sub(1 + steps)]),
                Step::Tomorrow => {
                    today = today.succ_opt().unwrap();
                    current
                }
            };
            past.push(Arc::clone(&plan));
            schedule = Schedule::derive(&plan, Some(&schedule));
            // How sure the fits are is known later than everything else; then findings are found once more.
            findings = Findings::of(&schedule, today, Some(&findings));
            schedule = schedule.with_outlooks(FEW_RUNS);
            findings = Findings::of(&schedule, today, Some(&findings));
            let afresh = Findings::of(&Schedule::derive(&plan, None).with_outlooks(FEW_RUNS), today, None);
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
    fn wild_plans_are_judged_without_a_panic_and_by_names_that_exist(plan in any_plan()) {
        let schedule = Schedule::derive(&Arc::new(plan), None).with_outlooks(FEW_RUNS);
        let findings = found_in(&schedule);
        assert_sound(&schedule, &findings);
        findings.list.iter().for_each(|finding| drop(finding.fix(&Context::new(&schedule, today()))));
    }
}
