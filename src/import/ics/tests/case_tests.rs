//! Calendars that programs write otherwise than the simple case, with the instants that they mean.

use super::*;
use crate::model::DatedChange;

/// The windows that a file brings, as they take place: "2027-01-05T21:00Z/23:00Z".
fn instants(text: &str, plan: &Plan) -> Vec<String> {
    let imported = windows(text, plan).unwrap();
    let with_them = imported.edits.iter().fold(plan.clone(), |plan, edit| plan.apply(edit).unwrap());
    let schedule = Schedule::derive(&Arc::new(with_them), None);
    let mut found: Vec<String> = schedule
        .windows
        .iter()
        .flat_map(|window| window.expansion.occurrences.iter())
        .map(|each| {
            format!("{}/{}", each.start_at.to_utc().format("%m-%d %H:%M"), each.end_at.to_utc().format("%H:%M"))
        })
        .collect();
    found.sort();
    found
}

/// The instants of a file with one event that has these lines, and its warnings.
pub(super) fn of_event(lines: &str) -> (Vec<String>, Vec<String>) {
    of_file(&calendar(&[lines]))
}

pub(super) fn of_file(text: &str) -> (Vec<String>, Vec<String>) {
    (instants(text, &plan()), warnings(&windows(text, &plan()).unwrap()))
}

const BERLIN: &str = "UID:1\nSUMMARY:A\nDTSTART;TZID=Europe/Berlin:20270105T220000\nDURATION:PT2H\n";

#[test]
fn by_parts_set_the_clock() {
    let at =
        |start: &str, rule: &str| of_event(&format!("UID:1\nSUMMARY:A\nDTSTART{start}\nDURATION:PT1H\nRRULE:{rule}")).0;
    let berlin = ";TZID=Europe/Berlin:20270103T000000";
    let expected = ["01-03 02:30/03:30", "01-10 02:30/03:30"];
    assert_eq!(at(berlin, "FREQ=WEEKLY;BYDAY=SU;BYHOUR=3;BYMINUTE=30;COUNT=2"), expected);
    assert_eq!(at(":20270109T000000Z", "FREQ=MONTHLY;BYDAY=2SA;BYHOUR=22;COUNT=1"), ["01-09 22:00/23:00"]);
    assert_eq!(at(";TZID=Europe/Berlin:20270105T220000", "FREQ=WEEKLY;BYHOUR=3;COUNT=1"), ["01-12 02:00/03:00"]);
    let day = "UID:1\nSUMMARY:A\nDTSTART;VALUE=DATE:20270109\nRRULE:FREQ=MONTHLY;BYDAY=2SA;BYHOUR=22;COUNT=1";
    assert_eq!(of_event(day).0, ["01-08 23:00/23:00"]);
}

#[test]
fn the_method_says_whether_a_file_is_a_plan() {
    for (method, says) in [
        ("CANCEL", "\"A\" on 2027-01-05 is cancelled: the plan has no window of that name (line 4)"),
        ("reply", "\"A\" skipped: METHOD:REPLY is an answer to an invite: import the file as replies (line 4)"),
        ("COUNTER", "\"A\" skipped: METHOD:COUNTER only proposes a change: import the file as replies (line 4)"),
        ("REFRESH", "\"A\" skipped: METHOD:REFRESH only asks for the event (line 4)"),
    ] {
        let text = calendar(&[BERLIN]).replace("VERSION:2.0", &format!("VERSION:2.0\nmethod:{method}"));
        for imported in [windows(&text, &plan()), freezes(&text, &plan()), holidays(&text, &plan())] {
            let mut edits = imported.unwrap().edits;
            edits.retain(|edit| !matches!(edit, Edit::PutCancelled(_)));
            assert_eq!(edits, [], "{method}");
        }
        assert_eq!(of_file(&text).1[0], says);
    }
    let status = format!("{BERLIN}X-MAINTNOTE-STATUS:CANCELLED");
    assert_eq!(of_event(&status), (vec![], vec!["1 event skipped because cancelled".to_owned()]));
}

