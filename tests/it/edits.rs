//! Edits: what they change beside their record, and how undo names them.

use std::sync::Arc;

use chrono::NaiveDate;
use windowsill::model::{
    Agreement, ChangeFreeze, DatedChange, Edit, Horizon, LedgerEntry, LedgerKey, OccurrenceChange, Plan, SystemScope,
};
use windowsill::schedule::{Origin, Schedule};

use crate::common::harbour;

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn applied(plan: &Plan, edits: &[Edit]) -> Plan {
    edits.iter().fold(plan.clone(), |plan, edit| plan.apply(edit).unwrap())
}

#[test]
fn an_added_occurrence_takes_place_after_it_is_moved_and_moved_back() {
    let added = on("2027-03-05");
    let to = |to: &str| Edit::MoveOccurrence {
        window: "core-db".into(),
        on: added,
        to: on(to),
        start: None,
        duration: None,
    };
    let add = Edit::AddOccurrence { window: "core-db".into(), on: added, start: None, duration: None };
    let origins = |edits: &[Edit]| {
        let schedule = Schedule::derive(&Arc::new(applied(&harbour::plan(), edits)), None);
        let found = schedule.occurrence(&"core-db".into(), added);
        found.map(|(_, occurrence)| (occurrence.on(), occurrence.origin))
    };
    let is_added = Some((added, Origin::Added));
    assert_eq!(origins(std::slice::from_ref(&add)), is_added);
    assert_eq!(origins(&[add.clone(), to("2027-03-06")]), Some((on("2027-03-06"), Origin::Moved)));
    assert_eq!(origins(&[add.clone(), to("2027-03-06"), to("2027-03-05")]), is_added);
    let restore = Edit::RestoreOccurrence { window: "core-db".into(), on: added };
    assert_eq!(origins(&[add.clone(), to("2027-03-06"), restore.clone()]), is_added);
    assert_eq!(origins(&[add.clone(), restore.clone()]), None);
    let skip = |reason: &str| Edit::SkipOccurrence { window: "core-db".into(), on: added, reason: reason.into() };
    let is_skipped = Some((added, Origin::Skipped));
    assert_eq!(origins(&[add.clone(), skip("Audit")]), is_skipped);
    assert_eq!(origins(&[add.clone(), skip("Audit"), skip("Holiday"), restore.clone()]), is_added);
    assert_eq!(origins(&[add.clone(), to("2027-03-06"), skip("Audit"), restore.clone()]), is_added);
    assert_eq!(origins(&[add.clone(), skip("Audit"), restore.clone(), restore]), None);
    let change = DatedChange { from: added, start: None, duration: None, shift_days: 1 };
    let change = Edit::PutDatedChange { window: "core-db".into(), change };
    let is_moved = Some((on("2027-03-06"), Origin::Moved));
    assert_eq!(origins(&[add.clone(), change.clone(), to("2027-03-06")]), is_moved);
    assert_eq!(origins(&[add.clone(), to("2027-03-06"), change.clone()]), is_moved);
    assert_eq!(origins(&[add, to("2027-03-06"), change, to("2027-03-05")]), is_added);
}

#[test]
fn only_an_added_occurrence_comes_back_as_an_added_one() {
    let third = on("2027-03-20");
    let to = |to: &str| Edit::MoveOccurrence {
        window: "core-db".into(),
        on: third,
        to: on(to),
        start: None,
        duration: None,
    };
    let plan = applied(&harbour::plan(), &[to("2027-03-21"), to("2027-03-20")]);
    let window = plan.windows().get(&"core-db".into()).unwrap();
    assert_eq!(window.exception(third).unwrap().change, OccurrenceChange::Restored);
    let add = Edit::AddOccurrence { window: "core-db".into(), on: on("2027-03-05"), start: None, duration: None };
    let refused = applied(&plan, std::slice::from_ref(&add)).apply(&add).unwrap_err();
    let text = "Core DB patching already has an occurrence with the date Fri 5 Mar 2027: move or restore that one";
    assert_eq!(refused.to_string(), text);
}

#[test]
fn an_occurrence_that_is_as_an_edit_says_keeps_its_sequence() {
    let (window, third) = (|| "core-db".into(), on("2027-03-20"));
    let moved =
        |to: &str| Edit::MoveOccurrence { window: window(), on: third, to: on(to), start: None, duration: None };
    let skip = Edit::SkipOccurrence { window: window(), on: third, reason: "Audit".into() };
    let restore = Edit::RestoreOccurrence { window: window(), on: third };
    let plan = harbour::plan();
    assert_eq!(applied(&plan, &[moved("2027-03-20")]), plan, "it is there already");
    assert_eq!(applied(&plan, std::slice::from_ref(&restore)), plan);
    for edits in [vec![moved("2027-03-21")], vec![skip.clone()], vec![skip, restore], vec![moved("2027-03-27")]] {
        let once = applied(&plan, &edits);
        assert_ne!(once, plan);
        assert_eq!(applied(&once, &edits[edits.len() - 1..]), once, "{edits:?}");
    }
}

#[test]
fn a_removed_system_is_in_no_freeze() {
    let plan = harbour::plan();
    let freeze = ChangeFreeze::clone(plan.freezes().get(&"year-end".into()).unwrap());
    let scope = SystemScope::Systems(vec!["core-db".into(), "web".into()]);
    let plan = plan.apply(&Edit::PutFreeze(ChangeFreeze { scope, ..freeze })).unwrap();
    let plan = plan.apply(&Edit::RemoveSystem("web".into())).unwrap();
    let left = &plan.freezes().get(&"year-end".into()).unwrap().scope;
    assert_eq!(*left, SystemScope::Systems(vec!["core-db".into()]));
}

#[test]
fn labels_say_what_an_edit_changes() {
    let plan = harbour::plan();
    let key = LedgerKey { window: "core-db".into(), on: on("2027-03-20"), area: "payments".into() };
    let entry = LedgerEntry {
        key: key.clone(),
        agreement: Agreement::Asked { on: on("2027-01-04") },
        answered_for: None,
        replied_at: None,
        reserve_on: None,
        notes: String::new(),
    };
    for (edit, label) in [
        (Edit::SetHorizon(Horizon::year(2028)), "Set months: 12 from Sat 1 Jan 2028"),
        (Edit::PutEntry(entry), "Record answer of payments: asked, 20 Mar"),
        (Edit::RemoveEntry(key), "Remove answer for Core DB patching, 20 Mar"),
    ] {
        assert_eq!(edit.label(&plan), label);
    }
}
