//! Scan routines and bulletin duties: recorded and listed on the command line, merged, and cleared of who is removed.

use windowsill::merge::{conflict_in_words, merge_plans};
use windowsill::model::*;

use crate::support::desk::{Desk, rows};
use crate::support::full::{date, full_plan};

const PLAN: &str = r#"(
    format: 2, id: "p", title: "Plan", horizon: (from: "2027-01-01", months: 12), zone: "Europe/Berlin",
    policy: (recording_from: "2027-03-01"),
    systems: [(id: "a", name: "Alpha", hosts: 4, vendor: "Oracle"), (id: "b", name: "Beta", hosts: 2, vendor: "SAP")],
    people: [
        (id: "ann", name: "Ann", away: [(first_on: "2027-03-20", last_on: "2027-03-24")]),
        (id: "bo", name: "Bo"),
    ],
    teams: [(id: "security", name: "Security", people: ["ann", "bo"])],
    scan_routines: [
        (id: "weekly", name: "Weekly scan", kind: Authenticated, every: Days(7), tool: "Nessus", who: Team("security"),
            scope: Systems(["a", "b"])),
        (id: "images", name: "Images", kind: Container, every: EachBuild, who: Person("bo")),
    ],
    bulletin_duties: [(id: "oracle", name: "Oracle alerts", vendors: ["oracle"], owner: Person("ann"))],
)"#;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("p.ron", PLAN);
    desk
}

#[test]
fn runs_of_routines_are_recorded_and_late_ones_are_listed() {
    let desk = desk();
    let now = "--now 2027-03-15T09:00:00Z";
    let list = desk.run(&format!("scans p.ron --format json {now}")).fine();
    let late = |list: &str| rows(list).iter().map(|row| row["late_days"].as_u64()).collect::<Vec<_>>();
    assert_eq!(late(&list), [None, Some(7)], "recording began on 1 March, so it was due on 8 March");
    let out = desk.run(&format!("record routine p.ron weekly --open 3 --by Nessus {now}")).fine();
    assert!(out.starts_with("Recorded Weekly scan: 3 open, 15 Mar: ") && out.contains("1 warning fewer"), "{out}");
    let plan = desk.plan("p.ron");
    let run = plan.scan_routines().get(&"weekly".into()).unwrap().last.clone().unwrap();
    assert_eq!((run.on, run.outcome, &*run.by), (date(2027, 3, 15), ScanOutcome::Open(3), "Nessus"), "today in Berlin");
    assert_eq!(late(&desk.run(&format!("scans p.ron --format json {now}")).fine()), [None, None]);
    let text = desk.run(&format!("scans p.ron {now}")).fine();
    assert!(text.contains("Weekly scan") && text.contains("every week") && text.contains("Mon 22 Mar 2027"), "{text}");
    desk.run(&format!("record routine p.ron Images --failed --on 2027-03-14 {now}")).fine();
    let found = desk.run(&format!("check p.ron --select S005 {now}")).fine();
    assert!(found.contains("Images: the run of Sun 14 Mar 2027 failed"), "{found}");
    desk.run(&format!("record routine p.ron images --remove {now}")).fine();
    assert_eq!(desk.plan("p.ron").scan_routines().get(&"images".into()).unwrap().last, None);
}

#[test]
fn what_cannot_be_the_last_run_is_refused() {
    let desk = desk();
    desk.run("record routine p.ron weekly --on 2027-03-10 --now 2027-03-15T09:00:00Z").fine();
    let before = desk.read("p.ron");
    for (words, part) in [
        ("weekly --on 2027-03-09", "has a later run, of 2027-03-10"),
        ("weekly --on 2027-03-16", "2027-03-16 is still to come: use a day up to 2027-03-15"),
        ("daily", "unknown scan routine \"daily\". Known scan routines: images, weekly"),
        ("weekly --open 1 --failed", "cannot be used with"),
        ("weekly --remove --open 1", "cannot be used with"),
    ] {
        desk.run(&format!("record routine p.ron {words} --now 2027-03-15T09:00:00Z")).fails_saying(part);
    }
    assert_eq!(desk.read("p.ron"), before);
}

