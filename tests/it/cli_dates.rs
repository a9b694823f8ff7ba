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
