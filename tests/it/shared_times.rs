//! How shared calendars write times: in UTC for zones whose rules changed lately, and on request for all or none.

use windowsill::export::Source;
use windowsill::export::ics::TimeForm;
use windowsill::export::profiles::{AREA, AWS_DOCUMENT, AWS_IMPORT, CALDAV, CalendarOrder, Calendars, EVERYONE, UYUNI};
use windowsill::model::{ChangeFreeze, Edit, Horizon, MaintenanceWindow, Plan, Rule, SystemScope};
use windowsill::schedule::Schedule;

use crate::common::harbour;
use crate::support::desk::Desk;
use crate::support::strict;

fn written(plan: &Plan, order: &CalendarOrder, today: &str) -> Calendars {
    let schedule = Schedule::derive(&std::sync::Arc::new(plan.clone()), None);
    order.calendars(&Source::new(&schedule, today.parse().unwrap()))
}

fn says(calendars: &Calendars, words: &str) -> bool {
    calendars.complaints.iter().any(|complaint| complaint.to_string().contains(words))
}

/// Two windows, one of them in a zone whose rules changed in 2026.
fn two_zones(zone: &str) -> Plan {
    let other = MaintenanceWindow { id: "far".into(), zone: Some(zone.into()), ..harbour::window() };
    harbour::plan().apply(&Edit::PutWindow(other)).unwrap()
}

#[test]
fn zones_whose_rules_changed_lately_are_written_in_utc() {
    for zone in ["America/Vancouver", "Africa/Casablanca", "america/vancouver"] {
        let plan = two_zones(zone);
        for (times, far, near) in [
            (TimeForm::Automatic, None, Some("Europe/London")),
            (TimeForm::Utc, None, None),
            (TimeForm::Local, Some(zone), Some("Europe/London")),
        ] {
            let order = CalendarOrder { times, ..CalendarOrder::default() };
            let calendar = strict::read(&written(&plan, &order, "2026-11-21").files[0].bytes).unwrap();
            for event in calendar.events() {
                let is_far = event.value("UID").unwrap().contains(".far@");
                let expected = if is_far { far } else { near };
                let zone = event.zone("DTSTART");
                assert!(zone.is_some() == expected.is_some(), "{times:?} {zone:?}");
                assert!(zone.is_none_or(|zone| zone.eq_ignore_ascii_case(expected.unwrap())));
                assert_eq!(event.value("DTSTART").unwrap().ends_with('Z'), expected.is_none());
            }
        }
    }
}

#[test]
fn the_form_of_the_times_changes_neither_instants_nor_sequences() {
    let plan = two_zones("America/Vancouver");
    let events = |times| {
        let order = CalendarOrder { times, ..CalendarOrder::default() };
        let calendar = strict::read(&written(&plan, &order, "2026-11-21").files[0].bytes).unwrap();
        let value = |event: &strict::Component, name: &str| event.value(name).unwrap_or_default().to_owned();
        let mut all: Vec<_> = calendar
            .events()
            .map(|event| ["UID", "SEQUENCE", "SUMMARY", "DTSTAMP"].map(|name| value(event, name)))
            .collect();
        all.sort();
        all
    };
    assert_eq!(events(TimeForm::Automatic), events(TimeForm::Utc));
    assert_eq!(events(TimeForm::Automatic), events(TimeForm::Local));
}

#[test]
fn the_export_check_names_such_zones_for_every_reader() {
    let plan = two_zones("America/Vancouver");
    for profile in [&EVERYONE, &AREA, &CALDAV, &UYUNI, &AWS_IMPORT, &AWS_DOCUMENT] {
        let order = CalendarOrder::for_first(profile, &plan).unwrap();
        let calendars = written(&plan, &order, "2026-11-21");
        let words = "Zone America/Vancouver: Its rules changed in the 18 months before the zone data";
        assert!(says(&calendars, words), "{profile:?}: {:?}", calendars.complaints);
        assert!(says(&calendars, "Its times are written in UTC") && !says(&calendars, "Zone Europe/London"));
    }
    let local = CalendarOrder { times: TimeForm::Local, ..CalendarOrder::default() };
    assert!(says(&written(&plan, &local, "2026-11-21"), "show its times an hour off. Write them in UTC"));
}

