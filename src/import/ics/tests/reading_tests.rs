//! What single lines of a calendar say, in unusual forms, impossible ones and in the nights of clock changes.

use super::case_tests::{of_event, of_file};
use super::*;

const WEEKLY: &str =
    "UID:1\nSUMMARY:A\nDTSTART;TZID=Europe/Berlin:20270104T220000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2";
const BERLIN: &str = "DTSTART;TZID=Europe/Berlin";

fn event(lines: &str) -> (Vec<String>, Vec<String>) {
    of_event(&format!("UID:1\nSUMMARY:A\n{lines}"))
}

#[test]
fn times_in_unusual_forms_keep_their_zone() {
    for (start, end) in [
        ("20270704T220000.000Z", "20270705T020000.000Z"),
        ("20270704T2200Z", "20270705T0200Z"),
        ("2027-07-04T22:00:00Z", "2027-07-05T04:00:00+02:00"),
    ] {
        let (found, said) = event(&format!("DTSTART:{start}\nDTEND:{end}"));
        assert_eq!(found, ["07-04 22:00/02:00"], "{start}");
        assert!(said[0].contains(&format!("DTSTART \"{start}\" (line 6) is read as 20270704T220000Z")), "{said:?}");
    }
    let utc = "DTSTART:20270104T210000Z\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;COUNT=2";
    assert_eq!(event(&format!("{utc}\nEXDATE:20270111T210000.000Z")).0, ["01-04 21:00/23:00"]);
    for lines in [
        "DTSTART:20270704T22\nDURATION:PT1H",
        "DTSTART:20270230T220000\nDURATION:PT1H",
        "DTSTART:20270704T220000Y\nDURATION:PT1H",
        "DTSTART:20270704T220000\nDTEND:tomorrow",
        "DTSTART:20270704T220000\nDURATION:PT1H\nRECURRENCE-ID:first",
    ] {
        let (found, said) = event(lines);
        assert!(found.is_empty() && said[0].contains("\"A\" skipped: invalid "), "{lines} {said:?}");
    }
}

#[test]
fn unreadable_exceptions_are_told_with_their_line() {
    for (line, says) in [
        ("EXDATE;TZID=Europe/Berlin:garbage", "\"A\": invalid EXDATE \"garbage\" (line 9) excludes nothing (line 3)"),
        ("RDATE:20270230T220000", "\"A\": invalid RDATE \"20270230T220000\" (line 9) adds nothing (line 3)"),
    ] {
        assert_eq!(of_event(&format!("{WEEKLY}\n{line}")).1, [says]);
    }
    let list = format!("{WEEKLY}\nEXDATE;TZID=Europe/Berlin:garbage,20270111T220000");
    assert_eq!(of_event(&list).0, ["01-04 21:00/22:00"]);
}

#[test]
fn an_added_time_in_utc_is_exact_in_the_repeated_hour() {
    let with = |start: &str, more: &str| event(&format!("{BERLIN}:{start}\nDURATION:PT1H\n{more}"));
    let (found, said) = with("20271024T023000", "RDATE:20271031T013000Z");
    assert_eq!(found, ["10-24 00:30/01:30", "10-31 01:30/02:30"]);
    assert!(said[0].contains("01:30 UTC is in an hour that the clocks show twice"), "{said:?}");
    let (found, _) = with("20271010T023000", "RRULE:FREQ=WEEKLY;COUNT=2\nRDATE:20271031T013000Z");
    assert_eq!(found, ["10-10 00:30/01:30", "10-17 00:30/01:30", "10-31 01:30/02:30"]);
    let (found, _) = with("20271024T023000", "RDATE;VALUE=PERIOD:20271031T013000Z/PT2H");
    assert_eq!(found, ["10-24 00:30/01:30", "10-31 01:30/03:30"]);
    let (found, _) = with("20271024T023000", "RRULE:FREQ=WEEKLY;COUNT=2\nRDATE:20271031T013000Z");
    assert_eq!(found, ["10-24 00:30/01:30", "10-31 00:30/01:30", "10-31 01:30/02:30"]);
}

