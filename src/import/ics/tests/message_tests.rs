//! Messages about single events and occurrences of a plan: found by UID and RECURRENCE-ID, whatever they are called.

use super::later_tests::{after, frozen, message, removing_gone, starts, told, with_options};
use super::*;
use crate::import::OptionValue;

const BERLIN: &str = ";TZID=Europe/Berlin:";

/// A weekly series of three nights in January, or of three days.
fn series(uid: &str, is_freeze: bool, more: &str) -> String {
    let start = if is_freeze { ";VALUE=DATE:20270104" } else { ";TZID=Europe/Berlin:20270104T220000\nDURATION:PT2H" };
    calendar(&[&format!("UID:{uid}\nSUMMARY:N\nDTSTART{start}\nRRULE:FREQ=WEEKLY;COUNT=3{more}")])
}

fn one_day(replaced: &str, start: &str, more: &str) -> String {
    calendar(&[&format!(
        "UID:s@a.example\nSUMMARY:N\nSEQUENCE:1\nRECURRENCE-ID{more};VALUE=DATE:{replaced}\nDTSTART;VALUE=DATE:{start}"
    )])
}

fn named(text: &str, name: &str) -> String {
    text.replace("VERSION:2.0", &format!("VERSION:2.0\nX-WR-CALNAME:{name}"))
}

fn cancelling(text: &str) -> String {
    text.replace("VERSION:2.0", "VERSION:2.0\nMETHOD:CANCEL")
}

fn holidays_in(plan: &Plan) -> Vec<String> {
    plan.holidays().iter().flat_map(|calendar| &calendar.days).map(|day| day.on.format("%m-%d").to_string()).collect()
}

fn frozen_days(plan: &Plan) -> Vec<String> {
    let mut days: Vec<String> =
        plan.freezes().iter().map(|freeze| freeze.first_on.format("%m-%d").to_string()).collect();
    days.sort();
    days
}

#[test]
fn a_replaced_occurrence_of_days_leaves_the_others() {
    let known = after(&ics::FREEZES, &named(&series("s@a.example", true, ""), "One"), &plan()).0;
    let calendar = after(&ics::HOLIDAYS, &named(&series("s@a.example", true, ""), "One"), &plan()).0;
    for (change, expected) in [
        (one_day("20270111", "20270113", ""), vec!["01-04", "01-13", "01-18"]),
        (cancelling(&one_day("20270111", "20270111", "")), vec!["01-04", "01-18"]),
        (one_day("20270111", "20270112", ";RANGE=THISANDFUTURE"), vec!["01-04", "01-12", "01-19"]),
        (cancelling(&one_day("20270111", "20270111", ";RANGE=THISANDFUTURE")), vec!["01-04"]),
    ] {
        let changed = after(&ics::FREEZES, &change, &known).0;
        assert_eq!(frozen_days(&changed), expected, "{change}");
        // An older version of the series changes nothing.
        let again = after(&ics::FREEZES, &named(&series("s@a.example", true, ""), "One"), &changed).0;
        assert_eq!(frozen_days(&again), expected, "{change}");
        for name in ["One", "Two"] {
            let changed = after(&ics::HOLIDAYS, &named(&change, name), &calendar).0;
            assert_eq!(
                (holidays_in(&changed), changed.holidays().len()),
                (expected.iter().map(ToString::to_string).collect(), 1)
            );
        }
    }
}

