//! Each advisory with the occurrences that bring it to the systems that it affects.

use crate::checks::runner::changes::Changes;
use crate::checks::runner::run::{KindRun, UnitResults};
use crate::checks::{Context, Sink};
use crate::model::{Plan, WindowId};
use crate::schedule::Rollout;

pub type Check = fn(&Context<'_>, &Rollout<'_>, &mut Sink);

pub fn units(run: &KindRun<'_, '_>, checks: &[Check]) -> UnitResults {
    let advisories = run.cx.plan().advisories().as_slice();
    let served_alike = match run.changes() {
        Some(changes) if !advisories.is_empty() => systems_served_alike(changes),
        _ => Vec::new(),
    };
    run.units(
        advisories.len(),
        |changes, index| old_index(changes, index, &served_alike),
        |index, sink| {
            let rollout = run.cx.rollout(&advisories[index]);
            for check in checks {
                check(run.cx, &rollout, sink);
            }
        },
    )
}

fn old_index(changes: &Changes<'_>, index: usize, served_alike: &[bool]) -> Option<usize> {
    let (new, old) = changes.plans();
    let advisory = &new.advisories().as_slice()[index];
    let old_index =
        if changes.same_table(Plan::advisories) { index } else { old.advisories().position(&advisory.id)? };
    let is_same = std::sync::Arc::ptr_eq(&old.advisories().as_slice()[old_index], advisory);
    let mut affected = advisory.systems.iter().filter_map(|id| new.systems().position(id));
    let still_holds =
        is_same && changes.same_basis && changes.same_system_ids && affected.all(|position| served_alike[position]);
    still_holds.then_some(old_index)
}

/// For each system of the plan, whether the same windows as before bring advisories to it, freezes considered, and what was
/// recorded of it is the same.
fn systems_served_alike(changes: &Changes<'_>) -> Vec<bool> {
    let count = changes.new.windows.len();
    let windows: Vec<bool> = (0..count).map(|index| changes.unchanged_window_and_freezes(index).is_some()).collect();
    let is_served_alike = |position: usize| {
        let mut covering = changes.new.covering.windows_covering(position).iter();
        changes.is_coverage_unchanged(position) && covering.all(|window| windows[*window as usize])
    };
    let (new, old) = changes.plans();
    let mut alike: Vec<bool> = (0..new.systems().len()).map(is_served_alike).collect();
    if !(changes.same_table(Plan::results) && changes.same_table(Plan::scans)) {
        alike.fill(false);
    }
    // The planned times of an occurrence count for results without actual ones, whatever its window covers now.
    let is_same_window = |id: &WindowId| match new.windows().position(id) {
        Some(index) => windows[index],
        None => old.windows().position(id).is_none(),
    };
    for results in new.results().as_slice().chunk_by(|a, b| a.key.window == b.key.window) {
        if results.first().is_some_and(|first| !is_same_window(&first.key.window)) {
            for position in results.iter().filter_map(|result| new.systems().position(&result.key.system)) {
                alike[position] = false;
            }
        }
    }
    alike
}
