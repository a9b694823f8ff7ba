//! The forms of the lists.

use egui::{Key, Modifiers};
use windowsill::model::{
    Assignee, BulletinDuty, CarrierNotice, ChangeFreeze, Edit, Horizon, ImportSource, MaintenanceWindow, PatchMethod,
    Person, Plan, ScanInterval, ScanOutcome, ScanRoutine, Stage, Subject, System, UtcMinute,
};
use windowsill::session::{Action, CalendarView, Command, Destination, Session, View};
use windowsill::sheet::RecordKind;

use crate::common::harbour;
use crate::driver::Screen;

fn form(subject: Subject) -> Screen {
    let mut screen = Screen::new(harbour::plan(), View::Lists);
    screen.perform(Action::Reveal(Destination::List(subject)));
    screen
}

fn undo(screen: &mut Screen) {
    screen.perform(Action::Run(Command::Undo));
}

#[test]
fn a_window_has_its_whole_form() {
    let mut screen = form(Subject::Window("core-db".into()));
    screen.enter("Change ticket", "CHG-7");
    let ticket = |screen: &Screen| {
        screen.session(|session| session.plan().windows().get(&"core-db".into()).unwrap().change_ticket.clone())
    };
    assert_eq!(ticket(&screen), "CHG-7");
    screen.field_rect("Rule in words");
    undo(&mut screen);
    assert_eq!(ticket(&screen), "CHG-20417");
}

#[test]
fn a_ladder_has_the_settings_of_its_groups() {
    let mut screen = form(Subject::Ladder("servers".into()));
    let groups = |screen: &Screen| {
        screen.session(|session| {
            let ladder = session.plan().ladders().get(&"servers".into()).unwrap();
            ladder.groups.iter().map(|group| (group.name.clone(), group.stage, group.cadence_days)).collect::<Vec<_>>()
        })
    };
    screen.enter("Days between windows: Production", "45");
    assert_eq!(groups(&screen), [("Production".to_owned(), Stage::Production, Some(45))]);
    screen.invoke("Add group");
    assert_eq!(groups(&screen).len(), 2);
    screen.invoke("Earlier: Test");
    assert_eq!(groups(&screen)[0].0, "Test");
    screen.invoke("Remove group: Test");
    assert_eq!(groups(&screen).len(), 1);
    for _ in 0..4 {
        undo(&mut screen);
    }
    assert_eq!(groups(&screen), [("Production".to_owned(), Stage::Production, None)]);
}

#[test]
fn a_copy_is_numbered_and_its_name_is_selected_at_the_top_of_the_form() {
    let mut screen = form(Subject::System("core-db".into()));
    let top = screen.rect("Name").top();
    screen.scroll_at("Name", -400.0);
    assert!(screen.rect("Name").top() < top);
    screen.invoke("Duplicate");
    assert_eq!(screen.value_of("Name"), "Core DB 2");
    assert!((screen.rect("Name").top() - top).abs() < 1.0);
    screen.type_text("Ledger DB");
    screen.press(Key::Enter);
    assert!(screen.session(|session| session.plan().systems().iter().any(|system| system.name == "Ledger DB")));
}

