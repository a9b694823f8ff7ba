//! Files in which something else is easily seen than is there: texts that are not tables, hosts at the addresses of others, rows
//! of one name, and files beside one that is refused.

use windowsill::import::{Imported, Topic};
use windowsill::model::{Edit, Horizon, MaintenanceWindow, Minutes, MonthDay, Plan, Rule, System};

use crate::support::desk::Desk;
use crate::support::importing::{MemoryFile, import_files, import_topic, options};

fn plan() -> Plan {
    Plan::new("plan".into(), "Plan", Horizon::year(2027), "Europe/Berlin")
}

#[test]
fn texts_beside_tables_are_refused_by_name_for_every_topic_of_tables() {
    for (text, kind, part) in [
        ("groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up == 0\n", "prometheus-rules", "rules of Prometheus"),
        (
            "---\n- name: patch\n  hosts: web\n  tasks:\n  - name: a\n    ping:\n",
            "ansible-playbook",
            "a playbook of Ansible",
        ),
        ("- hosts: web\n  roles:\n  - name: patch\n", "ansible-playbook", "a playbook of Ansible"),
        ("apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n", "kubernetes-manifest", "a manifest of Kubernetes"),
        ("deleteMuteTimes:\n- orgId: 1\n  name: x\n", "grafana-mute-timings", "mute timings of Grafana"),
        ("zabbix_export:\n  version: '7.0'\n  hosts:\n  - name: web\n", "zabbix-export", "an export of Zabbix"),
        ("server:\n  name: web\n  environment: test\n", "unknown", "This is YAML"),
        ("$name = 'web'\nNew-CMCollection -Name: $name\n", "unknown", "This is a script"),
        ("#!/bin/sh\nname:web\nhost:web\n", "unknown", "This is a script"),
        ("{\"json_class\": \"Chef::Role\", \"name\": \"web\"}", "chef-object", "of Chef"),
        ("{\"dataType\": \"CVE_RECORD\", \"cveMetadata\": {}}", "cve-record", "a record of a CVE"),
        ("<computer_group><name>Pilot</name></computer_group>", "jamf-object", "Classic API"),
    ] {
        for topic in [Topic::Systems, Topic::Areas, Topic::People, Topic::Windows, Topic::Advisories, Topic::Freezes] {
            let refused = import_topic(topic, "file", text, &plan()).map(|imported| imported.summary);
            let Err(error) = refused else { panic!("{topic:?} {text}: {refused:?}") };
            assert!(error.to_string().contains(part), "{topic:?} {text}: {error}");
            assert_eq!(error.kind().unwrap_or("unknown"), kind, "{topic:?} {text}: {error}");
        }
    }
}

#[test]
fn own_scripts_and_playbooks_bring_no_systems() {
    let desk = Desk::new();
    for (system, form, file) in [
        ("configmgr", "powershell", "c.ps1"),
        ("ansible", "playbook", "p.yml"),
        ("wsus", "powershell", "w.ps1"),
        ("satellite", "hammer", "s.sh"),
    ] {
        let ran = desk.run(&format!("export {system} plan.ron -o {file} --as {form}"));
        let ran = if ran.code == 0 { ran } else { desk.run(&format!("export {system} plan.ron -o {file}")) };
        assert_eq!(ran.code, 0, "{system}: {}", ran.err);
        for topic in ["systems", "areas", "people"] {
            let ran = desk.run(&format!("import {topic} {file} --into plan.ron --dry-run"));
            assert_eq!(ran.code, 2, "{system} as {topic}: {}", ran.out);
            assert!(ran.err.contains("this is "), "{system} as {topic}: {}", ran.err);
        }
    }
}

#[test]
fn a_colon_separates_the_cells_of_a_table_with_several_titles() {
    let imported =
        import_topic(Topic::Systems, "t.txt", "name:class:hosts\nweb:server:2\ndb:server:4\n", &plan()).unwrap();
    let after = plan().apply(&imported.edit().unwrap()).unwrap();
    let systems: Vec<_> = after.systems().iter().map(|system| (system.name.as_str(), system.hosts)).collect();
    assert_eq!(systems, [("db", 4), ("web", 2)]);
    for text in ["name:class\nweb:server:2\n", "name:x\nweb:server\n", "host:web\nport:22\n"] {
        let systems = import_topic(Topic::Systems, "t.txt", text, &plan()).map(|imported| imported.edits.len());
        assert!(!matches!(systems, Ok(1..)), "{text}: {systems:?}");
    }
}

