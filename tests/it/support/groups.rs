//! All kinds of ladders, for property tests.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use windowsill::model::*;

use crate::support::plans::{any_id, any_minutes, any_text, ids};

pub fn any_ladder() -> impl Strategy<Value = Ladder> {
    let stage = select(Stage::ALL.to_vec());
    let cadence = option::of(any::<u16>());
    let checklist = option::weighted(0.3, any_id());
    let group = (any_id(), any_text(), stage, option::of(any_minutes()), cadence, checklist, ids::<SystemId>())
        .prop_map(|(id, name, stage, soak, cadence_days, checklist, mut systems)| {
            systems.sort();
            systems.dedup();
            let checklist = checklist.map(|id| ChecklistId::new(&id));
            DeploymentGroup { id: GroupId::new(&id), name, stage, soak, cadence_days, checklist, systems }
        });
    (any_text(), option::of(any_id()), vec(group, 0..4)).prop_map(|(name, release, groups)| Ladder {
        id: LadderId::new("l"),
        name,
        class: SystemClass::Desktop,
        release: release.map(|id| ReleaseId::new(&id)),
        groups,
    })
}

/// A plan file in which two groups have one id is refused: of those only the first stays.
pub fn each_group_once(ladders: &Table<Ladder>) -> Table<Ladder> {
    let mut seen = BTreeSet::new();
    let mut once = |ladder: &Ladder| {
        let mut ladder = ladder.clone();
        ladder.groups.retain(|group| seen.insert(group.id.clone()));
        ladder
    };
    ladders.iter().map(|ladder| once(ladder)).collect()
}
