//! What a system says about the work on it: tested before on a counterpart, how it is patched, which services stop, the test
//! afterwards, and its products.

use std::sync::Arc;

use windowsill::compliance::{ComplianceOptions, ComplianceReport, StageState, processes};
use windowsill::export::checklist::{Item, items};
use windowsill::model::{
    ChecklistBlock, Edit, MaintenanceWindow, Minutes, PatchMethod, Plan, ProcessStage, Product, System, SystemClass,
    SystemId, UtcMinute, Work, WorkStrategy,
};
use windowsill::schedule::Schedule;
use windowsill::store;

use crate::common::dates::date;
use crate::common::harbour;
use crate::support::desk::{Desk, rows};
use crate::support::packs::{pack, tables};

/// The harbour with what is entered for its databases and its ledger.
fn harbour_with(change: impl Fn(&mut System)) -> Plan {
    let mut plan = harbour::plan();
    let test = System { id: "test-db".into(), name: "Test DB".into(), hosts: 1, ..System::default() };
    plan = plan.apply(&Edit::PutSystem(test)).unwrap();
    let mut core = System::clone(plan.systems().get(&"core-db".into()).unwrap());
    change(&mut core);
    plan.apply(&Edit::PutSystem(core)).unwrap()
}

fn entered(system: &mut System) {
    system.counterpart = Some("test-db".into());
    system.patch_method = PatchMethod::Manual;
    system.stop_services = vec!["app-server".into(), "listener".into()];
    system.test_script = "smoke-test.sh db".into();
}

/// The items beyond those that the plan without these fields has: block, text and time.
fn added(plan: Plan) -> Vec<(ChecklistBlock, String, Option<String>)> {
    let all = |plan: Plan| -> Vec<Item> {
        let schedule = Schedule::derive(&Arc::new(plan), None);
        let (window, occurrence) = schedule.occurrence(&"core-db".into(), date("2027-03-20")).unwrap();
        items(&schedule, window, occurrence).unwrap()
    };
    let usual = all(harbour::plan());
    let found = all(plan);
    assert!(found.is_sorted_by_key(|item| item.block));
    let clock = |at: UtcMinute| at.to_utc().format("%H:%M").to_string();
    let new = found.into_iter().filter(|item| !usual.iter().any(|each| each.text == item.text));
    new.map(|item| (item.block, item.text, item.at.map(clock))).collect()
}

fn at(block: ChecklistBlock, text: &str, time: Option<&str>) -> (ChecklistBlock, String, Option<String>) {
    (block, text.to_owned(), time.map(str::to_owned))
}

#[test]
fn the_checklist_of_a_night_says_what_is_tested_stopped_and_started_and_when() {
    use ChecklistBlock::{DayBefore, During};
    let expected = [
        at(DayBefore, "Core DB: patches tested on Test DB", None),
        at(During, "Core DB: app-server, listener stopped", Some("22:10")),
        at(During, "Core DB: listener, app-server started", Some("23:34")),
        at(During, "Core DB: tested with smoke-test.sh db", Some("23:34")),
    ];
    assert_eq!(added(harbour_with(entered)), expected);
    assert_eq!(added(harbour_with(|_| ())), [], "nothing is entered");
    let unknown = |system: &mut System| system.counterpart = Some("gone".into());
    assert_eq!(added(harbour_with(unknown)), [], "P001 reports it");
    let blank = |system: &mut System| (system.stop_services, system.test_script) = (vec![" ".into()], " ".into());
    assert_eq!(added(harbour_with(blank)), []);
}

#[test]
fn without_an_estimate_the_items_have_no_time_and_a_switch_stops_nothing() {
    use ChecklistBlock::{DayBefore, During};
    let with = |change: fn(&mut MaintenanceWindow)| {
        let plan = harbour_with(entered);
        let mut window = MaintenanceWindow::clone(plan.windows().get(&"core-db".into()).unwrap());
        change(&mut window);
        added(plan.apply(&Edit::PutWindow(window)).unwrap())
    };
    let unknown = with(|window| window.work = Work::default());
    assert_eq!(unknown.len(), 4);
    assert!(unknown.iter().all(|(.., time)| time.is_none()), "{unknown:?}");
    let switched = with(|window| window.strategy = WorkStrategy::Immutable);
    let own: Vec<_> = switched.into_iter().filter(|(_, text, _)| text.starts_with("Core DB")).collect();
    let texts = [(DayBefore, "Core DB: patches tested on Test DB"), (During, "Core DB: tested with smoke-test.sh db")];
    assert_eq!(own, texts.map(|(block, text)| at(block, text, None)), "images start with their services running");
}

#[test]
fn the_pack_says_how_systems_are_patched_if_it_is_known_of_one() {
    let titles = |plan: Plan| {
        let sheet = pack(plan, "2027-03-20");
        let table = tables(&sheet)[0].clone();
        let columns: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
        (columns, table.rows.iter().map(|row| row.join("|")).collect::<Vec<_>>())
    };
    let (columns, _) = titles(harbour::plan());
    assert!(!columns.contains(&"Patch method".to_owned()), "{columns:?}");
    let (columns, rows) = titles(harbour_with(entered));
    assert_eq!(columns[..3], ["System", "Hosts", "Patch method"]);
    assert!(rows[0].starts_with("Core DB|10|manually|1|22:10|22:38"), "{rows:?}");
    assert!(rows[3].starts_with("Ledger|10||4|"), "{rows:?}");
    let (_, rows) = titles(harbour_with(|system| system.patch_method = PatchMethod::Tool("Ansible".into())));
    assert!(rows[0].starts_with("Core DB|10|Ansible|1|"), "{rows:?}");
}

