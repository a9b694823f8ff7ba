//! What systems would get wrong without a word: skipped dates, names that become the same, zones that they know otherwise.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::Weekday;
use windowsill::connect::writing::{Form, Identifiers, LossKind, Writer};
use windowsill::connect::{SYSTEMS, find_system};
use windowsill::model::{
    ChangeFreeze, DeploymentGroup, Edit, Ladder, MaintenanceWindow, Minutes, MonthDay, Plan, Rule, Stage, System,
    UtcMinute,
};
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

/// A plan with windows for groups and systems of these names, one each.
fn named(groups: &[&str], systems: &[&str]) -> Plan {
    let mut parts = harbour::plan().to_parts();
    let id = |kind: &str, at: usize| format!("{kind}{at}");
    let group = |(at, name): (usize, &&str)| DeploymentGroup::new(id("g", at).as_str().into(), name, Stage::Pilot);
    let system = |(at, name): (usize, &&str)| System {
        id: id("s", at).as_str().into(),
        name: (*name).to_owned(),
        hosts: 1,
        ..System::default()
    };
    let ladder: Ladder = parts.ladders.iter().next().map(|ladder| Ladder::clone(ladder)).unwrap();
    let ladder = Ladder { groups: groups.iter().enumerate().map(group).collect(), ..ladder };
    parts.ladders = [ladder].into_iter().collect();
    parts.systems = systems.iter().enumerate().map(system).collect();
    let window = |name: String| MaintenanceWindow {
        id: name.as_str().into(),
        name: name.clone(),
        groups: Vec::new(),
        ..harbour::window()
    };
    let of_groups = (0..groups.len())
        .map(|at| MaintenanceWindow { groups: vec![id("g", at).as_str().into()], ..window(format!("w-g{at}")) });
    let of_systems = (0..systems.len())
        .map(|at| MaintenanceWindow { systems: vec![id("s", at).as_str().into()], ..window(format!("w-s{at}")) });
    parts.windows = of_groups.chain(of_systems).collect();
    parts.into()
}

#[test]
fn labels_of_google_are_never_those_of_another_group() {
    let plan = named(&["Größe 1", "Web & API", "web – api", "Тест", "!!", "a_b-", "A_B-x"], &["Web & API"]);
    let schedule = Schedule::derive(&Arc::new(plan), None);
    let forms: Vec<String> = writer("gcp", "json")
        .express(&schedule, at("2026-11-21T09:00Z"))
        .iter()
        .map(|each| match &each.form {
            Form::Impossible { reason } => reason.clone(),
            _ => "written".to_owned(),
        })
        .collect();
    let same = "would both be web-api in GCP";
    assert_eq!(
        forms,
        [
            "written",
            &format!("the names \"Web & API\" and \"web – api\" {same}"),
            &format!("the names \"web – api\" and \"Web & API\" {same}"),
            "written",
            "GCP cannot have the name \"!!\"",
            "written",
            "written",
            "written"
        ]
    );
    let text = writer("gcp", "json").file(&schedule, at("2026-11-21T09:00Z")).text;
    for label in ["größe-1", "тест", "a_b-", "a_b-x"] {
        assert!(text.contains(&format!("\"ring\": \"{label}\"")), "{label}: {text}");
    }
    assert!(text.contains("\"system\": \"web-api\""), "{text}");
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(json.as_array().unwrap().iter().all(|each| each["instanceFilter"]["groupLabels"][0]["labels"].is_object()));
    let of_nobody = self::plan(|window| window.groups.clear());
    assert!(form(&of_nobody, "gcp", "json", "2026-11-21T09:00Z").contains("it would apply to everything"));
}

#[test]
fn groups_of_ansible_keep_their_hosts_and_variables_apart() {
    let plan = named(&["Web 1", "web_1", "all", "Тест", "Test"], &["web 1", "web_1", "all", "db.example.org"]);
    let schedule = Schedule::derive(&Arc::new(plan), None);
    let now = at("2026-11-21T09:00Z");
    let file = writer("ansible", "inventory").file(&schedule, now);
    let children: BTreeSet<&str> =
        file.text.lines().filter_map(|line| line.strip_prefix("        ")?.strip_suffix(": {}")).collect();
    let expected = ["web_1", "web_1_2", "all_2", "window", "test", "\"db.example.org\""];
    assert_eq!(children, expected.into(), "{}", file.text);
    let refused = file.losses.iter().filter(|loss| loss.starts_with("Not written")).count();
    assert_eq!(refused, 3, "two systems would be one, and one would be every host: {:?}", file.losses);
    let renamed = file.remarks.iter().find(|remark| remark.contains("groups of Ansible")).unwrap();
    assert!(renamed.contains("\"Web 1\" is web_1, ") && renamed.contains("\"all\" is all_2"), "{renamed}");
    // A host that is in the groups of two windows has the variables of both.
    let variables: Vec<&str> = file.text.lines().filter(|line| line.trim_end().ends_with("_dates:")).collect();
    assert_eq!(variables.len(), 6, "{}", file.text);
    assert_eq!(variables.iter().collect::<BTreeSet<_>>().len(), 6, "{variables:?}");
}

