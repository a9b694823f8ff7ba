//! `export checklist`, `planner`, `year` and `cab` as a person runs them: files, forms, errors.

use std::fs;

use crate::support::desk::Desk;

#[test]
fn the_checklist_is_written_as_its_ending_says() {
    let desk = Desk::new();
    desk.run("export checklist plan.ron -o night.md --window core-db --on 2027-03-20").fine();
    desk.run("export checklist plan.ron -o night.html --window Core_DB_patching --on 2027-03-20").fine();
    assert!(
        desk.read("night.md").starts_with("# Core DB patching")
            && desk.read("night.html").starts_with("<!DOCTYPE html>")
    );
    desk.run("export checklist plan.ron -o night.txt --window core-db --on 2027-03-20").fine();
    assert!(desk.read("night.txt").starts_with("Core DB patching"), "{}", desk.read("night.txt"));
    let fails = |words: &str, part: &str| desk.run(&format!("export checklist plan.ron {words}")).fails_saying(part);
    fails("-o night.doc --window core-db --on 2027-03-20", ".pdf, .html, .md or .txt");
    fails("-o night.md --window core --on 2027-03-20", "Known windows: core-db");
    fails("-o night.md --window core-db --on 2027-03-21", "Nearest: ");
    let with_area = "--window core-db --on 2027-03-20 --area";
    desk.run(&format!("export checklist plan.ron -o area.md {with_area} payments")).fine();
    desk.write("other.ron", &desk.read("plan.ron").replace("areas: [", "areas: [(id: \"idle\", name: \"Idle\"), "));
    desk.run(&format!("export checklist other.ron -o other.md {with_area} idle"))
        .fails_saying("affects no systems of idle");
}

#[test]
fn all_that_is_printed_is_written_in_all_forms() {
    let desk = Desk::new();
    let now = "--now 2027-01-04T09:00:00Z";
    for what in ["checklist", "planner", "year --area payments", "cab --weeks 6"] {
        let now = if what == "checklist" { "" } else { now };
        for ending in ["html", "md", "txt"] {
            let name = format!("{}.{ending}", &what[..3]);
            desk.run(&format!("export {what} plan.ron -o {name} {now}")).fine();
            assert!(desk.read(&name).len() > 300, "{name}");
        }
        if cfg!(feature = "pdf") {
            let name = format!("{}.pdf", &what[..3]);
            desk.run(&format!("export {what} plan.ron -o {name} {now}")).fine();
            assert!(fs::read(desk.0.path().join(name)).unwrap().starts_with(b"%PDF-"));
        }
    }
    let said = desk.run("export checklist plan.ron -o nights --from 2027-03-01 --to 2027-03-31").fine();
    let files = fs::read_dir(desk.0.path().join("nights")).unwrap().count();
    assert!(files > 0 && said.starts_with(&format!("Printed {files} file")), "{said}: {files}");
    desk.run("export checklist plan.ron -o none.md --from 2031-01-01").fails_saying("nothing to print");
    let before = desk.plan("plan.ron");
    desk.run("export planner plan.ron -o plan.ron").fails_saying("this is the plan itself");
    assert_eq!(desk.plan("plan.ron"), before);
    desk.write("plan.md", &desk.read("plan.ron"));
    for what in ["planner", "checklist", "year --area payments", "cab --since plan.ron"] {
        desk.run(&format!("export {what} plan.md -o plan.md")).fails_saying("this is the plan itself");
    }
    desk.run("export cab plan.ron --since plan.md -o plan.md").fails_saying("this is the plan itself");
    assert_eq!(desk.read("plan.md"), desk.read("plan.ron"));
    desk.write("old.md", "old");
    desk.run(&format!("export planner plan.ron -o old.md {now}")).fine();
    assert!(!desk.read("old.md").contains("old\n"));
    desk.run("export year plan.ron --area nobody -o year.md").fails_saying("nobody");
}
