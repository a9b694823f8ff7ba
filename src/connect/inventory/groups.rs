//! Groups of an inventory as groups of a ladder.

use std::collections::BTreeMap;

use super::words::stage;
use crate::model::{DeploymentGroup, Edit, GroupId, Ladder, LadderId, Plan, ReleaseId, SystemClass, SystemId};
use crate::wording::counted;

/// The groups of a ladder while systems are put into them.
pub struct LadderGroups<'a> {
    plan: &'a Plan,
    old: Option<&'a Ladder>,
    ladder: Ladder,
    /// The systems of each group, by its position.
    systems: BTreeMap<usize, Vec<SystemId>>,
    /// Systems that are in several groups.
    in_several: usize,
    classes: BTreeMap<SystemClass, usize>,
}

impl<'a> LadderGroups<'a> {
    /// `name`: the name or id of a ladder of the plan, or the name of a new one.
    ///
    /// `release`: the calendar that the ladder follows from now on; without one, a known ladder keeps its own.
    pub fn new(plan: &'a Plan, name: &str, release: Option<ReleaseId>) -> Self {
        let is_it =
            |ladder: &&std::sync::Arc<Ladder>| ladder.name.eq_ignore_ascii_case(name) || ladder.id.as_str() == name;
        let old = plan.ladders().iter().find(is_it).map(|ladder| &**ladder);
        let new = || {
            let id = LadderId::unused(name, |id| plan.ladders().contains(id));
            Ladder { id, name: name.to_owned(), class: SystemClass::Server, release: None, groups: Vec::new() }
        };
        let ladder = old.map_or_else(new, Ladder::clone);
        let ladder = Ladder { release: release.or_else(|| ladder.release.clone()), ..ladder };
        Self { plan, old, ladder, systems: BTreeMap::new(), in_several: 0, classes: BTreeMap::new() }
    }

    /// Puts a system into the first of these groups, which is added if the ladder does not have it.
    pub fn add(&mut self, system: &SystemId, groups: &[&String], class: Option<SystemClass>) {
        let [group, others @ ..] = groups else { return };
        self.in_several += usize::from(!others.is_empty());
        *self.classes.entry(class.unwrap_or_default()).or_default() += 1;
        let is_it =
            |each: &DeploymentGroup| each.name.eq_ignore_ascii_case(group) || each.id.as_str() == group.as_str();
        let at = self.ladder.groups.iter().position(is_it).unwrap_or_else(|| {
            let id = GroupId::unused(&format!("{}-{group}", self.ladder.id), |id| {
                self.plan.group(id).is_some() || self.ladder.groups.iter().any(|each| each.id == *id)
            });
            self.ladder.groups.push(DeploymentGroup::new(id, group, stage(group)));
            self.ladder.groups.len() - 1
        });
        let systems = self.systems.entry(at).or_default();
        if !systems.contains(system) {
            systems.push(system.clone());
        }
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
        for (at, systems) in self.systems {
            let Some(group) = self.ladder.groups.get(at) else { continue };
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
