//! Commands that refuse what a person mistyped or what no plan can hold, with the line and the remedy.

use crate::support::desk::Desk;

#[test]
fn a_name_that_is_too_long_is_refused_with_its_row_and_listed_without_a_crash() {
    let desk = Desk::new();
    let rows = format!("name,date\nWeb,2027-02-06\n{},2027-03-01\n", "x".repeat(70_000));
    desk.write("long.csv", &rows);
    let ran = desk.run("import windows long.csv --into plan.ron");
    assert!(ran.err.contains("long.csv:3: ") && ran.err.contains("70000 bytes: shorten it"), "{}", ran.err);
    assert!(desk.plan("plan.ron").windows().iter().all(|window| window.name.len() < 200));
    // A calendar that someone else wrote cannot be corrected, so a title in it is shortened.
    let event = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20270306T220000Z\r\nDTEND:20270307T020000Z\r\n";
    let long = "y".repeat(300);
    desk.write("long.ics", &format!("BEGIN:VCALENDAR\r\n{event}SUMMARY:{long}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"));
    let ran = desk.run("import windows long.ics --into plan.ron");
    assert!(ran.err.contains("its name is shortened from 300 to 200 characters"), "{}", ran.err);
    // A plan that already has such a name is listed; one that no screen could show is refused with its line.
    let named = |length| desk.read("plan.ron").replace("Core DB patching", &"z".repeat(length));
    desk.write("wide.ron", &named(3_000));
    assert!(desk.run("list wide.ron").fine().contains("zzz"));
    desk.write("huge.ron", &named(70_000));
    desk.run("list huge.ron").fails_saying("use at most 200");
}

#[test]
fn dates_in_the_wrong_order_are_refused() {
    let desk = Desk::new();
    for command in ["list", "rota"] {
        desk.run(&format!("{command} plan.ron --from 2027-06-01 --to 2027-01-01")).fails_saying("swap them");
    }
}

#[test]
fn explain_suggests_checks_by_a_part_of_their_name() {
    Desk::new().run("explain rollback").fails_saying("Did you mean B001 rollback-does-not-fit");
}

#[test]
fn a_new_plan_has_the_ending_of_plans() {
    let desk = Desk::new();
    desk.run("new next").fails_saying("next.windowsill");
    assert!(!desk.path("next").exists());
}

#[test]
fn what_is_wrong_in_a_plan_is_named_with_its_value() {
    let desk = Desk::new();
    let plan = desk.read("plan.ron");
    let from = plan.lines().find(|line| line.contains("from: \"2027-01-01\"")).unwrap();
    for (good, bad, says) in [
        ("months: 12", "months: -1", "the number -1 is out of range"),
        (from, &*from.replace("2027-01-01", "2027-02-30"), "invalid date \"2027-02-30\""),
        ("duration: \"4h\"", "durr: \"4h\"", "the unknown field \"durr\""),
    ] {
        assert!(plan.contains(good), "{good}\n{plan}");
        desk.write("bad.ron", &plan.replacen(good, bad, 1));
        desk.run("check bad.ron").fails_saying(says);
    }
}

#[test]
fn an_argument_that_needs_another_is_never_ignored() {
    let desk = Desk::new();
    for words in [
        "check plan.ron --drop-unknown",
        "check plan.ron --drop-unknown --each",
        "check plan.ron --drop-unknown --format json",
        "recover -o recovered.ron",
        "recover -o recovered.ron --format json",
        "activity plan.ron --on 2027-03-20T22:00:00Z --zone UTC",
    ] {
        let ran = desk.run(words);
        assert!(ran.out.is_empty() && ran.code == 2, "{words}: {}{}", ran.out, ran.err);
    }
}

#[test]
fn a_plan_with_too_few_or_too_many_months_opens_and_says_how_many_it_covers() {
    let desk = Desk::new();
    let plan = desk.read("plan.ron");
    for (months, says) in [
        ("months: 61", "The plan: 61 months (more than 60), so it covers 60 months"),
        ("months: 0", "The plan: 0 months (less than 1), so it covers 1 month"),
    ] {
        desk.write("odd.ron", &plan.replacen("months: 12", months, 1));
        let ran = desk.run("check odd.ron");
        assert!(ran.out.contains("P013") && ran.out.contains(says), "{months}: {}{}", ran.out, ran.err);
    }
}

