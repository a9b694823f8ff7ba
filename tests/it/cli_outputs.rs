//! What commands write to standard output with `-`, and what they report for programs.

use serde_json::Value;
use windowsill::store;

use crate::support::desk::Desk;

const NOW: &str = "--now 2027-01-04T09:00:00Z";

#[track_caller]
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn plans_go_to_standard_output_and_reports_about_them_to_standard_error() {
    let desk = Desk::new();
    let plan = desk.read("plan.ron");
    let ran = desk.run(&format!("roll plan.ron --to 2028 -o - {NOW}"));
    assert_eq!(store::parse(&ran.out).unwrap().plan.horizon().from.to_string(), "2028-01-01");
    assert!(ran.err.contains("2028"), "{}", ran.err);
    ran.fine();
    let ran = desk.run("merge plan.ron plan.ron plan.ron -o -");
    assert_eq!((ran.out.as_str(), ran.code), (plan.as_str(), 0));
    assert!(ran.err.contains("No conflicts"), "{}", ran.err);
    let ran = desk.run("new - --title Night_work --from 2027-04-01");
    let new = store::parse(&ran.out).unwrap().plan;
    assert_eq!((new.title(), new.horizon().from.to_string()), ("Night work", "2027-04-01".to_owned()));
    assert!(!desk.path("-").exists() && desk.read("plan.ron") == plan);
}

#[test]
fn lists_have_the_form_of_the_option_or_of_the_ending_in_files_and_on_standard_output() {
    let desk = Desk::new();
    let lists = [
        "list plan.ron",
        "check plan.ron --each",
        "cycles plan.ron",
        "activity plan.ron",
        "notices plan.ron",
        "export notices plan.ron",
        "export ledger plan.ron",
    ];
    for list in lists {
        let run = |options: &str| desk.run(&format!("{list} {options}"));
        let (csv, listed) = (run("-o - --format csv").out, json(&run("--format json -o -").out));
        assert!(csv.lines().count() > 0, "{list}");
        let name = list.replace(' ', "-");
        for (options, file) in [("", "csv"), ("--format csv", "csv"), ("", "json"), ("--format json", "json")] {
            let file = format!("{name}{}.{file}", options.len());
            run(&format!("{options} -o {file}"));
            let written = desk.read(&file);
            let is_same = if file.ends_with("csv") { written.ends_with(&csv) } else { json(&written) == listed };
            assert!(is_same, "{list} {options}: {written}");
        }
        run("--format xlsx -o a.xlsx");
        assert!(std::fs::read(desk.path("a.xlsx")).unwrap().starts_with(b"PK"), "{list}");
        std::fs::remove_file(desk.path("a.xlsx")).unwrap();
        run("--format csv -o a.json").fails_saying("a.json: the ending is not that of --format (use .csv)");
        run("--format xlsx -o -").fails_saying("--format xlsx needs a file (add -o FILE.xlsx)");
        run("-o a.doc").fails_saying("unknown file ending");
        assert!(!desk.path("a.json").exists() && !desk.path("a.doc").exists());
    }
}

#[test]
fn findings_for_code_hosts_go_to_a_file_and_never_over_the_plan() {
    let desk = Desk::new();
    let plan = desk.read("plan.ron");
    let shown = json(&desk.run(&format!("check plan.ron --format sarif {NOW}")).out);
    for options in ["-o a.sarif", "--format sarif -o a.sarif.json"] {
        let ran = desk.run(&format!("check plan.ron {options} {NOW}"));
        assert!(ran.out.starts_with("Findings of plan.ron saved as a.sarif"), "{}", ran.out);
    }
    assert_eq!((json(&desk.read("a.sarif")), json(&desk.read("a.sarif.json"))), (shown.clone(), shown));
    desk.run("check plan.ron --format github -o plan.ron").fails_saying("plan.ron");
    assert_eq!(desk.read("plan.ron"), plan);
    assert!(desk.run(&format!("check plan.ron --format github -o a.txt {NOW}")).out.contains("saved as a.txt"));
    assert!(desk.read("a.txt").starts_with("::"));
}

