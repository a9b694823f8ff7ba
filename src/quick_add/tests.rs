//! What people type, and what is read.

use super::*;
use crate::model::{Horizon, Ladder};

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

/// The number of dates, the first and the last: "52: 2027-01-02 to 2027-12-25".
fn dates(text: &str) -> String {
    let plan = plan();
    let typed = read_window(text, &plan).unwrap_or_else(|problem| panic!("{text}: {problem}"));
    let all = Expansion::new(&typed.to_window(&plan, "x"), &plan).occurrences;
    let ends = all.first().zip(all.last()).map(|(first, last)| format!("{} to {}", first.on(), last.on()));
    format!("{}: {}", all.len(), ends.unwrap_or_default())
}

/// Notes a line that is read wrongly, so that one failure shows all of them.
fn check(wrong: &mut Vec<String>, text: &str, found: &str, is_right: bool) {
    if !is_right {
        wrong.push(format!("{text}: {found}"));
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
fn dates_are_those_that_a_person_means() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        ("Core DB every Saturday", "52: 2027-01-02 to 2027-12-25"),
        ("Core DB on Saturdays at 22:00", "52: 2027-01-02 to 2027-12-25"),
        ("Core DB Saturday 22:00 for 4 hours", "52: 2027-01-02 to 2027-12-25"),
        ("every Saturday Core DB", "52: 2027-01-02 to 2027-12-25"),
        ("Core DB every Saturday from 13 Mar", "42: 2027-03-13 to 2027-12-25"),
        ("Core DB every Saturday from 13 Mar 2027 22:00 4h", "42: 2027-03-13 to 2027-12-25"),
        ("Core DB every Saturday starting 13 March 22:00", "42: 2027-03-13 to 2027-12-25"),
        ("Core DB from 13 Mar every Saturday 22:00", "42: 2027-03-13 to 2027-12-25"),
        ("Core DB every Saturday from Sat 13 Mar until Wed 30 Jun 22:00", "16: 2027-03-13 to 2027-06-26"),
        ("Core DB every Saturday from 13 Mar to 30 Jun 22:00", "16: 2027-03-13 to 2027-06-26"),
        ("Core DB every Saturday from 2027-03-13 - 2027-06-30, 22:00", "16: 2027-03-13 to 2027-06-26"),
        ("Core DB every Saturday until 30 June 22:00-02:00", "26: 2027-01-02 to 2027-06-26"),
        ("Core DB every second Saturday from 13 Mar 22:00", "21: 2027-03-13 to 2027-12-18"),
        ("Core DB Saturday before Patch Tuesday 22:00", "12: 2027-01-09 to 2027-12-11"),
        ("Core DB second Saturday after Patch Tuesday 22:00", "12: 2027-01-23 to 2027-12-25"),
        ("Core DB Saturday after Patch Tuesday 22:00", "12: 2027-01-16 to 2027-12-18"),
        ("Core DB on the Saturday after the second Tuesday at 22:00 for 4h", "12: 2027-01-16 to 2027-12-18"),
        ("Core DB second Tuesday - 2 days 22:00 4h", "12: 2027-01-10 to 2027-12-12"),
        ("Core DB second Tuesday + 11 days, 22:00, 4h", "12: 2027-01-23 to 2027-12-25"),
        ("Core DB - every Saturday - 22:00 - 4h - Production", "52: 2027-01-02 to 2027-12-25"),
        ("Core DB 3 days after Patch Tuesday 22:00", "12: 2027-01-15 to 2027-12-17"),
        ("Core DB 13 Mar 22:00", "1: 2027-03-13 to 2027-03-13"),
        ("Core DB Saturday 13 Mar 22:00", "1: 2027-03-13 to 2027-03-13"),
        ("Core DB on Saturday, 13 March 2027 at 22:00", "1: 2027-03-13 to 2027-03-13"),
        ("Core DB March 13th, 2027 22:00", "1: 2027-03-13 to 2027-03-13"),
        ("Core DB 13.03.2027 22:00", "1: 2027-03-13 to 2027-03-13"),
        ("Core DB last Friday of every third month 22:00", "4: 2027-01-29 to 2027-10-29"),
        ("Core DB first Saturday in March and September 22:00", "2: 2027-03-06 to 2027-09-04"),
        ("Core DB every Saturday and Sunday 22:00", "104: 2027-01-02 to 2027-12-26"),
        ("Core DB daily 22:00 1h", "365: 2027-01-01 to 2027-12-31"),
        ("Core DB jeden Samstag 22 Uhr 4h", "52: 2027-01-02 to 2027-12-25"),
    ] {
        let found = if read_window(text, &plan()).is_ok() { dates(text) } else { read(text) };
        check(&mut wrong, text, &found, found == expected);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn numbers_in_names_are_told_from_times() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        ("Ubuntu 22.04 every Saturday 20:00 4h", "Ubuntu 22.04 | Every Saturday | 20:00 4 h | "),
        ("every Saturday 20:00 4h Ubuntu 22.04", "Ubuntu 22.04 | Every Saturday | 20:00 4 h | "),
        ("Ubuntu 20.04-22.04 every Saturday 20:00 4h", "Ubuntu 20.04-22.04 | Every Saturday | 20:00 4 h | "),
        ("Core DB every Saturday 22.00 4h", "Core DB | Every Saturday | 22:00 4 h | "),
        ("Core DB every Saturday 22.00-02.00", "Core DB | Every Saturday | 22:00 4 h | "),
        ("Core DB every Saturday at 22.30", "Core DB | Every Saturday | 22:30 - | "),
        ("\"Ubuntu 22.04\" every Saturday", "Ubuntu 22.04 | Every Saturday | - - | "),
        ("Windows 2022 every Saturday 22:00", "Windows 2022 | Every Saturday | 22:00 - | "),
        ("3D printers every Saturday 22:00", "3D printers | Every Saturday | 22:00 - | "),
        ("Core DB every Saturday 22h 4h", "Core DB | Every Saturday | 22:00 4 h | "),
        ("Core DB every Saturday 4h 22h", "Core DB | Every Saturday | 22:00 4 h | "),
        ("Core DB every Saturday 20:00 22h", "Core DB | Every Saturday | 20:00 22 h | "),
        ("Core DB every Saturday 20:00 for 22 h", "Core DB | Every Saturday | 20:00 22 h | "),
        ("Core DB every Saturday 22h30 2h", "Core DB | Every Saturday | 22:30 2 h | "),
        ("Core DB every Saturday @22:00 4h", "Core DB | Every Saturday | 22:00 4 h | "),
        ("Core DB every Saturday 22:00 - 02:00", "Core DB | Every Saturday | 22:00 4 h | "),
        ("Core DB every Saturday 22:00 until 02:00", "Core DB | Every Saturday | 22:00 4 h | "),
        ("Core DB every Saturday 10 pm to 2 am", "Core DB | Every Saturday | 22:00 4 h | "),
        ("The backups every Saturday at 22:00 for 4h", "The backups | Every Saturday | 22:00 4 h | "),
        ("SAP patching every Saturday 22:00 4h", "SAP patching | Every Saturday | 22:00 4 h | "),
        ("22:00 4h every Saturday Core DB Production", "Core DB | Every Saturday | 22:00 4 h | Servers Production"),
        ("Production DB every Saturday 22:00 Desktops UAT", "Production DB | Every Saturday | 22:00 - | Desktops UAT"),
        ("Mail UAT every Saturday 22:00 Production", "Mail UAT | Every Saturday | 22:00 - | Servers Production"),
        ("\"Mail UAT\" every Saturday 22:00", "Mail UAT | Every Saturday | 22:00 - | "),
        ("ERP - DB2 every Saturday 22:00", "ERP - DB2 | Every Saturday | 22:00 - | "),
        (
            "Core DB for the UAT on Saturday at 22:00",
            "\"UAT\" can be part of the name, a group or a type: write it at the end, or put the name in quotes",
        ),
        (
            "Core DB on Saturday at 22:00 for the Servers · The rest",
            "Core DB | Every Saturday | 22:00 - | Servers The rest",
        ),
        (
            "Core DB on Saturday at 22:00 for 4h in Production and Desktops UAT",
            "Core DB | Every Saturday | 22:00 4 h | Servers Production, Desktops UAT",
        ),
    ] {
        let found = read(text);
        check(&mut wrong, text, &found, found == expected);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_that_are_not_understood_are_named() {
    let mut wrong = Vec::new();
    let quotes = "If it belongs to the name, put the name in quotes";
    for (text, word) in [
        ("Core DB every month on Saturday 22:00", "every"),
        ("Core DB monthly Saturday 22:00", "monthly"),
        ("Core DB Saturday weekly or so 22:00", "or"),
        ("Core DB next Saturday 22:00", "next"),
        ("Core DB not on Saturday 22:00", "not"),
        ("Core DB 25:00 every Saturday", "25:00"),
        ("Core DB 22:00–4h every Saturday", "22:00–4h"),
        ("Core DB 1.5h every Saturday", "1.5h"),
        ("Core DB four hours every Saturday", "hours"),
        ("Core DB 10 xm 90 minutes or more every Saturday", "or"),
        ("Core DB since every Saturday", "since"),
        ("Core DB from 13/3/2027 and after every Saturday", "after"),
    ] {
        let found = read(text);
        check(&mut wrong, text, &found, found == format!("Not understood: \"{word}\". {quotes}"));
    }
    for (text, part) in [
        ("Core DB every Saturday from 13/3/2027 22:00", "\"13/3/2027\" is not a group"),
        ("Core DB every Saturday 22:00 Finance", "\"Finance\" is not a group"),
        ("Core DB every Saturday 22:00 4h for the Finance team", "\"Finance team\" is not a group"),
        ("Core DB every Saturday 22:00 90", "\"90\" is not a group"),
        ("Core DB every Saturday 22:00 half an hour", "Not understood: \"hour\""),
        ("Core DB every Saturday except 13 Mar 22:00", "Two rules, \"every Saturday\" and \"13 Mar\""),
        ("Core DB every Saturday, 13 Mar 2027 22:00", "Not understood: \"every\""),
        ("Core DB every Saturday or Sunday 22:00", "Two rules"),
        ("Core DB every second Saturday after Patch Tuesday 22:00", "Not understood: \"every\""),
        ("Core DB Saturday after next Patch Tuesday 22:00", "Two rules"),
        ("Friday report every Monday 22:00", "Two rules, \"Friday\" and \"every Monday\""),
        ("Core DB Sunday 13 Mar 22:00", "Sat 13 Mar 2027 is not a Sunday"),
        ("Core DB 13 Mar 2027 until 30 Jun 22:00", "A single date with a limit"),
        ("Core DB every Saturday from 30 Jun until 13 Mar", "The last date, Sat 13 Mar 2027, is before the first"),
        ("Core DB every Saturday from 13 Mar from 14 Mar", "A second limit, \"14 Mar\""),
        ("Core DB every Saturday from 30 Feb", "\"30 Feb\" is not in the plan's months"),
        ("Core DB every Saturday 22:00 23:00", "A second start, \"23:00\""),
        ("Core DB at 22 every Saturday at 23", "A second start, \"at 23\""),
        ("Core DB every Saturday 22:00 4h 5h", "A second length, \"5h\""),
        ("Core DB every Saturday 22:00 4h 240 min", "A second length, \"240 min\""),
        ("Core DB every Saturday 22:00-02:00 3h", "A second length, \"3h\""),
        ("Core DB every Saturday until 02:00", "Not understood: \"until 02:00\""),
        ("Core DB every Saturday to 02:00", "Not understood: \"to 02:00\""),
        ("Core DB around 22:00 every Saturday", "Not understood: \"around 22:00\""),
        ("Core DB every Saturday 22h", "\"22h\" can be a start or a length: write 22:00, or 22 h"),
        ("Ubuntu 22.04 every Saturday", "\"22.04\" can be a time or part of the name"),
        ("Core DB every Saturday 22:00 Standard Emergency", "Two types, \"Standard\" and \"Emergency\""),
        ("Core DB every Saturday 22:00 Emergency 4h Rolling UAT", "Two types, \"Emergency\" and \"Rolling\""),
        ("Core DB Servers · Production every Saturday 22:00", "\"Servers · Production\" can be part of the name"),
        ("Core DB emergency every Saturday 22:00", "\"emergency\" can be part of the name"),
        ("Emergency patching every Saturday 22:00 Production", "\"Emergency\" can be part of the name"),
        ("Core DB emergency every Saturday 22:00 Production", "\"emergency\" can be part of the name"),
        ("Production every Saturday 22:00 4h Core DB", "\"Core DB\" is not a group"),
        ("SAP patching 22:00 4h", "When?"),
        ("Do the laundry 22:00 4h", "When?"),
        ("Open days 22:00 4h", "When?"),
        ("Core DB first 22:00 4h", "Unknown rule \"first"),
        ("Core DB every Saturday - 2 days 22:00", "Not understood: \"days\""),
    ] {
        let found = read(text);
        check(&mut wrong, text, &found, found.contains(part));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

proptest::proptest! {
    #[test]
    fn a_name_in_quotes_is_never_misread(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "every", "Saturday", "22:00", "4h", "22.04", "from", "13", "Mar", "2027", "until", "Patch", "Tuesday",
                "after", "second", "the", "at", "for", "Production", "Emergency", "Servers", "·", "The", "rest", "22h",
                "-", "+", "11", "days", "daily", "13.03.2027", "on", "10pm", "3D", "noon",
            ]),
            1..7,
        ),
        comes_last in proptest::bool::ANY,
    ) {
        let name = words.join(" ");
        let rest = "every Sunday from 7 Mar 21:00 3h Servers · UAT Extended";
        let text = if comes_last { format!("{rest} \"{name}\"") } else { format!("\"{name}\" {rest}") };
        let typed = read_window(&text, &plan()).unwrap();
        let plain = read_window(&format!("Core DB {rest}"), &plan()).unwrap();
        proptest::prop_assert_eq!(typed, TypedWindow { name, ..plain });
    }
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
