//! The command line's imports: what they show, several files, folders, standard input, and files that are something else.

use std::io::Write as _;
use std::process::Stdio;

use windowsill::model::{Horizon, Plan};
use windowsill::store;

use crate::support::desk::{Desk, command};

/// The cells of the line that begins with this name.
fn cells<'a>(out: &'a str, name: &str) -> Vec<&'a str> {
    let line = out.lines().find(|line| line.trim_start().starts_with(name));
    let line = line.unwrap_or_else(|| panic!("no line {name} in {out}"));
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

#[test]
fn a_dry_run_lists_what_would_be_added_with_its_first_date_times_and_rule() {
    let desk = Desk::new();
    desk.write(
        "list.csv",
        "name,rule,date,start,duration,zone\n\
         Core,first Saturday,2027-01-02,22:00,4h,\nCore,first Saturday,2027-02-06,22:00,4h,\n\
         Mail,,2027-03-13,,,\nMail,,2027-04-10,,,\nTokyo,last Sunday,,18:00,3h,Asia/Tokyo\n",
    );
    let out = desk.run("import windows list.csv --into plan.ron --dry-run").fine();
    assert!(out.starts_with("New windows (3)\n"), "{out}");
    assert_eq!(
        cells(&out, "Core"),
        ["Core", "Sat 2 Jan 2027", "2", "22:00", "4 h", "Europe/London", "First Saturday, every month"]
    );
    assert_eq!(cells(&out, "Mail"), ["Mail", "Sat 13 Mar 2027", "2", "22:00", "4 h", "Europe/London", "Single dates"]);
    assert_eq!(
        cells(&out, "Tokyo"),
        ["Tokyo", "Sun 31 Jan 2027", "12", "18:00", "3 h", "Asia/Tokyo", "Last Sunday, every month"]
    );
    assert!(out.ends_with("\nWould import 3 windows\n"), "{out}");
    let other = desk.run("import windows list.csv --into plan.ron --dry-run --start 9pm --duration 90m");
    assert!(!other.err.contains("rows have no"), "{}", other.err);
    let out = other.fine();
    assert_eq!(cells(&out, "Mail")[3..5], ["21:00", "1 h 30"]);
    let brief = desk.run("import windows list.csv --into plan.ron").fine();
    assert_eq!(brief, "Imported 3 windows\n");
}

#[test]
fn dates_of_freezes_and_holidays_and_changes_of_records_are_listed() {
    let desk = Desk::new();
    desk.write("freezes.csv", "name,first,last,notes\nAudit,2027-05-03,2027-05-07,Yearly\n");
    let out = desk.run("import freezes freezes.csv --into plan.ron --dry-run").fine();
    assert_eq!(cells(&out, "Audit"), ["Audit", "Mon 3 May 2027", "Fri 7 May 2027", "Everything", "Yearly"]);
    desk.write("holidays.csv", "date,name,region\n2027-12-25,Christmas,\n2027-01-06,Epiphany,Bavaria\n");
    let out = desk.run("import holidays holidays.csv --into plan.ron --dry-run").fine();
    assert_eq!(cells(&out, "Christmas"), ["Christmas", "Sat 25 Dec 2027"]);
    assert_eq!(cells(&out, "Epiphany"), ["Epiphany", "Wed 6 Jan 2027", "Bavaria"]);
    desk.write("systems.csv", "name,platform,hosts,notes\nBilling,Linux,3,\n");
    desk.run("import systems systems.csv --into plan.ron").fine();
    desk.write("systems.csv", "name,platform,hosts,notes\nBilling,Windows,3,In Reading\nNew one,,1,\n");
    let out = desk.run("import systems systems.csv --into plan.ron").fine();
    assert!(out.starts_with("Changed systems (1)\n") && !out.contains("New one"), "{out}");
    assert!(out.contains("\n    Platform: Linux → Windows; also notes\n"), "{out}");
}

#[test]
fn a_long_list_ends_with_the_number_of_the_others() {
    let desk = Desk::new();
    let rows = (0..310).fold(String::new(), |rows, n| format!("{rows}System {n}\n"));
    desk.write("systems.csv", &format!("name\n{rows}"));
    let out = desk.run("import systems systems.csv --into plan.ron --dry-run").fine();
    assert!(out.starts_with("New systems (310)\n") && out.contains("\n  and 10 more\n"), "{out}");
}

#[test]
fn several_files_are_imported_one_after_the_other_or_not_at_all() {
    let desk = Desk::new();
    desk.write("a.csv", "name,date\nMail,2027-05-08\n");
    desk.write("b.tsv", "name\tdate\tnote\nWeb\t2027-05-15\tx\nMail\t2027-05-08\ty\n");
    desk.write(
        "c.ics",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Line\nDTSTART:20270313T220000\nEND:VEVENT\nEND:VCALENDAR\n",
    );
    let before = desk.read("plan.ron");
    let ran = desk.run("import windows a.csv b.tsv c.ics notes.txt --into plan.ron");
    ran.fails_saying("notes.txt");
    desk.write("notes.txt", "Call Ann\n");
    desk.run("import windows a.csv b.tsv c.ics notes.txt --into plan.ron").fails_saying("notes.txt: ");
    assert_eq!(desk.read("plan.ron"), before);
    let ran = desk.run("import windows a.csv b.tsv c.ics --into plan.ron");
    for part in [
        "a.csv: 1 row has no start",
        "b.tsv:1: unknown column \"note\" ignored",
        "b.tsv: \"Mail\" skipped: the plan already has it",
    ] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    assert_eq!(
        ran.fine(),
        "a.csv: imported 1 window with 1 date\nb.tsv: imported 1 window with 1 date\nc.ics: imported 1 window\n"
    );
    assert_eq!(desk.plan("plan.ron").windows().iter().filter(|window| window.name == "Mail").count(), 1);
}

