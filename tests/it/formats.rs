//! Plans in earlier formats: they open, and saving says that it raises the format.

use std::fs;

use windowsill::model::{Edit, UtcMinute};
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, Command, FileState, Session};
use windowsill::store::{Access, FORMAT, ProgramFolders, open, parse, to_text};

use crate::support::desk::Desk;
use crate::support::full::{empty_plan, full_plan};

/// A plan with every field that format 1 had.
const FORMAT_1: &str = include_str!("../fixtures/formats/1.ron");

#[test]
fn a_plan_of_format_1_is_opened_and_saved_in_the_present_format() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.ron");
    fs::write(&path, FORMAT_1).unwrap();
    let opened = open(&path).unwrap();
    assert_eq!((opened.older_format, opened.unknown_fields), (Some(1), Vec::new()));
    assert!(matches!(opened.access, Access::Writable(_)));
    let new = full_plan();
    assert_eq!((opened.plan.id(), opened.plan.windows().len()), (new.id(), new.windows().len()));
    let text = to_text(&opened.plan).unwrap();
    assert!(text.contains(&format!("\n    format: {FORMAT},\n")));
    let again = parse(&text).unwrap();
    assert_eq!((again.older_format, again.plan), (None, opened.plan));
}

fn perform(session: &mut Session, actions: impl IntoIterator<Item = Action>) {
    for action in actions {
        session.perform(action);
        session.finish_jobs();
    }
}

#[test]
fn the_first_save_of_a_plan_in_format_1_says_that_it_is_raised() {
    let home = tempfile::tempdir().unwrap();
    let folders = Some(ProgramFolders::inside(home.path()));
    let mut session = Session::new(empty_plan(), FileState::none(), Box::new(FixedClock(UtcMinute(0))), folders);
    session.mark_saved();
    let save = [Action::Edit(Edit::SetTitle("A".to_owned())), Action::Run(Command::Save)];
    let path = home.path().join("old.ron");
    fs::write(&path, FORMAT_1).unwrap();
    perform(&mut session, [Action::Open(path)]);
    perform(&mut session, save);
    let message = |session: &Session| session.messages.last().unwrap().text.clone();
    assert_eq!(
        message(&session),
        "Saved old.ron. The plan was in format 1 and is now in format 2, which earlier versions of Windowsill open \
         read-only."
    );
    perform(&mut session, [Action::Edit(Edit::SetTitle("B".to_owned())), Action::Run(Command::Save)]);
    assert_eq!(message(&session), "Saved old.ron");
}

#[test]
fn a_command_that_saves_a_plan_in_format_1_says_that_it_is_raised() {
    let desk = Desk::new();
    desk.write("plan.ron", &desk.read("plan.ron").replace("format: 2,", "format: 1,"));
    let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270501\r\n\
                    SUMMARY:May Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    desk.write("days.ics", calendar);
    let again = |words: &str| desk.run(words).err;
    assert!(!again("import holidays days.ics --into plan.ron --dry-run").contains("format"));
    let note = "plan.ron: the plan was in format 1 and is now in format 2, which earlier versions of Windowsill open \
                read-only.\n";
    assert!(again("import holidays days.ics --into plan.ron").ends_with(note));
    assert!(!again("import holidays days.ics --into plan.ron").contains("format"));
}
