//! What scanners write in different ways is read the same, and what is not understood is named.

use windowsill::import::{ImportError, Imported, Topic};
use windowsill::model::{Advisory, AdvisoryId, Edit, FixState, Horizon, Plan, System, SystemId};

use crate::support::importing::{MemoryFile, import_files, import_text, import_topic, options};

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

/// Imports files one after the other, and returns the plan with the last import.
fn after(files: &[(&str, &str)], values: &[(&str, &str)]) -> (Plan, Imported) {
    let mut last = None;
    let plan = files.iter().fold(plan(), |plan, (kind, text)| {
        let options = options(kind, values, &plan);
        let imported =
            import_files(kind, &[MemoryFile::new("file", *text)], &options, &plan, plan.horizon().from).unwrap();
        let after = imported.edit().map_or_else(|| plan.clone(), |edit| plan.apply(&edit).unwrap());
        last = Some(imported);
        after
    });
    (plan, last.unwrap())
}

fn found<'a>(plan: &'a Plan, id: &str) -> &'a Advisory {
    plan.advisories().get(&AdvisoryId::new(id)).unwrap_or_else(|| panic!("no {id}"))
}

#[test]
fn the_earliest_day_of_publication_counts_in_any_order_of_files() {
    let grype = |day: &str| {
        format!(
            r#"{{"source": {{"target": {{"userInput": "web01"}}}}, "descriptor": {{"timestamp": "{day}T10:00:00Z"}},
            "matches": [{{"vulnerability": {{"id": "CVE-2021-44228"}}, "artifact": {{"name": "log4j"}}}}]}}"#
        )
    };
    let (grype, older) = (grype("2027-01-10"), grype("2027-01-08"));
    let nvd = r#"{"vulnerabilities": [{"cve": {"id": "CVE-2021-44228", "sourceIdentifier": "x", "vulnStatus": "x",
        "published": "2021-12-10T10:15:09.143", "descriptions": [{"lang": "en", "value": "Log4Shell. More"}]}}]}"#;
    let kev = r#"{"vulnerabilities": [{"cveID": "CVE-2021-44228", "vendorProject": "Apache", "product": "Log4j2",
        "vulnerabilityName": "Apache Log4j2", "dateAdded": "2022-02-10", "dueDate": "2022-12-24"}]}"#;
    let (grype, older) = (("grype", grype.as_str()), ("grype", older.as_str()));
    let (nvd, kev) = (("nvd", nvd), ("advisories-kev", kev));
    let published = |files: &[(&str, &str)]| found(&after(files, &[]).0, "cve-2021-44228").published_on.to_string();
    for (files, on) in [
        (&[grype][..], "2027-01-10"),
        (&[grype, older], "2027-01-08"),
        (&[older, grype], "2027-01-08"),
        (&[grype, kev], "2022-02-10"),
        (&[grype, nvd], "2021-12-10"),
        (&[nvd, grype], "2021-12-10"),
        (&[grype, kev, nvd], "2021-12-10"),
        (&[nvd, kev, grype], "2021-12-10"),
    ] {
        assert_eq!(published(files), on, "{files:?}");
    }
    let (plan, imported) = after(&[grype, nvd], &[]);
    let said = "1 advisory published earlier than the plan says: the earlier day counts";
    assert!(imported.report.unwrap().assumptions.contains(&said.to_owned()));
    assert_eq!(found(&plan, "cve-2021-44228").title, "CVE-2021-44228 in log4j");
    let title = |files: &[(&str, &str)]| found(&after(files, &[]).0, "cve-2021-44228").title.clone();
    assert_eq!(title(&[nvd, kev]), "Log4Shell");
    // A title that is only the number is replaced: no file had a title before.
    let bare = ("qualys-csv", "QID,Title,Severity,CVE ID,IP\n1,,5,CVE-2021-44228,10.1.0.9\n");
    assert_eq!(
        [title(&[bare]), title(&[bare, nvd]), title(&[bare, kev])],
        ["CVE-2021-44228", "Log4Shell", "Apache Log4j2"]
    );
}

