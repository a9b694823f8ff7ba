//! The sorted list of all findings: made from that of the plan before, since an edit changes few of them.

use std::sync::Arc;

use super::Findings;
use crate::checks::Finding;
use crate::parallel;

type Found = Arc<[Arc<Finding>]>;

/// What units found anew, and what units found before that no longer holds.
struct Differences<'a> {
    new: Vec<&'a Found>,
    gone: Vec<&'a Found>,
}

impl Findings {
    /// Fills in the list of all units' findings, and how many of them are accepted.
    pub(super) fn list_all(&mut self, previous: Option<&Self>) {
        let Some(previous) = previous else {
            self.list = sorted(self.units().flat_map(|unit| unit.iter().cloned()).collect());
            self.accepted_counts = self.accepted.count(&self.list);
            return;
        };
        let differences = self.differences(previous);
        let list = merged(&previous.list, &differences);
        let accepted_counts = if Arc::ptr_eq(&self.accepted, &previous.accepted) {
            let mut counts = previous.accepted_counts;
            for finding in differences.gone.iter().flat_map(|unit| unit.iter()) {
                counts[finding.severity as usize] -= usize::from(self.accepted.holding(finding).is_some());
            }
            for finding in differences.new.iter().flat_map(|unit| unit.iter()) {
                counts[finding.severity as usize] += usize::from(self.accepted.holding(finding).is_some());
            }
            counts
        } else {
            self.accepted.count(&list)
        };
        (self.list, self.accepted_counts) = (list, accepted_counts);
    }

    /// Those units that were kept come in the same order in both.
    fn differences<'a>(&'a self, previous: &'a Self) -> Differences<'a> {
        let mut differences = Differences { new: Vec::new(), gone: Vec::new() };
        let mut old = previous.units();
        for unit in self.units() {
            // Nobody but the new findings holds what has just been found; what was kept, the previous ones hold, too.
            if Arc::strong_count(unit) == 1 {
                differences.new.push(unit);
            } else {
                differences.gone.extend(old.by_ref().take_while(|old| !Arc::ptr_eq(old, unit)));
            }
        }
        differences.gone.extend(old);
        differences
    }
}

/// What is gone cut out of `old`, what is new put in.
fn merged(old: &Arc<Vec<Arc<Finding>>>, differences: &Differences<'_>) -> Arc<Vec<Arc<Finding>>> {
    let (gone, new) = (all_of(&differences.gone), all_of(&differences.new));
    // A unit that was found anew may hold what it held before.
    let (was, is) = (pointers(&gone), pointers(&new));
    let gone = sorted(gone.into_iter().filter(|each| is.binary_search(&Arc::as_ptr(each)).is_err()).collect());
    let new = sorted(new.into_iter().filter(|each| was.binary_search(&Arc::as_ptr(each)).is_err()).collect());
    if gone.is_empty() && new.is_empty() {
        return Arc::clone(old);
    }
    let mut cuts: Vec<(usize, Option<&Arc<Finding>>)> = Vec::with_capacity(gone.len() + new.len());
    let mut place = 0;
    for finding in new.iter() {
        place = place_from(old, place, finding);
        cuts.push((place, Some(finding)));
    }
    place = 0;
    for finding in gone.iter() {
        place = place_from(old, place, finding);
        let after = old[place..].iter().position(|each| Arc::ptr_eq(each, finding));
        cuts.extend(after.map(|after| (place + after, None)));
    }
    // At one place, what is put in comes before what is cut out.
    cuts.sort_by_key(|(place, _)| *place);
    let mut list = Vec::with_capacity(old.len() + new.len());
    let mut next = 0;
    for (place, new) in cuts {
        list.extend_from_slice(&old[next..place]);
        list.extend(new.cloned());
        next = place + usize::from(new.is_none());
    }
    list.extend_from_slice(&old[next..]);
    Arc::new(list)
}

fn all_of(units: &[&Found]) -> Vec<Arc<Finding>> {
    units.iter().flat_map(|unit| unit.iter()).cloned().collect()
}

/// Where findings are in memory, sorted.
fn pointers(findings: &[Arc<Finding>]) -> Vec<*const Finding> {
    let mut pointers: Vec<_> = findings.iter().map(Arc::as_ptr).collect();
    pointers.sort_unstable();
    pointers
}

/// Where `finding` belongs in a sorted list, at `from` or behind it: not far behind, mostly.
fn place_from(list: &[Arc<Finding>], from: usize, finding: &Finding) -> usize {
    let is_before = |each: &Arc<Finding>| each.order(finding).is_lt();
    let mut step = 1;
    while list.get(from + step).is_some_and(is_before) {
        step *= 2;
    }
    let to = list.len().min(from + step);
    from + list[from..to].partition_point(is_before)
}

fn sorted(list: Vec<Arc<Finding>>) -> Arc<Vec<Arc<Finding>>> {
    // What comes first in the order is kept at hand: most findings need not be looked at.
    let at_hand = |finding: Arc<Finding>| ((finding.severity, finding.rule.place(), finding.at), finding);
    let mut list: Vec<_> = list.into_iter().map(at_hand).collect();
    parallel::sort_by(&mut list, |(a_first, a), (b_first, b)| a_first.cmp(b_first).then_with(|| a.order(b)));
    Arc::new(list.into_iter().map(|(_, finding)| finding).collect())
}
