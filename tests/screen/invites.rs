//! Invites on screen: what is due, the folder, the words, and what was sent when.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use egui::{Key, Modifiers};
use windowsill::export::invites::InvitesOrder;
use windowsill::model::{Edit, InformedOf, InviteTexts, Plan, Team, UtcMinute};
use windowsill::output::Order;
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, CalendarView, Command, FileState, QuestionAnswer, Selection, Session, View};

use crate::common::owners;
use crate::driver::Screen;

const YEAR: View = View::Calendar(CalendarView::Planner);

fn on_occurrence(plan: Plan) -> Screen {
    let mut screen = Screen::new(plan, YEAR);
    screen.perform(Action::Select(Selection::Occurrence("core-db".into(), "2027-03-20".parse().unwrap())));
    screen
}

fn sent(screen: &Screen) -> usize {
    screen.session(|session| session.plan().sent_invites().len())
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(Result::unwrap);
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

/// Chooses `folder` in the path field that is open.
fn choose(screen: &mut Screen, folder: &Path) {
    screen.enter("Path", &folder.display().to_string());
    screen.finish_jobs();
}

#[test]
fn invites_of_the_selected_date_are_written_noted_and_forgotten_again() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = on_occurrence(owners::plan());
    screen.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    screen.expect("20 invites: 10 dates, 2 owners");
    screen.click("For the selected date");
    screen.expect("2 invites: 1 date, 2 owners");
    screen.expect("Invite of Core DB patching, Sat 20 Mar 2027 22:00 GMT, to A. Osei <payments@bank.example>");
    screen.press(Key::Enter);
    choose(&mut screen, &home.path().join("out"));
    assert_eq!((files(&home.path().join("out")).len(), sent(&screen)), (5, 2));
    screen.expect("Saved in out. 2 invites: 1 date, 2 owners");
    screen.name_of("Invite sent Mon 1 Mar 2027 (version 1)");
    assert!(screen.session(Session::is_unsaved));
    screen.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(sent(&screen), 2, "undo does not remove sent invites");
    screen.perform(Action::Run(Command::ForgetInvites));
    assert_eq!(sent(&screen), 0);
    assert!(!screen.session(|session| session.is_enabled(Command::ForgetInvites)));
}

#[test]
fn an_update_that_was_not_sent_after_all_leaves_what_was_sent_before() {
    let home = tempfile::tempdir().unwrap();
    let mut screen = on_occurrence(owners::plan());
    let export = || Action::Export(Order::Invites(InvitesOrder::default()), home.path().join("out"));
    screen.perform(export());
    let sent_invites = |screen: &Screen| screen.session(|session| session.plan().sent_invites().clone());
    let before = sent_invites(&screen);
    screen.perform(Action::Run(Command::WeekLater));
    screen.name_of("(version 1); an update is due");
    screen.perform(export());
    screen.name_of("Update sent Mon 1 Mar 2027 (version 2)");
    screen.perform(Action::Run(Command::ForgetInvites));
    assert_eq!(sent_invites(&screen), before);
    screen.name_of("(version 1); an update is due");
}

#[test]
fn an_export_that_is_stopped_notes_nothing_and_the_next_one_writes_the_same() {
    let home = tempfile::tempdir().unwrap();
    let of_plan = || Session::new(owners::plan(), FileState::none(), Box::new(FixedClock(UtcMinute(30_064_920))), None);
    let export = |folder: &str| Action::Export(Order::Invites(InvitesOrder::default()), home.path().join(folder));
    let mut session = of_plan();
    session.perform(export("stopped"));
    for job in 0..10 {
        session.perform(Action::CancelJob(job));
    }
    session.finish_jobs();
    assert!(session.plan().sent_invites().is_empty());
    session.perform(export("out"));
    session.finish_jobs();
    let mut other = of_plan();
    other.perform(export("other"));
    other.finish_jobs();
    assert_eq!(files(&home.path().join("out")).len(), 41);
    assert_eq!(files(&home.path().join("out")), files(&home.path().join("other")));
}

