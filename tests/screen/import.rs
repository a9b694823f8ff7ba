//! Imports on screen: what is dropped is recognised, options refresh the preview, and unknown files are explained.

use std::fs;
use std::path::PathBuf;

use egui::{Key, Modifiers};
use tempfile::TempDir;
use windowsill::import::Topic;
use windowsill::session::{Action, CalendarView, Command, Dialog, Question, QuestionAnswer, View};

use crate::common::harbour;
use crate::driver::Screen;

const CALENDAR: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:A\nDTSTART:20270313T220000\nEND:VEVENT\nEND:VCALENDAR\n";

/// A screen, and a file of that name to import.
fn screen_with(name: &str, content: impl AsRef<[u8]>) -> (TempDir, Screen, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join(name);
    fs::write(&path, content).unwrap();
    (home, Screen::new(harbour::plan(), View::Calendar(CalendarView::Planner)), path)
}

fn windows(screen: &Screen) -> usize {
    screen.session(|session| session.plan().windows().len())
}

#[test]
fn options_refresh_the_preview_and_the_import_is_one_step() {
    let (_home, mut screen, path) = screen_with("list.csv", "name,date\nMail,2027-05-08\nMail,2027-05-15\n");
    let before = windows(&screen);
    screen.perform(Action::Import(Some(Topic::Windows), vec![path]));
    screen.expect("Import 1 window with 2 dates?");
    screen.expect("From list.csv");
    screen.expect("For rows that have no start, duration, zone or group:");
    screen.expect("Mail, Sat 8 May 2027, 2, 22:00, 4 h, Europe/London, Single dates");
    screen.expect("2 rows have no start: 22:00 is used");
    screen.expect("2 rows have no duration: 4 h is used");
    screen.write("Start", "8:30pm");
    screen.press(Key::Enter);
    screen.finish_jobs();
    screen.absent("2 rows have no start: 22:00 is used");
    screen.expect("2 rows have no duration: 4 h is used");
    screen.write("Duration", "3h");
    screen.press(Key::Enter);
    screen.finish_jobs();
    screen.absent("2 rows have no duration: 4 h is used");
    screen.expect("Mail, Sat 8 May 2027, 2, 20:30, 3 h, Europe/London, Single dates");
    screen.click("Import");
    let (start, duration) = screen.session(|session| {
        let window = session.plan().windows().iter().find(|window| window.name == "Mail").unwrap();
        (window.start.to_string(), window.duration.0)
    });
    assert_eq!((start.as_str(), duration, windows(&screen)), ("20:30:00", 180, before + 1));
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(windows(&screen), before);
}

#[test]
fn an_option_that_cannot_be_understood_says_what_to_write() {
    let (_home, mut screen, path) = screen_with("list.csv", "name,date\nMail,2027-05-08\n");
    screen.perform(Action::Import(Some(Topic::Windows), vec![path]));
    screen.write("Start", "late");
    screen.press(Key::Enter);
    screen.expect("Invalid time of day \"late\": use e.g. 22:00");
    screen.expect("Correct Start to import");
    let before = windows(&screen);
    screen.invoke("Import");
    assert_eq!(windows(&screen), before);
    screen.write("Start", "9pm");
    screen.press(Key::Enter);
    screen.finish_jobs();
    screen.absent("Correct Start to import");
    screen.invoke("Import");
    assert_eq!(windows(&screen), before + 1);
}

