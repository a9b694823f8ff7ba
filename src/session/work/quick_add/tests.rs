//! What people type, and what is read.

use super::*;
use crate::model::{Horizon, Ladder};
use crate::schedule::Expansion;

/// A plan with two ladders, Servers and Desktops.
fn plan() -> Plan {
    let plan = Plan::new("p".into(), "Plan", Horizon::year(2027), "Europe/Berlin");
    let servers = Ladder { name: "Servers".into(), ..plan.new_ladder("a") };
    let plan = plan.apply(&crate::model::Edit::PutLadder(servers)).unwrap();
    let desktops = plan.new_ladder("b");
    let groups = desktops.groups.iter().filter(|group| group.name != "Production").cloned().collect();
    let class = crate::model::SystemClass::Desktop;
    plan.apply(&crate::model::Edit::PutLadder(Ladder { name: "Desktops".into(), class, groups, ..desktops })).unwrap()
}

/// "Core DB | Saturday after Patch Tuesday | 22:00 4 h | Servers · Production"
fn read(text: &str) -> String {
    let plan = plan();
    match read_window(text, &plan) {
        Err(problem) => problem,
        Ok(typed) => {
            let window = typed.to_window(&plan, "x");
            let start = typed.start.map_or("-".to_owned(), crate::wording::time);
            let length = typed.duration.map_or("-".to_owned(), |length| length.to_string());
            let groups: Vec<String> = typed
                .groups
                .iter()
                .filter_map(|id| plan.group(id))
                .map(|(ladder, group)| format!("{} {}", ladder.name, group.name))
                .collect();
            format!("{} | {} | {start} {length} | {}", typed.name, plan.rule_in_words(&window), groups.join(", "))
        }
    }
}

#[test]
fn a_line_has_name_rule_start_length_and_group() {
    for (text, expected) in [
        (
            "Core DB every Saturday after Patch Tuesday 22:00 4h Servers · The rest",
            "Core DB | Saturday after Patch Tuesday | 22:00 4 h | Servers The rest",
        ),
        (
            "Core DB Saturday after Patch Tuesday 10pm 240 min Production",
            "Core DB | Saturday after Patch Tuesday | 22:00 4 h | Servers Production",
        ),
        (
            "Web, second Tuesday + 11 days, 22h00 3h30, desktops pilot",
            "Which group of Desktops? Write \"Desktops · Test\", \"Desktops · UAT\" or \"Desktops · The rest\"",
        ),
        (
            "Web, second Tuesday + 11 days, 22h00 3h30, desktops uat",
            "Web | Second Tuesday + 11 days, every month | 22:00 3 h 30 | Desktops UAT",
        ),
        ("Mail every second Sunday 22:00-02:00 Server Test", "Mail | Every second Sunday | 22:00 4 h | Servers Test"),
        ("Mail every Sunday from 22:00 to 01:30", "Mail | Every Sunday | 22:00 3 h 30 | "),
        ("Mail last Friday at 22 for 90 min", "Mail | Last Friday, every month | 22:00 1 h 30 | "),
        ("Backup drill 13 Mar 2027 9 pm 2h", "Backup drill | Once | 21:00 2 h | "),
        ("Backup drill 2027-03-13 20:00", "Backup drill | Once | 20:00 - | "),
        ("every Friday 20:00 1h Core DB", "Core DB | Every Friday | 20:00 1 h | "),
        ("\"Friday 13th\" every Monday 20:00 1h", "Friday 13th | Every Monday | 20:00 1 h | "),
        ("ERP 2 every Monday", "ERP 2 | Every Monday | - - | "),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn what_is_unclear_is_asked() {
    for (text, expected) in [
        (
            "Core DB every Saturday 22:00 The rest",
            "\"the rest\" is on several ladders: write \"Servers · The rest\" or \"Desktops · The rest\"",
        ),
        (
            "Core DB every Saturday 22:00 Servers",
            "Which group of Servers? Write \"Servers · Test\", \"Servers · UAT\", \"Servers · The rest\" or \"Servers · Production\"",
        ),
        ("Core DB every Saturday 3h30", "\"3h30\" can be a start or a length: write 03:30, or 3 h 30"),
        ("Core DB every Saturday 22:00 23:00", "A second start, \"23:00\": remove one, or put the name in quotes"),
        ("Core DB every Saturday 10-2pm", "\"10-2pm\" can be day or night: write both ends as e.g. 22:00-02:00"),
        ("every Saturday 22:00", "Missing name: begin with it, e.g. \"Core DB every Saturday\""),
        ("Core DB", "When? Add e.g. \"every Saturday after Patch Tuesday\" or \"13 Mar 2027\""),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
    assert!(
        read("Core DB every third Wednesday 22:00").contains("weeks or months"),
        "{}",
        read("Core DB every third Wednesday 22:00")
    );
    assert!(read("Core DB every blue moon 22:00").starts_with("Unknown rule \"every blue moon\""));
    assert!(read("Core DB every Saturday 22:00 Moon base").starts_with("\"Moon base\" is not a group"));
    assert!(read("Monday 22:00 Friday").starts_with("Two rules"));
}

#[test]
fn the_type_is_read_and_the_window_has_dates() {
    let plan = plan();
    let typed = read_window("Core DB Saturday after Patch Tuesday 22:00 6h Extended Production", &plan).unwrap();
    assert_eq!(typed.kind, WindowKind::Extended);
    let dates = Expansion::new(&typed.to_window(&plan, "x"), &plan).occurrences;
    assert_eq!((dates.len(), dates[0].on().to_string().as_str()), (12, "2027-01-16"));
}

#[test]
fn no_text_breaks_it() {
    for text in
        ["", " ", "\"", "\"\"", ",", "· ·", "22:00", "at", "at at", "h", "4h 4h", "\u{301}", "–", "every", "22:00-"]
    {
        let _ = read_window(text, &plan());
    }
    assert!(read_window(&"x ".repeat(400), &plan()).is_err());
}
