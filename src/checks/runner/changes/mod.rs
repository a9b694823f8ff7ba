//! What changed since the previous run. A finding holds as long as everything that it follows from is the same in memory.

mod freezes;
mod ladders;
mod windows;

use std::sync::Arc;

use chrono::NaiveDate;

use self::windows::{WindowChange, compare};
use crate::model::{Plan, Table};
use crate::schedule::{Covering, FreezeTimes, Outlooks, Reach, Rota, Schedule, WindowSchedule};

/// What the findings of one run follow from.
#[derive(Clone, Debug)]
pub struct Inputs {
    pub plan: Arc<Plan>,
    pub windows: Vec<Arc<WindowSchedule>>,
    covering: Arc<Covering>,
    reaches: Arc<Vec<Reach>>,
    pub outlooks: Arc<Outlooks>,
    rota: Arc<Rota>,
    today: NaiveDate,
}

impl Inputs {
    pub fn new(schedule: &Schedule, today: NaiveDate) -> Self {
        Self {
            plan: Arc::clone(&schedule.plan),
            windows: schedule.windows.clone(),
            covering: Arc::clone(&schedule.covering),
            reaches: Arc::clone(&schedule.reaches),
            outlooks: Arc::clone(&schedule.outlooks),
            rota: Arc::clone(&schedule.rota),
            today,
        }
    }
}

/// What differs between the inputs of the previous run and those of this one. Methods that return an index return where
/// the unchanged thing was before: adding or removing one moves all that come after it.
pub struct Changes<'a> {
    pub old: &'a Inputs,
    pub new: &'a Schedule,
    /// Horizon, zone, release calendars and policy are the same: the basis of all climbs.
    same_calendar: bool,
    /// Those, the business areas and the day are the same: the basis of all checks of windows.
    pub same_basis: bool,
    /// Each system is where it was in the plan's table, though its record may have changed.
    pub same_system_ids: bool,
    /// The same people and teams exist, though their records may have changed.
    same_people_ids: bool,
    /// Each group names the same checklist as before.
    same_group_checklists: bool,
    /// Freezes that are new, gone or changed, as they were and as they are.
    freezes: Vec<FreezeTimes<'a>>,
    /// For each window how it differs from what it was.
    windows: Vec<WindowChange>,
    /// For each window whether what was found about it alone still holds.
    is_unchanged: Vec<bool>,
    /// For each window its index before; none if all have kept their index.
    old_indices: Option<Vec<usize>>,
}

impl<'a> Changes<'a> {
    pub fn new(schedule: &'a Schedule, today: NaiveDate, old: &'a Inputs) -> Self {
        let (new_plan, old_plan) = (&*schedule.plan, &*old.plan);
        let same_calendar = new_plan.horizon() == old_plan.horizon()
            && new_plan.zone() == old_plan.zone()
            && new_plan.zones().ptr_eq(old_plan.zones())
            && new_plan.releases().ptr_eq(old_plan.releases())
            && Arc::ptr_eq(new_plan.policy(), old_plan.policy());
        let (windows, old_indices) = compare(&schedule.windows, &old.windows);
        let mut changes = Self {
            old,
            new: schedule,
            same_calendar,
            same_basis: same_calendar && new_plan.areas().ptr_eq(old_plan.areas()) && old.today == today,
            same_system_ids: new_plan.systems().same_ids(old_plan.systems()),
            same_people_ids: new_plan.people().same_ids(old_plan.people())
                && new_plan.teams().same_ids(old_plan.teams()),
            same_group_checklists: windows::same_group_checklists(new_plan, old_plan),
            freezes: freezes::changed_freezes(schedule, old_plan),
            windows,
            is_unchanged: Vec::new(),
            old_indices,
        };
        changes.is_unchanged = (0..schedule.windows.len()).map(|index| changes.is_window_unchanged(index)).collect();
        changes
    }

    /// The plan as it is and as it was.
    pub fn plans(&self) -> (&'a Plan, &'a Plan) {
        (&self.new.plan, &self.old.plan)
    }

    /// Whether a table of the plan, and so each record in it, is the same.
    pub fn same_table<T>(&self, table: impl Fn(&Plan) -> &Table<T>) -> bool {
        table(&self.new.plan).ptr_eq(table(&self.old.plan))
    }

    /// Whether the rota is unchanged.
    pub fn same_rota(&self) -> bool {
        Arc::ptr_eq(&self.new.rota, &self.old.rota)
    }

    /// Whether the policy's limits for a night are unchanged.
    pub fn same_night_limits(&self) -> bool {
        self.new.plan.policy().night == self.old.plan.policy().night
    }

    /// Whether the record of a system is the same and the same windows cover it at the same times.
    pub fn is_coverage_unchanged(&self, position: usize) -> bool {
        let record = |plan: &'a Plan| plan.systems().as_slice().get(position);
        let (new, old) = self.plans();
        let is_same_record =
            self.same_system_ids && record(new).zip(record(old)).is_some_and(|(new, old)| Arc::ptr_eq(new, old));
        let (windows, old_windows) =
            (self.new.covering.windows_covering(position), self.old.covering.windows_covering(position));
        is_same_record && self.are_same_windows(windows, old_windows) && self.have_same_times_and_systems(windows)
    }
}
