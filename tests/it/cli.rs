//! The commands, run as a person runs them: output, exit codes, errors.

use std::fs;

use windowsill::model::{Assignee, BusinessArea, Duty, Edit, Person, Plan, System, Team};
use windowsill::schedule::time::zone_data::ZoneData;
use windowsill::store;

use crate::common::harbour;
use crate::support::desk::{Desk, rows};

#[test]
fn a_new_plan_can_be_opened_and_is_never_overwritten_unasked() {
    let desk = Desk::new();
    desk.run("new next.ron --title Harbour_2028 --from 2028-01-01 --months 24 --zone Europe/Berlin").fine();
    let plan = desk.plan("next.ron");
    assert_eq!((plan.title(), plan.zone(), plan.horizon().months), ("Harbour 2028", "Europe/Berlin", 24));
    assert!(plan.id().as_str().starts_with("harbour-2028-"), "{:?}", plan.id());
    desk.run("new next.ron").fails_saying("--force");
    assert_eq!(desk.plan("next.ron"), plan);
    desk.run("new next.ron --force").fine();
    assert_ne!(desk.plan("next.ron").title(), plan.title());
    desk.run("new other.ron --zone Berlin").fails_saying("Did you mean Europe/Berlin?");
    desk.run("new other.ron --months 0").fails_saying("--months");
    assert!(!desk.path("other.ron").exists());
}

#[test]
fn check_exits_with_1_if_there_are_errors() {
    let desk = Desk::new();
    let ran = desk.run("check plan.ron --now 2026-11-21T09:00:00Z");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.contains("F001") && ran.out.contains("falls in freeze Year end") && ran.out.contains("1 error"));
    let found = rows(&desk.run("check plan.ron --format json --now 2026-11-21T09:00:00Z").out);
    let finding = found.iter().find(|finding| finding["code"] == "F001").unwrap();
    for (key, value) in [
        ("name", "window-in-freeze"),
        ("severity", "error"),
        ("subject", "window core-db"),
        ("window", "core-db"),
        ("on", "2027-12-18"),
        ("other", "freeze year-end"),
    ] {
        assert_eq!(finding[key], value);
    }
    assert!(finding["message"].is_string() && finding["fix"].is_boolean());
    desk.run("new empty.ron").fine();
    assert_eq!(desk.run("check empty.ron").code, 0);
}

#[test]
fn explain_knows_every_code_by_number_and_by_name() {
    let desk = Desk::new();
    for rule in windowsill::checks::RULES {
        let text = desk.run(&format!("explain {}", rule.code.to_lowercase())).fine();
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(&text), words(&windowsill::checks::docs::explain(rule)));
        assert_eq!(desk.run(&format!("explain {}", rule.name)).fine(), text);
    }
    desk.run("explain X999").fails_saying("Unknown check \"X999\". Known checks: B001, ");
}

fn release() -> &'static str {
    ZoneData::bundled().release()
}

/// The last line of a list with that sentence.
fn closing(sentence: &str) -> String {
    format!("{sentence} · zone data {}\n", release())
}

#[test]
fn list_gives_text_csv_and_json_of_the_same_occurrences() {
    let desk = Desk::new();
    let text = desk.run("list plan.ron").fine();
    assert!(
        text.contains("Sat 20 Mar 2027 22:00  02:00  GMT   Core DB patching  Production  planned  00:47"),
        "{text}"
    );
    assert!(text.ends_with(&closing("12 occurrences")), "{text}");
    let csv = desk.run("list plan.ron --format csv --from 2027-03-20 --to 2027-04-17").fine();
    assert_eq!(csv.lines().count(), 3, "{csv}");
    let json = desk.run("list plan.ron --format json --from 2027-03-20 --to 2027-03-20").fine();
    let expected = serde_json::json!([{
        "uid": "20270320.core-db@harbour.windowsill", "window": "core-db", "name": "Core DB patching",
        "groups": ["production"], "kind": "Standard", "original_on": "2027-03-20",
        "start_at": "2027-03-20T22:00:00Z", "end_at": "2027-03-21T02:00:00Z", "zone": "Europe/London",
        "local_start": "2027-03-20T22:00", "status": "planned", "need_minutes": 210, "margin_minutes": 30,
        "rollback_deadline_at": "2027-03-21T00:47:00Z", "version": 1, "zone_data": release(),
    }]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap(), expected);
    assert_eq!(desk.run("list plan.ron --from 2028-05-01").fine(), closing("0 occurrences"));
}

