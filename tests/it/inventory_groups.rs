//! What the groups of an inventory tell about its hosts.

use windowsill::import::Imported;
use windowsill::model::{Edit, Environment, Horizon, Plan, System, SystemId};

use crate::support::importing::{MemoryFile, import_files, options};

fn plan() -> Plan {
    Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin")
}

/// The plan after an import.
fn take(kind: &str, text: &str, plan: &Plan) -> (Plan, Imported) {
    let options = options(kind, &[], plan);
    let files = [MemoryFile::new("hosts", text)];
    let imported = import_files(kind, &files, &options, plan, plan.horizon().from).unwrap();
    (imported.edit().map_or_else(|| plan.clone(), |edit| plan.apply(&edit).unwrap()), imported)
}

fn environment(plan: &Plan, id: &str) -> Environment {
    plan.systems().get(&SystemId::new(id)).unwrap_or_else(|| panic!("{:?}", plan.systems())).environment
}

fn assumptions(imported: &Imported) -> Vec<String> {
    imported.report.as_ref().unwrap().assumptions.clone()
}

fn said(imported: &Imported, text: &str) -> bool {
    imported.warnings.iter().any(|warning| warning.to_string().contains(text))
}

const HOSTS: &str = "\
[test]
t1
t2
[web]
w1
w2 env=test
[web_uat]
u1
[dev]
d1
[prod:children]
web
[nonprod]
n1
[alpha_test]
both
[alpha_prod]
both
";

#[test]
fn the_name_of_a_group_is_the_environment_of_its_hosts_if_nothing_else_says_it() {
    let (after, imported) = take("ansible-ini", HOSTS, &plan());
    for (host, expected) in [
        ("t1", Environment::Test),
        ("t2", Environment::Test),
        ("w1", Environment::Production),
        ("w2", Environment::Test),
        ("u1", Environment::Uat),
        ("d1", Environment::Development),
        ("n1", Environment::Production),
        ("both", Environment::Production),
    ] {
        assert_eq!(environment(&after, host), expected, "{host}");
    }
    assert_eq!(
        assumptions(&imported),
        ["Environments by the names of groups: Production for 1 system (prod), UAT for 1 system (web_uat), \
             Test for 2 systems (test) and Development for 1 system (dev)"]
    );
    assert!(
        said(&imported, "1 system in groups that tell different environments (both): set to Production"),
        "{:?}",
        imported.warnings
    );
    assert!(take("ansible-ini", HOSTS, &after).1.edit().is_none(), "a second import changes nothing");
}

#[test]
fn an_environment_that_somebody_chose_is_kept_when_the_inventory_is_imported_again() {
    let (after, _) = take("ansible-ini", HOSTS, &plan());
    let chosen = System {
        environment: Environment::Development,
        ..System::clone(after.systems().get(&SystemId::new("t1")).unwrap())
    };
    let chosen = after.apply(&Edit::PutSystem(chosen)).unwrap();
    let (again, imported) = take("ansible-ini", HOSTS, &chosen);
    assert_eq!(environment(&again, "t1"), Environment::Development);
    assert!(imported.edit().is_none() && assumptions(&imported).is_empty());
    let kept = "1 system with another environment than their groups tell, kept (t1: Development, not Test as test)";
    assert!(said(&imported, kept), "{:?}", imported.warnings);
    // What the inventory says itself is not a guess.
    let (told, imported) = take("ansible-ini", "[test]\nt1 env=uat\nt2\n", &chosen);
    assert_eq!(environment(&told, "t1"), Environment::Uat);
    assert!(!said(&imported, "another environment"), "{:?}", imported.warnings);
}

#[test]
fn other_inventories_have_groups_too_but_a_department_is_none() {
    let devices = "Name,ResourceID,IsObsolete,CollectionName\nPC1,1,False,Test ring\nPC2,2,False,Everybody\n";
    let (after, _) = take("configmgr-devices", devices, &plan());
    assert_eq!([environment(&after, "pc1"), environment(&after, "pc2")], [Environment::Test, Environment::Production]);
    let laptops = "Computer Name,JSS ID,Operating System Version,Department\nMac1,1,14.4,Development\n";
    let (after, imported) = take("jamf-computers-csv", laptops, &plan());
    assert_eq!(environment(&after, "mac1"), Environment::Production, "a developer's laptop");
    assert!(assumptions(&imported).is_empty());
}
