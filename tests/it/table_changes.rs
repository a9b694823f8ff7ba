//! What a later version of a table changes, and rows that belong together.

use windowsill::import::Topic;
use windowsill::model::{Edit, Horizon, MaintenanceWindow, Plan, WindowKind};

use crate::support::importing::import_topic;
use crate::support::table_plans::{plan, take, warnings, windows};

const SYSTEMS: &str = "Name,Date,Start,Duration,Systems\n";

#[test]
fn rows_of_one_night_with_other_systems_are_one_window() {
    for (rows, expected) in [
        ("Core,2027-03-13,22:00,4h,a\nCore,2027-03-13,22:00,4h,b\n", &["Core Standard a b: 03-13 22:00"][..]),
        ("Core,2027-03-13,22:00,4h,a\n,2027-03-13,22:00,4h,b\n", &["Core Standard a b: 03-13 22:00"]),
        (
            "Core,2027-03-13,22:00,4h,a\nCore,2027-03-20,22:00,4h,b\n",
            &["Core Standard a: 03-13 22:00", "Core Standard b: 03-20 22:00"],
        ),
        (
            "Core,2027-03-13,22:00,4h,a\nCore,2027-03-13,02:00,4h,b\n",
            &["Core Standard a: 03-13 22:00", "Core Standard b: 03-13 02:00"],
        ),
    ] {
        let (plan, told) = take(Topic::Windows, &format!("{SYSTEMS}{rows}"), &plan());
        assert_eq!(windows(&plan), expected, "{told}");
        let is_joined = told.contains("1 row repeats a date or rule of its window with other systems or groups");
        assert_eq!(is_joined, expected.len() == 1, "{told}");
        let again = import_topic(Topic::Windows, "list.csv", &format!("{SYSTEMS}{rows}"), &plan).unwrap();
        assert!(again.edit().is_none(), "{}", warnings(&again));
        assert!(warnings(&again).contains("2 of 2 rows skipped"), "{}", warnings(&again));
    }
    let rules = "Name,Rule,Start,Duration,Systems\nCore,second Saturday,22:00,4h,a\nCore,second Saturday,22:00,4h,c\n";
    let (plan, _) = take(Topic::Windows, rules, &plan());
    let [window] = &plan.windows().iter().collect::<Vec<_>>()[..] else { panic!("one window") };
    assert_eq!(window.systems, ["a".into(), "c".into()]);
}

#[test]
fn a_later_table_changes_fields_and_keeps_what_a_person_changed() {
    let rows = |systems: &str, more: &str| {
        format!("Name,Date,Start,Duration,Systems,Kind,Ticket\nCore,2027-03-13,22:00,4h,{systems},{more}\n")
    };
    let (first, _) = take(Topic::Windows, &rows("a", "Standard,C1"), &plan());
    let (changed, told) = take(Topic::Windows, &rows("c", "Emergency,C1"), &first);
    assert_eq!(windows(&changed), ["Core Emergency c C1: 03-13 22:00"], "{told}");
    assert!(!told.contains("skipped"), "{told}");
    let (renamed, _) = take(Topic::Windows, &rows("a", "Standard,C1").replace("Core", "Core new"), &first);
    assert_eq!(windows(&renamed), ["Core new Standard a C1: 03-13 22:00"]);
    // An empty cell says nothing.
    let (same, told) = take(Topic::Windows, &rows("", ","), &first);
    assert_eq!(same, first, "{told}");
    let window = first.windows().iter().next().unwrap();
    let edited = MaintenanceWindow { kind: WindowKind::Extended, ..MaintenanceWindow::clone(window) };
    let edited = first.apply(&Edit::PutWindow(edited)).unwrap();
    let (kept, told) = take(Topic::Windows, &rows("b", "Emergency,C1"), &edited);
    assert_eq!(windows(&kept), ["Core Extended b C1: 03-13 22:00"]);
    assert!(told.contains("\"Core\" keeps what was changed in the plan, or what no table gave: kind (Extended; the table says Emergency)"), "{told}");
}