const ITEMS: &str = "name,ip_address,os,used_for,operational_status,sys_class_name,sys_id\n";

fn take(kind: &str, text: &str, plan: &Plan) -> (Plan, Imported) {
    let options = options(kind, &[("host-names", "")], plan);
    let files = [MemoryFile::new("items.csv", text)];
    let imported = import_files(kind, &files, &options, plan, plan.horizon().from).unwrap();
    (imported.edit().map_or_else(|| plan.clone(), |edit| plan.apply(&edit).unwrap()), imported)
}

fn platforms(plan: &Plan) -> Vec<(&str, &str)> {
    plan.systems().iter().map(|system| (system.name.as_str(), system.platform.as_str())).collect()
}

fn told(imported: &Imported) -> String {
    imported.warnings.iter().map(|warning| warning.message.clone()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_new_host_at_the_address_of_another_is_a_separate_system() {
    let first = format!("{ITEMS}srvA,10.0.0.9,Linux,Test,Operational,Linux Server,a1\n");
    let (before, _) = take("servicenow-cmdb", &first, &plan());
    for second in [
        "srvA,10.0.0.10,Linux,Test,Operational,Linux Server,a1\n\
         srvNew,10.0.0.9,Windows,Production,Operational,Windows Server,a7\n",
        "srvNew,10.0.0.9,Windows,Production,Operational,Windows Server,a7\n\
         srvA,10.0.0.10,Linux,Test,Operational,Linux Server,a1\n",
    ] {
        let (after, imported) = take("servicenow-cmdb", &format!("{ITEMS}{second}"), &before);
        assert_eq!(platforms(&after), [("srvA", "Linux"), ("srvNew", "Windows")], "{second}");
        let message = "1 host at an address that another system had (\"srvNew\", before \"srvA\"): their names differ, so \
                       they are separate systems";
        assert!(told(&imported).contains(message), "{}", told(&imported));
        let names = &after.systems().iter().find(|system| system.name == "srvA").unwrap().host_names;
        assert!(!names.iter().any(|name| name == "srvNew"), "{names:?}");
        let (again, imported) = take("servicenow-cmdb", &format!("{ITEMS}{second}"), &after);
        assert_eq!((platforms(&again), imported.edits.len()), (platforms(&after), 0));
        assert!(!told(&imported).contains("at an address"), "{}", told(&imported));
    }
    // Alone, and without the old host.
    let alone = format!("{ITEMS}srvNew,10.0.0.9,Windows,Production,Operational,Windows Server,a7\n");
    assert_eq!(platforms(&take("servicenow-cmdb", &alone, &before).0), [("srvA", "Linux"), ("srvNew", "Windows")]);
    // The same host under its full name is known.
    let full = format!("{ITEMS}srvA.bank.example,10.0.0.9,Linux 9,Test,Operational,Linux Server,a1\n");
    assert_eq!(platforms(&take("servicenow-cmdb", &full, &before).0), [("srvA", "Linux 9")]);
}

#[test]
fn scans_of_two_hosts_at_one_address_give_two_systems() {
    let scan = |name: &str| {
        format!(
            "Plugin ID,CVE,Risk,Host,Name,FQDN\n1,CVE-2026-10001,High,10.0.0.1,x,{name}\n2,,None,10.0.0.1,y,{name}\n"
        )
    };
    let take = |text: String, plan: &Plan| {
        let imported = import_topic(Topic::Systems, "scan.csv", &text, plan).unwrap();
        let mut after = imported.edit().map_or_else(|| plan.clone(), |edit| plan.apply(&edit).unwrap());
        for system in plan.systems() {
            let mut system = System::clone(system);
            system.host_names.push("10.0.0.1".to_owned());
            after = after.apply(&Edit::PutSystem(system)).unwrap();
        }
        after
    };
    let one = take(scan("a.example"), &plan());
    let one = take(scan("a.example"), &one);
    let two = take(scan("b.example"), &one);
    let names: Vec<&str> = two.systems().iter().map(|system| system.name.as_str()).collect();
    assert_eq!(names, ["a.example", "b.example"]);
    // Findings of the new host are not put down to the old one.
    let found = import_topic(Topic::Advisories, "scan.csv", &scan("c.example"), &one).unwrap().report.unwrap();
    assert_eq!((found.hosts, found.matched_hosts), (1, 0));
}

#[test]
fn rows_of_one_name_that_differ_are_said() {
    let titles = "name,ip_address,os,used_for,operational_status,sys_class_name\n";
    for (rows, differences) in [
        (
            "web,10.0.0.1,Linux,Production,Operational,Linux Server\nweb,10.0.0.2,Windows,Test,Operational,Windows Server\n",
            Some("\"web\": address, environment and platform"),
        ),
        (
            "web,10.0.0.1,Linux,Test,Operational,Linux Server\nweb,10.0.0.2,Linux,Test,Operational,Linux Server\n",
            Some("\"web\": address"),
        ),
        ("web,10.0.0.1,Linux,Test,Operational,Linux Server\nweb,,linux,Test,Operational,Linux Server\n", None),
        ("web,10.0.0.1,Linux,Test,Operational,Linux Server\nWEB,10.0.0.1,Linux,,Operational,Linux Server\n", None),
    ] {
        let imported = import_topic(Topic::Systems, "items.csv", &format!("{titles}{rows}"), &plan()).unwrap();
        let told = told(&imported);
        match differences {
            Some(differences) => {
                assert!(told.contains(&format!("1 name with rows that differ ({differences})")), "{told}");
            }
            None => assert!(!told.contains("rows that differ"), "{told}"),
        }
    }
    // Ids tell them apart, and one host may have several rows.
    let rows = "web,10.0.0.1,Linux,Test,Operational,Linux Server,a1\nweb,10.0.0.2,Windows,Test,Operational,Windows Server,a2\n";
    let imported = import_topic(Topic::Systems, "items.csv", &format!("{ITEMS}{rows}"), &plan()).unwrap();
    assert!(!told(&imported).contains("rows that differ"), "{}", told(&imported));
    assert_eq!(imported.edits.len(), 2);
}

#[test]
fn the_form_of_the_report_does_not_change_what_is_saved() {
    let good = "{\"SchemaVersion\": 2, \"ArtifactName\": \"web\", \"Results\": [{\"Target\": \"web\", \"Vulnerabilities\": \
                [{\"VulnerabilityID\": \"CVE-2026-10001\", \"PkgName\": \"a\", \"Severity\": \"HIGH\"}]}]}";
    let desk = Desk::new();
    desk.write("good.json", good);
    desk.write("bad.json", "{\"message\": \"x\"}");
    let before = desk.read("plan.ron");
    for files in ["good.json bad.json", "bad.json good.json"] {
        desk.run(&format!("import advisories {files} --into plan.ron")).fails_saying("bad.json");
        assert_eq!(desk.read("plan.ron"), before, "{files}");
        let ran = desk.run(&format!("import advisories {files} --into plan.ron --format json"));
        assert_eq!((ran.code, desk.read("plan.ron")), (1, before.clone()), "{files}");
        let reports: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(reports.as_array().unwrap().len(), 2, "{files}");
        assert!(ran.err.contains("Nothing is saved, since a file cannot be imported"), "{}", ran.err);
    }
    std::fs::create_dir(desk.path("reports")).unwrap();
    desk.write("reports/bad.json", "{\"message\": \"x\"}");
    desk.write("reports/good.json", good);
    let ran = desk.run("import advisories reports --into plan.ron --format json");
    assert!(ran.code == 0 && ran.err.contains("(skipped)"), "{} {}", ran.code, ran.err);
    let with_json = desk.read("plan.ron");
    assert_ne!(with_json, before);
    desk.write("plan.ron", &before);
    assert_eq!(desk.run("import advisories reports --into plan.ron").code, 0);
    assert_eq!(desk.read("plan.ron"), with_json);
}

#[test]
fn changes_of_servicenow_are_recognised_at_the_same_instants() {
    let desk = Desk::new();
    // In winter, in summer, and across midnight in UTC.
    let mut plan = plan();
    for (id, start, rule) in [("patches", "22:00:00", 0), ("early", "00:30:00", 1)] {
        let window = MaintenanceWindow {
            start: start.parse().unwrap(),
            duration: Minutes(240),
            ..MaintenanceWindow::new(
                id.into(),
                id,
                Rule::Monthly { on: MonthDay::Nth(2, chrono::Weekday::Sat), every: 1, offset_days: rule },
            )
        };
        plan = plan.apply(&Edit::PutWindow(window)).unwrap();
    }
    windowsill::store::save(&desk.path("sn.ron"), &plan, None).unwrap();
    desk.run("export servicenow sn.ron -o changes.csv --now 2026-11-30T12:00:00Z").fine();
    let before = desk.read("sn.ron");
    let out = desk.run("import windows changes.csv --into sn.ron");
    assert_eq!((out.code, desk.read("sn.ron")), (0, before.clone()), "{}{}", out.out, out.err);
    assert!(!out.err.contains("other times"), "{}", out.err);
    // ServiceNow gives one of them a number.
    desk.write(
        "back.csv",
        "number,short_description,start_date,end_date\nCHG1,patches,2027-01-09 21:00:00,2027-01-10 01:00:00\n\
         CHG1,patches,2027-07-10 20:00:00,2027-07-11 00:00:00\nCHG2,early,2027-01-09 23:30:00,2027-01-10 03:30:00\n",
    );
    let out = desk.run("import windows back.csv --into sn.ron");
    assert_eq!(out.code, 0, "{}", out.err);
    let after = desk.plan("sn.ron");
    let tickets: Vec<&str> = after.windows().iter().map(|window| window.change_ticket.as_str()).collect();
    assert_eq!(tickets, ["CHG2", "CHG1"], "{}{}", out.out, out.err);
    let zones: Vec<_> = after.windows().iter().map(|window| window.zone.clone()).collect();
    assert_eq!(zones, [None, None]);
    // Other instants are other times.
    desk.write(
        "other.csv",
        "number,short_description,start_date,end_date\nCHG1,patches,2027-02-13 22:00:00,2027-02-14 02:00:00\n",
    );
    let out = desk.run("import windows other.csv --into sn.ron");
    assert!(out.err.contains("with other times on 2027-02-13"), "{}{}", out.out, out.err);
}

#[test]
fn empty_lists_of_windows_and_systems_are_results() {
    let desk = Desk::new();
    let before = desk.read("plan.ron");
    for (topic, from) in
        [("windows", ""), ("systems", ""), ("windows", " --from azure"), ("systems", " --from satellite")]
    {
        for text in ["[]", " [ ]\n", "null\n"] {
            desk.write("list.json", text);
            let ran = desk.run(&format!("import {topic} list.json --into plan.ron --format json{from}"));
            let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
            assert_eq!((ran.code, report["rows"].as_u64()), (0, Some(0)), "{topic} {text}: {report}");
            let told = format!("No {topic} in this file; those of the plan stay as they are");
            assert_eq!(report["warnings"][0].as_str(), Some(told.as_str()));
        }
        desk.write("list.json", "");
        desk.run(&format!("import {topic} list.json --into plan.ron{from}")).fails_saying("empty");
    }
    assert_eq!(desk.read("plan.ron"), before);
}

#[test]
fn what_is_closed_or_a_placeholder_stays_out_of_tables() {
    for (topic, text, reason) in [
        (
            Topic::Advisories,
            "IP,QID,Title,Severity,CVE ID,Vuln Status\n10.0.0.1,1,x,5,CVE-2026-10001,Ignored\n10.0.0.1,2,y,5,,Active\n",
            "ignored in Qualys",
        ),
        (
            Topic::Advisories,
            "Plugin ID,CVE,Risk,Host,Name,severity_modification_type\n1,CVE-2026-10001,High,a,x,ACCEPTED\n2,,High,a,y,NONE\n",
            "accepted in Tenable",
        ),
        (
            Topic::Systems,
            "Name,ResourceID,DeviceOS\nx64 Unknown Computer (x64 Unknown Computer),2046820353,\nPC1,1,Windows Server\n",
            "a placeholder for unknown computers",
        ),
    ] {
        let report = import_topic(topic, "t.csv", text, &plan()).unwrap().report.unwrap();
        assert_eq!((report.rows, report.rows_imported), (2, 1), "{report:?}");
        assert_eq!(report.left_out[0].reason, reason);
    }
}
