//! The sorted list of all findings. An edit changes few of them, so the list is made from the one of the previous run.

use std::sync::Arc;

use crate::checks::Finding;
use crate::parallel;

pub type List = Arc<Vec<Arc<Finding>>>;

/// What differs between the findings of one run and those of the previous run.
#[derive(Default)]
pub struct Differences {
    pub new: Vec<Arc<Finding>>,
    pub gone: Vec<Arc<Finding>>,
}

impl Differences {
    /// `new`: the findings of the units that were checked. `gone`: the earlier findings of the units that were not kept.
    pub fn between(new: Vec<Arc<Finding>>, gone: Vec<Arc<Finding>>) -> Self {
        if new.is_empty() || gone.is_empty() {
            return Self { new, gone };
        }
        // A unit that was checked may have kept a part of its findings. These are neither new nor gone.
        let (is, was) = (pointers(&new), pointers(&gone));
        let only = |findings: Vec<Arc<Finding>>, others: &[*const Finding]| {
            findings.into_iter().filter(|finding| others.binary_search(&Arc::as_ptr(finding)).is_err()).collect()
        };
        Self { new: only(new, &was), gone: only(gone, &is) }
    }
}

/// The list `old` without what is gone, with what is new.
pub fn updated(old: &List, differences: Differences) -> List {
    let (new, gone) = (sorted(differences.new), sorted(differences.gone));
    if new.is_empty() && gone.is_empty() {
        return Arc::clone(old);
    }
    if old.is_empty() {
        return Arc::new(new);
    }
    // Each change with the position in the old list before which something is inserted, or at which it is removed.
    let mut changes: Vec<(usize, Option<&Arc<Finding>>)> = Vec::with_capacity(gone.len() + new.len());
    let mut position = 0;
    for finding in &new {
        position = position_from(old, position, finding);
        changes.push((position, Some(finding)));
    }
    position = 0;
    for finding in &gone {
        position = position_from(old, position, finding);
        let offset = old[position..].iter().position(|each| Arc::ptr_eq(each, finding));
        changes.extend(offset.map(|offset| (position + offset, None)));
    }
    // The sort is stable: at one position, insertions come before the removal.
    changes.sort_by_key(|(position, _)| *position);
    let mut list = Vec::with_capacity(old.len() + new.len());
    let mut next = 0;
    for (position, inserted) in changes {
        list.extend_from_slice(&old[next..position]);
        list.extend(inserted.cloned());
        next = if inserted.is_some() { position } else { position + 1 };
    }
    list.extend_from_slice(&old[next..]);
    Arc::new(list)
}

/// Where findings are in memory, sorted.
fn pointers(findings: &[Arc<Finding>]) -> Vec<*const Finding> {
    let mut pointers: Vec<_> = findings.iter().map(Arc::as_ptr).collect();
    pointers.sort_unstable();
    pointers
}

/// Where `finding` belongs in a sorted list, at `from` or later. Usually that is not far, so the search begins with
/// small steps.
fn position_from(list: &[Arc<Finding>], from: usize, finding: &Finding) -> usize {
    let is_before = |each: &Arc<Finding>| each.order(finding).is_lt();
    let mut step = 1;
    while list.get(from + step).is_some_and(is_before) {
        step *= 2;
    }
    let to = list.len().min(from + step);
    from + list[from..to].partition_point(is_before)
}

fn sorted(list: Vec<Arc<Finding>>) -> Vec<Arc<Finding>> {
    // What decides most comparisons is copied out, so that few findings must be read from memory.
    let with_key = |finding: Arc<Finding>| ((finding.severity, finding.rule.order(), finding.at), finding);
    let mut list: Vec<_> = list.into_iter().map(with_key).collect();
    parallel::sort_by(&mut list, |(a_key, a), (b_key, b)| a_key.cmp(b_key).then_with(|| a.order(b)));
    list.into_iter().map(|(_, finding)| finding).collect()
}
