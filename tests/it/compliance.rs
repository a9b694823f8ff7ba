//! The definitions of docs/compliance.md, one test for each rule, and the command.

use std::sync::Arc;

use windowsill::checks::{Context, Findings};
use windowsill::compliance::{ComplianceOptions, ComplianceReport, Figures, ItemState};
use windowsill::model::{Subject, UtcMinute};
use windowsill::schedule::{AdvisoryState, Schedule};
use windowsill::store;

use crate::support::desk::Desk;

/// A plan in UTC with the systems `a` (4 hosts, production, area `pay`, group `one`) and `b` (1 host, test), and the window
/// `w` on Saturdays from 22:00 to 02:00. `more` are further fields of the plan.
fn plan(more: &str) -> String {
    format!(
        r#"(
    format: 2, id: "p", title: "Plan", horizon: (from: "2027-01-01", months: 12), zone: "UTC",
    areas: [(id: "pay", name: "Payments")],
    systems: [
        (id: "a", name: "A", hosts: 4, area: "pay"),
        (id: "b", name: "B", hosts: 1, environment: Test),
    ],
    ladders: [(id: "l", name: "L", groups: [(id: "one", name: "One", stage: Test, systems: ["a"])])],
    windows: [(id: "w", name: "W", systems: ["a", "b"], rule: Weekly(days: ["Sat"], every: 1), start: "22:00",
        duration: "4h")],
    {more}
)"#
    )
}

/// A High advisory, due in 7 days, published on Tuesday 9 March 2027, on the system `a`.
fn advisory(more: &str) -> String {
    format!(
        r#"advisories: [(id: "x", title: "X", cvss_tenths: 75, published_on: "2027-03-09", systems: ["a"], {more})],"#
    )
}

