//! Files that come later: updates, cancellations and newer versions of a calendar that the plan has imported.

use super::*;
use crate::import::OptionValue;
use crate::model::{ChangeFreeze, ListedDate, Minutes};

/// The plan after an import, and what the import said.
pub(super) fn after(kind: &'static ImportKind, text: &str, plan: &Plan) -> (Plan, Imported) {
    with_options(kind, text, plan, &Options::default())
}

pub(super) fn with_options(kind: &'static ImportKind, text: &str, plan: &Plan, options: &Options) -> (Plan, Imported) {
    let progress = Progress::default();
    let source = Source::new(vec![Box::new(MemoryFile::new("Somewhere.ics", text))], &progress);
    let target = Target::new(Arc::new(plan.clone()), plan.horizon().from);
    let imported = read(&source, kind, options, &target).unwrap();
    let changed = imported.edits.iter().fold(plan.clone(), |plan, edit| plan.apply(edit).unwrap());
    (changed, imported)
}

pub(super) fn removing_gone(kind: &'static ImportKind) -> Options {
    let spec = kind.options.iter().find(|spec| spec.id == "remove-gone").unwrap();
    let mut options = Options::default();
    options.set(spec, Some(OptionValue::On));
    options
}

/// "Changed: A (a) · start: 22:00 → 23:00"
pub(super) fn told(imported: &Imported) -> Vec<String> {
    let sections = imported.sections.iter();
    sections
        .flat_map(|section| {
            section.items.iter().map(|item| format!("{}: {} · {}", section.heading, item.text, item.remark))
        })
        .collect()
}

/// The starts in UTC of what takes place.
pub(super) fn starts(plan: &Plan) -> Vec<String> {
    let schedule = Schedule::derive(&Arc::new(plan.clone()), None);
    let occurrences = schedule.windows.iter().flat_map(|window| window.expansion.occurrences.iter());
    let mut found: Vec<String> =
        occurrences.map(|each| each.start_at.to_utc().format("%m-%d %H:%M").to_string()).collect();
    found.sort();
    found
}

pub(super) fn frozen(plan: &Plan) -> Vec<String> {
    plan.freezes().iter().map(|freeze| format!("{}..{}", freeze.first_on, freeze.last_on)).collect()
}

fn event(uid: &str, sequence: u32, on: &str, more: &str) -> String {
    let text = format!(
        "UID:{uid}@carrier.example\nSEQUENCE:{sequence}\nDTSTAMP:20261101T090000Z\nSUMMARY:Work\nDTSTART:{on}T210000Z\nDURATION:PT4H\n{more}"
    );
    text.trim_end().to_owned()
}

pub(super) fn message(method: &str, event: &str) -> String {
    calendar(&[event]).replace("VERSION:2.0", &format!("VERSION:2.0\nMETHOD:{method}"))
}

#[test]
fn an_update_moves_and_a_cancellation_removes_what_an_invite_brought() {
    let (invited, _) = after(&ics::WINDOWS, &message("REQUEST", &event("x", 0, "20270313", "")), &plan());
    assert_eq!(starts(&invited), ["03-13 21:00"]);
    let (moved, imported) = after(&ics::WINDOWS, &message("REQUEST", &event("x", 1, "20270320", "")), &invited);
    assert_eq!(starts(&moved), ["03-20 21:00"]);
    assert_eq!(moved.windows().len(), 1);
    assert_eq!(told(&imported), ["Changed: Work (work) · Sat 13 Mar 2027: as usual → moved to Sat 20 Mar 2027"]);
    assert_eq!((&*imported.summary, warnings(&imported)), ("1 change", vec![]));
    let cancel = message("CANCEL", &event("x", 2, "20270320", "STATUS:CANCELLED"));
    let (cancelled, imported) = after(&ics::WINDOWS, &cancel, &moved);
    assert_eq!(cancelled.windows().len(), 0);
    assert_eq!(told(&imported), ["Removed: Work (work) · Cancelled in the imported calendar"]);

    let freeze = |sequence, on, more: &str| {
        message(if more.is_empty() { "REQUEST" } else { "CANCEL" }, &event("x", sequence, on, more))
    };
    let (frozen_once, _) = after(&ics::FREEZES, &freeze(0, "20270313", ""), &plan());
    let (moved, _) = after(&ics::FREEZES, &freeze(1, "20270320", ""), &frozen_once);
    assert_eq!(
        (frozen(&frozen_once), frozen(&moved)),
        (vec!["2027-03-13..2027-03-14".to_owned()], vec!["2027-03-20..2027-03-21".to_owned()])
    );
    assert_eq!(after(&ics::FREEZES, &freeze(2, "20270320", "STATUS:CANCELLED"), &moved).0.freezes().len(), 0);
}