#[test]
fn a_cancelled_occurrence_says_so_in_its_title() {
    let skip = Edit::SkipOccurrence {
        window: "core-db".into(),
        on: "2027-03-20".parse().unwrap(),
        reason: "Quarter close".into(),
    };
    let plan = harbour::plan().apply(&skip).unwrap();
    let calendar = strict::read(&written(&plan, &CalendarOrder::default(), "2026-11-21").files[0].bytes).unwrap();
    for event in calendar.events() {
        let is_cancelled = event.value("STATUS") == Some("CANCELLED");
        let expected = if is_cancelled { "Cancelled: Core DB patching" } else { "Core DB patching" };
        assert_eq!(event.text("SUMMARY").unwrap(), expected);
    }
}

/// A plan whose occurrences do not fit into one document of AWS.
fn large() -> Plan {
    let mut parts = harbour::plan().to_parts();
    parts.horizon = Horizon { months: 48, ..parts.horizon };
    let days = vec![chrono::Weekday::Mon, chrono::Weekday::Wed, chrono::Weekday::Fri];
    parts.windows = parts.windows.with(MaintenanceWindow::new("w".into(), "W", Rule::Weekly { days, every: 1 }));
    parts.into()
}

/// The first and the last start in the document of the windows.
fn first_and_last(calendars: &Calendars) -> (String, String) {
    let file = calendars.files.iter().find(|file| file.name.ends_with("-windows.ics")).unwrap();
    assert!(file.bytes.len() <= 64_000);
    let calendar = strict::read(&file.bytes).unwrap();
    let starts: Vec<String> = calendar.events().map(|event| event.value("DTSTART").unwrap()[..8].to_owned()).collect();
    (starts[0].clone(), starts[starts.len() - 1].clone())
}

#[test]
fn an_aws_document_of_a_large_plan_begins_today_or_with_the_given_day() {
    let order = CalendarOrder { profile: &AWS_DOCUMENT, ..CalendarOrder::default() };
    let from_start = written(&large(), &order, "2026-11-21");
    assert_eq!(first_and_last(&from_start).0, "20270101");
    // One that began the evening before is not over yet.
    let later = written(&large(), &order, "2028-06-01");
    assert_eq!(first_and_last(&later).0, "20280531");
    assert!(first_and_last(&later).1 > first_and_last(&from_start).1);
    assert!(says(&later, "before Thu 1 Jun 2028 left out") && says(&later, "Renew the document before "));
    let given = CalendarOrder { from: "2029-01-01".parse().ok(), ..order.clone() };
    assert_eq!(first_and_last(&written(&large(), &given, "2026-11-21")).0, "20290101");
    // At the end everything that is left fits, and nothing need be renewed.
    let end = written(&large(), &order, "2030-06-01");
    assert!(!says(&end, "Renew") && first_and_last(&end).1 == "20301230", "{:?}", first_and_last(&end));
    let over = written(&large(), &order, "2031-06-01");
    assert!(
        says(&over, "begins: extend the plan's months")
            && over.files.iter().all(|file| !file.name.ends_with("-windows.ics"))
    );
}