#[test]
fn duties_are_listed_with_days_without_a_reader_and_vendors_without_a_duty() {
    let desk = desk();
    let list = desk.run("bulletins p.ron --format json --now 2027-03-21T09:00:00Z").fine();
    let rows = rows(&list);
    let texts = |key: &str| rows.iter().map(|row| row[key].as_str().map(str::to_owned)).collect::<Vec<_>>();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(texts("duty"), [some("oracle"), None]);
    assert_eq!(texts("owner"), [some("person/ann"), None]);
    assert_eq!(texts("reader"), [None, None], "Ann is away");
    assert_eq!(texts("unread_from"), [some("2027-03-21"), None]);
    assert_eq!(texts("unread_to"), [some("2027-03-24"), None]);
    assert_eq!(rows[1]["vendors"], serde_json::json!(["SAP"]));
    let text = desk.run("bulletins p.ron --now 2027-03-21T09:00:00Z").fine();
    assert!(text.contains("SAP") && text.contains("always"), "{text}");
    let csv = desk.run("bulletins p.ron --format csv --now 2027-04-01T09:00:00Z").fine();
    assert!(csv.contains("\noracle,Oracle alerts,oracle,1,,person/ann,Ann,,,person/ann,,,"), "{csv}");
}

#[test]
fn who_and_what_is_removed_is_in_no_routine_and_no_duty() {
    let full = full_plan();
    let named = |plan: &Plan, who: &Assignee| {
        let routines = plan.scan_routines().iter().filter(|routine| routine.who.as_ref() == Some(who)).count();
        let is_in = |duty: &BulletinDuty| duty.owner.as_ref() == Some(who) || duty.stand_in.as_ref() == Some(who);
        routines + plan.bulletin_duties().iter().filter(|duty| is_in(duty)).count()
    };
    let (ann, testers) = (Assignee::Person("ann".into()), Assignee::Team("testers".into()));
    for (who, edit) in [(&ann, Edit::RemovePerson("ann".into())), (&testers, Edit::RemoveTeam("testers".into()))] {
        assert_eq!(named(&full, who), 2);
        let plan = full.apply(&edit).unwrap();
        assert_eq!(named(&plan, who), 0);
        assert_eq!(named(&plan, &ann) + named(&plan, &testers), 2, "others stay");
    }
    let plan = full.apply(&Edit::RemoveSystem("db-1".into())).unwrap();
    let scope = &plan.scan_routines().get(&"scan-7".into()).unwrap().scope;
    assert_eq!(*scope, SystemScope::Systems(Vec::new()));
}

#[test]
fn two_people_change_different_fields_and_the_last_run_of_one_routine() {
    let base = full_plan();
    let change = |change: fn(&mut ScanRoutine)| {
        let mut routine = ScanRoutine::clone(base.scan_routines().get(&"scan-5".into()).unwrap());
        change(&mut routine);
        base.apply(&Edit::PutScanRoutine(routine)).unwrap()
    };
    let ours = change(|routine| routine.tool = "OpenVAS".into());
    let theirs = change(|routine| routine.every = ScanInterval::Days(1));
    let merged = merge_plans(Some(&base), &ours, &theirs).unwrap().plan;
    let routine = merged.scan_routines().get(&"scan-5".into()).unwrap();
    assert_eq!((&*routine.tool, routine.every), ("OpenVAS", ScanInterval::Days(1)));
    let run = |day: u32, outcome| ScanRun { on: date(2027, 3, day), outcome, by: "Ann".into(), notes: String::new() };
    let with = |run: ScanRun| {
        let routine = ScanRoutine::clone(base.scan_routines().get(&"scan-5".into()).unwrap());
        base.apply(&Edit::PutScanRoutine(ScanRoutine { last: Some(run), ..routine })).unwrap()
    };
    let (ours, theirs) = (with(run(15, ScanOutcome::Clean)), with(run(16, ScanOutcome::Open(2))));
    let merged = merge_plans(Some(&base), &ours, &theirs).unwrap().plan;
    let key = ConflictKey { record: RecordKey::ScanRoutine("scan-5".into()), field: "last".into() };
    let words = conflict_in_words(&merged, merged.conflicts().get(&key).unwrap());
    let expected = "ours is clean on Mon 15 Mar 2027 (Ann)";
    assert!(words.starts_with("Scan routine Scan (scan-5), last: ") && words.contains(expected), "{words}");
}