#[test]
fn cycles_and_reach_give_text_and_json_of_the_same_ladders() {
    let desk = Desk::new();
    let text = desk.read("plan.ron").replace("name: \"Servers\",", "name: \"Servers\", release: \"microsoft\",");
    desk.write("plan.ron", &text);
    let rows = |words: &str| rows(&desk.run(words).fine());
    let cycles = rows("cycles plan.ron --format json");
    let text = desk.run("cycles plan.ron").fine();
    assert!(text.ends_with(&closing(&format!("\n{} cycles", cycles.len()))), "{text}");
    assert_eq!(cycles.len(), 12);
    // Patch Tuesday is 9 March, the window that Saturday week; it ends at 02:00.
    assert_eq!(cycles[2]["reached_at"], "2027-03-21T02:00:00Z");
    assert_eq!(cycles[2]["steps"][0]["occurrences"][0]["original_on"], "2027-03-20");
    assert_eq!(rows("cycles plan.ron --ladder servers --format json"), cycles);
    desk.run("cycles plan.ron --ladder nowhere").fails_saying("Unknown ladder \"nowhere\". Known ladders: servers");

    let reach = rows("reach plan.ron --format json");
    let text = desk.run("reach plan.ron").fine();
    for severity in reach[0]["severities"].as_array().unwrap() {
        let days = format!("{} of {}", severity["missed_days"], severity["judged_days"]);
        assert!(text.contains(&days), "{days}\n{text}");
        let missed = severity["verdicts"].as_str().unwrap().matches('m').count();
        assert_eq!(severity["missed_days"], missed);
    }
    assert_eq!(reach[0]["days"][180]["published_at"], "2027-06-29T23:00:00Z");
}

#[test]
fn what_cannot_be_read_exits_with_2_and_names_the_location() {
    let desk = Desk::new();
    desk.run("list nowhere.ron").fails_saying("nowhere.ron");
    desk.write("broken.ron", "(\n  format: 1,\n  id: 5 5\n)");
    desk.run("check broken.ron").fails_saying("broken.ron:3:6: ");
    desk.run("list plan.ron --format xml").fails_saying("xml");
    desk.run("list plan.ron --from yesterday").fails_saying("--from");
    desk.run("frobnicate plan.ron").fails_saying("Usage");
    assert_eq!(desk.run("--help").code, 0);
}

#[test]
fn unknown_fields_are_reported_and_only_dropped_on_request() {
    let desk = Desk::new();
    let text = desk.read("plan.ron").replacen("title:", "colour: \"red\",\n    title:", 1);
    desk.write("plan.ron", &text);
    desk.write("rows.csv", "name,date\nWeb,2027-02-06\n");
    let listed = desk.run("list plan.ron");
    assert!(listed.code == 0 && listed.err.contains("colour"), "{}", listed.err);
    desk.run("import windows rows.csv --into plan.ron").fails_saying("--drop-unknown");
    assert_eq!(desk.read("plan.ron"), text);
    desk.run("import windows rows.csv --into plan.ron --drop-unknown").fine();
    assert!(!desk.read("plan.ron").contains("colour") && desk.plan("plan.ron").windows().len() == 2);
}

#[test]
fn windows_holidays_and_freezes_are_imported_into_the_plan() {
    let desk = Desk::new();
    desk.write("rows.csv", "name,rule,date\nWeb,first Saturday,2027-02-06\nWeb,first Saturday,2027-03-06\n");
    let out = desk.run("import windows rows.csv --into plan.ron --start 20:00 --duration 2h --group production").fine();
    assert!(out.starts_with("Imported 1 window"), "{out}");
    let window = desk.plan("plan.ron").windows().iter().find(|window| window.name == "Web").cloned().unwrap();
    assert!(window.duration.0 == 120 && window.rule.is_recurring() && window.groups.len() == 1, "{window:?}");

    let event = |uid: &str, on: &str, name: &str| {
        format!(
            "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:{on}\r\nSUMMARY:{name}\r\nEND:VEVENT\r\n"
        )
    };
    let calendar =
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{}END:VCALENDAR\r\n", event("1", "20270503", "May Day"));
    desk.write("days.ics", &calendar);
    desk.run("import holidays days.ics --into plan.ron").fine();
    desk.run("import freezes days.ics --into plan.ron").fine();
    let plan = desk.plan("plan.ron");
    assert_eq!((plan.holidays().len(), plan.freezes().len()), (1, 2));
    desk.run("import windows days.ics --into plan.ron --start 22:00").fails_saying("--start is for a table of windows");
    desk.run("import holidays rows.csv --into plan.ron").fails_saying("rows.csv");
    desk.run("import windows rows.csv --into plan.ron --group nope").fails_saying("unknown group \"nope\"");
    desk.run("import windows rows.csv --into plan.ron --zone Atlantis").fails_saying("unknown time zone");
}

