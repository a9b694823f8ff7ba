//! Zones that a plan defines by their offsets: occurrences, files for others, reuse after an edit.

use std::sync::Arc;

use windowsill::export::ics::{CalendarOptions, calendar};
use windowsill::model::{CustomZone, Edit, MaintenanceWindow, OffsetTransition, Plan, UtcMinute};
use windowsill::schedule::Schedule;

use crate::common::harbour;

fn at(text: &str) -> UtcMinute {
    UtcMinute::from_utc(text.parse().unwrap())
}

/// Three hours and a half ahead of UTC; half an hour less from June on.
fn zone(id: &str) -> CustomZone {
    let transition = OffsetTransition { at: at("2027-06-01T00:00:00Z"), offset: 180 };
    CustomZone { id: id.into(), offset: 210, transitions: vec![transition] }
}

/// The harbour plan with a zone and its window in a zone of that name.
fn plan(id: &str) -> Plan {
    let window = MaintenanceWindow { zone: Some(id.to_owned()), ..harbour::window() };
    let edits = [Edit::PutZone(zone(id)), Edit::PutWindow(window)];
    edits.iter().fold(harbour::plan(), |plan, edit| plan.apply(edit).unwrap())
}

fn starts(schedule: &Schedule) -> Vec<UtcMinute> {
    schedule.windows[0].expansion.occurrences.iter().map(|occurrence| occurrence.start_at).collect()
}

#[test]
fn windows_take_place_on_the_clock_of_the_plans_zone() {
    // The plan's own zone wins over an IANA zone of the same name.
    for id in ["Branch time", "Europe/Berlin"] {
        let schedule = Schedule::derive(&Arc::new(plan(id)), None);
        assert!(schedule.windows[0].expansion.zone_is_known);
        let starts = starts(&schedule);
        assert_eq!(starts[1], at("2027-02-20T18:30:00Z"), "{id}");
        assert_eq!(starts[6], at("2027-07-17T19:00:00Z"), "{id}");
    }
}

#[test]
fn calendars_have_its_times_in_utc_and_not_its_name() {
    let schedule = Schedule::derive(&Arc::new(plan("Branch time")), None);
    let text = calendar(&schedule, CalendarOptions::default());
    assert!(text.contains("DTSTART:20270220T183000Z") && text.contains("DTEND:20270717T230000Z"), "{text}");
    assert!(!text.contains("Branch") && !text.contains("VTIMEZONE"), "{text}");
    let plans = plan("Branch time").apply(&Edit::SetZone("Branch time".into())).unwrap();
    let text = calendar(&Schedule::derive(&Arc::new(plans), None), CalendarOptions::default());
    assert!(text.contains("X-WR-TIMEZONE:UTC\r\n") && !text.contains("Branch"), "{text}");
}

#[test]
fn changing_a_zone_moves_the_windows_in_it() {
    let old = Schedule::derive(&Arc::new(plan("Branch time")), None);
    let other = CustomZone { offset: 0, ..zone("Branch time") };
    let changed = Arc::new(old.plan.apply(&Edit::PutZone(other)).unwrap());
    let new = Schedule::derive(&changed, Some(&old));
    assert_eq!(starts(&new)[1], at("2027-02-20T22:00:00Z"));
    assert_eq!(starts(&new), starts(&Schedule::derive(&changed, None)));
    assert!(Arc::ptr_eq(&Schedule::derive(&changed, Some(&new)).windows[0], &new.windows[0]));
}
