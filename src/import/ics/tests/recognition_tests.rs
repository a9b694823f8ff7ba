//! Later files about occurrences that are hard to recognise, and zones that are nearly those of others.

use super::later_tests::{after, frozen, message, starts};
use super::*;
use crate::model::ChangeFreeze;

/// A calendar with an event in "Head office", whose clock changes at these hours on the last Sundays.
fn in_zone(hours: [&str; 2], offsets: [&str; 2], event: &str) -> String {
    let [winter, summer] = offsets;
    let part = |name: &str, at: &str, from: &str, to: &str, month: u32| {
        format!(
            "BEGIN:{name}\nDTSTART:1970{at}\nTZOFFSETFROM:{from}\nTZOFFSETTO:{to}\n\
             RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY=-1SU\nEND:{name}\n"
        )
    };
    let definition = format!(
        "BEGIN:VTIMEZONE\nTZID:Head office\n{}{}END:VTIMEZONE\nBEGIN:VEVENT",
        part("STANDARD", &format!("1025T{}", hours[1]), summer, winter, 10),
        part("DAYLIGHT", &format!("0329T{}", hours[0]), winter, summer, 3)
    );
    calendar(&[event]).replacen("BEGIN:VEVENT", &definition, 1)
}

#[test]
fn a_zone_is_another_only_if_its_clock_changes_at_the_same_moments() {
    let event = "UID:a\nSUMMARY:A\nDTSTART;TZID=Head office:20270328T013000\nDURATION:PT2H";
    let cases = [
        // Beirut changes at midnight, so the clock is at summer time by 01:30; Helsinki's is not.
        (["000000", "000000"], ["+0200", "+0300"], "Asia/Beirut", "03-27 22:30"),
        (["030000", "040000"], ["+0200", "+0300"], "Europe/Helsinki", "03-27 23:30"),
        (["020000", "030000"], ["+0100", "+0200"], "Europe/Berlin", "03-28 00:30"),
        (["015959", "025959"], ["+0100", "+0200"], "Europe/Berlin", "03-28 00:30"),
        // No zone changes like this.
        (["000000", "000000"], ["+0100", "+0200"], "Head office", "03-27 23:30"),
    ];
    for (hours, offsets, zone, start) in cases {
        let (plan, _) = after(&ics::WINDOWS, &in_zone(hours, offsets, event), &plan());
        let own = plan.windows().iter().next().and_then(|window| window.zone.clone());
        assert_eq!((own.as_deref().unwrap_or("Europe/Berlin"), starts(&plan)), (zone, vec![start.to_owned()]));
    }
}

#[test]
fn a_yearly_freeze_whose_newer_version_has_no_day_in_the_plans_months_goes() {
    let yearly =
        |more: &str| calendar(&[&format!("UID:a\nSUMMARY:A\nDTSTART;VALUE=DATE:20260104\nRRULE:FREQ=YEARLY{more}")]);
    let (once, _) = after(&ics::FREEZES, &yearly(""), &plan());
    assert_eq!(once.freezes().len(), 1);
    for more in [";UNTIL=20260301\nSEQUENCE:1", ";COUNT=1\nSEQUENCE:1", "\nEXDATE;VALUE=DATE:20270104\nSEQUENCE:1"] {
        assert_eq!(frozen(&after(&ics::FREEZES, &yearly(more), &once).0), Vec::<String>::new(), "{more}");
    }
    assert_eq!(after(&ics::FREEZES, &yearly("\nSEQUENCE:1"), &once).0.freezes().len(), 1);
}