#[test]
fn a_folder_gives_the_files_of_the_topic_and_names_the_others() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("in")).unwrap();
    desk.run("import windows in --into plan.ron").fails_saying("in: the folder has no files to import");
    desk.write("in/a.csv", "name,date\nMail,2027-05-08\n");
    desk.write("in/notes.txt", "Call Ann\n");
    let ran = desk.run("import windows in --into plan.ron");
    assert!(ran.err.contains("notes.txt: ") && ran.err.contains("(skipped)"), "{}", ran.err);
    assert!(ran.fine().contains("a.csv: imported 1 window with 1 date"));
}

#[test]
fn standard_input_is_read() {
    let desk = Desk::new();
    let mut child = command(desk.0.path())
        .args(["import", "windows", "-", "--into", "plan.ron"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"name,date,start,duration\nMail,2027-05-08,22:00,4h\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!((text(&output.stdout), text(&output.stderr)), ("Imported 1 window with 1 date\n".into(), String::new()));
}

#[test]
fn an_exported_calendar_changes_nothing_in_its_plan_and_brings_back_its_windows_elsewhere() {
    let desk = Desk::new();
    desk.write("sample.ron", include_str!("../../assets/sample.ron"));
    let empty = Plan::new("other".into(), "Other", Horizon::year(2027), "Europe/London");
    store::save(&desk.path("empty.ron"), &empty, None).unwrap();
    desk.run("export calendar sample.ron -o year.ics").fine();
    let ran = desk.run("import windows year.ics --into sample.ron");
    assert!(ran.err.contains("events skipped because exported from this plan"), "{}", ran.err);
    assert_eq!(ran.fine(), "Nothing to import\n");
    assert_eq!(desk.run("import windows year.ics --into empty.ron").fine(), "Imported 25 windows\n");
    let plan = desk.plan("empty.ron");
    assert!(
        plan.windows().iter().filter(|window| matches!(window.rule, windowsill::model::Rule::Dates(_))).count() < 10
    );
    let ran = desk.run("import advisories year.ics --into sample.ron");
    ran.fails_saying("This looks like a calendar of windows (.ics): import it as windows");
    let foreign = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:A\nDTSTART:20270313T220000\nEND:VEVENT\nEND:VCALENDAR\n";
    desk.write("foreign.ics", foreign);
    desk.run("import advisories foreign.ics --into sample.ron")
        .fails_saying("import it as windows, holidays or freezes");
}

#[test]
fn files_that_no_import_reads_are_named() {
    let desk = Desk::new();
    desk.write("list.pdf", "%PDF-1.7\n1 0 obj\n");
    desk.run("import windows list.pdf --into plan.ron").fails_saying("list.pdf: this is a PDF document");
    desk.run("import systems plan.ron --into plan.ron").fails_saying("plan.ron: this is a plan: open it");
    desk.write("list.html", "<html><table><tr><td>name</td></tr></table></html>\n");
    desk.run("import freezes list.html --into plan.ron").fails_saying("list.html: this is a web page");
}

#[test]
fn a_table_in_an_older_encoding_is_read_and_the_warning_names_it() {
    let desk = Desk::new();
    let table = "nazwa;name;date\n1;Przegląd sieci, Łódź;2027-03-13\n2;Obsługa żądań, Gdańsk;2027-03-14\n";
    // The letters of Windows-1250 in that table.
    let byte = |c: char| match c {
        'ą' => 0xB9,
        'Ł' => 0xA3,
        'ó' => 0xF3,
        'ź' => 0x9F,
        'ł' => 0xB3,
        'ż' => 0xBF,
        'ń' => 0xF1,
        c => u8::try_from(c).unwrap(),
    };
    std::fs::write(desk.path("list.csv"), table.chars().map(byte).collect::<Vec<u8>>()).unwrap();
    let ran = desk.run("import windows list.csv --into plan.ron");
    assert!(
        ran.err.contains(
            "list.csv: the file is not UTF-8 and was read as Windows-1250 (Central European): check the names"
        ),
        "{}",
        ran.err
    );
    ran.fine();
    let names: Vec<String> = desk.plan("plan.ron").windows().iter().map(|window| window.name.clone()).collect();
    assert!(
        names.contains(&"Przegląd sieci, Łódź".to_owned()) && names.contains(&"Obsługa żądań, Gdańsk".to_owned()),
        "{names:?}"
    );
}

#[test]
fn messages_name_options_as_they_are_typed() {
    let desk = Desk::new();
    desk.write("windows.csv", "name,date,start,duration\nA,03/04/2027,22:00,4h\n");
    let import = "import windows windows.csv --into plan.ron";
    desk.run(import).fails_saying("--dates (day-first or month-first)");
    let report = desk.run(&format!("{import} --format json")).out;
    assert!(report.contains("--dates (day-first or month-first)") && !report.contains("the option"), "{report}");
    desk.write("hosts.ini", "[web]\nweb01\n");
    let ran = desk.run("import systems hosts.ini --into plan.ron --groups web --dry-run");
    assert!(ran.err.contains("name a ladder for them with --ladder"), "{}", ran.err);
}

#[test]
fn a_list_with_one_column_needs_no_title() {
    let desk = Desk::new();
    desk.write("hosts.ini", "[production]\ncore-db\n");
    desk.write(
        "plan.ron",
        &desk.read("plan.ron").replace("systems: [\"core-db\", \"ledger\"]", "systems: [\"ledger\"]"),
    );
    let out = desk.run("import systems hosts.ini --into plan.ron --ladder Servers --dry-run").fine();
    assert!(out.contains("Other changes (1)\n  Assign"), "{out}");
}