#[test]
fn short_names_belong_to_windows_and_are_unique() {
    let short_names = |plan: &Plan| -> Vec<String> {
        plan.windows().iter().map(|window| format!("{}={}", window.name, window.short_name)).collect()
    };
    for title in ["Short name", "short-name", "Kurzname", "Kürzel", "Abbreviation"] {
        let text =
            format!("Name,{title},Date,Start,Duration\nCore,CD,2027-03-13,22:00,4h\nCore,,2027-03-20,22:00,4h\n");
        let (first, told) = take(Topic::Windows, &text, &plan());
        assert_eq!(
            (windows(&first), short_names(&first)),
            (vec!["Core Standard: 03-13 22:00, 03-20 22:00".to_owned()], vec!["Core=CD".to_owned()]),
            "{told}"
        );
    }
    let rows = |rows: &str| format!("Name,Systems,Short name,Date,Start,Duration\n{rows}");
    // A row for each system, of which one has the short name.
    let (joined, told) =
        take(Topic::Windows, &rows("Core,a,,2027-03-13,22:00,4h\nCore,b,CD,2027-03-13,22:00,4h\n"), &plan());
    assert_eq!(
        (windows(&joined), short_names(&joined)),
        (vec!["Core Standard a b: 03-13 22:00".to_owned()], vec!["Core=CD".to_owned()]),
        "{told}"
    );
    let (changed, told) = take(Topic::Windows, &rows("Core,,CORE,2027-03-13,22:00,4h\n"), &joined);
    assert_eq!(short_names(&changed), ["Core=CORE"], "{told}");
    let (kept, told) = take(Topic::Windows, &rows("Core,,,2027-03-13,22:00,4h\n"), &changed);
    assert_eq!(kept, changed, "{told}");
    for (text, expected, warning) in [
        (
            "Web,,core,2027-03-20,22:00,4h\n",
            &["Core=CORE", "Web="][..],
            "Short name \"core\" ignored: another window has it (line 2)",
        ),
        (
            "Web,,Servers,2027-03-20,22:00,4h\n",
            &["Core=CORE", "Web="],
            "Short name \"Servers\" ignored: it has more than 5 characters",
        ),
        (
            "Web,,WS,2027-03-20,22:00,4h\nWeb,,WEB,2027-03-27,22:00,4h\n",
            &["Core=CORE", "Web=WS"],
            "Short name \"WEB\" ignored: \"Web\" has the short name \"WS\" already (line 3)",
        ),
        (
            "Web,,WS,2027-03-20,22:00,4h\nMail,,WS,2027-03-27,22:00,4h\n",
            &["Core=CORE", "Mail=", "Web=WS"],
            "Short name \"WS\" ignored: another window has it (line 3)",
        ),
    ] {
        let (plan, told) = take(Topic::Windows, &rows(text), &changed);
        assert_eq!(short_names(&plan), expected, "{told}");
        assert!(told.contains(warning), "{told}");
    }
}

#[test]
fn rows_of_one_window_that_disagree_change_nothing() {
    let two = |first: &str, second: &str| {
        format!("{SYSTEMS}Core,2027-03-13,22:00,4h,{first}\nCore,2027-03-20,22:00,4h,{second}\n")
    };
    let (first, _) = take(Topic::Windows, &two("a", "a"), &plan());
    let (plan, told) = take(Topic::Windows, &two("a", "b"), &first);
    assert_eq!(windows(&plan), ["Core Standard a: 03-13 22:00, 03-20 22:00"]);
    assert!(told.contains("other values (systems): not all rows of these dates agree"), "{told}");
    let (plan, _) = take(Topic::Windows, &two("b", "b"), &first);
    assert_eq!(windows(&plan), ["Core Standard b: 03-13 22:00, 03-20 22:00"]);
}

#[test]
fn a_ticket_on_another_date_moves_its_change() {
    let rows = |rows: &[&str]| format!("Name,Date,Start,Duration,Ticket\n{}\n", rows.join("\n"));
    let one = rows(&["Core,2027-03-13,22:00,4h,C1"]);
    let (first, _) = take(Topic::Windows, &one, &plan());
    for (later, expected) in [
        ("Core,2027-03-14,22:00,4h,C1", "Core Standard C1: 03-14 22:00"),
        ("Core,2027-03-20,21:00,6h,C1", "Core Standard C1: 03-20 21:00"),
    ] {
        let (moved, told) = take(Topic::Windows, &rows(&[later]), &first);
        assert_eq!(windows(&moved), [expected], "{told}");
        assert!(told.contains("\"Core\" (C1) moves from 2027-03-13 to"), "{told}");
        let again = import_topic(Topic::Windows, "list.csv", &rows(&[later]), &moved).unwrap();
        assert!(again.edit().is_none(), "{}", warnings(&again));
    }
    let two = rows(&["Core,2027-03-13,22:00,4h,C1", "Core,2027-04-10,22:00,4h,C1"]);
    let (first, _) = take(Topic::Windows, &two, &plan());
    let later = rows(&["Core,2027-03-13,22:00,4h,C1", "Core,2027-04-09,22:00,4h,C1"]);
    let (moved, _) = take(Topic::Windows, &later, &first);
    assert_eq!(windows(&moved), ["Core Standard C1: 03-13 22:00, 04-09 22:00"]);
    // Two that moved could be paired in two ways.
    let later = rows(&["Core,2027-03-20,22:00,4h,C1", "Core,2027-04-17,22:00,4h,C1"]);
    let (both, told) = take(Topic::Windows, &later, &first);
    assert_eq!(windows(&both), ["Core Standard C1: 03-13 22:00, 03-20 22:00, 04-10 22:00, 04-17 22:00"]);
    assert!(told.contains("\"Core\": 2027-03-13 and 2027-04-10 are not in the table and stay planned"), "{told}");
}