#[test]
fn a_play_outside_of_its_window_ends_before_roles_and_lets_the_next_one_run() {
    let schedule = Schedule::derive(&Arc::new(harbour::plan()), None);
    let text = writer("ansible", "playbook").file(&schedule, at("2026-11-21T09:00Z")).text;
    let (before, after) = text.split_once("  pre_tasks:\n").unwrap();
    assert!(before.contains("window_dates:") && !before.contains("tasks:"), "{text}");
    assert!(
        after.contains("ansible.builtin.meta: end_play") || after.contains("\"ansible.builtin.meta\": end_play"),
        "{text}"
    );
    assert!(after.trim_end().ends_with("tasks: []") && !text.contains("assert"), "{text}");
}

#[test]
fn routes_of_alerts_do_not_shadow_one_another() {
    let plan = named(&["pilot", "rest"], &["web"]);
    let window = MaintenanceWindow {
        id: "both".into(),
        name: "both".into(),
        groups: vec!["g0".into(), "g1".into()],
        ..harbour::window()
    };
    let plan = plan.apply(&Edit::PutWindow(window)).unwrap();
    let schedule = Schedule::derive(&Arc::new(plan), None);
    let text = writer("alertmanager", "intervals").file(&schedule, at("2026-11-21T09:00Z")).text;
    let routes = text.split_once("\n  routes:\n").unwrap().1;
    let expected = "    - matchers:\n        - \"ring=~\\\"pilot\\\"\"\n      mute_time_intervals:\n        - both\n        - w-g0\n";
    assert!(routes.contains(expected), "{routes}");
    // An alert of web may be one of pilot, too: the plan does not say which systems are in the groups.
    let inner = "          mute_time_intervals:\n            - both\n            - w-g0\n            - w-s0\n";
    assert!(routes.contains(inner), "{routes}");
}

#[test]
fn many_windows_of_one_name_have_names_of_their_own() {
    const COUNT: usize = 100_000;
    let mut names = Identifiers::new("-", 40).lower();
    let alike: BTreeSet<String> = (0..COUNT).map(|_| names.next("Same name")).collect();
    let long: BTreeSet<String> = (0..COUNT).map(|n| names.next(&format!("{} {n}", "long ".repeat(12)))).collect();
    assert_eq!((alike.len(), long.len(), alike.intersection(&long).count()), (COUNT, COUNT, 0));
    assert!(long.iter().all(|name| name.len() <= 40));
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
fn tags_and_searches_are_never_those_of_another_group() {
    let plan = named(&["a&b", "a#b", "c\"d", "e"], &[]);
    let schedule = Schedule::derive(&Arc::new(plan), None);
    let now = at("2026-11-21T09:00Z");
    let ssm = writer("ssm", "terraform").file(&schedule, now);
    assert_eq!(
        ssm.losses.iter().filter(|loss| loss.contains("would both be a_b in SSM")).count(),
        2,
        "{:?}",
        ssm.losses
    );
    assert!(ssm.text.contains("values = [\"c_d\"]") && ssm.text.contains("values = [\"e\"]"), "{}", ssm.text);
    let said = "Some names are other ones in SSM: \"c\"d\" is c_d";
    assert!(ssm.remarks.iter().any(|remark| remark == said), "{:?}", ssm.remarks);
    let satellite = writer("satellite", "hammer").file(&schedule, now);
    assert!(satellite.text.contains("host_collection = \"c_d\""), "{}", satellite.text);
    assert!(
        satellite.remarks.iter().any(|remark| remark.ends_with("Satellite: \"c\"d\" is c_d")),
        "{:?}",
        satellite.remarks
    );
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

#[test]
fn case_distinguishes_collections() {
    let plan = named(&["web", "Web"], &["WEB"]);
    let schedule = Schedule::derive(&Arc::new(plan), None);
    let script = writer("configmgr", "powershell").file(&schedule, at("2026-11-21T09:00Z")).text;
    for name in ["web", "Web", "WEB"] {
        assert!(script.contains(&format!("\n$collections['{name}'] = 'ENTER-COLLECTION-ID'\n")), "{script}");
    }
    // A literal table takes these for the same key, and refuses it.
    assert!(script.contains("Hashtable ([StringComparer]::Ordinal)\n") && !script.contains("@{"), "{script}");
}

#[test]
fn long_names_and_letters_of_other_scripts_are_kept() {
    let long = "host".repeat(70);
    let (first, second) = (format!("{}1", "same ".repeat(20)), format!("{}2", "same ".repeat(20)));
    let plan = named(&[&first, &second], &[&long]);
    let umlaut = MaintenanceWindow { id: "u".into(), name: "Größe 漢字".into(), ..harbour::window() };
    let umlaut = MaintenanceWindow { groups: vec!["g0".into()], ..umlaut };
    let plan = plan.apply(&Edit::PutWindow(umlaut)).unwrap();
    let schedule = Schedule::derive(&Arc::new(plan), None);
    let file = |system: &str, format: &str| writer(system, format).file(&schedule, at("2026-11-21T09:00Z"));
    let zabbix = file("zabbix", "maintenance").text;
    assert!(zabbix.contains("\"name\": \"Größe 漢字\""), "{zabbix}");
    for (text, what) in [(&zabbix, "GROUP"), (&file("pagerduty", "json").text, "SERVICE")] {
        for name in [&first, &second] {
            assert!(text.contains(&format!("\"ID OF {what} {name}\"")), "{text}");
        }
    }
    // A key of YAML has at most 1,024 characters, and a name in DNS 253.
    let ansible = file("ansible", "inventory");
    assert!(ansible.losses[0].starts_with("Not written, because Ansible cannot have the name"), "{:?}", ansible.losses);
    assert!(!ansible.text.contains(&long), "{}", ansible.text);
}
