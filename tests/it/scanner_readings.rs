//! What scanners write in different ways is read the same, and what is not understood is named.

use windowsill::import::Imported;
use windowsill::model::{Advisory, AdvisoryId, Edit, Horizon, Plan, System, SystemId};

use crate::support::importing::import_text;

/// A plan with two systems that know their hosts.
fn plan() -> Plan {
    let plan = Plan::new("plan".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    let hosts = [("core-db", ["db01.bank.example", "10.1.0.5"]), ("web", ["web01", "10.1.0.9"])];
    hosts.into_iter().fold(plan, |plan, (id, hosts)| {
        let host_names = hosts.map(str::to_owned).to_vec();
        let system = System { id: SystemId::new(id), name: id.to_owned(), host_names, ..System::default() };
        plan.apply(&Edit::PutSystem(system)).unwrap()
    })
}

fn advisory(imported: &Imported, id: &str) -> Advisory {
    let after = plan().apply(&imported.edit().unwrap()).unwrap();
    Advisory::clone(after.advisories().get(&AdvisoryId::new(id)).unwrap_or_else(|| panic!("no {id}")))
}

fn said(imported: &Imported, text: &str) -> bool {
    imported.warnings.iter().any(|warning| warning.to_string().contains(text))
}

#[test]
fn rows_without_the_first_name_belong_to_the_host_that_they_name() {
    let table = "Plugin ID,CVE,Risk,Host,FQDN,Name\n1,CVE-2026-10001,High,,db01.bank.example,A\n\
                 2,CVE-2026-10002,High,,web01,B\n3,CVE-2026-10003,High,10.9.9.9,,C\n\
                 4,CVE-2026-10004,High,10.9.9.9,web01,D\n";
    let imported = import_text("nessus-csv", "a.csv", table, &plan()).unwrap();
    let systems = |id: &str| advisory(&imported, id).systems.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(systems("cve-2026-10001"), ["core-db"]);
    assert_eq!(systems("cve-2026-10002"), ["web"]);
    assert_eq!(systems("cve-2026-10003"), [""; 0]);
    assert_eq!(systems("cve-2026-10004"), ["web"]);
    assert_eq!(imported.report.unwrap().unmatched_hosts, [""; 0], "a later row names the host 10.9.9.9");
}

#[test]
fn results_of_rapid7_are_read_in_the_words_of_any_template() {
    let row = |cve: &str, status: &str| format!("10.1.0.9,{cve},Old TLS,{status}\n");
    let table = format!(
        "Asset IP Address,Vulnerability CVE IDs,Vulnerability Title,Status\n{}{}{}{}",
        row("CVE-2026-10001", "Open"),
        row("CVE-2026-10002", "Vulnerable Version"),
        row("", "VE"),
        row("CVE-2026-10004", "Zurückgestellt")
    );
    let imported = import_text("rapid7-csv", "a.csv", &table, &plan()).unwrap();
    let report = imported.report.as_ref().unwrap();
    assert_eq!((report.rows, report.rows_imported, report.items), (4, 3, 3));
    assert_eq!((&*report.left_out[0].reason, report.left_out[0].count), ("with a status that is not known", 1));
    assert_eq!(advisory(&imported, "rapid7-old-tls").systems, [SystemId::new("web")]);
    assert!(said(&imported, "1 row left out, since the status is not known (\"zurückgestellt\")"));
}