/// A result of `a` in the occurrence of that date.
fn result(on: &str, more: &str) -> String {
    format!(r#"(of: (window: "w", on: "{on}", system: "a"), hosts: 4, attempted: 4, {more}),"#)
}

fn patched(on: &str) -> String {
    result(on, "patched: 4")
}

fn results(results: &[String]) -> String {
    format!("results: [{}],", results.concat())
}

fn scan(on: &str, at: &str, open: &str) -> String {
    format!(r#"scans: [(of: (window: "w", on: "{on}", at: "{at}"), authenticated: true, open: [{open}])],"#)
}

struct Judged(Schedule);

impl Judged {
    fn new(more: &[&str]) -> Self {
        let loaded = store::parse(&plan(&more.concat())).unwrap();
        assert!(loaded.unknown_fields.is_empty(), "{:?}", loaded.unknown_fields);
        Self(Schedule::derive(&Arc::new(loaded.plan), None))
    }

    fn at(&self, at: &str) -> ComplianceReport<'_> {
        let at = UtcMinute::from_utc(format!("{at}:00Z").parse().unwrap());
        ComplianceReport::new(&self.0, &ComplianceOptions { at, from: None, count_hosts: false })
    }

    /// The states of the items at an instant, by advisory, then system.
    fn states(&self, at: &str) -> Vec<ItemState> {
        self.at(at).items.iter().map(|item| item.state).collect()
    }

    #[track_caller]
    fn is(&self, at: &str, state: ItemState) {
        assert_eq!(self.states(at), [state], "at {at}");
    }
}

#[test]
fn an_item_is_pending_until_its_deadline_and_then_open() {
    let judged = Judged::new(&[&advisory("")]);
    assert_eq!(judged.states("2027-03-08T23:59"), [], "it is not published");
    judged.is("2027-03-09T00:00", ItemState::Pending);
    judged.is("2027-03-15T23:59", ItemState::Pending);
    judged.is("2027-03-16T00:00", ItemState::Open);
    assert_eq!(judged.at("2027-03-16T23:59").overdue[0].days, 0);
    let overdue = &judged.at("2027-03-18T00:00").overdue;
    assert_eq!((overdue[0].advisory.as_str(), overdue[0].severity.as_deref()), ("x", Some("High")));
    assert_eq!((&overdue[0].systems[..], overdue[0].days), (&["a".to_owned()][..], 2));
}

#[test]
fn it_is_done_at_the_planned_end_or_the_actual_one_and_counts_as_due_from_then() {
    let planned = Judged::new(&[&advisory(""), &results(&[patched("2027-03-13")])]);
    planned.is("2027-03-14T01:59", ItemState::Pending);
    planned.is("2027-03-14T02:00", ItemState::InTime);
    assert_eq!(planned.at("2027-03-14T02:00").overall.due(), 1);
    let actual = result("2027-03-13", r#"patched: 4, ended_at: "2027-03-13T23:10Z""#);
    let actual = Judged::new(&[&advisory(""), &results(&[actual])]);
    actual.is("2027-03-13T23:09", ItemState::Pending);
    actual.is("2027-03-13T23:10", ItemState::InTime);
    let late = Judged::new(&[&advisory(""), &results(&[patched("2027-03-20")])]);
    late.is("2027-03-21T01:59", ItemState::Open);
    late.is("2027-03-21T02:00", ItemState::Late);
    let at_the_deadline = result("2027-03-13", r#"patched: 4, ended_at: "2027-03-16T00:00Z""#);
    Judged::new(&[&advisory(""), &results(&[at_the_deadline])]).is("2027-03-20T00:00", ItemState::InTime);
}

#[test]
fn a_moved_occurrence_ends_at_its_moved_time() {
    let moved = results(&[patched("2027-03-13")]);
    let text = plan(&[advisory(""), moved].concat());
    let text = text.replace(
        r#"duration: "4h")"#,
        r#"duration: "4h", exceptions: [(on: "2027-03-13", change: Moved(to: "2027-03-14", start: "10:00"))])"#,
    );
    let judged = Judged(Schedule::derive(&Arc::new(store::parse(&text).unwrap().plan), None));
    judged.is("2027-03-14T13:59", ItemState::Pending);
    judged.is("2027-03-14T14:00", ItemState::InTime);
}

#[test]
fn only_an_occurrence_that_starts_after_publication_and_fix_carries_it() {
    let before = [patched("2027-03-06"), result("2027-03-13", "patched: 4")];
    Judged::new(&[&advisory(""), &results(&before[..1])]).is("2027-03-10T00:00", ItemState::Pending);
    // Saturday's occurrence starts before the fix, and ends after it.
    let fix = r#"fix: Available(on: "2027-03-14")"#;
    let judged = Judged::new(&[&advisory(fix), &results(&before)]);
    judged.is("2027-03-20T00:00", ItemState::Pending);
    judged.is("2027-03-21T00:00", ItemState::Open);
    let next = Judged::new(&[&advisory(fix), &results(&[patched("2027-03-20")])]);
    next.is("2027-03-21T02:00", ItemState::Late);
    let of_publisher = r#"due_on: "2027-03-31", fix: Available(on: "2027-03-14")"#;
    let own_date = Judged::new(&[&advisory(of_publisher), &results(&[patched("2027-03-20")])]);
    own_date.is("2027-03-21T02:00", ItemState::InTime);
}

#[test]
fn a_result_that_is_not_patched_does_not_count() {
    for numbers in ["patched: 3, failed: 1", "failed: 4", "patched: 4, is_rolled_back: true", "patched: 3"] {
        let judged = Judged::new(&[&advisory(""), &results(&[result("2027-03-13", numbers)])]);
        judged.is("2027-03-15T00:00", ItemState::Pending);
        judged.is("2027-03-16T00:00", ItemState::Open);
    }
    let skipped =
        r#"(of: (window: "w", on: "2027-03-13", system: "a"), hosts: 4, attempted: 3, patched: 3, skipped: 1),"#;
    let judged = Judged::new(&[&advisory(""), &results(&[skipped.to_owned()])]);
    judged.is("2027-03-16T00:00", ItemState::Open);
    // "b" has no result, so its advisory is open although the occurrence took place.
    let other = advisory("").replace(r#"systems: ["a"]"#, r#"systems: ["a", "b"]"#);
    let judged = Judged::new(&[&other, &results(&[patched("2027-03-13")])]);
    assert_eq!(judged.states("2027-03-16T00:00"), [ItemState::InTime, ItemState::Open]);
}

#[test]
fn the_end_of_the_day_on_which_it_was_installed_counts_everywhere_or_on_one_system() {
    let judged = Judged::new(&[&advisory(r#"in_on: "2027-03-11""#)]);
    judged.is("2027-03-11T23:59", ItemState::Pending);
    judged.is("2027-03-12T00:00", ItemState::InTime);
    let two = |more: &str| advisory(more).replace(r#"systems: ["a"]"#, r#"systems: ["a", "b"]"#);
    let judged = Judged::new(&[&two(r#"in_on_systems: [(system: "b", on: "2027-03-11")]"#)]);
    assert_eq!(judged.states("2027-03-12T00:00"), [ItemState::Pending, ItemState::InTime]);
    // The earlier of day and result counts.
    let judged = Judged::new(&[&advisory(r#"in_on: "2027-03-17""#), &results(&[patched("2027-03-13")])]);
    judged.is("2027-03-20T00:00", ItemState::InTime);
    // To deploy it is only a plan.
    let deploy = advisory(r#"decisions: [(verdict: Deploy, by: "Bo", on: "2027-03-09")]"#);
    Judged::new(&[&deploy]).is("2027-03-16T00:00", ItemState::Open);
}

#[test]
fn a_scan_that_finds_it_still_open_voids_it_until_the_next_patched_result() {
    let found = scan("2027-03-13", "2027-03-14T06:00Z", r#""a""#);
    let judged = Judged::new(&[&advisory(""), &results(&[patched("2027-03-13"), patched("2027-03-20")]), &found]);
    judged.is("2027-03-14T05:59", ItemState::InTime);
    judged.is("2027-03-14T06:00", ItemState::Pending);
    judged.is("2027-03-16T00:00", ItemState::Open);
    judged.is("2027-03-21T02:00", ItemState::Late);
    // A scan of the occurrence of 13 March that is still open on another system voids nothing here.
    let other = scan("2027-03-13", "2027-03-14T06:00Z", r#""b""#);
    let judged = Judged::new(&[&advisory(""), &results(&[patched("2027-03-13")]), &other]);
    judged.is("2027-03-16T00:00", ItemState::InTime);
    // What was entered with the advisory is void, too.
    let judged = Judged::new(&[&advisory(r#"in_on: "2027-03-13""#), &found]);
    judged.is("2027-03-14T00:00", ItemState::InTime);
    judged.is("2027-03-14T06:00", ItemState::Pending);
}

#[test]
fn a_later_rollback_voids_it() {
    let rolled_back = result("2027-03-20", "is_rolled_back: true");
    let judged = Judged::new(&[&advisory(""), &results(&[patched("2027-03-13"), rolled_back, patched("2027-03-27")])]);
    judged.is("2027-03-21T01:59", ItemState::InTime);
    judged.is("2027-03-21T02:00", ItemState::Open);
    judged.is("2027-03-28T02:00", ItemState::Late);
    let earlier = result("2027-03-13", "is_rolled_back: true");
    let judged = Judged::new(&[&advisory(""), &results(&[earlier, patched("2027-03-20")])]);
    judged.is("2027-03-21T02:00", ItemState::Late);
}

#[test]
fn what_is_done_is_unverified_until_a_scan_is_clean() {
    let unverified = |judged: &Judged, at: &str| judged.at(at).overall.unverified;
    let done = results(&[patched("2027-03-13")]);
    let judged = Judged::new(&[&advisory(""), &done, &scan("2027-03-13", "2027-03-14T06:00Z", "")]);
    assert_eq!([unverified(&judged, "2027-03-14T05:59"), unverified(&judged, "2027-03-14T06:00")], [1, 0]);
    assert_eq!(judged.at("2027-03-14T05:59").overall.in_time, 1, "it counts as done before that");
    // A scan before the work says nothing about it.
    let judged = Judged::new(&[&advisory(""), &done, &scan("2027-03-13", "2027-03-13T21:00Z", "")]);
    assert_eq!(unverified(&judged, "2027-03-20T00:00"), 1);
}

#[test]
fn a_decision_excuses_from_the_start_of_its_day_to_the_end_of_its_last_day() {
    let decision = |verdict: &str, more: &str| {
        advisory(&format!(r#"decisions: [(verdict: {verdict}, by: "Bo", on: "2027-03-12", {more})]"#))
    };
    for verdict in ["Accept", "Mitigate", "NotAffected"] {
        let judged = Judged::new(&[&decision(verdict, r#"until: "2027-03-20""#)]);
        judged.is("2027-03-11T23:59", ItemState::Pending);
        judged.is("2027-03-12T00:00", ItemState::Excused);
        judged.is("2027-03-20T23:59", ItemState::Excused);
        // The original deadline holds.
        judged.is("2027-03-21T00:00", ItemState::Open);
        assert_eq!(judged.at("2027-03-21T00:00").overdue[0].days, 5);
    }
    Judged::new(&[&decision("Accept", "")]).is("2027-12-31T00:00", ItemState::Excused);
    Judged::new(&[&decision("Accept", r#"systems: ["b"]"#)]).is("2027-03-16T00:00", ItemState::Open);
    Judged::new(&[&decision("Defer", "")]).is("2027-03-16T00:00", ItemState::Open);
    Judged::new(&[&advisory("fix: Missing")]).is("2027-03-16T00:00", ItemState::Excused);
    let done = Judged::new(&[&decision("Accept", ""), &results(&[patched("2027-03-13")])]);
    done.is("2027-03-13T23:00", ItemState::Excused);
    done.is("2027-03-14T02:00", ItemState::InTime);
}

#[test]
fn without_a_deadline_it_is_never_due() {
    let unrated = advisory("").replace("cvss_tenths: 75, ", "");
    let judged = Judged::new(&[&unrated, &results(&[patched("2027-03-13")])]);
    judged.is("2027-03-10T00:00", ItemState::NoDeadline);
    judged.is("2027-12-31T00:00", ItemState::NoDeadline);
    let report = judged.at("2027-12-31T00:00");
    assert_eq!((report.overall.due(), report.overall.percent()), (0, 100.0));
    assert_eq!(report.by_severity.keys().collect::<Vec<_>>(), ["none"]);
}

#[test]
fn figures_are_broken_down_by_what_the_result_says_or_else_the_plan() {
    let two = advisory("").replace(r#"systems: ["a"]"#, r#"systems: ["a", "b"]"#);
    let keys = |judged: &Judged| {
        let report = judged.at("2027-03-20T00:00");
        [&report.by_environment, &report.by_area, &report.by_group]
            .map(|part| part.iter().map(|(key, figures)| format!("{key} {}", figures.in_time)).collect::<Vec<_>>())
    };
    let now = Judged::new(&[&two]);
    assert_eq!(keys(&now), [["Production 0", "Test 0"], ["none 0", "pay 0"], ["none 0", "one 0"]]);
    let then = result("2027-03-13", r#"patched: 4, environment: Uat, area: "old", groups: ["g", "h"]"#);
    let then = Judged::new(&[&two, &results(&[then])]);
    let expected = [vec!["Test 0", "UAT 1"], vec!["none 0", "old 1"], vec!["g 1", "h 1", "none 0"]];
    assert_eq!(keys(&then), expected);
}

#[test]
fn of_results_that_ended_together_the_one_that_started_last_says_where_the_item_counts() {
    let both = ["Uat", "Development"].into_iter().zip(["2027-03-13", "2027-03-20"]);
    let both: Vec<String> = both
        .map(|(name, on)| result(on, &format!("failed: 4, ended_at: \"2027-03-22T09:00Z\", environment: {name}")))
        .collect();
    let judged = |plan: &str| Judged(Schedule::derive(&Arc::new(store::parse(plan).unwrap().plan), None));
    let environments = |plan: &str| judged(plan).at("2027-03-23T00:00").by_environment.clone();
    let usual = plan(&[advisory(""), results(&both)].concat());
    assert_eq!(environments(&usual).keys().collect::<Vec<_>>(), ["Development"]);
    let moved = r#"duration: "4h", exceptions: [(on: "2027-03-13", change: Moved(to: "2027-03-21"))]"#;
    assert_eq!(environments(&usual.replace(r#"duration: "4h""#, moved)).keys().collect::<Vec<_>>(), ["UAT"]);
}

#[test]
fn figures_over_a_period_count_what_was_done_and_tried_in_it() {
    let tried = result("2027-03-13", "patched: 3, failed: 1, reboots_attempted: 3, reboots_successful: 2");
    let done = result("2027-03-20", "patched: 4, reboots_attempted: 4, reboots_successful: 4");
    let judged = Judged::new(&[&advisory(""), &results(&[tried, done])]);
    let report = judged.at("2027-03-31T00:00");
    let metrics = &report.metrics;
    // From 9 March 00:00 to 21 March 02:00.
    let means = (metrics.mean_days_to_patch, metrics.mean_days_by_severity.get("High").copied());
    assert_eq!(means, (Some(12.08), Some(12.08)));
    assert_eq!((metrics.failure_percent, metrics.reboot_success_percent), (Some(12.5), Some(85.7)));
    assert_eq!((metrics.critical_in_time_percent, metrics.high_in_time_percent), (None, Some(0.0)));
    let at = UtcMinute::from_utc("2027-03-31T00:00:00Z".parse().unwrap());
    let later = ComplianceOptions { at, from: "2027-03-22".parse().ok(), count_hosts: false };
    let metrics = ComplianceReport::new(&judged.0, &later).metrics.clone();
    assert_eq!(
        (metrics.mean_days_to_patch, metrics.failure_percent, metrics.reboot_success_percent),
        (None, None, None)
    );
    let later = ComplianceOptions { from: "2027-03-15".parse().ok(), ..later };
    let metrics = ComplianceReport::new(&judged.0, &later).metrics.clone();
    assert_eq!((metrics.failure_percent, metrics.reboot_success_percent), (Some(0.0), Some(100.0)));
}

#[test]
fn the_trend_has_the_months_of_deadlines_or_of_what_was_done_earlier() {
    let two = r#"advisories: [
        (id: "x", title: "X", cvss_tenths: 75, published_on: "2027-02-26", systems: ["a"]),
        (id: "y", title: "Y", cvss_tenths: 50, published_on: "2027-02-26", systems: ["a"]),
    ],"#;
    let judged = Judged::new(&[two, &results(&[patched("2027-02-27")])]);
    let months = |report: &ComplianceReport<'_>| {
        let month = |each: &windowsill::compliance::MonthFigures| format!("{} {}", each.month, each.figures.due());
        report.trend.iter().map(month).collect::<Vec<_>>()
    };
    assert_eq!(months(&judged.at("2027-03-31T00:00")), ["2027-01 0", "2027-02 2", "2027-03 0"]);
    let judged = Judged::new(&[two]);
    assert_eq!(months(&judged.at("2027-04-01T00:00")), ["2027-01 0", "2027-02 0", "2027-03 2"]);
    let forecast = &judged.at("2027-03-01T00:00").forecast;
    let late = |figures: &Figures| (figures.in_time, figures.late);
    assert_eq!(
        forecast.iter().map(|each| (each.month.as_str(), late(&each.figures))).collect::<Vec<_>>(),
        [("2027-03", (1, 1))]
    );
}

#[test]
fn a_result_of_a_window_that_is_gone_counts_at_its_actual_times() {
    let gone = r#"(of: (window: "gone", on: "2027-03-13", system: "a"), hosts: 4, attempted: 4, patched: 4,
        started_at: "2027-03-13T20:00Z", ended_at: "2027-03-13T21:00Z"),"#;
    let judged = Judged::new(&[&advisory(""), &results(&[gone.to_owned()])]);
    judged.is("2027-03-13T20:59", ItemState::Pending);
    judged.is("2027-03-13T21:00", ItemState::InTime);
}

/// The state of the advisory on a day, and the codes of what is found about it.
fn advisory_on(judged: &Judged, today: &str) -> (AdvisoryState, Vec<&'static str>) {
    let today = today.parse().unwrap();
    let (state, _) = Context::new(&judged.0, today).rollouts().next().unwrap();
    let findings = Findings::check(&judged.0, today, None).list;
    let about_it = findings.iter().filter(|finding| matches!(finding.subject, Subject::Advisory(_)));
    (state, about_it.map(|finding| finding.rule.code).collect())
}

#[test]
fn what_results_installed_is_not_overdue_until_a_scan_or_rollback_voids_it() {
    let installed = (AdvisoryState::Installed, Vec::new());
    let overdue = (AdvisoryState::Overdue, vec!["S002"]);
    for (more, today, expected) in [
        (vec![], "2027-03-20", &overdue),
        (vec![results(&[patched("2027-03-13")])], "2027-03-20", &installed),
        (vec![results(&[patched("2027-03-13")])], "2027-03-14", &installed),
        (vec![results(&[result("2027-03-13", "patched: 3, failed: 1")])], "2027-03-20", &overdue),
        (vec![results(&[patched("2027-03-06")])], "2027-03-20", &overdue),
        (vec![results(&[patched("2027-03-27")])], "2027-03-20", &overdue),
        (vec![results(&[patched("2027-03-13"), result("2027-03-20", "is_rolled_back: true")])], "2027-03-22", &overdue),
        (
            vec![results(&[patched("2027-03-13")]), scan("2027-03-13", "2027-03-15T07:00Z", "\"a\"")],
            "2027-03-20",
            &overdue,
        ),
        (
            vec![results(&[patched("2027-03-13")]), scan("2027-03-13", "2027-03-15T07:00Z", "")],
            "2027-03-20",
            &installed,
        ),
    ] {
        let judged = Judged::new(&[&advisory(""), &more.concat()]);
        assert_eq!(advisory_on(&judged, today), *expected, "{more:?} on {today}");
    }
    let entered = Judged::new(&[&advisory("in_on: \"2027-03-12\""), &scan("2027-03-06", "2027-03-15T07:00Z", "\"a\"")]);
    assert_eq!(advisory_on(&entered, "2027-03-20"), overdue, "the scan is later than the date that was entered");
}

#[test]
fn the_command_prints_text_tables_and_json() {
    let desk = Desk::new();
    let rolled_back = result("2027-03-20", "is_rolled_back: true");
    desk.write("p.ron", &plan(&[advisory(""), results(&[patched("2027-03-13"), rolled_back])].concat()));
    let json = desk.run("compliance p.ron --at 2027-03-19 --format json").fine();
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((report["version"].as_u64(), report["at"].as_str()), (Some(1), Some("2027-03-20T00:00:00Z")));
    let figures = serde_json::json!({
        "due": 1, "in_time": 1, "late": 0, "open": 0, "pending": 0, "excused": 0, "no_deadline": 0, "unverified": 1,
        "percent": 100.0,
    });
    assert_eq!([&report["overall"], &report["by_severity"]], [&figures, &serde_json::json!({ "High": figures })]);
    assert_eq!(report["metrics"]["critical_in_time_percent"], serde_json::Value::Null);
    let hosts = desk.run("compliance p.ron --at 2027-03-22T00:00:00Z --hosts --format json").fine();
    let report: serde_json::Value = serde_json::from_str(&hosts).unwrap();
    assert_eq!(report["overall"]["open"].as_u64(), Some(4));
    assert_eq!(
        report["overdue"],
        serde_json::json!([{ "advisory": "x", "severity": "High", "systems": ["a"], "days": 6 }])
    );
    let csv = desk.run("compliance p.ron --at 2027-03-19 --format csv").fine();
    assert!(csv.starts_with("by,key,due,in_time,") && csv.contains("\noverall,,1,1,0,0,0,0,0,1,100.0,"), "{csv}");
    let text = desk.run("compliance p.ron --at 2027-03-21").fine();
    assert!(text.contains("Compliance at 2027-03-22 00:00 (UTC)") && text.contains("6 days  High      x: a"), "{text}");
    desk.run("compliance p.ron --at tomorrow").fails_saying("2027-03-31");
}