#[test]
fn an_aws_document_says_on_one_clock_what_it_holds() {
    // On the clocks of their windows, what is held would end a day after what is missing begins.
    let mut parts = large().to_parts();
    let window = parts.windows.iter().next().unwrap().clone();
    for (id, zone) in [("east", "Pacific/Kiritimati"), ("west", "Pacific/Pago_Pago")] {
        let window = MaintenanceWindow { id: id.into(), zone: Some(zone.to_owned()), ..(*window).clone() };
        parts.windows = parts.windows.with(window);
    }
    let order = CalendarOrder { profile: &AWS_DOCUMENT, ..CalendarOrder::default() };
    let calendars = written(&parts.into(), &order, "2026-11-21");
    let note = calendars.complaints.iter().map(ToString::to_string).find(|note| note.contains("64 KB")).unwrap();
    let day = |text: &str| chrono::NaiveDateTime::parse_from_str(text, "%a %d %b %Y %H:%M").unwrap();
    let (_, held) = note.split_once("begin from ").unwrap();
    let (held, missing) = held.split_once(". ").unwrap();
    let (first, last) = held.split_once(" to ").unwrap();
    let missing = missing.split_once("from ").unwrap().1.split_once(" on are").unwrap().0;
    assert!(day(first) < day(last) && day(last) < day(missing), "{note}");
}

#[test]
fn an_aws_document_reports_narrow_freezes_that_are_in_it() {
    let plan = harbour::plan();
    let freeze = ChangeFreeze::clone(plan.freezes().get(&"year-end".into()).unwrap());
    let scope = SystemScope::Systems(vec!["core-db".into()]);
    let plan = plan.apply(&Edit::PutFreeze(ChangeFreeze { scope, ..freeze })).unwrap();
    for (from, is_reported) in [("2027-06-01", true), ("2028-01-01", false)] {
        let order = CalendarOrder { profile: &AWS_DOCUMENT, from: from.parse().ok(), ..CalendarOrder::default() };
        assert_eq!(says(&written(&plan, &order, "2026-11-21"), "covers some systems only"), is_reported, "{from}");
    }
}

#[test]
fn an_aws_document_of_a_plan_that_fits_is_the_same_every_day() {
    let order = CalendarOrder { profile: &AWS_DOCUMENT, ..CalendarOrder::default() };
    let files = |today| written(&harbour::plan(), &order, today).files;
    assert_eq!(files("2026-11-21"), files("2027-11-21"));
}

#[test]
fn the_command_line_takes_the_form_and_the_day() {
    let desk = Desk::new();
    assert!(!desk.run("export calendar plan.ron -o - --utc").fine().contains("TZID"));
    assert!(desk.run("export calendar plan.ron -o - --local").fine().contains("DTSTART;TZID=Europe/London"));
    desk.run("export calendar plan.ron -o - --utc --local").fails_saying("cannot be used with");
    desk.run("export calendar plan.ron -o u.ics --local --profile uyuni").fails_saying("always writes UTC");
    desk.run("export calendar plan.ron -o - --from 2027-06-01").fails_saying("only aws-import and aws-document");
    let words = "export calendar plan.ron -o aws --profile aws-document --from 2027-06-01";
    let ran = desk.run(words);
    assert!(ran.code == 0 && ran.err.contains("5 occurrences before Tue 1 Jun 2027 left out"), "{}", ran.err);
}

#[test]
fn the_list_names_both_zones_of_a_night_in_which_the_clocks_change() {
    let desk = Desk::new();
    let plan = harbour::plan();
    let window = MaintenanceWindow { rule: Rule::once("2027-10-30".parse().unwrap()), ..harbour::window() };
    let plan = plan.apply(&Edit::PutWindow(window)).unwrap();
    windowsill::store::save_anyway(&desk.path("plan.ron"), &plan).unwrap();
    let list = desk.run("list plan.ron").fine();
    let line = list.lines().find(|line| line.contains("30 Oct 2027")).unwrap();
    assert!(line.contains("BST to GMT") && (line.contains(" BST  ") || line.contains(" GMT  ")), "{line}");
    let findings = desk.run("check plan.ron --now 2027-01-01T00:00:00Z").out.replace('\n', " ");
    assert!(findings.contains("clocks go back from BST to GMT"), "{findings}");
}
