//! New records: ids that nobody else's new record has, and the id of the first name.

use std::sync::Arc;

use windowsill::export::lists::{List, ListOrder, Span};
use windowsill::model::{Edit, MaintenanceWindow, Plan, Subject, System, UtcMinute, WindowId};
use windowsill::output::Order;
use windowsill::session::state::clock::FixedClock;
use windowsill::session::{Action, Command, FileState, Selection, Session};

use crate::support::full::full_plan;

fn session() -> Session {
    let mut session = Session::new(full_plan(), FileState::none(), Box::new(FixedClock(UtcMinute(30_064_920))), None);
    session.mark_saved();
    session
}

/// Adds a window and returns its id.
fn add(session: &mut Session) -> WindowId {
    session.perform(Action::Run(Command::NewWindow));
    session.selection().window().unwrap().clone()
}

fn name(session: &mut Session, id: &WindowId, name: &str) {
    let window = session.plan().windows().get(id).unwrap();
    let window = MaintenanceWindow { name: name.to_owned(), ..MaintenanceWindow::clone(window) };
    session.perform(Action::Edit(Edit::PutWindow(window)));
}

fn names(plan: &Plan) -> Vec<(String, String)> {
    plan.windows().iter().map(|window| (window.id.to_string(), window.name.clone())).collect()
}

#[test]
fn two_planners_who_add_a_window_get_different_ids() {
    let (one, other) = (add(&mut session()), add(&mut session()));
    assert!(one.as_str().starts_with("new-window-") && other.as_str().starts_with("new-window-"), "{one} {other}");
    assert_ne!(one, other);
}

#[test]
fn the_first_naming_gives_the_id_of_the_name_in_one_step() {
    let mut session = session();
    let before = Arc::clone(session.plan());
    let added = add(&mut session);
    name(&mut session, &added, "Payroll");
    let payroll = WindowId::new("payroll");
    assert_eq!(session.selection().window(), Some(&payroll), "it stays selected");
    assert_eq!(session.plan().windows().len(), before.windows().len() + 1);
    assert_eq!(session.document.history().undo_label(), Some("Rename New window to Payroll"));
    // What identifies its form stays.
    let key = |session: &Session, id: &WindowId| {
        let subject = Subject::Window(id.clone());
        session.navigation.new_records.form_key(&subject).clone()
    };
    assert_eq!(key(&session, &payroll), Subject::Window(added.clone()));

    session.perform(Action::Run(Command::Undo));
    assert_eq!(session.selection().window(), Some(&added));
    session.perform(Action::Run(Command::Redo));
    assert_eq!(session.selection().window(), Some(&payroll));

    // Only the first name counts.
    name(&mut session, &payroll, "Payroll and tax");
    assert_eq!(session.plan().windows().get(&payroll).unwrap().name, "Payroll and tax");
}

#[test]
fn a_name_that_another_record_has_gives_another_id() {
    let mut session = session();
    let taken = session.plan().windows().as_slice()[0].clone();
    let added = add(&mut session);
    name(&mut session, &added, &taken.name);
    let id = session.selection().window().unwrap().clone();
    assert_ne!(id, taken.id);
    assert_eq!(session.plan().windows().get(&taken.id), Some(&taken));
    assert_eq!(session.plan().windows().get(&id).unwrap().name, taken.name);
}

#[test]
fn ids_that_others_may_know_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session();
    let added = add(&mut session);
    let order = Order::List(ListOrder::new(List::Occurrences(Span::default())));
    session.perform(Action::Export(order, folder.path().join("year.csv")));
    session.finish_jobs();
    name(&mut session, &added, "Payroll");
    assert!(names(session.plan()).contains(&(added.to_string(), "Payroll".to_owned())));
}

#[test]
fn a_record_that_others_name_by_its_id_keeps_it() {
    let mut session = session();
    let system = System { id: "new-system-bcdfgh".into(), name: "New system".to_owned(), ..System::default() };
    session.perform(Action::Edit(Edit::PutSystem(system.clone())));
    let group = session.plan().ladders().as_slice()[0].groups[0].id.clone();
    session.perform(Action::Edit(Edit::Assign { systems: vec![system.id.clone()], group }));
    session.perform(Action::Edit(Edit::PutSystem(System { name: "Mail".to_owned(), ..system.clone() })));
    assert_eq!(session.plan().systems().get(&system.id).unwrap().name, "Mail");
    assert_eq!(session.selection(), &Selection::Nothing);
}