#[test]
fn a_cancellation_and_an_update_name_what_the_plan_has() {
    let first = calendar(&["UID:1\nSUMMARY:A\nDTSTART:20270105T220000Z\nDURATION:PT2H"]);
    let Edit::PutWindow(window) = windows(&first, &plan()).unwrap().edits.remove(0) else { panic!() };
    let with_it = plan().apply(&Edit::PutWindow(MaintenanceWindow { imported: None, ..window })).unwrap();
    let cancel = first.replace("VERSION:2.0", "METHOD:CANCEL");
    let said = warnings(&windows(&cancel, &with_it).unwrap());
    assert_eq!(
        said[0],
        "\"A\" on 2027-01-05 is cancelled, but the plan has window \"a\", which stays: delete it (line 3)"
    );
    let update = first.replace("UID:1", "UID:1\nSEQUENCE:1").replace("20270105", "20270112");
    let said = warnings(&windows(&update, &with_it).unwrap());
    let expected = "\"A\" on 2027-01-12 is a later revision (SEQUENCE 1): if it replaces the plan's window \"a\", delete \
                    that (line 3)";
    assert_eq!(said, [expected]);
}

#[test]
fn the_newest_revision_counts_even_if_it_moved() {
    let event = |sequence: u32, stamp: u32, name: &str, day: &str| {
        format!(
            "UID:1\nSEQUENCE:{sequence}\nDTSTAMP:2026110{stamp}T090000Z\nSUMMARY:{name}\nDTSTART:{day}T220000Z\nDURATION:PT1H"
        )
    };
    let both = |one: &str, other: &str| of_file(&calendar(&[one, other]));
    let newer = ["01-12 22:00/23:00"];
    assert_eq!(both(&event(0, 1, "A", "20270105"), &event(1, 1, "A", "20270112")).0, newer);
    assert_eq!(both(&event(1, 1, "A", "20270112"), &event(0, 1, "A", "20270105")).0, newer);
    assert_eq!(both(&event(0, 2, "A", "20270112"), &event(0, 1, "A", "20270105")).0, newer);
    let apart = both(&event(0, 1, "A", "20270105"), &event(0, 1, "B", "20270112"));
    assert_eq!(apart.0, ["01-05 22:00/23:00", "01-12 22:00/23:00"]);
    assert_eq!(apart.1, ["\"A\": 2 different events have its UID, and all are imported (lines 3, 11) (line 3)"]);
}

#[test]
fn freezes_and_holidays_are_read_like_windows() {
    let series = "UID:1\nSUMMARY:F\nDTSTART;VALUE=DATE:20270104\nRRULE:FREQ=WEEKLY;COUNT=4";
    let later = "UID:1\nSUMMARY:F\nRECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20270118\nDTSTART;VALUE=DATE:20270119";
    let days =
        ["2027-01-04 2027-01-04 F", "2027-01-11 2027-01-11 F", "2027-01-19 2027-01-19 F", "2027-01-26 2027-01-26 F"];
    assert_eq!(freezes_of(&calendar(&[series, later])), days);
    let longer =
        "UID:1\nSUMMARY:G\nRECURRENCE-ID;VALUE=DATE:20270118\nDTSTART;VALUE=DATE:20270117\nDTEND;VALUE=DATE:20270120";
    let cancelled = "UID:1\nRECURRENCE-ID;VALUE=DATE:20270111\nDTSTART;VALUE=DATE:20270111\nSTATUS:CANCELLED";
    let days = ["2027-01-04 2027-01-04 F", "2027-01-17 2027-01-19 G", "2027-01-25 2027-01-25 F"];
    assert_eq!(freezes_of(&calendar(&[series, longer, cancelled])), days);
    let excluded = format!("{series}\nEXRULE:FREQ=MONTHLY;BYMONTHDAY=4,18");
    assert_eq!(holidays_of(&calendar(&[&excluded])), ["2027-01-11 F []", "2027-01-25 F []"]);
}

#[test]
fn a_date_may_end_with_a_time() {
    let days = "SUMMARY:F\nDTSTART;VALUE=DATE:20270724\nDTEND:20270726T080000";
    assert_eq!(freezes_of(&calendar(&[days])), ["2027-07-24 2027-07-26 F"]);
}

