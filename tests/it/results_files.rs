//! Results are imported from tables and from the reports of other programs.

use windowsill::model::*;

use crate::support::desk::Desk;
use crate::support::full::date;

const PLAN: &str = r#"(
    format: 2, id: "p", title: "Plan", horizon: (from: "2027-01-01", months: 12), zone: "Europe/Berlin",
    systems: [
        (id: "web", name: "Web", hosts: 2, host_names: ["web1.example.com", "web2.example.com", "i-0aa", "i-0bb"]),
        (id: "db", name: "Core DB", hosts: 3),
    ],
    windows: [
        (id: "w", name: "Weekend", systems: ["web", "db"], rule: Weekly(days: ["Sat"], every: 1), start: "22:00",
            duration: "4h"),
    ],
)"#;

const AT: &str = "--window w --on 2027-03-13";

fn imported(file: &str, text: &str, options: &str) -> (Plan, String, String) {
    let desk = Desk::new();
    desk.write("p.ron", PLAN);
    desk.write(file, text);
    let ran = desk.run(&format!("import results {file} --into p.ron {options}"));
    assert_eq!(ran.code, 0, "{}", ran.err);
    // A second time, nothing changes.
    let again = desk.run(&format!("import results {file} --into p.ron {options}"));
    assert!(again.out.contains("Nothing to import"), "{}", again.out);
    (desk.plan("p.ron"), ran.out, ran.err)
}

fn result(plan: &Plan, system: &str) -> SystemResult {
    let key = ResultKey { window: "w".into(), on: date(2027, 3, 13), system: system.into() };
    SystemResult::clone(plan.results().get(&key).unwrap())
}

fn numbers(result: &SystemResult) -> [u32; 4] {
    [result.attempted, result.patched, result.failed, result.skipped]
}

#[test]
fn a_table_has_numbers_for_each_system() {
    let table = "System;Window;Date;Attempted;Patched;Failed;Skipped;Reason;Reboots;Start;End\n\
                 web;Weekend;2027-03-13;2;2;0;0;;2;2027-03-13 22:05;2027-03-13 23:40\n\
                 Core DB;w;2027-03-13;2;1;1;1;in use;;;\n";
    let (plan, out, _) = imported("r.csv", table, "");
    let web = result(&plan, "web");
    assert_eq!((numbers(&web), web.reboots_successful, web.outcome()), ([2, 2, 0, 0], 2, ResultOutcome::Patched));
    let end = UtcMinute::from_utc("2027-03-13T22:40:00Z".parse().unwrap());
    assert_eq!(web.ended_at, Some(end), "on the window's clock");
    let db = result(&plan, "db");
    assert_eq!((numbers(&db), db.skip_reason.as_str(), db.outcome()), ([2, 1, 1, 1], "in use", ResultOutcome::Partly));
    assert_eq!(plan.policy().recording_from, Some(date(2027, 3, 13)));
    assert!(out.contains("2 results (2 new)"), "{out}");
}

#[test]
fn a_table_has_a_state_for_each_host_or_system() {
    let table = "host,status\nweb1,patched\nWEB2.example.com,Failed\ndb,success\nghost,ok\n";
    let (plan, _, err) = imported("r.csv", table, AT);
    assert_eq!(numbers(&result(&plan, "web")), [2, 1, 1, 0]);
    assert_eq!(numbers(&result(&plan, "db")), [3, 3, 0, 0], "the row is about the system as a whole");
    assert!(err.contains("1 host of no known system left out (\"ghost\")"), "{err}");
    let (plan, ..) = imported("r.csv", "host,status\nghost,skipped\n", &format!("{AT} --host ghost=web"));
    assert_eq!(numbers(&result(&plan, "web")), [0, 0, 0, 1]);
}

#[test]
fn without_an_occurrence_a_person_must_choose() {
    let desk = Desk::new();
    desk.write("p.ron", PLAN);
    desk.write("r.csv", "host,status\nweb1,patched\n");
    desk.run("import results r.csv --into p.ron").fails_saying("which occurrence are the results of?");
    desk.run("import results r.csv --into p.ron --window x --on 2027-03-13").fails_saying("unknown window \"x\"");
    desk.run("import results r.csv --into p.ron --on yesterday").fails_saying("--on:");
    let ran = desk.run("import results r.csv --into p.ron --window w --on 2027-03-12");
    assert!(ran.err.contains("Weekend has no occurrence on 2027-03-12"), "{}", ran.err);
    assert_eq!(desk.read("p.ron"), PLAN);
}

