//! Which systems a window covers, and on which rungs of which ladders they stand.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{DeploymentGroup, GroupId, Ladder, MaintenanceWindow, Plan, Stage, System, SystemId};

/// What a window covers.
#[derive(Debug, Default)]
pub struct Scope {
    /// Sorted by id, each once.
    pub systems: Vec<Arc<System>>,
    /// The place of each of `systems` in the plan's table.
    pub positions: Vec<u32>,
    /// The stage of the first known group; what the window is coloured by.
    pub stage: Option<Stage>,
    /// Groups and systems that the window names and the plan does not know.
    pub unknown_groups: Vec<GroupId>,
    pub unknown_systems: Vec<SystemId>,
}

impl Scope {
    pub fn hosts(&self) -> u32 {
        self.systems.iter().fold(0, |sum, system| sum.saturating_add(system.hosts))
    }

    pub fn covers(&self, system: &SystemId) -> bool {
        self.systems.binary_search_by(|each| each.id.cmp(system)).is_ok()
    }

    /// Whether both cover the same records, by pointer.
    pub fn is_same(&self, other: &Self) -> bool {
        self.stage == other.stage
            && self.positions == other.positions
            && self.unknown_groups == other.unknown_groups
            && self.unknown_systems == other.unknown_systems
            && self.systems.iter().zip(&other.systems).all(|(a, b)| Arc::ptr_eq(a, b))
    }

    /// The first system that both cover.
    pub fn first_shared<'a>(&'a self, other: &Self) -> Option<&'a Arc<System>> {
        let mut theirs = other.systems.iter().peekable();
        self.systems.iter().find(|system| {
            while theirs.next_if(|each| each.id < system.id).is_some() {}
            theirs.peek().is_some_and(|each| each.id == system.id)
        })
    }
}

/// All groups of a plan by id.
pub struct Groups<'a>(HashMap<&'a GroupId, (&'a Arc<Ladder>, &'a DeploymentGroup)>);

impl<'a> Groups<'a> {
    pub fn of(plan: &'a Plan) -> Self {
        let groups =
            plan.ladders.iter().flat_map(|ladder| ladder.groups.iter().map(move |group| (&group.id, (ladder, group))));
        Self(groups.collect())
    }

    pub fn get(&self, id: &GroupId) -> Option<(&'a Arc<Ladder>, &'a DeploymentGroup)> {
        self.0.get(id).copied()
    }

    /// What `window` covers.
    pub fn scope(&self, window: &MaintenanceWindow, plan: &Plan) -> Scope {
        let mut scope = Scope::default();
        let mut positions = Vec::new();
        for id in &window.groups {
            match self.get(id) {
                Some((_, group)) => {
                    scope.stage = scope.stage.or(Some(group.stage));
                    positions.extend(group.systems.iter().filter_map(|id| plan.systems.position(id)));
                }
                None => scope.unknown_groups.push(id.clone()),
            }
        }
        for id in &window.systems {
            match plan.systems.position(id) {
                Some(position) => positions.push(position),
                None => scope.unknown_systems.push(id.clone()),
            }
        }
        positions.sort_unstable();
        positions.dedup();
        scope.systems = positions.iter().map(|position| Arc::clone(&plan.systems.as_slice()[*position])).collect();
        scope.positions = positions.into_iter().map(|position| position as u32).collect();
        scope
    }
}
