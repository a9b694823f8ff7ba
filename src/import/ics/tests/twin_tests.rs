//! Events with other UIDs that give what the plan has already: deleted and entered again, or in two calendars.

use super::later_tests::{after, frozen, message, removing_gone, starts, told, with_options};
use super::*;

fn freeze(uid: &str, on: &str, more: &str) -> String {
    format!("UID:{uid}@a.example\nSUMMARY:Close\nDTSTAMP:20261101T090000Z\nDTSTART;VALUE=DATE:{on}{more}")
}

fn series(uid: &str, zone: &str, more: &str) -> String {
    format!(
        "UID:{uid}@a.example\nSUMMARY:Patch\nDTSTAMP:20261101T090000Z\nDTSTART;TZID={zone}:20270705T220000\nDURATION:PT4H\n\
         RRULE:FREQ=WEEKLY;COUNT=3{more}"
    )
}

/// Makes an event of this UID with further lines.
type Give<'a> = &'a dyn Fn(&str, &str) -> String;

fn warnings_of(imported: &Imported) -> String {
    imported.warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")
}

#[test]
fn what_is_cancelled_and_entered_again_in_one_file_stays() {
    let again = |one: &str, other: &str| [calendar(&[one, other]), calendar(&[other, one])];
    let known = after(&ics::FREEZES, &calendar(&[&freeze("a", "20270413", "")]), &plan()).0;
    for file in again(&freeze("a", "20270413", "\nSEQUENCE:1\nSTATUS:CANCELLED"), &freeze("b", "20270413", "")) {
        let (plan, imported) = after(&ics::FREEZES, &file, &known);
        assert_eq!(frozen(&plan), ["2027-04-13..2027-04-13"], "{:?}", told(&imported));
        // From then on, it is that of the other event.
        let moved = calendar(&[&freeze("b", "20270415", "\nSEQUENCE:1")]);
        assert_eq!(frozen(&after(&ics::FREEZES, &moved, &plan).0), ["2027-04-15..2027-04-15"]);
    }
    let berlin = |uid: &str, more: &str| series(uid, "Europe/Berlin", more);
    let known = after(&ics::WINDOWS, &calendar(&[&berlin("a", "")]), &plan()).0;
    for file in again(&berlin("a", "\nSEQUENCE:1\nSTATUS:CANCELLED"), &berlin("b", "")) {
        let plan = after(&ics::WINDOWS, &file, &known).0;
        assert_eq!(starts(&plan), ["07-05 20:00", "07-12 20:00", "07-19 20:00"]);
        let cancel = message("CANCEL", &berlin("b", "\nSEQUENCE:1"));
        assert_eq!(starts(&after(&ics::WINDOWS, &cancel, &plan).0), Vec::<String>::new());
    }
}

#[test]
fn what_two_events_give_stays_until_both_are_cancelled() {
    let freezes = |uid: &str, more: &str| freeze(uid, "20270413", more);
    let windows = |uid: &str, more: &str| series(uid, "Europe/Berlin", more);
    let single = |uid: &str, more: &str| {
        format!(
            "UID:{uid}@a.example\nSUMMARY:Once\nDTSTAMP:20261101T090000Z\nDTSTART:20270705T200000Z\nDURATION:PT4H{more}"
        )
    };
    let kinds: [(&'static ImportKind, Give<'_>); 3] =
        [(&ics::FREEZES, &freezes), (&ics::WINDOWS, &windows), (&ics::WINDOWS, &single)];
    for (kind, event) in kinds {
        let count = |plan: &Plan| plan.freezes().len() + starts(plan).len();
        let one = after(kind, &message("REQUEST", &event("a", "")), &plan()).0;
        let both = after(kind, &message("REQUEST", &event("b", "")), &one).0;
        assert_eq!(count(&both), count(&one));
        for [first, second] in [["a", "b"], ["b", "a"]] {
            let cancel = |uid: &str| message("CANCEL", &event(uid, "\nSEQUENCE:1"));
            let (left, imported) = after(kind, &cancel(first), &both);
            assert_eq!(count(&left), count(&one), "{first}: {}", warnings_of(&imported));
            assert!(warnings_of(&imported).contains("stays: another event gives it, too"), "{first}");
            assert_eq!(count(&after(kind, &cancel(second), &left).0), 0, "{second}");
        }
    }
}