#[test]
fn a_series_recurs_in_its_own_zone() {
    let new_york =
        "SUMMARY:F\nDTSTART;TZID=America/New_York:20270108T230000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=2";
    assert_eq!(freezes_of(&calendar(&[new_york])), ["2027-01-09 2027-01-09 F", "2027-01-16 2027-01-16 F"]);
    let utc = "SUMMARY:F\nDTSTART:20270228T213000Z\nDTEND:20270228T230000Z\nRRULE:FREQ=WEEKLY;INTERVAL=5;COUNT=2";
    assert_eq!(freezes_of(&calendar(&[utc])), ["2027-02-28 2027-02-28 F", "2027-04-04 2027-04-05 F"]);
}

#[test]
fn an_instant_in_the_repeated_hour_keeps_its_time() {
    for (start, end, expected) in [
        ("20271031T003000Z", "20271031T013000Z", "10-31 00:30/01:30"),
        ("20271031T013000Z", "20271031T033000Z", "10-31 01:30/03:30"),
        ("20271031T004500Z", "20271031T011500Z", "10-31 00:45/01:15"),
    ] {
        let (found, said) = of_event(&format!("UID:1\nSUMMARY:A\nDTSTART:{start}\nDTEND:{end}"));
        assert_eq!(found, [expected]);
        assert!(said[0].contains("an hour that the clocks show twice"), "{said:?}");
    }
}

#[test]
fn days_that_outlook_marks_are_days_everywhere() {
    let event = |zone: &str| {
        format!(
            "SUMMARY:D\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nDTSTART{zone}:20270705T000000\nDTEND{zone}:20270706T000000"
        )
    };
    assert_eq!(holidays_of(&calendar(&[&event(";TZID=Eastern Standard Time")])), ["2027-07-05 D []"]);
    assert_eq!(freezes_of(&calendar(&[&event(";TZID=Asia/Tokyo")])), ["2027-07-05 2027-07-05 D"]);
}

/// A file whose zone `name` is ahead by these offsets in winter and summer, with an event in July.
fn with_zone(name: &str, winter: &str, summer: &str) -> String {
    let part = |kind: &str, month: u8, hour: u8, from: &str, to: &str| {
        format!(
            "BEGIN:{kind}\nDTSTART:0001{month:02}01T{hour:02}0000\nRRULE:FREQ=MONTHLY;INTERVAL=12;BYMONTH={month};BYDAY=-1SU\n\
             TZOFFSETFROM:{from}\nTZOFFSETTO:{to}\nEND:{kind}\n"
        )
    };
    let parts = part("STANDARD", 10, 2, summer, winter) + &part("DAYLIGHT", 3, 1, winter, summer);
    let zone = format!("VERSION:2.0\nBEGIN:VTIMEZONE\nTZID:{name}\n{parts}END:VTIMEZONE");
    let event = format!("UID:1\nSUMMARY:A\nDTSTART;TZID={name}:20270713T220000\nDURATION:PT1H");
    calendar(&[&event]).replace("VERSION:2.0", &zone)
}

#[test]
fn a_definition_in_the_file_wins_over_the_name_of_its_zone() {
    let (found, said) = of_file(&with_zone("GMT", "+0000", "+0100"));
    assert_eq!(found, ["07-13 21:00/22:00"]);
    assert!(said[0].contains("the file defines \"GMT\" with the clock of Europe/London"), "{said:?}");
    let (found, said) = of_file(&with_zone("Odd", "+0017", "+0117"));
    assert_eq!(found, ["07-13 20:43/21:43"]);
    assert!(said[0].contains("no known time zone has the offsets of \"Odd\""), "{said:?}");
    let series =
        with_zone("Odd", "+0017", "+0117").replace("DURATION:PT1H", "DURATION:PT1H\nRRULE:FREQ=MONTHLY;COUNT=5");
    let imported = windows(&series, &plan()).unwrap();
    let [Edit::PutZone(zone), Edit::PutWindow(window)] = &*imported.edits else { panic!("{:?}", imported.edits) };
    assert_eq!((zone.id.as_str(), window.zone.as_deref()), ("Odd", Some("Odd")));
    assert_eq!(imported.summary, "1 window");
    let clocks =
        ["07-13 20:43/21:43", "08-13 20:43/21:43", "09-13 20:43/21:43", "10-13 20:43/21:43", "11-13 21:43/22:43"];
    assert_eq!(instants(&series, &plan()), clocks);
    let known = imported.edits.iter().fold(plan(), |plan, edit| plan.apply(edit).unwrap());
    assert_eq!(windows(&series, &known).unwrap().edits, []);
    let other = windows(&with_zone("Odd", "+0023", "+0123"), &known).unwrap();
    let [Edit::PutZone(zone), Edit::PutWindow(window)] = &*other.edits else { panic!("{:?}", other.edits) };
    assert_eq!((zone.id.as_str(), window.zone.as_deref()), ("odd", Some("odd")));
    let Edit::PutZone(zone) = &windows(&with_zone("GMT", "+0017", "+0117"), &plan()).unwrap().edits[0] else {
        panic!()
    };
    assert_eq!(zone.id.as_str(), "GMT (calendar)");
}

