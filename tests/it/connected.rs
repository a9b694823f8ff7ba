//! Files of connected systems on the command line: counted, imported, told from others, and imported again without effect.

use serde_json::Value;

use crate::support::desk::Desk;

const TRIVY: &str = r#"2027-02-01 INFO scanning
{
  "SchemaVersion": 2, "ArtifactName": "registry.bank.example/web:7", "CreatedAt": "2027-02-01T09:00:00Z",
  "Results": [
    {"Target": "web", "Vulnerabilities": [
      {"VulnerabilityID": "CVE-2027-0001", "PkgName": "zlib", "Severity": "HIGH", "FixedVersion": "1.3.2",
       "PublishedDate": "2027-01-20T10:00:00Z", "CVSS": {"nvd": {"V3Score": 8.1, "V2Score": 9.9}}},
      {"VulnerabilityID": "CVE-2027-0001", "PkgName": "zlib-dev", "Severity": "HIGH", "FixedVersion": "1.3.2"},
      {"VulnerabilityID": "TEMP-0000001-ABCDEF", "PkgName": "tar", "Severity": "UNKNOWN", "FixedVersion": ""}
    ], "ExperimentalModifiedFindings": [
      {"Type": "vulnerability", "Status": "not_affected", "Finding":
       {"VulnerabilityID": "CVE-2027-0002", "PkgName": "bash", "Severity": "CRITICAL"}}
    ], "Misconfigurations": [{"ID": "DS002"}]}
  ]
}"#;