#[test]
fn an_occurrence_of_a_freeze_is_recognised_on_any_clock() {
    let series = |rule: &str| {
        format!(
            "UID:f\nSUMMARY:A\nDTSTART;TZID=America/New_York:20270104T200000\n\
             DTEND;TZID=America/New_York:20270104T210000\nRRULE:FREQ={rule};COUNT=3"
        )
    };
    // 20:00 in New York is 02:00 in Berlin on the next day.
    let ids = [":20270205T010000Z", ";TZID=Asia/Tokyo:20270205T100000", ";TZID=America/New_York:20270204T200000"];
    for id in ids {
        let (once, _) = after(&ics::FREEZES, &calendar(&[&series("MONTHLY")]), &plan());
        assert_eq!(frozen(&once), ["2027-01-05..2027-01-05", "2027-02-05..2027-02-05", "2027-03-05..2027-03-05"]);
        let cancel = |more: &str| format!("UID:f\nSEQUENCE:1\nSUMMARY:A\nRECURRENCE-ID{more}{id}");
        let (plan, _) = after(&ics::FREEZES, &message("CANCEL", &cancel("")), &once);
        assert_eq!(frozen(&plan), ["2027-01-05..2027-01-05", "2027-03-05..2027-03-05"], "{id}");
        let (plan, _) = after(&ics::FREEZES, &message("CANCEL", &cancel(";RANGE=THISANDFUTURE")), &once);
        assert_eq!(frozen(&plan), ["2027-01-05..2027-01-05"], "{id}");
        let moved = format!("{}\nDTSTART;VALUE=DATE:20270210", cancel(""));
        let (plan, _) = after(&ics::FREEZES, &message("REQUEST", &moved), &once);
        let mut found = frozen(&plan);
        found.sort();
        assert_eq!(found, ["2027-01-05..2027-01-05", "2027-02-10..2027-02-10", "2027-03-05..2027-03-05"], "{id}");
    }
    // Every day, the date in UTC is that of another occurrence.
    let (once, _) = after(&ics::FREEZES, &calendar(&[&series("DAILY")]), &plan());
    let cancel = "UID:f\nSEQUENCE:1\nSUMMARY:A\nRECURRENCE-ID:20270106T010000Z";
    let (plan, _) = after(&ics::FREEZES, &message("CANCEL", cancel), &once);
    assert_eq!(frozen(&plan), ["2027-01-05..2027-01-05", "2027-01-07..2027-01-07"]);
}

#[test]
fn a_cancelled_yearly_freeze_goes_with_what_an_update_split_off() {
    let yearly = "UID:y\nSUMMARY:A\nDTSTART;VALUE=DATE:20261220\nRRULE:FREQ=YEARLY";
    let (once, _) = after(&ics::FREEZES, &calendar(&[yearly]), &plan());
    let moved = "UID:y\nSEQUENCE:1\nSUMMARY:A\nRECURRENCE-ID;VALUE=DATE:20271220\nDTSTART;VALUE=DATE:20271222";
    let (split, _) = after(&ics::FREEZES, &message("REQUEST", moved), &once);
    assert_eq!(split.freezes().len(), 2);
    let cancel = "UID:y\nSEQUENCE:2\nSUMMARY:A\nDTSTART;VALUE=DATE:20261220";
    assert_eq!(frozen(&after(&ics::FREEZES, &message("CANCEL", cancel), &split).0), Vec::<String>::new());
}

#[test]
fn a_day_that_a_person_changed_keeps_the_other_end_of_the_freeze() {
    let version = |sequence: u32, first: &str, last: &str| {
        calendar(&[&format!(
            "UID:f\nSEQUENCE:{sequence}\nSUMMARY:A\nDTSTART;VALUE=DATE:{first}\nDTEND;VALUE=DATE:{last}"
        )])
    };
    let (once, _) = after(&ics::FREEZES, &version(0, "20270104", "20270106"), &plan());
    let freeze = once.freezes().iter().next().unwrap();
    let edited = ChangeFreeze { last_on: "2027-01-09".parse().unwrap(), ..freeze.as_ref().clone() };
    let edited = once.apply(&Edit::PutFreeze(edited)).unwrap();
    let (moved, _) = after(&ics::FREEZES, &version(1, "20270204", "20270208"), &edited);
    assert_eq!(frozen(&moved), ["2027-01-04..2027-01-09"]);
}

#[test]
fn an_occurrence_of_a_holiday_has_all_its_days() {
    let series = "UID:f\nSUMMARY:A\nDTSTART;VALUE=DATE:20270104\nDTEND;VALUE=DATE:20270107\nRRULE:FREQ=MONTHLY;COUNT=2";
    let (once, _) = after(&ics::HOLIDAYS, &calendar(&[series]), &plan());
    let days = |plan: &Plan| {
        let days = plan.holidays().iter().flat_map(|calendar| calendar.days.iter());
        days.map(|day| day.on.format("%m-%d").to_string()).collect::<Vec<_>>()
    };
    let change = |method: &str, more: &str| {
        let event = format!("UID:f\nSEQUENCE:1\nSUMMARY:A\nRECURRENCE-ID;VALUE=DATE:20270204{more}");
        after(&ics::HOLIDAYS, &message(method, event.trim_end()), &once)
    };
    let span = |first: &str, end: &str| format!("\nDTSTART;VALUE=DATE:{first}\nDTEND;VALUE=DATE:{end}");
    let (plan, _) = change("CANCEL", &span("20270204", "20270207"));
    assert_eq!(days(&plan), ["01-04", "01-05", "01-06"]);
    let (plan, _) = change("REQUEST", &span("20270208", "20270211"));
    assert_eq!(days(&plan), ["01-04", "01-05", "01-06", "02-08", "02-09", "02-10"]);
    // Without its length, the days after could be occurrences of their own.
    for more in [String::new(), span("20270204", "20270205")] {
        let (plan, imported) = change("CANCEL", &more);
        assert_eq!(days(&plan), ["01-04", "01-05", "01-06", "02-05", "02-06"]);
        assert!(warnings(&imported).concat().contains("to Sat 6 Feb 2027: if they are of the same occurrence"));
    }
}