#[test]
fn an_occurrence_keeps_its_own_length_and_later_ones_follow_a_change() {
    let series = format!("{BERLIN}RRULE:FREQ=WEEKLY;COUNT=2\n");
    let longer = "UID:1\nSUMMARY:A\nRECURRENCE-ID;TZID=Europe/Berlin:20270112T220000\n\
                  DTSTART;TZID=Europe/Berlin:20270112T200000\nDTEND;TZID=Europe/Berlin:20270113T040000";
    let (found, said) = of_file(&calendar(&[&series, longer]));
    assert_eq!(found, ["01-05 21:00/23:00", "01-12 19:00/03:00"]);
    assert_eq!(said, [""; 0]);
    let later = longer.replace("ID;", "ID;RANGE=THISANDFUTURE;").replace("0113T04", "0112T22");
    let text = calendar(&[&series.replace(";COUNT=2", ""), &later]);
    let Edit::PutWindow(window) = windows(&text, &plan()).unwrap().edits.remove(0) else { panic!() };
    let clock = chrono::NaiveTime::from_hms_opt(20, 0, 0);
    let change = DatedChange { from: "2027-01-12".parse().unwrap(), start: clock, duration: None, shift_days: 0 };
    assert_eq!((window.changes, window.exceptions), (vec![change], vec![]));
    assert_eq!(of_file(&text).0[..3], ["01-05 21:00/23:00", "01-12 19:00/21:00", "01-19 19:00/21:00"]);
    let moved = text
        .replace("Berlin:20270112T200000", "Berlin:20270113T230000")
        .replace("20270112T220000\nEND", "20270114T020000\nEND");
    assert_eq!(of_file(&moved).0[..3], ["01-05 21:00/23:00", "01-13 22:00/01:00", "01-20 22:00/01:00"]);
    let ended =
        text.replace("DTSTART;TZID=Europe/Berlin:20270112", "STATUS:CANCELLED\nDTSTART;TZID=Europe/Berlin:20270112");
    assert_eq!(of_file(&ended).0, ["01-05 21:00/23:00"]);
    let exact =
        "UID:1\nSUMMARY:A\nDTSTART;TZID=Europe/Berlin:20270321T010000\nDURATION:PT4H\nRRULE:FREQ=WEEKLY;COUNT=2";
    let (found, said) = of_event(exact);
    assert_eq!(found, ["03-21 00:00/04:00", "03-28 00:00/04:00"]);
    assert_eq!(said, [""; 0]);
}

#[test]
fn exclusions_and_additions_are_matched_by_their_time() {
    let with = |lines: &str| of_event(&format!("{BERLIN}RRULE:FREQ=WEEKLY;COUNT=2\n{lines}"));
    let (found, said) = with("EXDATE;TZID=Europe/Berlin:20270112T210000");
    assert_eq!(found, ["01-05 21:00/23:00", "01-12 21:00/23:00"]);
    assert_eq!(said, ["\"A\": EXDATE on 2027-01-12 at 21:00 excludes nothing, since nothing begins then (line 3)"]);
    assert_eq!(with("EXDATE;VALUE=DATE:20270112").0, ["01-05 21:00/23:00"]);
    let moved = with("EXDATE:20270112T210000Z\nRDATE:20270112T040000Z");
    assert_eq!(moved, (vec!["01-05 21:00/23:00".to_owned(), "01-12 04:00/06:00".to_owned()], vec![]));
    let period = with("RDATE;VALUE=PERIOD:20270114T040000Z/PT5H").0;
    assert_eq!(period, ["01-05 21:00/23:00", "01-12 21:00/23:00", "01-14 04:00/09:00"]);
}

