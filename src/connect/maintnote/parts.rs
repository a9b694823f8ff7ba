//! The parts of a work: events with its number and UIDs of their own, one for each night or each circuit.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::draft::Draft;
use super::versions::{Version, WorkKey};
use super::words::SaidStatus;
use crate::model::{CarrierNotice, NoticeId};

const OLDER: &str = "an older version than another in the file";
const REPEATED: &str = "repeated in the file";

/// Why events of a file do not count; none for those that do: of each work the newest version, and its other parts.
///
/// Another UID is another part if it has the same version, or was written at the same time. A later version under another UID
/// replaces the work, as some carriers give a new UID to each version.
pub fn judged(drafts: &[Draft]) -> Vec<Option<&'static str>> {
    let mut works: BTreeMap<WorkKey, Vec<usize>> = BTreeMap::new();
    let mut reasons = vec![None; drafts.len()];
    for (at, draft) in drafts.iter().enumerate() {
        if draft.is_known_work() {
            works.entry(WorkKey::new(&draft.provider, &draft.number)).or_default().push(at);
        }
    }
    for positions in works.into_values() {
        let Some(best) = newest(drafts, positions.iter().copied()) else { continue };
        let mut kept = vec![best];
        for at in positions.iter().copied().filter(|at| *at != best) {
            reasons[at] = Some(if drafts[at].version.is_older_than(drafts[best].version) { OLDER } else { REPEATED });
        }
        let uids: BTreeSet<&str> = positions.iter().map(|at| drafts[*at].uid.as_str()).collect();
        for uid in uids.into_iter().filter(|uid| *uid != drafts[best].uid) {
            let own = positions.iter().copied().filter(|at| drafts[*at].uid == uid);
            let Some(at) = newest(drafts, own) else { continue };
            let is_repeated = drafts[at].status != SaidStatus::Cancelled
                && kept.iter().any(|other| drafts[at].is_same_work_as(&drafts[*other]));
            if is_part(&drafts[at], &drafts[best]) && !is_repeated {
                kept.push(at);
                reasons[at] = None;
            }
        }
    }
    reasons
}

/// The newest version among these. Of equal ones, the last.
fn newest(drafts: &[Draft], positions: impl Iterator<Item = usize>) -> Option<usize> {
    positions.reduce(|best, at| if drafts[at].version.is_older_than(drafts[best].version) { best } else { at })
}

/// Whether an event is another part of the work whose newest event is `best`.
fn is_part(draft: &Draft, best: &Draft) -> bool {
    let written = draft.version.written;
    let is_same_calendar = written.is_some() && written == best.version.written && best.status != SaidStatus::Cancelled;
    !draft.uid.is_empty() && (is_same_calendar || !draft.version.is_older_than(best.version))
}

/// Finds the plan's notice of a part among those of its work.
///
/// `claimed`: those that other parts of the file are about; `parts`: how many parts of the work the file has.
pub fn find<'a>(
    notices: &[&'a CarrierNotice],
    draft: &Draft,
    claimed: &HashSet<NoticeId>,
    parts: usize,
) -> Option<&'a CarrierNotice> {
    let free = || notices.iter().copied().filter(|notice| !claimed.contains(&notice.id));
    let is_it = |notice: &&CarrierNotice| !draft.uid.is_empty() && notice.uid == draft.uid;
    let has_times = |notice: &&CarrierNotice| draft.times == Some((notice.starts_at, Some(notice.ends_at)));
    let is_unnamed = |notice: &&CarrierNotice| notice.uid.is_empty() || draft.uid.is_empty();
    let same_circuits = |notice: &&CarrierNotice| {
        notice.circuits.iter().map(|circuit| &circuit.id).eq(draft.circuits.iter().map(|circuit| &circuit.id))
    };
    // The only part of a work may get a new UID with each version.
    let is_only = notices.len() == 1 && parts == 1;
    let is_replaced = |notice: &&CarrierNotice| {
        is_only && (draft.status == SaidStatus::Cancelled || Version::of_notice(notice).is_older_than(draft.version))
    };
    notices.iter().copied().find(is_it).or_else(|| {
        free()
            .filter(is_unnamed)
            .find(has_times)
            .or_else(|| free().find(is_unnamed))
            .or_else(|| free().filter(|_| draft.status != SaidStatus::Cancelled).filter(has_times).find(same_circuits))
            .or_else(|| free().find(is_replaced))
    })
}
