//! The profiles of the year calendar: what each reader gets, what it would refuse, and that nothing that people type can
//! break a file.

mod hostile_plans;

use std::sync::Arc;

use windowsill::checks::Findings;
use windowsill::export::ics::TimeForm;
use windowsill::export::profiles::{
    AREA, AWS_DOCUMENT, AWS_IMPORT, CalendarOrder, CalendarScope, Calendars, EVERYONE, OWNER, PERSON, Profile, TEAM,
    UYUNI,
};
use windowsill::export::{ExportFile, Source};
use windowsill::model::{
    Agreement, Assignee, Booking, BusinessArea, Duty, Edit, Horizon, InformedOf, LedgerEntry, LedgerKey,
    MaintenanceWindow, Minutes, Person, Plan, PlanParts, Rule, SystemScope, Team,
};
use windowsill::schedule::Schedule;

use crate::common::dates::date;
use crate::common::harbour;
use crate::support::strict;

fn derived(plan: Plan) -> Schedule {
    Schedule::derive(&Arc::new(plan), None)
}

fn ordered(profile: &'static Profile) -> CalendarOrder {
    CalendarOrder { profile, with_freezes: true, ..CalendarOrder::default() }
}

fn written(plan: Plan, order: &CalendarOrder) -> Calendars {
    order.calendars(&Source::new(&derived(plan), date("2026-11-21")))
}

fn text(file: &ExportFile) -> &str {
    std::str::from_utf8(&file.bytes).unwrap()
}

/// The harbour with a second area, whose one system no window covers, an owner with an address, and an occurrence that is
/// skipped.
fn harbour() -> Plan {
    let mut plan = harbour::plan();
    let payments = BusinessArea {
        id: "payments".into(),
        name: "Payments".into(),
        owner: "A. Osei".into(),
        email: "a.osei@harbour.example".into(),
        ..BusinessArea::default()
    };
    let digital = BusinessArea { id: "digital".into(), name: "Digital".into(), ..payments.clone() };
    let vale = BusinessArea { owner: "R. Vale".into(), email: String::new(), ..digital };
    plan = PlanParts {
        areas: [payments, vale].into_iter().collect(),
        systems: plan
            .systems()
            .iter()
            .map(|system| {
                let area = if system.id.as_str() == "web" { "digital" } else { "payments" };
                windowsill::model::System { area: Some(area.into()), ..windowsill::model::System::clone(system) }
            })
            .collect(),
        ..plan.to_parts()
    }
    .into();
    let skip = Edit::SkipOccurrence { window: "core-db".into(), on: date("2027-04-17"), reason: "Easter".into() };
    plan.apply(&skip).unwrap()
}

fn only(calendars: &Calendars) -> strict::Component {
    let [file] = calendars.files.as_slice() else { panic!("{} files", calendars.files.len()) };
    strict::read(&file.bytes).unwrap()
}

fn event<'a>(calendar: &'a strict::Component, uid: &str) -> &'a strict::Component {
    calendar.events().find(|event| event.value("UID") == Some(uid)).expect("an event of that UID")
}

fn says(calendars: &Calendars, words: &str) -> bool {
    calendars.complaints.iter().any(|complaint| complaint.to_string().contains(words))
}

#[test]
fn an_owner_reads_what_touches_their_systems_and_what_is_asked_of_them() {
    let mut parts = harbour().to_parts();
    let said = |on_date: &str, agreement| LedgerEntry {
        key: LedgerKey { window: "core-db".into(), on: date(on_date), area: "payments".into() },
        agreement,
        answered_for: None,
        replied_at: None,
        reserve_on: Some(date("2027-02-27")),
        notes: String::new(),
    };
    let by = "A. Osei".to_owned();
    parts.ledger = [
        said("2027-01-16", Agreement::Agreed { on: date("2026-11-20"), by: by.clone() }),
        said("2027-02-20", Agreement::Declined { on: date("2026-11-20"), by, reason: "Year end,\nagain".into() }),
    ]
    .into_iter()
    .collect();
    let plan = Plan::from(parts);
    let calendars = written(
        plan,
        &CalendarOrder { whose: CalendarScope::Owner("a.osei@harbour.example".into()), ..ordered(&OWNER) },
    );
    let calendar = only(&calendars);
    assert_eq!(calendar.text("X-WR-CALNAME").unwrap(), "Harbour Trust 2027: Payments");
    let description =
        |uid: &str| event(&calendar, &format!("{uid}.core-db@harbour.windowsill")).text("DESCRIPTION").unwrap();
    let january = description("20270116");
    for part in [
        "Your systems: 40 hosts: Core DB, Ledger",
        "Impact: Payments read-only",
        "Agreed on Fri 20 Nov 2026 by A. Osei",
    ] {
        assert!(january.contains(part), "{january}");
    }
    assert!(
        description("20270220")
            .contains("Declined on Fri 20 Nov 2026 by A. Osei: Year end, again. Reserve date: Sat 27 Feb 2027")
    );
    assert!(description("20270320").contains("Please accept or decline by Sat 13 Mar 2027"));
    assert!(description("20270417").starts_with("Does not take place: Easter"));
    assert!(calendar.events().any(|event| event.value("UID").unwrap().starts_with("freeze.")));
}

