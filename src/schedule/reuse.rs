//! Which parts of the previous schedule can be reused for a changed plan.

use std::sync::Arc;

use crate::model::{Ladder, MaintenanceWindow, Plan, Rule};
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::reach_index::Reach;
use crate::schedule::scope::{Groups, Scope};
use crate::schedule::time::capacity::Capacity;
use crate::schedule::time::release::Release;
use crate::schedule::window_schedule::WindowSchedule;

/// The previous schedule, and which parts of the plan are unchanged since.
pub struct Reuse<'a> {
    pub previous: &'a Schedule,
    plan: &'a Plan,
    capacity: &'a Capacity,
    same_horizon: bool,
    /// The plan's zone and its own zones are the same.
    same_zone: bool,
    same_own_zones: bool,
    same_calendars: bool,
    same_systems: bool,
    /// Each system is at the same position in the table, though its record may have changed.
    same_system_positions: bool,
    pub same_ladders: bool,
}

impl<'a> Reuse<'a> {
    pub fn new(previous: &'a Schedule, plan: &'a Plan, capacity: &'a Capacity) -> Self {
        let old = &previous.plan;
        Self {
            previous,
            plan,
            capacity,
            same_horizon: old.horizon() == plan.horizon(),
            same_zone: old.zone() == plan.zone() && old.zones().ptr_eq(plan.zones()),
            same_own_zones: old.zones().ptr_eq(plan.zones()),
            same_calendars: old.releases().ptr_eq(plan.releases()),
            same_systems: old.systems().ptr_eq(plan.systems()),
            same_system_positions: old.systems().same_ids(plan.systems()),
            same_ladders: old.ladders().ptr_eq(plan.ladders()),
        }
    }

    /// The schedule of a window that existed `before`, possibly with other contents.
    pub fn window_schedule<'g>(
        &self,
        before: &Arc<WindowSchedule>,
        window: &Arc<MaintenanceWindow>,
        groups: impl Fn() -> &'g Groups<'g>,
    ) -> Arc<WindowSchedule> {
        let keeps_expansion = Arc::ptr_eq(&before.window, window)
            && self.keeps_expansion(window)
            && self.capacity.keeps(&before.expansion, window, self.plan);
        let scope = self.scope(before, window, groups);
        if keeps_expansion && Arc::ptr_eq(&scope, &before.scope) {
            return Arc::clone(before);
        }
        let expansion =
            if keeps_expansion { Arc::clone(&before.expansion) } else { self.capacity.expansion(window, self.plan) };
        Arc::new(WindowSchedule::new(Arc::clone(window), expansion, scope))
    }

    fn keeps_expansion(&self, window: &MaintenanceWindow) -> bool {
        self.same_horizon
            && (self.same_zone || (window.zone.is_some() && self.same_own_zones))
            && (self.same_calendars || !matches!(window.rule, Rule::AfterRelease { .. }))
    }

    fn scope<'g>(
        &self,
        before: &WindowSchedule,
        window: &Arc<MaintenanceWindow>,
        groups: impl Fn() -> &'g Groups<'g>,
    ) -> Arc<Scope> {
        let old = &before.window;
        let has_same_names = Arc::ptr_eq(old, window) || (old.groups == window.groups && old.systems == window.systems);
        if !(has_same_names && self.same_system_positions && (self.same_ladders || window.groups.is_empty())) {
            let scope = groups().scope(window, self.plan);
            return if scope.is_same(&before.scope) { Arc::clone(&before.scope) } else { Arc::new(scope) };
        }
        // The systems and their positions are the same. Only their records and the stage may have changed.
        let stage = if self.same_ladders { before.scope.stage } else { groups().stage_of(&before.scope.positions) };
        if stage == before.scope.stage && (self.same_systems || before.scope.has_records_of(self.plan.systems())) {
            return Arc::clone(&before.scope);
        }
        Arc::new(before.scope.with_records_from(self.plan.systems(), stage))
    }

    /// Whether the same windows cover the same systems.
    pub fn keeps_covering(&self, windows: &[Arc<WindowSchedule>]) -> bool {
        let covers_same = |(old, new): (&Arc<WindowSchedule>, &Arc<WindowSchedule>)| {
            Arc::ptr_eq(old, new) || (old.id() == new.id() && old.scope.positions == new.scope.positions)
        };
        let old = &self.previous.windows;
        self.same_system_positions && old.len() == windows.len() && old.iter().zip(windows).all(covers_same)
    }

    /// The previous reach of a ladder, if neither it nor the systems' positions changed.
    pub fn reach(&self, ladder: &Arc<Ladder>) -> Option<&'a Reach> {
        let is_same = |reach: &&Reach| Arc::ptr_eq(&reach.ladder, ladder);
        self.previous.reaches.iter().find(is_same).filter(|_| self.same_system_positions)
    }

    /// The previous releases, if they are still the same. The time zone matters too, because it decides which releases
    /// are within the plan's months.
    pub fn releases(&self) -> Option<Arc<Vec<Release>>> {
        let is_same = self.same_horizon && self.same_calendars && self.same_zone;
        is_same.then(|| Arc::clone(&self.previous.releases))
    }
}
