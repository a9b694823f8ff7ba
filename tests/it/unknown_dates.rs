//! Windows whose dates are not known may still take place: nothing of them is cancelled, deleted or left out in silence.

use windowsill::export::invites::{InvitesOrder, Outgoing, Which};
use windowsill::model::{Horizon, MaintenanceWindow, Plan, PlanParts, Rule};
use windowsill::store::to_text;

use crate::common::owners::{derived, exported, plan, today};
#[cfg(feature = "publish")]
use crate::common::publish::{numbers, order, publish};
use crate::support::desk::Desk;

fn daily(id: &str) -> MaintenanceWindow {
    MaintenanceWindow::new(id.into(), id, Rule::Foreign("FREQ=DAILY".to_owned()))
}

/// The plan for one month, with a window on each day.
fn dense() -> Plan {
    let parts = plan().to_parts();
    let core = parts.windows.get(&"core-db".into()).unwrap();
    let core = MaintenanceWindow { rule: daily("core-db").rule, ..MaintenanceWindow::clone(core) };
    let horizon = Horizon { months: 1, ..parts.horizon };
    PlanParts { windows: parts.windows.with(core), horizon, ..parts }.into()
}

/// The same plan for five years with 1,200 more daily windows: too many dates, so no window has any.
fn too_large(plan: &Plan) -> Plan {
    let parts = plan.to_parts();
    let more = (0..1_200).map(|number| daily(&format!("backup-{number}")));
    let windows = parts.windows.iter().map(|window| MaintenanceWindow::clone(window)).chain(more).collect();
    PlanParts { windows, horizon: Horizon { months: 60, ..parts.horizon }, ..parts }.into()
}

/// The same plan with a rule that cannot be read.
fn unreadable(plan: &Plan) -> Plan {
    let parts = plan.to_parts();
    let core = parts.windows.get(&"core-db".into()).unwrap();
    let core = MaintenanceWindow { rule: Rule::Foreign("FREQ=HOURLY".to_owned()), ..MaintenanceWindow::clone(core) };
    PlanParts { windows: parts.windows.with(core), ..parts }.into()
}

#[test]
fn owners_get_no_cancellations_of_windows_whose_dates_are_not_known() {
    let (files, sent) = exported(&dense(), &Which::Window("core-db".into()));
    assert!(files.len() > 20);
    for changed in [too_large(&sent), unreadable(&sent)] {
        let schedule = derived(&changed);
        assert!(
            schedule
                .windows
                .iter()
                .any(|window| window.id().as_str() == "core-db" && window.expansion.occurrences.is_empty())
        );
        let order = InvitesOrder { which: Which::Window("core-db".into()), ..InvitesOrder::default() };
        let outgoing = Outgoing::new(&schedule, today(), &order);
        assert!(outgoing.is_empty(), "{}", outgoing.summary());
        let omissions = outgoing.omissions().unwrap();
        assert!(omissions.contains("not known") && omissions.contains("Nothing is sent about them"), "{omissions}");
    }
    // A window that was removed is cancelled all the same.
    let mut parts = sent.to_parts();
    parts.windows = parts.windows.without(&"core-db".into());
    let schedule = derived(&parts.into());
    assert!(!Outgoing::new(&schedule, today(), &InvitesOrder::default()).is_empty());
}

#[cfg(feature = "publish")]
#[test]
fn nothing_is_published_while_dates_are_not_known() {
    let folder = tempfile::tempdir().unwrap();
    let calendar = folder.path().join("year.ics");
    let (order, state) = (order(calendar.to_str().unwrap()), folder.path().join("state"));
    assert_eq!(numbers(&publish(&dense(), &order, &state)), [1, 0, 0, 0]);
    let before = std::fs::read(&calendar).unwrap();
    for changed in [too_large(&dense()), unreadable(&dense())] {
        let stopped = publish(&changed, &order, &state).stopped.unwrap().to_string();
        assert!(stopped.contains("nothing was published"), "{stopped}");
        assert_eq!(std::fs::read(&calendar).unwrap(), before);
    }
}

#[test]
fn exports_say_which_windows_are_missing_and_quick_fixes_wait() {
    let desk = Desk::new();
    desk.write("large.ron", &to_text(&too_large(&dense())).unwrap());
    let large = desk.read("large.ron");
    for command in ["list large.ron", "export calendar large.ron -o year.ics", "export planner large.ron -o year.md"] {
        let ran = desk.run(command);
        assert!(ran.err.contains("The dates of 1201 windows are not known"), "{command}: {}", ran.err);
    }
    desk.run("check large.ron --fix").fails_saying("nothing was fixed");
    assert_eq!(desk.read("large.ron"), large);
}
