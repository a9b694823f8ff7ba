//! Names in the files of other systems: never those of another group, system or window.

use std::collections::BTreeSet;
use std::sync::Arc;

use windowsill::connect::writing::{Form, Identifiers};
use windowsill::model::{DeploymentGroup, Edit, Ladder, MaintenanceWindow, Plan, Stage, System};
use windowsill::schedule::Schedule;

use super::{at, form, plan, writer};
use crate::common::harbour;

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
    // Capital letters count, and letters of all scripts are kept.
    let expected = ["Web_1", "web_1", "\"Тест\"", "Test", "\"db.example.org\""];
    assert_eq!(children, expected.into(), "{}", file.text);
    let refused = file.losses.iter().filter(|loss| loss.starts_with("Not written")).count();
    assert_eq!(refused, 3, "two systems would be one, and a group and a system would be every host: {:?}", file.losses);
    let renamed = file.remarks.iter().find(|remark| remark.contains("\"Web 1\"")).unwrap();
    assert!(renamed.contains("\"Web 1\" is Web_1") && !renamed.contains("\"Test\""), "{renamed}");
    // A host that is in the groups of two windows has the variables of both.
    let variables: Vec<&str> = file.text.lines().filter(|line| line.trim_end().ends_with("_dates:")).collect();
    assert_eq!(variables.len(), 5, "{}", file.text);
    assert_eq!(variables.iter().collect::<BTreeSet<_>>().len(), 5, "{variables:?}");
}

#[test]
fn groups_that_ansible_accepts_keep_their_names_in_inventories_and_plays() {
    let plan = named(&["web-prod", "Pilot", "PILOT", "2nd", "a.b", "window_web_prod"], &[]);
    let schedule = Schedule::derive(&Arc::new(plan), None);
    let now = at("2026-11-21T09:00Z");
    let inventory = writer("ansible", "inventory").file(&schedule, now);
    let playbook = writer("ansible", "playbook").file(&schedule, now);
    for name in ["web-prod", "Pilot", "PILOT", "2nd", "a.b", "window_web_prod"] {
        let is_in = |text: &str, before: &str| {
            text.lines()
                .any(|line| line.trim().trim_start_matches(before).trim_matches(['"', ':', ' ', '{', '}']) == name)
        };
        assert!(is_in(&inventory.text, ""), "{name}: {}", inventory.text);
        assert!(is_in(&playbook.text, "hosts: "), "{name}: {}", playbook.text);
    }
    assert!(inventory.losses.iter().all(|loss| !loss.starts_with("Not written")), "{:?}", inventory.losses);
    assert!(inventory.remarks.iter().all(|remark| !remark.contains("\"Pilot\"")), "{:?}", inventory.remarks);
    // Several groups of one window are separated by commas: "web:2" would be a host and its port.
    let two = named(&["web", "2"], &[]);
    let both = MaintenanceWindow {
        groups: vec!["g0".into(), "g1".into()],
        ..MaintenanceWindow::clone(two.windows().iter().next().unwrap())
    };
    let schedule = Schedule::derive(&Arc::new(two.apply(&Edit::PutWindow(both)).unwrap()), None);
    let text = writer("ansible", "playbook").file(&schedule, now).text;
    assert!(text.contains("2,web"), "{text}");
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