#[test]
fn older_versions_change_nothing_and_say_so() {
    let newest = event("x", 2, "20270320", "");
    let (known, _) = after(&ics::WINDOWS, &message("REQUEST", &newest), &plan());
    for older in [
        message("REQUEST", &event("x", 1, "20270313", "")),
        message("CANCEL", &event("x", 1, "20270313", "")),
        message("REQUEST", &newest.replace("20261101", "20261031").replace("20270320", "20270313")),
    ] {
        let (plan, imported) = after(&ics::WINDOWS, &older, &known);
        assert_eq!(plan, known, "{older}");
        assert!(told(&imported)[0].starts_with("Older than what the plan has; skipped: "), "{:?}", told(&imported));
    }
}

#[test]
fn the_same_calendar_again_changes_nothing() {
    let series = "UID:s@a.example\nSUMMARY:Core\nDTSTART;TZID=Europe/Berlin:20270105T220000\nDURATION:PT2H\n\
                  RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/Berlin:20270112T220000";
    let text = calendar(&[series, &event("a", 0, "20270313", ""), &event("b", 0, "20270410", "")]);
    for kind in [&ics::WINDOWS, &ics::FREEZES, &ics::HOLIDAYS] {
        let (once, first) = after(kind, &text, &plan());
        assert!(!first.edits.is_empty() && first.sections.is_empty());
        let (twice, imported) = after(kind, &text, &once);
        assert_eq!((twice, imported.edits), (once, vec![]), "{}", kind.id);
    }
}

#[test]
fn what_a_person_changed_stays_and_is_listed() {
    let series = |clock: &str, more: &str| {
        calendar(&[&format!(
            "UID:s@a.example\nSUMMARY:Core\nDTSTART;TZID=Europe/Berlin:20270105T{clock}\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;COUNT=3{more}"
        )])
    };
    let (known, _) = after(&ics::WINDOWS, &series("220000", ""), &plan());
    let window = known.windows().iter().next().unwrap();
    let mut edited = MaintenanceWindow::clone(window);
    edited.duration = Minutes::hours(5);
    edited.change_ticket = "CHG1".to_owned();
    edited.set_exception("2027-01-12".parse().unwrap(), OccurrenceChange::Skipped { reason: "Audit".to_owned() });
    let known = known.apply(&Edit::PutWindow(edited)).unwrap();
    let (plan, imported) = after(&ics::WINDOWS, &series("230000", "\nSEQUENCE:1"), &known);
    assert_eq!(
        told(&imported),
        [
            "Changed: Core (core) · start: 22:00 → 23:00",
            "Changed in the plan since the last import; kept: Core (core) · Tue 12 Jan 2027: skipped: Audit (in the file: as usual); \
             length: 5 h (in the file: 2 h)"
        ]
    );
    assert_eq!(starts(&plan), ["01-05 22:00", "01-19 22:00"]);
    let window = plan.windows().iter().next().unwrap();
    assert_eq!((window.duration, &*window.change_ticket, window.sequence), (Minutes::hours(5), "CHG1", 2));
}