#[test]
fn what_one_of_two_events_moves_stays_for_the_other() {
    let both = [freeze("a", "20270413", ""), freeze("b", "20270413", "")];
    let known = both.iter().fold(plan(), |plan, event| after(&ics::FREEZES, &calendar(&[event]), &plan).0);
    for (uid, other) in [("a", "b"), ("b", "a")] {
        let moved = after(&ics::FREEZES, &calendar(&[&freeze(uid, "20270420", "\nSEQUENCE:1")]), &known).0;
        let mut days = frozen(&moved);
        days.sort();
        assert_eq!(days, ["2027-04-13..2027-04-13", "2027-04-20..2027-04-20"], "{uid}");
        let cancel = message("CANCEL", &freeze(other, "20270413", "\nSEQUENCE:1"));
        assert_eq!(frozen(&after(&ics::FREEZES, &cancel, &moved).0), ["2027-04-20..2027-04-20"], "{uid}");
    }
    let series = |uid: &str, more: &str| series(uid, "Europe/Berlin", more);
    let known = [series("a", ""), series("b", "")];
    let known = known.iter().fold(plan(), |plan, event| after(&ics::WINDOWS, &calendar(&[event]), &plan).0);
    let later = series("b", "\nSEQUENCE:1").replace("T220000", "T230000");
    let moved = after(&ics::WINDOWS, &calendar(&[&later]), &known).0;
    assert_eq!(starts(&moved).len(), 6, "{:?}", starts(&moved));
}

#[test]
fn what_is_gone_under_one_uid_and_there_under_another_stays() {
    let file = |uids: [&str; 2]| {
        let events = [freeze(uids[0], "20270413", ""), freeze("same", "20270501", "").replace("Close", "Year")];
        calendar(&[&events[0], &events[1]]).replace("VERSION:2.0", "VERSION:2.0\nX-WR-CALNAME:Feed")
    };
    let known = after(&ics::FREEZES, &file(["a", ""]), &plan()).0;
    let options = removing_gone(&ics::FREEZES);
    let (plan, imported) = with_options(&ics::FREEZES, &file(["b", ""]), &known, &options);
    assert_eq!(frozen(&plan).len(), 2, "{:?}", told(&imported));
    let (again, imported) = with_options(&ics::FREEZES, &file(["b", ""]), &plan, &options);
    assert_eq!((again, imported.edits), (plan, vec![]));
}

#[test]
fn a_series_in_another_zone_or_with_other_exceptions_is_never_silently_there() {
    let known = after(&ics::WINDOWS, &calendar(&[&series("a", "Europe/Berlin", "")]), &plan()).0;
    let other = after(&ics::WINDOWS, &calendar(&[&series("b", "America/New_York", "")]), &known).0;
    assert_eq!(starts(&other).len(), 6);
    for more in ["\nEXDATE;TZID=Europe/Berlin:20270712T220000", "\nRDATE;TZID=Europe/Berlin:20270714T220000"] {
        let (plan, imported) = after(&ics::WINDOWS, &calendar(&[&series("b", "Europe/Berlin", more)]), &known);
        assert_eq!(starts(&plan).len(), 3);
        assert!(
            warnings_of(&imported).contains("already has it, but with other changes on"),
            "{}",
            warnings_of(&imported)
        );
    }
    let (_, imported) = after(&ics::WINDOWS, &calendar(&[&series("b", "Europe/Berlin", "")]), &known);
    assert!(
        warnings_of(&imported).ends_with("\"Patch\" skipped: the plan already has it"),
        "{}",
        warnings_of(&imported)
    );
}