#[test]
fn dates_outside_the_horizon_warn_unless_widened() {
    let desk = Desk::new();
    desk.write("rows.csv", "name,date\nWeb,2028-02-05\n");
    let told = desk.run("import windows rows.csv --into plan.ron");
    assert!(
        told.code == 0
            && told.err.contains("Add --widen to extend the plan's months while importing (horizon: (from: "),
        "{}",
        told.err
    );
    desk.run("new wide.ron --from 2027-01-01").fine();
    let out = desk.run("import windows rows.csv --into wide.ron --widen").fine();
    assert!(out.contains("the plan now spans"), "{out}");
    assert!(desk.run("list wide.ron").fine().contains("Sat 5 Feb 2028"));
}

#[test]
fn a_plan_that_is_open_elsewhere_is_not_changed() {
    let desk = Desk::new();
    desk.write("rows.csv", "name,date\nWeb,2027-02-06\n");
    let before = desk.read("plan.ron");
    let opened = store::open(&desk.path("plan.ron")).unwrap();
    desk.run("import windows rows.csv --into plan.ron").fails_saying("open elsewhere");
    assert_eq!(desk.read("plan.ron"), before);
    drop(opened);
    desk.run("import windows rows.csv --into plan.ron").fine();
}

#[test]
fn the_calendar_is_written_over_what_was_there_or_printed() {
    let desk = Desk::new();
    desk.write("year.ics", "old");
    desk.run("export calendar plan.ron -o year.ics").fine();
    let text = desk.read("year.ics");
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && !text.contains("freeze."));
    assert_eq!(desk.run("export calendar plan.ron -o -").fine(), text);
    desk.run("export calendar plan.ron -o year.ics --with-freezes").fine();
    assert!(desk.read("year.ics").contains("freeze.year-end@"));
    desk.run("export calendar plan.ron -o nowhere/year.ics").fails_saying("year.ics");
}

#[test]
fn accepted_findings_are_counted_and_no_longer_fail_a_check() {
    let desk = Desk::new();
    let text = fs::read_to_string("tests/fixtures/checks/F001-fires.ron").unwrap();
    let until = "    acceptances: [\n        (id: \"a\", code: \"F001\", cause: Freeze(\"year-end\"), reason: \"Audit\", by: \"Ann\", until: \"2027-01-31\"),\n    ],\n)";
    desk.write("plan.ron", &text.trim_end().replace("\n)", &format!("\n{until}")));
    let check = |now: &str| desk.run(&format!("check plan.ron --now {now}T09:00:00Z"));
    let before = check("2027-01-31");
    assert!(before.out.contains("accepted  F001") && before.out.contains("0 errors"), "{}", before.out);
    assert!(
        before.out.contains(", 2 accepted") && before.out.contains("covers 2 occurrences of 2 windows"),
        "{}",
        before.out
    );
    let after = check("2027-02-01");
    assert!(after.code == 1 && after.out.contains("was accepted by Ann until Sun 31 Jan 2027"), "{}", after.out);
    let each = desk.run("check plan.ron --each --now 2027-02-01T09:00:00Z");
    assert_eq!(each.out.matches("falls in freeze").count(), 2, "{}", each.out);
    let json = desk.run("check plan.ron --format json --now 2027-01-31T09:00:00Z").out;
    assert!(json.contains("\"cause\": \"freeze year-end\"") && json.contains("\"by\": \"Ann\""), "{json}");
}