#[test]
fn a_uid_names_the_event_whatever_it_is_called() {
    let event = |uid: &str, title: &str, clock: &str, more: &str| {
        calendar(&[&format!("UID:{uid}{title}\nDTSTART{BERLIN}20270322T{clock}\nDURATION:PT2H{more}")])
    };
    for uid in ["u1@a.example", "0f8fad5b-d9cb-469f-a165-70867728950e", "u1"] {
        let known = after(&ics::WINDOWS, &named(&event(uid, "\nSUMMARY:N", "220000", ""), "One"), &plan()).0;
        for title in ["\nSUMMARY:UPDATE: N", "\nSUMMARY:Something else", ""] {
            let update = named(&event(uid, title, "210000", "\nSEQUENCE:1"), "Two");
            assert_eq!(starts(&after(&ics::WINDOWS, &update, &known).0), ["03-22 20:00"], "{update}");
            let cancel = cancelling(&named(&event(uid, title, "220000", "\nSEQUENCE:1"), "Two"));
            assert_eq!(starts(&after(&ics::WINDOWS, &cancel, &known).0), Vec::<String>::new(), "{cancel}");
        }
    }
    let known = after(&ics::WINDOWS, &named(&event("1", "\nSUMMARY:N", "220000", ""), "One"), &plan()).0;
    for (title, left) in [("\nSUMMARY:Canceled: N", 0), ("\nSUMMARY:Other", 1), ("", 1)] {
        let cancel = cancelling(&named(&event("1", title, "220000", "\nSEQUENCE:1"), "Two"));
        assert_eq!(after(&ics::WINDOWS, &cancel, &known).0.windows().len(), left, "{title}");
    }
}

#[test]
fn a_cancellation_needs_neither_a_start_nor_a_title() {
    let cancel =
        |more: &str| cancelling(&calendar(&[&format!("UID:s@a.example\nDTSTAMP:20261101T090000Z\nSEQUENCE:1{more}")]));
    let windows = after(&ics::WINDOWS, &series("s@a.example", false, ""), &plan()).0;
    assert_eq!(after(&ics::WINDOWS, &cancel(""), &windows).0.windows().len(), 0);
    let one = after(&ics::WINDOWS, &cancel("\nRECURRENCE-ID:20270111T210000Z"), &windows).0;
    assert_eq!(starts(&one), ["01-04 21:00", "01-18 21:00"]);
    let freezes = after(&ics::FREEZES, &series("s@a.example", true, ""), &plan()).0;
    assert_eq!(frozen(&after(&ics::FREEZES, &cancel(""), &freezes).0), Vec::<String>::new());
    let days = after(&ics::HOLIDAYS, &series("s@a.example", true, ""), &plan()).0;
    assert_eq!(holidays_in(&after(&ics::HOLIDAYS, &cancel(""), &days).0), Vec::<String>::new());
    let (_, imported) = after(&ics::WINDOWS, &cancel(""), &plan());
    assert_eq!(
        warnings(&imported)[0],
        "Event without a title is cancelled: the plan has no window of that name (line 4)"
    );
    let (_, imported) = after(&ics::HOLIDAYS, &cancel(""), &plan());
    assert_eq!(
        warnings(&imported)[0],
        "Event without a title is cancelled: the plan has no holiday of that name (line 4)"
    );
}

#[test]
fn next_years_holidays_leave_those_of_this_year() {
    let year = |year: i32| {
        named(&calendar(&[&format!("UID:{year}@h.example\nSUMMARY:A\nDTSTART;VALUE=DATE:{year}0322")]), "DE")
    };
    let known = after(&ics::HOLIDAYS, &year(2027), &plan()).0;
    let (both, imported) = after(&ics::HOLIDAYS, &year(2028), &known);
    assert_eq!(holidays_in(&both), ["03-22", "03-22"]);
    assert_eq!(told(&imported), ["New: A on Wed 22 Mar 2028 · "]);
    let (again, _) = with_options(&ics::HOLIDAYS, &year(2028), &both, &removing_gone(&ics::HOLIDAYS));
    assert_eq!(holidays_in(&again).len(), 2);
}

#[test]
fn an_unreadable_holiday_is_not_gone() {
    let events = |second: &str| {
        let event = |uid: &str, on: &str| format!("UID:{uid}@h.example\nSUMMARY:{uid}\nDTSTART;VALUE=DATE:{on}");
        named(&calendar(&[&event("a", "20270322"), &event("b", second)]), "Feed")
    };
    let known = after(&ics::HOLIDAYS, &events("20270422"), &plan()).0;
    let (after, _) = with_options(&ics::HOLIDAYS, &events("garbage"), &known, &removing_gone(&ics::HOLIDAYS));
    assert_eq!(holidays_in(&after), ["03-22", "04-22"]);
}

