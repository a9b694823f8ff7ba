//! The owners of systems that depend on those in a window. Nobody asks them, but they must be told.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{BusinessArea, Plan, System};
use crate::schedule::agreement::answers::areas;
use crate::schedule::scope::Scope;

/// Which systems depend on which: the positions of a system and of one that depends on it, sorted, each pair once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependents {
    pairs: Vec<(u32, u32)>,
}

/// A business area that must be told of a window's occurrences.
#[derive(Clone, Debug)]
pub struct DependentArea<'a> {
    pub area: &'a Arc<BusinessArea>,
    /// Its systems that depend on those in the window, in the order of their ids.
    pub systems: Vec<&'a Arc<System>>,
}

impl Dependents {
    pub fn new(plan: &Plan) -> Self {
        let systems = plan.systems();
        let needs = |(dependent, system): (usize, &Arc<System>)| {
            let needed: Vec<usize> = system.depends_on.iter().filter_map(|id| systems.position(id)).collect();
            needed.into_iter().map(move |needed| (needed as u32, dependent as u32))
        };
        let mut pairs: Vec<(u32, u32)> = systems.iter().enumerate().flat_map(needs).collect();
        pairs.sort_unstable();
        pairs.dedup();
        Self { pairs }
    }

    /// The positions of the systems that depend on that one.
    fn depending_on(&self, needed: u32) -> impl Iterator<Item = u32> + '_ {
        let from = self.pairs.partition_point(|(each, _)| *each < needed);
        self.pairs[from..].iter().take_while(move |(each, _)| *each == needed).map(|(_, dependent)| *dependent)
    }

    /// The areas whose systems depend on those of the scope, sorted by id. Areas that must agree to the window know of it,
    /// and so do those with the same address.
    pub fn areas<'a>(&self, plan: &'a Plan, scope: &Scope) -> Vec<DependentArea<'a>> {
        let mut positions: Vec<u32> =
            scope.positions.iter().flat_map(|position| self.depending_on(*position)).collect();
        positions.sort_unstable();
        positions.dedup();
        positions.retain(|position| scope.positions.binary_search(position).is_err());
        if positions.is_empty() {
            return Vec::new();
        }
        let mut systems = BTreeMap::<usize, Vec<&Arc<System>>>::new();
        for system in positions.iter().map(|position| &plan.systems().as_slice()[*position as usize]) {
            if let Some(area) = system.area.as_ref().and_then(|area| plan.areas().position(area)) {
                systems.entry(area).or_default().push(system);
            }
        }
        let asked = areas(plan, scope);
        let knows = |area: &Arc<BusinessArea>| {
            let address = area.address();
            asked.iter().any(|each| each.id == area.id || (address.is_some() && each.address() == address))
        };
        let all = systems.into_iter().map(|(area, systems)| (&plan.areas().as_slice()[area], systems));
        all.filter(|(area, _)| !knows(area)).map(|(area, systems)| DependentArea { area, systems }).collect()
    }
}