#[test]
fn all_dates_of_a_report_decide_the_order_of_day_and_month() {
    let nessus = |dates: &[(&str, &str)]| {
        let rows = dates
            .iter()
            .enumerate()
            .map(|(at, (published, patched))| format!("{at},CVE-2026-1000{at},High,web01,A,{published},{patched}\n"));
        format!(
            "Plugin ID,CVE,Risk,Host,Name,Vulnerability Publication Date,Patch Publication Date\n{}",
            rows.collect::<String>()
        )
    };
    let read = |dates: &[(&str, &str)], values: &[(&str, &str)]| {
        let (plan, imported) = after(&[("nessus-csv", &nessus(dates))], values);
        let first = found(&plan, "cve-2026-10000");
        let FixState::Available { on: Some(fixed_on) } = first.fix else { panic!("{:?}", first.fix) };
        (format!("{} {fixed_on}", first.published_on), imported)
    };
    let open = ("03/04/2026", "05/06/2026");
    for (others, values, on) in [
        (&[("13/03/2026", "")][..], &[][..], "2026-04-03 2026-06-05"),
        (&[("03/13/2026", "")], &[], "2026-03-04 2026-05-06"),
        (&[("", "03/13/2026")], &[], "2026-03-04 2026-05-06"),
        // Each column has its own order.
        (&[("13/03/2026", "03/13/2026")], &[], "2026-04-03 2026-05-06"),
        (&[("2026-03-13", "13 Mar 2026")], &[("dates", "month-first")], "2026-03-04 2026-05-06"),
        (&[("2026-03-13", "13 Mar 2026")], &[("dates", "day-first")], "2026-04-03 2026-06-05"),
    ] {
        let mut dates = vec![open];
        dates.extend(others);
        let (read, imported) = read(&dates, values);
        assert_eq!(read, on, "{others:?} {values:?}");
        assert!(!said(&imported, "in two ways"), "{:?}", imported.warnings);
    }
    for others in [&[("13/03/2026", ""), ("03/13/2026", "")][..], &[("13.03.2026", "")], &[]] {
        let mut dates = vec![open, ("01/02/2026", ""), ("07/07/2026", "")];
        dates.extend(others);
        let (read, imported) = read(&dates, &[]);
        assert_eq!(read, "2026-04-03 2026-06-05", "the later day");
        assert!(
            said(&imported, "2 advisories with a date that can be read in two ways (Wed 4 Mar 2026 or Fri 3 Apr 2026)"),
            "{:?}",
            imported.warnings
        );
        assert!(said(&imported, "choose the order with the option dates (day-first or month-first)"));
        let report = imported.report.unwrap();
        assert!(!report.assumptions.iter().any(|text| text.contains("without a date")), "{:?}", report.assumptions);
    }
}

#[test]
fn every_table_of_a_scanner_has_one_order_of_days() {
    let qualys = "QID,Title,Severity,CVE ID,IP,Published Date\n1,A,5,CVE-2026-10000,10.1.0.9,03/04/2026\n\
                  2,B,5,CVE-2026-10001,10.1.0.9,03/31/2026\n";
    let rapid7 = "Asset IP Address,Vulnerability CVE IDs,Vulnerability Title,Status,Published Date\n\
                  10.1.0.9,CVE-2026-10000,A,VE,03/04/2026\n10.1.0.9,CVE-2026-10001,B,VE,03/31/2026\n";
    let xml = "<ASSET_DATA_REPORT><HOST_LIST><HOST><IP>10.1.0.9</IP><VULN_INFO_LIST><VULN_INFO><QID>1</QID></VULN_INFO>\
               <VULN_INFO><QID>2</QID></VULN_INFO></VULN_INFO_LIST></HOST></HOST_LIST><GLOSSARY><VULN_DETAILS_LIST>\
               <VULN_DETAILS><QID>1</QID><SEVERITY>5</SEVERITY><CVE_ID><ID>CVE-2026-10000</ID></CVE_ID>\
               <PUBLISHED>03/04/2026</PUBLISHED></VULN_DETAILS><VULN_DETAILS><QID>2</QID><SEVERITY>5</SEVERITY>\
               <CVE_ID><ID>CVE-2026-10001</ID></CVE_ID><PUBLISHED>03/31/2026</PUBLISHED></VULN_DETAILS>\
               </VULN_DETAILS_LIST></GLOSSARY></ASSET_DATA_REPORT>";
    for (kind, text) in [("qualys-csv", qualys), ("rapid7-csv", rapid7), ("qualys-xml", xml)] {
        let text = |order: &str| if order == "day" { text.replace("03/31", "31/03") } else { text.to_owned() };
        for (order, on) in [("month", "2026-03-04"), ("day", "2026-04-03")] {
            let (plan, _) = after(&[(kind, &text(order))], &[]);
            assert_eq!(found(&plan, "cve-2026-10000").published_on.to_string(), on, "{kind} {order}");
            assert_eq!(found(&plan, "cve-2026-10001").published_on.to_string(), "2026-03-31", "{kind} {order}");
        }
    }
}

