//! Merges of random edits: what is true for each of them.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use windowsill::merge::{Side, merge_plans, resolution};
use windowsill::model::{Edit, Plan};
use windowsill::store;

use crate::support::edits::any_edit;
use crate::support::full::empty_plan;
use crate::support::plans::any_plan;

/// The plan after those edits that are possible.
fn edited(plan: &Plan, edits: &[Edit]) -> Plan {
    edits.iter().fold(plan.clone(), |plan, edit| plan.apply(edit).unwrap_or(plan))
}

/// Resolves all conflicts that can be resolved so, and returns the plan.
fn resolved(plan: &Plan, side: Side) -> Plan {
    plan.conflicts().iter().fold(plan.clone(), |plan, conflict| {
        let edit = resolution(&plan, conflict, side);
        edit.ok().and_then(|edit| plan.apply(&edit).ok()).unwrap_or(plan)
    })
}

fn keys(plan: &Plan) -> BTreeSet<String> {
    plan.conflicts().iter().map(|conflict| conflict.key.to_string()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_side_without_changes_leaves_the_other_as_it_is(
        start in vec(any_edit(), 0..40),
        edits in vec(any_edit(), 0..12),
    ) {
        let plan = edited(&empty_plan(), &start);
        let other = edited(&plan, &edits);
        for (ours, theirs) in [(&plan, &other), (&other, &plan), (&other, &other)] {
            let merged = merge_plans(Some(&plan), ours, theirs).unwrap();
            prop_assert!(merged.plan == other);
            prop_assert_eq!(merged.renamed.len(), 0);
        }
    }

    #[test]
    fn any_three_plans_are_merged_to_one_that_can_be_saved(plans in vec(any_plan(), 3)) {
        let [base, ours, theirs] = &plans[..] else { panic!("three plans") };
        for base in [Some(base), None] {
            if let Ok(merged) = merge_plans(base, ours, theirs) {
                let text = store::to_text(&merged.plan).unwrap();
                let read = store::parse(&text).unwrap().plan;
                let (a, b) = (format!("{read:#?}"), format!("{:#?}", merged.plan));
                let diff: Vec<_> = a.lines().zip(b.lines()).filter(|(a, b)| a != b).take(5).collect();
                prop_assert!(read == merged.plan, "{:?}", diff);
                prop_assert_eq!(keys(&resolved(&merged.plan, Side::Ours)), BTreeSet::new());
            }
        }
    }

    #[test]
    fn merged_plans_can_be_saved_and_conflicts_are_the_same_for_both(
        start in vec(any_edit(), 0..40),
        ours in vec(any_edit(), 0..20),
        theirs in vec(any_edit(), 0..20),
    ) {
        let base = edited(&empty_plan(), &start);
        let (ours, theirs) = (edited(&base, &ours), edited(&base, &theirs));
        let merged = merge_plans(Some(&base), &ours, &theirs).unwrap();
        let text = store::to_text(&merged.plan).unwrap();
        let read = store::parse(&text).unwrap();
        prop_assert!(read.plan == merged.plan, "{}", text);
        prop_assert!(read.unknown_fields.is_empty());
        prop_assert_eq!(keys(&resolved(&merged.plan, Side::Ours)), BTreeSet::new());
        let other_way = merge_plans(Some(&base), &theirs, &ours).unwrap();
        if merged.renamed.is_empty() {
            prop_assert_eq!(keys(&merged.plan), keys(&other_way.plan));
        }
        prop_assert_eq!(merged.renamed.len(), other_way.renamed.len());
        let left = resolved(&merged.plan, Side::Theirs);
        prop_assert!(left.conflicts().len() <= merged.plan.conflicts().len());
    }
}