#[test]
fn a_copy_is_not_what_later_imports_are_about() {
    let source = ImportSource { source: "table".into(), ..ImportSource::default() };
    let mut parts = harbour::plan().to_parts();
    let mut notice = CarrierNotice::new("work".into(), "Work on IC-1", UtcMinute(30_064_920));
    (notice.provider, notice.number, notice.sequence) = ("arelion.com".into(), "PWIC1".into(), 3);
    parts.notices = [notice].into_iter().collect();
    let plan = Plan::from(parts);
    let mut system = System::clone(plan.systems().get(&"web".into()).unwrap());
    (system.host_names, system.inventories) = (vec!["web1".into()], vec!["ansible-list: inventory".into()]);
    let mut window = MaintenanceWindow::clone(plan.windows().get(&"core-db".into()).unwrap());
    (window.sequence, window.imported) = (4, Some(Box::new(source.clone())));
    let mut freeze = ChangeFreeze::clone(plan.freezes().get(&"year-end".into()).unwrap());
    freeze.imported = Some(source);
    let mut screen = Screen::new(plan, View::Lists);
    for edit in [Edit::PutSystem(system), Edit::PutWindow(window), Edit::PutFreeze(freeze)] {
        screen.perform(Action::Edit(edit));
    }
    let mut duplicate = |subject: Subject| {
        screen.perform(Action::Reveal(Destination::List(subject)));
        screen.invoke("Duplicate");
        screen.session(|session| session.plan().clone())
    };
    let plan = duplicate(Subject::Notice("work".into()));
    let copy = plan.notices().iter().find(|notice| notice.name == "Work on IC-1 2").unwrap();
    assert_eq!((copy.provider.as_str(), copy.number.as_str(), copy.sequence), ("arelion.com", "", 0));
    let plan = duplicate(Subject::System("web".into()));
    let copy = plan.systems().iter().find(|system| system.name == "Web + API 2").unwrap();
    assert_eq!((copy.hosts, copy.host_names.len(), copy.inventories.len()), (4, 0, 0));
    let plan = duplicate(Subject::Window("core-db".into()));
    let copy = plan.windows().iter().find(|window| window.name == "Core DB patching 2").unwrap();
    assert_eq!((copy.sequence, &copy.imported, copy.groups.len()), (0, &None, 1));
    let plan = duplicate(Subject::Freeze("year-end".into()));
    let copy = plan.freezes().iter().find(|freeze| freeze.name == "Year end 2").unwrap();
    assert_eq!((&copy.imported, copy.first_on.to_string().as_str()), (&None, "2027-12-13"));
    assert_eq!(plan.notices().get(&"work".into()).unwrap().number, "PWIC1", "the original keeps its own");
}

#[test]
fn insert_adds_a_record_to_the_list_also_while_a_text_is_typed() {
    let mut screen = Screen::new(Plan::new("mine".into(), "Mine", Horizon::year(2027), "UTC"), View::Lists);
    screen.click_button("Systems");
    for name in ["Core DB", "Mail gateway"] {
        screen.press(Key::Insert);
        screen.type_text(name);
        screen.press(Key::Enter);
    }
    let systems = |screen: &Screen| {
        screen.session(|session| session.plan().systems().iter().map(|it| it.name.clone()).collect::<Vec<_>>())
    };
    assert_eq!(systems(&screen), ["Core DB", "Mail gateway"]);
    screen.write("Filter", "Mail");
    screen.press(Key::Insert);
    assert_eq!(systems(&screen).len(), 3);
    assert_eq!(screen.value_of_field("Filter"), "", "the new record is not hidden");
    undo(&mut screen);
    // On the button of a list, it adds to the list that is shown.
    screen.focus_role(egui::Role::Button, "Systems");
    screen.press(Key::ArrowDown);
    screen.press(Key::Insert);
    assert_eq!((systems(&screen).len(), screen.session(|session| session.plan().areas().len())), (2, 1));
    undo(&mut screen);
    assert_eq!(screen.session(|session| session.plan().areas().len()), 0);
}

#[test]
fn a_release_calendar_takes_over_the_rules_of_a_vendor() {
    let mut screen = form(Subject::Release("microsoft".into()));
    screen.press(Key::Insert);
    screen.invoke("Rules of a vendor");
    screen.invoke("Juniper: Juniper bulletins");
    let juniper = |screen: &Screen| {
        screen.session(|session| session.plan().releases().iter().find(|each| each.vendor == "Juniper").cloned())
    };
    let taken = juniper(&screen).expect("the calendar has its rules");
    assert_eq!((taken.name.as_str(), taken.cadences[0].months.as_slice()), ("Juniper bulletins", &[1, 4, 7, 10][..]));
    undo(&mut screen);
    assert_eq!(juniper(&screen), None);
}