#[test]
fn an_exception_in_utc_is_exact_when_the_clocks_change() {
    let with =
        |start: &str, more: &str| event(&format!("{BERLIN}:{start}\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2\n{more}"));
    let (found, said) = with("20271024T023000", "EXDATE:20271031T013000Z");
    assert_eq!(found, ["10-24 00:30/01:30", "10-31 00:30/01:30"]);
    assert!(said[0].contains("EXDATE on 2027-10-31 at 01:30 UTC excludes nothing"), "{said:?}");
    assert_eq!(with("20271024T023000", "EXDATE:20271031T003000Z").0, ["10-24 00:30/01:30"]);
    let gap = with("20270321T023000", "EXDATE:20270328T013000Z");
    assert_eq!(gap, (vec!["03-21 01:30/02:30".to_owned()], vec![]));
    let floating = "DTSTART:20270321T023000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2\nEXDATE:20270328T023000";
    assert_eq!(event(floating).0, ["03-21 01:30/02:30"]);
}

#[test]
fn a_moved_occurrence_in_utc_is_found_in_the_gap() {
    let series = format!("UID:1\nSUMMARY:A\n{BERLIN}:20270321T023000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2");
    let moved = "UID:1\nSUMMARY:A\nRECURRENCE-ID:20270328T013000Z\nDTSTART:20270329T120000Z\nDURATION:PT1H";
    assert_eq!(of_file(&calendar(&[&series, moved])).0, ["03-21 01:30/02:30", "03-29 12:00/13:00"]);
}

#[test]
fn revisions_of_an_occurrence_are_compared_as_instants() {
    let revision = |id: &str, sequence: u32, day: u32, more: &str| {
        format!(
            "UID:1\nSUMMARY:A\nSEQUENCE:{sequence}\nRECURRENCE-ID{id}\nDTSTART:202701{day}T200000Z\nDURATION:PT1H\n{more}"
        )
    };
    for older in [":20270111T210000Z", ";TZID=America/New_York:20270111T160000", ";VALUE=DATE:20270111"] {
        let newer = ";TZID=Europe/Berlin:20270111T220000";
        for (more, expected) in
            [("", vec!["01-04 21:00/22:00", "01-13 20:00/21:00"]), ("STATUS:CANCELLED", vec!["01-04 21:00/22:00"])]
        {
            let text = calendar(&[WEEKLY, &revision(newer, 2, 13, more), &revision(older, 1, 12, "")]);
            assert_eq!(of_file(&text).0, expected, "{older} {more}");
        }
    }
    let days = "UID:1\nSUMMARY:A\nDTSTART;VALUE=DATE:20270104\nRRULE:FREQ=WEEKLY;COUNT=2";
    let moved = |id: &str, sequence: u32, day: u32| {
        format!("UID:1\nSUMMARY:A\nSEQUENCE:{sequence}\nRECURRENCE-ID{id}\nDTSTART;VALUE=DATE:202701{day}")
    };
    let text = calendar(&[days, &moved(";VALUE=DATE:20270111", 2, 13), &moved(":20270111T000000", 1, 12)]);
    assert_eq!(freezes_of(&text), ["2027-01-04 2027-01-04 A", "2027-01-13 2027-01-13 A"]);
}

#[test]
fn a_time_that_is_added_before_the_series_counts() {
    let expected = ["03-10 21:00/22:00", "03-30 20:00/21:00", "04-06 20:00/21:00"];
    let with = |more: &str| event(&format!("{BERLIN}:20270330T220000\nDURATION:PT1H\n{more}")).0;
    assert_eq!(with("RRULE:FREQ=WEEKLY;COUNT=2\nRDATE;TZID=Europe/Berlin:20270310T220000"), expected);
    assert_eq!(with("RDATE;TZID=Europe/Berlin:20270310T220000"), expected[..2]);
}

