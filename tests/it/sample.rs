//! The sample plan: it is clean but for the findings that its story is about.

use std::collections::BTreeSet;
use std::sync::Arc;

use windowsill::checks::{CommonCause, Findings, Severity, fold};
use windowsill::compliance::{ComplianceOptions, ComplianceReport, Figures};
use windowsill::model::{
    EmergencyLane, LocalMinute, OccurrenceChange, Plan, ResultOutcome, Rule, Stage, WindowKind, WorkStrategy,
};
use windowsill::schedule::{FitVerdict, Schedule, service_years};
use windowsill::store::{parse, to_text};

const SAMPLE: &str = include_str!("../../assets/sample.ron");
/// The day on which the sample is judged here: late in the year before, when plans are made.
const TODAY: &str = "2026-11-21";

fn sample() -> Plan {
    parse(SAMPLE).unwrap().plan
}

fn schedule() -> Schedule {
    Schedule::derive(&Arc::new(sample()), None)
}

fn findings(schedule: &Schedule) -> Findings {
    Findings::check(schedule, TODAY.parse().unwrap(), None)
}

#[test]
fn the_sample_has_no_unknown_field_and_is_written_as_the_program_writes_it() {
    let loaded = parse(SAMPLE).unwrap();
    assert!(loaded.unknown_fields.is_empty(), "{:?}", loaded.unknown_fields);
    let written = to_text(&loaded.plan).unwrap();
    if std::env::var_os("WINDOWSILL_BLESS").is_some() {
        std::fs::write("assets/sample.ron", &written).unwrap();
    } else {
        assert!(written == SAMPLE, "to write it so: WINDOWSILL_BLESS=1 cargo test --test it sample");
    }
}

#[test]
fn the_sample_is_as_large_as_a_real_year() {
    let schedule = schedule();
    let occurrences: usize = schedule.windows.iter().map(|window| window.expansion.occurrences.len()).sum();
    assert_eq!((schedule.plan.areas().len(), schedule.plan.systems().len(), schedule.plan.ladders().len()), (8, 44, 4));
    assert_eq!(
        (schedule.plan.people().len(), schedule.plan.teams().len(), schedule.plan.advisories().len()),
        (18, 10, 18)
    );
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
    let changes = |is_it: fn(&OccurrenceChange) -> bool| {
        windows().flat_map(|window| &window.window.exceptions).filter(|exception| is_it(&exception.change)).count()
    };
    let moved = changes(|change| matches!(change, OccurrenceChange::Moved { .. }));
    let added = changes(|change| matches!(change, OccurrenceChange::Added { .. }));
    let skipped = changes(|change| matches!(change, OccurrenceChange::Skipped { .. }));
    assert_eq!((moved, added, skipped), (3, 1, 9), "one of those moved is only longer");
    assert_eq!(
        windows().map(|window| window.window.changes.len()).sum::<usize>(),
        1,
        "one starts earlier from October on"
    );
}

#[test]
fn only_the_systems_on_no_ladder_are_reached_by_no_window() {
    let schedule = schedule();
    let systems = schedule.plan.systems().iter().enumerate();
    let unreached: Vec<_> = systems
        .filter(|(position, _)| schedule.covering.windows_covering(*position).is_empty())
        .map(|(_, system)| system.id.as_str())
        .collect();
    assert_eq!(unreached, ["badge-readers", "fax-gateway", "report-server"]);
}

#[test]
fn all_windows_but_one_fit_with_half_an_hour_or_so_to_spare() {
    let schedule = schedule();
    for window in &schedule.windows {
        let fit = window.usual_fit().unwrap();
        let verdict = if window.id().as_str() == "storage-firmware" { FitVerdict::Thin } else { FitVerdict::Fits };
        assert_eq!(fit.verdict(schedule.plan.policy().buffer_percent), verdict, "{}", window.id());
        assert!((15..=90).contains(&fit.margin()), "{}: margin {}", window.id(), fit.margin());
    }
}

