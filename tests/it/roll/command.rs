//! `windowsill roll`, and imports into the plan that it made.

use windowsill::model::{HolidayCalendar, Horizon, Plan};
use windowsill::roll::{Choices, RollError, roll_forward};

use super::{plan, target};
use crate::common::harbour;
use crate::support::desk::Desk;

#[test]
fn unknown_fields_are_refused_unless_told() {
    let desk = Desk::new();
    let text = desk.read("plan.ron");
    let at = text.rfind(')').unwrap();
    desk.write("plan.ron", &format!("{}    colour: \"green\",\n)\n", &text[..at]));
    for words in ["roll plan.ron --to 2028 -o next.ron", "roll plan.ron --to 2028 --dry-run"] {
        let ran = desk.run(words);
        assert_eq!(ran.code, 2, "{}", ran.out);
        assert!(ran.err.contains("colour") && ran.err.contains("--drop-unknown"), "{}", ran.err);
        assert!(!desk.path("next.ron").exists());
    }
    let ran = desk.run("roll plan.ron --to 2028 -o next.ron --drop-unknown");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("colour") && desk.path("next.ron").exists(), "{}", ran.err);
    // A newer format may mean other things by known fields.
    let newer = text.replacen(&format!("format: {}", windowsill::store::FORMAT), "format: 9999", 1);
    assert_ne!(newer, text);
    desk.write("plan.ron", &newer);
    let ran = desk.run("roll plan.ron --to 2028 -o other.ron --drop-unknown");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("newer Windowsill"), "{}", ran.err);
}

#[test]
fn holidays_imported_into_the_new_plan_get_into_its_calendar() {
    let desk = Desk::new();
    let ics = |year: i32| {
        let day = |name: &str, month_day: &str| {
            format!(
                "BEGIN:VEVENT\r\nUID:{name}-{year}@x\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:{year}{month_day}\r\n\
                 SUMMARY:{name}\r\nEND:VEVENT\r\n"
            )
        };
        let days = [("New Year", "0101"), ("Labour Day", "0501"), ("Christmas", "1225"), ("Boxing Day", "1226")];
        let days: String = days.iter().map(|(name, on)| day(name, on)).collect();
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nX-WR-CALNAME:Freedonia\r\n{days}END:VCALENDAR\r\n"
        )
    };
    desk.write("old.ics", &ics(2027));
    desk.write("new.ics", &ics(2028));
    let ran = desk.run("import holidays old.ics --into plan.ron");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let calendar =
        |plan: &Plan| plan.holidays().iter().find(|each| each.days.iter().any(|day| day.name == "Labour Day")).cloned();
    // A person renames the calendar.
    let old = desk.plan("plan.ron");
    let imported = calendar(&old).unwrap();
    let renamed = HolidayCalendar { name: "Our holidays".into(), ..(*imported).clone() };
    let old = old.apply(&windowsill::model::Edit::PutHolidays(renamed)).unwrap();
    std::fs::remove_file(desk.path("plan.ron")).unwrap();
    windowsill::store::save(&desk.path("plan.ron"), &old, None).unwrap();
    let ran = desk.run("roll plan.ron --to 2028 -o next.ron");
    assert!(ran.out.contains("Our holidays: 4 days in the earlier plan, 0 in the new one: import"), "{}", ran.out);
    let before = desk.plan("next.ron").holidays().len();
    let ran = desk.run("import holidays new.ics --into next.ron");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let new = desk.plan("next.ron");
    let calendar = calendar(&new).unwrap();
    assert_eq!((&*calendar.name, calendar.days.len(), new.holidays().len()), ("Our holidays", 4, before));
    assert_eq!(calendar.id, imported.id, "systems refer to it");
}

#[test]
fn a_year_that_is_not_later_is_refused() {
    let old = plan(Horizon::year(2027), "UTC", |_| {});
    let error = |year| roll_forward(&old, &target(year), &Choices::new()).unwrap_err();
    assert_eq!(error(2027), RollError::NotLater(2027));
    assert_eq!(error(2027).to_string(), "the plan begins in 2027: roll it to 2028 or a later year");
    assert_eq!(error(2101), RollError::OutOfRange(2101));
    assert_eq!(error(i32::MAX), RollError::OutOfRange(i32::MAX));
}

#[test]
fn the_command_writes_a_new_plan_and_never_over_another_file() {
    let desk = Desk::new();
    let dry = desk.run("roll plan.ron --to 2028 --dry-run");
    assert_eq!(dry.code, 0, "{}", dry.err);
    assert!(
        dry.out.contains("nothing was written") && dry.out.contains("Year end, freeze, was Mon 13 Dec 2027"),
        "{}",
        dry.out
    );
    let ran = desk.run("roll plan.ron --to 2028 -o next.ron");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("Harbour Trust 2028: "), "{}", ran.out);
    let plan = desk.plan("next.ron");
    assert_ne!(plan.id(), harbour::plan().id());
    assert!(plan.windows().get(&"core-db".into()).unwrap().change_ticket.is_empty());
    for taken in ["next.ron", "plan.ron"] {
        let before = desk.read(taken);
        let ran = desk.run(&format!("roll plan.ron --to 2028 -o {taken}"));
        assert_eq!((ran.code, desk.read(taken)), (2, before));
        assert!(ran.err.contains("already exists"), "{}", ran.err);
    }
    // The id of each plan is its own, even if both were made at the same time.
    let at = "--now 2027-11-01T09:00:00Z";
    for name in ["one.ron", "two.ron"] {
        assert_eq!(desk.run(&format!("roll plan.ron --to 2028 {at} -o {name}")).code, 0);
    }
    let (one, two) = (desk.plan("one.ron"), desk.plan("two.ron"));
    assert_ne!(one.id(), two.id());
    assert!(one.id().as_str().starts_with("harbour-trust-2028-"), "{}", one.id());
    let ran = desk.run("roll plan.ron --to 2027 --dry-run");
    assert_eq!((ran.code, &*ran.err), (2, "plan.ron: the plan begins in 2027: roll it to 2028 or a later year\n"));
    let json: serde_json::Value =
        serde_json::from_str(&desk.run("roll plan.ron --to 2028 --dry-run --format json").out).unwrap();
    assert_eq!(json["dates"][0]["was_from"], "2027-12-13");
    assert_eq!(json["saved_as"], serde_json::Value::Null);
}