fn report(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_row_of_a_report_is_counted() {
    let desk = Desk::new();
    desk.write("report.json", TRIVY);
    let report = report(&desk.run("import advisories report.json --into plan.ron --format json").fine());
    let count = |name: &str| report[name].as_u64().unwrap();
    assert_eq!((report["version"].as_u64(), report["kind"].as_str()), (Some(1), Some("trivy")));
    assert_eq!((count("rows"), count("rows_imported"), count("items")), (3, 3, 2), "suppressed ones are not rows");
    assert_eq!((count("cves"), count("cves_imported"), count("hosts"), count("matched_hosts")), (1, 1, 1, 0));
    let left_out: u64 = report["left_out"].as_array().unwrap().iter().map(|each| each["count"].as_u64().unwrap()).sum();
    assert_eq!(left_out, 0);
    assert_eq!(report["by_severity"]["high"].as_u64(), Some(2));
    let plan = desk.plan("plan.ron");
    let [first, second] = plan.advisories().as_slice() else { panic!("{:?}", plan.advisories()) };
    assert_eq!((first.number().as_str(), first.cvss_tenths), ("CVE-2027-0001", Some(81)));
    assert_eq!(first.published_on.to_string(), "2027-01-20");
    assert_eq!((second.id.as_str(), second.cvss_tenths), ("temp-0000001-abcdef", None));
    assert_eq!(second.published_on.to_string(), "2027-02-01", "the day of the scan");
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let desk = Desk::new();
    desk.write("report.json", TRIVY);
    desk.run("import advisories report.json --into plan.ron").fine();
    let before = desk.read("plan.ron");
    let out = desk.run("import advisories report.json --into plan.ron").fine();
    assert!(out.contains("Nothing to import"), "{out}");
    assert_eq!(desk.read("plan.ron"), before);
}

#[test]
fn an_assigned_host_is_remembered() {
    let desk = Desk::new();
    desk.write("report.json", TRIVY);
    let host = "registry.bank.example/web:7=core-db";
    desk.run(&format!("import advisories report.json --into plan.ron --host {host}")).fine();
    let plan = desk.plan("plan.ron");
    let advisory = &plan.advisories().as_slice()[0];
    assert_eq!(advisory.systems.iter().map(windowsill::model::SystemId::as_str).collect::<Vec<_>>(), ["core-db"]);
    let again = report(&desk.run("import advisories report.json --into plan.ron --dry-run --format json").fine());
    assert_eq!(again["matched_hosts"].as_u64(), Some(1));
}

#[test]
fn empty_reports_are_results() {
    let desk = Desk::new();
    for text in ["null", "[]", r#"{"SchemaVersion": 2, "ArtifactName": "web", "Results": []}"#] {
        desk.write("report.json", text);
        let ran = desk.run("import advisories report.json --into plan.ron --from trivy --format json");
        assert_eq!(ran.code, 0, "{text}: {}", ran.err);
        assert_eq!(report(&ran.out)["rows"].as_u64(), Some(0), "{text}");
    }
}

#[test]
fn a_refused_file_is_named_in_its_report() {
    let desk = Desk::new();
    desk.write("targets.json", r#"{"Targets": [{"WindowId": "mw-1", "WindowTargetId": "x"}]}"#);
    for topic in ["windows", "advisories"] {
        let ran = desk.run(&format!("import {topic} targets.json --into plan.ron --format json"));
        let report = report(&ran.out);
        assert_eq!((ran.code, report["kind"].as_str(), report["rows"].as_u64()), (1, Some("ssm-targets"), Some(0)));
        assert!(report["refused"].as_str().unwrap().contains("list of a window's targets"), "{report}");
    }
    desk.write("report.json", TRIVY);
    let ran = desk.run("import windows report.json --into plan.ron --format json");
    assert_eq!((ran.code, report(&ran.out)["kind"].as_str()), (1, Some("trivy")));
}

#[test]
fn the_hosts_of_a_scan_become_systems() {
    let desk = Desk::new();
    let host = |name: &str, address: &str, items: &str| {
        format!(
            "<ReportHost name=\"{name}\"><HostProperties><tag name=\"host-ip\">{address}</tag>\
             <tag name=\"host-fqdn\">{name}</tag></HostProperties>{items}</ReportHost>"
        )
    };
    let item = "<ReportItem port=\"0\" svc_name=\"x\" protocol=\"tcp\" severity=\"3\" pluginID=\"1\" pluginName=\"A\" \
                pluginFamily=\"Misc.\"><cve>CVE-2026-1</cve><risk_factor>High</risk_factor></ReportItem>";
    let hosts = [host("db01.bank.example", "192.0.2.1", item), host("idle.bank.example", "192.0.2.2", "")].concat();
    let scan = format!("<NessusClientData_v2><Report name=\"x\">{hosts}</Report></NessusClientData_v2>");
    desk.write("scan.nessus", &scan);
    let before = desk.plan("plan.ron").systems().len();
    for from in ["", " --from nessus"] {
        let ran =
            desk.run(&format!("import systems scan.nessus --into plan.ron --host-names --dry-run --format json{from}"));
        let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
        assert_eq!((report["kind"].as_str(), report["rows"].as_u64()), (Some("scanned-hosts"), Some(2)));
    }
    desk.run("import systems scan.nessus --into plan.ron --host-names").fine();
    let plan = desk.plan("plan.ron");
    assert_eq!(plan.systems().len(), before + 2, "hosts without findings, too");
    let db = plan.systems().iter().find(|system| system.name == "db01.bank.example").unwrap();
    assert_eq!(db.host_names, ["192.0.2.1"]);
    assert!(desk.run("import systems scan.nessus --into plan.ron --host-names").fine().contains("Nothing to import"));
    let out = desk.run("import advisories scan.nessus --into plan.ron --format json").fine();
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((report["kind"].as_str(), report["matched_hosts"].as_u64()), (Some("nessus-xml"), Some(2)));
    // Of another topic it is what it was.
    let ran = desk.run("import windows scan.nessus --into plan.ron --format json");
    assert!(ran.code == 1 && ran.out.contains("\"nessus-xml\""), "{}", ran.out);
}

#[test]
fn what_recorded_results_have_installed_is_not_left_open() {
    let desk = Desk::new();
    desk.write("report.json", TRIVY);
    desk.write("later.json", &TRIVY.replace("CVE-2027-0001", "CVE-2027-0002"));
    let host = "registry.bank.example/web:7=core-db";
    desk.run(&format!("import advisories report.json --into plan.ron --host {host}")).fine();
    let later = "import advisories later.json --into plan.ron --dry-run --now 2027-03-01T09:00:00Z";
    let warned = |desk: &Desk| desk.run(later).err;
    assert!(warned(&desk).contains("(CVE-2027-0001): left open"), "{}", warned(&desk));
    let recorded = "--window core-db --on 2027-02-20 --outcome patched --now 2027-03-01T09:00:00Z";
    desk.run(&format!("record result plan.ron {recorded}")).fine();
    assert!(!warned(&desk).contains("left open"), "{}", warned(&desk));
    // A scan finds it again.
    let scanned = "--window core-db --on 2027-02-20 --open core-db --at 2027-02-22T09:00:00Z";
    desk.run(&format!("record scan plan.ron {scanned} --now 2027-03-01T09:00:00Z")).fine();
    assert!(warned(&desk).contains("(CVE-2027-0001): left open"), "{}", warned(&desk));
}