#[test]
fn the_rota_says_who_works_when_and_what_is_not_filled() {
    let desk = Desk::new();
    let mut parts = harbour::plan().to_parts();
    let mut window = harbour::window();
    let booked = |duty, who| windowsill::model::Booking { duty, who, on: None };
    window.bookings = vec![
        booked(Duty::Work, Assignee::Person("ann".into())),
        booked(Duty::USUAL_TESTING, Assignee::Team("testers".into())),
    ];
    parts.windows = [window].into_iter().collect();
    parts.people = [Person::new("ann".into(), "Ann Bell")].into_iter().collect();
    parts.teams = [Team::new("testers".into(), "Testers")].into_iter().collect();
    let plan = Plan::from(parts);
    store::save(&desk.path("staffed.ron"), &plan, None).unwrap();
    let ran = desk.run("rota staffed.ron --from 2027-03-20 --to 2027-03-21");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let first = ran.out.lines().nth(1).unwrap().split("  ").map(str::trim).filter(|cell| !cell.is_empty());
    let expected = ["Sat 20 Mar 2027 22:00", "02:00", "Ann Bell", "work", "Core DB patching"];
    assert_eq!(first.collect::<Vec<_>>(), expected);
    assert!(
        ran.out.contains("1 missing") && ran.out.ends_with(&closing("1 shift, 1 booking not filled")),
        "{}",
        ran.out
    );
    let csv = desk.run("rota staffed.ron --format csv --from 2027-03-20 --to 2027-03-20").out;
    assert_eq!(
        csv.lines().nth(1).unwrap().split(',').take(5).collect::<Vec<_>>(),
        ["ann", "Ann Bell", "", "work", "core-db"]
    );
    let json = desk.run("rota staffed.ron --format json --from 2027-03-21 --to 2027-03-21").out;
    let rows = rows(&json);
    assert_eq!((rows[0]["missing"].as_u64(), rows[0]["team"].as_str()), (Some(1), Some("testers")), "{json}");
}

#[test]
fn the_ledger_and_the_notice_calendar_are_listed_and_written() {
    let desk = Desk::new();
    let mut parts = harbour::plan().to_parts();
    let system = parts.systems.get(&"core-db".into()).unwrap();
    parts.areas =
        [BusinessArea { id: "pay".into(), name: "Payments".into(), ..BusinessArea::default() }].into_iter().collect();
    parts.systems = parts.systems.with(System { area: Some("pay".into()), ..System::clone(system) });
    let plan = Plan::from(parts);
    store::save(&desk.path("year.ron"), &plan, None).unwrap();
    let now = "--now 2027-03-14T09:00:00Z";
    let text = desk.run(&format!("ledger year.ron {now}")).fine();
    assert!(text.ends_with(&closing("\n0 of 10 agreed, 1 not asked in time")), "{text}");
    let json = desk.run(&format!("ledger year.ron --area payments --format json {now}")).fine();
    let rows = rows(&json);
    assert_eq!((rows[2]["state"].as_str(), rows[2]["area"].as_str()), (Some("Notice late"), Some("pay")), "{json}");
    desk.run("ledger year.ron --area trading").fails_saying("Known business areas: pay");
    let csv = desk.run(&format!("notices year.ron --format csv {now}")).fine();
    assert_eq!(
        csv.lines().nth(1).unwrap(),
        format!("2027-03-13,1,core-db,Core DB patching,Standard,2027-03-20,2027-03-20T22:00,pay,{}", release())
    );
    desk.run("export notices year.ron -o notices.csv --now 2027-03-14T09:00:00Z").fine();
    assert_eq!(desk.read("notices.csv"), format!("\u{feff}{csv}"), "marked as UTF-8 for Excel");
    desk.run("export ledger year.ron -o ledger.txt --now 2027-03-14T09:00:00Z").fine();
    assert_eq!(desk.read("ledger.txt"), text);
    desk.run("export ledger year.ron -o ledger.csv").fine();
    assert_eq!(desk.read("ledger.csv").lines().count(), 13);
    desk.run("export notices year.ron -o notices.xls").fails_saying(".csv, .xlsx, .json or .txt");
}

