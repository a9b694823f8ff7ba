//! Which systems a window covers, and on which rungs of which ladders they stand.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{DeploymentGroup, GroupId, Ladder, MaintenanceWindow, Plan, Stage, System, SystemId, Table};

/// What a window covers.
#[derive(Debug, Default)]
pub struct Scope {
    /// Sorted by id, each once.
    pub systems: Vec<Arc<System>>,
    /// The place of each of `systems` in the plan's table.
    pub positions: Vec<u32>,
    /// What the window is coloured by: the stage of its first known group; where it names none, the most exposed
    /// stage on which one of its systems stands.
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

    /// Whether the systems are still the records that stand in their places in `table`.
    pub fn is_of(&self, table: &Table<System>) -> bool {
        let records = table.as_slice();
        self.positions.iter().zip(&self.systems).all(|(place, system)| Arc::ptr_eq(&records[*place as usize], system))
    }

    /// This scope with the records that now stand in the places of its systems. `table` has the same ids.
    pub fn with_records_of(&self, table: &Table<System>) -> Self {
        let records = table.as_slice();
        Self {
            systems: self.positions.iter().map(|place| Arc::clone(&records[*place as usize])).collect(),
            positions: self.positions.clone(),
            stage: self.stage,
            unknown_groups: self.unknown_groups.clone(),
            unknown_systems: self.unknown_systems.clone(),
        }
    }

    /// The first system that both cover, as its place in the plan's table.
    pub fn first_shared(&self, other: &Self) -> Option<u32> {
        let mut theirs = other.positions.iter().peekable();
        self.positions.iter().copied().find(|place| {
            while theirs.next_if(|each| *each < place).is_some() {}
            theirs.peek() == Some(&place)
        })
    }
}

/// All groups of a plan by id, and the stages on which its systems stand.
pub struct Groups<'a> {
    by_id: HashMap<&'a GroupId, (&'a Arc<Ladder>, &'a DeploymentGroup)>,
    /// Of a system on several ladders the most exposed one.
    stages: HashMap<&'a SystemId, Stage>,
}

impl<'a> Groups<'a> {
    pub fn of(plan: &'a Plan) -> Self {
        let groups = || plan.ladders.iter().flat_map(|ladder| ladder.groups.iter().map(move |group| (ladder, group)));
        let mut stages = HashMap::new();
        for (_, group) in groups() {
            for system in &group.systems {
                let stage = stages.entry(system).or_insert(group.stage);
                *stage = group.stage.max(*stage);
            }
        }
        Self { by_id: groups().map(|(ladder, group)| (&group.id, (ladder, group))).collect(), stages }
    }

    pub fn get(&self, id: &GroupId) -> Option<(&'a Arc<Ladder>, &'a DeploymentGroup)> {
        self.by_id.get(id).copied()
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
        let stages = || window.systems.iter().filter_map(|id| self.stages.get(id).copied());
        scope.stage = scope.stage.or_else(|| stages().max());
        positions.sort_unstable();
        positions.dedup();
        scope.systems = positions.iter().map(|position| Arc::clone(&plan.systems.as_slice()[*position])).collect();
        scope.positions = positions.into_iter().map(|position| position as u32).collect();
        scope
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Horizon, Rule};

    /// A plan whose one ladder has a group "test" with the system "a" and "production" with "b".
    fn plan() -> Plan {
        let mut plan = Plan::new("p".into(), "P", Horizon::year(2027), "UTC");
        let system = |id: &str| System { id: id.into(), name: id.to_uppercase(), ..System::default() };
        plan.systems = ["a", "b", "c"].map(system).into_iter().collect();
        let group = |id: &str, stage, system: &str| DeploymentGroup {
            id: id.into(),
            name: id.to_owned(),
            stage,
            soak: None,
            systems: vec![system.into()],
        };
        let groups = vec![group("test", Stage::Test, "a"), group("production", Stage::Production, "b")];
        let ladder = Ladder {
            id: "servers".into(),
            name: "Servers".into(),
            class: crate::model::SystemClass::default(),
            release: None,
            groups,
        };
        plan.ladders = [ladder].into_iter().collect();
        plan
    }

    #[track_caller]
    fn has_stage(groups: &[&str], systems: &[&str], stage: Option<Stage>) {
        let mut window = MaintenanceWindow::new("w".into(), "W", Rule::Dates(Vec::new()));
        window.groups = groups.iter().map(|id| GroupId::from(*id)).collect();
        window.systems = systems.iter().map(|id| SystemId::from(*id)).collect();
        let plan = plan();
        assert_eq!(Groups::of(&plan).scope(&window, &plan).stage, stage);
    }

    #[test]
    fn a_window_has_the_stage_of_its_first_group() {
        has_stage(&["unknown", "test"], &["b"], Some(Stage::Test));
        has_stage(&["production", "test"], &[], Some(Stage::Production));
    }

    #[test]
    fn a_window_that_names_systems_only_has_the_most_exposed_stage_on_which_one_stands() {
        has_stage(&[], &["a", "b"], Some(Stage::Production));
        has_stage(&[], &["a", "c"], Some(Stage::Test));
        has_stage(&[], &["c"], None);
    }
}