#[test]
fn of_a_newer_version_of_a_calendar_what_is_new_changed_and_gone_is_told() {
    let events = |events: &[String]| {
        calendar(&events.iter().map(String::as_str).collect::<Vec<_>>())
            .replace("VERSION:2.0", "VERSION:2.0\nX-WR-CALNAME:Carrier")
    };
    let dates = ["20270410", "20270508", "20270612", "20270710"];
    let first: Vec<String> = dates.iter().map(|on| event(on, 0, on, "")).collect();
    let (known, _) = after(&ics::WINDOWS, &events(&first), &plan());
    assert_eq!(known.windows().len(), 1);
    let second = [
        first[0].clone(),
        event(dates[1], 1, "20270509", ""),
        event(dates[2], 1, "20270612", "STATUS:CANCELLED"),
        event("20270814", 0, "20270814", ""),
    ];
    let (changed, imported) = after(&ics::WINDOWS, &events(&second), &known);
    assert_eq!(starts(&changed), ["04-10 21:00", "05-09 21:00", "07-10 21:00", "08-14 21:00"]);
    assert_eq!(changed.windows().len(), 1);
    assert!(
        told(&imported).contains(
            &"No longer in the calendar; stays in the plan: Work (work) on Sat 10 Jul 2027 · No longer in the calendar"
                .to_owned()
        ),
        "{:?}",
        told(&imported)
    );
    let (changed, _) = with_options(&ics::WINDOWS, &events(&second), &changed, &removing_gone(&ics::WINDOWS));
    assert_eq!(starts(&changed), ["04-10 21:00", "05-09 21:00", "08-14 21:00"]);
    let (again, imported) = with_options(&ics::WINDOWS, &events(&second), &changed, &removing_gone(&ics::WINDOWS));
    assert_eq!((again, imported.edits), (changed, vec![]));

    let (known, _) = after(&ics::FREEZES, &events(&first), &plan());
    let (changed, imported) = after(&ics::FREEZES, &events(&second), &known);
    assert_eq!(imported.summary, "1 new change freeze, 1 change and 1 removal");
    assert_eq!(changed.freezes().len(), 4);
    let (changed, _) = with_options(&ics::FREEZES, &events(&second), &changed, &removing_gone(&ics::FREEZES));
    assert_eq!(changed.freezes().len(), 3);
}

#[test]
fn a_message_about_one_occurrence_changes_only_that() {
    let series = calendar(&[
        "UID:s@a.example\nSUMMARY:Core\nDTSTART:20270105T210000Z\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;COUNT=3",
    ]);
    let (known, _) = after(&ics::WINDOWS, &series, &plan());
    let one = |on: &str, more: &str| {
        format!(
            "UID:s@a.example\nSUMMARY:Core\nRECURRENCE-ID:{on}T210000Z\nDTSTART:20270113T220000Z\nDURATION:PT2H\n{more}"
        )
    };
    let (moved, imported) = after(&ics::WINDOWS, &message("REQUEST", &one("20270112", "SEQUENCE:1")), &known);
    assert_eq!(starts(&moved), ["01-05 21:00", "01-13 22:00", "01-19 21:00"]);
    assert_eq!(imported.summary, "1 change");
    let (cancelled, _) = after(&ics::WINDOWS, &message("CANCEL", &one("20270119", "SEQUENCE:1")), &moved);
    assert_eq!(starts(&cancelled), ["01-05 21:00", "01-13 22:00"]);
    let rest = one("20270112", "SEQUENCE:1").replace("ENCE-ID", "ENCE-ID;RANGE=THISANDFUTURE");
    assert_eq!(starts(&after(&ics::WINDOWS, &message("CANCEL", &rest), &known).0), ["01-05 21:00"]);
    let (older, imported) = after(&ics::WINDOWS, &message("REQUEST", &one("20270112", "SEQUENCE:0")), &moved);
    assert_eq!((older, told(&imported).len()), (moved, 1));
}

#[test]
fn holidays_are_compared_day_by_day() {
    let day = |uid: &str, on: &str, name: &str| format!("UID:{uid}@h.example\nSUMMARY:{name}\nDTSTART;VALUE=DATE:{on}");
    let events = |events: &[String]| {
        calendar(&events.iter().map(String::as_str).collect::<Vec<_>>())
            .replace("VERSION:2.0", "VERSION:2.0\nX-WR-CALNAME:Holidays")
    };
    let first = [
        day("a", "20270101", "New Year"),
        day("b", "20270505", "Unity"),
        day("c", "20271224", "Eve"),
        day("d", "20270401", "Gone"),
    ];
    let (known, _) = after(&ics::HOLIDAYS, &events(&first), &plan());
    let mut calendar = (**known.holidays().iter().next().unwrap()).clone();
    calendar.days.retain(|day| day.name != "Eve");
    let known = known.apply(&Edit::PutHolidays(calendar)).unwrap();
    let second = [first[0].clone(), day("b", "20270506", "Unity"), first[2].clone(), day("e", "20271225", "Day")];
    let (changed, imported) = after(&ics::HOLIDAYS, &events(&second), &known);
    let names = |plan: &Plan| {
        plan.holidays()
            .iter()
            .flat_map(|calendar| &calendar.days)
            .map(|day| format!("{} {}", day.on, day.name))
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&changed), ["2027-01-01 New Year", "2027-04-01 Gone", "2027-05-06 Unity", "2027-12-25 Day"]);
    assert!(
        told(&imported).iter().any(|line| line.starts_with("Changed in the plan") && line.contains("Eve")),
        "{:?}",
        told(&imported)
    );
    let (changed, _) = with_options(&ics::HOLIDAYS, &events(&second), &changed, &removing_gone(&ics::HOLIDAYS));
    assert_eq!(names(&changed), ["2027-01-01 New Year", "2027-05-06 Unity", "2027-12-25 Day"]);
}