#[test]
fn the_sample_has_an_emergency_lane_rolling_work_and_services_that_keep_their_targets() {
    let schedule = schedule();
    let policy = schedule.plan.policy();
    assert_eq!(policy.emergency, Some(EmergencyLane::default()));
    let windows = schedule.windows.iter().filter(|window| window.window.strategy == WorkStrategy::Rolling);
    let rolling: Vec<&str> = windows.map(|window| window.id().as_str()).collect();
    assert_eq!(rolling, ["container-platform", "web-api"]);
    let years = service_years(&schedule, |service| policy.service_target(service).is_some());
    let found: Vec<_> =
        years.iter().map(|year| (year.service.as_str(), year.systems, year.stops, year.down.to_string())).collect();
    let expected = [
        ("Online banking", 1, 12, "2 h"),
        ("Payments", 3, 23, "41 h 57"),
        ("SAP", 2, 5, "16 h 17"),
        // One of the pair answers while the other is patched.
        ("Sign-in", 2, 0, "0 min"),
    ];
    assert_eq!(found, expected.map(|(service, systems, stops, down)| (service, systems, stops, down.to_owned())));
    assert!(years.iter().all(|year| !year.is_over()));
}

/// Everything that is wrong with the sample, by cause: code, cause, date of the first occurrence, how many findings.
const STORY: &[(&str, &str, &str, usize)] = &[
    // Moved to the night in which the clocks go forward.
    ("B001", "window core-db", "2027-03-27", 1),
    // Declined, and no other date agreed.
    ("C003", "window treasury-ledger", "2027-06-20", 1),
    // On leave that night.
    ("C005", "person lena-fox", "2027-07-24", 1),
    ("F001", "freeze quarter-close", "2027-09-26", 1),
    ("W001", "window sap-extended", "2027-11-07", 1),
    ("B002", "window storage-firmware", "2027-06-05", 1),
    ("B003", "window data-warehouse", "", 1),
    ("C004", "window contact-centre", "", 1),
    // What the freeze takes away in September holds up everybody after it.
    ("F002", "freeze quarter-close", "", 1),
    ("P003", "system badge-readers", "", 1),
    ("P003", "system report-server", "", 1),
    // The pilot was moved by a day, the rest was not: so the rest waits for the next cycle.
    ("R002", "group desktops-rest", "2027-08-19", 1),
    ("R004", "group desktops-rest", "", 1),
    ("R004", "freeze quarter-close", "", 1),
    ("R005", "group desktops-pilot", "", 1),
    ("S001", "ladder desktops", "", 3),
    ("S001", "ladder network", "", 4),
    ("S001", "ladder platforms", "", 5),
    ("S001", "ladder servers", "", 3),
    ("S003", "advisory ht-2026-044", "", 1),
    ("T003", "window core-db", "2027-03-27", 1),
    ("T006", "window backup-drill", "2027-09-11", 1),
    // Both on a Wednesday, and the mailboxes need the directory.
    ("W002", "window mailboxes", "2027-02-17", 4),
    ("W005", "holidays england-and-wales", "2027-05-03", 1),
    // Most of it comes in the first group, since only the storage is patched yearly.
    ("R007", "ladder platforms", "", 1),
    // Their products are on no test system.
    ("R008", "group servers-production", "", 3),
    // The soak times alone are longer.
    ("S001", "ladder desktops", "", 1),
    ("S001", "ladder servers", "", 1),
];

/// What somebody answers for: code, cause, how many findings.
const ACCEPTED: &[(&str, &str, usize)] =
    &[("P003", "system fax-gateway", 1), ("W002", "window emergency-reserve", 12), ("W002", "window sap-extended", 4)];