#[test]
fn a_calendar_in_an_encoded_mail_is_no_table() {
    /// A calendar with one event.
    const BODY: &str = "QkVHSU46VkNBTEVOREFSCkJFR0lOOlZFVkVOVApVSUQ6MQpTVU1NQVJZOkEKRFRTVEFSVDoyMDI3\
                        MDEwNFQyMjAwMDBaCkRVUkFUSU9OOlBUMUgKRU5EOlZFVkVOVApFTkQ6VkNBTEVOREFSCg==";
    let mail = format!(
        "From: ops@carrier.example\nTo: ann@bank.example\nSubject: Work\nMIME-Version: 1.0\n\
         Content-Type: text/calendar; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{BODY}\n"
    );
    for text in [mail.clone(), format!("From ops@carrier.example Sat Jan  9 12:00:00 2027\n{mail}")] {
        let progress = Progress::default();
        let source = Source::new(vec![Box::new(MemoryFile::new("Somewhere.ics", text.as_str()))], &progress);
        let found = crate::connect::recognise(&source, Some(crate::import::Topic::Windows)).unwrap();
        assert_eq!(found.iter().map(|kind| kind.id).collect::<Vec<_>>(), ["windows-calendar"]);
        assert_eq!(windows(&text, &plan()).unwrap().summary, "1 window");
    }
}

#[test]
fn a_length_that_is_none_is_refused_with_its_reason() {
    for (length, says) in [
        ("P1M", "invalid DURATION \"P1M\" (expected e.g. PT4H)"),
        ("P4H", "invalid DURATION \"P4H\" (expected e.g. PT4H)"),
        ("-PT1H", "invalid DURATION \"-PT1H\" (expected e.g. PT4H)"),
        ("PT1.5H", "invalid DURATION \"PT1.5H\" (expected e.g. PT4H)"),
        ("PT30S", "its DURATION is 30 s, and at least a minute is needed"),
        ("PT0S", "its DURATION is 0 s, and at least a minute is needed"),
    ] {
        let (found, said) = event(&format!("DTSTART:20270105T220000Z\nDURATION:{length}"));
        assert_eq!((found, said), (vec![], vec![format!("\"A\" skipped: {says} (line 3)")]));
    }
}

#[test]
fn seconds_are_left_out_with_a_warning() {
    let (found, said) = event("DTSTART:20270105T220030Z\nDURATION:PT90S");
    assert_eq!(found, ["01-05 22:00/22:01"]);
    assert_eq!(
        said,
        [
            "\"A\": the seconds of its DURATION (90 s) are left out (line 3)",
            "1 event with times in seconds, which plans do not have: the seconds are left out (line 3)"
        ]
    );
    let (_, said) = event("DTSTART:20270105T220000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2;BYSECOND=30");
    assert_eq!(said, ["\"A\": BYSECOND=30 in its rule is left out, since plans have no seconds (line 3)"]);
}

#[test]
fn every_spelling_cancels() {
    for status in ["STATUS:CANCELED", "STATUS: CANCELLED", "status:cancelled ", "X-MAINTNOTE-STATUS:canceled"] {
        let (found, said) = event(&format!("DTSTART:20270105T220000Z\nDURATION:PT1H\n{status}"));
        assert_eq!((found, &*said[0]), (vec![], "1 event skipped because cancelled"), "{status}");
    }
    let text = calendar(&[WEEKLY]);
    for method in ["CANCEL", "CANCELLED", "canceled"] {
        let (found, said) = of_file(&text.replace("VERSION:2.0", &format!("METHOD:{method}")));
        assert!(found.is_empty() && said[0].contains("is cancelled: the plan has no window"), "{said:?}");
    }
    let (found, said) = event("DTSTART:20270105T220000Z\nDURATION:PT1H\nSTATUS:POSTPONED");
    assert_eq!(found.len(), 1);
    assert_eq!(said, ["\"A\": unknown STATUS \"POSTPONED\", so it counts as planned (line 3)"]);
}