#[test]
fn no_report_replaces_another_plan_and_each_has_the_ending_of_its_form() {
    let desk = Desk::new();
    let plan = desk.read("plan.ron");
    for name in ["other.ron", "other.windowsill", "plan.txt", "plan.json", "plan.csv"] {
        desk.write(name, &plan);
    }
    desk.write("baseline.json", "{}");
    let reports = [
        "check plan.ron",
        "check plan.ron --format github",
        "check plan.ron --format sarif",
        "check plan.ron --format csv",
        "history plan.ron",
        "history plan.ron --format json",
        "diff plan.ron other.ron",
        "diff plan.ron other.ron --format text",
        "diff plan.ron other.ron --format json",
        "diff plan.ron other.ron --format csv",
        "explain B001",
        "connect list",
        "connect check plan.ron --format json",
        "lint baseline baseline.json --plan plan.ron",
        "compliance plan.ron",
        "list plan.ron",
    ];
    for report in reports {
        let names: &[&str] = match report.split_once("--format ").map(|(_, form)| form) {
            Some("json" | "sarif") => &["other.windowsill", "plan.json", "a.html", "a"],
            Some("csv") => &["other.windowsill", "plan.csv", "a.json", "a"],
            Some(_) => &["other.windowsill", "plan.txt", "a.json", "a"],
            None => &["other.windowsill", "plan.txt", "plan.json", "a.ics", "a"],
        };
        for name in names {
            let ran = desk.run(&format!("{report} -o {name}"));
            assert!(ran.code == 2 && ran.out.is_empty(), "{report} -o {name}: {}", ran.out);
            assert!(ran.err.contains(name) && (ran.err.contains("(use .") || ran.err.contains("plan")), "{}", ran.err);
            let unchanged =
                if name.contains("plan") || name.contains("other") { desk.read(name) } else { String::new() };
            assert!(unchanged == plan || !desk.path(name).exists(), "{report} -o {name}");
        }
    }
    // A version, a rolled and a merged plan are plans: they get the ending of one.
    for words in ["history plan.ron --show 1", "merge plan.ron plan.ron other.ron", "roll plan.ron --to 2028"] {
        desk.run(&format!("{words} -o b.html")).fails_saying("b.html: a plan's name ends with .windowsill");
    }
}

#[test]
fn reports_for_people_and_programs_go_to_files_by_their_ending() {
    let desk = Desk::new();
    desk.write(
        "baseline.json",
        "{\"OperatingSystem\": \"WINDOWS\", \"PatchGroups\": [\"nobody\"], \"ApprovalRules\": {\"PatchRules\": [\
         {\"PatchFilterGroup\": {\"PatchFilters\": [{\"Key\": \"MSRC_SEVERITY\", \"Values\": [\"Critical\"]}]}, \
         \"ComplianceLevel\": \"CRITICAL\", \"ApproveAfterDays\": 60, \"EnableNonSecurity\": false}]}}\n",
    );
    let reports = [
        ("explain B001", "B001"),
        ("connect list", "Connected systems"),
        ("connect check plan.ron", "What systems can express of plan.ron"),
        ("lint baseline baseline.json --plan plan.ron", "Findings of baseline.json"),
        ("history plan.ron", "Versions of plan.ron"),
    ];
    for (report, what) in reports {
        let shown = desk.run(report).out;
        for options in ["-o a.txt", "--format text -o a.txt"] {
            assert_eq!(desk.run(&format!("{report} {options}")).out, format!("{what} saved as a.txt\n"));
            assert_eq!(desk.read("a.txt"), shown, "{report}");
        }
        let shown = json(&desk.run(&format!("{report} --format json -o -")).out);
        for options in ["-o a.json", "--format json -o a.json"] {
            assert_eq!(desk.run(&format!("{report} {options}")).out, format!("{what} saved as a.json\n"));
            assert_eq!(json(&desk.read("a.json")), shown, "{report}");
        }
        desk.run(&format!("{report} -o a.csv")).fails_saying("a.csv: unknown file ending (use .txt or .json)");
        desk.run(&format!("{report} --format json -o a.txt")).fails_saying("a.txt: the ending is not that of --format");
    }
}