#[test]
fn a_page_of_a_longer_list_is_never_taken_for_the_whole() {
    let alerts = |next: bool| {
        format!(
            r#"{{"data": {{"repository": {{"name": "web", "vulnerabilityAlerts": {{"pageInfo": {{"hasNextPage": {next}}},
            "nodes": []}}}}}}}}"#
        )
    };
    for (kind, page, whole, warning) in [
        ("asff", r#"{"Findings": [], "NextToken": "x"}"#.to_owned(), r#"{"Findings": []}"#.to_owned(), "(NextToken)"),
        (
            "osv",
            r#"{"vulns": [{"id": "CVE-2026-1"}], "next_page_token": "x"}"#.to_owned(),
            r#"{"vulns": [{"id": "CVE-2026-1"}]}"#.to_owned(),
            "(next_page_token)",
        ),
        ("dependabot", alerts(true), alerts(false), "only the first page of 1 list (hasNextPage)"),
        (
            "epss-api",
            r#"{"total": 2, "data": [{"cve": "CVE-2026-1", "epss": "0.1"}]}"#.to_owned(),
            r#"{"total": 1, "data": [{"cve": "CVE-2026-1", "epss": "0.1"}]}"#.to_owned(),
            "1 of 2 scores",
        ),
    ] {
        let warns = |text: &str| said(&import_text(kind, "a.json", text, &plan()).unwrap(), warning);
        assert!(warns(&page) && !warns(&whole), "{kind}");
    }
}

#[test]
fn documents_of_an_unknown_shape_are_refused_and_not_read_as_empty() {
    let kinds = "trivy grype clair snyk dependabot sarif inspector asff satellite-errata osv osv-scanner nvd msrc prowler \
                 scoutsuite epss-api";
    for kind in kinds.split(' ') {
        for text in [r#"{"message": "Not Found"}"#, r#"[{"x": 1}]"#, "7", r#""text""#, r#"[{}, {"x": []}]"#] {
            match import_text(kind, "a.json", text, &plan()) {
                Err(ImportError::BrokenDocument { problem, .. }) => {
                    assert!(problem.starts_with("a part of it has no"), "{kind} {text}: {problem}");
                }
                other => panic!("{kind} {text}: {other:?}"),
            }
        }
        for text in ["[]", "null", "{}"] {
            let imported = import_text(kind, "a.json", text, &plan()).unwrap();
            assert_eq!((imported.edits.len(), imported.report.unwrap().rows), (0, 0), "{kind} {text}");
        }
    }
    let refused = import_text("dependabot", "a.json", r#"{"message": "Bad\ncredentials"}"#, &plan()).unwrap_err();
    assert!(refused.to_string().contains("has no alerts: \"Bad credentials\""), "{refused}");
}

#[test]
fn a_list_of_trivys_vulnerabilities_alone_is_read() {
    let list = r#"[{"VulnerabilityID": "CVE-2026-10001", "PkgName": "openssl", "Severity": "HIGH"}, null,
        {"VulnerabilityID": "CVE-2026-10002", "PkgName": "zlib", "Severity": "LOW"}]"#;
    let imported = import_topic(Topic::Advisories, "a.json", list, &plan()).unwrap();
    let report = imported.report.as_ref().unwrap();
    assert_eq!((&*report.kind, report.rows, report.items), ("trivy", 2, 2));
    assert_eq!(advisory(&imported, "cve-2026-10001").title, "CVE-2026-10001 in openssl");
    assert!(said(&imported, "does not say what was scanned") && !said(&imported, "No findings"));
}