#[test]
fn files_dropped_together_are_imported_one_after_the_other() {
    let (home, mut screen, first) = screen_with("a.csv", "name,date\nMail,2027-05-08\n");
    let path = |name: &str| home.path().join(name);
    fs::write(path("b.ics"), CALENDAR).unwrap();
    fs::write(path("notes.txt"), "Call Ann about the freeze\n").unwrap();
    fs::write(path("plan.windowsill"), include_str!("../../assets/sample.ron")).unwrap();
    fs::write(path("c.tsv"), "name\tdate\nWeb\t2027-05-15\n").unwrap();
    let before = windows(&screen);
    let all = ["b.ics", "notes.txt", "plan.windowsill", "c.tsv"].map(path);
    screen.perform(Action::Drop(std::iter::once(first.clone()).chain(all).collect()));
    screen.expect("From a.csv");
    screen.expect("Next: b.ics and c.tsv");
    screen.click("Import");
    screen.finish_jobs();
    screen.expect("What does b.ics contain?");
    screen.click("Maintenance windows");
    screen.finish_jobs();
    screen.expect("From b.ics");
    screen.click("Import");
    screen.finish_jobs();
    screen.expect("From c.tsv");
    screen.click("Import");
    screen.finish_jobs();
    assert_eq!(windows(&screen), before + 3);
    screen.expect_part("notes.txt: Unknown file content");
    screen.expect_part("plan.windowsill is a plan: drop it alone to open it");

    screen.perform(Action::Drop(vec![path("b.ics"), path("c.tsv"), first]));
    screen.click("Cancel");
    screen.finish_jobs();
    screen.expect("Not imported: c.tsv and a.csv");
    assert_eq!(windows(&screen), before + 3);
}

#[test]
fn replies_dropped_with_another_file_are_one_import_of_several() {
    let (home, mut screen, first) = screen_with("a.eml", "From: ann@bank.example\nSubject: Re: invite\n\nYes\n");
    let path = |name: &str| home.path().join(name);
    fs::write(path("b.csv"), "name,date\nMail,2027-05-08\n").unwrap();
    fs::write(path("c.eml"), "From: bo@bank.example\nSubject: Re: invite\n\nNo\n").unwrap();
    screen.perform(Action::Drop(vec![first, path("b.csv"), path("c.eml")]));
    screen.expect("From a.eml and c.eml");
    screen.expect("Next: b.csv");
    screen.click("Close");
    screen.finish_jobs();
    screen.expect("Import 1 window with 1 date?");
}

/// A calendar of one event, in that version.
fn feed(events: &[(&str, u32, &str)]) -> String {
    let events = events.iter().map(|(uid, sequence, on)| {
        format!(
            "BEGIN:VEVENT\nUID:{uid}@carrier.example\nSEQUENCE:{sequence}\nDTSTAMP:20261101T090000Z\nSUMMARY:Line {uid}\n\
             DTSTART:{on}T210000Z\nDURATION:PT4H\nEND:VEVENT\n"
        )
    });
    let events: String = events.collect();
    format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nX-WR-CALNAME:Carrier\n{events}END:VCALENDAR\n")
}

#[test]
fn a_newer_version_of_a_calendar_shows_what_is_new_changed_and_gone_and_is_one_step() {
    let (_home, mut screen, path) =
        screen_with("feed.ics", feed(&[("a", 0, "20270313"), ("b", 0, "20270320"), ("c", 0, "20270327")]));
    screen.perform(Action::Import(Some(Topic::Windows), vec![path.clone()]));
    screen.click("Import");
    let dates = |screen: &Screen| {
        screen.session(|session| {
            let windows = session.schedule().windows.iter().filter(|each| each.window.name.starts_with("Line"));
            let mut dates: Vec<String> = windows
                .flat_map(|each| {
                    each.expansion.occurrences.iter().map(|on| format!("{} {}", each.window.name, on.on()))
                })
                .collect();
            dates.sort();
            dates
        })
    };
    assert_eq!(dates(&screen), ["Line a 2027-03-13", "Line b 2027-03-20", "Line c 2027-03-27"]);
    fs::write(&path, feed(&[("a", 1, "20270314"), ("b", 0, "20270320"), ("d", 0, "20270403")])).unwrap();
    screen.perform(Action::Import(Some(Topic::Windows), vec![path.clone()]));
    screen.expect("Import 1 new window and 1 change?");
    screen.expect("1 new window");
    screen.expect("Line d");
    screen.expect("1 changed window");
    screen.expect("Sat 13 Mar 2027: as usual → moved to Sun 14 Mar 2027");
    screen.expect("No longer in the calendar; stays in the plan · 1");
    screen.tick("Remove gone");
    screen.finish_jobs();
    screen.expect("1 removed window");
    screen.click("Import");
    assert_eq!(dates(&screen), ["Line a 2027-03-14", "Line b 2027-03-20", "Line d 2027-04-03"]);
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(dates(&screen), ["Line a 2027-03-13", "Line b 2027-03-20", "Line c 2027-03-27"]);
}

