//! What systems would get wrong without a word: skipped dates, names that become the same, zones that they know otherwise.

mod names;

use std::sync::Arc;

use chrono::Weekday;
use windowsill::connect::writing::{Form, LossKind, Writer};
use windowsill::connect::{SYSTEMS, find_system};
use windowsill::model::{ChangeFreeze, Edit, MaintenanceWindow, Minutes, MonthDay, Plan, Rule, UtcMinute};
use windowsill::schedule::Schedule;

use crate::common::dates::date;
use crate::common::harbour;
use crate::support::desk::Desk;

fn writer(system: &str, format: &str) -> &'static Writer {
    find_system(system).unwrap().writes.iter().find(|writer| writer.format == format).unwrap()
}

/// "2027-01-20T09:00Z"
fn at(time: &str) -> UtcMinute {
    UtcMinute::from_utc(time.replace('Z', ":00Z").parse().unwrap())
}

/// The harbour's plan without its freeze, with a changed window.
fn plan(change: impl FnOnce(&mut MaintenanceWindow)) -> Plan {
    let mut window = harbour::window();
    change(&mut window);
    let edits = [Edit::RemoveFreeze("year-end".into()), Edit::PutWindow(window)];
    edits.iter().fold(harbour::plan(), |plan, edit| plan.apply(edit).unwrap())
}

/// How the first window is written at a time: in words, with what is lost.
fn expressed(plan: &Plan, system: &str, format: &str, now: &str) -> (Form, Vec<(LossKind, String)>) {
    let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
    let mut all = writer(system, format).express(&schedule, at(now));
    let first = all.swap_remove(0);
    (first.form, first.lost.into_iter().map(|loss| (loss.what, loss.detail)).collect())
}

fn form(plan: &Plan, system: &str, format: &str, now: &str) -> String {
    expressed(plan, system, format, now).0.to_string()
}

/// The detail of a loss.
fn lost(plan: &Plan, system: &str, format: &str, now: &str, what: LossKind) -> Option<String> {
    expressed(plan, system, format, now).1.into_iter().find(|(kind, _)| *kind == what).map(|(_, detail)| detail)
}

#[test]
fn systems_manager_skips_no_date_whose_offset_has_begun() {
    // 11 days after the second Tuesday: Saturday 23 January, which is 4 days after Tuesday 19 January.
    let plan = plan(|window| {
        window.rule = Rule::Monthly { on: MonthDay::Nth(2, Weekday::Tue), every: 1, offset_days: 11 };
        window.duration = Minutes(180);
    });
    for (now, expected) in [
        ("2027-01-18T12:00Z", "native rule"),
        (
            "2027-01-19T12:00Z",
            "12 single dates, because SSM would skip Sat 23 Jan 2027, whose offset counts from Tue 19 Jan 2027",
        ),
        (
            "2027-01-23T12:00Z",
            "12 single dates, because SSM would skip Sat 23 Jan 2027, whose offset counts from Tue 19 Jan 2027",
        ),
        // It is over, and the next offset counts from 16 February.
        ("2027-01-24T12:00Z", "native rule"),
    ] {
        assert_eq!(form(&plan, "ssm", "terraform", now), expected, "{now}");
        assert_eq!(form(&plan, "azure", "json", now), "native rule", "{now}");
    }
}

#[test]
fn a_zone_that_changed_lately_has_no_rules() {
    let plan = plan(|window| {
        window.rule = Rule::Weekly { days: vec![Weekday::Sat], every: 1 };
        window.zone = Some("America/Vancouver".to_owned());
    });
    for (system, format) in
        [("ssm", "terraform"), ("gcp", "json"), ("alertmanager", "intervals"), ("grafana", "mute-timings")]
    {
        let said = form(&plan, system, format, "2026-12-01T00:00Z");
        assert!(
            said.starts_with("52 single dates, because the rules of its zone America/Vancouver changed lately"),
            "{said}"
        );
    }
    assert_eq!(form(&plan, "puppet", "schedules", "2026-12-01T00:00Z"), "native rule");
    let (_, all) = expressed(&plan, "puppet", "schedules", "2026-12-01T00:00Z");
    assert!(all.iter().any(|(_, detail)| detail.contains("America/Vancouver changed lately")), "{all:?}");
}

#[test]
fn a_date_is_over_when_it_ends() {
    let plan = plan(|window| window.rule = Rule::once(date("2027-03-20")));
    // 22:00 to 02:00 in London.
    assert!(form(&plan, "zabbix", "maintenance", "2027-03-21T01:59Z").starts_with("1 single date"));
    let said = form(&plan, "zabbix", "maintenance", "2027-03-21T02:00Z");
    assert_eq!(said, "impossible, because its only date is over");
    let listed = self::plan(|_| ());
    let over = lost(&listed, "zabbix", "maintenance", "2027-03-21T02:00Z", LossKind::Over);
    assert_eq!(over.as_deref(), Some("3 dates are over and left out"));
}

#[test]
fn when_only_frozen_dates_are_left_the_reason_names_the_freeze() {
    for (now, expected) in [
        ("2027-11-21T02:00Z", "impossible, because 11 dates are over, and the coming one is in a change freeze"),
        ("2027-12-20T00:00Z", "impossible, because all of its dates are over"),
    ] {
        assert_eq!(form(&harbour::plan(), "zabbix", "maintenance", now), expected, "{now}");
    }
    let freeze =
        ChangeFreeze { first_on: date("2027-02-01"), ..ChangeFreeze::clone(&harbour::plan().freezes().as_slice()[0]) };
    let plan = harbour::plan().apply(&Edit::PutFreeze(freeze)).unwrap();
    let said = form(&plan, "zabbix", "maintenance", "2027-01-31T00:00Z");
    assert_eq!(said, "impossible, because 1 date is over, and the 11 coming ones are in change freezes");
}