#[test]
fn an_override_with_a_rule_or_an_unknown_range_says_so() {
    let change = |range: &str, rule: &str| {
        let other = format!(
            "UID:1\nSUMMARY:A\nRECURRENCE-ID{range};TZID=Europe/Berlin:20270111T220000\n\
             DTSTART;TZID=Europe/Berlin:20270112T200000\nDURATION:PT1H\n{rule}"
        );
        of_file(&calendar(&[WEEKLY, &other]))
    };
    let (usual, moved) = (["01-04 21:00/22:00", "01-11 21:00/22:00"], ["01-04 21:00/22:00", "01-12 19:00/20:00"]);
    let (found, said) = change(";RANGE=THISANDPRIOR", "");
    assert_eq!(found, usual);
    assert_eq!(said, ["\"A\" skipped: RANGE=THISANDPRIOR is not understood: only THISANDFUTURE is (line 10)"]);
    let (found, said) = change("", "RRULE:FREQ=DAILY;COUNT=3");
    assert_eq!(found, moved);
    assert!(said[0].contains("its recurrence rule is left out"), "{said:?}");
    let (found, said) = change(";RANGE=THISANDFUTURE", "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=5");
    assert_eq!(found, usual);
    assert!(said[0].contains("from 2027-01-11 on skipped: RANGE=THISANDFUTURE with its own rule"), "{said:?}");
    assert_eq!(
        change(";RANGE=THISANDFUTURE", "RRULE:FREQ=WEEKLY;COUNT=2"),
        (moved.map(str::to_owned).to_vec(), vec![])
    );
}

#[test]
fn days_may_have_several_times() {
    let freezes = |rule: &str| {
        freezes_of(&calendar(&[&format!(
            "SUMMARY:A\nDTSTART;TZID=Europe/Berlin:20270104T080000\nDURATION:PT1H\n{rule}"
        )]))
    };
    let days = |days: &[u32]| days.iter().map(|day| format!("2027-01-{day:02} 2027-01-{day:02} A")).collect::<Vec<_>>();
    assert_eq!(freezes("RRULE:FREQ=DAILY;BYHOUR=8,20;COUNT=4"), days(&[4, 5]));
    assert_eq!(freezes("RRULE:FREQ=DAILY;BYHOUR=8,20;COUNT=5"), days(&[4, 5, 6]));
    assert_eq!(freezes("RRULE:FREQ=DAILY;BYHOUR=6,20;COUNT=4"), days(&[4, 5, 6]));
    assert_eq!(freezes("RRULE:FREQ=HOURLY;INTERVAL=168;COUNT=3"), days(&[4, 11, 18]));
    let text = calendar(&["SUMMARY:A\nDTSTART:20270104T080000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY"]);
    let said = warnings(&super::freezes(&text, &plan()).unwrap());
    assert_eq!(said, ["\"A\" skipped: a freeze or holiday cannot recur every hour: use daily or less often (line 3)"]);
}

#[test]
fn a_yearly_freeze_from_the_first_year_of_windows_is_read() {
    let text = calendar(&["SUMMARY:A\nDTSTART;VALUE=DATE:16010704\nRRULE:FREQ=YEARLY"]);
    let imported = freezes(&text, &plan()).unwrap();
    let [Edit::PutFreeze(freeze)] = imported.edits.as_slice() else { panic!("{:?}", imported.warnings) };
    assert_eq!((freeze.first_on.to_string(), freeze.every_months), ("1980-07-04".to_owned(), Some(12)));
}

#[test]
fn a_long_name_is_shortened() {
    let (found, said) =
        of_event(&format!("UID:1\nSUMMARY:{}\nDTSTART:20270105T220000Z\nDURATION:PT1H", "ä".repeat(250)));
    assert_eq!(found.len(), 1);
    assert!(said[0].contains("its name is shortened from 250 to 200 characters"), "{said:?}");
}

#[test]
fn googles_observances_are_known_in_any_language() {
    let text = calendar(&[
        "SUMMARY:Lucia\nDTSTART;VALUE=DATE:20271213\nDESCRIPTION:Högtidsdag\\nOm du vill dölja går du till Google Kalender",
        "SUMMARY:Juldagen\nDTSTART;VALUE=DATE:20271225\nDESCRIPTION:Allmän helgdag",
    ]);
    assert_eq!(holidays_of(&text), ["2027-12-25 Juldagen []"]);
}

#[test]
fn events_of_another_plan_are_read_as_what_they_are() {
    let text = calendar(&[
        "UID:freeze.a@other.windowsill\nSUMMARY:Change freeze A\nDTSTART;VALUE=DATE:20270322",
        "UID:20270109.win@other.windowsill\nSUMMARY:Win\nDTSTART:20270109T220000Z\nDURATION:PT1H",
    ]);
    let of_windows = windows(&text, &plan()).unwrap();
    assert_eq!((&*of_windows.summary, of_windows.edits.len()), ("1 window", 1));
    let says = "1 event skipped: exported freezes of another plan (import the file as freezes to get them) (line 3)";
    assert_eq!(warnings(&of_windows), [says]);
    assert_eq!(freezes_of(&text), ["2027-03-22 2027-03-22 Change freeze A"]);
    assert!(holidays(&text, &plan()).unwrap().edits.is_empty());
}