#[test]
fn files_of_other_kinds_say_what_they_are() {
    let desk = Desk::new();
    desk.write("year.ron", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
    desk.run("check year.ron").fails_saying("this is a calendar (.ics)");
    desk.write("empty.ron", "");
    desk.run("check empty.ron").fails_saying("the file is empty");
}

#[test]
fn a_dry_run_of_invites_refuses_what_the_export_refuses() {
    let desk = Desk::new();
    desk.run("export invites plan.ron -o plan.ron --dry-run").fails_saying("plan.ron");
}

#[test]
fn control_characters_in_names_do_not_reach_the_terminal() {
    let desk = Desk::new();
    desk.write("plan.ron", &desk.read("plan.ron").replace("Core DB patching", "Core\\u{1b}[31m\\u{202e} DB"));
    let text = desk.run("list plan.ron").fine();
    assert!(text.contains("Core[31m⟨RLO⟩ DB") && !text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text:?}");
}

#[test]
fn control_characters_reach_no_terminal_through_a_pipe_either() {
    let desk = Desk::new();
    let hostile = desk.read("plan.ron").replace("Core DB patching", "Core\\u{1b}[31m\\u{202e} DB");
    desk.write("a.ron", &hostile);
    let now = "--now 2027-01-04T09:00:00Z";
    for words in [
        "move a.ron core-db 2027-03-20 --to 2027-12-15",
        "move a.ron core-db 2027-04-17 --to 2027-12-14 --dry-run",
        "skip a.ron core-db 2027-10-16 --reason Audit",
        "add a.ron core-db --date 2027-12-16",
        "add a.ron core-db --date 2027-12-17 --dry-run",
        "check a.ron --fix",
        "roll a.ron --to 2028 --dry-run",
    ] {
        let ran = desk.run(&format!("{words} {now}"));
        let all = format!("{}{}", ran.out, ran.err);
        assert!(ran.code < 2 && !all.contains(['\u{1b}', '\u{202e}']), "{words}: {all:?}");
    }
    let text = desk.run("history a.ron").fine() + &desk.run("connect check a.ron").fine();
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
}

#[test]
fn every_complaint_about_a_plan_begins_with_its_line() {
    let desk = Desk::new();
    desk.run("check plan.ron --window nope").fails_saying("plan.ron: unknown window \"nope\"");
    let plan = desk.read("plan.ron");
    desk.write("odd.ron", &plan.replacen("    horizon:", "    colour: 1,\n    horizon:", 1));
    let line = plan.lines().position(|line| line.starts_with("    horizon:")).unwrap() + 1;
    let position = format!("odd.ron:{line}:5: ignored unknown field colour\n");
    assert_eq!(desk.run("list odd.ron").err, position);
    let window = plan.replacen("duration: \"4h\"", "duration: \"4h\", durr: 1", 1);
    desk.write("odd.ron", &window);
    let line = window.lines().position(|line| line.contains("durr")).unwrap();
    let column = window.lines().nth(line).unwrap().find("durr").unwrap() + 1;
    let position = format!("odd.ron:{}:{column}: ignored unknown field windows[0].durr of \"core-db\"\n", line + 1);
    assert_eq!(desk.run("list odd.ron").err, position);
}

#[test]
fn help_with_a_command_that_another_does_not_have_says_which() {
    let desk = Desk::new();
    desk.run("help new list").fails_saying("new has no command \"list\" (for help with list: windowsill help list)");
    desk.run("help export nothing").fails_saying("export has no command \"nothing\"");
    desk.run("help lost").fails_saying("unknown command \"lost\" (did you mean \"list\"?)");
}

#[test]
fn a_calendar_gets_its_ending_and_replaces_no_file_of_another_type() {
    let desk = Desk::new();
    desk.write("other.ron", &desk.read("plan.ron"));
    desk.run("export calendar plan.ron -o other.ron").fails_saying("other.ron: this is another plan");
    for name in ["year.pdf", "year.ical", "year.2027"] {
        desk.run(&format!("export calendar plan.ron -o {name}"))
            .fails_saying(&format!("{name}: unknown output format (use .ics)"));
    }
    assert_eq!(desk.read("other.ron"), desk.read("plan.ron"));
    let written = desk.run("export calendar plan.ron -o year");
    assert_eq!((written.code, written.out.as_str()), (0, "Exported year.ics\n"), "{}", written.err);
    assert!(desk.read("year.ics").starts_with("BEGIN:VCALENDAR"));
    let folder = desk.run("export calendar plan.ron --profile caldav -o store");
    assert!(folder.out.starts_with("Exported ") && folder.out.ends_with(" files to store\n"), "{}", folder.out);
    // The plan is guarded under the name that is written.
    desk.write("plan.ics", &desk.read("plan.ron"));
    desk.run("export calendar plan.ics -o plan").fails_saying("this is the plan itself");
}
