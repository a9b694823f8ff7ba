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
    pub fn renewed(&self, table: &Table<System>, stage: Option<Stage>) -> Self {
        let records = table.as_slice();
        Self {
            systems: self.positions.iter().map(|place| Arc::clone(&records[*place as usize])).collect(),
            positions: self.positions.clone(),
            stage,
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

/// For each group of a ladder the places of its systems in the plan's table; unknown systems are left out.
pub type Places = Arc<Vec<Vec<u32>>>;

pub fn places(ladder: &Ladder, systems: &Table<System>) -> Places {
    let of_group = |group: &DeploymentGroup| {
        group.systems.iter().filter_map(|id| systems.position(id)).map(|place| place as u32).collect()
    };
    Arc::new(ladder.groups.iter().map(of_group).collect())
}

/// All groups of a plan by id, and the stages on which its systems stand.
pub struct Groups<'a> {
    /// Each group's stage and the places of its systems.
    by_id: HashMap<&'a GroupId, (Stage, &'a [u32])>,
    /// For each system of the plan's table; of a system on several ladders the most exposed one.
    stages: Vec<Option<Stage>>,
}

impl<'a> Groups<'a> {
    /// `places`: those of each ladder.
    pub fn new(plan: &'a Plan, places: &'a [Places]) -> Self {
        let ladders = || plan.ladders().iter().zip(places);
        let groups = || ladders().flat_map(|(ladder, places)| ladder.groups.iter().zip(places.iter()));
        let mut stages = vec![None; plan.systems().len()];
        for (group, places) in groups() {
            for place in places {
                let stage = &mut stages[*place as usize];
                *stage = (*stage).max(Some(group.stage));
            }
        }
        let mut by_id = HashMap::new();
        for (group, places) in groups() {
            // Of two groups with one id the first holds, as in `Plan::group`.
            by_id.entry(&group.id).or_insert((group.stage, &places[..]));
        }
        Self { by_id, stages }
    }

    /// The most exposed stage on which a system at one of those places stands.
    pub fn stage_of(&self, places: &[u32]) -> Option<Stage> {
        places.iter().filter_map(|place| self.stages[*place as usize]).max()
    }

    /// What `window` covers.
    pub fn scope(&self, window: &MaintenanceWindow, plan: &Plan) -> Scope {
        let mut scope = Scope::default();
        for id in &window.systems {
            match plan.systems().position(id) {
                Some(place) => scope.positions.push(place as u32),
                None => scope.unknown_systems.push(id.clone()),
            }
        }
        let own_stage = self.stage_of(&scope.positions);
        for id in &window.groups {
            match self.by_id.get(id) {
                Some((stage, places)) => {
                    scope.stage = scope.stage.or(Some(*stage));
                    scope.positions.extend_from_slice(places);
                }
                None => scope.unknown_groups.push(id.clone()),
            }
        }
        scope.stage = scope.stage.or(own_stage);
        scope.positions.sort_unstable();
        scope.positions.dedup();
        let record = |place: &u32| Arc::clone(&plan.systems().as_slice()[*place as usize]);
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
            Groups::new(&plan, &[places(&plan.ladders().as_slice()[0], plan.systems())]).scope(&window, &plan).stage,
            stage
        );
    }

    #[test]
    fn a_window_has_the_stage_of_its_first_group() {
        has_stage(&["unknown", "test"], &["b"], Some(Stage::Test));
        has_stage(&["production", "test"], &[], Some(Stage::Production));
    }

    #[test]
    fn of_two_groups_with_one_id_the_first_holds() {
        let mut parts = plan().to_parts();
        let mut second = Ladder::clone(&parts.ladders.as_slice()[0]);
        second.id = "servers-2".into();
        second.groups.rotate_left(1);
        second.groups[0].id = "test".into();
        parts.ladders = parts.ladders.with(second);
        let plan = Plan::from(parts);
        let mut window = MaintenanceWindow::new("w".into(), "W", Rule::Dates(Vec::new()));
        window.groups = vec!["test".into()];
        let places: Vec<_> = plan.ladders().iter().map(|ladder| places(ladder, plan.systems())).collect();
        let scope = Groups::new(&plan, &places).scope(&window, &plan);
        assert_eq!(
            (scope.stage, scope.covers(&"a".into()), scope.covers(&"b".into())),
            (Some(Stage::Test), true, false)
        );
    }

    #[test]
    fn a_window_that_names_systems_only_has_the_most_exposed_stage_on_which_one_stands() {
        has_stage(&[], &["a", "b"], Some(Stage::Production));
        has_stage(&[], &["a", "c"], Some(Stage::Test));
        has_stage(&[], &["c"], None);
    }
}
