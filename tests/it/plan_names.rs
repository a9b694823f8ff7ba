//! Plans end in `.windowsill`, and those that end in `.ron` are plans, too.

use windowsill::store;

use crate::support::desk::Desk;

#[test]
fn a_plan_with_the_ending_of_plans_is_made_changed_locked_and_rolled_forward() {
    let desk = Desk::new();
    for name in ["year", "year.json"] {
        let problem = format!("{name}: a plan's name ends with .windowsill (use year.windowsill)");
        desk.run(&format!("new {name} --from 2027-01-01")).fails_saying(&problem);
    }
    desk.run("new year.windowsill --from 2027-01-01 --zone Europe/London").fine();
    desk.run("add year.windowsill Servers every Sunday 01:00 2h").fine();
    let lock = store::open(&desk.path("year.windowsill")).unwrap();
    assert!(desk.path(".year.windowsill.lock").exists());
    let add = "add year.windowsill Desktops every Monday 01:00 2h";
    desk.run(add).fails_saying("year.windowsill: the plan cannot be changed now");
    drop(lock);
    desk.run(add).fine();
    desk.run("roll year.windowsill --to 2028 -o next").fails_saying("ends with .windowsill (use next.windowsill)");
    desk.run("roll year.windowsill --to 2028 -o next.windowsill").fine();
    assert_eq!(desk.plan("next.windowsill").windows().len(), 2);
    desk.write("year (conflicted copy 2026-11-29 140301).windowsill", &desk.read("year.windowsill"));
    assert!(desk.run("merge year.windowsill --copies").fine().contains("conflicted copy 2026-11-29"));
}
