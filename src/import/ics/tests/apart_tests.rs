//! Messages about occurrences that the window of their series cannot have.

use super::later_tests::{after, message, starts, told};
use super::*;

/// Three nights from Sun 24 Oct 2027; on 31 Oct the clocks show 02:00 to 03:00 twice.
fn nights() -> Plan {
    let series = "UID:s@a.example\nSUMMARY:N\nDTSTART;TZID=Europe/Berlin:20271024T220000\nDURATION:PT2H\n\
                  RRULE:FREQ=WEEKLY;COUNT=3";
    after(&ics::WINDOWS, &calendar(&[series]), &plan()).0
}

fn moved(sequence: u32, to: &str) -> String {
    message(
        "REQUEST",
        &format!(
            "UID:s@a.example\nSUMMARY:N\nSEQUENCE:{sequence}\nRECURRENCE-ID;TZID=Europe/Berlin:20271031T220000\n\
             DTSTART:{to}Z\nDURATION:PT2H"
        ),
    )
}

#[test]
fn an_occurrence_in_the_second_of_two_equal_hours_becomes_a_window_in_utc() {
    let known = nights();
    let (apart, imported) = after(&ics::WINDOWS, &moved(1, "20271031T013000"), &known);
    assert_eq!(starts(&apart), ["10-24 20:00", "10-31 01:30", "11-07 21:00"]);
    let said = "\"N\" on 2027-10-31 at 01:30 UTC is in an hour that the clocks show twice, so it becomes a separate window \
                (line 4)";
    assert_eq!((warnings(&imported), apart.windows().len()), (vec![said.to_owned()], 2));
    let zones: Vec<_> = apart.windows().iter().map(|window| window.zone.clone()).collect();
    assert!(zones.contains(&Some("UTC".to_owned())), "{zones:?}");
    assert_eq!(after(&ics::WINDOWS, &moved(1, "20271031T013000"), &apart).0, apart);
    let (again, _) = after(&ics::WINDOWS, &moved(2, "20271101T200000"), &apart);
    assert_eq!(starts(&again), ["10-24 20:00", "11-01 20:00", "11-07 21:00"]);
    let cancel = moved(3, "20271101T200000").replace("REQUEST", "CANCEL");
    let (cancelled, _) = after(&ics::WINDOWS, &cancel, &again);
    assert_eq!((starts(&cancelled), cancelled.windows().len()), (starts(&cancelled)[..2].to_vec(), 1));
    // The first of the two hours is one of the window itself.
    let (first, imported) = after(&ics::WINDOWS, &moved(1, "20271031T003000"), &known);
    assert_eq!((starts(&first)[1].as_str(), warnings(&imported), first.windows().len()), ("10-31 00:30", vec![], 1));
}

#[test]
fn a_second_time_on_a_day_is_added_as_a_separate_window() {
    let known = nights();
    let adding = |sequence: u32, times: &str| {
        message("ADD", &format!("UID:s@a.example\nSUMMARY:N\nSEQUENCE:{sequence}\nDTSTART:{times}\nDURATION:PT2H"))
    };
    let early = "20271107T030000Z";
    let (added, imported) = after(&ics::WINDOWS, &adding(1, early), &known);
    assert_eq!(starts(&added), ["10-24 20:00", "10-31 21:00", "11-07 03:00", "11-07 21:00"]);
    let said =
        "\"N\" on 2027-11-07 at 04:00 is a second occurrence on one day, so it becomes a separate window (line 4)";
    assert_eq!((warnings(&imported), told(&imported)), (vec![said.to_owned()], vec!["New: N (n-2) · ".to_owned()]));
    let (again, imported) = after(&ics::WINDOWS, &adding(1, early), &added);
    assert_eq!((again, warnings(&imported)), (added.clone(), vec![]));
    let cancel = |at: &str| message("CANCEL", &format!("UID:s@a.example\nSEQUENCE:2\nRECURRENCE-ID:{at}"));
    assert_eq!(starts(&after(&ics::WINDOWS, &cancel(early), &added).0), starts(&known));
    let rest = starts(&after(&ics::WINDOWS, &cancel("20271107T210000Z"), &added).0);
    assert_eq!(rest, ["10-24 20:00", "10-31 21:00", "11-07 03:00"]);
    // Of two times on a day without an occurrence, the second is the separate one.
    let both = adding(1, "20271110T200000Z\nRDATE:20271110T040000Z");
    let (added, _) = after(&ics::WINDOWS, &both, &known);
    assert_eq!((&starts(&added)[3..], added.windows().len()), (&["11-10 04:00".into(), "11-10 20:00".into()][..], 2));
}
