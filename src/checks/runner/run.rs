//! One run of the checks over the units of one kind: keeps what still holds, checks the rest, and says which findings
//! are new and which are gone.

use std::sync::Arc;

use super::budget::{Budget, Found};
use super::changes::Changes;
use crate::checks::facts::Facts;
use crate::checks::{Context, Finding, Sink};
use crate::parallel;

/// What was found about all units of one kind, in their order.
#[derive(Clone, Debug, Default)]
pub struct Units {
    found: Vec<Found>,
    facts: Facts,
    /// Whether findings were left out, so that the next run cannot keep any.
    is_limited: bool,
}

/// What a run does with one unit.
pub enum UnitResult {
    /// Its findings still hold: those of the unit at this position in the run before.
    Kept(usize),
    /// It was checked.
    New(Found),
}

/// The units of one kind after a run, and what that run changed.
pub struct UnitResults {
    pub units: Units,
    /// What was found about units that were checked.
    pub new: Vec<Arc<[Arc<Finding>]>>,
    /// What the run before had found about units that were not kept.
    pub gone: Vec<Arc<[Arc<Finding>]>>,
}

/// What a kind needs to check its units.
pub struct KindRun<'r, 'plan> {
    pub cx: &'r Context<'plan>,
    /// What changed since the run before, and what that run found about the units of this kind.
    pub before: Option<(&'r Changes<'r>, &'r Units)>,
    pub budget: Budget,
}

impl<'r> KindRun<'r, '_> {
    /// Keeps or runs the checks of a kind that is one unit. `still_hold`: whether the findings of the run before do.
    pub fn one_unit(
        &self,
        checks: &[fn(&Context<'_>, &mut Sink)],
        still_hold: impl Fn(&Changes<'_>) -> bool + Sync,
    ) -> UnitResults {
        let check = |_, sink: &mut Sink| checks.iter().for_each(|check| check(self.cx, sink));
        self.units(1, |changes, _| still_hold(changes).then_some(0), check)
    }

    /// Keeps or checks each of `count` units. `kept` gives the position that a unit had in the run before if its
    /// findings still hold.
    pub fn units(
        &self,
        count: usize,
        kept: impl Fn(&Changes<'_>, usize) -> Option<usize> + Sync,
        check: impl Fn(usize, &mut Sink) + Sync,
    ) -> UnitResults {
        let outcome = |position| self.outcome(position, &kept, &check);
        let outcomes = if self.budget.in_order {
            (0..count).map(outcome).collect()
        } else {
            parallel::map_indices(count, outcome)
        };
        self.checked(outcomes)
    }

    /// The same for few units that each take long, so that several cores share even a few.
    pub fn few_units(
        &self,
        count: usize,
        kept: impl Fn(&Changes<'_>, usize) -> Option<usize> + Sync,
        check: impl Fn(usize, &mut Sink) + Sync,
    ) -> UnitResults {
        let positions: Vec<usize> = (0..count).collect();
        self.checked(self.map_slow(&positions, |position| self.outcome(*position, &kept, &check)))
    }

    /// What `each` makes of these items: on all cores, unless the order counts.
    pub fn map_slow<'t, T: Sync, R: Send>(&self, items: &'t [T], each: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
        if self.budget.in_order { items.iter().map(each).collect() } else { parallel::map_slow(items, each) }
    }

    fn outcome(
        &self,
        position: usize,
        kept: impl Fn(&Changes<'_>, usize) -> Option<usize>,
        check: impl Fn(usize, &mut Sink),
    ) -> UnitResult {
        let old_position = self
            .before
            .and_then(|(changes, old)| kept(changes, position).filter(|old_position| *old_position < old.found.len()));
        match old_position {
            Some(old_position) => UnitResult::Kept(old_position),
            None => UnitResult::New(self.budget.found_by(|sink| check(position, sink))),
        }
    }

    /// Puts the units together from their outcomes.
    pub fn checked(&self, outcomes: Vec<UnitResult>) -> UnitResults {
        let old: &[Found] = self.before.map_or(&[], |(_, units)| &units.found);
        let mut is_kept = vec![false; old.len()];
        let mut new = Vec::new();
        let unit = |outcome| match outcome {
            UnitResult::Kept(old_position) => {
                is_kept[old_position] = true;
                self.budget.count(old[old_position].as_ref().map_or(0, |found| found.len()));
                old[old_position].clone()
            }
            UnitResult::New(found) => {
                new.extend(found.clone());
                found
            }
        };
        let found = outcomes.into_iter().map(unit).collect();
        let gone = old.iter().zip(is_kept).filter(|(_, is_kept)| !is_kept).filter_map(|(found, _)| found.clone());
        UnitResults { units: Units { found, facts: Facts::None, is_limited: false }, gone: gone.collect(), new }
    }

    /// What changed since the run before; nothing if this is the first.
    pub fn changes(&self) -> Option<&'r Changes<'r>> {
        self.before.map(|(changes, _)| changes)
    }

    /// What this kind remembered in the run before.
    pub fn old_facts(&self) -> &'r Facts {
        self.before.map_or(&Facts::None, |(_, units)| &units.facts)
    }

    /// What the run before found about the unit that was at `old_position`.
    pub fn old_findings(&self, old_position: usize) -> &'r [Arc<Finding>] {
        self.before.and_then(|(_, units)| units.found.get(old_position)?.as_deref()).unwrap_or_default()
    }
}

impl Units {
    /// Whether the next run can keep what was found.
    pub fn can_be_kept(&self) -> bool {
        !self.is_limited
    }

    /// Everything that was found.
    pub fn all(&self) -> Vec<Arc<[Arc<Finding>]>> {
        self.found.iter().flatten().cloned().collect()
    }
}

impl UnitResults {
    /// Adds the finding that says that others were left out.
    #[must_use]
    pub fn limited(mut self, finding: Finding) -> Self {
        let found: Arc<[Arc<Finding>]> = [Arc::new(finding)].into();
        self.units.is_limited = true;
        self.units.found.push(Some(Arc::clone(&found)));
        self.new.push(found);
        self
    }

    /// Remembers `facts` for the next run.
    #[must_use]
    pub fn with_facts(mut self, facts: Facts) -> Self {
        self.units.facts = facts;
        self
    }
}
