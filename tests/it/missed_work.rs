//! What is left of an occurrence whose systems were not all patched: another date, and the deadlines that depend on it.

use std::sync::Arc;

use windowsill::checks::{Context, DeadlineState, Findings, MissedWork};
use windowsill::model::UtcMinute;
use windowsill::schedule::Schedule;
use windowsill::store;

use crate::support::desk::Desk;

/// A plan in UTC with the window `w` on `a` and `b`, on Saturdays from 22:00 to 02:00, and a High advisory on `a`, published
/// on Tuesday 9 March 2027 and due in 7 days. `more` are further fields.
fn plan(area: &str, more: &str) -> String {
    format!(
        r#"(
    format: 2, id: "p", title: "Plan", horizon: (from: "2027-01-01", months: 12), zone: "UTC",
    areas: [(id: "pay", name: "Payments", {area})],
    systems: [(id: "a", name: "Alpha", hosts: 4, area: "pay"), (id: "b", name: "Beta", hosts: 1)],
    advisories: [(id: "x", title: "X", cvss_tenths: 75, published_on: "2027-03-09", systems: ["a"])],
    {more}
)"#
    )
}

const WINDOW: &str = r#"(id: "w", name: "Weekend", systems: ["a", "b"], rule: Weekly(days: ["Sat"], every: 1),
    start: "22:00", duration: "4h")"#;

fn windows(more: &str) -> String {
    format!("windows: [{WINDOW}, {more}],")
}

