//! Which systems a window covers, and which stages of which ladders they belong to.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{DeploymentGroup, GroupId, Ladder, MaintenanceWindow, Plan, Stage, System, SystemId, Table};

/// The systems that a window covers.
#[derive(Debug, Default)]
pub struct Scope {
    /// Sorted by id, without duplicates.
    pub systems: Vec<Arc<System>>,
    /// The position of each of `systems` in the plan's table.
    pub positions: Vec<u32>,
    /// Decides the window's colour: the stage of its first known group, or else the most exposed stage of its systems.
    pub stage: Option<Stage>,
    /// Groups and systems that the window names but the plan does not contain.
    pub unknown_groups: Vec<GroupId>,
    pub unknown_systems: Vec<SystemId>,
}

impl Scope {
    pub fn hosts(&self) -> u32 {
        self.systems.iter().fold(0, |sum, system| sum.saturating_add(system.hosts))
    }

    #[inline]
    pub fn covers(&self, system: &SystemId) -> bool {
        self.systems.binary_search_by(|each| each.id.cmp(system)).is_ok()
    }

    /// Whether both cover the same records, compared by pointer.
    pub fn is_same(&self, other: &Self) -> bool {
        self.stage == other.stage
            && self.positions == other.positions
            && self.unknown_groups == other.unknown_groups
            && self.unknown_systems == other.unknown_systems
            && self.systems.iter().zip(&other.systems).all(|(a, b)| Arc::ptr_eq(a, b))
    }

    /// Whether the systems are still the records at their positions in `table`.
    pub fn has_records_of(&self, table: &Table<System>) -> bool {
        let records = table.as_slice();
        self.positions
            .iter()
            .zip(&self.systems)
            .all(|(position, system)| Arc::ptr_eq(&records[*position as usize], system))
    }

    /// This scope with the current records of its systems. `table` has the same ids.
    pub fn with_records_from(&self, table: &Table<System>, stage: Option<Stage>) -> Self {
        let records = table.as_slice();
        Self {
            systems: self.positions.iter().map(|position| Arc::clone(&records[*position as usize])).collect(),
            positions: self.positions.clone(),
            stage,
            unknown_groups: self.unknown_groups.clone(),
            unknown_systems: self.unknown_systems.clone(),
        }
    }

    /// The first system that both cover, as its position in the plan's table.
    #[inline]
    pub fn first_shared(&self, other: &Self) -> Option<u32> {
        let mut theirs = other.positions.iter().peekable();
        self.positions.iter().copied().find(|position| {
            while theirs.next_if(|each| *each < position).is_some() {}
            theirs.peek() == Some(&position)
        })
    }
}

/// For each group of a ladder, the positions of its systems in the plan's table. Unknown systems are left out.
pub type Positions = Arc<Vec<Vec<u32>>>;

pub fn positions(ladder: &Ladder, systems: &Table<System>) -> Positions {
    let group_positions = |group: &DeploymentGroup| {
        group.systems.iter().filter_map(|id| systems.position(id)).map(|position| position as u32).collect()
    };
    Arc::new(ladder.groups.iter().map(group_positions).collect())
}

/// All groups of a plan by id, and the stages of its systems.
pub struct Groups<'a> {
    /// Each group's stage and the positions of its systems.
    by_id: HashMap<&'a GroupId, (Stage, &'a [u32])>,
    /// The stage of each system in the plan's table. The most exposed one if it is on several ladders.
    stages: Vec<Option<Stage>>,
}

impl<'a> Groups<'a> {
    /// `positions` are those of each ladder.
    pub fn new(plan: &'a Plan, positions: &'a [Positions]) -> Self {
        let ladders = || plan.ladders().iter().zip(positions);
        let groups = || ladders().flat_map(|(ladder, positions)| ladder.groups.iter().zip(positions.iter()));
        let mut stages = vec![None; plan.systems().len()];
        for (group, positions) in groups() {
            for position in positions {
                let stage = &mut stages[*position as usize];
                *stage = (*stage).max(Some(group.stage));
            }
        }
        let mut by_id = HashMap::new();
        for (group, positions) in groups() {
            // If two groups have the same id, the first one counts, as in `Plan::group`.
            by_id.entry(&group.id).or_insert((group.stage, &positions[..]));
        }
        Self { by_id, stages }
    }

