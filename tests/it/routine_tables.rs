//! Tables of scan routines and bulletin duties, and what tables say of people and teams beyond their names.

use windowsill::import::Topic;
use windowsill::model::*;

use crate::support::desk::Desk;
use crate::support::full::date;
use crate::support::importing::import_topic;
use crate::support::table_plans::{take, warnings};

const SAMPLE: &str = include_str!("../../assets/sample.ron");
const NOW: &str = "--now 2027-04-01T09:00:00Z";

/// A plan with Ann and the team Unix, and an area with a system.
fn plan() -> Plan {
    let plan = Plan::new("p".into(), "P", Horizon::year(2027), "Europe/Berlin");
    let area = BusinessArea { id: "pay".into(), name: "Payments".into(), ..BusinessArea::default() };
    let system = System { id: "db".into(), name: "Core DB".into(), hosts: 1, ..System::default() };
    let edits = [
        Edit::PutPerson(Person::new("ann".into(), "Ann Bell")),
        Edit::PutTeam(Team::new("unix".into(), "Unix")),
        Edit::PutArea(area),
        Edit::PutSystem(system),
    ];
    edits.into_iter().fold(plan, |plan, edit| plan.apply(&edit).unwrap())
}

fn routine<'a>(plan: &'a Plan, id: &str) -> &'a ScanRoutine {
    plan.scan_routines().get(&id.into()).unwrap()
}

#[test]
fn the_lists_of_the_program_are_read_again_and_change_nothing() {
    let desk = Desk::new();
    desk.write("sample.ron", SAMPLE);
    for list in ["scans", "bulletins"] {
        for form in ["csv", "xlsx"] {
            desk.run(&format!("{list} sample.ron -o {list}.{form} {NOW}")).fine();
            let told = desk.run(&format!("import {list} {list}.{form} --into sample.ron {NOW}")).fine();
            assert_eq!(desk.read("sample.ron"), SAMPLE, "{told}");
        }
    }
    // Into a plan without them, they come back; who recorded a run and notes are not in the list.
    let original = desk.plan("sample.ron");
    let empty = Plan::from(PlanParts {
        scan_routines: Table::default(),
        bulletin_duties: Table::default(),
        ..original.to_parts()
    });
    desk.write("empty.ron", &windowsill::store::to_text(&empty).unwrap());
    for list in ["scans", "bulletins"] {
        desk.run(&format!("import {list} {list}.csv --into empty.ron {NOW}")).fine();
    }
    let read = desk.plan("empty.ron");
    let bare = |routine: &ScanRoutine| ScanRoutine {
        notes: String::new(),
        last: routine.last.clone().map(|run| ScanRun { by: String::new(), notes: String::new(), ..run }),
        ..routine.clone()
    };
    let routines = |plan: &Plan| plan.scan_routines().iter().map(|each| bare(each)).collect::<Vec<_>>();
    assert_eq!(routines(&read), routines(&original));
    let duties = |plan: &Plan| -> Vec<BulletinDuty> {
        let bare = |duty: &BulletinDuty| BulletinDuty { notes: String::new(), ..duty.clone() };
        plan.bulletin_duties().iter().map(|each| bare(each)).collect()
    };
    assert_eq!(duties(&read), duties(&original));
    // Each is recognised, and named if another was expected.
    let told = desk.run(&format!("import people scans.csv --into sample.ron {NOW}")).err;
    assert!(told.contains("list of scan routines"), "{told}");
    let told = desk.run(&format!("import areas bulletins.csv --into sample.ron {NOW}")).err;
    assert!(told.contains("list of bulletin duties"), "{told}");
}

#[test]
fn scan_routines_are_read_from_a_table_that_somebody_keeps() {
    let text = "Scan,Type,Frequency,Scanner,Responsible,Scope,Last run,Result,Notes\n\
                Inside,authenticated,every 2 weeks,Nessus,unix,Areas: Payments,2027-03-13,3 open,With root\n\
                Images,Container images,with each build,Trivy,Ann Bell,Systems: Core DB,,,\n\
                Cloud,cloud,,Prowler,,,2027-03-14,clean,\n";
    let (plan, told) = take(Topic::Scans, text, &plan());
    let inside = routine(&plan, "inside");
    assert_eq!((inside.kind, inside.every, &*inside.tool), (ScanKind::Authenticated, ScanInterval::Days(14), "Nessus"));
    assert_eq!(inside.who, Some(Assignee::Team("unix".into())));
    assert_eq!(inside.scope, SystemScope::Areas(vec!["pay".into()]));
    let run = inside.last.clone().unwrap();
    assert_eq!((run.on, run.outcome, &*inside.notes), (date(2027, 3, 13), ScanOutcome::Open(3), "With root"));
    let images = routine(&plan, "images");
    assert_eq!((images.every, images.who.clone()), (ScanInterval::EachBuild, Some(Assignee::Person("ann".into()))));
    assert_eq!(images.scope, SystemScope::Systems(vec!["db".into()]));
    assert_eq!(routine(&plan, "cloud").every, ScanInterval::Days(1), "as usual for its kind: {told}");
    let again = import_topic(Topic::Scans, "list.csv", text, &plan).unwrap();
    assert!(again.edit().is_none(), "{}", warnings(&again));
}