#[test]
fn impossible_rules_say_what_is_wrong() {
    let rule = |rule: &str| event(&format!("DTSTART:20270105T220000Z\nDURATION:PT1H\nRRULE:{rule}"));
    for (text, says) in [
        ("FREQ=MONTHLY;BYWEEKNO=20", "its rule has BYWEEKNO=20, which only FREQ=YEARLY can have"),
        ("FREQ=MONTHLY;BYYEARDAY=100", "its rule has BYYEARDAY=100, which only FREQ=YEARLY can have"),
        ("FREQ=WEEKLY;BYMONTHDAY=13", "its rule has BYMONTHDAY=13, which FREQ=WEEKLY cannot have"),
        (
            "FREQ=WEEKLY;UNTIL=20271301",
            "invalid \"UNTIL=20271301\" in its rule (expected e.g. 20271231 or 20271231T220000Z)",
        ),
    ] {
        assert_eq!(rule(text), (vec![], vec![format!("\"A\" skipped: {says} (line 3)")]));
    }
    let (found, said) = rule("FREQ=WEEKLY;UNTIL=20270112T230000+0100");
    assert_eq!(found, ["01-05 22:00/23:00", "01-12 22:00/23:00"]);
    assert!(said[0].contains("is read as 20270112T220000Z"), "{said:?}");
}

#[test]
fn a_series_without_dates_in_the_months_says_so() {
    for rule in ["FREQ=WEEKLY;UNTIL=20261231", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;UNTIL=20271231T220000Z"] {
        let (found, said) = event(&format!("DTSTART:20240229T220000Z\nDURATION:PT1H\nRRULE:{rule}"));
        assert_eq!((found, said), (vec![], vec!["\"A\" has no date in the plan's months (line 3)".to_owned()]));
    }
    let text = calendar(&["SUMMARY:A\nDTSTART;VALUE=DATE:20200105\nRRULE:FREQ=YEARLY;UNTIL=20250105"]);
    assert_eq!(warnings(&holidays(&text, &plan()).unwrap()), ["\"A\" has no day in the plan's months (line 3)"]);
}

#[test]
fn a_calendar_of_later_years_is_not_called_old() {
    let said = |on: &str| {
        let text = calendar(&[&format!("SUMMARY:A\nDTSTART;VALUE=DATE:{on}")]);
        let imported = holidays(&text, &plan()).unwrap();
        (warnings(&imported).join(" "), imported.horizon.map(|horizon| horizon.months))
    };
    let (early, late) = (said("20250501"), said("20280501"));
    assert!(early.0.contains("look for a newer calendar") && late.0.contains("they are later"), "{early:?} {late:?}");
    assert_eq!((early.1, late.1), (Some(32), Some(17)));
    let text = calendar(&["SUMMARY:A\nDTSTART;VALUE=DATE:20280501"]);
    assert_eq!(freezes(&text, &plan()).unwrap().horizon.map(|horizon| horizon.months), Some(17));
}

#[test]
fn a_file_that_ends_inside_an_event_says_so() {
    let text = calendar(&[WEEKLY]).replace("END:VEVENT\nEND:VCALENDAR\n", "");
    let said = of_file(&text).1;
    assert!(said[0].contains("the file ends inside it, so parts of it may be missing (line 3)"), "{said:?}");
}

#[test]
fn an_unknown_region_is_named() {
    let text = calendar(&["SUMMARY:A\nDTSTART;VALUE=DATE:20270106\nDESCRIPTION:Public holiday in Bavaria, Hesse"]);
    let progress = Progress::default();
    let source = Source::new(vec![Box::new(MemoryFile::new("Somewhere.ics", text))], &progress);
    let mut options = Options::default();
    let regions = &ics::HOLIDAYS.options[0];
    let value = regions.value.parse("Narnia, bavaria", &plan()).unwrap();
    options.set(regions, Some(value));
    let imported =
        read(&source, &ics::HOLIDAYS, &options, &Target::new(Arc::new(plan()), plan().horizon().from)).unwrap();
    let says = "No holiday is one of the region \"Narnia\": the file names Bavaria, Hesse";
    assert_eq!((warnings(&imported), imported.edits.len()), (vec![says.to_owned()], 1));
}