#[test]
fn an_area_without_a_system_in_any_window_reads_an_empty_year_and_only_its_freezes() {
    let mut plan = harbour();
    let area = CalendarOrder { whose: CalendarScope::Area("digital".into()), ..ordered(&AREA) };
    let count = |plan: Plan| only(&written(plan, &area)).events().count();
    assert_eq!(count(plan.clone()), 1);
    let freeze = plan.freezes().iter().next().unwrap();
    let narrow = SystemScope::Areas(vec!["payments".into()]);
    plan = PlanParts {
        freezes: [windowsill::model::ChangeFreeze { scope: narrow, ..windowsill::model::ChangeFreeze::clone(freeze) }]
            .into_iter()
            .collect(),
        ..plan.to_parts()
    }
    .into();
    assert_eq!(count(plan), 0);
}

#[test]
fn uyuni_finds_each_window_by_the_name_of_its_group_and_no_cancelled_one() {
    let calendars = written(harbour(), &ordered(&UYUNI));
    let calendar = only(&calendars);
    assert_eq!(calendar.events().count(), 10);
    assert!(calendar.inside.iter().all(|component| component.name == "VEVENT"));
    assert!(
        calendar
            .events()
            .all(|event| event.text("SUMMARY").unwrap() == "Production" && event.zone("DTSTART").is_none())
    );
    let january = event(&calendar, "20270116.core-db+production@harbour.windowsill").text("DESCRIPTION").unwrap();
    assert!(january.starts_with("Core DB patching\n"), "{january}");
    assert!(says(&calendars, "Freezes are left out"));
    let early = CalendarOrder { with_freezes: false, ..ordered(&UYUNI) }
        .calendars(&Source::new(&derived(harbour()), date("2026-03-01")));
    assert!(says(
        &early,
        "7 of 10 occurrences come after Thu 1 Apr 2027, beginning with Core DB patching on Sat 15 May 2027"
    ));
}

#[test]
fn uyuni_is_not_given_what_takes_place_in_a_freeze() {
    let frozen = |first_on: &str| {
        let freeze = windowsill::model::ChangeFreeze::week("f".into(), date(first_on));
        written(harbour().apply(&Edit::PutFreeze(freeze)).unwrap(), &ordered(&UYUNI))
    };
    let left = frozen("2027-01-11");
    assert_eq!(only(&left).events().count(), 9);
    assert!(says(&left, "2 occurrences in change freezes left out (Core DB patching on Sat 16 Jan 2027, "));
    assert!(says(&frozen("2027-01-18"), "1 occurrence in change freezes left out"));
}

#[test]
fn uyuni_is_not_given_what_it_could_not_find() {
    let mut plan = harbour();
    let mut ladder = windowsill::model::Ladder::clone(plan.ladders().iter().next().unwrap());
    ladder.groups[0].name = " \r\n".into();
    plan = PlanParts { ladders: [ladder.clone()].into_iter().collect(), ..plan.to_parts() }.into();
    let nothing = written(plan.clone(), &ordered(&UYUNI));
    assert!(
        nothing.files.is_empty()
            && says(&nothing, "Group production: It has no name")
            && says(&nothing, "No occurrence is left")
    );
    ladder.groups[0].name = "Prod\r\nuction".into();
    plan = PlanParts { ladders: [ladder].into_iter().collect(), ..plan.to_parts() }.into();
    let cleaned = written(plan.clone(), &ordered(&UYUNI));
    assert!(says(&cleaned, "name the schedule in Uyuni exactly \"Prod uction\""));
    plan = PlanParts { ladders: windowsill::model::Table::default(), ..plan.to_parts() }.into();
    assert!(says(&written(plan, &ordered(&UYUNI)), "1 window in no group (Core DB patching)"));
}

