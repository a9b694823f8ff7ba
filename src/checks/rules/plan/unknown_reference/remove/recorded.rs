//! Removes what was recorded about systems, groups and ladders that do not exist.

use crate::model::{Edit, FollowUpScan, Plan, Policy, Subject};

/// Removes what names something that does not exist.
pub fn without_records(plan: &Plan, other: &Subject) -> Option<Edit> {
    let edits: Vec<Edit> = match other {
        Subject::System(id) => {
            let results = plan.results().iter().filter(|result| result.key.system == *id);
            let scans = plan.scans().iter().filter(|scan| scan.open.contains(id)).map(|scan| {
                let mut scan = FollowUpScan::clone(scan);
                scan.open.retain(|each| each != id);
                Edit::PutScan(scan)
            });
            results.map(|result| Edit::RemoveResult(result.key.clone())).chain(scans).collect()
        }
        Subject::Group(id) => {
            let keys = plan.group_records().iter().map(|record| &record.key).filter(|key| key.group == *id);
            keys.map(|key| Edit::RemoveGroupRecord(key.clone())).collect()
        }
        Subject::Ladder(id) => {
            let mut policy = Policy::clone(plan.policy());
            policy.gates.retain(|gate| gate.ladder != *id);
            let keys = plan.group_records().iter().map(|record| &record.key).filter(|key| key.ladder == *id);
            keys.map(|key| Edit::RemoveGroupRecord(key.clone())).chain([Edit::SetPolicy(policy)]).collect()
        }
        _ => Vec::new(),
    };
    let label = format!("Remove what names \"{}\"", other.id());
    (!edits.is_empty()).then_some(Edit::Together { label, edits })
}