#[test]
fn no_form_moves_the_buttons_of_a_list() {
    let listed =
        [(View::Lists, Subject::System("core-db".into())), (View::Advisories, Subject::Advisory("cve-2027-1".into()))];
    for (view, subject) in listed {
        let mut parts = harbour::plan().to_parts();
        parts.advisories =
            [harbour::advisory("cve-2027-1", "Bypass", "2027-02-28", 75, &["core-db"])].into_iter().collect();
        let mut screen = Screen::new(parts.into(), view);
        screen.wait(0.5);
        let before = screen.button_rect("New");
        screen.perform(Action::Reveal(Destination::List(subject)));
        screen.wait(0.5);
        assert_eq!(screen.button_rect("New"), before, "{view:?}");
    }
}

#[test]
fn the_palette_adds_a_record_of_each_kind_and_its_name_can_be_typed() {
    for (kind, count) in [
        ("New system", (|plan: &Plan| plan.systems().len()) as fn(&Plan) -> usize),
        ("New business area", |plan| plan.areas().len()),
        ("New ladder", |plan| plan.ladders().len()),
        ("New release calendar", |plan| plan.releases().len()),
        ("New holiday calendar", |plan| plan.holidays().len()),
        ("New carrier notice", |plan| plan.notices().len()),
        ("New person", |plan| plan.people().len()),
        ("New team", |plan| plan.teams().len()),
        ("New scan routine", |plan| plan.scan_routines().len()),
        ("New bulletin duty", |plan| plan.bulletin_duties().len()),
    ] {
        let mut screen = Screen::new(harbour::plan(), View::Calendar(CalendarView::Rows));
        let number = |screen: &Screen| screen.session(|session| count(session.plan()));
        let before = number(&screen);
        screen.press_with(Modifiers::COMMAND, Key::K);
        screen.type_text(kind);
        screen.press(Key::Enter);
        screen.wait(0.5);
        assert_eq!((screen.session(Session::view), number(&screen)), (View::Lists, before + 1), "{kind}");
        screen.type_text("Quartz");
        screen.press(Key::Enter);
        assert!(screen.says("Quartz"), "{kind}");
        screen.press_with(Modifiers::COMMAND, Key::Z);
        screen.press_with(Modifiers::COMMAND, Key::Z);
        assert_eq!(number(&screen), before, "{kind}");
    }
}

#[test]
fn the_palette_shows_each_list_that_has_records() {
    let mut shown = 0;
    // The view People has the same name as its list, and comes first.
    for kind in RecordKind::ALL.into_iter().filter(|kind| *kind != RecordKind::People) {
        let mut screen = Screen::new(Session::sample_plan(), View::Calendar(CalendarView::Rows));
        let Some(first) = screen.session(|session| kind.first(session.plan())) else { continue };
        screen.press_with(Modifiers::COMMAND, Key::K);
        screen.type_text(kind.name());
        assert!(!screen.draws_twice_too_often_after(Key::Enter), "{kind:?}");
        assert_eq!(screen.session(|session| session.navigation.listed.clone()), Some(first), "{kind:?}");
        assert_eq!(screen.session(Session::view), View::Lists, "{kind:?}");
        shown += 1;
    }
    assert_eq!(shown, RecordKind::ALL.len() - 2, "the sample has no carrier notices");
}

#[test]
fn the_date_of_a_new_holiday_is_typed_at_once() {
    let mut screen = Screen::new(harbour::plan(), View::Lists);
    screen.click_button("Holidays");
    screen.click("Add the first one");
    screen.wait(0.5);
    screen.type_text("Germany");
    screen.press(Key::Enter);
    // Later ones come before earlier ones, so rows change places while they are typed.
    for (on, name) in [("2027-12-26", "Second Christmas Day"), ("2027-05-01", "May Day"), ("2027-10-03", "Unity Day")] {
        screen.click("Add day");
        screen.type_text(on);
        screen.press(Key::Tab);
        screen.type_text(name);
        screen.press(Key::Enter);
    }
    let days: Vec<String> = screen.session(|session| {
        let calendar = session.plan().holidays().iter().next().unwrap();
        calendar.days.iter().map(|day| format!("{} {}", day.on, day.name)).collect()
    });
    assert_eq!(days, ["2027-05-01 May Day", "2027-10-03 Unity Day", "2027-12-26 Second Christmas Day"]);
}