#[test]
fn windows_that_a_later_version_of_the_table_lacks_are_named() {
    let (first, _) =
        take(Topic::Windows, "Name,Date,Start,Duration\nA,2027-03-13,22:00,4h\nB,2027-11-13,22:00,4h\n", &plan());
    let later = "Name,Date,Start,Duration\nA,2027-03-13,22:00,4h\n";
    let (_, told) = take(Topic::Windows, later, &first);
    assert!(told.contains("1 window of the plan was in the table before and stays planned: \"B\""), "{told}");
    let other = import_topic(Topic::Windows, "other.csv", later, &first).unwrap();
    assert!(!warnings(&other).contains("in the table before"), "{}", warnings(&other));
}

#[test]
fn freezes_that_a_later_table_lacks_or_renames_are_named() {
    let head = "Name,From,To\n";
    let first = format!("{head}Q1,2027-03-20,2027-04-02\nYE,2027-12-13,2027-12-31\n");
    let (first, _) = take(Topic::Freezes, &first, &plan());
    for (later, expected) in [
        ("YE,2027-12-14,2027-12-31\n", "1 other freeze of the plan is not in the table and not changed: \"Q1\""),
        ("Q1,2027-03-20,2027-04-02\nYear end,2027-12-13,2027-12-31\n", "\"Year end\" is on the days of \"YE\""),
    ] {
        let (_, told) = take(Topic::Freezes, &format!("{head}{later}"), &first);
        assert!(told.contains(expected), "{told}");
    }
}

#[test]
fn a_freeze_may_have_a_length_instead_of_its_last_day() {
    for (titles, length, last) in [
        ("Freeze,From,Duration", "5 days", "2027-12-17"),
        ("Name,From,Duration", "5 days", "2027-12-17"),
        ("Name,Von,Dauer", "2 Wochen", "2027-12-26"),
        ("Freeze,From,Duration (days)", "3", "2027-12-15"),
        ("Freeze,From,Duration", "36h", ""),
    ] {
        let (plan, told) = take(Topic::Freezes, &format!("{titles}\nYE,2027-12-13,{length}\n"), &plan());
        let days: Vec<String> = plan.freezes().iter().map(|freeze| freeze.last_on.to_string()).collect();
        assert_eq!(days.join(" "), last, "{titles} {length}: {told}");
    }
}

#[test]
fn an_id_wins_over_a_name_and_no_row_is_lost_silently() {
    let head = "Id,Name,Hosts\n";
    let empty = Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    let (first, _) = take(Topic::Systems, &format!("{head}s1,Alpha,1\ns2,Beta,2\n"), &empty);
    let (plan, told) = take(Topic::Systems, &format!("{head}s1,Alpha 2,1\ns2,Beta,2\ns3,Alpha,1\n"), &first);
    let names: Vec<String> = plan.systems().iter().map(|one| format!("{} {}", one.id, one.name)).collect();
    assert_eq!(names, ["s1 Alpha 2", "s2 Beta", "s3 Alpha"], "{told}");
    let (plan, told) = take(Topic::Systems, "Name,Hosts\nA,1\nA,2\na,3\n", &empty);
    assert_eq!(plan.systems().iter().count(), 1);
    assert!(told.contains("line 2 already has its name"), "{told}");
    let (plan, told) = take(Topic::Systems, &format!("{head}1,A,1\n1,B,1\n2,A,1\n"), &empty);
    assert_eq!(plan.systems().iter().count(), 2);
    assert!(told.contains("line 2 already has its id \"1\"") && told.contains("both are imported"), "{told}");
    let (_, told) = take(Topic::Areas, "Id,Area,Owner\nx,A,Ann\nx,B,Bo\n", &empty);
    assert!(told.contains("line 2 already has its id \"x\""), "{told}");
}

#[test]
fn teams_of_people_are_counted_and_said() {
    let head = "Name,Email,Team\n";
    let (first, _) = take(Topic::People, &format!("{head}Ann,a@b.example,DBA\n"), &plan());
    let imported = import_topic(Topic::People, "list.csv", &format!("{head}Ann,a@b.example,Net\n"), &first).unwrap();
    assert_eq!(imported.summary, "1 person (updated) and 1 team");
    let told = warnings(&imported);
    assert!(told.contains("Nobody is removed from a team that the table does not name: \"Ann\" in \"DBA\""), "{told}");
    assert!(!told.contains("unchanged"), "{told}");
    let (plan, told) = take(Topic::People, &format!("{head}Ann,a@b.example,DBA\nAnn,a@b.example,Net\n"), &plan());
    assert_eq!((plan.people().iter().count(), plan.teams().iter().count()), (1, 2), "{told}");
}
