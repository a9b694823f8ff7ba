//! The sample plan: it is clean but for the findings that its story is about.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper that fails fails its test")]

use std::collections::BTreeSet;
use std::sync::Arc;

use windowsill::checks::{Findings, Severity};
use windowsill::model::{Change, Plan, Rule, Stage, WindowKind};
use windowsill::schedule::{Schedule, Verdict};
use windowsill::store::{parse, to_text};

const SAMPLE: &str = include_str!("../assets/sample.ron");
/// The day on which the sample is judged here: late in the year before, when plans are made.
const TODAY: &str = "2026-11-21";

fn sample() -> Plan {
    parse(SAMPLE).unwrap().plan
}

fn schedule() -> Schedule {
    Schedule::derive(&Arc::new(sample()), None)
}

fn findings(schedule: &Schedule) -> Findings {
    Findings::of(schedule, TODAY.parse().unwrap(), None)
}

#[test]
fn the_sample_has_no_unknown_field_and_is_written_as_the_program_writes_it() {
    let loaded = parse(SAMPLE).unwrap();
    assert!(loaded.unknown_fields.is_empty(), "{:?}", loaded.unknown_fields);
    assert!(to_text(&loaded.plan).unwrap() == SAMPLE, "open assets/sample.ron and save it");
}

#[test]
fn the_sample_is_as_large_as_a_real_year() {
    let schedule = schedule();
    let occurrences: usize = schedule.windows.iter().map(|window| window.expansion.occurrences.len()).sum();
    assert_eq!((schedule.plan.areas.len(), schedule.plan.systems.len(), schedule.plan.ladders.len()), (8, 44, 2));
    assert_eq!((schedule.windows.len(), occurrences), (25, 200));
}

#[test]
fn the_sample_uses_every_stage_and_kind_of_window_and_its_exceptions() {
    let schedule = schedule();
    let windows = || schedule.windows.iter();
    let stages: BTreeSet<Option<Stage>> = windows().map(|window| window.scope.stage).collect();
    assert_eq!(stages, Stage::ALL.map(Some).into());
    let kinds: BTreeSet<WindowKind> = windows().map(|window| window.window.kind).collect();
    assert_eq!(kinds, WindowKind::ALL.into());
    let rules: BTreeSet<&str> = windows()
        .map(|window| match window.window.rule {
            Rule::Dates(_) => "dates",
            Rule::Weekly { .. } => "weekly",
            Rule::Monthly { .. } => "monthly",
            Rule::AfterRelease { .. } => "after release",
            Rule::Foreign(_) => "foreign",
        })
        .collect();
    assert_eq!(rules, ["after release", "dates", "monthly", "weekly"].into());
    let changes = |is_it: fn(&Change) -> bool| {
        windows().flat_map(|window| &window.window.exceptions).filter(|exception| is_it(&exception.change)).count()
    };
    let moved = changes(|change| matches!(change, Change::Moved { .. }));
    let added = changes(|change| matches!(change, Change::Added { .. }));
    let skipped = changes(|change| matches!(change, Change::Skipped { .. }));
    assert_eq!((moved, added, skipped), (2, 1, 9));
}

#[test]
fn only_the_systems_on_no_ladder_are_reached_by_no_window() {
    let schedule = schedule();
    let systems = schedule.plan.systems.iter().enumerate();
    let unreached: Vec<_> = systems
        .filter(|(position, _)| schedule.covering.windows(*position).is_empty())
        .map(|(_, system)| system.id.as_str())
        .collect();
    assert_eq!(unreached, ["badge-readers", "fax-gateway", "report-server"]);
}

#[test]
fn all_windows_but_one_fit_with_half_an_hour_or_so_to_spare() {
    let schedule = schedule();
    for window in &schedule.windows {
        let fit = window.usual_fit().unwrap();
        let verdict = if window.id().as_str() == "storage-firmware" { Verdict::Thin } else { Verdict::Fits };
        assert_eq!(fit.verdict(schedule.plan.policy.buffer_percent), verdict, "{}", window.id());
        assert!((15..=90).contains(&fit.margin()), "{}: margin {}", window.id(), fit.margin());
    }
}

/// Everything that is wrong with the sample: code, subject, original date of the occurrence, date on which it stands.
const STORY: &[(&str, &str, &str)] = &[
    // Moved to the night in which the clocks go forward.
    ("B001", "window core-db", "2027-03-20"),
    ("F001", "window treasury-ledger", "2027-09-26"),
    ("W001", "window sap-extended", "2027-11-07"),
    ("B002", "window storage-firmware", "2027-06-05"),
    ("B003", "window data-warehouse", ""),
    ("P003", "system badge-readers", ""),
    ("P003", "system fax-gateway", ""),
    ("P003", "system report-server", ""),
    // The pilot was moved by a day, the rest was not.
    ("R002", "window desktops-rest", "2027-08-19"),
    ("T003", "window core-db", "2027-03-20"),
    ("T006", "window backup-drill", "2027-09-11"),
    ("W005", "window contact-centre", "2027-05-03"),
];

#[test]
fn the_sample_has_the_findings_of_its_story_and_no_other() {
    let findings = findings(&schedule());
    let found: Vec<_> = findings
        .list
        .iter()
        .map(|finding| {
            let on = finding.on.map_or_else(String::new, |on| on.to_string());
            (finding.rule.code, finding.subject.to_string(), on)
        })
        .collect();
    let told: Vec<_> =
        STORY.iter().map(|(code, subject, on)| (*code, (*subject).to_owned(), (*on).to_owned())).collect();
    assert_eq!(found, told);
    assert_eq!(findings.list.iter().filter(|finding| finding.severity == Severity::Error).count(), 3);
}

#[test]
fn quick_fixes_make_their_findings_go_away_and_bring_no_new_error() {
    let before = schedule();
    let cx = windowsill::checks::Context::new(&before, TODAY.parse().unwrap());
    for (code, label) in [
        ("B001", "Lengthen window to 5 h"),
        ("F001", "Move to Sun 3 Oct 2027"),
        ("R002", "Move to Fri 20 Aug 2027"),
        ("T006", "Move to Sat 4 Sep 2027"),
        ("W005", "Move to Mon 10 May 2027"),
    ] {
        let list = findings(&before).list;
        let finding = list.iter().find(|finding| finding.rule.code == code).unwrap();
        let fix = finding.fix(&cx).unwrap_or_else(|| panic!("{code} has no fix"));
        assert_eq!(fix.label, label, "{code}");
        let fixed = Schedule::derive(&Arc::new(before.plan.apply(&fix.edit).unwrap()), None);
        let after = findings(&fixed);
        let errors = |list: &[Arc<windowsill::checks::Finding>]| {
            list.iter().filter(|finding| finding.severity == Severity::Error).count()
        };
        assert!(after.list.iter().all(|finding| finding.rule.code != code), "{code}");
        assert!(errors(&after.list) <= errors(&list), "{code}");
    }
}
