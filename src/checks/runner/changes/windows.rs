//! Which windows changed, and how.

use std::sync::Arc;

use super::Changes;
use crate::model::{ChecklistId, GroupId, Plan, Work};
use crate::schedule::WindowSchedule;

/// How a window differs from what it was.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum WindowChange {
    Nothing,
    /// It takes place at the same times on the same systems, but records of these systems changed.
    SystemRecords,
    /// It is new, or its times or its systems changed.
    Itself,
}

impl WindowChange {
    fn between(new: &Arc<WindowSchedule>, old: &Arc<WindowSchedule>) -> Self {
        let same_times = || Arc::ptr_eq(&new.window, &old.window) && Arc::ptr_eq(&new.expansion, &old.expansion);
        if Arc::ptr_eq(new, old) {
            Self::Nothing
        } else if same_times() && new.scope.positions == old.scope.positions {
            Self::SystemRecords
        } else {
            Self::Itself
        }
    }
}

impl Changes<'_> {
    /// The index that a window had before, if what was found about it alone still holds.
    pub fn unchanged_window(&self, index: usize) -> Option<usize> {
        self.is_unchanged[index].then(|| self.old_index(index))
    }

    pub fn window(&self, index: usize) -> WindowChange {
        self.windows[index]
    }

    /// Whether the plan has the windows that it had, though they may have changed.
    pub fn same_window_ids(&self) -> bool {
        self.old_indices.is_none()
    }

    pub(super) fn is_window_unchanged(&self, index: usize) -> bool {
        let window = &self.new.windows[index];
        self.same_basis
            && self.windows[index] == WindowChange::Nothing
            && (self.same_system_ids || names_only_its_scope(window))
            && (self.same_people_ids || window.window.bookings.is_empty())
            && self.has_same_checklist(window)
    }

    /// Whether the window has the checklist that it had, and that one did not change.
    fn has_same_checklist(&self, window: &WindowSchedule) -> bool {
        let checklist = |plan: &Plan| {
            let id = plan.checklist_id_for(&window.window)?.clone();
            let record = plan.checklists().get(&id).map(Arc::as_ptr);
            Some((id, record))
        };
        let none_changed = self.same_group_checklists && self.same_table(Plan::checklists);
        none_changed || checklist(&self.new.plan) == checklist(&self.old.plan)
    }

    /// Whether none of those windows changed its times or its systems.
    pub(super) fn have_same_times_and_systems(&self, windows: &[u32]) -> bool {
        windows.iter().all(|window| self.window(*window as usize) != WindowChange::Itself)
    }

    /// Whether windows by their index now and windows by their index before are the same ones. They may have changed.
    pub(super) fn are_same_windows(&self, windows: &[u32], old_windows: &[u32]) -> bool {
        let is_same = |(window, old): (&u32, &u32)| self.old_index(*window as usize) == *old as usize;
        windows.len() == old_windows.len() && windows.iter().zip(old_windows).all(is_same)
    }

    pub(super) fn old_index(&self, index: usize) -> usize {
        self.old_indices.as_ref().and_then(|indices| indices.get(index)).copied().unwrap_or(index)
    }
}

/// How each window changed, and its index before. There are no indices if all windows have the one that they had.
pub fn compare(new: &[Arc<WindowSchedule>], old: &[Arc<WindowSchedule>]) -> (Vec<WindowChange>, Option<Vec<usize>>) {
    let pairs = || new.iter().zip(old);
    if new.len() == old.len() && pairs().all(|(new, old)| Arc::ptr_eq(new, old) || new.id() == old.id()) {
        return (pairs().map(|(new, old)| WindowChange::between(new, old)).collect(), None);
    }
    // Both are sorted by id.
    let mut next = 0;
    let compare = |window: &Arc<WindowSchedule>| {
        while old.get(next).is_some_and(|old| !Arc::ptr_eq(old, window) && old.id() < window.id()) {
            next += 1;
        }
        let index = next;
        match old.get(index).filter(|old| old.id() == window.id()) {
            Some(old) => {
                next += 1;
                (WindowChange::between(window, old), index)
            }
            // A new window has no index before. It counts as changed, so its index is never used.
            None => (WindowChange::Itself, index),
        }
    };
    let (changes, indices) = new.iter().map(compare).unzip();
    (changes, Some(indices))
}

/// Whether the same groups name the same checklists.
pub fn same_group_checklists(new: &Plan, old: &Plan) -> bool {
    new.ladders().ptr_eq(old.ladders()) || group_checklists(new).eq(group_checklists(old))
}

fn group_checklists(plan: &Plan) -> impl Iterator<Item = (&GroupId, &ChecklistId)> {
    let groups = plan.ladders().iter().flat_map(|ladder| &ladder.groups);
    groups.filter_map(|group| Some((&group.id, group.checklist.as_ref()?)))
}

/// Whether all systems on the window's tracks are in its scope, so that other systems do not matter to it.
fn names_only_its_scope(window: &WindowSchedule) -> bool {
    match &window.window.work {
        Work::Pool(_) => true,
        Work::Tracks(tracks) => tracks.iter().flatten().all(|system| window.scope.covers(system)),
    }
}
