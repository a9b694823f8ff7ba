//! Which findings only say that the inventory is still being entered, so that they are counted apart.
//!
//! A ladder is unfinished until a window covers one of its systems. A system is unfinished while no window covers it and each
//! of its ladders is unfinished; one that is on no ladder, while its class has an unfinished ladder and no other, or while no
//! ladder has a window at all. An area is unfinished while all of its systems are, and one without systems until the plan has
//! a window. A finding about one of these that is not about
//! a window is to finish, whatever its severity.

use std::collections::BTreeSet;

use crate::checks::Finding;
use crate::model::{AreaId, GroupId, LadderId, Subject, System, SystemId};
use crate::schedule::Schedule;

/// The records of an inventory that is still being entered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unfinished {
    ladders: BTreeSet<LadderId>,
    groups: BTreeSet<GroupId>,
    systems: BTreeSet<SystemId>,
    areas: BTreeSet<AreaId>,
}

impl Unfinished {
    pub fn new(schedule: &Schedule) -> Self {
        let plan = &*schedule.plan;
        let is_unfinished = |reach: &&crate::schedule::Reach| reach.windows.is_empty();
        let unfinished: Vec<_> = schedule.reaches.iter().filter(is_unfinished).map(|reach| &reach.ladder).collect();
        let finished = || schedule.reaches.iter().filter(|reach| !is_unfinished(reach));
        let finished_classes: BTreeSet<_> = finished().map(|reach| reach.ladder.class).collect();
        let unfinished_classes: BTreeSet<_> = unfinished.iter().map(|ladder| ladder.class).collect();
        let is_covered = |position: usize| !schedule.covering.windows_covering(position).is_empty();
        let uncovered: Vec<&System> = plan
            .systems()
            .iter()
            .enumerate()
            .filter(|(position, _)| !is_covered(*position))
            .map(|(_, system)| &**system)
            .collect();
        if uncovered.is_empty() && unfinished.is_empty() && !plan.windows().is_empty() {
            return Self::default();
        }
        let on_ladders = |ladders: &mut dyn Iterator<Item = &std::sync::Arc<crate::model::Ladder>>| {
            let groups = ladders.flat_map(|ladder| ladder.groups.iter());
            groups.flat_map(|group| group.systems.iter().cloned()).collect::<BTreeSet<SystemId>>()
        };
        let on_finished = on_ladders(&mut finished().map(|reach| &reach.ladder));
        let on_unfinished = on_ladders(&mut unfinished.iter().copied());
        let is_to_finish = |system: &&&System| {
            let will_follow = finished_classes.is_empty() || unfinished_classes.contains(&system.class);
            let is_free = will_follow && !finished_classes.contains(&system.class);
            !on_finished.contains(&system.id) && (on_unfinished.contains(&system.id) || is_free)
        };
        let systems: BTreeSet<SystemId> = uncovered.iter().filter(is_to_finish).map(|each| each.id.clone()).collect();
        let of_area = |id: &AreaId| {
            let mut all = plan.systems().iter().filter(|system| system.area.as_ref() == Some(id)).peekable();
            let is_empty = all.peek().is_none();
            if is_empty { plan.windows().is_empty() } else { all.all(|system| systems.contains(&system.id)) }
        };
        Self {
            ladders: unfinished.iter().map(|ladder| ladder.id.clone()).collect(),
            groups: unfinished.iter().flat_map(|ladder| &ladder.groups).map(|group| group.id.clone()).collect(),
            areas: plan.areas().iter().map(|area| area.id.clone()).filter(|id| of_area(id)).collect(),
            systems,
        }
    }

    pub fn is_empty(&self) -> bool {
        let Self { ladders, groups, systems, areas } = self;
        ladders.is_empty() && groups.is_empty() && systems.is_empty() && areas.is_empty()
    }

    /// Whether the finding only says that something is still to be entered.
    pub fn has(&self, finding: &Finding) -> bool {
        if finding.window.is_some() || self.is_empty() {
            return false;
        }
        match (&finding.subject, &finding.other) {
            (Subject::Ladder(id), _) => self.ladders.contains(id),
            (Subject::Group(id), _) => self.groups.contains(id),
            (Subject::System(id), _) => self.systems.contains(id),
            (Subject::Area(id), _) => self.areas.contains(id),
            (Subject::Severity(_), Some(Subject::Ladder(id))) => self.ladders.contains(id),
            (
                Subject::Plan
                | Subject::Advisory(_)
                | Subject::BulletinDuty(_)
                | Subject::Checklist(_)
                | Subject::Freeze(_)
                | Subject::Holidays(_)
                | Subject::Notice(_)
                | Subject::Person(_)
                | Subject::Release(_)
                | Subject::ScanRoutine(_)
                | Subject::Severity(_)
                | Subject::Team(_)
                | Subject::Window(_),
                _,
            ) => false,
        }
    }
}