    /// The most exposed stage of the systems at these positions.
    pub fn stage_of(&self, positions: &[u32]) -> Option<Stage> {
        positions.iter().filter_map(|position| self.stages[*position as usize]).max()
    }

    /// The scope of `window`.
    pub fn scope(&self, window: &MaintenanceWindow, plan: &Plan) -> Scope {
        let mut scope = Scope::default();
        for id in &window.systems {
            match plan.systems().position(id) {
                Some(position) => scope.positions.push(position as u32),
                None => scope.unknown_systems.push(id.clone()),
            }
        }
        let own_stage = self.stage_of(&scope.positions);
        for id in &window.groups {
            match self.by_id.get(id) {
                Some((stage, positions)) => {
                    scope.stage = scope.stage.or(Some(*stage));
                    scope.positions.extend_from_slice(positions);
                }
                None => scope.unknown_groups.push(id.clone()),
            }
        }
        scope.stage = scope.stage.or(own_stage);
        scope.positions.sort_unstable();
        scope.positions.dedup();
        let record = |position: &u32| Arc::clone(&plan.systems().as_slice()[*position as usize]);
        scope.systems = scope.positions.iter().map(record).collect();
        scope
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Horizon, Rule};

    /// A plan whose one ladder has a group "test" with the system "a" and "production" with "b".
    fn plan() -> Plan {
        let mut parts = Plan::new("p".into(), "P", Horizon::year(2027), "UTC").to_parts();
        let system = |id: &str| System { id: id.into(), name: id.to_uppercase(), ..System::default() };
        parts.systems = ["a", "b", "c"].map(system).into_iter().collect();
        let group = |id: &str, stage, system: &str| DeploymentGroup {
            id: id.into(),
            name: id.to_owned(),
            stage,
            soak: None,
            cadence_days: None,
            checklist: None,
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
        parts.ladders = [ladder].into_iter().collect();
        parts.into()
    }

    #[track_caller]
    fn has_stage(groups: &[&str], systems: &[&str], stage: Option<Stage>) {
        let mut window = MaintenanceWindow::new("w".into(), "W", Rule::Dates(Vec::new()));
        window.groups = groups.iter().map(|id| GroupId::from(*id)).collect();
        window.systems = systems.iter().map(|id| SystemId::from(*id)).collect();
        let plan = plan();
        assert_eq!(
            Groups::new(&plan, &[positions(&plan.ladders().as_slice()[0], plan.systems())]).scope(&window, &plan).stage,
            stage
        );
    }

    #[test]
    fn a_window_has_the_stage_of_its_first_group() {
        has_stage(&["unknown", "test"], &["b"], Some(Stage::Test));
        has_stage(&["production", "test"], &[], Some(Stage::Production));
    }

    #[test]
    fn the_first_of_two_groups_with_the_same_id_counts() {
        let mut parts = plan().to_parts();
        let mut second = Ladder::clone(&parts.ladders.as_slice()[0]);
        second.id = "servers-2".into();
        second.groups.rotate_left(1);
        second.groups[0].id = "test".into();
        parts.ladders = parts.ladders.with(second);
        let plan = Plan::from(parts);
        let mut window = MaintenanceWindow::new("w".into(), "W", Rule::Dates(Vec::new()));
        window.groups = vec!["test".into()];
        let positions: Vec<_> = plan.ladders().iter().map(|ladder| positions(ladder, plan.systems())).collect();
        let scope = Groups::new(&plan, &positions).scope(&window, &plan);
        assert_eq!(
            (scope.stage, scope.covers(&"a".into()), scope.covers(&"b".into())),
            (Some(Stage::Test), true, false)
        );
    }

    #[test]
    fn a_window_without_groups_has_the_most_exposed_stage_of_its_systems() {
        has_stage(&[], &["a", "b"], Some(Stage::Production));
        has_stage(&[], &["a", "c"], Some(Stage::Test));
        has_stage(&[], &["c"], None);
    }
}