#[test]
fn short_uids_of_another_calendar_are_not_the_same_event() {
    let text =
        |name: &str, on: &str| calendar(&[&format!("UID:1\nSUMMARY:{name}\nDTSTART:{on}T210000Z\nDURATION:PT1H")]);
    let named = |text: String, name: &str| text.replace("VERSION:2.0", &format!("VERSION:2.0\nX-WR-CALNAME:{name}"));
    let (known, _) = after(&ics::WINDOWS, &named(text("A", "20270313"), "One"), &plan());
    let (both, _) = after(&ics::WINDOWS, &named(text("B", "20270320"), "Two"), &known);
    assert_eq!(starts(&both), ["03-13 21:00", "03-20 21:00"]);
    let (moved, _) = after(&ics::WINDOWS, &named(text("A", "20270327"), "Two"), &known);
    assert_eq!(starts(&moved), ["03-27 21:00"]);
}

#[test]
fn the_plans_own_events_change_nothing_and_those_of_another_plan_are_its_windows_again() {
    let own = |on: &str, uid: &str| {
        format!("UID:{uid}.core@plan.windowsill\nSUMMARY:Core\nDTSTART:{on}T210000Z\nDURATION:PT4H")
    };
    let text = calendar(&[&own("20270109", "20270109"), &own("20270214", "20270213"), &own("20270313", "20270313")]);
    for kind in [&ics::WINDOWS, &ics::FREEZES, &ics::HOLIDAYS] {
        assert_eq!(after(kind, &text, &plan()).1.edits, [], "{}", kind.id);
    }
    let other = Plan::new("other".into(), "Other", Horizon::year(2027), "Europe/Berlin");
    let (with_it, _) = after(&ics::WINDOWS, &text, &other);
    let window = with_it.windows().iter().next().unwrap();
    let listed = |on: &str| ListedDate { on: on.parse().unwrap(), words: String::new() };
    assert_eq!(window.rule, Rule::Dates(vec![listed("2027-01-09"), listed("2027-02-13"), listed("2027-03-13")]));
    assert_eq!(starts(&with_it), ["01-09 21:00", "02-14 21:00", "03-13 21:00"]);
}

#[test]
fn a_freeze_that_a_series_no_longer_gives_is_removed() {
    let series = |more: &str| {
        calendar(&[&format!(
            "UID:f@a.example\nSUMMARY:F\nDTSTART;VALUE=DATE:20270104\nRRULE:FREQ=WEEKLY;COUNT=3{more}"
        )])
    };
    let (known, _) = after(&ics::FREEZES, &series(""), &plan());
    let widened = known.freezes().iter().next().unwrap();
    let widened = ChangeFreeze { notes: "Ours".to_owned(), ..(**widened).clone() };
    let known = known.apply(&Edit::PutFreeze(widened)).unwrap();
    let (changed, imported) = after(&ics::FREEZES, &series("\nSEQUENCE:1\nEXDATE;VALUE=DATE:20270111"), &known);
    assert_eq!(frozen(&changed), ["2027-01-04..2027-01-04", "2027-01-18..2027-01-18"]);
    assert_eq!(told(&imported)[0], "Removed: F (f-2) · No longer in its series");
    assert!(told(&imported)[1].contains("notes: Ours (in the file: none)"), "{:?}", told(&imported));
}

