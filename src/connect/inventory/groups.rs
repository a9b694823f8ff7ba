//! Groups of an inventory as groups of a ladder.

use std::collections::BTreeMap;

use super::words::stage;
use crate::model::{DeploymentGroup, Edit, GroupId, Ladder, LadderId, Plan, ReleaseId, SystemClass, SystemId};
use crate::wording::{counted, list_in_sentence};

/// The groups of a ladder while systems are put into them.
pub struct LadderGroups<'a> {
    plan: &'a Plan,
    old: Option<&'a Ladder>,
    ladder: Ladder,
    /// The names of groups that a person chose, in their order.
    chosen: &'a [String],
    systems: BTreeMap<GroupId, Vec<SystemId>>,
    /// Systems that are in several groups.
    in_several: usize,
    classes: BTreeMap<SystemClass, usize>,
}

impl<'a> LadderGroups<'a> {
    /// `name`: the name or id of a ladder of the plan, or the name of a new one.
    ///
    /// `release`: the calendar that the ladder follows from now on; without one, a known ladder keeps its own.
    ///
    /// `chosen`: the groups in the order of a new ladder; without them, it is that of their stages.
    pub fn new(plan: &'a Plan, name: &str, release: Option<ReleaseId>, chosen: &'a [String]) -> Self {
        let is_it =
            |ladder: &&std::sync::Arc<Ladder>| ladder.name.eq_ignore_ascii_case(name) || ladder.id.as_str() == name;
        let old = plan.ladders().iter().find(is_it).map(|ladder| &**ladder);
        let new = || {
            let id = LadderId::unused(name, |id| plan.ladders().contains(id));
            Ladder { id, name: name.to_owned(), class: SystemClass::Server, release: None, groups: Vec::new() }
        };
        let ladder = old.map_or_else(new, Ladder::clone);
        let ladder = Ladder { release: release.or_else(|| ladder.release.clone()), ..ladder };
        Self { plan, old, ladder, chosen, systems: BTreeMap::new(), in_several: 0, classes: BTreeMap::new() }
    }

    /// Puts a system into the first of these groups, which is added if the ladder does not have it.
    pub fn add(&mut self, system: &SystemId, groups: &[&String], class: Option<SystemClass>) {
        let [group, others @ ..] = groups else { return };
        self.in_several += usize::from(!others.is_empty());
        *self.classes.entry(class.unwrap_or_default()).or_default() += 1;
        let is_it =
            |each: &DeploymentGroup| each.name.eq_ignore_ascii_case(group) || each.id.as_str() == group.as_str();
        let known = self.ladder.groups.iter().find(|each| is_it(each)).map(|each| each.id.clone());
        let id = known.unwrap_or_else(|| self.add_group(group));
        let systems = self.systems.entry(id).or_default();
        if !systems.contains(system) {
            systems.push(system.clone());
        }
    }

    /// Adds a group before those that are patched later.
    fn add_group(&mut self, name: &str) -> GroupId {
        let id = GroupId::unused(&format!("{}-{name}", self.ladder.id), |id| {
            self.plan.group(id).is_some() || self.ladder.groups.iter().any(|each| each.id == *id)
        });
        let group = DeploymentGroup::new(id.clone(), name, stage(name));
        let is_chosen = self.old.is_none();
        let rank = |group: &DeploymentGroup| {
            let chosen = self.chosen.iter().position(|each| each.eq_ignore_ascii_case(&group.name));
            (chosen.filter(|_| is_chosen), group.stage)
        };
        let at = self.ladder.groups.iter().position(|each| rank(&group) < rank(each));
        self.ladder.groups.insert(at.unwrap_or(self.ladder.groups.len()), group);
        id
    }

    /// The edits, and what should be known about them.
    pub fn finish(mut self) -> (Vec<Edit>, Vec<String>) {
        let (mut edits, mut warnings) = (Vec::new(), Vec::new());
        if self.old.is_none() {
            let most = self.classes.iter().max_by_key(|(_, count)| **count).map(|(class, _)| *class);
            self.ladder.class = most.unwrap_or_default();
        }
        let has_new_groups = self.old.is_none_or(|old| old.groups.len() != self.ladder.groups.len());
        let has_new_release = self.old.is_some_and(|old| old.release != self.ladder.release);
        if (has_new_groups || has_new_release) && !self.ladder.groups.is_empty() {
            edits.push(Edit::PutLadder(self.ladder.clone()));
        }
        if self.ladder.release.is_none() && self.old.is_none() && !self.ladder.groups.is_empty() {
            let name = &self.ladder.name;
            warnings.push(format!(
                "Choose the release calendar that {name} follows with the option release: an inventory does not say it"
            ));
        }
        if has_new_groups && self.ladder.groups.len() > 1 {
            let names = list_in_sentence(self.ladder.groups.iter().map(|group| &group.name), self.ladder.groups.len());
            warnings.push(format!(
                "Order of the groups of {}: {names}. Check it: they are patched in this order",
                self.ladder.name
            ));
        }
        for group in &self.ladder.groups {
            let systems = self.systems.remove(&group.id).unwrap_or_default();
            let systems: Vec<SystemId> = systems.into_iter().filter(|system| !group.systems.contains(system)).collect();
            if !systems.is_empty() {
                edits.push(Edit::Assign { systems, group: group.id.clone() });
            }
        }
        if self.ladder.groups.is_empty() {
            warnings.push("No group of the inventory has hosts, so no ladder is added".to_owned());
        }
        if self.in_several > 0 {
            let text = format!(
                "{} in several groups, but a ladder has each system once: put into the first; choose with the option \
                 groups",
                counted(self.in_several, "system")
            );
            warnings.push(text);
        }
        (edits, warnings)
    }
}