#[test]
fn dates_before_all_plans_are_refused_without_other_advice() {
    for (kind, start, name) in [
        (&ics::WINDOWS, "DTSTART:19790704T220000Z\nDURATION:PT2H", "N"),
        (&ics::FREEZES, "DTSTART;VALUE=DATE:19790704", "N"),
        (&ics::HOLIDAYS, "DTSTART;VALUE=DATE:19790704", "Somewhere"),
    ] {
        let imported = import(kind, &calendar(&[&format!("UID:a@b.example\nSUMMARY:N\n{start}")]), &plan()).unwrap();
        let said = format!(
            "\"{name}\": 1979-07-04 is outside the years 1980 to 2100; skipped it (correct the year in the file)"
        );
        assert_eq!(warnings(&imported), [said], "{}", kind.id);
    }
}

#[test]
fn times_without_a_zone_are_on_the_clock_of_their_event_or_series() {
    let zoned = "UID:1\nSUMMARY:A\nDTSTART;TZID=America/New_York:20270105T200000\nDURATION:PT1H";
    let with = |more: &str| of_event(&format!("{zoned}\n{more}"));
    assert_eq!(with("RDATE:20270115T200000").0, ["01-06 01:00/02:00", "01-16 01:00/02:00"]);
    let rule = "RRULE:FREQ=WEEKLY;COUNT=2";
    let (found, said) = with(&format!("{rule}\nEXDATE:20270112T200000"));
    assert_eq!((found.as_slice(), said.len()), (&["01-06 01:00/02:00".to_owned()][..], 0), "{said:?}");
    let period = with("RDATE;VALUE=PERIOD:20270115T200000/20270115T230000").0;
    assert_eq!(period, ["01-06 01:00/02:00", "01-16 01:00/04:00"]);
    for (replaced, start) in [
        ("RECURRENCE-ID:20270112T200000", "DTSTART:20270113T200000"),
        ("RECURRENCE-ID;TZID=America/New_York:20270112T200000", "DTSTART:20270113T200000"),
        ("RECURRENCE-ID:20270113T010000Z", "DTSTART:20270113T200000"),
    ] {
        let other = format!("UID:1\nSUMMARY:A\n{replaced}\n{start}\nDURATION:PT1H");
        let series = format!("{zoned}\n{rule}");
        for events in [[&*series, &*other], [&*other, &*series]] {
            let (found, said) = of_file(&calendar(&events));
            assert_eq!(found, ["01-06 01:00/02:00", "01-14 01:00/02:00"], "{events:?} {said:?}");
            assert_eq!(windows(&calendar(&events), &plan()).unwrap().edits.len(), 1);
        }
    }
}

#[test]
fn a_title_that_says_cancelled_plans_nothing() {
    let night = "DTSTART:20270105T200000Z\nDURATION:PT1H";
    for title in ["Canceled: Core DB", "Cancelled: Core DB", "Abgesagt: Core DB", "ANNULÉ : Core DB", " canceled:x"] {
        let (found, said) = of_event(&format!("UID:1\nSUMMARY:{title}\n{night}"));
        assert!(found.is_empty() && said[0].contains("so it does not take place"), "{title}: {said:?}");
        let series = format!("UID:1\nSUMMARY:Core DB\n{night}\nRRULE:FREQ=WEEKLY;COUNT=2");
        let one =
            format!("UID:1\nSUMMARY:{title}\nRECURRENCE-ID:20270112T200000Z\nDTSTART:20270112T200000Z\nDURATION:PT1H");
        assert_eq!(of_file(&calendar(&[&series, &one])).0, ["01-05 20:00/21:00"], "{title}");
    }
    for title in ["Canceled", "Core DB: canceled", "Cancellations: review", "Canceled:"] {
        assert_eq!(of_event(&format!("UID:1\nSUMMARY:{title}\n{night}")).0.len(), 1, "{title}");
    }
}
