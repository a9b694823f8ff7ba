//! Checks plans in tests, with assertions about all findings.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use windowsill::checks::{Context, Finding, Findings, Rule, Severity, fold};
use windowsill::model::Plan;
use windowsill::schedule::{Schedule, Simulation};
use windowsill::store::parse;

use crate::support::full::date;

/// The fixtures `CODE-what.ron` and `CODE-what-….ron`, sorted by name.
pub fn fixtures(code: &str, what: &str) -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/checks");
    let start = format!("{code}-{what}");
    let name = |file: &PathBuf| file.file_name().unwrap().to_string_lossy().into_owned();
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| name(file).starts_with(&start));
    files.sort();
    assert!(!files.is_empty(), "tests/fixtures/checks/{start}.ron is missing");
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

pub fn plan_of(text: &str) -> Arc<Plan> {
    let loaded = parse(text).unwrap_or_else(|error| panic!("{error}"));
    assert!(loaded.unknown_fields.is_empty(), "{:?}", loaded.unknown_fields);
    Arc::new(loaded.plan)
}

/// The date on which these plans are checked.
pub fn today() -> NaiveDate {
    date(2026, 11, 21)
}

pub fn derived(text: &str) -> Schedule {
    Schedule::derive(&plan_of(text), None).with_outlooks(Simulation::RUNS)
}

pub fn found_in(schedule: &Schedule) -> Findings {
    Findings::check(schedule, today(), None)
}

/// What identifies a problem, without its numbers.
pub fn identity(finding: &Finding) -> String {
    let Finding { rule, subject, window, on, other, .. } = finding;
    format!("{} {subject} {window:?} {on:?} {other:?}", rule.code)
}

/// Everything that a person sees of the findings.
pub fn shown(findings: &Findings) -> Vec<String> {
    let line = |finding: &Arc<Finding>| {
        let accepted = findings.accepted.current(finding).map(|acceptance| &acceptance.id);
        let name = finding.severity.name();
        format!("{name} {} {:?}: {} {accepted:?}", identity(finding), finding.at, finding.message)
    };
    let counts = Severity::ALL.map(|severity| findings.count(severity));
    findings.list.iter().map(line).chain([format!("{counts:?} {}", findings.accepted_count())]).collect()
}

pub fn of_rule<'a>(findings: &'a Findings, rule: &Rule) -> Vec<&'a Arc<Finding>> {
    findings.list.iter().filter(|finding| finding.rule.code == rule.code).collect()
}

/// Checks what is true of all findings of any plan.
pub fn assert_sound(schedule: &Schedule, findings: &Findings) {
    let plan = &schedule.plan;
    for finding in findings.list.iter() {
        assert!(finding.subject.exists(plan), "{finding:?}");
        assert!(finding.window.as_ref().is_none_or(|window| plan.windows().contains(window)), "{finding:?}");
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
        assert_eq!(findings.count_with_unfinished(severity), open, "{severity:?}");
    }
    let unfinished = findings.open().filter(|finding| findings.unfinished.has(finding)).count();
    assert_eq!(findings.unfinished_count(), unfinished);
    assert_eq!(findings.list.len() - findings.open().count(), findings.accepted_count());
    assert_folded(schedule, findings);
    let order: Vec<_> = findings.list.iter().map(|finding| (finding.severity, finding.rule.code, finding.at)).collect();
    assert!(order.is_sorted(), "{order:?}");
}

/// Each finding belongs to one line, whose message is not empty, and is the finding's own if it is alone.
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

/// Messages, folded or not, do not end with a full stop.
pub fn assert_worded(schedule: &Schedule, findings: &Findings) {
    let cx = Context::new(schedule, today());
    let folded: Vec<String> = fold(findings.list.iter()).iter().map(|cause| cause.message(&cx).to_string()).collect();
    let mut messages =
        findings.list.iter().map(|finding| finding.message.as_str()).chain(folded.iter().map(String::as_str));
    let ends = messages.find(|message| message.ends_with('.'));
    assert!(ends.is_none(), "{ends:?}");
}

/// Applies every quick fix separately and checks that its finding is gone.
pub fn assert_fixes_fix(schedule: &Schedule, findings: &Findings, runs: u32) {
    let cx = Context::new(schedule, today());
    for finding in findings.list.iter() {
        let Some(fix) = finding.fix(&cx) else { continue };
        let fixed = Arc::new(schedule.plan.apply(&fix.edit).unwrap_or_else(|error| panic!("{}: {error}", fix.label)));
        let after = found_in(&Schedule::derive(&fixed, Some(schedule)).with_outlooks(runs));
        let same = after.list.iter().find(|other| identity(other) == identity(finding));
        assert!(same.is_none(), "{}\n{}\nleft: {same:#?}", finding.message, fix.label);
    }
}