#[test]
fn a_cell_that_cannot_be_read_is_named_and_changes_nothing() {
    let first = "Name,Kind,Runs,Tool,Who,Covers,Last run,Result\n\
                 Inside,Network,every week,Nessus,Unix,Everything,2027-03-13,failed\n";
    let (plan, _) = take(Topic::Scans, first, &plan());
    let head = "Name,Kind,Runs,Tool,Who,Covers,Last run,Result\n";
    for (cells, message) in [
        ("Sonar,,,,,,", "Unknown choice \"Sonar\": use Network, Authenticated, Container images"),
        (",now and then,,,,,", "Invalid interval \"now and then\": use e.g. every week"),
        (",,,Nobody,,,", "Unknown person \"Nobody\""),
        (",,,,Areas: Fax,,", "Unknown business area \"Fax\""),
        (",,,,,soon,clean", "\"soon\""),
        (",,,,,2027-03-20,", "No result of the run on Sat 20 Mar 2027: ignored"),
        (",,,,,2027-03-20,many", "Invalid result \"many\": use clean, failed"),
        (
            ",,,,,2027-03-06,clean",
            "The run on Sat 6 Mar 2027 is older than that of Sat 13 Mar 2027 in the plan: ignored",
        ),
    ] {
        let imported = import_topic(Topic::Scans, "list.csv", &format!("{head}Inside,{cells}\n"), &plan).unwrap();
        let told = warnings(&imported);
        assert!(told.contains(message) && imported.edit().is_none(), "{cells}: {told}");
    }
    let (later, _) = take(Topic::Scans, &format!("{head}Inside,,,,,,2027-03-20,clean\n"), &plan);
    assert_eq!(routine(&later, "inside").last.as_ref().unwrap().outcome, ScanOutcome::Clean);
    let twice = import_topic(Topic::Scans, "list.csv", &format!("{head}A,,,,,,,\nA,,,,,,,\n"), &plan).unwrap();
    assert!(warnings(&twice).contains("line 2 already has its name"), "{}", warnings(&twice));
}

#[test]
fn bulletin_duties_are_read_with_owner_and_stand_in() {
    let text = "Name,Vendors,URL,Reader,Deputy\nMicrosoft,\"Microsoft, Citrix\",https://msrc.example,Ann Bell,Unix\n\
                ,Oracle,,,\n";
    let imported = import_topic(Topic::Bulletins, "list.csv", text, &plan()).unwrap();
    assert!(warnings(&imported).contains("nobody reads the bulletins of Oracle yet"), "{}", warnings(&imported));
    let plan = plan().apply(&imported.edit().unwrap()).unwrap();
    let duty = plan.bulletin_duties().get(&"microsoft".into()).unwrap();
    assert_eq!(
        (&duty.vendors[..], &*duty.source),
        (&["Microsoft".into(), "Citrix".into()][..], "https://msrc.example")
    );
    assert_eq!(duty.owner, Some(Assignee::Person("ann".into())));
    assert_eq!(duty.stand_in, Some(Assignee::Team("unix".into())));
    // An empty cell says nothing.
    let (same, told) = take(Topic::Bulletins, "Name,Vendors,Owner,Stand-in\nMicrosoft,,,\n", &plan);
    assert_eq!(same, plan, "{told}");
}

#[test]
fn tables_of_people_say_what_they_are_informed_of_and_where_their_team_is_written_to() {
    let head = "Name,E-mail,Team,Team e-mail,Informed of\n";
    let text = format!(
        "{head}Ann Bell,ann@b.example,Unix,unix@b.example,Own bookings\n\
         Bo,bo@b.example,NOC,noc@b.example,Everything\nCy,cy@b.example,NOC,,Systems: Core DB; Areas: Payments\n"
    );
    let (read, told) = take(Topic::People, &text, &plan());
    let person = |plan: &Plan, id: &str| plan.people().get(&id.into()).unwrap().informed_of.clone();
    let email = |plan: &Plan, id: &str| plan.teams().get(&id.into()).unwrap().email.clone();
    assert_eq!((person(&read, "ann"), person(&read, "bo")), (InformedOf::Bookings, InformedOf::Everything), "{told}");
    let affecting = InformedOf::Affecting { systems: vec!["db".into()], areas: vec!["pay".into()] };
    assert_eq!(person(&read, "cy"), affecting);
    assert_eq!((email(&read, "unix"), email(&read, "noc")), ("unix@b.example".into(), "noc@b.example".into()));
    assert!(import_topic(Topic::People, "list.csv", &text, &read).unwrap().edit().is_none());
    for (row, message, stays) in [
        ("Bo,,NOC,desk@b.example,\nCy,,NOC,soc@b.example,", "\"soc@b.example\": ignored, desk@b.example stays", false),
        ("Bo,,\"NOC, Unix\",desk@b.example,", "\"desk@b.example\": ignored, use a row for each team", true),
        ("Bo,,,desk@b.example,", "\"desk@b.example\": ignored, use a row for each team", true),
        ("Bo,,,,Payments", "Invalid text \"Payments\": use Everything", true),
        ("Bo,,,,Systems: Fax", "Unknown system \"Fax\"", true),
    ] {
        let imported = import_topic(Topic::People, "list.csv", &format!("{head}{row}\n"), &read).unwrap();
        let told = warnings(&imported);
        let after = imported.edit().map_or(read.clone(), |edit| read.apply(&edit).unwrap());
        assert!(told.contains(message), "{row}: {told}");
        assert_eq!(email(&after, "noc") == "noc@b.example", stays, "{row}");
        assert_eq!(person(&after, "bo"), InformedOf::Everything, "{row}");
    }
}