#[test]
fn aws_imports_numbered_files_of_at_most_64_kb_without_cancelled_events() {
    let mut parts = harbour().to_parts();
    let days = vec![chrono::Weekday::Mon, chrono::Weekday::Tue, chrono::Weekday::Wed, chrono::Weekday::Fri];
    let weekly = MaintenanceWindow::new("nightly".into(), "Nightly", Rule::Weekly { days, every: 1 });
    parts.windows = parts.windows.with(weekly.clone());
    let more = MaintenanceWindow { id: "nightly-2".into(), duration: Minutes::hours(2), ..weekly.clone() };
    parts.windows = parts.windows.with(more);
    let plan = Plan::from(parts);
    let calendars = written(plan, &ordered(&AWS_IMPORT));
    let names: Vec<&str> = calendars.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["harbour-trust-2027-aws-import-1.ics", "harbour-trust-2027-aws-import-2.ics"]);
    let read: Vec<_> = calendars.files.iter().map(|file| strict::read(&file.bytes).unwrap()).collect();
    assert_eq!(read.iter().map(|calendar| calendar.events().count()).sum::<usize>(), 11 + 2 * 209);
    assert!(calendars.files[0].bytes.len() > 63_000 && calendars.files.iter().all(|file| file.bytes.len() <= 64_000));
    assert_eq!(read[1].text("X-WR-CALNAME").unwrap(), "Harbour Trust 2027 (2 of 2)");
    assert!(says(&calendars, "1 skipped occurrence left out") && says(&calendars, "2 files"));
}

#[test]
fn aws_documents_are_closed_but_for_windows_and_open_but_for_freezes() {
    let calendars = written(harbour(), &ordered(&AWS_DOCUMENT));
    let read: Vec<_> = calendars.files.iter().map(|file| strict::read(&file.bytes).unwrap()).collect();
    let [windows, freezes] = read.as_slice() else { panic!("{} documents", read.len()) };
    for document in [windows, freezes] {
        assert_eq!(document.value("PRODID"), Some("-//AWS//Change Calendar 1.0//EN"));
    }
    assert_eq!((windows.value("X-CALENDAR-TYPE"), windows.events().count()), (Some("DEFAULT_CLOSED"), 11));
    assert_eq!((freezes.value("X-CALENDAR-TYPE"), freezes.events().count()), (Some("DEFAULT_OPEN"), 1));
    let freeze = freezes.events().next().unwrap();
    assert_eq!((freeze.value("DTSTART"), freeze.value("DTEND")), (Some("20271213T000000Z"), Some("20280101T000000Z")));
}

#[test]
fn an_aws_document_that_is_full_stays_closed_and_says_from_when_on() {
    let mut parts = harbour().to_parts();
    parts.horizon = Horizon { months: 48, ..parts.horizon };
    let days = vec![chrono::Weekday::Mon, chrono::Weekday::Wed];
    parts.windows = parts.windows.with(MaintenanceWindow::new("w".into(), "W", Rule::Weekly { days, every: 1 }));
    let plan = Plan::from(parts);
    let calendars = written(plan, &ordered(&AWS_DOCUMENT));
    assert!(calendars.files.len() == 2 && calendars.files[0].bytes.len() <= 64_000);
    assert!(says(&calendars, "are left out, and the calendar stays closed then"), "{:?}", calendars.complaints);
}

#[test]
fn what_a_reader_would_refuse_or_lose_is_reported_with_its_record() {
    let mut parts = harbour::plan().to_parts();
    parts.title = String::new();
    parts.zone = "Africa/Casablanca".into();
    parts.horizon = Horizon::year(2026);
    let named = |id: &str, name: &str| MaintenanceWindow { id: id.into(), name: name.to_owned(), ..harbour::window() };
    parts.windows = [
        named("empty", " "),
        named("long", &"x".repeat(300)),
        named("broken", "Core\r\nEND:VCALENDAR"),
        MaintenanceWindow { impact: "a\u{7}b".into(), ..named("bell", "Bell") },
        named("escape", "Esc\u{1b}ape"),
        MaintenanceWindow { zone: Some("Europe/Atlantis".into()), ..named("lost", "Lost") },
    ]
    .into_iter()
    .collect();
    let plan = Plan::from(parts);
    let local = CalendarOrder { times: TimeForm::Local, ..ordered(&EVERYONE) };
    let calendars = written(plan, &local);
    for words in [
        "Plan: No title: the calendar is called \"Maintenance windows\"",
        "Zone Africa/Casablanca: Its clock changes follow no yearly rule",
        "Window empty: It has no name",
        "Its name is cut after 250 characters",
        "Window Core END:VCALENDAR: Its name contains line ends or tabs, which break calendars: they become spaces",
        "Window Escape: Its name contains control characters, which break calendars: they are left out",
        "Window Bell: Its impact contains control characters",
        "Window Lost: Its zone \"Europe/Atlantis\" is not known",
    ] {
        assert!(says(&calendars, words), "{words}: {:#?}", calendars.complaints);
    }
    assert!(written(harbour(), &ordered(&EVERYONE)).complaints.is_empty());
}

