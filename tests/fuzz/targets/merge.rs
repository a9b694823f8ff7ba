//! Merges of three arbitrary plans, and of arbitrary edits of one plan.

#![no_main]

use libfuzzer_sys::fuzz_target;
use proptest::collection::vec;
use windowsill::merge::{Side, merge_plans, resolution};
use windowsill::model::{Edit, Plan};
use windowsill_fuzz::support::edits::any_edit;
use windowsill_fuzz::support::plans::any_plan;
use windowsill_fuzz::{made_of, survives};

fn edited(plan: &Plan, edits: &[Edit]) -> Plan {
    edits.iter().fold(plan.clone(), |plan, edit| plan.apply(edit).unwrap_or(plan))
}

/// Merges both ways, with and without a base. What comes out can be saved, and all conflicts can be resolved.
fn merge(base: &Plan, ours: &Plan, theirs: &Plan) {
    for (base, ours, theirs) in [(Some(base), ours, theirs), (Some(base), theirs, ours), (None, ours, theirs)] {
        let Ok(merged) = merge_plans(base, ours, theirs) else { continue };
        survives(&merged.plan);
        let resolved = merged.plan.conflicts().iter().fold(merged.plan.clone(), |plan, conflict| {
            let edit = resolution(&plan, conflict, Side::Ours);
            edit.ok().and_then(|edit| plan.apply(&edit).ok()).unwrap_or(plan)
        });
        assert_eq!(resolved.conflicts().len(), 0);
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    if first % 2 == 0 {
        let Some(plans) = made_of(&[any_plan(), any_plan(), any_plan()], bytes) else { return };
        let [base, ours, theirs] = &plans;
        merge(base, ours, theirs);
        // Equal sides need no merge.
        if let Ok(merged) = merge_plans(Some(base), ours, ours) {
            assert!(merged.plan == *ours);
        }
    } else {
        let edits = || vec(any_edit(), 0..20);
        let Some((plan, ours, theirs)) = made_of(&(any_plan(), edits(), edits()), bytes) else { return };
        let (ours, theirs) = (edited(&plan, &ours), edited(&plan, &theirs));
        merge(&plan, &ours, &theirs);
        for (ours, theirs, expected) in [(&ours, &plan, &ours), (&plan, &ours, &ours), (&ours, &ours, &ours)] {
            assert!(merge_plans(Some(&plan), ours, theirs).unwrap().plan == *expected);
        }
    }
});