/// The result of a system in the occurrence of that date.
fn result(system: &str, on: &str, numbers: &str) -> String {
    format!(r#"(of: (window: "w", on: "{on}", system: "{system}"), hosts: 4, {numbers}),"#)
}

const PATCHED: &str = "attempted: 4, patched: 4";
const FAILED: &str = "attempted: 4, failed: 4";

fn derived(text: &str) -> Schedule {
    let loaded = store::parse(text).unwrap();
    assert!(loaded.unknown_fields.is_empty(), "{:?}", loaded.unknown_fields);
    Schedule::derive(&Arc::new(loaded.plan), None)
}

/// What is left of the occurrence of 13 March: the date that is offered, the next planned one, and the deadlines.
fn left(schedule: &Schedule, now: &str) -> Option<(String, String, Vec<DeadlineState>)> {
    let now = UtcMinute::from_utc(format!("{now}:00Z").parse().unwrap());
    let cx = Context::new(schedule, schedule.zone.local(now).date());
    let (window, occurrence) = schedule.occurrence(&"w".into(), "2027-03-13".parse().unwrap()).unwrap();
    let missed = MissedWork::find(&cx, window, occurrence, now)?;
    if let Some(offer) = &missed.offer {
        let after = Schedule::derive(&Arc::new(schedule.plan.apply(&offer.edit).unwrap()), None);
        let (_, added) = after.occurrence(&"w".into(), offer.on).unwrap();
        assert_eq!((added.start_at, added.end_at), (offer.start_at, offer.end_at));
        let today = cx.today;
        let errors = |schedule: &Schedule| {
            let findings = Findings::check(schedule, today, None);
            let legal = ["F001", "T007", "W001", "W002", "W004", "W005", "W008", "W009"];
            findings.list.iter().filter(|each| legal.contains(&each.rule.code)).count()
        };
        assert!(errors(&after) <= errors(schedule), "the offered date breaks no rule");
    }
    let offer = missed.offer.map_or_else(String::new, |offer| offer.on.to_string());
    let planned = missed.planned.map_or_else(String::new, |(_, planned)| planned.on().to_string());
    Some((offer, planned, missed.deadlines.iter().map(|each| each.state).collect()))
}

/// The same of a plan in which Alpha failed.
fn left_with(area: &str, more: &str, now: &str) -> Option<(String, String, Vec<DeadlineState>)> {
    let results = format!("results: [{}{}],", result("a", "2027-03-13", FAILED), result("b", "2027-03-13", PATCHED));
    left(&derived(&plan(area, &format!("{more}{results}"))), now)
}

/// What is expected of it.
fn offers(offer: &str, planned: &str, states: &[DeadlineState]) -> (String, String, Vec<DeadlineState>) {
    (offer.to_owned(), planned.to_owned(), states.to_vec())
}

#[test]
fn the_first_free_date_is_offered_with_the_deadlines_that_depend_on_it() {
    use DeadlineState::{Broken, KeptByOffer, Passed};
    let alone = windows("");
    let next = "2027-03-20";
    let after = "2027-03-14T03:00";
    assert_eq!(left_with("", &alone, after), Some(offers("2027-03-14", next, &[KeptByOffer])));
    assert_eq!(
        left_with("", &alone, "2027-03-14T22:00"),
        Some(offers("2027-03-15", next, &[Broken])),
        "it starts after now"
    );
    assert_eq!(left_with("", &alone, "2027-03-17T09:00"), Some(offers("2027-03-17", next, &[Passed])));
    let freeze =
        r#"freezes: [(id: "f", name: "F", first_on: "2027-03-14", last_on: "2027-03-15", scope: Everything)],"#;
    assert_eq!(left_with("", &format!("{alone}{freeze}"), after), Some(offers("2027-03-16", next, &[Broken])));
    let other = r#"(id: "v", name: "Other", systems: ["a"], rule: Dates([(on: "2027-03-14")]), start: "23:00",
        duration: "2h"),"#;
    let planned = left_with("", &windows(other), after);
    assert_eq!(planned, Some(offers("", "2027-03-14", &[])), "the plan has an earlier date, in time");
    let other = other.replace(r#"["a"]"#, r#"["b"]"#);
    assert_eq!(
        left_with("", &windows(&other), after),
        Some(offers("2027-03-15", next, &[Broken])),
        "Beta is worked on"
    );
    let saturdays = r#"allowed: [(days: ["Sat"], from: "20:00", until: "06:00")]"#;
    assert_eq!(
        left_with(saturdays, &alone, after),
        Some(offers("", next, &[Broken])),
        "Payments allows only Saturdays"
    );
    let tuesdays = r#"allowed: [(days: ["Tue"], from: "20:00", until: "06:00")]"#;
    assert_eq!(left_with(tuesdays, &alone, after), Some(offers("2027-03-16", next, &[Broken])));
    let last = "windows: [(id: \"w\", name: \"Weekend\", systems: [\"a\", \"b\"], rule: Dates([(on: \"2027-03-13\")]), \
                start: \"22:00\", duration: \"4h\")],";
    assert_eq!(left_with("", last, after), Some(offers("2027-03-14", "", &[KeptByOffer])), "no later window covers it");
}

#[test]
fn nothing_is_left_of_what_was_patched_not_over_or_not_needed() {
    let offered = |results: &str, more: &str, now: &str| {
        left(&derived(&plan("", &format!("{}{more} results: [{results}],", windows("")))), now).map(|left| left.0)
    };
    let both = |a: &str| result("a", "2027-03-13", a) + &result("b", "2027-03-13", PATCHED);
    let after = "2027-03-14T03:00";
    assert_eq!(offered(&both(PATCHED), "", after), None);
    assert_eq!(
        offered(&both("attempted: 4, patched: 3, failed: 1"), "", after).as_deref(),
        Some("2027-03-14"),
        "partly"
    );
    assert_eq!(offered(&both("is_rolled_back: true"), "", after).as_deref(), Some("2027-03-14"));
    let later = both(FAILED) + &result("a", "2027-03-20", PATCHED);
    assert_eq!(offered(&later, "", "2027-03-21T03:00"), None, "it was patched a week later");
    // Nothing was recorded: it was missed if results are recorded, and once it is over.
    let recording = r#"policy: (recording_from: "2027-03-01"),"#;
    assert_eq!(offered("", recording, after).as_deref(), Some("2027-03-14"));
    assert_eq!(offered("", recording, "2027-03-14T01:59"), None);
    assert_eq!(offered("", "", after), None);
    let from = |on: &str| offered("", &format!("policy: (recording_from: \"{on}\"),"), after);
    assert_eq!(from("2027-03-14").as_deref(), Some("2027-03-14"), "it ended on that day");
    assert_eq!(from("2027-03-15"), None);
    let emergency = windows("").replace("id: \"w\",", "id: \"w\", kind: Emergency,");
    let unneeded = result("a", "2027-03-13", "skipped: 4") + &result("b", "2027-03-13", "skipped: 4");
    let text = plan("", &format!("{emergency}{recording} results: [{unneeded}],"));
    assert_eq!(left(&derived(&text), after), None, "nobody needed the emergency window");
}

#[test]
fn a_deadline_depends_on_the_systems_of_its_advisory_alone() {
    use DeadlineState::{KeptByOffer, Passed};
    let failed = format!("results: [{}{}],", result("a", "2027-03-13", FAILED), result("b", "2027-03-13", FAILED));
    let after = "2027-03-14T03:00";
    let missed = |text: &str, now: &str| left(&derived(text), now);
    let text = plan("", &(windows("") + &failed));
    assert_eq!(missed(&text, after), Some(offers("2027-03-14", "2027-03-20", &[KeptByOffer])));
    let alpha = r#"(id: "v", name: "Other", systems: ["a"], rule: Dates([(on: "2027-03-14")]), start: "23:00",
        duration: "2h"),"#;
    assert_eq!(
        missed(&plan("", &(windows(alpha) + &failed)), after),
        Some(offers("2027-03-15", "2027-03-20", &[])),
        "Alpha, which the advisory is about, is patched the next night; Beta is not"
    );
    let with = |fields: &str| text.replace("systems: [\"a\"])]", &format!("systems: [\"a\"], {fields})]"));
    let deferred = with(r#"decisions: [(verdict: Defer, by: "Ann", on: "2027-03-10")]"#);
    assert_eq!(missed(&deferred, after), Some(offers("2027-03-14", "2027-03-20", &[])), "it may be late");
    assert_eq!(missed(&deferred, "2027-03-17T09:00"), Some(offers("2027-03-17", "2027-03-20", &[Passed])));
    let accepted = with(r#"decisions: [(verdict: Accept, by: "Ann", on: "2027-03-10")]"#);
    assert_eq!(missed(&accepted, after), Some(offers("2027-03-14", "2027-03-20", &[])));
    let unfixed = with("fix: Missing");
    assert_eq!(missed(&unfixed, after), Some(offers("2027-03-14", "2027-03-20", &[])), "nothing can be installed");
}

#[test]
fn what_the_scan_still_found_is_left() {
    let both = result("a", "2027-03-13", PATCHED) + &result("b", "2027-03-13", PATCHED);
    let offered = |results: &str, scans: &str| {
        let more = format!("{} results: [{results}], scans: [{scans}],", windows(""));
        left(&derived(&plan("", &more)), "2027-03-15T09:00").map(|left| left.0)
    };
    let scan = |at: &str, open: &str| format!(r#"(of: (window: "w", on: "2027-03-13", at: "{at}"), open: [{open}]),"#);
    let open = scan("2027-03-14T04:00Z", r#""a""#);
    assert_eq!(offered(&both, ""), None);
    assert_eq!(offered(&both, &open).as_deref(), Some("2027-03-15"));
    assert_eq!(offered(&both, &(open.clone() + &scan("2027-03-14T08:00Z", ""))), None, "the last scan is clean");
    let later = both.clone() + &result("a", "2027-03-20", PATCHED);
    assert_eq!(offered(&later, &open), None, "it was patched a week later");
}

#[test]
fn the_answer_of_record_result_offers_the_date_and_the_command_adds_it() {
    let desk = Desk::new();
    desk.write("p.ron", &plan("", &windows("")));
    let now = "--now 2027-03-14T03:00:00Z";
    let words = format!("record result p.ron --window w --on 2027-03-13 --system a --patched 3 --failed 1 {now}");
    let said = desk.run(&words).fine();
    for line in [
        "Still to patch: Alpha and Beta; next is Weekend, Sat 20 Mar 2027 22:00",
        "Free before that: Sun 14 Mar 2027 22:00",
        "In time only with the free date: x is due Mon 15 Mar 2027",
        "To add it: windowsill add p.ron w --date 2027-03-14",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    desk.run("add p.ron w --date 2027-03-14").fine();
    let said =
        desk.run(&format!("record result p.ron --window w --on 2027-03-13 --system b --outcome patched {now}")).fine();
    assert!(said.contains("Still to patch: Alpha; next is Weekend, Sun 14 Mar 2027 22:00"), "{said}");
    assert!(!said.contains("Free before that") && !said.contains("x is due"), "it is in time: {said}");
    let said = desk.run(&format!("record result p.ron --window w --on 2027-03-13 --outcome patched {now}")).fine();
    assert!(!said.contains("Still to patch"), "{said}");
}

#[test]
fn the_suggested_command_quotes_a_path_with_spaces() {
    let desk = Desk::new();
    desk.write("my plan.ron", &plan("", &windows("")));
    let words = "record result my_plan.ron --window w --on 2027-03-13 --outcome failed --now 2027-03-14T03:00:00Z";
    let said = desk.run(words).fine();
    assert!(said.contains("To add it: windowsill add \"my plan.ron\" w --date 2027-03-14"), "{said}");
}
