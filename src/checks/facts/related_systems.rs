//! Systems that should not be down together: one that depends on another, and the two of a high-availability pair.

use std::sync::Arc;

use crate::model::{Plan, System};

/// How two systems are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The first depends on the second.
    Dependency,
    /// They are the two halves of a high-availability pair.
    Twins,
}

/// The positions of the systems that name others, ascending.
pub fn naming_others(plan: &Plan) -> Vec<u32> {
    let names_others = |system: &Arc<System>| system.twin.is_some() || !system.depends_on.is_empty();
    let systems = plan.systems().iter().enumerate();
    systems.filter(|(_, system)| names_others(system)).map(|(position, _)| position as u32).collect()
}

/// The positions of the systems that this one names, ascending, each once, without itself and unknown ones.
pub fn named_by(plan: &Plan, system: &System) -> Vec<usize> {
    let named = system.depends_on.iter().chain(&system.twin).filter(|id| **id != system.id);
    let mut positions: Vec<usize> = named.filter_map(|id| plan.systems().position(id)).collect();
    positions.sort_unstable();
    positions.dedup();
    positions
}

/// How `system` and another one that it names are related. None if both name each other and the other comes first: the
/// relation is then reported there.
pub fn relation(system: &System, other: &System) -> Option<Relation> {
    let is_twin = |a: &System, b: &System| a.twin.as_ref() == Some(&b.id);
    let names = |a: &System, b: &System| is_twin(a, b) || a.depends_on.contains(&b.id);
    if names(other, system) && other.id < system.id {
        return None;
    }
    Some(if is_twin(system, other) || is_twin(other, system) { Relation::Twins } else { Relation::Dependency })
}
