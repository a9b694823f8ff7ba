//! Rarer shapes of files that are read, and files of the same programs that are not: each is refused by its own name.

use windowsill::import::{ImportReport, Imported, Topic};
use windowsill::model::{Advisory, AdvisoryId, Horizon, Plan};

use crate::support::importing::import_topic;

fn plan() -> Plan {
    Plan::new("plan".into(), "Plan", Horizon::year(2027), "Europe/Berlin")
}

fn read(topic: Topic, text: &str) -> Imported {
    import_topic(topic, "file", text, &plan()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn report(topic: Topic, text: &str) -> ImportReport {
    let report = read(topic, text).report.unwrap();
    let left_out: usize = report.left_out.iter().map(|left_out| left_out.count).sum();
    assert_eq!(report.rows, report.rows_imported + left_out, "{report:?}");
    report
}

/// Kind, rows, those imported, CVEs, hosts.
fn counts(topic: Topic, text: &str) -> (String, usize, usize, usize, usize) {
    let report = report(topic, text);
    (report.kind.clone(), report.rows, report.rows_imported, report.cves, report.hosts)
}

fn advisory(text: &str, id: &str) -> Advisory {
    let after = plan().apply(&read(Topic::Advisories, text).edit().unwrap()).unwrap();
    Advisory::clone(after.advisories().get(&AdvisoryId::new(id)).unwrap_or_else(|| panic!("no {id}")))
}

#[test]
fn tables_of_pci_scans_are_read() {
    let titles = "IP,HOSTNAME,LAST SCAN,QID,VULN TITLE,TYPE,SEVERITY,PORT,CVSS_BASE,Q_SEVERITY,CVEID";
    let row = |qid: &str, kind: &str, severity: &str, cve: &str| {
        format!("10.1.0.5,web01.bank.example,2027-01-04 10:00:00,{qid},A title,{kind},{severity},443,6.4,3,{cve}")
    };
    let rows = [
        row("1", "CONFIRMED", "M", ""),
        row("2", "POTENTIAL", "Medium", ""),
        row("3", "CONFIRMED", "H", "CVE-2026-10001"),
    ];
    let text = format!("{titles}\n{}\n", rows.join("\n"));
    assert_eq!(counts(Topic::Advisories, &text), ("qualys-csv".to_owned(), 3, 2, 1, 1));
    let report = report(Topic::Advisories, &text);
    assert_eq!((report.by_severity["medium"], report.by_severity["high"]), (2, 1));
    assert_eq!(advisory(&text, "qualys-1").title, "A title");
    assert_eq!(counts(Topic::Advisories, &format!("{titles}\n")), ("qualys-csv".to_owned(), 0, 0, 0, 0));
}

#[test]
fn scores_of_web_scans_are_those_of_the_newest_version() {
    let table = "Plugin ID,CVE,CVSS,CVSSv3,Risk,Host,Name\n98104,CVE-2026-10001,7.5,7.1,high,web01,Script injection\n";
    assert_eq!(advisory(table, "cve-2026-10001").cvss_tenths, Some(71));
    let item = "<ReportItem pluginID=\"98104\" pluginName=\"A\" severity=\"3\"><cve>CVE-2026-10001</cve><cvss>7.5</cvss>\
                <cvssv3>7.1</cvssv3></ReportItem>";
    let xml = format!(
        "<NessusClientData_v2><Report><ReportHost name=\"web01\">{item}</ReportHost></Report></NessusClientData_v2>"
    );
    assert_eq!(advisory(&xml, "cve-2026-10001").cvss_tenths, Some(71));
}

#[test]
fn alerts_with_a_vector_alone_get_its_score() {
    let advisory_text = "{\"summary\": \"S\", \"identifiers\": [{\"value\": \"CVE-2026-10001\"}], \"cvss\": \
                         {\"vectorString\": \"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}}";
    let text = format!(
        "{{\"data\": {{\"repository\": {{\"vulnerabilityAlerts\": {{\"nodes\": [{{\"state\": \"OPEN\", \
         \"securityVulnerability\": {{\"severity\": \"CRITICAL\", \"package\": {{\"name\": \"p\"}}, \
         \"advisory\": {advisory_text}}}}}]}}}}}}}}"
    );
    assert_eq!(advisory(&text, "cve-2026-10001").cvss_tenths, Some(98));
}

#[test]
fn findings_without_a_list_of_vulnerabilities_are_about_the_cve_in_their_title() {
    let finding = |title: &str, kind: &str| {
        format!(
            "{{\"ProductArn\": \"a\", \"AwsAccountId\": 1, \"Types\": [\"{kind}\"], \"Title\": \"{title}\", \
             \"Severity\": {{\"Normalized\": 40}}, \"RecordState\": \"ACTIVE\", \"Vulnerabilities\": [], \
             \"Resources\": [{{\"Id\": \"image\", \"Details\": {{\"Other\": {{}}}}}}]}}"
        )
    };
    let cve = "Software and Configuration Checks/Vulnerabilities/CVE";
    let benchmark = "Software and Configuration Checks/Industry and Regulatory Standards";
    let rows = [finding("CVE-2026-10001 - kernel", cve), finding("As CVE-2026-10002 shows", benchmark)];
    let text = format!("[{}]", rows.join(", "));
    assert_eq!(counts(Topic::Advisories, &text), ("asff".to_owned(), 2, 1, 1, 1));
    assert_eq!(report(Topic::Advisories, &text).by_severity["medium"], 2);
}

#[test]
fn licences_in_a_report_of_trivy_are_counted_apart() {
    let text = "{\"SchemaVersion\": 2, \"ArtifactName\": \"shop:1\", \"Results\": [{\"Target\": \"OS\", \"Class\": \
                \"license\", \"Licenses\": [{\"Name\": \"MIT\"}, {\"Name\": \"ISC\"}]}]}";
    let report = report(Topic::Advisories, text);
    assert_eq!((report.rows, report.assumptions), (0, vec!["Not counted as rows: licences (2)".to_owned()]));
}

#[test]
fn entries_of_the_catalogue_without_its_head_are_read() {
    let entry = "{\"cveID\": \"CVE-2026-10001\", \"vendorProject\": \"V\", \"product\": \"P\", \"dateAdded\": \
                 \"2027-01-02\", \"dueDate\": \"2027-01-20\"}";
    let text = format!("[{entry}]");
    assert_eq!(counts(Topic::Advisories, &text), ("advisories-kev".to_owned(), 1, 0, 1, 0));
    let other = "{\"vulnerabilities\": [{\"id\": \"X-1\", \"cveIds\": []}]}";
    let error = import_topic(Topic::Advisories, "file", other, &plan()).unwrap_err();
    assert!(error.to_string().contains("no entry has a cveID"), "{error}");
}

#[test]
fn hosts_without_groups_are_an_inventory() {
    let text = "web01 ansible_connection=local ansible_user={{user}}\ndb01\n";
    assert_eq!(counts(Topic::Systems, text), ("ansible-ini".to_owned(), 2, 2, 0, 2));
    assert_eq!(report(Topic::Systems, text).groups, Some(2), "all and ungrouped");
}

#[test]
fn groups_with_dots_are_not_tables_of_toml() {
    let text = "[prod.hosts]\nweb01 ansible_host=10.1.0.5\nweb02\n[prod:vars]\nansible_user=x\n";
    assert_eq!(counts(Topic::Systems, text), ("ansible-ini".to_owned(), 2, 2, 0, 2));
    let text = "[prod.hosts]\nweb01 ansible_host=10.1.0.5\n";
    assert_eq!(counts(Topic::Systems, text), ("ansible-ini".to_owned(), 1, 1, 0, 1));
}

#[test]
fn hosts_and_variables_that_are_merged_into_an_inventory_count() {
    let text =
        "x-common: &common\n  db01:\nall:\n  hosts:\n    <<: *common\n    web01:\n      ansible_host: 10.1.0.5\n";
    let after = plan().apply(&read(Topic::Systems, text).edit().unwrap()).unwrap();
    let names: Vec<&str> = after.systems().iter().map(|system| system.name.as_str()).collect();
    assert_eq!(names, ["db01", "web01"]);
}

#[test]
fn an_inventory_of_systems_manager_has_hosts() {
    let entity = |id: &str, name: &str| {
        format!(
            "{{\"Id\": \"{id}\", \"Data\": {{\"AWS:InstanceInformation\": {{\"Content\": [{{\"ComputerName\": \"{name}\", \
             \"InstanceId\": \"{id}\", \"IpAddress\": \"10.1.0.5\", \"PlatformName\": \"Amazon Linux\"}}]}}}}}}"
        )
    };
    let text = format!("{{\"Entities\": [{}, {}]}}", entity("i-1", "web01"), entity("i-2", "web02"));
    assert_eq!(counts(Topic::Systems, &text), ("ssm-instances".to_owned(), 2, 2, 0, 2));
}

#[test]
fn computers_of_jamf_are_read_alone_and_in_groups() {
    let general = "{\"id\": 7, \"name\": \"mac01\", \"udid\": \"A-1\", \"jamf_version\": \"11\", \"remote_management\": \
                   {\"managed\": true}}";
    let group = "{\"id\": 1, \"name\": \"Till\", \"is_smart\": true, \"computers\": [{\"computer\": {\"id\": 7, \"name\": \
                 \"mac01\"}}]}";
    let whole = format!("{{\"general\": {general}, \"location\": {{\"username\": \"ann\"}}}}");
    for text in [general, group, &whole, &format!("{{\"computer\": {whole}}}")] {
        assert_eq!(counts(Topic::Systems, text), ("jamf-computers".to_owned(), 1, 1, 0, 1), "{text}");
    }
}

#[test]
fn a_configuration_of_azure_without_a_window_is_left_out_by_name() {
    let text = "{\"name\": \"host\", \"id\": \"/providers/Microsoft.Maintenance/maintenanceConfigurations/host\", \
                \"properties\": {\"maintenanceScope\": \"Host\", \"namespace\": \"Microsoft.Maintenance\"}}";
    let report = report(Topic::Windows, text);
    assert_eq!((&*report.kind, report.rows, &*report.left_out[0].reason), ("azure-windows", 1, "without a window"));
}

/// Beginnings of files that no import reads, and what they are called.
const FOREIGN: &[(&str, &str)] = &[
    ("{\"document\": {\"csaf_version\": \"2.0\", \"tracking\": {}}, \"vulnerabilities\": [{\"cve\": \"x\"}]}", "csaf"),
    ("{\"@context\": \"https://openvex.dev/ns\", \"statements\": []}", "openvex"),
    ("{\"bomFormat\": \"CycloneDX\", \"vulnerabilities\": []}", "cyclonedx"),
    ("<?xml version=\"1.0\"?><bom xmlns=\"http://cyclonedx.org/schema/bom/1.5\"/>", "cyclonedx"),
    ("{\"spdxVersion\": \"SPDX-2.3\"}", "spdx"),
    ("SPDXVersion: SPDX-2.3\n", "spdx"),
    ("{\"detector\": {}, \"manifests\": {\"x\": {\"resolved\": {}}}}", "github-snapshot"),
    ("{\"scan\": {\"analyzer\": {}}, \"vulnerabilities\": []}", "gitlab-report"),
    ("[{\"Vulnerability\": {\"Name\": \"CVE-2026-10001\", \"FixedIn\": []}}]", "grype-database"),
    ("{\"Findings\": [{\"Service\": {\"DetectorId\": \"x\", \"ResourceRole\": \"TARGET\"}}]}", "guardduty-findings"),
    ("{\"findings\": [{\"assetAttributes\": {}, \"serviceAttributes\": {}}]}", "inspector-classic"),
    ("apiVersion: 1\npolicies:\n  - policy:\n      receiver: x\n", "grafana-provisioning"),
    ("{\"apiVersion\": 1, \"groups\": []}", "grafana-provisioning"),
    ("[web.hosts.web01]\nzone = \"a\"\n", "ansible-toml"),
    ("[web]\nchildren = [\"db\"]\n", "ansible-toml"),
    ("$ANSIBLE_VAULT;1.1;AES256\n3961\n", "ansible-vault"),
    ("{\"type\": \"Microsoft.Maintenance/configurationAssignments\", \"properties\": {}}", "azure-assignments"),
    ("{\"value\": [{\"type\": \"Microsoft.Maintenance/applyUpdates\"}]}", "azure-updates"),
    ("{\"value\": [{\"impactDurationInSec\": 1440, \"notBefore\": \"\"}]}", "azure-updates"),
    ("{\"display_name\": \"x\", \"udid\": \"A\", \"wifi_mac_address\": \"B\"}", "jamf-mobile-devices"),
    ("{\"activation_date\": \"\", \"no_execute_on\": {}}", "jamf-policy"),
    ("{\"general\": {\"partitions\": [], \"directory_bindings\": []}}", "jamf-configuration"),
    ("{\"WindowExecutionId\": \"x\", \"Status\": \"SUCCESS\"}", "ssm-execution"),
    ("{\"WindowTargetId\": \"x\"}", "ssm-targets"),
    ("{\"WindowTaskId\": \"x\", \"WindowTargetId\": \"y\"}", "ssm-tasks"),
    ("{\"Mappings\": [{\"PatchGroup\": \"a\", \"BaselineIdentity\": {\"BaselineId\": \"b\"}}]}", "ssm-patch-groups"),
    ("{\"BaselineId\": \"pb-1\", \"OperatingSystem\": \"WINDOWS\"}", "ssm-baselines"),
    ("{\"Patches\": [{\"KbNumber\": \"KB1\", \"MsrcSeverity\": \"Low\"}]}", "ssm-patches"),
    ("{\"Instances\": 2, \"InstancesWithMissingPatches\": 1}", "ssm-compliance"),
];

#[test]
fn other_files_of_the_same_programs_are_refused_by_name_under_every_topic() {
    for (text, kind) in FOREIGN {
        for topic in [Topic::Systems, Topic::Windows, Topic::Advisories, Topic::Notices] {
            let error = import_topic(topic, "file", text, &plan()).unwrap_err();
            assert_eq!(error.kind(), Some(*kind), "{topic:?} {text}: {error}");
        }
    }
}

#[test]
fn a_notice_without_a_start_keeps_its_sequence() {
    let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nSUMMARY:Work\r\nDTEND:20270314T030000Z\r\n\
                UID:1\r\nSEQUENCE:3\r\nX-MAINTNOTE-PROVIDER:c\r\nX-MAINTNOTE-MAINTENANCE-ID:W-1\r\n\
                X-MAINTNOTE-STATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let report = report(Topic::Notices, text);
    let notice = &report.notices.as_ref().unwrap()[0];
    assert_eq!((notice.sequence, notice.start.as_deref(), &*report.left_out[0].reason), (3, None, "without a start"));
}

#[test]
fn findings_that_do_not_affect_are_left_out() {
    let found = |id: &str, status: &str| {
        format!(
            "{{\"VulnerabilityID\": \"{id}\", \"PkgName\": \"p\", \"Severity\": \"HIGH\", \"Status\": \"{status}\"}}"
        )
    };
    let all = ["affected", "not_affected", "will_not_fix"];
    let found: Vec<String> =
        all.iter().zip(1..).map(|(status, number)| found(&format!("CVE-2026-{number:04}"), status)).collect();
    let text = format!(
        "{{\"SchemaVersion\": 2, \"ArtifactName\": \"shop:1\", \"Results\": [{{\"Target\": \"OS\", \"Vulnerabilities\": [{}]}}]}}",
        found.join(",")
    );
    let report = report(Topic::Advisories, &text);
    let left_out: Vec<(&str, usize)> = report.left_out.iter().map(|each| (&*each.reason, each.count)).collect();
    assert_eq!((report.rows, report.rows_imported, left_out), (3, 2, vec![("not affected", 1)]));
}
