//! The pictures of the guide, drawn from the plan that its readers work with.

use windowsill::model::{ChecklistBlock, NightKey, NightRecord, Plan, PlanParts, StatusUpdate, Tick, UtcMinute};
use windowsill::session::{Action, Appearance, Command, Destination, LedgerPage, Selection, Settings, View};
use windowsill::store;

use crate::pictures::picture_at;

const NOW: &str = "2026-11-16T09:00:00Z";

fn northfold() -> Plan {
    store::parse(include_str!("../../docs/guide/files/northfold.windowsill")).unwrap().plan
}

fn guide(now: &str, name: &str, size: [f32; 2], plan: Plan, actions: &[Action]) {
    picture_at(now, "docs/guide/images", name, size, Appearance::Light, plan, actions);
}

fn occurrence(window: &str, on: &str) -> Action {
    Action::Select(Selection::Occurrence(window.into(), on.parse().unwrap()))
}

#[test]
fn groups_of_the_guide() {
    guide(NOW, "groups", [1280.0, 600.0], northfold(), &[Action::Show(View::Groups)]);
}

#[test]
fn cycles_of_the_guide() {
    guide(NOW, "cycles", [1280.0, 720.0], northfold(), &[Action::Show(View::Cycles)]);
}

#[test]
fn a_night_of_the_guide_that_is_too_short() {
    guide(NOW, "too-short", [1280.0, 720.0], northfold(), &[occurrence("warehouse", "2027-03-28")]);
}

/// One owner has agreed to all dates, another was asked about them, and one about the first.
#[test]
fn the_ledger_of_the_guide() {
    let actions = [
        occurrence("ledger", "2027-01-23"),
        Action::Run(Command::AgreedAllDates),
        occurrence("warehouse", "2027-01-31"),
        Action::Run(Command::AskedAllDates),
        occurrence("web-shop", "2027-01-27"),
        Action::Run(Command::AskedAllDates),
        Action::Select(Selection::Nothing),
        Action::Show(View::Ledger(LedgerPage::Answers)),
    ];
    guide(NOW, "ledger", [1280.0, 560.0], northfold(), &actions);
}

/// The warehouse in January, an hour and ten minutes after its start.
#[test]
fn the_night_of_the_guide() {
    use ChecklistBlock::{DayBefore, HoursBefore, Start};
    let key = NightKey { window: "warehouse".into(), on: "2027-01-31".parse().unwrap() };
    let at = |time: &str| UtcMinute::from_utc(format!("2027-01-{time}:00Z").parse().unwrap());
    let ticks = [
        (DayBefore, "Maintenance window approved", "Tom Hale", "29T15:10"),
        (DayBefore, "Rollback procedures tested", "Tom Hale", "29T15:40"),
        (DayBefore, "Stakeholders notified", "Tom Hale", "29T16:05"),
        (DayBefore, "Status page updated", "Tom Hale", "29T16:10"),
        (DayBefore, "Team availability confirmed", "Tom Hale", "29T16:30"),
        (HoursBefore, "Final backup completed", "Lucy Tran", "30T22:20"),
        (HoursBefore, "Monitoring in place", "Lucy Tran", "30T22:25"),
        (HoursBefore, "Communication channels ready", "Lucy Tran", "30T22:25"),
        (HoursBefore, "Patches pre-staged", "Lucy Tran", "30T22:30"),
        (HoursBefore, "Change ticket CHG-3106 reviewed", "Lucy Tran", "30T22:35"),
        (Start, "Maintenance communication begun", "Lucy Tran", "31T00:30"),
    ];
    let ticks = ticks.map(|(block, item, by, time)| Tick { block, item: item.into(), by: by.into(), at: at(time) });
    let updates = [("01:00", "First batch drained and patched"), ("01:30", "First batch is back, second in work")];
    let updates = updates.map(|(due, text)| {
        let due_at = at(&format!("31T{due}"));
        StatusUpdate { due_at, text: text.to_owned(), by: "Lucy Tran".to_owned(), at: due_at }
    });
    let record = NightRecord { ticks: ticks.into(), status_updates: updates.into(), ..NightRecord::new(key.clone()) };
    let plan = Plan::from(PlanParts { nights: [record].into_iter().collect(), ..northfold().to_parts() });
    let who = Settings { name: "Lucy Tran".to_owned(), ..Settings::default() };
    let actions = [Action::Set(who), Action::Reveal(Destination::Night(key))];
    guide("2027-01-31T01:40:00Z", "night", [1280.0, 720.0], plan, &actions);
}