/// An occurrence of a series at 22:00 that takes place on the next day at 20:00.
fn alone(day: u32) -> String {
    let event = format!(
        "UID:s@a.example\nSUMMARY:N\nRECURRENCE-ID:202701{day}T210000Z\nDTSTART{BERLIN}202701{}T200000\nDURATION:PT2H",
        day + 1
    );
    message("REQUEST", &event)
}

#[test]
fn occurrences_alone_are_known_by_their_time() {
    let first = after(&ics::WINDOWS, &named(&alone(11), "A"), &plan()).0;
    let second = after(&ics::WINDOWS, &named(&alone(18), "B"), &first).0;
    assert_eq!(starts(&second), ["01-12 19:00", "01-19 19:00"]);
    let freezes =
        after(&ics::FREEZES, &named(&alone(18), "B"), &after(&ics::FREEZES, &named(&alone(11), "A"), &plan()).0).0;
    assert_eq!(frozen_days(&freezes), ["01-12", "01-19"]);
    // Their series comes later.
    let with_series = after(&ics::WINDOWS, &named(&series("s@a.example", false, ""), "C"), &first).0;
    assert_eq!(starts(&with_series), ["01-04 21:00", "01-12 19:00", "01-18 21:00"]);
    let again = after(&ics::WINDOWS, &named(&series("s@a.example", false, ""), "C"), &with_series).0;
    assert_eq!(starts(&again), starts(&with_series));
}

#[test]
fn of_two_occurrences_on_a_day_only_that_at_the_time_changes() {
    let more = format!("\nRDATE{BERLIN}20270111T040000");
    let known = after(&ics::WINDOWS, &series("s@a.example", false, &more), &plan()).0;
    let change = |at: &str, start: &str| {
        calendar(&[&format!(
            "UID:s@a.example\nSUMMARY:N\nSEQUENCE:1\nRECURRENCE-ID:20270111T{at}Z\nDTSTART:{start}Z\nDURATION:PT2H"
        )])
    };
    for (text, expected) in [
        (cancelling(&change("030000", "20270111T030000")), vec!["01-04 21:00", "01-11 21:00", "01-18 21:00"]),
        (cancelling(&change("210000", "20270111T210000")), vec!["01-04 21:00", "01-11 03:00", "01-18 21:00"]),
        (change("030000", "20270112T040000"), vec!["01-04 21:00", "01-11 21:00", "01-12 04:00", "01-18 21:00"]),
    ] {
        let changed = after(&ics::WINDOWS, &text, &known).0;
        assert_eq!(starts(&changed), expected, "{text}");
    }
}

#[test]
fn what_was_cancelled_stays_cancelled_for_older_versions() {
    let event = |sequence: u32| {
        message(
            "REQUEST",
            &format!("UID:x@a.example\nSUMMARY:N\nSEQUENCE:{sequence}\nDTSTART{BERLIN}20270322T220000\nDURATION:PT2H"),
        )
    };
    let cancel = event(1).replace("REQUEST", "CANCEL");
    for kind in [&ics::WINDOWS, &ics::FREEZES, &ics::HOLIDAYS] {
        let count = |plan: &Plan| plan.windows().len() + plan.freezes().len() + holidays_in(plan).len();
        let invited = after(kind, &event(0), &plan()).0;
        assert!(count(&invited) > 0);
        for before in [invited, plan()] {
            let cancelled = after(kind, &cancel, &before).0;
            let (again, imported) = after(kind, &event(0), &cancelled);
            assert_eq!((count(&again), again), (0, cancelled.clone()), "{}", kind.id);
            assert!(told(&imported)[0].contains("A newer version of it was cancelled"), "{:?}", told(&imported));
            assert!(count(&after(kind, &event(2), &cancelled).0) > 0, "{}", kind.id);
        }
    }
}

#[test]
fn all_later_occurrences_of_a_series_can_change() {
    let known = after(&ics::WINDOWS, &series("s@a.example", false, ""), &plan()).0;
    let change = calendar(&[&format!(
        "UID:s@a.example\nSUMMARY:N\nSEQUENCE:1\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20270111T220000\n\
         DTSTART{BERLIN}20270112T230000\nDURATION:PT2H"
    )]);
    let changed = after(&ics::WINDOWS, &change, &known).0;
    assert_eq!(starts(&changed), ["01-04 21:00", "01-12 22:00", "01-19 22:00"]);
    let again = after(&ics::WINDOWS, &series("s@a.example", false, ""), &changed).0;
    assert_eq!(starts(&again), starts(&changed));
}