#[test]
fn conflicts_of_a_merge_on_standard_output_keep_their_exit_code() {
    let desk = Desk::new();
    let renamed = |name: &str| desk.read("plan.ron").replacen("Core DB patching", name, 1);
    desk.write("ours.ron", &renamed("Ours"));
    desk.write("theirs.ron", &renamed("Theirs"));
    let ran = desk.run("merge plan.ron ours.ron theirs.ron -o -");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(store::parse(&ran.out).unwrap().plan.conflicts().len(), 1);
    assert!(ran.err.contains("1 conflict"), "{}", ran.err);
}

#[test]
fn what_is_printed_goes_to_standard_output_in_a_form() {
    let desk = Desk::new();
    for command in ["planner plan.ron", "cab plan.ron", "year plan.ron --area area", "checklist plan.ron"] {
        for (form, begin) in [("html", "<!DOCTYPE html>"), ("md", "# "), ("txt", "")] {
            let words = format!("export {command} {NOW}");
            let out = desk.run(&format!("{words} -o - --format {form}")).fine();
            desk.run(&format!("{words} -o paper.{form}")).fine();
            assert_eq!(out, desk.read(&format!("paper.{form}")), "{command}");
            assert!(out.to_lowercase().starts_with(&begin.to_lowercase()) && out.len() > 100, "{command} {form}");
        }
        desk.run(&format!("export {command} -o - {NOW}"))
            .fails_saying("standard output needs a form (add --format html");
        desk.run(&format!("export {command} -o x.html --format md {NOW}"))
            .fails_saying("x.html: the ending .html is not that of --format (use .md)");
    }
    assert!(!desk.path("-").exists() && !desk.path("x.html").exists());
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_needs_a_file() {
    let desk = Desk::new();
    desk.run("export planner plan.ron -o - --format pdf").fails_saying("a PDF cannot go to - (use -o FILE.pdf");
}

#[test]
fn a_folder_of_checklists_gets_the_form_that_is_asked_for() {
    let desk = Desk::new();
    desk.run(&format!("export checklist plan.ron -o packs --format md {NOW}")).fine();
    let files: Vec<_> = std::fs::read_dir(desk.path("packs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() > 1 && files.iter().all(|file| file.extension().is_some_and(|end| end == "md")), "{files:?}");
}

#[test]
fn checks_are_explained_for_programs() {
    let desk = Desk::new();
    for rule in windowsill::checks::RULES {
        let row = json(&desk.run(&format!("explain {} --format json", rule.code)).fine());
        assert_eq!((&row["version"], &row["name"], &row["why"]), (&1.into(), &rule.name.into(), &rule.why.into()));
        assert_eq!((&row["fix"], &row["severity"]), (&rule.fix.is_some().into(), &rule.severity.name().into()));
        if rule.code.ends_with('3') {
            break;
        }
    }
    desk.run("explain X999 --format json").fails_saying("Unknown check \"X999\"");
}

#[test]
fn formatting_and_publishing_report_for_programs() {
    let desk = Desk::new();
    let row = json(&desk.run("fmt plan.ron --format json").fine());
    assert_eq!(row, json(r#"{"version": 1, "plans": 1, "changed": [], "failed": [], "check": false}"#));
    desk.write("ragged.ron", &desk.read("plan.ron").replace("    ", "\t"));
    let ran = desk.run("fmt plan.ron ragged.ron --check --format json");
    assert_eq!(ran.code, 1);
    assert_eq!(
        json(&ran.out),
        json(r#"{"version": 1, "plans": 2, "changed": ["ragged.ron"], "failed": [], "check": true}"#)
    );
    let publish =
        |options: &str| json(&desk.run(&format!("publish plan.ron --to year.ics --format json {options}")).fine());
    let dry = publish("--dry-run");
    assert!(!desk.path("year.ics").exists());
    let real = publish("");
    assert_eq!((&dry["sent"], &dry["dry_run"], &real["dry_run"]), (&real["sent"], &true.into(), &false.into()));
    assert_eq!(
        (&real["version"], &real["skipped"], &real["stopped"]),
        (&1.into(), &Value::Array(Vec::new()), &Value::Null)
    );
}

#[test]
fn recovered_changes_are_listed_for_programs() {
    let desk = Desk::new();
    let row = json(&desk.run("recover --format json").fine());
    assert!(row["version"] == 1 && row["changes"].is_array(), "{row}");
    desk.run("recover 1 --format json").fails_saying("cannot be used with");
}
