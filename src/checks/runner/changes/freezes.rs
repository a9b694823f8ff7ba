//! Which freezes changed, and which windows and ladders that concerns.

use std::sync::Arc;

use super::Changes;
use crate::checks::Finding;
use crate::model::{ChangeFreeze, FreezeId, LadderId, Plan, Subject, SystemScope};
use crate::schedule::{FreezeTimes, Schedule};

/// Freezes that are new, gone or changed, as they were and as they are. A freeze of ladders changes with these.
pub fn changed_freezes<'a>(schedule: &'a Schedule, old: &'a Plan) -> Vec<FreezeTimes<'a>> {
    let new = &*schedule.plan;
    let (same_ladders, same_freezes) = (new.ladders().ptr_eq(old.ladders()), new.freezes().ptr_eq(old.freezes()));
    if same_ladders && same_freezes {
        return Vec::new();
    }
    let ladder = |plan: &Plan, id: &LadderId| plan.ladders().get(id).map(Arc::as_ptr);
    let has_same_ladders = |freeze: &ChangeFreeze| match &freeze.scope {
        SystemScope::Ladders(ids) => same_ladders || ids.iter().all(|id| ladder(new, id) == ladder(old, id)),
        SystemScope::Everything | SystemScope::Areas(_) | SystemScope::Systems(_) => true,
    };
    let only_in = |plan: &'a Plan, other: &'a Plan| {
        let is_in_both = |freeze: &Arc<ChangeFreeze>| {
            has_same_ladders(freeze) && other.freezes().get(&freeze.id).is_some_and(|each| Arc::ptr_eq(each, freeze))
        };
        let only = plan.freezes().iter().filter(move |freeze| !is_in_both(freeze));
        only.map(|freeze| FreezeTimes::new(freeze, plan, &schedule.zone)).collect::<Vec<_>>()
    };
    [only_in(new, old), only_in(old, new)].into_iter().flatten().collect()
}

impl Changes<'_> {
    /// The index that a window had before, if neither it changed nor a freeze that covers or exempts it.
    pub fn unchanged_window_and_freezes(&self, index: usize) -> Option<usize> {
        let old_index = self.unchanged_window(index)?;
        let window = &self.new.windows[index];
        let concerns_it = |freeze: &FreezeTimes<'_>| freeze.is_about(window) || freeze.exempts(window);
        let is_unconcerned = self.freezes.is_empty() || (self.same_system_ids && !self.freezes.iter().any(concerns_it));
        is_unconcerned.then_some(old_index)
    }

    /// The index that a window had before, if nothing but freezes around it may have changed.
    pub fn unchanged_but_for_freezes(&self, index: usize) -> Option<usize> {
        self.unchanged_window(index).filter(|_| self.same_system_ids)
    }

    /// Whether that freeze is new, gone or changed.
    pub fn is_changed_freeze(&self, id: &FreezeId) -> bool {
        self.freezes.iter().any(|frozen| frozen.freeze.id == *id)
    }

    pub fn is_caused_by_changed_freeze(&self, finding: &Finding) -> bool {
        matches!(finding.cause(), Subject::Freeze(id) if self.is_changed_freeze(id))
    }
}
