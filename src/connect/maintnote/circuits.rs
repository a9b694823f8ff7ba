//! Which systems depend on a circuit.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::{OptionSpec, ValueKind};
use crate::model::{Edit, Plan, System, SystemId};

/// Assigns circuits that no system has. The systems remember them.
pub const CIRCUITS: OptionSpec = OptionSpec {
    id: "circuit",
    name: "Circuits",
    help: "Assign circuits of the notice to systems of the plan, as CIRCUIT=SYSTEM; the systems remember them",
    value: ValueKind::Circuits,
    default_text: "circuits are found in the systems",
    is_fallback: false,
};

/// The systems of a plan by their circuits, without case.
pub struct CircuitIndex<'a> {
    plan: &'a Plan,
    systems: BTreeMap<String, BTreeSet<SystemId>>,
    assigned: &'a [(String, SystemId)],
}

impl<'a> CircuitIndex<'a> {
    /// `assigned`: circuits that a person assigned in this import.
    pub fn new(plan: &'a Plan, assigned: &'a [(String, SystemId)]) -> Self {
        let mut systems: BTreeMap<String, BTreeSet<SystemId>> = BTreeMap::new();
        let known =
            plan.systems().iter().flat_map(|system| system.circuits.iter().map(|circuit| (circuit, &system.id)));
        for (circuit, id) in known.chain(assigned.iter().map(|(circuit, id)| (circuit, id))) {
            systems.entry(key(circuit)).or_default().insert(id.clone());
        }
        Self { plan, systems, assigned }
    }

    /// The systems that depend on a circuit; empty if it is unknown.
    pub fn systems(&self, circuit: &str) -> impl Iterator<Item = &SystemId> {
        self.systems.get(&key(circuit)).into_iter().flatten()
    }

    /// The edits that make systems remember the circuits that a person assigned to them.
    pub fn remember(&self) -> Vec<Edit> {
        let mut changed: BTreeMap<&SystemId, System> = BTreeMap::new();
        for (circuit, id) in self.assigned {
            let Some(system) = self.plan.systems().get(id) else { continue };
            let system = changed.entry(id).or_insert_with(|| System::clone(system));
            if !system.circuits.iter().any(|each| key(each) == key(circuit)) {
                system.circuits.push(circuit.trim().to_owned());
            }
        }
        let is_new = |system: &System| self.plan.systems().get(&system.id).is_none_or(|old| **old != *system);
        changed.into_values().filter(is_new).map(Edit::PutSystem).collect()
    }
}

fn key(circuit: &str) -> String {
    circuit.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Horizon;

    #[test]
    fn assigned_circuits_are_remembered_once() {
        let system =
            System { id: "db".into(), name: "DB".into(), circuits: vec!["IC-1".to_owned()], ..System::default() };
        let plan = Plan::new("p".into(), "Plan", Horizon::year(2027), "UTC");
        let plan = plan.apply(&Edit::PutSystem(system)).unwrap();
        let assigned = [("ic-1", "db"), ("IC-2", "db"), ("ic-2 ", "db")]
            .map(|(circuit, id)| (circuit.to_owned(), SystemId::new(id)));
        let index = CircuitIndex::new(&plan, &assigned);
        let edits = index.remember();
        let [Edit::PutSystem(system)] = edits.as_slice() else { panic!("{edits:?}") };
        assert_eq!(system.circuits, ["IC-1", "IC-2"]);
        assert_eq!(index.systems(" Ic-2").map(SystemId::as_str).collect::<Vec<_>>(), ["db"]);
        assert!(CircuitIndex::new(&plan, &assigned[..1]).remember().is_empty());
    }
}