#[test]
fn wsus_needs_the_day_before() {
    let plan = plan(|window| window.rule = Rule::once(date("2027-03-20")));
    assert!(form(&plan, "wsus", "powershell", "2027-03-19T23:59Z").starts_with("1 single date"));
    let said = form(&plan, "wsus", "powershell", "2027-03-20T00:00Z");
    assert_eq!(said, "impossible, because its only date is over or too late to approve");
    // Updates that the first group has are approved for the others, too.
    let desk = Desk::new();
    desk.run("export wsus plan.ron -o w.ps1 --now 2026-11-21T09:00:00Z").fine();
    assert!(desk.read("w.ps1").contains("-Approval AnyExceptDeclined "), "{}", desk.read("w.ps1"));
}

#[test]
fn lengths_of_dates_that_are_over_do_not_count() {
    let plan = plan(|window| window.duration = Minutes(180));
    let longer = Edit::MoveOccurrence {
        window: "core-db".into(),
        on: date("2027-01-16"),
        to: date("2027-01-17"),
        start: None,
        duration: Some(Minutes(360)),
    };
    let plan = plan.apply(&longer).unwrap();
    let said = form(&plan, "azure", "json", "2027-01-01T00:00Z");
    assert_eq!(said, "impossible, because on Sun 17 Jan 2027 it lasts 6 h and Azure allows 3 h 55");
    assert_eq!(form(&plan, "azure", "json", "2027-02-01T00:00Z"), "11 single dates, because 1 date was moved");
}

#[test]
fn a_length_without_a_cutoff_loses_none() {
    let plan = plan(|window| {
        window.rule = Rule::Weekly { days: vec![Weekday::Sat], every: 1 };
        window.duration = Minutes(60);
        window.cutoff = None;
    });
    assert_eq!(lost(&plan, "ssm", "terraform", "2026-12-01T00:00Z", LossKind::Cutoff), None);
}

#[test]
fn a_plan_without_windows_leaves_an_earlier_file_alone() {
    let desk = Desk::new();
    let empty = harbour::plan().apply(&Edit::RemoveWindow("core-db".into())).unwrap();
    windowsill::store::save(&desk.path("empty.ron"), &empty, None).unwrap();
    for system in SYSTEMS.iter().filter(|system| !system.writes.is_empty()) {
        for writer in system.writes {
            let file = format!("w.{}", writer.file_type.ending());
            desk.write(&file, "what was here");
            let words = format!("export {} empty.ron -o {file} --as {}", system.id, writer.format);
            let said = desk.run(&words);
            assert_ne!(said.code, 0, "{words}: {}", said.out);
            assert!(said.err.contains("The plan has no windows: nothing was exported"), "{words}: {}", said.err);
            assert_eq!(desk.read(&file), "what was here", "{words}");
        }
    }
}

#[test]
fn systems_that_act_at_the_start_leave_out_what_has_begun() {
    let plan = plan(|window| {
        window.rule = Rule::once(date("2027-03-20"));
        window.duration = Minutes(180);
    });
    for (system, format) in [("ssm", "terraform"), ("gcp", "json"), ("azure", "json"), ("satellite", "hammer")] {
        assert!(form(&plan, system, format, "2027-03-20T21:59Z").starts_with("1 single date"), "{system}");
        let said = form(&plan, system, format, "2027-03-20T22:00Z");
        assert_eq!(said, "impossible, because its only date is over or begun", "{system}");
    }
    for (system, format) in [("zabbix", "maintenance"), ("alertmanager", "silences"), ("ansible", "playbook")] {
        assert!(form(&plan, system, format, "2027-03-20T22:00Z").starts_with("1 single date"), "{system}");
    }
}

#[test]
fn limits_of_whole_files_are_said() {
    let windows = (0..20).map(|at| {
        let rule = Rule::Weekly { days: vec![Weekday::Sat], every: 1 };
        MaintenanceWindow {
            id: format!("w{at}").as_str().into(),
            duration: Minutes(180),
            zone: Some("America/Vancouver".to_owned()),
            rule,
            ..harbour::window()
        }
    });
    let mut parts = harbour::plan().to_parts();
    parts.title = "漢".repeat(2_000);
    parts.windows = windows.collect();
    let schedule = Schedule::derive(&Arc::new(parts.into()), None);
    let file = |system: &str, format: &str| writer(system, format).file(&schedule, at("2026-11-21T09:00Z"));
    let says = |remarks: &[String], part: &str| remarks.iter().any(|remark| remark.contains(part));
    let azure = file("azure", "json");
    assert!(says(&azure.remarks, "1000 resources and Azure accepts 800"), "{:?}", azure.remarks);
    let template = file("ssm", "cloudformation");
    assert!(says(&template.remarks, "1000 maintenance windows, and AWS allows 50"), "{:?}", template.remarks);
    let description = template.text.lines().find_map(|line| line.strip_prefix("Description: \"")).unwrap();
    assert!((1_000..=1_025).contains(&description.len()), "{} bytes", description.len());
    let usual = Schedule::derive(&Arc::new(harbour::plan()), None);
    assert!(!says(&writer("ssm", "terraform").file(&usual, at("2026-11-21T09:00Z")).remarks, "AWS allows"));
}