#[test]
fn a_long_list_says_how_many_more_there_are() {
    let rows = (0..320).fold(String::new(), |rows, n| format!("{rows}System {n},Linux,{}\n", n + 1));
    let (_home, mut screen, path) = screen_with("systems.csv", format!("name,platform,hosts\n{rows}"));
    screen.perform(Action::Import(Some(Topic::Systems), vec![path]));
    screen.expect("System 0");
    let lists = screen.session(|session| match session.dialog() {
        Some(Dialog::Question(Question::Import(preview))) => preview.imported.clone().unwrap().unwrap().records,
        _ => Vec::new(),
    });
    let [list] = lists.as_slice() else { panic!("{lists:?}") };
    assert_eq!((list.groups[0].rows.len(), list.groups[0].more), (300, 20));
}

#[test]
fn opening_a_table_or_a_calendar_offers_to_import_it() {
    let (_home, mut screen, path) = screen_with("list.tsv", "name\tdate\nMail\t2027-05-08\n");
    screen.perform(Action::Open(path));
    screen.expect("Import 1 window with 1 date?");
    let (_home, mut screen, path) = screen_with("list.ics", CALENDAR);
    screen.perform(Action::Open(path));
    screen.expect("What does list.ics contain?");
    let (_home, mut screen, path) = screen_with("notes.txt", "Call Ann\n");
    screen.perform(Action::Open(path));
    screen.perform(Action::Answer(QuestionAnswer::Other));
    screen.expect_part("not a Windowsill plan");
}

#[test]
fn a_mistyped_path_keeps_the_dialog_open_and_says_what_is_wrong() {
    let (home, mut screen, path) = screen_with("list.tsv", "name\tdate\nMail\t2027-05-08\n");
    screen.perform(Action::Run(Command::ImportWindows));
    let wrong = home.path().join("lst.tsv").display().to_string();
    screen.write("Path", &wrong);
    screen.press(Key::Enter);
    screen.expect(&format!("No such file or folder: {wrong}"));
    screen.write("Path", &home.path().display().to_string());
    screen.press(Key::Enter);
    screen.expect("This is a folder: add the name of a file in it");
    screen.write("Path", &path.display().to_string());
    screen.press(Key::Enter);
    screen.finish_jobs();
    screen.expect("Import 1 window with 1 date?");
}

#[test]
fn dropped_files_are_recognised_by_their_content() {
    for name in ["windows.tsv", "windows.ical", "windows"] {
        let (_home, mut screen, path) = screen_with(name, "name\tdate\nMail\t2027-05-08\n");
        screen.perform(Action::Drop(vec![path]));
        screen.expect("Import 1 window with 1 date?");
    }
    for name in ["freezes.ical", "freezes.ifb", "freezes.txt"] {
        let (_home, mut screen, path) = screen_with(name, CALENDAR);
        screen.perform(Action::Drop(vec![path]));
        screen.expect(&format!("What does {name} contain?"));
        screen.click("Change freezes");
        screen.finish_jobs();
        screen.expect("Import 1 change freeze?");
    }
}