#[test]
fn without_an_organizer_the_texts_are_asked_for() {
    let mut parts = owners::plan().to_parts();
    parts.invites = InviteTexts::default().into();
    let plan = Plan::from(parts);
    let mut screen = on_occurrence(plan);
    screen.perform(Action::Run(Command::ExportInvites));
    screen.expect_part("Invites need an organizer with an e-mail address");
    screen.absent("Choose a folder…");
    screen.press(Key::Enter);
    screen.wait(0.5);
    screen.type_text("Change office");
    screen.press(Key::Enter);
    assert_eq!(screen.session(|session| session.plan().invites().organizer.clone()), "Change office");
    screen.enter("Organizer's e-mail", "nobody");
    screen.expect_part("Enter one address");
    screen.enter("Organizer's e-mail", "change@bank.example");
    assert_eq!(screen.session(|session| session.plan().invites().email.clone()), "change@bank.example");
    screen.perform(Action::Run(Command::ExportInvites));
    screen.expect("Choose a folder…");
}

#[test]
fn the_texts_are_shown_as_a_letter_and_an_unknown_field_is_named() {
    let mut screen = on_occurrence(owners::plan());
    screen.perform(Action::Run(Command::InviteTexts));
    screen.expect("Maintenance window Core DB patching, Sat 20 Mar 2027");
    screen.enter("Subject", "{window} on {day}");
    screen.expect("Core DB patching on {day}");
    screen.expect_part("{day} is an unknown field and is left as typed");
    screen.click("Reset to the default texts");
    screen.expect("Maintenance window Core DB patching, Sat 20 Mar 2027");
}

#[test]
fn an_answer_to_earlier_times_is_shown_as_such() {
    let mut screen = on_occurrence(owners::plan());
    screen.invoke("Record this date as agreed");
    screen.perform(Action::Run(Command::WeekLater));
    screen.name_of("Agreed to Sat 20 Mar 2027 22:00, now Sat 27 Mar 2027 22:00");
}

#[test]
fn a_read_only_plan_writes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("plan.ron");
    let lock = windowsill::store::Lock::acquire(&path);
    windowsill::store::save(&path, &owners::plan(), None).unwrap();
    let mut screen = Screen::new(owners::plan(), YEAR);
    screen.perform(Action::Open(path));
    // The plan from before was never saved.
    screen.perform(Action::Answer(QuestionAnswer::Other));
    let title = |screen: &Screen| screen.session(|session| session.plan().title().to_owned());
    let before = title(&screen);
    screen.perform(Action::Edit(Edit::SetTitle("x".to_owned())));
    assert_eq!(title(&screen), before);
    screen.perform(Action::Export(Order::Invites(InvitesOrder::default()), home.path().join("out")));
    screen.expect_part("Nothing was written, because this plan is read-only");
    assert!(files(&home.path().join("out")).is_empty());
    drop(lock);
}

#[test]
fn a_team_that_is_informed_can_be_chosen_and_is_sent_another_text() {
    let soc = Team {
        email: "soc@bank.example".into(),
        informed_of: InformedOf::Everything,
        ..Team::new("soc".into(), "SOC")
    };
    let plan = owners::plan().apply(&Edit::PutTeam(soc)).unwrap();
    let mut screen = on_occurrence(plan);
    screen.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    screen.expect("30 invites: 10 dates, 2 owners, 1 informed");
    screen.click("To one person or team");
    screen.open_list("Person or team");
    screen.enter("Search Person or team", "soc");
    screen.expect("10 invites: 10 dates, 1 informed");
    screen.expect("Information of Core DB patching, Sat 20 Mar 2027 22:00 GMT, to SOC <soc@bank.example>");
    screen.click("Invite texts…");
    assert!(screen.says("You are informed of all maintenance windows."));
    screen.write("Text for those who need not answer", "For you: {window}");
    screen.press(Key::Tab);
    assert!(screen.says("For you: Core DB patching"));
}

#[test]
fn the_inspector_names_who_is_informed_and_who_was_not_sent_the_times() {
    let team = |id: &str, email: &str| Team {
        email: email.into(),
        informed_of: InformedOf::Everything,
        ..Team::new(id.into(), &id.to_uppercase())
    };
    let plan = owners::plan().apply(&Edit::PutTeam(team("noc", "noc@bank.example"))).unwrap();
    let (_, plan) = owners::exported(&plan, &owners::march());
    let plan = plan.apply(&Edit::PutTeam(team("soc", "soc@bank.example"))).unwrap();
    let mut screen = on_occurrence(plan);
    assert!(screen.says("Informed: NOC, SOC") && screen.says("Not sent these times yet: SOC"));
    screen.perform(Action::Run(Command::WeekLater));
    assert!(screen.says("Nobody was sent these times yet"));
}