#[test]
fn patch_states_of_instances_tell_what_is_missing() {
    let state = |id: &str, missing: u32, failed: u32, operation: &str| {
        format!(
            r#"{{"InstanceId": "{id}", "PatchGroup": "web", "InstalledCount": 9, "MissingCount": {missing},
            "FailedCount": {failed}, "InstalledRejectedCount": 0, "InstalledPendingRebootCount": 0,
            "Operation": "{operation}", "OperationStartTime": "2027-03-13T14:10:00-07:00",
            "OperationEndTime": "2027-03-13T14:30:00-07:00"}}"#
        )
    };
    let both = [state("i-0aa", 0, 0, "Install"), state("i-0bb", 1, 0, "Install")].join(",");
    let (plan, ..) = imported("states.json", &format!(r#"{{"InstancePatchStates": [{both}]}}"#), "");
    let web = result(&plan, "web");
    assert_eq!(numbers(&web), [2, 1, 1, 0], "the times tell the occurrence");
    let end = UtcMinute::from_utc("2027-03-13T21:30:00Z".parse().unwrap());
    assert_eq!(web.ended_at, Some(end));
    let scanned = format!(r#"{{"InstancePatchStates": [{}]}}"#, state("i-0aa", 0, 0, "Scan"));
    assert_eq!(result(&imported("s.json", &scanned, AT).0, "web").ended_at, None, "a scan does not end the work");
    let summary = r#"{"ResourceComplianceSummaryItems": [
        {"ComplianceType": "Patch", "ResourceId": "i-0aa", "Status": "COMPLIANT", "ExecutionSummary": {"ExecutionTime": 1805000000.0}},
        {"ComplianceType": "Association", "ResourceId": "i-0bb", "Status": "COMPLIANT"}]}"#;
    assert_eq!(numbers(&result(&imported("c.json", summary, AT).0, "web")), [1, 1, 0, 0]);
}

#[test]
fn executions_of_a_window_are_about_all_its_systems() {
    let executions = r#"{"WindowExecutions": [
        {"WindowId": "mw-1", "Status": "SUCCESS", "StartTime": 1804972200.5, "EndTime": 1804977000.0},
        {"WindowId": "mw-1", "Status": "SKIPPED_OVERLAPPING", "StartTime": 1804972200.0}]}"#;
    let (plan, _, err) = imported("e.json", executions, "--window Weekend --on 2027-03-13");
    assert_eq!([numbers(&result(&plan, "web")), numbers(&result(&plan, "db"))], [[2, 2, 0, 0], [3, 3, 0, 0]]);
    assert!(err.contains("says nothing about single hosts"), "{err}");
}

#[test]
fn compliance_of_wsus_and_configuration_manager_is_read() {
    let wsus = "FullDomainName,Compliance,TotalMissingUpdates,LastSyncTime\n\
                web1.example.com,\"100,00 %\",0,14.03.2027\nweb2.example.com,\"20,18 %\",7,14.03.2027\n";
    assert_eq!(numbers(&result(&imported("w.csv", wsus, AT).0, "web")), [2, 1, 1, 0]);
    let configmgr = "ComputerName;ComplianceState\nweb1;Compliant\nweb2;Non-compliant\n";
    assert_eq!(numbers(&result(&imported("c.csv", configmgr, AT).0, "web")), [2, 1, 1, 0]);
}

#[test]
fn the_recap_of_ansible_tells_hosts_and_reboots() {
    let recap = r#"PLAY
    {"plays": [{"play": {"name": "Patch", "duration": {"start": "2027-03-13T21:05:00.123456Z", "end": "2027-03-13T22:20:00Z"}},
        "tasks": [{"task": {"name": "Reboot"}, "hosts": {
            "web1": {"action": "ansible.builtin.reboot", "changed": true},
            "web2": {"action": "reboot", "failed": true}}}]}],
     "stats": {
        "web1": {"ok": 4, "changed": 2, "failures": 0, "unreachable": 0, "skipped": 0},
        "web2": {"ok": 3, "changed": 1, "failures": 1, "unreachable": 0, "skipped": 0},
        "db": {"ok": 0, "changed": 0, "failures": 0, "unreachable": 1, "skipped": 0}}}"#;
    let (plan, ..) = imported("recap.json", recap, "");
    let web = result(&plan, "web");
    assert_eq!((numbers(&web), web.reboots_attempted, web.reboots_successful), ([2, 1, 1, 0], 2, 1));
    let start = UtcMinute::from_utc("2027-03-13T21:05:00Z".parse().unwrap());
    assert_eq!((web.started_at, numbers(&result(&plan, "db"))), (Some(start), [3, 0, 3, 0]));
}

#[test]
fn the_report_counts_rows_and_hosts() {
    let desk = Desk::new();
    desk.write("p.ron", PLAN);
    desk.write("r.csv", "host,status\nweb1,patched\nghost,ok\nweb2,strange\n");
    let out = desk.run(&format!("import results r.csv --into p.ron {AT} --dry-run --format json")).fine();
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let count = |field: &str| report[field].as_u64();
    assert_eq!([count("rows"), count("rows_imported"), count("hosts")], [Some(3), Some(1), Some(3)]);
    assert_eq!([count("matched_hosts"), count("items")], [Some(2), Some(1)]);
    assert_eq!(report["unmatched_hosts"], serde_json::json!(["ghost"]));
    assert_eq!(desk.read("p.ron"), PLAN);
}