#[test]
fn one_occurrence_of_a_yearly_freeze_can_differ() {
    let yearly = calendar(&["UID:s@a.example\nSUMMARY:N\nDTSTART;VALUE=DATE:20200704\nRRULE:FREQ=YEARLY"]);
    let known = after(&ics::FREEZES, &yearly, &plan()).0;
    let moved = after(&ics::FREEZES, &one_day("20270704", "20270705", ""), &known).0;
    assert_eq!(frozen(&moved), ["2028-07-04..2028-07-04", "2027-07-05..2027-07-05"]);
    assert!(moved.freezes().iter().next().unwrap().every_months.is_some());
    let again = after(&ics::FREEZES, &yearly, &moved).0;
    assert_eq!(frozen(&again), frozen(&moved));
    let cancelled = after(&ics::FREEZES, &cancelling(&one_day("20270704", "20270704", "")), &known).0;
    assert_eq!(frozen(&cancelled), ["2028-07-04..2028-07-04"]);
}

#[test]
fn a_time_that_the_clocks_skip_is_the_same_again() {
    let text = calendar(&[&format!(
        "UID:g@a.example\nSUMMARY:N\nDTSTART{BERLIN}20270328T023000\nDTEND{BERLIN}20270328T040000"
    )]);
    let known = after(&ics::WINDOWS, &text, &plan()).0;
    let (again, imported) = after(&ics::WINDOWS, &text, &known);
    assert_eq!((again, imported.edits), (known, vec![]));
}

#[test]
fn other_regions_remove_no_holiday_without_being_asked() {
    let day = |uid: &str, on: &str, name: &str, region: &str| {
        format!("UID:{uid}\nSUMMARY:{name}\nDTSTART;VALUE=DATE:{on}\nDESCRIPTION:Public holiday{region}")
    };
    let text = calendar(&[
        &day("a", "20270101", "New Year", ""),
        &day("b", "20270106", "Epiphany", " in Bavaria"),
        &day("c", "20270603", "Corpus Christi", " in Hesse"),
        &day("d", "20270603", "Company day", ""),
    ]);
    let regions = |names: &[&str], more: &Options| {
        let mut options = more.clone();
        let spec = ics::HOLIDAYS.options.iter().find(|spec| spec.id == "regions").unwrap();
        options.set(spec, Some(OptionValue::Words(names.iter().map(|name| (*name).to_owned()).collect())));
        options
    };
    let (plan, _) = with_options(&ics::HOLIDAYS, &text, &plan(), &regions(&["Bavaria", "Hesse"], &Options::default()));
    assert_eq!(holidays_in(&plan), ["01-01", "01-06", "06-03", "06-03"]);
    let bavaria = regions(&["Bavaria"], &Options::default());
    let (kept, imported) = with_options(&ics::HOLIDAYS, &text, &plan, &bavaria);
    assert_eq!(holidays_in(&kept), holidays_in(&plan));
    let stays = "Of regions that are not chosen; stays in the plan: Corpus Christi (Hesse) on Thu 3 Jun 2027 · \
                 Of a region that is not chosen";
    assert_eq!(told(&imported), [stays]);
    let says = "1 holiday of regions that are not chosen stays: choose \"Remove gone\" (--remove-gone) to remove it";
    assert!(warnings(&imported).contains(&says.to_owned()), "{:?}", warnings(&imported));
    let (removed, imported) =
        with_options(&ics::HOLIDAYS, &text, &plan, &regions(&["Hesse"], &removing_gone(&ics::HOLIDAYS)));
    assert_eq!(holidays_in(&removed), ["01-01", "06-03", "06-03"]);
    assert_eq!(told(&imported), ["Removed: Epiphany (Bavaria) on Wed 6 Jan 2027 · Of a region that is not chosen"]);
    let (other, _) = with_options(&ics::HOLIDAYS, &text, &removed, &bavaria);
    assert_eq!(holidays_in(&other), ["01-01", "01-06", "06-03", "06-03"], "what is chosen is added");
}