#[test]
fn a_plan_in_a_year_that_no_plan_can_have_has_no_occurrences_and_a_finding() {
    let mut parts = harbour::plan().to_parts();
    parts.horizon = Horizon { from: date("9998-01-01"), ..parts.horizon };
    let plan = Plan::from(parts);
    let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
    let findings = Findings::check(&schedule, date("2027-03-01"), None);
    assert!(findings.list.iter().any(|each| each.rule.code == "P014"), "{:?}", findings.list);
    let calendars = written(plan, &ordered(&EVERYONE));
    assert_eq!(only(&calendars).events().filter(|event| event.value("STATUS") == Some("CANCELLED")).count(), 0);
}

/// The harbour plan in which a team does the work and one of its people tests on the day after.
fn staffed() -> Plan {
    let mut parts = harbour().to_parts();
    parts.people =
        [("ann", "Ann Bell"), ("ben", "Ben, Day")].map(|(id, name)| Person::new(id.into(), name)).into_iter().collect();
    let people = vec!["ann".into(), "ben".into()];
    parts.teams = [Team { people, needed: Some(1), ..Team::new("dba".into(), "DBA") }].into_iter().collect();
    let booked = |duty, who| Booking { duty, who, on: None };
    parts.windows = parts
        .windows
        .iter()
        .map(|window| MaintenanceWindow {
            bookings: vec![
                booked(Duty::Work, Assignee::Team("dba".into())),
                booked(Duty::USUAL_TESTING, Assignee::Person("ben".into())),
            ],
            ..MaintenanceWindow::clone(window)
        })
        .collect();
    parts.into()
}

#[test]
fn a_person_gets_a_calendar_of_their_shifts_and_a_team_one_of_all_that_it_provides() {
    let person = CalendarOrder { whose: CalendarScope::Person("ben".into()), ..ordered(&PERSON) };
    let calendar = only(&written(staffed(), &person));
    assert_eq!(calendar.text("X-WR-CALNAME").unwrap(), "Harbour Trust 2027: Ben, Day");
    let testing = event(&calendar, "20270116.core-db+ben+testing@harbour.windowsill");
    assert_eq!(testing.text("SUMMARY").unwrap(), "Core DB patching, testing");
    // From the end of the window, for two hours.
    assert_eq!((testing.value("DTSTART"), testing.value("DTEND")), (Some("20270117T020000"), Some("20270117T040000")));
    let about = testing.text("DESCRIPTION").unwrap();
    assert!(about.starts_with("Window: Sat 16 Jan 2027 22:00 – 02:00\nWith: Ann Bell\n40 hosts: "), "{about}");
    // The date that is skipped has no shifts.
    assert!(!calendar.events().any(|event| event.value("UID").unwrap().starts_with("20270417.")));

    let team = CalendarOrder { whose: CalendarScope::Team("dba".into()), ..ordered(&TEAM) };
    let written = written(staffed(), &team);
    let calendar = only(&written);
    // Ben cannot work before he tests.
    assert!(calendar.events().all(|event| event.text("SUMMARY").unwrap() == "Ann Bell: Core DB patching"));
    assert_eq!(calendar.events().count(), 11);
    assert!(says(&written, "Freezes are left out: this calendar has only shifts"), "{:?}", written.complaints);
}

#[test]
fn a_calendar_of_a_person_or_a_team_has_what_they_are_informed_of() {
    let dba = Team::clone(staffed().teams().get(&"dba".into()).unwrap());
    let plan = staffed().apply(&Edit::PutTeam(Team { informed_of: InformedOf::Everything, ..dba })).unwrap();
    let ben = Person { informed_of: InformedOf::Everything, ..Person::new("ben".into(), "Ben, Day") };
    let plan = plan.apply(&Edit::PutPerson(ben)).unwrap();
    let team = CalendarOrder { whose: CalendarScope::Team("dba".into()), ..ordered(&TEAM) };
    let calendar = only(&written(plan.clone(), &team));
    // Eleven shifts, and the date that is skipped.
    assert_eq!(calendar.events().count(), 12);
    let skipped = event(&calendar, "20270417.core-db@harbour.windowsill");
    assert_eq!(skipped.value("STATUS"), Some("CANCELLED"));
    let idle = Team { informed_of: InformedOf::Everything, ..Team::new("soc".into(), "SOC") };
    let plan = plan.apply(&Edit::PutTeam(idle)).unwrap();
    let soc = CalendarOrder { whose: CalendarScope::Team("soc".into()), ..ordered(&TEAM) };
    let calendar = only(&written(plan, &soc));
    assert_eq!(
        (calendar.events().count(), calendar.text("X-WR-CALNAME").unwrap()),
        (12, "Harbour Trust 2027: SOC".into())
    );
    let first = event(&calendar, "20270116.core-db@harbour.windowsill");
    assert_eq!((first.value("DTSTART"), first.value("DTEND")), (Some("20270116T220000"), Some("20270117T020000")));
}
