//! References of what was recorded about the work. Results of a window that was removed stay, as records of nights do.

use std::collections::BTreeSet;

use super::References;
use crate::checks::{Context, Sink};
use crate::model::{GroupId, LadderId, Subject, SystemId};

pub fn check(cx: &Context<'_>, sink: &mut Sink) {
    let plan = cx.plan();
    let of_results: BTreeSet<&SystemId> = plan.results().iter().map(|result| &result.key.system).collect();
    let of_scans: BTreeSet<&SystemId> = plan.scans().iter().flat_map(|scan| &scan.open).collect();
    let groups: BTreeSet<(&LadderId, &GroupId)> =
        plan.group_records().iter().map(|record| (&record.key.ladder, &record.key.group)).collect();
    let mut references = References { subject: Subject::Plan, name: "A result", sink };
    for id in of_results {
        references.record(plan.systems().contains(id), "is about system", || Subject::System(id.clone()));
    }
    references.name = "A scan";
    for id in of_scans {
        references.record(plan.systems().contains(id), "names system", || Subject::System(id.clone()));
    }
    references.name = "A record of a release";
    for (ladder, group) in groups {
        references.record(plan.ladders().contains(ladder), "is on ladder", || Subject::Ladder(ladder.clone()));
        references.record(plan.group(group).is_some(), "is about group", || Subject::Group(group.clone()));
    }
    references.name = "A gate";
    for gate in &plan.policy().gates {
        let is_known = plan.ladders().contains(&gate.ladder);
        references.record(is_known, "is on ladder", || Subject::Ladder(gate.ladder.clone()));
    }
}