#[test]
fn an_event_of_several_that_recurs_later_leaves_the_others_as_they_are() {
    let event = |day: &str, more: &str| {
        format!("UID:a{day}\nSUMMARY:A\nDTSTART;TZID=Europe/Berlin:202707{day}T220000\nDURATION:PT1H{more}")
    };
    let events = ["03", "10", "17", "24"].map(|day| event(day, ""));
    let all = events.each_ref().map(String::as_str);
    let (once, _) = after(&ics::WINDOWS, &calendar(&all), &plan());
    let again = calendar(&[&event("10", "\nSEQUENCE:1\nRRULE:FREQ=DAILY;COUNT=2")]);
    let (plan, _) = after(&ics::WINDOWS, &again, &once);
    let expected = ["07-03 20:00", "07-10 20:00", "07-11 20:00", "07-17 20:00", "07-24 20:00"];
    assert_eq!(starts(&plan), expected);
    assert_eq!(starts(&after(&ics::WINDOWS, &again, &plan).0), expected);
}

#[test]
fn a_single_event_keeps_its_clock_in_a_zone_that_the_file_defines() {
    let version = |sequence: u32, zone: &str, offset: &str| {
        let definition = format!(
            "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:{offset}\n\
             TZOFFSETTO:{offset}\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT"
        );
        let event =
            format!("UID:a\nSEQUENCE:{sequence}\nSUMMARY:A\nDTSTART;TZID={zone}:20270713T220000\nDURATION:PT1H");
        calendar(&[&event]).replacen("BEGIN:VEVENT", &definition, 1)
    };
    for zone in ["X", "Europe/Berlin"] {
        let (once, _) = after(&ics::WINDOWS, &version(0, zone, "+0345"), &plan());
        assert_eq!(starts(&once), [if zone == "X" { "07-13 18:15" } else { "07-13 20:00" }]);
        let (plan, _) = after(&ics::WINDOWS, &version(1, "X", "+0415"), &once);
        assert_eq!(starts(&plan), ["07-13 17:45"], "{zone}");
        if zone == "X" {
            // A message that does not say again what the zone is.
            let later = version(1, "X", "+0345").replace("TZID:X", "TZID:Y").replace("20270713", "20270714");
            let (plan, imported) = after(&ics::WINDOWS, &later, &once);
            assert_eq!((starts(&plan), warnings(&imported)), (vec!["07-14 18:15".to_owned()], vec![]));
        }
    }
}

#[test]
fn weekdays_of_whole_days_written_as_instants_are_those_of_the_clock_that_wrote_them() {
    let days = |start: &str, rule: &str| {
        let event = format!(
            "UID:o\nSUMMARY:F\nDTSTART:{start}\nDURATION:P1D\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nRRULE:FREQ=WEEKLY;{rule}"
        );
        let plan = Plan::new("p".into(), "P", Horizon::year(2027), "Europe/Berlin");
        let imported = freezes(&calendar(&[&event]), &plan).unwrap();
        let plan = imported.edits.iter().fold(plan, |plan, edit| plan.apply(edit).unwrap());
        plan.freezes().iter().map(|freeze| freeze.first_on.to_string()[5..].to_owned()).collect::<Vec<_>>()
    };
    // Monday 23:00 in UTC is Tuesday in Berlin.
    assert_eq!(days("20270308T230000Z", "BYDAY=MO;COUNT=3"), ["03-09", "03-16", "03-23"]);
    assert_eq!(days("20270308T230000Z", "BYDAY=MO,SU;COUNT=3"), ["03-09", "03-15", "03-16"]);
    assert_eq!(days("20270308T230000Z", "BYDAY=TU;COUNT=3"), ["03-09", "03-16", "03-23"]);
    assert_eq!(days("20270308T230000Z", "COUNT=3"), ["03-09", "03-16", "03-23"]);
    assert_eq!(days("20270309T000000Z", "BYDAY=TU;COUNT=2"), ["03-09", "03-16"]);
}
