//! Filters on a small plan, part by part and together.

use super::*;
use crate::model::Stage;
use crate::store::parse;

const PLAN: &str = r#"(
    format: 2,
    id: "filters",
    title: "Filters",
    horizon: (from: "2027-01-01", months: 12),
    zone: "Europe/London",
    areas: [
        (id: "cards", name: "Cards", notice_days: 7),
        (id: "loans", name: "Loans", notice_days: 7),
        (id: "told", name: "Told"),
    ],
    systems: [
        (id: "db", name: "Database", hosts: 2, area: "cards"),
        (id: "mail", name: "Mail", hosts: 2, area: "loans"),
        (id: "wiki", name: "Wiki", hosts: 2),
    ],
    ladders: [(
        id: "servers",
        name: "Servers",
        groups: [
            (id: "test", name: "Test", stage: Test, systems: ["mail"]),
            (id: "live", name: "Live", stage: Production, systems: ["db"]),
        ],
    )],
    people: [(id: "ann", name: "Ann")],
    teams: [(id: "dba", name: "DBA", people: ["ann"])],
    windows: [
        (id: "a", name: "Core DB", groups: ["live"], rule: Dates([(on: "2027-03-13"), (on: "2027-02-13")]),
            start: "22:00", duration: "4h", bookings: [(duty: Work, who: Person("ann"))], notes: "Needs CAB"),
        (id: "b", name: "Mail", groups: ["test"], rule: Dates([(on: "2027-03-14")]), start: "22:00", duration: "4h",
            change_ticket: "CHG0042"),
        (id: "c", name: "Wiki and mail", systems: ["wiki", "mail"], rule: Dates([(on: "2027-03-15")]),
            start: "22:00", duration: "4h", bookings: [(duty: Work, who: Team("dba"))]),
        (id: "d", name: "Over", systems: ["db"], rule: Dates([(on: "2027-02-15")]), start: "22:00", duration: "4h"),
        (id: "e", name: "Loose", rule: Dates([(on: "2027-03-16")]), start: "22:00", duration: "4h"),
    ],
    ledger: [
        (of: (window: "a", on: "2027-02-13", area: "cards"), agreement: Declined(on: "2027-02-01", by: "", reason: "")),
        (of: (window: "a", on: "2027-03-13", area: "cards"), agreement: Agreed(on: "2027-02-01", by: "")),
        (of: (window: "b", on: "2027-03-14", area: "loans"), agreement: Asked(on: "2027-02-01")),
    ],
)"#;

/// The ids of the windows that a filter leaves on 1 March 2027.
fn left(text: &str, parts: &[FilterPart]) -> String {
    let plan = Arc::new(parse(PLAN).unwrap().plan);
    let schedule = Schedule::derive(&plan, None);
    let today = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
    let findings = Findings::check(&schedule, today, None);
    let traits = WindowTraits::new(&schedule, &findings, today);
    let filter = WindowFilter { text: text.to_owned(), parts: parts.iter().cloned().collect() };
    let matches = FilterMatches::new(&traits, &filter);
    assert!(matches.windows().is_sorted());
    assert_eq!(matches.total(), 5);
    for part in parts {
        // A part that is alone in its kind leaves as many as are left.
        if parts.iter().filter(|each| each.kind() == part.kind()).count() == 1 && part.is_known(&plan) {
            assert_eq!(matches.count_with(&traits, part), matches.windows().len(), "{part:?}");
        }
    }
    let all = 0..schedule.windows.len() as u32;
    let contained: Vec<u32> = all.filter(|window| matches.contains(*window)).collect();
    assert_eq!(contained, matches.windows());
    let ids = matches.windows().iter().map(|window| schedule.windows[*window as usize].id().as_str().to_owned());
    ids.collect::<Vec<_>>().join(" ")
}

#[test]
fn words_are_found_in_names_tickets_and_notes() {
    for (text, ids) in [
        ("", "a b c d e"),
        ("  ", "a b c d e"),
        ("MAIL", "b c"),
        ("mail wiki", "c"),
        ("chg0042", "b"),
        ("cab", "a"),
        ("db cab", "a"),
        ("db wiki", ""),
    ] {
        assert_eq!(left(text, &[]), ids, "{text}");
    }
}

#[test]
fn each_kind_of_part_leaves_its_windows() {
    use FilterPart as Part;
    for (part, ids) in [
        (Part::Stage(Some(Stage::Production)), "a d"),
        (Part::Stage(Some(Stage::Test)), "b c"),
        (Part::Stage(Some(Stage::Pilot)), ""),
        (Part::Stage(None), "e"),
        (Part::Ladder("servers".into()), "a b c d"),
        (Part::Area("cards".into()), "a d"),
        (Part::Area("told".into()), ""),
        (Part::Team("dba".into()), "a c"),
        (Part::System("mail".into()), "b c"),
        (Part::Findings(FindingsChoice::Any), "a b c d e"),
        (Part::Findings(FindingsChoice::Clean), ""),
        (Part::Agreement(AgreementChoice::NotAsked), "c"),
        (Part::Agreement(AgreementChoice::Asked), "b"),
        (Part::Agreement(AgreementChoice::Declined), ""),
        (Part::Agreement(AgreementChoice::Agreed), "a"),
    ] {
        assert_eq!(left("", std::slice::from_ref(&part)), ids, "{part:?}");
    }
}

#[test]
fn parts_of_one_kind_are_alternatives_and_kinds_add_up() {
    let (test, production) = (FilterPart::Stage(Some(Stage::Test)), FilterPart::Stage(Some(Stage::Production)));
    let mail = FilterPart::System("mail".into());
    assert_eq!(left("", &[test.clone(), production.clone()]), "a b c d");
    assert_eq!(left("", &[test.clone(), production, mail.clone()]), "b c");
    assert_eq!(left("wiki", &[test, mail]), "c");
}

#[test]
fn parts_that_the_plan_does_not_contain_are_ignored() {
    assert_eq!(left("", &[FilterPart::Area("gone".into())]), "a b c d e");
    assert_eq!(left("", &[FilterPart::Area("gone".into()), FilterPart::Area("loans".into())]), "b c");
}
