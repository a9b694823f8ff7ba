//! Calendars whose program gives its events other UIDs at each export.

use super::later_tests::{frozen, removing_gone, starts, told, with_options};
use super::*;

fn file(events: &[String]) -> String {
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    calendar(&events).replace("VERSION:2.0", "VERSION:2.0\nX-WR-CALNAME:Calendar")
}

fn day(uid: &str, title: &str, on: &str) -> String {
    format!("UID:{uid}-{title}-{on}-0000-0000\nSUMMARY:{title}\nDTSTAMP:20261101T090000Z\nDTSTART;VALUE=DATE:{on}")
}

fn night(uid: &str, title: &str, on: &str) -> String {
    day(uid, title, on).replace(";VALUE=DATE:", ":") + "T200000Z\nDURATION:PT2H"
}

/// What an import of the second file after the first leaves, without and with removing what is gone.
fn after_both(kind: &'static ImportKind, first: &[String], second: &[String]) -> [(Plan, Vec<String>); 2] {
    [Options::default(), removing_gone(kind)].map(|options| {
        let known = with_options(kind, &file(first), &plan(), &options).0;
        let (plan, imported) = with_options(kind, &file(second), &known, &options);
        let (again, imported_again) = with_options(kind, &file(second), &plan, &options);
        assert!(again == plan && imported_again.edits.is_empty(), "{:?} {:?}", told(&imported), told(&imported_again));
        (plan, told(&imported))
    })
}

#[test]
fn what_moved_is_changed_and_what_is_missing_is_gone() {
    let freezes = |uid: &str, days: &[(&str, &str)]| -> Vec<String> {
        days.iter().map(|(title, on)| day(uid, title, on)).collect()
    };
    let first =
        freezes("aaaa-1111", &[("One", "20270405"), ("Two", "20270412"), ("Three", "20270419"), ("Gone", "20270426")]);
    let second =
        freezes("bbbb-2222", &[("One", "20270405"), ("Two", "20270413"), ("Three", "20270419"), ("New", "20270503")]);
    let [kept, removed] = after_both(&ics::FREEZES, &first, &second);
    let days = |plan: &Plan| {
        let mut days = frozen(plan);
        days.sort();
        days.iter().map(|day| day[5..10].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(days(&kept.0), ["04-05", "04-13", "04-19", "04-26", "05-03"], "{:?}", kept.1);
    assert!(kept.1.iter().any(|told| told.starts_with("Changed: Two")), "{:?}", kept.1);
    assert!(kept.1.iter().any(|told| told.contains("Gone (gone)") && told.starts_with("No longer")), "{:?}", kept.1);
    assert_eq!(days(&removed.0), ["04-05", "04-13", "04-19", "05-03"], "{:?}", removed.1);
}

#[test]
fn windows_of_single_events_and_of_series_are_found_by_name() {
    let nights = |uid: &str, moved: &str| -> Vec<String> {
        let all = ["20270405", "20270412", moved, "20270426"];
        let mut events: Vec<String> = all.iter().map(|on| night(uid, "Core", on)).collect();
        events.push(night(uid, "Web", "20270407"));
        events.push(night(uid, "Mail", "20270408") + "\nRRULE:FREQ=WEEKLY;COUNT=2");
        events
    };
    let core = |plan: &Plan| {
        starts(plan)
            .into_iter()
            .filter(|at| !at.starts_with("04-07") && !at.starts_with("04-08") && !at.starts_with("04-15"))
            .collect::<Vec<_>>()
    };
    let [kept, removed] = after_both(&ics::WINDOWS, &nights("aaaa-1111", "20270419"), &nights("bbbb-2222", "20270421"));
    let all = ["04-05 20:00", "04-12 20:00", "04-19 20:00", "04-21 20:00", "04-26 20:00"];
    assert_eq!(core(&kept.0), all, "{:?}", kept.1);
    assert_eq!(kept.0.windows().len(), 3, "{:?}", kept.1);
    assert_eq!(core(&removed.0), ["04-05 20:00", "04-12 20:00", "04-21 20:00", "04-26 20:00"], "{:?}", removed.1);
    let series = |uid: &str, more: &str| {
        vec![night(uid, "Core", "20270405"), night(uid, "Mail", "20270408") + "\nRRULE:FREQ=WEEKLY;COUNT=3" + more]
    };
    let [kept, _] =
        after_both(&ics::WINDOWS, &series("aaaa-1111", ""), &series("bbbb-2222", "\nEXDATE:20270415T200000Z"));
    assert_eq!(starts(&kept.0), ["04-05 20:00", "04-08 20:00", "04-22 20:00"], "{:?}", kept.1);
}

#[test]
fn another_calendar_of_the_same_name_changes_nothing() {
    let first: Vec<String> =
        ["20270405", "20270412", "20270419"].iter().map(|on| day("aaaa-1111", "Patching", on)).collect();
    let other = vec![day("bbbb-2222", "Patching", "20270503"), day("bbbb-2222", "Release", "20270510")];
    let known = with_options(&ics::FREEZES, &file(&first), &plan(), &Options::default()).0;
    let (plan, imported) = with_options(&ics::FREEZES, &file(&other), &known, &removing_gone(&ics::FREEZES));
    assert_eq!(plan.freezes().len(), 5, "{:?}", told(&imported));
}
