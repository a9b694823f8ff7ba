//! Reports of scanners and feeds become advisories, and each says in numbers what became of its rows.

use windowsill::import::{ImportError, ImportReport, Imported, Topic};
use windowsill::model::{Advisory, AdvisoryId, Edit, FixState, Horizon, Plan, ReportedSeverity, System, SystemId};

use crate::support::desk::Desk;
use crate::support::importing::{MemoryFile, import_files, import_text, import_topic, options};

fn fixture(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/fixtures/connect/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A plan with two systems that know their hosts.
fn plan() -> Plan {
    let system = |id: &str, hosts: &[&str]| System {
        id: SystemId::new(id),
        name: id.to_owned(),
        host_names: hosts.iter().map(|host| (*host).to_owned()).collect(),
        ..System::default()
    };
    let systems = [system("core-db", &["db01.bank.example", "10.1.0.5"]), system("web", &["web01", "10.1.0.9"])];
    let plan = Plan::new("plan".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    systems.into_iter().fold(plan, |plan, system| plan.apply(&Edit::PutSystem(system)).unwrap())
}

fn import(name: &str) -> Imported {
    import_topic(Topic::Advisories, name, &fixture(name), &plan()).unwrap()
}

fn advisory(imported: &Imported, id: &str) -> Advisory {
    let after = plan().apply(&imported.edit().unwrap()).unwrap();
    Advisory::clone(after.advisories().get(&AdvisoryId::new(id)).unwrap_or_else(|| panic!("no {id}")))
}

/// "nessus-xml: 4 rows, 3 imported, 3 items, 2 cves, 2 of 3 hosts; high 2, none 1; information only 1"
fn in_words(report: &ImportReport) -> String {
    let severities: Vec<String> = report.by_severity.iter().map(|(name, count)| format!("{name} {count}")).collect();
    let left_out: Vec<String> = report.left_out.iter().map(|each| format!("{} {}", each.reason, each.count)).collect();
    format!(
        "{}: {} rows, {} imported, {} items, {} cves, {} of {} hosts; {}; {}",
        report.kind,
        report.rows,
        report.rows_imported,
        report.items,
        report.cves,
        report.matched_hosts,
        report.hosts,
        severities.join(", "),
        left_out.join(", ")
    )
}

/// What the report of each fixture says.
const REPORTS: &[(&str, &str)] = &[
    (
        "nessus.xml",
        "nessus-xml: 4 rows, 3 imported, 3 items, 2 cves, 2 of 3 hosts; high 2, medium 1, none 1; information only 1",
    ),
    (
        "nessus.csv",
        "nessus-csv: 4 rows, 3 imported, 3 items, 2 cves, 2 of 2 hosts; critical 1, high 2, none 1; information only 1",
    ),
    ("tenable.csv", "nessus-csv: 2 rows, 1 imported, 1 items, 2 cves, 1 of 1 hosts; high 1, medium 1; fixed 1"),
    (
        "qualys.csv",
        "qualys-csv: 3 rows, 1 imported, 1 items, 2 cves, 2 of 2 hosts; high 1, low 1, medium 1; potential only: not \
             confirmed by the scanner 1, fixed 1",
    ),
    (
        "qualys-assets.xml",
        "qualys-xml: 2 rows, 1 imported, 1 items, 1 cves, 1 of 2 hosts; critical 1, low 1; information only 1",
    ),
    (
        "qualys-scan.xml",
        "qualys-xml: 2 rows, 1 imported, 1 items, 1 cves, 1 of 1 hosts; high 1, low 1; information only 1",
    ),
    (
        "rapid7.xml",
        "rapid7-xml: 4 rows, 2 imported, 1 items, 1 cves, 1 of 1 hosts; high 1, medium 2, none 1; potential only: not \
             confirmed by the scanner 1, not vulnerable 1",
    ),
    (
        "rapid7.csv",
        "rapid7-csv: 3 rows, 2 imported, 3 items, 3 cves, 2 of 2 hosts; high 2, medium 1; potential only: not confirmed \
             by the scanner 1",
    ),
    ("trivy.json", "trivy: 3 rows, 2 imported, 2 items, 1 cves, 0 of 1 hosts; high 1, low 1, none 1; without an id 1"),
    ("grype.json", "grype: 3 rows, 3 imported, 2 items, 2 cves, 0 of 1 hosts; high 1, low 2; "),
    ("clair-klar.json", "clair: 2 rows, 2 imported, 2 items, 1 cves, 0 of 0 hosts; critical 1, low 1; "),
    ("clair-scanner.json", "clair: 1 rows, 1 imported, 1 items, 1 cves, 0 of 1 hosts; medium 1; "),
    ("clair-4.json", "clair: 1 rows, 1 imported, 1 items, 1 cves, 0 of 1 hosts; high 1; "),
    (
        "snyk.json",
        "snyk: 4 rows, 3 imported, 2 items, 1 cves, 0 of 2 hosts; high 2, low 1, medium 1; licences: no patch 1",
    ),
    (
        "dependabot.json",
        "dependabot: 3 rows, 2 imported, 2 items, 1 cves, 1 of 1 hosts; high 1, low 2; dismissed by a rule 1",
    ),
    (
        "dependabot-graphql.json",
        "dependabot: 2 rows, 1 imported, 1 items, 1 cves, 0 of 1 hosts; critical 1, medium 1; dismissed 1",
    ),
    ("dependabot-webhook.json", "dependabot: 1 rows, 1 imported, 1 items, 1 cves, 1 of 1 hosts; medium 1; "),
    (
        "report.sarif",
        "sarif: 5 rows, 2 imported, 2 items, 3 cves, 0 of 1 hosts; high 1, low 1, medium 2, none 1; findings in code: no \
             CVE 2, suppressed 1",
    ),
    (
        "inspector.json",
        "inspector: 3 rows, 1 imported, 2 items, 3 cves, 1 of 2 hosts; high 1, medium 1, none 1; closed 1, findings about \
             code or networks: no patch 1",
    ),
    (
        "asff.jsonl",
        "asff: 3 rows, 1 imported, 1 items, 2 cves, 0 of 2 hosts; critical 1, high 1, low 1; configuration checks: no \
             patch 1, archived 1",
    ),
    (
        "errata.json",
        "satellite-errata: 3 rows, 2 imported, 3 items, 2 cves, 0 of 0 hosts; high 1, none 2; errata that are not about security 1",
    ),
    ("osv.json", "osv: 3 rows, 2 imported, 2 items, 2 cves, 0 of 0 hosts; critical 1, medium 1, none 1; withdrawn 1"),
    ("osv-scanner.json", "osv-scanner: 1 rows, 1 imported, 1 items, 1 cves, 0 of 2 hosts; critical 1; "),
    ("nvd.json", "nvd: 2 rows, 1 imported, 1 items, 2 cves, 0 of 0 hosts; high 1, none 1; rejected 1"),
    ("msrc.json", "msrc: 2 rows, 2 imported, 2 items, 1 cves, 0 of 0 hosts; high 1, none 1; "),
    ("epss.csv", "epss: 2 rows, 0 imported, 0 items, 2 cves, 0 of 0 hosts; none 2; of no advisory in the plan 2"),
    ("epss.json", "epss-api: 1 rows, 0 imported, 0 items, 1 cves, 0 of 0 hosts; none 1; of no advisory in the plan 1"),
    (
        "prowler.csv",
        "prowler-csv: 3 rows, 0 imported, 0 items, 0 cves, 0 of 0 hosts; critical 1, high 1, low 1; configuration checks: \
             no patch 1, passed 1, checks to be made by a person 1",
    ),
    (
        "prowler-2.json",
        "prowler: 2 rows, 0 imported, 0 items, 0 cves, 0 of 0 hosts; high 1, medium 1; passed 1, configuration checks: no patch 1",
    ),
    (
        "prowler-ocsf.json",
        "prowler: 1 rows, 0 imported, 0 items, 0 cves, 0 of 0 hosts; low 1; configuration checks: no patch 1",
    ),
    (
        "scoutsuite.js",
        "scoutsuite: 2 rows, 0 imported, 0 items, 0 cves, 0 of 0 hosts; high 1, none 1; configuration checks: no patch 1, passed 1",
    ),
];

#[test]
fn each_report_counts_its_rows_advisories_and_hosts() {
    for (name, expected) in REPORTS {
        let report = import(name).report.unwrap();
        assert_eq!(in_words(&report), *expected, "{name}");
        let left_out: usize = report.left_out.iter().map(|each| each.count).sum();
        assert_eq!(report.rows_imported + left_out, report.rows, "{name}");
        assert_eq!(report.by_severity.values().sum::<usize>(), report.rows, "{name}");
    }
}

#[test]
fn an_advisory_has_what_its_rows_say() {
    let nessus = advisory(&import("nessus.xml"), "cve-2026-10001");
    assert_eq!((nessus.title.as_str(), nessus.cvss_tenths), ("Example TLS library flaws", Some(81)));
    assert_eq!((nessus.is_exploited, nessus.due_on.unwrap().to_string().as_str()), (true, "2027-01-20"));
    assert_eq!(nessus.published_on.to_string(), "2026-12-15");
    assert_eq!(nessus.fix, FixState::Available { on: "2026-12-20".parse().ok() });
    assert_eq!(nessus.systems, [SystemId::new("core-db"), SystemId::new("web")]);
    assert_eq!(nessus.reported_by, ["nessus"]);
    let unrated = advisory(&import("nessus.xml"), "nessus-500002");
    assert_eq!((unrated.cvss_tenths, unrated.reported_severity), (None, Some(ReportedSeverity::Medium)));
    assert_eq!(unrated.published_on.to_string(), "2027-01-09", "the day of the scan");
    let grype = advisory(&import("grype.json"), "cve-2026-10001");
    assert_eq!((grype.epss_per_100_000, grype.is_exploited), (Some(61_000), true));
    assert_eq!(advisory(&import("grype.json"), "cve-2026-10002").fix, FixState::Missing);
    assert_eq!(advisory(&import("trivy.json"), "cve-2026-10001").cvss_tenths, Some(81), "NVD's score");
    assert_eq!(advisory(&import("dependabot.json"), "ghsa-dddd-eeee-ffff").fix, FixState::Unknown);
    assert_eq!(advisory(&import("osv.json"), "cve-2026-10001").cvss_tenths, Some(98), "the score of its vector");
    let nvd = advisory(&import("nvd.json"), "cve-2026-10001");
    assert_eq!((nvd.title.as_str(), nvd.cvss_tenths), ("An example flaw", Some(81)));
    assert!(advisory(&import("msrc.json"), "cve-2027-20001").is_exploited);
    assert!(advisory(&import("qualys.csv"), "cve-2026-10001").is_exploited);
}

#[test]
fn the_same_report_twice_changes_nothing() {
    for name in [
        "nessus.xml",
        "nessus.csv",
        "qualys-assets.xml",
        "rapid7.xml",
        "trivy.json",
        "dependabot.json",
        "nvd.json",
        "osv.json",
    ] {
        let first = import(name);
        let after = plan().apply(&first.edit().unwrap()).unwrap();
        let second = import_topic(Topic::Advisories, name, &fixture(name), &after).unwrap();
        assert_eq!(second.edits, [], "{name}");
        assert_eq!(second.report.unwrap().rows_imported, first.report.unwrap().rows_imported, "{name}");
    }
}

#[test]
fn what_a_later_report_no_longer_has_stays_open_and_is_reported() {
    let after = plan().apply(&import("nessus.xml").edit().unwrap()).unwrap();
    let text = fixture("nessus.xml").replace("500002", "500099").replace("<cve>CVE-2026-10002</cve>", "");
    let later = import_topic(Topic::Advisories, "later.xml", &text, &after).unwrap();
    let said = later.warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(said.contains("2 advisories that Nessus reported for these systems before"), "{said}");
    let after = after.apply(&later.edit().unwrap()).unwrap();
    assert!(after.advisories().get(&AdvisoryId::new("cve-2026-10002")).unwrap().is_open_on(after.horizon().from));
}

#[test]
fn scores_are_joined_by_cve_also_from_packed_files() {
    let known = plan().apply(&import("nessus.xml").edit().unwrap()).unwrap();
    let text = fixture("epss.csv");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, text.as_bytes()).unwrap();
    let files = [MemoryFile::new("epss.csv", text), MemoryFile::new("epss.csv.gz", packed.finish().unwrap())];
    for file in files {
        let today = known.horizon().from;
        let imported = import_files("epss", &[file], &options("epss", &[], &known), &known, today).unwrap();
        let report = imported.report.as_ref().unwrap();
        assert_eq!((report.rows, report.rows_imported, report.cves), (2, 1, 2));
        let after = known.apply(&imported.edit().unwrap()).unwrap();
        assert_eq!(after.advisories().get(&AdvisoryId::new("cve-2026-10001")).unwrap().epss_per_100_000, Some(61_234));
    }
}

#[test]
fn unmatched_hosts_are_assigned_and_remembered() {
    let options = options("nessus-xml", &[("host", "10.1.0.77=web")], &plan());
    let file = [MemoryFile::new("a.nessus", fixture("nessus.xml"))];
    let imported = import_files("nessus-xml", &file, &options, &plan(), plan().horizon().from).unwrap();
    assert_eq!(imported.report.as_ref().unwrap().matched_hosts, 3);
    let after = plan().apply(&imported.edit().unwrap()).unwrap();
    let again = import_topic(Topic::Advisories, "a.nessus", &fixture("nessus.xml"), &after).unwrap();
    assert_eq!((again.edits, again.report.unwrap().unmatched_hosts), (Vec::new(), Vec::new()));
}

#[test]
fn potential_findings_are_imported_if_they_are_asked_for() {
    for (kind, name, rows) in
        [("qualys-csv", "qualys.csv", 2), ("rapid7-xml", "rapid7.xml", 3), ("rapid7-csv", "rapid7.csv", 3)]
    {
        let options = options(kind, &[("potential", "")], &plan());
        let file = [MemoryFile::new(name, fixture(name))];
        let imported = import_files(kind, &file, &options, &plan(), plan().horizon().from).unwrap();
        assert_eq!(imported.report.unwrap().rows_imported, rows, "{name}");
    }
}

#[test]
fn empty_reports_are_results() {
    for (text, kind) in [
        ("", "empty-report"),
        ("null", "empty-report"),
        ("[\n  ]\n", "empty-report"),
        ("{\"findings\": []}", "inspector"),
        ("{\"results\": [], \"experimental_config\": {}}", "osv-scanner"),
        ("{\"version\": \"2.1.0\", \"$schema\": \"sarif\", \"runs\": []}", "sarif"),
        ("<NessusClientData_v2><Report name=\"x\"></Report></NessusClientData_v2>", "nessus-xml"),
        ("QID,Title,Severity,IP\n", "qualys-csv"),
    ] {
        let imported = import_topic(Topic::Advisories, "report", text, &plan()).unwrap();
        let report = imported.report.unwrap();
        assert_eq!((report.kind.as_str(), report.rows, imported.edits.len()), (kind, 0, 0), "{text}");
        assert!(
            imported.warnings.iter().any(|each| each.message.contains("No findings")),
            "{text}: {:?}",
            imported.warnings
        );
    }
}

#[test]
fn reports_are_read_in_other_encodings() {
    let wide = |text: &str| format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    for (kind, name) in [
        ("nessus-csv", "nessus.csv"),
        ("nessus-xml", "nessus.xml"),
        ("trivy", "trivy.json"),
        ("rapid7-csv", "rapid7.csv"),
    ] {
        let text = fixture(name).replace("UTF-8", "UTF-16");
        for bytes in [wide(&text), text.replace('\n', "\r\n").into_bytes()] {
            let file = [MemoryFile::new(name, bytes)];
            let read = import_files(kind, &file, &options(kind, &[], &plan()), &plan(), plan().horizon().from).unwrap();
            let (report, usual) = (read.report.unwrap(), import(name).report.unwrap());
            assert_eq!(in_words(&report), in_words(&usual), "{name}");
        }
    }
    let tabs = fixture("tenable.csv").replace(';', "\t");
    assert_eq!(import_topic(Topic::Advisories, "t", &tabs, &plan()).unwrap().report.unwrap().rows, 2);
}

fn refusal(text: &str) -> ImportError {
    import_topic(Topic::Advisories, "report", text, &plan()).unwrap_err()
}

#[test]
fn hostile_documents_are_refused_by_what_is_wrong() {
    let deep_json = format!("{{\"descriptor\": 1, \"matches\": {}", "[".repeat(100_000));
    let deep_xml = format!("<NessusClientData_v2>{}", "<a>".repeat(100_000));
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><NessusClientData_v2>&b;</NessusClientData_v2>";
    let external = "<!DOCTYPE SCAN [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><SCAN>&x;</SCAN>";
    for (text, part) in [
        (deep_json.as_str(), "recursion limit"),
        (&deep_xml, "more than 200 elements are nested"),
        (bomb, "defines entities"),
        (external, "defines entities"),
        ("<NessusClientData_v2><Report>", "its end is missing"),
        ("<NessusClientData_v2><Report></NessusClientData_v2>", "Cannot read this as a report of Nessus"),
        ("{\"matches\": [, \"descriptor\": 1}", "Cannot read this as a report of Grype (JSON)"),
        ("{\"hello\": 1}", "Unknown file content"),
    ] {
        let error = refusal(text).to_string();
        assert!(error.contains(part), "{part}: {error}");
    }
}

#[test]
fn files_of_other_systems_are_refused_by_name() {
    for (text, kind) in [
        ("[{\"number\": 1, \"rule\": {}, \"most_recent_instance\": {}}]", "code-scanning-alerts"),
        ("global:\nroute:\n  receiver: x\nreceivers:\n- name: x\n", "alertmanager-configuration"),
        ("[{\"matchers\": [], \"startsAt\": \"\", \"endsAt\": \"\"}]", "alertmanager-silences"),
        ("apiVersion: 1\nmuteTimes:\n  - name: x\n", "grafana-mute-timings"),
        ("resource \"grafana_mute_timing\" \"x\" {}\n", "grafana-mute-timings"),
        ("{\"result\": [{\"maintenanceid\": \"1\", \"active_since\": \"1\"}]}", "zabbix-maintenance"),
        ("<?xml version=\"1.0\"?><policy><general/></policy>", "jamf-policy"),
        ("{\"results\": [{\"interval\": \"weekly\", \"sync_date\": \"x\"}]}", "satellite-sync-plans"),
        ("schedule { 'x':\n  range => '2 - 4',\n}\n", "puppet-manifest"),
        ("{\"BaselineIdentities\": []}", "ssm-baselines"),
        ("<NeXposeSimpleXML/>", "nexpose-simple-xml"),
        ("{\"CVE_Items\": []}", "nvd-feed-1"),
    ] {
        let error = refusal(text);
        assert_eq!(error.kind(), Some(kind), "{text}: {error}");
    }
}

#[test]
fn the_command_prints_the_report_also_of_what_it_refuses() {
    let desk = Desk::new();
    for (name, text) in
        [("a.nessus", fixture("nessus.xml")), ("code.json", "[{\"rule\": 1, \"most_recent_instance\": {}}]".to_owned())]
    {
        desk.write(name, &text);
    }
    let printed = desk.run("import advisories a.nessus --into plan.ron --dry-run --format json").fine();
    let report: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!((report["version"].as_u64(), report["kind"].as_str()), (Some(1), Some("nessus-xml")));
    assert_eq!((report["rows"].as_u64(), report["left_out"][0]["count"].as_u64()), (Some(4), Some(1)));
    let refused = desk.run("import advisories code.json --into plan.ron --format json");
    let report: serde_json::Value = serde_json::from_str(&refused.out).unwrap();
    assert_eq!(
        (refused.code, report["kind"].as_str(), report["rows"].as_u64()),
        (1, Some("code-scanning-alerts"), Some(0))
    );
    assert!(report["refused"].as_str().unwrap().contains("not of Dependabot alerts"));
}

#[test]
fn tables_and_the_catalogue_of_exploited_vulnerabilities_have_reports_too() {
    let table = "id,title,cvss,published,systems\nCVE-2026-10001,A,9.8,2026-12-15,web\nCVE-2026-10002,B,5,never,web\nX-1,C,,2026-12-15,\n";
    let report = import_text("advisories-table", "a.csv", table, &plan()).unwrap().report.unwrap();
    assert_eq!(
        in_words(&report),
        "advisories-table: 3 rows, 2 imported, 2 items, 2 cves, 0 of 0 hosts; critical 1, medium 1, none 1; rows that cannot \
         be read 1"
    );
    let entry = |cve: &str| {
        format!(
            "{{\"cveID\": \"{cve}\", \"vendorProject\": \"V\", \"product\": \"P\", \"dateAdded\": \"2027-01-02\", \
             \"dueDate\": \"2027-01-20\"}}"
        )
    };
    let kev = format!("{{\"vulnerabilities\": [{}, {}]}}", entry("CVE-2026-10001"), entry("CVE-2026-10009"));
    let known = plan().apply(&import("trivy.json").edit().unwrap()).unwrap();
    let imported = import_topic(Topic::Advisories, "kev.json", &kev, &known).unwrap();
    assert_eq!(
        in_words(imported.report.as_ref().unwrap()),
        "advisories-kev: 2 rows, 1 imported, 1 items, 2 cves, 0 of 0 hosts; none 2; of no system and no advisory of the plan 1"
    );
    let after = known.apply(&imported.edit().unwrap()).unwrap();
    assert!(after.advisories().get(&AdvisoryId::new("cve-2026-10001")).unwrap().is_exploited);
}
