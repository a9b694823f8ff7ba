//! METHOD:ADD adds dates to a series that the plan has.

use super::later_tests::{after, frozen, message, starts, told};
use super::*;

fn series(start: &str) -> String {
    calendar(&[&format!("UID:s@a.example\nSUMMARY:N\n{start}\nRRULE:FREQ=WEEKLY;COUNT=3")])
}

/// Three nights from Mon 4 Jan 2027.
fn nights() -> String {
    series("DTSTART;TZID=Europe/Berlin:20270104T220000\nDURATION:PT2H")
}

fn days() -> String {
    series("DTSTART;VALUE=DATE:20270104")
}

fn adding(sequence: u32, times: &str) -> String {
    message("ADD", &format!("UID:s@a.example\nSUMMARY:N\nSEQUENCE:{sequence}\n{times}"))
}

const NIGHT: &str = "DTSTART:20270214T210000Z\nDURATION:PT2H";
const DAY: &str = "DTSTART;VALUE=DATE:20270214";

#[test]
fn a_date_is_added_to_the_window_of_its_series() {
    let known = after(&ics::WINDOWS, &nights(), &plan()).0;
    let (added, imported) = after(&ics::WINDOWS, &adding(1, NIGHT), &known);
    assert_eq!(starts(&added), ["01-04 21:00", "01-11 21:00", "01-18 21:00", "02-14 21:00"]);
    assert_eq!(told(&imported), ["Changed: N (n) · Sun 14 Feb 2027: as usual → added"]);
    assert_eq!((&*imported.summary, warnings(&imported), added.windows().len()), ("1 change", vec![], 1));
    let (again, imported) = after(&ics::WINDOWS, &adding(1, NIGHT), &added);
    assert_eq!((again, imported.edits), (added.clone(), vec![]));
    // The series as it was adds nothing and removes nothing; a newer version counts.
    assert_eq!(starts(&after(&ics::WINDOWS, &nights(), &added).0).len(), 4);
    let newer = nights().replace("SUMMARY", "SEQUENCE:2\nSUMMARY");
    assert_eq!(starts(&after(&ics::WINDOWS, &newer, &added).0).len(), 3);
    // The added occurrence is cancelled by its time.
    let cancel = message("CANCEL", "UID:s@a.example\nSEQUENCE:2\nRECURRENCE-ID:20270214T210000Z");
    let cancelled = after(&ics::WINDOWS, &cancel, &added).0;
    assert_eq!(starts(&cancelled).len(), 3);
    let (older, imported) = after(&ics::WINDOWS, &adding(1, NIGHT), &cancelled);
    assert_eq!((starts(&older).len(), told(&imported).len()), (3, 1));
}

#[test]
fn several_dates_and_rules_are_added_too() {
    let known = after(&ics::WINDOWS, &nights(), &plan()).0;
    for (more, expected) in [
        ("RDATE:20270301T210000Z,20270302T220000Z", &["02-14 21:00", "03-01 21:00", "03-02 22:00"][..]),
        ("RRULE:FREQ=MONTHLY;COUNT=2", &["02-14 21:00", "03-14 21:00"]),
        ("RRULE:FREQ=YEARLY", &["02-14 21:00"]),
    ] {
        let added = after(&ics::WINDOWS, &adding(1, &format!("{NIGHT}\n{more}")), &known).0;
        assert_eq!(starts(&added)[3..], *expected, "{more}");
    }
    let longer = adding(1, "DTSTART:20270214T200000Z\nDURATION:PT5H");
    let added = after(&ics::WINDOWS, &longer, &known).0;
    let exception = added.windows().iter().next().unwrap().exceptions.last().unwrap().change.clone();
    let start = chrono::NaiveTime::from_hms_opt(21, 0, 0);
    assert_eq!(exception, OccurrenceChange::Added { start, duration: Some(crate::model::Minutes::hours(5)) });
}

#[test]
fn dates_are_added_to_single_events_and_to_series_of_the_same_file() {
    let single = calendar(&["UID:s@a.example\nSUMMARY:N\nDTSTART;TZID=Europe/Berlin:20270104T220000\nDURATION:PT2H"]);
    let known = after(&ics::WINDOWS, &single, &plan()).0;
    let added = after(&ics::WINDOWS, &adding(1, NIGHT), &known).0;
    assert_eq!((starts(&added), added.windows().len()), (vec!["01-04 21:00".to_owned(), "02-14 21:00".to_owned()], 1));
    let both = format!("{}{}", nights(), adding(1, NIGHT));
    assert_eq!(starts(&after(&ics::WINDOWS, &both, &plan()).0).len(), 4);
}

#[test]
fn a_freeze_or_holiday_is_added_to_its_series() {
    let known = after(&ics::FREEZES, &days(), &plan()).0;
    let (added, imported) = after(&ics::FREEZES, &adding(1, DAY), &known);
    assert_eq!((frozen(&added).len(), &*imported.summary), (4, "1 new change freeze"));
    for text in [adding(1, DAY), days()] {
        assert_eq!(after(&ics::FREEZES, &text, &added).0, added, "{text}");
    }
    let cancel = message("CANCEL", "UID:s@a.example\nSEQUENCE:2\nRECURRENCE-ID;VALUE=DATE:20270214");
    assert_eq!(frozen(&after(&ics::FREEZES, &cancel, &added).0).len(), 3);

    let count = |plan: &Plan| plan.holidays().iter().map(|calendar| calendar.days.len()).sum::<usize>();
    let known = after(&ics::HOLIDAYS, &days(), &plan()).0;
    let (added, imported) = after(&ics::HOLIDAYS, &adding(1, DAY), &known);
    assert_eq!((count(&added), told(&imported)), (4, vec!["New: N on Sun 14 Feb 2027 · ".to_owned()]));
    for text in [adding(1, DAY), days()] {
        assert_eq!(after(&ics::HOLIDAYS, &text, &added).0, added, "{text}");
    }
    let (cancelled, imported) = after(&ics::HOLIDAYS, &cancel, &added);
    assert_eq!(count(&cancelled), 3);
    assert_eq!(told(&imported), ["Removed: N on Sun 14 Feb 2027 · Cancelled in the imported calendar"]);
}

#[test]
fn what_cannot_be_added_is_refused_by_name() {
    for kind in [&ics::WINDOWS, &ics::FREEZES, &ics::HOLIDAYS] {
        let (same, imported) = after(kind, &adding(1, NIGHT), &plan());
        assert_eq!(same, plan());
        let said = "\"N\" skipped: METHOD:ADD adds dates to a series that the plan does not have: ask for the whole series \
                    (line 4)";
        assert_eq!(warnings(&imported), [said], "{}", kind.id);
    }
    let known = after(&ics::WINDOWS, &nights(), &plan()).0;
    let backwards = adding(1, "DTSTART:20270111T030000Z\nDTEND:20270111T020000Z");
    let (same, imported) = after(&ics::WINDOWS, &backwards, &known);
    assert_eq!(same, known);
    assert_eq!(warnings(&imported), ["\"N\" skipped: it ends before it begins (line 4)"]);
    let newer = after(&ics::WINDOWS, &nights().replace("SUMMARY", "SEQUENCE:2\nSUMMARY"), &plan()).0;
    let (same, imported) = after(&ics::WINDOWS, &adding(1, NIGHT), &newer);
    assert_eq!((same, told(&imported).len()), (newer, 1));
}
