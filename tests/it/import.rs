//! What other programs wrote becomes part of a plan: tables of windows and calendars of holidays.

use windowsill::import::{ImportError, Imported};
use windowsill::model::{
    DeploymentGroup, Edit, Horizon, Ladder, MaintenanceWindow, Plan, Rule, Stage, SystemClass, WindowKind,
};
use windowsill::schedule::{Zone, rule_dates};
use windowsill::store::Lock;

use crate::support::desk::Desk;
use crate::support::importing::{MemoryFile, import_files, import_text, options};

fn fixture(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/fixtures/import/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn plan() -> Plan {
    let group = |id: &str, name: &str| DeploymentGroup {
        id: id.into(),
        name: name.to_owned(),
        stage: Stage::Rest,
        soak: None,
        cadence_days: None,
        checklist: None,
        systems: Vec::new(),
    };
    let groups = vec![group("web", "Web servers"), group("mail", "Mail")];
    let ladder =
        Ladder { id: "servers".into(), name: "Servers".into(), class: SystemClass::default(), release: None, groups };
    let plan = Plan::new("plan".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    plan.apply(&Edit::PutLadder(ladder)).unwrap()
}

fn windows_table(text: &str, plan: &Plan) -> Result<Imported, ImportError> {
    import_text("windows-table", "list.csv", text, plan)
}

fn holidays(text: &str, plan: &Plan) -> Imported {
    import_text("holidays-calendar", "Lummerland.ics", text, plan).unwrap()
}

fn import(text: &str) -> Imported {
    windows_table(text, &plan()).unwrap()
}

/// The windows that the plan has after the import.
fn windows_of(imported: &Imported) -> Vec<MaintenanceWindow> {
    let after = plan().apply(&imported.edit().unwrap()).unwrap();
    after.windows().iter().map(|window| MaintenanceWindow::clone(window)).collect()
}

fn listed(window: &MaintenanceWindow) -> Vec<String> {
    match &window.rule {
        Rule::Dates(dates) => {
            dates.iter().map(|date| format!("{} {}", date.on, date.words).trim().to_owned()).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn warnings(imported: &Imported) -> Vec<String> {
    imported.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn dates_that_agree_with_their_rule_become_one_recurring_window_that_gives_just_them() {
    let imported = import(&fixture("agreeing.csv"));
    assert_eq!((imported.summary.as_str(), imported.warnings.len()), ("1 window with 4 dates", 0));
    assert_eq!(imported.edit().unwrap().label(&plan()), "Import 1 window with 4 dates");
    let windows = windows_of(&imported);
    let [window] = windows.as_slice() else { panic!("{windows:?}") };
    let (first, last) = (window.first.unwrap(), window.last.unwrap());
    let dates = rule_dates(&window.rule, Some(first), plan().releases(), &Zone::utc(), first, last);
    let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
    assert_eq!(dates, ["2027-01-15", "2027-02-12", "2027-03-12", "2027-04-16"]);
    assert_eq!(window.start.to_string(), "18:00:00");
    assert_eq!((window.duration.0, window.zone.as_deref()), (300, Some("America/Chicago")));
}

#[test]
fn a_month_left_out_makes_a_list_and_no_date_that_nobody_agreed_to() {
    let text = fixture("agreeing.csv").replace("2027-02-12", "2027-05-14");
    let windows = windows_of(&import(&text));
    assert_eq!(windows.len(), 1);
    assert_eq!(listed(&windows[0]).len(), 4);
    assert_eq!((windows[0].first, windows[0].last), (None, None));
}

#[test]
fn dates_that_drift_from_their_rule_are_listed_with_its_words() {
    let imported = import(&fixture("drifting.csv"));
    let windows = windows_of(&imported);
    let [window] = windows.as_slice() else { panic!("{windows:?}") };
    assert_eq!(
        listed(window),
        [
            "2027-01-02 first Saturday",
            "2027-02-13 first Saturday",
            "2027-03-20",
            "2027-04-24 fourth Saturday",
            "2027-05-29 when term is over",
        ]
    );
    assert_eq!(window.notes, "Rule as imported: when term is over");
    assert_eq!(
        warnings(&imported),
        [
            "Unknown rule \"when term is over\": kept as a note (line 6)",
            "5 rows have no start: 22:00 is used",
            "5 rows have no duration: 4 h is used",
        ]
    );
}

#[test]
fn an_untidy_table_loses_only_the_rows_that_cannot_be_read() {
    let imported = import(&fixture("untidy.csv"));
    let windows = windows_of(&imported);
    let names: Vec<&str> = windows.iter().map(|window| window.name.as_str()).collect();
    assert_eq!(names, ["Mail", "Web; all"]);
    assert_eq!(listed(&windows[0]), ["2027-04-03", "2027-04-17", "2027-05-01"]);
    assert_eq!(listed(&windows[1]), ["2027-03-13", "2027-04-10"]);
    assert_eq!((windows[1].kind, windows[1].groups.as_slice()), (WindowKind::Extended, &["web".into()][..]));
    assert_eq!(
        warnings(&imported),
        [
            "Unknown column \"Remark\" ignored (line 1)",
            "Unknown kind of window \"odd\" (known: Standard, Emergency, Extended, Rolling): Standard is used (line 4)",
            "Unknown group \"nobody\": ignored (line 4)",
            "Row skipped: the name is missing (line 7)",
            "Row skipped: line 8 already has the date 2027-05-01 (line 9)",
            "\"03/04/2027\" is read day first: Sat 3 Apr 2027, as \"17/04/2027\" can be read only so",
            "6 rows have no start: 22:00 is used",
            "6 rows have no duration: 4 h is used",
            "2 of 7 rows skipped",
        ]
    );
}

#[test]
fn what_the_rows_do_not_say_comes_from_the_options() {
    let values = [("start", "23:30"), ("duration", "2h"), ("zone", "Pacific Standard Time"), ("group", "Mail")];
    let options = options("windows-table", &values, &plan());
    let file = MemoryFile::new("list.tsv", "name\tdate\nA\t2027-01-02\n");
    let imported = import_files("windows-table", &[file], &options, &plan(), plan().horizon().from).unwrap();
    let window = &windows_of(&imported)[0];
    assert_eq!((window.start.to_string().as_str(), window.duration.0), ("23:30:00", 120));
    assert_eq!(window.zone.as_deref(), Some("America/Los_Angeles"));
    assert_eq!(window.groups, ["mail".into()]);
}

#[test]
fn dates_outside_the_plan_are_reported_and_more_months_offered() {
    let imported = import("name,date\nA,2026-11-07\nA,2027-01-02\n");
    assert_eq!(
        warnings(&imported).last().unwrap(),
        "1 of the 2 dates is outside the plan's months (2027-01-01 to 2027-12-31)"
    );
    assert_eq!(imported.horizon, Some(Horizon { from: "2026-11-01".parse().unwrap(), months: 14 }));
    let far = import("name,date\nA,1990-01-01\nA,2027-01-02\n");
    assert_eq!(far.horizon, None);
}

#[test]
fn other_tables_are_refused() {
    let error = |text: &str| windows_table(text, &plan()).unwrap_err();
    assert_eq!(error(""), ImportError::Empty);
    let asked = windows_table("2027-01-01,A\n", &plan()).unwrap().question.unwrap();
    assert!(asked.starts_with("Missing columns \"name\" and \"date\", \"start\" or \"rule\""), "{asked}");
    assert!(asked.ends_with("(found: 2027-01-01, A)"), "{asked}");
    let many = format!("name,date\n{}", "A,2027-01-01\n".repeat(100_001));
    assert_eq!(error(&many), ImportError::TooMany("rows"));
}

#[test]
fn a_calendar_of_holidays_is_replaced_by_its_next_edition() {
    let imported = holidays(&fixture("Lummerland.ics"), &plan());
    assert_eq!((imported.summary.as_str(), imported.warnings.len()), ("3 holidays (Lummerland)", 0));
    let after = plan().apply(&imported.edit().unwrap()).unwrap();
    let days: Vec<String> = after
        .holidays()
        .iter()
        .flat_map(|all| &all.days)
        .map(|day| format!("{} {} [{}]", day.on, day.name, day.region))
        .collect();
    assert_eq!(
        days,
        [
            "2027-06-14 Founding Day []",
            "2027-08-01 Harbour Feast [South Coast]",
            "2027-08-02 Harbour Feast [South Coast]"
        ]
    );
    let next = holidays(&fixture("Lummerland.ics").replace("2027", "2028"), &after);
    let after = after.apply(&next.edit().unwrap()).unwrap();
    assert_eq!(after.holidays().len(), 1);
}

#[test]
fn windows_that_the_plan_has_already_are_not_doubled() {
    let text = "name,rule,date\nPatches,first Saturday,2027-01-02\nPatches,first Saturday,2027-02-06\n";
    let plan = Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    let once = windows_table(text, &plan).unwrap();
    let plan = plan.apply(&once.edit().unwrap()).unwrap();
    let twice = windows_table(text, &plan).unwrap();
    assert_eq!(twice.edit(), None);
    assert!(twice.warnings.iter().any(|warning| warning.message.contains("already")), "{:?}", twice.warnings);
}

#[test]
fn a_dry_run_needs_no_lock_and_says_what_would_change() {
    let desk = Desk::new();
    desk.write("list.csv", "name,date\nEarly,2026-12-31\n");
    let held = Lock::acquire(&desk.path("plan.ron"));
    let text = desk.run("import windows list.csv --into plan.ron --dry-run --widen").fine();
    assert!(text.contains("Would import 1 window"), "{text}");
    assert!(text.contains("; the plan would span 2026-12-01 to "), "{text}");
    desk.run("import windows list.csv --into plan.ron").fails_saying("open elsewhere");
    drop(held);
}

#[test]
fn freezes_and_holidays_widen_the_plan_if_asked() {
    for (topic, says) in [("freezes", "now spans"), ("holidays", "now spans")] {
        let desk = Desk::new();
        let last = desk.plan("plan.ron").horizon().last();
        let on = last.checked_add_days(chrono::Days::new(60)).unwrap();
        let event = format!("BEGIN:VEVENT\nSUMMARY:A\nDTSTART;VALUE=DATE:{}\nEND:VEVENT\n", on.format("%Y%m%d"));
        desk.write("later.ics", &format!("BEGIN:VCALENDAR\n{event}END:VCALENDAR\n"));
        let said = desk.run(&format!("import {topic} later.ics --into plan.ron --widen")).fine();
        assert!(said.contains(says), "{said}");
        assert!(desk.plan("plan.ron").horizon().contains(on), "{topic}");
    }
}

#[cfg(unix)]
#[test]
fn an_output_never_replaces_another_plan_behind_a_link() {
    let desk = Desk::new();
    desk.write("other.ron", &desk.read("plan.ron"));
    std::os::unix::fs::symlink(desk.path("other.ron"), desk.path("list.csv")).unwrap();
    desk.run("list plan.ron -o list.csv").fails_saying("this is another plan");
    assert_eq!(desk.read("other.ron"), desk.read("plan.ron"));
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused() {
    let desk = Desk::new();
    assert!(std::process::Command::new("mkfifo").arg(desk.path("pipe")).status().unwrap().success());
    // Without a writer, reading the pipe would wait forever; reading the device would never end.
    for input in ["pipe", "/dev/zero"] {
        for words in [format!("import windows {input} --into plan.ron"), format!("check {input}")] {
            desk.run(&words).fails_saying("this is a pipe, a socket or a device");
        }
    }
    assert!(desk.run("check /dev/stdin").err.contains("the file is empty"), "streams of the program are read");
}