#[test]
fn the_sample_has_the_findings_of_its_story_and_no_other() {
    let schedule = schedule();
    let findings = findings(&schedule);
    let cx = windowsill::checks::Context::new(&schedule, TODAY.parse().unwrap());
    let first_date = |cause: &CommonCause| cause.dates(&cx).map_or_else(String::new, |(first, _)| first.to_string());
    let found: Vec<_> = fold(findings.open())
        .iter()
        .map(|cause| (cause.rule.code, cause.subject.to_string(), first_date(cause), cause.findings.len()))
        .collect();
    let told: Vec<_> =
        STORY.iter().map(|(code, cause, on, many)| (*code, (*cause).to_owned(), (*on).to_owned(), *many)).collect();
    assert_eq!(found, told);
    assert_eq!(findings.open().filter(|finding| finding.severity == Severity::Error).count(), 5);
}

#[test]
fn the_sample_shows_accepted_findings() {
    let findings = findings(&schedule());
    let accepted = fold(findings.list.iter().filter(|finding| !findings.is_open(finding)));
    let found: Vec<_> =
        accepted.iter().map(|cause| (cause.rule.code, cause.subject.to_string(), cause.findings.len())).collect();
    let told: Vec<_> = ACCEPTED.iter().map(|(code, cause, many)| (*code, (*cause).to_owned(), *many)).collect();
    assert_eq!(found, told);
}

#[test]
fn quick_fixes_make_their_findings_go_away_and_bring_no_new_error() {
    let before = schedule();
    let cx = windowsill::checks::Context::new(&before, TODAY.parse().unwrap());
    for (code, label) in [
        ("B001", "Lengthen occurrence to 5 h"),
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

#[test]
fn the_sample_has_a_recorded_quarter_in_which_not_all_went_well() {
    let schedule = schedule();
    let plan = &*schedule.plan;
    let first = "2027-01-01".parse().ok();
    assert_eq!((plan.policy().recording_from, plan.policy().gates.len()), (first, 2));
    let outcomes =
        ResultOutcome::ALL.map(|outcome| plan.results().iter().filter(|result| result.outcome() == outcome).count());
    assert_eq!(outcomes, [102, 5, 0, 1, 6], "patched, partly, failed, rolled back, skipped");
    for result in plan.results() {
        assert_eq!(result.contradiction(), None, "{}", result.key);
        let (_, occurrence) = schedule.occurrence(&result.key.window, result.key.on).unwrap();
        let (start, end) = (occurrence.start_at, occurrence.end_at);
        let actual = result.started_at.into_iter().chain(result.ended_at);
        assert!(actual.into_iter().all(|at| start <= at && at <= end), "{}", result.key);
    }
    let holds: Vec<_> = plan.group_records().iter().flat_map(|record| &record.holds).collect();
    assert!(matches!(holds[..], [hold] if hold.lifted.is_some()), "one release was on hold for a while");
}

#[test]
fn the_recorded_quarter_has_figures_to_show_and_two_findings() {
    let schedule = schedule();
    let zone = &schedule.zone;
    let today = "2027-04-01".parse().unwrap();
    let at = zone.resolve(LocalMinute::midnight("2027-04-02".parse().unwrap())).at;
    let report = ComplianceReport::new(&schedule, &ComplianceOptions { at, from: None, count_hosts: false });
    let expected = Figures { in_time: 45, late: 9, open: 2, pending: 5, excused: 0, no_deadline: 0, unverified: 0 };
    assert_eq!(report.overall, expected);
    assert_eq!(
        (report.metrics.critical_in_time_percent, report.metrics.high_in_time_percent),
        (Some(60.0), Some(78.9))
    );
    assert!(report.metrics.failure_percent.is_some_and(|percent| percent > 0.0));
    let overdue: Vec<_> = report.overdue.iter().map(|each| (&*each.advisory, each.days)).collect();
    assert_eq!(overdue, [("ht-2027-010", 1)]);
    let findings = Findings::check(&schedule, today, None);
    let recorded = |code: &&str| matches!(*code, "S002" | "S003" | "S004" | "R009");
    let codes: Vec<_> = findings.open().map(|finding| finding.rule.code).filter(recorded).collect();
    assert_eq!(codes, ["S002", "S004"], "one advisory is overdue, one scan was missed");
}