#[test]
fn services_that_stop_are_service_changes_for_those_who_watch() {
    let desk = Desk::new();
    let kinds = |change: fn(&mut System)| {
        let mut plan = harbour_with(change);
        for system in harbour::plan().systems() {
            let mut quiet = System::clone(plan.systems().get(&system.id).unwrap());
            quiet.estimate.drain = Minutes(0).into();
            plan = plan.apply(&Edit::PutSystem(quiet)).unwrap();
        }
        desk.write("p.ron", &store::to_text(&plan).unwrap());
        let row = &rows(&desk.run("activity p.ron --on 2027-03-20 --format json").fine())[0];
        row["kinds"].as_array().unwrap().iter().any(|kind| kind == "service changes")
    };
    assert!(!kinds(|_| ()));
    assert!(kinds(entered));
}

const PLAN: &str = r#"(
    format: 2, id: "p", title: "Plan", horizon: (from: "2027-01-01", months: 12), zone: "UTC",
    systems: [(id: "db", name: "DB", hosts: 4, test_script: "old.sh", other_products: [(product: "Old")])],
)"#;

#[test]
fn a_table_brings_how_systems_are_patched_and_their_counterparts_in_any_order() {
    let desk = Desk::new();
    desk.write("p.ron", PLAN);
    desk.write(
        "list.csv",
        "System;Hosts;Class;Other products;Test counterpart;Patch tool;Services to stop;Test script\n\
         DB;4;;\"Oracle: Java SE, Tomcat\";test db;Manually;\"app, listener\";new.sh\n\
         Test DB;1;Firmware;;;WSUS;;\n\
         Mail;2;SaaS;;mail;;;\nFax;1;Cloud;;Telex;;;\n",
    );
    let ran = desk.run("import systems list.csv --into p.ron");
    let said = format!("{}{}", ran.out, ran.err);
    assert!(said.contains("mail cannot be its own counterpart: ignored"), "{said}");
    assert!(said.contains("unknown counterpart \"Telex\": ignored"), "{said}");
    let plan = store::parse(&desk.read("p.ron")).unwrap().plan;
    let system = |id: &str| System::clone(plan.systems().get(&id.into()).unwrap());
    let db = system("db");
    let product = |vendor: &str, product: &str| Product { vendor: vendor.into(), product: product.into() };
    assert_eq!(db.other_products, [product("Oracle", "Java SE"), product("", "Tomcat")]);
    assert_eq!((db.counterpart, db.patch_method), (Some("test-db".into()), PatchMethod::Manual));
    assert_eq!((db.stop_services.join("+"), &*db.test_script), ("app+listener".to_owned(), "new.sh"));
    let test = system("test-db");
    assert_eq!((test.class, test.patch_method), (SystemClass::Firmware, PatchMethod::Tool("WSUS".into())));
    for id in ["mail", "fax"] {
        assert_eq!((system(id).class, system(id).counterpart), (SystemClass::Cloud, None), "{id}");
    }
    desk.write("names.csv", "System;Hosts\nDB;5\n");
    desk.run("import systems names.csv --into p.ron").fine();
    let plan = store::parse(&desk.read("p.ron")).unwrap().plan;
    let kept = plan.systems().get(&"db".into()).unwrap();
    assert_eq!((kept.hosts, kept.counterpart.is_some(), kept.other_products.len()), (5, true, 2), "the rest stays");
}

#[test]
fn an_affected_counterpart_counts_as_a_test_wherever_it_is() {
    let plan = |counterpart: &str| {
        let text = format!(
            r#"(
    format: 2, id: "p", title: "Plan", horizon: (from: "2027-01-01", months: 12), zone: "UTC",
    systems: [(id: "a", name: "Alpha", hosts: 4, {counterpart}), (id: "t", name: "Tango", hosts: 1)],
    advisories: [(id: "x", title: "X", published_on: "2027-03-09", cvss_tenths: 75, systems: ["a", "t"])],
)"#
        );
        Schedule::derive(&Arc::new(store::parse(&text).unwrap().plan), None)
    };
    let test = |counterpart: &str| {
        let schedule = plan(counterpart);
        let at = UtcMinute::from_utc("2027-03-15T00:00:00Z".parse().unwrap());
        let report = ComplianceReport::new(&schedule, &ComplianceOptions { at, from: None, count_hosts: false });
        let process = &processes(&schedule, &report)[0];
        let stage = process.stages.iter().find(|each| each.stage == ProcessStage::Test).unwrap();
        (stage.state, stage.missing.clone())
    };
    assert_eq!(test(""), (StageState::NotNeeded, String::new()), "no group is for tests");
    assert_eq!(test("counterpart: \"t\","), (StageState::Open, "the installation on Tango".to_owned()));
}

#[test]
fn removing_a_counterpart_removes_the_references_to_it() {
    let plan = harbour_with(entered).apply(&Edit::RemoveSystem("test-db".into())).unwrap();
    let core = plan.systems().get(&SystemId::new("core-db")).unwrap();
    assert_eq!((&core.counterpart, core.stop_services.len()), (&None, 2));
}