#[test]
fn a_rule_is_judged_as_it_is_written() {
    let with = |rule: &str| of_event(&format!("{BERLIN}RRULE:{rule}"));
    let weekly = ["01-05 21:00/23:00", "01-12 21:00/23:00"];
    assert_eq!(with("FREQ=WEEKLY;COUNT=-1;UNTIL=20270112").0, weekly);
    assert_eq!(with("FREQ=WEEKLY;COUNT=3;EXDATE=20270112T220000").0, ["01-05 21:00/23:00", "01-19 21:00/23:00"]);
    let mixed = ["01-05 21:00/23:00", "01-11 21:00/23:00", "01-12 21:00/23:00"];
    assert_eq!(with("FREQ=MONTHLY;BYDAY=2MO,TU;COUNT=3").0, mixed);
    let two = format!("{BERLIN}RRULE:FREQ=WEEKLY;COUNT=2\nRRULE:FREQ=WEEKLY;BYDAY=SA;COUNT=1");
    assert_eq!(of_event(&two).0, ["01-05 21:00/23:00", "01-09 21:00/23:00", "01-12 21:00/23:00"]);
    for (rule, says) in [
        ("FREQ=WEEKLY;COUNT=0", "COUNT=0"),
        ("FREQ=WEEKLY;INTERVAL=0", "INTERVAL=0"),
        ("FREQ=WEEKLY;INTERVAL=-1;COUNT=3", "INTERVAL=-1"),
        ("FREQ=WEEKLY;FOO=BAR", "FOO=BAR"),
        ("FREQ=MONTHLY;BYDAY=6MO", "no month has that weekday 6 times"),
        ("FREQ=WEEKLY;BYDAY=2MO", "no numbered weekdays"),
        ("FREQ=WEEKLY;COUNT=2;COUNT=3", "COUNT twice"),
        ("FREQ=DAILY;BYHOUR=1,2", "at most once a day"),
    ] {
        let (found, said) = with(rule);
        assert!(found.is_empty() && said.len() == 1 && said[0].contains(says), "{rule}: {found:?} {said:?}");
    }
}

#[test]
fn single_events_of_one_name_and_clock_become_one_window() {
    let event = |day: &str| format!("UID:{day}\nSUMMARY:Patch\nDTSTART;TZID=Europe/Berlin:{day}T220000\nDURATION:PT4H");
    let days = ["20270116", "20270213", "20270313", "20270417"].map(event);
    let text = calendar(&days.each_ref().map(String::as_str));
    let together = windows(&text, &plan()).unwrap();
    assert_eq!(together.summary, "1 window");
    assert!(matches!(&together.edits[0], Edit::PutWindow(window) if matches!(window.rule, Rule::AfterRelease { .. })));
    assert_eq!(instants(&text, &plan()).len(), 4);
}

#[test]
fn observances_are_no_holidays_and_regions_are_kept() {
    let event = |name: &str, says: &str| format!("SUMMARY:{name}\nDTSTART;VALUE=DATE:20270106\nDESCRIPTION:{says}");
    let text = calendar(&[
        &event("Epiphany (regional holiday)", "Public holiday in Bavaria\\, Hesse"),
        &event("Valentinstag", "Gedenktag\\nWenn du Gedenktage ausblenden möchtest …"),
        &event("Neujahr", "Gesetzlicher Feiertag"),
    ]);
    assert_eq!(holidays_of(&text), ["2027-01-06 Epiphany [Bavaria, Hesse]", "2027-01-06 Neujahr []"]);
    assert_eq!(warnings(&holidays(&text, &plan()).unwrap()), ["1 observance left out: on these days people work"]);
}