#[test]
fn series_older_than_plans_are_the_same_again() {
    let series = |start: &str, rule: &str| calendar(&[&format!("UID:o@a.example\nSUMMARY:Old\n{start}\nRRULE:{rule}")]);
    for (kind, text) in [
        (&ics::WINDOWS, series("DTSTART;TZID=Europe/Berlin:19750308T220000\nDURATION:PT2H", "FREQ=YEARLY")),
        (&ics::WINDOWS, series("DTSTART:20270308T210000Z\nDURATION:PT2H", "FREQ=YEARLY;UNTIL=99991231T000000Z")),
        (&ics::FREEZES, series("DTSTART;VALUE=DATE:19750308", "FREQ=YEARLY")),
        (&ics::HOLIDAYS, series("DTSTART;VALUE=DATE:19750308", "FREQ=YEARLY")),
    ] {
        let (once, _) = after(kind, &text, &plan());
        let (twice, imported) = after(kind, &text, &once);
        assert_eq!((twice, told(&imported), imported.edits), (once, vec![], vec![]), "{}: {text}", kind.id);
    }
}

#[test]
fn a_removed_holiday_says_why() {
    let events = |more: &str| {
        let event = |uid: &str, day: u32, more: &str| {
            format!("UID:{uid}@h.example\nSUMMARY:{uid}\nDTSTART;VALUE=DATE:202703{day}{more}")
        };
        calendar(&[&event("a", 20, ""), &event("b", 21, more)])
    };
    let (known, _) = after(&ics::HOLIDAYS, &events(""), &plan());
    let reason = |text: &str| {
        let (_, imported) = with_options(&ics::HOLIDAYS, text, &known, &removing_gone(&ics::HOLIDAYS));
        told(&imported)
    };
    let cancelled = ["Removed: b on Sun 21 Mar 2027 · Cancelled in the imported calendar"];
    assert_eq!(reason(&events("\nSTATUS:CANCELLED\nSEQUENCE:1")), cancelled);
    assert_eq!(reason(&message("CANCEL", "UID:b@h.example\nSEQUENCE:1\nDTSTAMP:20261101T090000Z")), cancelled);
    let gone = calendar(&["UID:a@h.example\nSUMMARY:a\nDTSTART;VALUE=DATE:20270320"]);
    assert_eq!(reason(&gone), ["Removed: b on Sun 21 Mar 2027 · No longer in the calendar"]);
}

#[test]
fn nothing_is_gone_from_a_calendar_that_was_cut_short() {
    let day = |number: u32| {
        format!(
            "UID:d{number}@a.example\nSUMMARY:D{number}\nDTSTART;VALUE=DATE:202704{number:02}\nDTSTAMP:20261101T090000Z"
        )
    };
    let night =
        |number: u32| day(number).replace(";VALUE=DATE:", ":").replace("\nDTSTAMP", "T200000Z\nDURATION:PT1H\nDTSTAMP");
    let count = |plan: &Plan| {
        let days: usize = plan.holidays().iter().map(|calendar| calendar.days.len()).sum();
        plan.freezes().len() + days + starts(plan).len()
    };
    for (kind, event) in
        [(&ics::FREEZES, &day as &dyn Fn(u32) -> String), (&ics::HOLIDAYS, &day), (&ics::WINDOWS, &night)]
    {
        let all: Vec<String> = [2, 9, 16, 23].map(event).to_vec();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let file = calendar(&all).replace("VERSION:2.0", "VERSION:2.0\nX-WR-CALNAME:Feed");
        let known = after(kind, &file, &plan()).0;
        assert_eq!(count(&known), 4);
        let third = file.match_indices("BEGIN:VEVENT").nth(2).unwrap().0;
        for end in [third, third + 40, third + 90, file.find("END:VCALENDAR").unwrap()] {
            let (plan, imported) = with_options(kind, &file[..end], &known, &removing_gone(kind));
            assert_eq!(count(&plan), 4, "{} {end} {:?}", kind.id, told(&imported));
            let cut = imported.warnings.iter().any(|warning| warning.to_string().contains("before END:VCALENDAR"));
            assert!(cut, "{} {end}", kind.id);
        }
        // What was taken out of a whole calendar is gone.
        let shorter = calendar(&all[..2]).replace("VERSION:2.0", "VERSION:2.0\nX-WR-CALNAME:Feed");
        let plan = with_options(kind, &shorter, &known, &removing_gone(kind)).0;
        assert_eq!(count(&plan), 2, "{}", kind.id);
    }
}
