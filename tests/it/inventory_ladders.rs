//! Groups of inventories as groups of a ladder in the order in which they are patched, and hosts that share a name.

use windowsill::import::{Imported, Topic};
use windowsill::model::{Horizon, Plan};

use crate::support::importing::{MemoryFile, import_files, import_topic, options};

const GROUPS: &str = "[prod]\np1\n[pilot]\nc1\n[test]\nt1\n[uat]\nu1\n[web]\nw1\n";

fn plan() -> Plan {
    Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin")
}

/// The plan after an import, and what was said.
fn take(text: &str, values: &[(&str, &str)], plan: &Plan) -> (Plan, Vec<String>) {
    let options = options("ansible-ini", values, plan);
    let files = [MemoryFile::new("hosts", text)];
    let imported = import_files("ansible-ini", &files, &options, plan, plan.horizon().from).unwrap();
    let warnings = imported.warnings.iter().map(ToString::to_string).collect();
    (imported.edit().map_or_else(|| plan.clone(), |edit| plan.apply(&edit).unwrap()), warnings)
}

/// The groups of the ladder with their systems.
fn groups(plan: &Plan) -> Vec<(String, Vec<String>)> {
    let of_group = |group: &windowsill::model::DeploymentGroup| {
        (group.name.clone(), group.systems.iter().map(ToString::to_string).collect())
    };
    plan.ladders().as_slice()[0].groups.iter().map(of_group).collect()
}

fn names(plan: &Plan) -> Vec<String> {
    groups(plan).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn groups_come_in_the_order_of_their_stages_and_not_of_the_file() {
    let (after, warnings) = take(GROUPS, &[("ladder", "Servers")], &plan());
    let expected = [("test", "t1"), ("uat", "u1"), ("pilot", "c1"), ("web", "w1"), ("prod", "p1")];
    assert_eq!(groups(&after), expected.map(|(group, system)| (group.to_owned(), vec![system.to_owned()])));
    let order =
        "Order of the groups of Servers: test, uat, pilot, web and prod. Check it: they are patched in this order";
    assert!(warnings.iter().any(|warning| warning == order), "{warnings:?}");
    let (again, warnings) = take(GROUPS, &[("ladder", "Servers")], &after);
    assert!(again == after && !warnings.iter().any(|warning| warning.contains("order")), "{warnings:?}");
}

#[test]
fn a_person_can_choose_the_order_of_a_new_ladder_and_keeps_that_of_a_known_one() {
    let chosen = [("ladder", "Servers"), ("groups", "pilot,prod,test")];
    assert_eq!(names(&take(GROUPS, &chosen, &plan()).0), ["pilot", "prod", "test"]);
    let known = take("[prod]\np1\n[pilot]\nc1\n", &[("ladder", "Servers"), ("groups", "prod,pilot")], &plan()).0;
    assert_eq!(names(&known), ["prod", "pilot"]);
    // A new group comes before the first that is patched later.
    assert_eq!(names(&take(GROUPS, &[("ladder", "Servers")], &known).0), ["test", "uat", "web", "prod", "pilot"]);
}

/// A report with hosts of these `NetBIOS` names, addresses and names in DNS.
fn scan(hosts: &[(&str, &str, &str)]) -> Imported {
    let host = |(netbios, address, fqdn): &(&str, &str, &str)| {
        let tag = |name: &str, value: &str| {
            if value.is_empty() { String::new() } else { format!("<tag name=\"{name}\">{value}</tag>") }
        };
        format!(
            "<ReportHost name=\"{address}\"><HostProperties>{}{}{}</HostProperties></ReportHost>",
            tag("netbios-name", netbios),
            tag("host-ip", address),
            tag("host-fqdn", fqdn)
        )
    };
    let hosts: String = hosts.iter().map(host).collect();
    let text = format!("<NessusClientData_v2><Report name=\"x\">{hosts}</Report></NessusClientData_v2>");
    import_topic(Topic::Systems, "scan.nessus", &text, &plan()).unwrap()
}

#[test]
fn scanned_hosts_that_share_a_short_name_are_systems_of_their_own() {
    let systems = |imported: &Imported| imported.edits.len();
    for (one, other, expected) in [
        (("WEB", "10.0.0.1", "web.a.example"), ("WEB", "10.0.0.2", "web.b.example"), 2),
        (("WEB", "10.0.0.1", ""), ("WEB", "10.0.0.2", ""), 2),
        (("WEB", "10.0.0.1", "web.a.example"), ("WEB", "10.0.0.2", "web.a.example"), 1),
        (("", "10.0.0.1", "web.a.example"), ("", "10.0.0.2", "web.a.example"), 1),
        (("WEB", "10.0.0.1", ""), ("DB", "10.0.0.2", ""), 2),
    ] {
        let imported = scan(&[one, other]);
        assert_eq!(systems(&imported), expected, "{one:?} {other:?}");
    }
    let imported = scan(&[("WEB", "10.0.0.1", ""), ("WEB", "10.0.0.2", "")]);
    let warnings: Vec<String> = imported.warnings.iter().map(ToString::to_string).collect();
    assert!(warnings.iter().any(|text| text.contains("with the name of another (\"WEB\")")), "{warnings:?}");
}