#[test]
fn the_form_of_a_system_says_how_it_is_patched_and_what_runs_on_it() {
    let mut screen = form(Subject::System("core-db".into()));
    screen.enter("Other products", "Apache: Tomcat, Java SE");
    screen.choose_in("Counterpart", "Ledger");
    screen.enter("Patch method", "manual");
    screen.enter("Services to stop", "app-server, listener");
    screen.enter("Test", "smoke-test.sh");
    let system = |screen: &Screen| {
        screen.session(|session| System::clone(session.plan().systems().get(&"core-db".into()).unwrap()))
    };
    let core = system(&screen);
    let products: Vec<_> = core.products().filter(|(_, product)| *product != core.product).collect();
    assert_eq!(products, [("Apache", "Tomcat"), ("", "Java SE")]);
    assert_eq!((core.counterpart, core.patch_method), (Some("ledger".into()), PatchMethod::Manual));
    assert_eq!((core.stop_services.join("+"), &*core.test_script), ("app-server+listener".to_owned(), "smoke-test.sh"));
    for _ in 0..5 {
        undo(&mut screen);
    }
    let core = system(&screen);
    assert_eq!((core.other_products.len(), core.counterpart, core.patch_method), (0, None, PatchMethod::Unknown));
}

#[test]
fn a_scan_routine_and_a_bulletin_duty_have_forms() {
    let mut parts = harbour::plan().to_parts();
    parts.people = [Person::new("ann".into(), "Ann Bell")].into_iter().collect();
    let mut screen = Screen::new(parts.into(), View::Lists);
    let name = |screen: &mut Screen, list: &str, name: &str| {
        screen.click_button(list);
        screen.click("Add the first one");
        screen.wait(0.5);
        screen.type_text(name);
        screen.press(Key::Enter);
    };
    name(&mut screen, "Scan routines", "Cloud accounts");
    let routine = |screen: &Screen| {
        screen.session(|session| ScanRoutine::clone(session.plan().scan_routines().iter().next().unwrap()))
    };
    assert_eq!((routine(&screen).id.as_str(), routine(&screen).every), ("cloud-accounts", ScanInterval::Days(7)));
    screen.choose_in("Kind", "Cloud configuration");
    assert_eq!(routine(&screen).every, ScanInterval::Days(1), "the usual interval of its kind");
    screen.choose_in("Runs", "With each build");
    assert_eq!(routine(&screen).every, ScanInterval::EachBuild);
    screen.choose_in("Responsible", "Ann Bell");
    assert_eq!(routine(&screen).who, Some(Assignee::Person("ann".into())));
    screen.click("Record a clean run today");
    screen.choose_in("Result of the run", "Findings are open");
    screen.enter("Open findings", "12");
    let today = screen.session(Session::today);
    let last = routine(&screen).last.unwrap();
    assert_eq!((last.on, last.outcome), (today, ScanOutcome::Open(12)));
    screen.click("Remove the run");
    undo(&mut screen);
    assert_eq!(routine(&screen).last, Some(last));
    name(&mut screen, "Bulletin duties", "Databases");
    let duty = |screen: &Screen| {
        screen.session(|session| BulletinDuty::clone(session.plan().bulletin_duties().iter().next().unwrap()))
    };
    screen.enter("Vendors", "Oracle, SAP");
    assert_eq!(duty(&screen).vendors, ["Oracle", "SAP"]);
    screen.expect("Today: nobody");
    screen.choose_in("Owner", "Ann Bell");
    screen.expect("Today: Ann Bell");
    assert_eq!((duty(&screen).owner, duty(&screen).stand_in), (Some(Assignee::Person("ann".into())), None));
}
