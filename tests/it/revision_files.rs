//! Revisions as files for others, with hostile texts, and proofs on random plans: every date is in exactly one kind of change.

use proptest::collection::vec;
use proptest::prelude::*;
use windowsill::export::revision::{html, json, markdown, text};
use windowsill::model::*;
use windowsill::schedule::revision::DateChange;
use windowsill::schedule::{Origin, Revision, Schedule};

use crate::common::dates::{date, moved};
use crate::common::harbour;
use crate::support::edits::any_edit;
use crate::support::plans::any_plan;
use crate::support::revisions::*;

#[test]
fn the_same_plans_give_the_same_bytes() {
    let (old, new) = (plan(), with(&plan(), &[moved("2027-03-20", "2027-03-05"), skipped("2027-04-17")]));
    for write in [text, markdown, html, json] {
        assert_eq!(write(&between(&old, &new), "a.ron"), write(&between(&old, &new), "a.ron"));
    }
}

#[test]
fn a_revision_reads_well_as_text() {
    let revision = after(&[moved("2027-03-20", "2027-03-05"), skipped("2027-04-17")]);
    insta::assert_snapshot!("revision_text", text(&revision, "earlier.ron"));
    insta::assert_snapshot!("revision_markdown", markdown(&revision, "earlier.ron"));
}

/// A plan whose every name is hostile, and one in which the window and its texts are different.
fn hostile(name: &str) -> Revision {
    let named = |window: &mut MaintenanceWindow| {
        window.name = name.into();
        window.impact = name.into();
        window.notes = name.into();
    };
    let payments = BusinessArea { name: name.into(), owner: name.into(), ..area("payments", "", "") };
    let skip = Edit::SkipOccurrence { window: "core-db".into(), on: date("2027-04-17"), reason: name.to_owned() };
    let Edit::PutWindow(mut window) = window(named) else { panic!("a window") };
    if window.name.trim().is_empty() {
        window.name = "-".into();
    }
    let plan = plan();
    let mut new = with(&plan, &[moved("2027-03-20", "2027-03-05"), skip]).to_parts();
    let exceptions = new.windows.get(&"core-db".into()).unwrap().exceptions.clone();
    new.windows = [MaintenanceWindow { exceptions, ..window }].into_iter().collect();
    new.areas = new.areas.with(payments);
    new.title = name.into();
    between(&plan, &new.into())
}

/// Signs of Markdown that nothing makes harmless: brackets, tags and code.
fn signs(paper: &str) -> usize {
    let is_sign = |c: char| matches!(c, '<' | '>' | '[' | ']' | '`');
    let harmless = |at: usize| paper[..at].ends_with('\\');
    paper.char_indices().filter(|(at, c)| is_sign(*c) && !harmless(*at)).count()
}

#[test]
fn typed_text_becomes_neither_a_tag_nor_a_line() {
    let tame = hostile("Tame");
    let tags = |page: &str| page.matches('<').count();
    let lines = |text: &str| text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}']).count();
    for name in harbour::hostile_names() {
        let revision = hostile(&name);
        let page = html(&revision, &name);
        assert_eq!(tags(&page), tags(&html(&tame, "Tame")), "{name:?}\n{page}");
        assert!(!page.contains("href=") && !page.contains("src="), "{page}");
        let paper = markdown(&revision, &name);
        assert_eq!(lines(&paper), lines(&markdown(&tame, "Tame")), "{name:?}\n{paper}");
        assert_eq!(signs(&paper), 0, "{name:?}\n{paper}");
        assert_eq!(lines(&text(&revision, &name)), lines(&text(&tame, "Tame")), "{name:?}");
        let parsed: serde_json::Value = serde_json::from_str(&json(&revision, &name)).unwrap();
        assert_eq!(parsed["windows"][0]["dates"].as_array().unwrap().len(), 10 + 2);
    }
}

/// Original dates and starts of all occurrences that take place.
fn taking_place(schedule: &Schedule) -> usize {
    let all = schedule.windows.iter().flat_map(|window| &window.expansion.occurrences);
    all.filter(|occurrence| occurrence.origin != Origin::Skipped).count()
}

/// Every occurrence of both plans is in exactly one kind of change, or unchanged.
fn is_complete(old: &Schedule, new: &Schedule) -> Result<(), TestCaseError> {
    let revision = Revision::between(old, new, today());
    let dates = || revision.windows.iter().flat_map(|window| &window.dates);
    prop_assert_eq!(taking_place(old), revision.unchanged + dates().filter(|date| date.before.is_some()).count());
    prop_assert_eq!(taking_place(new), revision.unchanged + dates().filter(|date| date.after.is_some()).count());
    for date in dates() {
        let sides = (date.before.is_some(), date.after.is_some());
        let expected = match date.change {
            DateChange::Moved | DateChange::Changed => (true, true),
            DateChange::Cancelled | DateChange::OldMonths => (true, false),
            DateChange::Added | DateChange::Restored | DateChange::NewMonths => (false, true),
        };
        prop_assert_eq!(sides, expected);
        prop_assert!(date.notifications.iter().all(|told| told.owner < revision.owners.len()));
        prop_assert!(date.counts() || date.notifications.is_empty());
    }
    for write in [text, markdown, html, json] {
        prop_assert!(!write(&revision, "earlier.ron").is_empty());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_plan_does_not_differ_from_itself(plan in any_plan()) {
        let again = Plan::from(PlanParts { areas: plan.areas().iter().map(|area| BusinessArea::clone(area)).collect(), ..plan.to_parts() });
        prop_assert!(between(&plan, &again).is_empty());
    }

    #[test]
    fn any_two_plans_can_be_compared_and_every_date_is_in_one_class(plans in vec(any_plan(), 2)) {
        is_complete(&schedule(&plans[0]), &schedule(&plans[1]))?;
    }

    #[test]
    fn after_random_edits_every_date_is_in_one_class(edits in vec(any_edit(), 1..60), at in 0..60_usize) {
        let mut plan = Plan::new("p".into(), "P", Horizon::year(2027), "Europe/London");
        let mut before = plan.clone();
        for (index, edit) in edits.iter().enumerate() {
            if index == at {
                before = plan.clone();
            }
            plan = plan.apply(edit).unwrap_or(plan);
        }
        let (old, new) = (schedule(&before), schedule(&plan));
        is_complete(&old, &new)?;
        let reused = Schedule::derive(&new.plan, Some(&old));
        let (fresh, shared) = (Revision::between(&old, &new, today()), Revision::between(&old, &reused, today()));
        prop_assert_eq!(json(&fresh, ""), json(&shared, ""));
    }
}