#[test]
fn diff_exits_as_unix_does_and_writes_what_is_asked_for() {
    let desk = Desk::new();
    let on = "2027-03-20".parse().unwrap();
    let moved = Edit::MoveOccurrence {
        window: "core-db".into(),
        on,
        to: "2027-03-05".parse().unwrap(),
        start: None,
        duration: None,
    };
    store::save(&desk.path("next.ron"), &harbour::plan().apply(&moved).unwrap(), None).unwrap();
    let now = "--now 2027-03-01T09:00:00Z";
    let same = desk.run("diff plan.ron plan.ron");
    assert_eq!((same.code, same.out.lines().last()), (0, Some("No differences")), "{}", same.err);
    let text = desk.run(&format!("diff plan.ron next.ron {now}"));
    assert_eq!(text.code, 1, "{}", text.err);
    assert!(text.out.contains("1 moved; 1 owner must be notified; 1 with too little notice"), "{}", text.out);
    let json = desk.run(&format!("diff plan.ron next.ron --format json {now}"));
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let date = &json["windows"][0]["dates"][0];
    assert_eq!((&json["compared_with"], &date["change"]), (&"plan.ron".into(), &"moved".into()));
    assert_eq!(date["told"][0]["late_days"], 3);
    let written = desk.run(&format!("diff plan.ron next.ron -o board.html {now}"));
    assert_eq!((written.code, written.out.as_str()), (1, "Exported board.html\n"), "{}", written.err);
    assert!(desk.read("board.html").contains("Notice too short"));
    assert!(
        desk.run(&format!("diff plan.ron next.ron --format md {now}"))
            .out
            .starts_with("# Changes of Harbour Trust 2027")
    );
    assert_eq!(desk.run("diff plan.ron --sent").code, 0, "its owner has no address");
}

#[test]
fn diff_refuses_what_it_cannot_do() {
    let desk = Desk::new();
    desk.run("diff plan.ron missing.ron").fails_saying("missing.ron");
    desk.run("diff plan.ron").fails_saying("<NEW>");
    desk.run("diff plan.ron plan.ron --sent").fails_saying("--sent");
    desk.run("diff plan.ron plan.ron -o plan.ron").fails_saying("plan.ron: this is the plan itself");
    let refused = "changes.pdf: unknown output format (use .html, .md, .txt, .json, .csv or .xlsx)";
    desk.run("diff plan.ron plan.ron -o changes.pdf").fails_saying(refused);
    assert!(!desk.path("changes.pdf").exists());
    desk.run("new other.ron").fine();
    let other = desk.run("diff plan.ron other.ron");
    assert!(other.code == 1 && other.err.contains("different plans"), "{}", other.err);
}

#[test]
fn a_calendar_is_written_in_the_profile_of_its_reader() {
    let desk = Desk::new();
    desk.run("export calendar plan.ron -o uyuni.ics --profile uyuni").fine();
    assert!(desk.read("uyuni.ics").contains("\r\nSUMMARY:Production\r\n"));
    desk.run("export calendar plan.ron -o mine.ics --owner a._osei").fine();
    assert!(desk.read("mine.ics").contains("Your systems"));
    for _ in 0..2 {
        desk.run("export calendar plan.ron -o aws --profile aws-document").fine();
    }
    let cautions = desk.run("export calendar plan.ron -o - --profile uyuni --with-freezes");
    assert!(cautions.err.contains("Freezes are left out"), "{}", cautions.err);
    assert_eq!(fs::read_dir(desk.path("aws")).unwrap().count(), 2);
}

#[test]
fn a_calendar_for_an_unknown_person_is_refused_and_the_right_names_are_listed() {
    let desk = Desk::new();
    let run = |words: &str| desk.run(&format!("export calendar plan.ron -o x.ics {words}"));
    run("--profile google")
        .fails_saying("everyone, area, owner, person, team, uyuni, aws-import, aws-document, caldav");
    run("--profile area").fails_saying("The profile area needs --area. Known business areas: area");
    run("--area trading").fails_saying("Unknown business area \"trading\". Known business areas: area");
    run("--owner nobody").fails_saying("Unknown owner \"nobody\". Known owners: a. osei");
    run("--profile uyuni --area area").fails_saying("--area goes with the profile area, not with uyuni");
    desk.run("export calendar plan.ron -o - --profile caldav").fails_saying("choose a folder (-o FOLDER)");
    fs::create_dir(desk.path("calendars")).unwrap();
    desk.write("calendars/letter.txt", "dear");
    desk.run("export calendar plan.ron -o calendars --profile caldav").fails_saying("letter.txt");
}

#[test]
fn a_name_that_two_records_have_is_refused_wherever_one_is_named() {
    let desk = Desk::new();
    let mut parts = harbour::plan().to_parts();
    parts.areas = ["a", "b"]
        .map(|id| BusinessArea { id: id.into(), name: "Sales".into(), ..Default::default() })
        .into_iter()
        .collect();
    let plan = Plan::from(parts);
    store::save(&desk.path("two.ron"), &plan, None).unwrap();
    for words in ["ledger two.ron", "export calendar two.ron -o x.ics", "export invites two.ron -o out"] {
        let several = "Several business areas are called \"sales\". Use an id: a, b";
        desk.run(&format!("{words} --area sales")).fails_saying(several);
    }
}