#[test]
fn a_second_occurrence_on_one_day_is_a_window_of_its_own() {
    let lines = "SUMMARY:Twice\nDTSTART:20270105T120000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=5\n\
                 RDATE:20270105T150000,20270105T120000,20270301T120000,20270301T150000";
    let imported = windows(&calendar(&[lines]), &plan()).unwrap();
    assert_eq!(imported.edits.len(), 2);
    let expected = ["2027-01-05", "2027-03-01"].map(|on| {
        format!(
            "\"Twice\" on {on} at 15:00 is a second occurrence on one day, so it becomes a separate window (line 3)"
        )
    });
    assert_eq!(warnings(&imported), expected);
}

#[test]
fn whole_days_of_outlook_are_excluded_and_end_by_times_on_other_clocks() {
    let series = |start: &str, more: &str| {
        calendar(&[&format!(
            "UID:o\nSUMMARY:F\n{start}\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nRRULE:FREQ=WEEKLY;COUNT=3\n{more}"
        )])
    };
    let tokyo = "DTSTART;TZID=Asia/Tokyo:20270104T000000\nDTEND;TZID=Asia/Tokyo:20270105T000000";
    let utc = "DTSTART:20270104T000000Z\nDTEND:20270105T000000Z";
    let first_and_last = ["2027-01-04 2027-01-04 F", "2027-01-18 2027-01-18 F"];
    for (start, more) in [
        (tokyo, "EXDATE:20270110T150000Z"),
        (tokyo, "EXDATE;TZID=Asia/Tokyo:20270111T000000"),
        (tokyo, "EXDATE;VALUE=DATE:20270111"),
        (tokyo, "EXDATE;TZID=America/New_York:20270110T100000"),
        (utc, "EXDATE:20270111T000000Z"),
        (utc, "EXDATE;TZID=Asia/Tokyo:20270111T090000"),
    ] {
        let text = series(start, more);
        assert_eq!(freezes_of(&text), first_and_last, "{more}");
        assert_eq!(warnings(&freezes(&text, &plan()).unwrap()), [""; 0], "{more}");
    }
    let until = |until: &str| series(tokyo, "").replace("COUNT=3", &format!("UNTIL={until}"));
    assert_eq!(freezes_of(&until("20270117T150000Z")).len(), 3);
    assert_eq!(freezes_of(&until("20270117T145959Z")).len(), 2);
    let moved = "END:VEVENT\nBEGIN:VEVENT\nUID:o\nSUMMARY:M\nRECURRENCE-ID:20270110T150000Z\n\
                 DTSTART;TZID=Asia/Tokyo:20270112T000000\nDTEND;TZID=Asia/Tokyo:20270113T000000\n\
                 X-MICROSOFT-CDO-ALLDAYEVENT:TRUE";
    assert_eq!(freezes_of(&series(tokyo, moved))[1], "2027-01-12 2027-01-12 M");
}

#[test]
fn a_definition_without_summer_time_counts_less_than_any_known_name() {
    let file = |name: &str, offset: &str| {
        let part = format!(
            "BEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\nEND:STANDARD\n"
        );
        let zone = format!("VERSION:2.0\nBEGIN:VTIMEZONE\nTZID:{name}\n{part}END:VTIMEZONE");
        let event = format!("UID:1\nSUMMARY:A\nDTSTART;TZID={name}:20270713T220000\nDURATION:PT1H");
        of_file(&calendar(&[&event]).replace("VERSION:2.0", &zone))
    };
    for (name, offset, july) in
        [("W. Europe Standard Time", "+0100", "20:00/21:00"), ("GMT Standard Time", "+0000", "21:00/22:00")]
    {
        let (found, said) = file(name, offset);
        assert_eq!(found, [format!("07-13 {july}")], "{name}");
        assert!(said[0].contains("without summer time, so the clock of Europe/"), "{name}: {said:?}");
    }
    assert_eq!(file("Europe/Berlin", "+0100"), (vec!["07-13 20:00/21:00".to_owned()], vec![]));
    assert_eq!(file("Arabian Standard Time", "+0400"), (vec!["07-13 18:00/19:00".to_owned()], vec![]));
    assert_eq!(file("Of a vendor", "+0100").0, ["07-13 21:00/22:00"]);
}
