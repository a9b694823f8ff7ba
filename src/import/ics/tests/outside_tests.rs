//! Occurrences of freezes and holidays outside the plan's months.

use super::later_tests::{after, frozen, message};
use super::*;

/// The plan after an import that widens its months.
fn widened(kind: &'static ImportKind, text: &str, plan: &Plan) -> Plan {
    let imported = import(kind, text, plan).unwrap();
    plan.apply(&imported.widened_edit().unwrap()).unwrap()
}

fn longer(plan: &Plan) -> Plan {
    plan.apply(&Edit::SetHorizon(Horizon { months: 36, ..plan.horizon() })).unwrap()
}

fn days(plan: &Plan) -> Vec<String> {
    plan.holidays().iter().flat_map(|calendar| &calendar.days).map(|day| day.on.to_string()).collect()
}

fn frozen_days(plan: &Plan) -> Vec<String> {
    let horizon = plan.horizon();
    let spans = plan.freezes().iter().flat_map(|freeze| freeze.spans(horizon.from, horizon.last()));
    let mut days: Vec<String> = spans.map(|span| span.first_on.to_string()).collect();
    days.sort();
    days
}

#[test]
fn days_of_a_series_outside_the_months_are_reported_and_widening_brings_them() {
    let series = |start: &str, rule: &str| {
        calendar(&[&format!("UID:s@a.example\nSUMMARY:A\nDTSTART;VALUE=DATE:{start}\nRRULE:{rule}")])
    };
    let partly = series("20271220", "FREQ=WEEKLY;COUNT=4");
    let said =
        "\"A\": 2 of 4 occurrences are outside the plan's months (2027-01-01 to 2027-12-31) and left out (line 3)";
    for kind in [&ics::FREEZES, &ics::HOLIDAYS] {
        let imported = import(kind, &partly, &plan()).unwrap();
        assert_eq!(warnings(&imported), [said], "{}", kind.id);
        assert_eq!(imported.horizon, Some(Horizon { months: 13, ..plan().horizon() }));
    }
    let all = ["2027-12-20", "2027-12-27", "2028-01-03", "2028-01-10"];
    assert_eq!(frozen_days(&widened(&ics::FREEZES, &partly, &plan())), all);
    assert_eq!(days(&widened(&ics::HOLIDAYS, &partly, &plan())), all);

    let wholly = series("20280103", "FREQ=WEEKLY;UNTIL=20280110");
    let said =
        "\"A\": all 2 occurrences are outside the plan's months (2027-01-01 to 2027-12-31) and left out (line 3)";
    assert_eq!(warnings(&import(&ics::FREEZES, &wholly, &plan()).unwrap()), [said]);
    assert_eq!(frozen_days(&widened(&ics::FREEZES, &wholly, &plan())), ["2028-01-03", "2028-01-10"]);
    // What is over and what never ends is not outside.
    for (start, rule) in
        [("20260105", "FREQ=WEEKLY;COUNT=60"), ("20270104", "FREQ=WEEKLY"), ("20270104", "FREQ=WEEKLY;UNTIL=20400101")]
    {
        let imported = import(&ics::FREEZES, &series(start, rule), &plan()).unwrap();
        assert_eq!((warnings(&imported), imported.horizon), (vec![], None), "{rule}");
    }
    let endless = import(&ics::FREEZES, &series("20280103", "FREQ=WEEKLY"), &plan()).unwrap();
    let said = "\"A\": its first occurrence, Mon 3 Jan 2028, is outside the plan's months (2027-01-01 to 2027-12-31) and left \
                out (line 3)";
    assert_eq!(warnings(&endless), [said]);
    assert_eq!(endless.horizon, Some(Horizon { months: 13, ..plan().horizon() }));
}

#[test]
fn what_fits_is_imported_even_if_the_rest_is_too_much() {
    let event = |number: usize| {
        format!("UID:{number}@a.example\nSUMMARY:{number}\nDTSTART;VALUE=DATE:20270101\nRRULE:FREQ=DAILY;COUNT=800")
    };
    let events: Vec<String> = (0..130).map(event).collect();
    let imported = import(&ics::HOLIDAYS, &calendar(&events.iter().map(String::as_str).collect::<Vec<_>>()), &plan());
    let imported = imported.unwrap();
    assert_eq!((imported.edits.len(), imported.horizon, imported.widened.is_none()), (1, None, true));
    let said = "The plan's months cannot be widened for this file: the file has more than 100000 holidays";
    assert!(warnings(&imported).last().unwrap().to_lowercase().starts_with(&said.to_lowercase()));
}

fn yearly() -> String {
    calendar(&["UID:f@a.example\nSUMMARY:F\nDTSTART;VALUE=DATE:20271220\nDTEND;VALUE=DATE:20271224\nRRULE:FREQ=YEARLY"])
}

fn about(method: &str, sequence: u32, on: &str, more: &str) -> String {
    message(
        method,
        format!("UID:f@a.example\nSUMMARY:F\nSEQUENCE:{sequence}\nRECURRENCE-ID;VALUE=DATE:{on}\n{more}").trim_end(),
    )
}

#[test]
fn a_cancelled_date_after_the_months_does_not_come_back() {
    let known = after(&ics::FREEZES, &yearly(), &plan()).0;
    let (cancelled, imported) = after(&ics::FREEZES, &about("CANCEL", 1, "20281220", ""), &known);
    assert_eq!(frozen(&cancelled), ["2029-12-20..2029-12-23", "2027-12-20..2027-12-23"]);
    let said = "\"F\" has an occurrence that differs, so those to Wed 20 Dec 2028 become freezes of their own";
    assert_eq!(warnings(&imported), [said]);
    assert_eq!(frozen_days(&longer(&cancelled)), ["2027-12-20", "2029-12-20"]);
    // The series as it was does not bring it back.
    let again = after(&ics::FREEZES, &yearly(), &cancelled).0;
    assert_eq!(frozen_days(&longer(&again)), ["2027-12-20", "2029-12-20"]);
    let whole = message("CANCEL", "UID:f@a.example\nSEQUENCE:2\nDTSTAMP:20261101T090000Z");
    assert_eq!(frozen(&after(&ics::FREEZES, &whole, &cancelled).0).len(), 0);
}

#[test]
fn a_date_after_the_months_moves_once() {
    let known = after(&ics::FREEZES, &yearly(), &plan()).0;
    let times = "DTSTART;VALUE=DATE:20281227\nDTEND;VALUE=DATE:20281229";
    let moved = after(&ics::FREEZES, &about("REQUEST", 1, "20281220", times), &known).0;
    assert_eq!(frozen_days(&longer(&moved)), ["2027-12-20", "2028-12-27", "2029-12-20"]);
    let ended = about("CANCEL", 1, "20281220", "").replace("ENCE-ID", "ENCE-ID;RANGE=THISANDFUTURE");
    assert_eq!(frozen(&after(&ics::FREEZES, &ended, &known).0), ["2027-12-20..2027-12-23"]);
}

#[test]
fn a_freeze_after_the_months_ends_with_its_series() {
    let known = after(&ics::FREEZES, &yearly(), &plan()).0;
    let split = after(&ics::FREEZES, &about("CANCEL", 1, "20281220", ""), &known).0;
    let ended = yearly().replace("FREQ=YEARLY", "FREQ=YEARLY;UNTIL=20271231\nSEQUENCE:2");
    assert_eq!(frozen_days(&longer(&after(&ics::FREEZES, &ended, &split).0)), ["2027-12-20"]);
}