#[test]
fn a_dropped_plan_is_opened() {
    let plan = include_str!("../../assets/sample.ron");
    let (_home, mut screen, path) = screen_with("sample.txt", plan);
    screen.perform(Action::Drop(vec![path]));
    // The plan that was open has never been saved.
    screen.perform(Action::Answer(QuestionAnswer::Other));
    assert_eq!(screen.session(|session| session.plan().title().to_owned()), "Harbour Trust — 2027");
}

#[test]
fn a_dropped_file_that_nobody_recognises_says_what_is_expected() {
    let (_home, mut screen, path) = screen_with("notes.txt", "Call Ann about the freeze\n");
    screen.perform(Action::Drop(vec![path]));
    screen.expect_part("Unknown file content. Expected a table of windows with the columns name and date (CSV, Excel)");
}

#[test]
fn each_topic_has_a_command_with_its_name() {
    for topic in Topic::ALL {
        let name = topic.words().command;
        assert!(Command::all().any(|command| command.name() == name), "no command {name}");
    }
}

#[test]
fn columns_with_unknown_titles_are_assigned_on_screen_and_remembered() {
    let table = "Objekt;Nacht;Notiz\nMail;03/05/2027;x\n";
    let (home, mut screen, path) = screen_with("list.csv", table);
    screen.perform(Action::Import(Some(Topic::Windows), vec![path]));
    screen.expect("Choose the columns that hold name, and date, start or rule.");
    screen.invoke("Column A, Objekt");
    screen.click("Name (required)");
    screen.finish_jobs();
    screen.expect("Choose the column that holds date, start or rule.");
    screen.invoke("Column B, Nacht");
    screen.click("Date (required)");
    screen.finish_jobs();
    screen.expect("Nothing is imported until you have chosen.");
    screen.invoke("Order of 03/05/2027 in column B");
    screen.click("day first: Mon 3 May 2027");
    screen.finish_jobs();
    screen.expect("Import 1 window with 1 date?");
    screen.expect("Mail, Mon 3 May 2027, 1, 22:00, 4 h, Europe/London, Single dates");
    screen.click("Import");
    assert_eq!(screen.session(|session| session.plan().mappings().len()), 1);
    let next = home.path().join("next.csv");
    fs::write(&next, "Objekt;Nacht;Notiz\nWeb;04/05/2027;x\n").unwrap();
    screen.perform(Action::Import(Some(Topic::Windows), vec![next]));
    screen.expect("Columns and dates are read as in an earlier import of a table with these titles.");
    screen.expect("Web, Tue 4 May 2027, 1, 22:00, 4 h, Europe/London, Single dates");
    screen.click("Forget");
    screen.finish_jobs();
    screen.expect("Choose the columns that hold name, and date, start or rule.");
    assert_eq!(screen.session(|session| session.plan().mappings().len()), 0);
    screen.click("Close");
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(screen.session(|session| session.plan().mappings().len()), 1);
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(screen.session(|session| session.plan().mappings().len()), 0, "one step with the import");
}

#[test]
fn a_dropped_table_with_unknown_titles_asks_what_it_contains() {
    let (_home, mut screen, path) = screen_with("list.csv", "Objekt;Nacht;Wo\nMail;2027-05-08;x\n");
    screen.perform(Action::Drop(vec![path]));
    screen.expect("What does list.csv contain?");
    screen.click("Public holidays");
    screen.finish_jobs();
    screen.expect("Choose the columns that hold date, and name.");
}

#[test]
fn options_that_choose_a_record_show_its_name() {
    let (_home, mut screen, path) = screen_with("hosts", "[test]\nt1\n[prod]\np1\n");
    screen.perform(Action::Import(Some(Topic::Systems), vec![path]));
    let name = screen.session(|session| session.plan().release_name(&"microsoft".into()));
    assert_ne!(name, "microsoft");
    screen.choose_in("Release calendar", &name);
    assert_eq!(screen.chosen_in("Release calendar"), name);
    screen.expect_part(
        "Environments by the names of groups: Production for 1 system (prod) and Test for 1 system (test)",
    );
}
