//! Dates on the command line: years that are refused, and months that an import widens.

use crate::support::desk::Desk;

#[test]
fn the_plan_can_be_widened_after_the_import_that_advised_it() {
    let desk = Desk::new();
    desk.write("rows.csv", "name,date\nWeb,2028-02-05\n");
    desk.run("new wide.ron --from 2027-01-01").fine();
    let told = desk.run("import windows rows.csv --into wide.ron");
    assert!(told.code == 0 && told.err.contains("--widen"), "{}", told.err);
    let out = desk.run("import windows rows.csv --into wide.ron --widen --dry-run").fine();
    assert_eq!(out, "Nothing to import; the plan would span 2027-01-01 to 2028-02-29\n");
    assert!(!desk.run("list wide.ron").fine().contains("Sat 5 Feb 2028"));
    let out = desk.run("import windows rows.csv --into wide.ron --widen").fine();
    assert_eq!(out, "Nothing to import; the plan now spans 2027-01-01 to 2028-02-29\n");
    assert!(desk.run("list wide.ron").fine().contains("Sat 5 Feb 2028"));
    assert_eq!(desk.plan("wide.ron").windows().len(), 1);
}

#[test]
fn widening_brings_the_days_of_a_series_outside_the_months() {
    let desk = Desk::new();
    let event = "BEGIN:VEVENT\nUID:s@a.example\nSUMMARY:A\nDTSTART;VALUE=DATE:20271220\nRRULE:FREQ=WEEKLY;COUNT=4\n";
    desk.write("s.ics", &format!("BEGIN:VCALENDAR\nVERSION:2.0\n{event}END:VEVENT\nEND:VCALENDAR\n"));
    for (topic, out) in [("freezes", "4 change freezes"), ("holidays", "4 holidays (s)")] {
        desk.run(&format!("new {topic}.ron --from 2027-01-01")).fine();
        let told = desk.run(&format!("import {topic} s.ics --into {topic}.ron --dry-run"));
        assert!(told.err.contains("2 of 4 occurrences are outside the plan's months"), "{}", told.err);
        let widened = desk.run(&format!("import {topic} s.ics --into {topic}.ron --widen"));
        assert_eq!(widened.out, format!("Imported {out}; the plan now spans 2027-01-01 to 2028-01-31\n"));
        assert_eq!(widened.err, "");
    }
}

#[test]
fn a_year_of_two_digits_or_out_of_range_is_refused() {
    let desk = Desk::new();
    for command in [
        "new short.ron --from 27-01-01",
        "new short.ron --from 0027-01-01",
        "new short.ron --from 2101-01-01",
        "list plan.ron --to 27-03-01",
        "export checklist plan.ron -o pack.pdf --window core-db --on 27-03-20",
    ] {
        desk.run(command).fails_saying("use a year from 1980 to 2100 with four digits, e.g. 2027-03-01");
    }
    desk.run("check plan.ron --now 0027-01-01T00:00:00Z").fails_saying("use a year from 1980 to 2100");
}
